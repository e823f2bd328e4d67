"""The commands refresh, edit and history, over a real library whose pages are made up."""

import json
import sys
from contextlib import asynccontextmanager
from types import ModuleType

import pytest
from fakes import small_library

from retrieval.domain.articles import NewArticle
from retrieval.errors import SourceUnavailable
from retrieval.protocols import Fetched

pytest_plugins = ["cli_fixtures"]

OLD = "The bridge was closed in 1991. Nobody mourned it."
NEW = "The bridge was closed in 1992. Nobody mourned it. It fell."
URL = "https://town.example/bridge"


class Pages:
    text = NEW
    open = 0

    async def fetch(self, url):
        if self.text is None:
            raise SourceUnavailable("town.example did not answer. Try again later.")
        return Fetched(b"", url, "text/html")

    async def extract(self, fetched):
        return NewArticle(self.text, title="The bridge", url=fetched.url)


@pytest.fixture
def pages():
    return Pages()


@pytest.fixture
def town(monkeypatch, make_terminal, pages, tmp_path):
    """A terminal over a library that holds one page."""

    @asynccontextmanager
    async def opened(settings, **_):
        async with small_library(tmp_path / "library", pages=pages) as librarian:
            yield librarian

    wiring = ModuleType("retrieval.wiring")
    wiring.open_librarian = opened
    monkeypatch.setitem(sys.modules, "retrieval.wiring", wiring)
    terminal = make_terminal(pages)
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps({"id": "bridge", "title": "The bridge", "text": OLD, "url": URL}))
    terminal("import", file)
    return terminal


def test_refresh_says_what_changed(town):
    assert town("refresh", "bridge").stdout == "Changed: The bridge · bridge\n"
    assert town("refresh", "bridge").stdout == "Unchanged: The bridge · bridge\n"
    assert town.json("show", "bridge")["text"] == NEW


def test_refresh_of_many_goes_on_after_a_failure(town):
    rows = town.lines("refresh", "nothing", "bridge", "--json", fails=1)
    assert "no article" in rows[0]["error"]
    assert rows[1] == {"id": "bridge", "url": URL, "text_changed": True, "fields": []}


def test_refresh_of_all_takes_only_what_is_old(town, pages):
    ran = town("refresh")
    assert (ran.stdout, ran.stderr) == ("", "Nothing to do.\n")


def test_refresh_of_what_is_older_than_0_days_takes_every_page(town):
    ran = town("refresh", "--older-than", "0")
    assert (ran.stdout, ran.stderr) == ("Changed: The bridge · bridge\n", "1 changed.\n")
    assert town("refresh", "--older-than", "0").stdout == "Unchanged: The bridge · bridge\n"


def test_refresh_of_a_page_that_is_gone_fails_and_keeps_the_article(town, pages):
    pages.text = None
    assert "bridge: town.example did not answer" in town("refresh", "bridge", fails=1).stderr
    assert town.json("show", "bridge")["text"] == OLD


def test_edit_corrects_only_what_is_given(town):
    row = town.json("edit", "bridge", "--author", "Ada Berg", "--published", "2025-02-08")
    assert row["edited"] == ["author", "published"]
    assert (row["title"], row["author"], row["published"], row["url"]) == (
        *("The bridge", "Ada Berg", "2025-02-08", URL),
    )
    row = town.json("edit", "bridge", "--author", "", "--undated")
    assert (row["author"], row["published"]) == (None, None)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "Say what to correct"),
        (["--undated", "--published", "2025-02-08"], "contradict"),
        (["--published", "soon"], "Give a date"),
    ],
)
def test_an_edit_that_makes_no_sense_is_wrong_usage(town, options, words):
    assert words in town("edit", "bridge", *options, fails=2).stderr


def test_an_edit_to_an_address_that_is_none_is_refused(town):
    assert "An address begins with" in town("edit", "bridge", "--url", "ftp://x", fails=1).stderr


def test_history_shows_sentences_that_changed_and_what_was_corrected(town):
    assert "as it was when it was added" in town("history", "bridge").stdout
    town("refresh", "bridge")
    town("edit", "bridge", "--author", "Ada Berg")
    shown = town("history", "bridge").stdout
    assert "- The bridge was closed in 1991.\n+ The bridge was closed in 1992.\n+ It fell.\n" in shown
    assert "author corrected: (none) → Ada Berg" in shown
    row = town.json("history", "bridge")
    assert [one["kind"] for one in row["versions"][0]["changes"]] == ["reworded", "added"]
    assert row["edits"][0]["now"] == "Ada Berg"
