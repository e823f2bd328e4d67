"""The digest and the timeline of the sample library, which the demo shows."""

from pathlib import Path

import pytest
from fakes import small_library

import bot.demo
from retrieval.protocols import Fetched
from retrieval.sources.readers import extract_article

FOLDER = Path(bot.demo.__file__).parent / "articles"


@pytest.fixture
async def sample(tmp_path):
    async with small_library(tmp_path) as librarian:
        for file in sorted(FOLDER.glob("*.md")):
            article = extract_article(Fetched(file.read_bytes(), file.name, "text/markdown", "utf-8"))
            await librarian.articles.add(article, collection="default")
        yield librarian


async def test_the_report_and_its_correction_are_one_story_and_the_rest_stand_alone(sample):
    digest = await sample.digests.create(collection="default")
    assert [len(story.articles) for story in digest.stories] == [2, 1, 1, 1, 1, 1, 1]
    assert digest.stories[0].sources == 1, "both are of one newspaper"
    assert "footbridge" in digest.stories[0].line.quote


async def test_the_corrected_figures_stand_side_by_side_with_their_dates(sample):
    story = (await sample.digests.create("footbridge", collection="default")).stories[0]
    shown = [
        [(side.article.published.day, words) for side, words in zip(one.sides, one.at_odds, strict=True)]
        for one in story.disagreements
    ]
    assert shown == [
        [(6, "11 votes"), (10, "10 votes")],
        [(6, "1.4 million pounds"), (10, "1.9 million pounds")],
    ]


async def test_nothing_else_in_the_sample_library_disagrees(sample):
    digest = await sample.digests.create(collection="default")
    assert not any(story.disagreements for story in digest.stories[1:])


async def test_the_timeline_of_the_footbridge(sample):
    timeline = await sample.digests.create_timeline("footbridge", collection="default")
    assert [(one.day.isoformat(), one.precision, one.words) for one in timeline.statements] == [
        ("1931-01-01", "year", "in 1931"),
        ("2026-03-01", "month", "in March"),
        ("2026-06-04", "day", "4 June"),
        ("2026-06-04", "day", "Thursday"),
        ("2026-06-06", "day", "6 June"),
        ("2026-06-08", "day", "Monday"),
        ("2026-06-09", "day", "Tuesday"),
        ("2026-07-02", "day", "2 July"),
        ("2026-07-02", "day", "2 July"),
        ("2026-09-01", "month", "in September"),
        ("2027-01-01", "year", "spring of 2027"),
        ("2027-01-01", "year", "spring of 2027"),
    ]


async def test_every_line_is_verbatim(sample):
    digest = await sample.digests.create(collection="default")
    timeline = await sample.digests.create_timeline("footbridge", collection="default")
    cited = [one.citation for one in timeline.statements]
    for story in digest.stories:
        cited += [story.line, *(side for one in story.disagreements for side in one.sides)]
    for one in cited:
        text = await sample.articles.get_text(one.article.public_id, collection="default")
        assert one.span.of(text) == one.quote
