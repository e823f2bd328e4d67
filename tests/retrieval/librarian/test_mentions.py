import pytest
from fakes import small_library

from retrieval.domain.articles import NewArticle
from retrieval.errors import ArticleNotFound

STORY = " ".join(f"In {1900 + n} the harbor town paid {n} crowns for stone number {n}." for n in range(40))
OURS = {"collection": "ours"}


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as librarian:
        yield librarian


async def put(library, site, text=STORY, **where):
    new = NewArticle(text, title="Stones", url=f"https://{site}.example/stones")
    return (await library.articles.add(new, **(where or OURS))).article


async def test_the_first_place_is_remembered_and_shown_to_the_second(library):
    article = await put(library, "one")
    assert await library.mentions.record(article.public_id, "here", **OURS) is None
    found = await library.mentions.record(article.public_id, "there", **OURS)
    assert (found.place, found.article.id) == ("here", article.id)
    assert (await library.mentions.record(article.public_id, "elsewhere", **OURS)).place == "here"


async def test_the_same_place_twice_is_no_news(library):
    article = await put(library, "one")
    for _ in range(2):
        assert await library.mentions.record(article.public_id, "here", **OURS) is None


async def test_a_copy_of_the_story_is_shown_the_first(library):
    one, two = await put(library, "one"), await put(library, "two", STORY + " So it was.")
    assert one.source == two.source
    await library.mentions.record(one.public_id, "here", **OURS)
    found = await library.mentions.record(two.public_id, "there", **OURS)
    assert (found.place, found.article.id) == ("here", one.id)


async def test_another_story_was_not_brought_up(library):
    one = await put(library, "one")
    two = await put(library, "two", "Something else entirely happened in the mountains that year.")
    await library.mentions.record(one.public_id, "here", **OURS)
    assert await library.mentions.record(two.public_id, "there", **OURS) is None


async def test_a_place_that_is_gone_is_forgotten_in_its_collection_only(library):
    article = await put(library, "one")
    theirs = await put(library, "one", collection="theirs")
    await library.mentions.record(article.public_id, "here", **OURS)
    await library.mentions.record(theirs.public_id, "here", collection="theirs")
    await library.mentions.forget("here", **OURS)
    assert await library.mentions.record(article.public_id, "there", **OURS) is None
    assert (await library.mentions.record(theirs.public_id, "there", collection="theirs")).place == "here"


async def test_an_article_of_another_collection_cannot_be_brought_up(library):
    theirs = await put(library, "one", collection="theirs")
    with pytest.raises(ArticleNotFound):
        await library.mentions.record(theirs.public_id, "here", **OURS)
