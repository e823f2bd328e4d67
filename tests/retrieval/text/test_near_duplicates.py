from dataclasses import replace
from datetime import date

import pytest
from fakes import small_library

from retrieval.domain.articles import NewArticle
from retrieval.text.near_duplicates import estimate_jaccard, signature_of, without_copies

SENTENCES = [
    f"The {thing} near the {place} was {done} by the council in {year}."
    for thing, place, done, year in zip(
        ("bridge", "mill", "school", "tower", "library", "market", "theater", "canal"),
        ("harbor", "river", "station", "hill", "church", "park", "bakery", "quarry"),
        ("built", "repaired", "painted", "sold", "closed", "opened", "moved", "widened"),
        range(1901, 1909),
        strict=True,
    )
]
STORY = " ".join(SENTENCES)
REPRINT = "Reprinted by permission. " + " ".join(SENTENCES[:-1]) + " More news tomorrow."
OTHER = (
    "Swifts sleep on the wing and land only to breed, which they do under roofs of old houses. "
    "A pair comes back to the same hole every May. The young fall out of it in July and fly at once."
)


def paper(name, text, **known):
    return NewArticle(text, title=name, url=f"https://{name}.example/story", **known)


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as librarian:
        yield librarian


async def added(library, name, text, **known):
    return (await library.articles.add(paper(name, text, **known), collection="ours")).article


def test_a_text_too_short_to_tell_has_no_signature():
    assert signature_of("Three words only.") is None


def test_a_reprint_is_like_its_original_and_nothing_else():
    story, reprint, other = map(signature_of, (STORY, REPRINT, OTHER * 2))
    assert estimate_jaccard(story, reprint) > 0.7
    assert estimate_jaccard(story, other) < 0.1


def test_copies_in_a_script_without_spaces_are_recognized_too():
    text = "橋は町の議会によって一九一一年に港の近くに建てられ、その後三度修理された。費用は市民が払った。"
    assert estimate_jaccard(signature_of(text), signature_of(text[:-8])) > 0.6


async def test_reprints_share_their_source_and_know_how_many_they_are(library):
    for name, text in (("gazette", STORY), ("herald", REPRINT), ("nature", OTHER)):
        await added(library, name, text)
    nature, herald, gazette = await library.articles.list(collection="ours")
    assert herald.source == gazette.source != nature.source
    assert [herald.copies, gazette.copies, nature.copies] == [1, 1, 0]


async def test_copies_are_of_one_collection_only(library):
    await added(library, "gazette", STORY)
    theirs = (await library.articles.add(paper("herald", REPRINT), collection="theirs")).article
    assert theirs.copies == 0


async def test_an_article_that_changed_is_no_copy_any_more(library):
    first = await added(library, "gazette", STORY)
    second = await added(library, "herald", REPRINT)
    assert second.source == first.source
    changed = await added(library, "gazette", OTHER)
    left = await library.articles.get(second.public_id, collection="ours")
    assert changed.source != left.source
    assert (changed.copies, left.copies) == (0, 0)


async def test_a_number_given_up_is_never_given_again(library):
    first = await added(library, "gazette", STORY)
    await added(library, "herald", REPRINT)
    await library.articles.remove(first.public_id, collection="ours")
    names = ("post", "echo", "times")
    sources = [
        (await added(library, name, f"{OTHER} {name} {n * 'x '}")).source for n, name in enumerate(names)
    ]
    assert (await library.articles.get("a2", collection="ours")).source not in sources


async def test_a_rebuild_finds_the_same_copies(library):
    await added(library, "gazette", STORY)
    await added(library, "herald", REPRINT)
    await library.maintenance.rebuild()
    assert [article.copies for article in await library.articles.list(collection="ours")] == [1, 1]


async def test_copies_do_not_crowd_out_others_in_an_answer(library):
    for name in ("gazette", "herald", "post", "echo", "times"):
        await added(library, name, f"{STORY} Printed in the {name}.")
    await added(library, "nature", OTHER + " The council counted forty pairs near the harbor bridge.")
    answer = await library.answers.ask(
        "Which bridge near the harbor did the council build?", collection="ours"
    )
    read = [hit.article.title for hit in answer.nearest]
    assert len(read) == 2
    assert "nature" in read


async def test_passages_of_copies_that_say_different_things_are_all_kept(library):
    await added(library, "gazette", STORY)
    await added(library, "herald", REPRINT)
    first, second = await library.answers.search("the bridge", collection="ours")
    assert without_copies([first, second]) == [first]
    assert len(without_copies([first, replace(second, text=OTHER)])) == 2


async def test_the_dates_of_an_article_come_back(library):
    article = await added(
        library, "gazette", STORY, published=date(2024, 3, 1), updated=date(2024, 3, 9), page_starts=(0, 60)
    )
    assert (article.published, article.updated) == (date(2024, 3, 1), date(2024, 3, 9))
    assert [article.page_of(offset) for offset in (0, 59, 60, 300)] == [1, 1, 2, 2]
