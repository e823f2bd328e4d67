import io
from datetime import date

from fakes import small_library

from retrieval.domain.articles import NewArticle
from retrieval.domain.export import exported_row, write_row
from retrieval.sources.jsonl import Row, article_of, read_rows

ARTICLES = [
    NewArticle("Pasted without an address.\r\n\r\nIt has two lines.", title="Pasted"),
    NewArticle("A page of a site, with a date.", title="Page", url="https://example.org/a", site="Example"),
    NewArticle("\ufeff Given an id. 😀 ", given_id="given", author="Ada Berg", published=date(2024, 2, 29)),
    NewArticle("Erste Seite. Zweite Seite.", language="de", page_starts=(0, 13), updated=date(2025, 1, 2)),
]


async def exported(library):
    stream = io.BytesIO()
    async for article, text, blocks in library.articles.export(collection="ours"):
        write_row(stream, exported_row(article, text, blocks))
    return stream.getvalue()


async def imported(library, lines):
    statuses = []
    for row in read_rows(io.BytesIO(lines)):
        assert isinstance(row, Row)
        statuses.append((await library.articles.add(article_of(row), collection="ours")).status)
    return statuses


async def test_an_export_comes_back_exactly_with_its_ids(tmp_path):
    async with small_library(tmp_path / "one") as library:
        for article in ARTICLES:
            await library.articles.add(article, collection="ours")
        before = await exported(library)
    async with small_library(tmp_path / "other") as library:
        assert await imported(library, before) == ["added"] * 4
        assert await exported(library) == before
        assert await imported(library, before) == ["known"] * 4
        assert (await library.maintenance.check()).faults == ()
        await library.maintenance.rebuild()
        assert await exported(library) == before


async def test_what_was_pasted_is_still_recognized_after_an_import(tmp_path):
    async with small_library(tmp_path / "one") as library:
        await library.articles.add(ARTICLES[0], collection="ours")
        lines = await exported(library)
    async with small_library(tmp_path / "other") as library:
        await imported(library, lines)
        assert (await library.articles.add(ARTICLES[0], collection="ours")).status == "known"


async def test_an_id_of_another_library_does_not_replace_an_article_of_this_one(tmp_path):
    async with small_library(tmp_path / "one") as library:
        await library.articles.add(ARTICLES[0], collection="ours")
        lines = await exported(library)
    async with small_library(tmp_path / "other") as library:
        await library.articles.add(ARTICLES[3], collection="ours")
        assert await imported(library, lines) == ["added"]
        assert {a.title: a.public_id for a in await library.articles.list(collection="ours")} == {
            "": "a1",
            "Pasted": "a2",
        }
