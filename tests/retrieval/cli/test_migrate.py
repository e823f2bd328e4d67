"""``footnote migrate`` as people meet it."""

import json

import pytest
from fakes import small_library

from retrieval.domain import NewArticle

pytest_plugins = ["cli_fixtures"]


@pytest.fixture
async def folder(tmp_path):
    async with small_library(tmp_path / "from") as library:
        await library.articles.add(NewArticle("The mill ground grain."), collection="ours")
    return tmp_path / "from"


def test_it_says_what_was_copied_and_what_to_do_next(terminal, folder, tmp_path):
    ran = terminal("migrate", folder, tmp_path / "to")
    assert "Copied 1 article with all that belongs to them" in ran.stdout
    assert "1 of 1 searches find the same passages" in ran.stdout
    assert "Set FOOTNOTE_DATA_DIR to it" in ran.stderr


def test_programs_get_counts_and_digests(terminal, folder, tmp_path):
    row = json.loads(terminal("migrate", folder, tmp_path / "to", "--json").stdout)
    assert row["rows"]["articles"] == 1
    assert len(row["digests"]["articles"]) == 64
    assert (row["searches"], row["equal"]) == (1, 1)


def test_a_failure_is_one_sentence(terminal, folder, tmp_path):
    assert "There is no library at" in terminal("migrate", tmp_path / "none", folder, fails=1).stderr
    refused = terminal("migrate", folder, "mysql://me:secret@host/x", fails=1).stderr
    assert "postgresql+psycopg://" in refused
    assert "secret" not in refused


def test_help_teaches(terminal):
    shown = " ".join(terminal("migrate", "--help").stdout.split())
    for taught in ("Stop the bot first", "goes on where it stopped", "PGPASSWORD", "Examples:"):
        assert taught in shown
