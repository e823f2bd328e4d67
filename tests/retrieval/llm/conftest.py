"""The tests in this folder are of the mode ``write``, unless they name another one."""

import pytest


@pytest.fixture(autouse=True)
def _writing(monkeypatch):
    monkeypatch.setenv("FOOTNOTE_LLM_MODE", "write")
