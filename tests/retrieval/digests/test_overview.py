from datetime import UTC, date, datetime, timedelta

import pytest
from fakes import small_library

from retrieval.digests import overview as digests
from retrieval.domain.articles import Filters, NewArticle
from retrieval.errors import ArticleNotFound, BadQuestion

FLOOD = (
    "The Arle flooded the old mill at Fenwick, and the miller Ada Berg was carried from its roof. "
    "The flood damaged 12 houses in the lower town. "
)
FLOOD_AGAIN = (
    "Ada Berg, a miller, was carried from the roof of the old mill at Fenwick when the Arle flooded it. "
    "The flood damaged 14 houses in the lower town. "
)
CHESS = "A girl of eleven won the chess championship of the county against a former master. "
BOATS = " ".join(f"Boat number {n} brought {n + 2} people to the hill above the town." for n in range(9))


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as library:
        yield library


async def put(library, text, day=6, **known):
    new = NewArticle(text=text, published=date(2026, 6, day), **known)
    return (await library.articles.add(new, collection="c")).article


async def test_reports_of_one_event_are_one_story_with_their_disagreement(library):
    await put(library, FLOOD, site="A")
    await put(library, CHESS, site="A")
    await put(library, FLOOD_AGAIN, 7, site="B")
    flood, chess = (await library.digests.create(collection="c")).stories
    assert (flood.sources, chess.sources) == (2, 1)
    assert [one.at_odds for one in flood.disagreements] == [("12 houses", "14 houses")]
    assert chess.line.quote == CHESS.strip()


async def test_copies_of_a_text_are_one_source(library):
    long = FLOOD + " ".join(
        f"Boat number {n} brought {n + 2} people to the hill above the town." for n in range(9)
    )
    await put(library, long, site="A", given_id="x")
    await put(library, long + " This report was reprinted.", site="B", given_id="y")
    (story,) = (await library.digests.create(collection="c")).stories
    assert (len(story.articles), story.sources) == (2, 1)


async def test_a_digest_of_a_topic_leaves_the_rest_out(library):
    await put(library, FLOOD)
    await put(library, CHESS)
    (story,) = (await library.digests.create("chess", collection="c")).stories
    assert story.line.quote == CHESS.strip()
    assert (await library.digests.create("volcano", collection="c")).stories == ()


async def test_days_and_the_time_of_adding_narrow_a_digest(library):
    await put(library, FLOOD, 6)
    chess = await put(library, CHESS, 9)
    since = await library.digests.create(collection="c", filters=Filters(since=date(2026, 6, 8)))
    assert [one.line.article.id for one in since.stories] == [chess.id]
    later = datetime.now(UTC) + timedelta(hours=1)
    for topic in (None, "chess"):
        assert not (await library.digests.create(topic, collection="c", added_since=later)).stories
        assert (await library.digests.create(topic, collection="c", added_since=chess.added_at)).stories


async def test_articles_that_are_too_many_are_counted(library, monkeypatch):
    monkeypatch.setattr(digests, "MOST_ARTICLES", 1)
    oldest = await put(library, FLOOD)
    newest = await put(library, CHESS)
    for options in ({}, {"filters": Filters(until=date(2030, 1, 1))}, {"added_since": oldest.added_at}):
        digest = await library.digests.create(collection="c", **options)
        assert (digest.articles_read, digest.articles_left) == (1, 1)
        assert digest.stories[0].line.article.id == newest.id


async def test_progress_is_reported(library):
    await put(library, FLOOD)
    told = []
    await library.digests.create(collection="c", on_progress=told.append)
    await library.digests.create_timeline("flood", collection="c", on_progress=told.append)
    assert [one.what for one in told] == ["Reading articles"] * len(told)
    assert len(told) >= 3


async def test_an_empty_library_has_no_size(library):
    digest = await library.digests.create(collection="c")
    timeline = await library.digests.create_timeline("flood", collection="c")
    assert (digest.stories, digest.library_size) == ((), 0)
    assert (timeline.statements, timeline.library_size) == ((), 0)


async def test_dated_sentences_of_copies_are_said_once(library):
    text = f"The Arle flooded the mill on 4 June 2026. {BOATS}"
    await put(library, text, given_id="x")
    await put(library, "Reprinted. " + text, given_id="y")
    (one,) = (await library.digests.create_timeline("Arle flood", collection="c")).statements
    assert (one.day, one.words) == (date(2026, 6, 4), "4 June 2026")


async def test_a_topic_without_a_word_is_refused(library):
    for topic in ("", "?!"):
        with pytest.raises(BadQuestion, match="topic"):
            await library.digests.create_timeline(topic, collection="c")


async def test_a_site_that_is_not_here_is_said(library):
    await put(library, FLOOD, site="A")
    with pytest.raises(ArticleNotFound):
        await library.digests.create(collection="c", filters=Filters(site="nowhere"))


async def test_a_word_in_passing_does_not_make_an_article_a_subject(library):
    text = (
        "The mill was sold, like the boats before it. The sale was agreed on 4 June 2026.\n\n"
        "A boat came in on 5 June 2026."
    )
    await put(library, text, title="Sold")
    found = (await library.digests.create_timeline("mill", collection="c")).statements
    assert [one.day.day for one in found] == [4]
    found = (await library.digests.create_timeline("mill sold", collection="c")).statements
    assert [one.day.day for one in found] == [4, 5]


async def test_a_headline_inside_the_text_is_not_the_line(library):
    title = "Girl of eleven wins the chess title"
    await put(library, f"{title}.\n\n{CHESS}", title=title)
    (story,) = (await library.digests.create(collection="c")).stories
    assert story.line.quote == CHESS.strip()
