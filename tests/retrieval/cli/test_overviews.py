import json
from datetime import date

from reports import report

from retrieval.domain.answers import Citation
from retrieval.domain.articles import Filters
from retrieval.domain.digests import Dated, Digest, Disagreement, Story, Timeline
from retrieval.domain.spans import Span

pytest_plugins = ["cli_fixtures"]


def cited(number, text, day):
    article, _ = report(number, text, day, title=f"Report {number}")
    return Citation(1, article, Span(0, len(text)), text)


OLD = cited(1, "It cost 1.2 million pounds in 2025.", date(2026, 6, 6))
NEW = cited(2, "It cost 1.4 million pounds in 2025.", date(2026, 6, 10))
ODDS = Disagreement("figures", (OLD, NEW), ("1.2 million pounds", "1.4 million pounds"))
DIGEST = Digest("cost", (Story(NEW, (NEW.article, OLD.article), (ODDS,)),), 2, 3, 5)
TIMELINE = Timeline("cost", (Dated(date(2025, 1, 1), "year", "in 2025", NEW),), 2)


def answering(fake_librarian, found):
    asked = []

    async def answer(topic=None, *, collection, filters, on_progress=None):
        asked.append((topic, filters))
        return found

    fake_librarian.digests.create = fake_librarian.digests.create_timeline = answer
    return asked


def test_a_digest_shows_stories_sources_and_both_sides(terminal, fake_librarian):
    asked = answering(fake_librarian, DIGEST)
    printed = terminal("digest", "cost", "--since", "2026-06-01").stdout
    assert asked == [("cost", Filters(since=date(2026, 6, 1)))]
    assert "“It cost 1.4 million pounds in 2025.” (2 independent sources)" in printed
    assert printed.index("They disagree:") < printed.index("“It cost 1.2 million pounds in 2025.”")
    assert "Report 1 · 6 Jun 2026 · a1" in printed
    assert "3 older articles were not read" in printed


def test_a_digest_as_json_cites_every_line(terminal, fake_librarian):
    answering(fake_librarian, DIGEST)
    row = terminal.json("digest")
    (story,) = row["stories"]
    assert story["text"] == story["citation"]["quote"] == NEW.quote
    assert (story["sources"], story["article_ids"]) == (2, ["a2", "a1"])
    assert [side["words"] for side in story["disagreements"][0]["sides"]] == list(ODDS.at_odds)
    assert row["articles_left"] == 3


def test_a_timeline_shows_date_words_and_sentence(terminal, fake_librarian):
    answering(fake_librarian, TIMELINE)
    printed = terminal("timeline", "cost").stdout
    assert "2025 (“in 2025”)\n    “It cost 1.4 million pounds in 2025.”" in printed


def test_a_timeline_as_json_names_date_and_precision(terminal, fake_librarian):
    answering(fake_librarian, TIMELINE)
    (one,) = json.loads(terminal("timeline", "cost", "--json").stdout)["statements"]
    assert (one["date"], one["precision"], one["words"]) == ("2025-01-01", "year", "in 2025")
    assert one["citation"]["quote"] == NEW.quote


def test_an_empty_library_says_how_to_fill_it(terminal, fake_librarian):
    answering(fake_librarian, Digest(None, ()))
    assert "add" in terminal("digest").stdout
    answering(fake_librarian, Timeline("x", ()))
    assert "add" in terminal("timeline", "x").stdout


def test_a_timeline_needs_a_topic(terminal):
    terminal("timeline", fails=2)
