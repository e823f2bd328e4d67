"""Runs commands against the fake librarian, in this process."""

import json
import sys
from types import ModuleType

import pytest
from fake_librarian import FakeLibrarian
from fake_quotes import thirty_quotations
from typer.testing import CliRunner

from retrieval.cli import app


class Terminal:
    """Invokes commands as a shell would."""

    def __init__(self, librarian):
        self.librarian = librarian

    def __call__(self, *arguments, stdin=None, fails=0):
        result = CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)
        assert result.exit_code == fails, (result.exit_code, result.stdout, result.stderr, result.exception)
        assert self.librarian.open == 0
        return result

    def json(self, *arguments, **options):
        result = self(*arguments, "--json", **options)
        return json.loads(result.stdout)

    def lines(self, *arguments, **options):
        return [json.loads(line) for line in self(*arguments, **options).stdout.split("\n") if line]


@pytest.fixture
def make_terminal():
    return Terminal


@pytest.fixture
def fake_librarian(monkeypatch):
    fake = FakeLibrarian()
    fake.answers.notes = ("Words only.",)
    fake.articles.notes, fake.articles.passages = (), 1
    fake.summaries.chars = 5
    fake.quotes.quotations_of = thirty_quotations
    wiring = ModuleType("retrieval.wiring")
    wiring.open_librarian = fake.opened
    monkeypatch.setitem(sys.modules, "retrieval.wiring", wiring)
    return fake


@pytest.fixture
def terminal(fake_librarian):
    return Terminal(fake_librarian)


@pytest.fixture
def stocked(terminal, tmp_path):
    """A terminal with a library of two articles, ``r`` and ``m``."""
    rows = [
        {"id": "r", "title": "Rivers", "text": "A text about rivers.", "url": "https://example.org/r"},
        {"id": "m", "title": "[bold]Moon[/]", "text": "The \x1b[31mMoon\x1b[0m is far. It shines."},
    ]
    file = tmp_path / "library.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    terminal("import", file)
    return terminal
