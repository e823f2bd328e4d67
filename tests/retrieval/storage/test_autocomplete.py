import pytest
from fakes import small_library

from retrieval.domain.articles import Filters, NewArticle
from retrieval.errors import ArticleNotFound


def article(name, site, author, language="de"):
    return NewArticle(
        f"{name} is about one thing and no other.",
        title=name,
        given_id=name,
        site=site,
        author=author,
        language=language,
    )


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as librarian:
        for one in (
            article("Brücke", "Münchner Bote", "Åsa Berg"),
            article("Hafen", "Münchner Bote", "Åsa Berg, Tom Kern"),
            article("Turm", "Neuer Bote", "Tom Kern", "en"),
        ):
            await librarian.articles.add(one, collection="ours")
        await librarian.articles.add(article("Theirs", "Bote der anderen", "Asa Secret"), collection="theirs")
        yield librarian


async def test_names_are_offered_whatever_their_case_and_accents(library):
    assert await library.articles.suggest_names("site", "munch", collection="ours") == ["Münchner Bote"]
    assert [one.title for one in await library.articles.suggest("BRUCKE", collection="ours")] == ["Brücke"]


async def test_what_begins_so_comes_first_and_then_the_most_frequent(library):
    assert await library.articles.suggest_names("site", "bote", collection="ours") == [
        "Münchner Bote",
        "Neuer Bote",
    ]
    assert await library.articles.suggest_names("author", "tom", collection="ours") == [
        "Tom Kern",
        "Åsa Berg, Tom Kern",
    ]
    assert await library.articles.suggest_names("site", "neu", collection="ours") == ["Neuer Bote"]


async def test_no_more_names_than_asked_for_are_offered(library):
    assert len(await library.articles.suggest_names("author", "", collection="ours", limit=2)) == 2


async def test_before_there_is_a_library_nothing_is_offered(tmp_path):
    async with small_library(tmp_path / "empty") as library:
        assert await library.articles.suggest_names("site", "", collection="ours") == []
        assert await library.articles.suggest("", collection="ours") == []


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(author="tom kern"), ["Turm"]),  # the whole line, before a part of another
        (Filters(author="asa"), ["Hafen", "Brücke"]),
        (Filters(site="MUNCHNER bote"), ["Hafen", "Brücke"]),
        (Filters(site="munchner bote", author="kern"), ["Hafen"]),
        (Filters(language="en"), ["Turm"]),
    ],
)
async def test_a_list_can_be_narrowed(library, filters, titles):
    found = await library.articles.list(collection="ours", filters=filters)
    assert [one.title for one in found] == titles


@pytest.mark.parametrize(
    "filters", [Filters(site="Bote"), Filters(author="Secret"), Filters(language="fr"), Filters(site="x")]
)
async def test_a_name_that_is_not_here_is_said_instead_of_matching_nothing(library, filters):
    for call in (
        library.articles.list(collection="ours", filters=filters),
        library.answers.ask("What is it about?", collection="ours", filters=filters),
        library.answers.search("about", collection="ours", filters=filters),
    ):
        with pytest.raises(ArticleNotFound, match="No article here has the"):
            await call


async def test_pages_of_a_narrowed_list_follow_each_other(library):
    wanted = Filters(site="Münchner Bote")

    async def page(offset):
        found = await library.articles.list(collection="ours", filters=wanted, offset=offset, limit=1)
        return [one.title for one in found]

    assert [await page(offset) for offset in (0, 1, 2)] == [["Hafen"], ["Brücke"], []]
