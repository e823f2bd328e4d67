"""A claim that an older article supports and a newer one corrects."""

from datetime import date
from pathlib import Path

import pytest
from fakes import small_library

from retrieval.domain.articles import NewArticle
from retrieval.domain.claims import Verdict

pytestmark = pytest.mark.models  # parses

SAMPLES = Path(__file__).parents[3] / "bot" / "demo" / "articles"
CLAIM = "The motion passed by 11 votes to 4."
OLD = "The motion passed by 11 votes to 4 after a debate of nearly three hours."
NEW = "The motion passed by 10 votes to 5, not by 11 votes to 4."


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as librarian:
        yield librarian


async def check(library, claim, *articles):
    for at, (text, published) in enumerate(articles):
        await library.articles.add(NewArticle(text, title=f"Report {at}", published=published), collection="")
    return (await library.claims.check(claim, collection="")).claims[0]


async def test_the_newer_words_are_shown_first(library):
    claim = await check(library, CLAIM, (OLD, date(2026, 6, 6)), (NEW, date(2026, 6, 10)))
    assert (claim.verdict, claim.at_odds) == (Verdict.CORRECTED, ("11 votes", "10 votes"))
    assert [(one.number, one.quote) for one in claim.citations] == [(1, NEW), (2, OLD)]


async def test_the_sample_library_corrects_itself(library):
    articles = []
    for path in sorted(SAMPLES.glob("footbridge*.md")):
        _, head, text = path.read_text("utf-8").split("---", 2)
        articles.append((text.strip(), date.fromisoformat(head.split("date: ")[1].strip())))
    claim = await check(library, "The new bridge will cost 1.4 million pounds.", *articles)
    assert claim.verdict is Verdict.CORRECTED
    assert "1.9 million pounds" in claim.citations[0].quote


async def test_a_newer_denial_corrects_too(library):
    claim = await check(
        library,
        "The council approved the second pier.",
        ("The council approved the second pier.", date(2026, 6, 6)),
        ("The council did not approve the second pier.", date(2026, 6, 10)),
    )
    assert claim.verdict is Verdict.CORRECTED


async def test_an_older_article_corrects_nothing(library):
    claim = await check(
        library,
        "The new pier of Orrin cost 300 crowns in all.",
        ("The new pier of Orrin cost 300 crowns in all.", date(2026, 6, 10)),
        ("The new pier of Orrin cost 200 crowns in all.", date(2026, 6, 6)),
    )
    assert claim.verdict is Verdict.SUPPORTED


async def test_without_dates_only_what_takes_the_figure_back_corrects(library):
    claim = await check(library, CLAIM, (OLD, None), (NEW, None))
    assert claim.verdict is Verdict.CORRECTED


async def test_a_superseded_sentence_contradicts_nothing(library):
    right = "The motion passed by 10 votes to 5."
    claim = await check(library, right, (OLD, date(2026, 6, 6)), (NEW, date(2026, 6, 10)))
    assert claim.verdict is not Verdict.CONTRADICTED
    assert claim.citations[0].quote == NEW


async def test_the_nearest_sentence_stands_behind_the_one_that_corrects_it(library):
    near = "The motion passed by eleven votes to four after a debate of three hours."
    claim = await check(library, near, (OLD, date(2026, 6, 6)), (NEW, date(2026, 6, 10)))
    assert claim.verdict in {Verdict.UNCLEAR, Verdict.CORRECTED}
    assert claim.citations[0].quote == NEW
