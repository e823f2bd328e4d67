"""What a library keeps of the structure that was read with an article."""

import asyncio
from dataclasses import replace

from fakes import small_library

from retrieval.domain import Block, NewArticle, Span
from retrieval.storage.database import Database

TEXT = "Chalk\n\nIt is allowed in the hall.\n\nAge\n\nChildren climb from ten on."
BLOCKS = (Block("heading", Span(0, 5), level=3), Block("paragraph", Span(7, 33), 0))
NEW = NewArticle(TEXT, title="Rules", given_id="rules", blocks=BLOCKS)


def run(folder, body):
    async def inside():
        async with small_library(folder) as library:
            return await body(library)

    return asyncio.run(inside())


def test_blocks_are_kept_exported_and_given_to_answers(tmp_path):
    async def body(library):
        added = await library.articles.add(NEW, collection="c")
        exported = [one async for one in library.articles.export(collection="c")]
        shown = await library.upkeep.get_structure("rules", collection="c")
        return added.article, exported, shown

    article, exported, shown = run(tmp_path, body)
    assert exported == [(article, TEXT, BLOCKS)]
    assert shown.blocks == BLOCKS


def test_an_article_without_blocks_shows_its_structure_itself_and_exports_none(tmp_path):
    async def body(library):
        await library.articles.add(replace(NEW, blocks=()), collection="c")
        exported = [one async for one in library.articles.export(collection="c")]
        return exported, await library.upkeep.get_structure("rules", collection="c")

    [(_, _, blocks)], structure = run(tmp_path, body)
    assert blocks == ()
    path = structure.heading_path(Span(TEXT.index("Children"), len(TEXT)))
    assert [span.of(TEXT) for span in path] == ["Age"]


def test_adding_the_same_text_again_brings_its_blocks_up_to_date(tmp_path):
    async def body(library):
        await library.articles.add(replace(NEW, blocks=()), collection="c")
        again = await library.articles.add(NEW, collection="c")
        return again.status, await library.upkeep.get_structure("rules", collection="c")

    status, structure = run(tmp_path, body)
    assert (status, structure.blocks) == ("known", BLOCKS)


def test_a_version_keeps_its_blocks_and_a_new_title_those_of_the_text(tmp_path):
    longer = f"{TEXT}\n\nDogs wait outside."
    others = (Block("paragraph", Span(0, len(longer))),)

    async def body(library):
        first = await library.articles.add(NEW, collection="c")
        await library.articles.add(replace(NEW, text=longer, blocks=others), collection="c")
        await library.articles.add(
            replace(NEW, text=longer, blocks=others, title="New rules"), collection="c"
        )
        old = await library.upkeep.get_structure("rules", collection="c", digest=first.article.digest)
        return old, await library.upkeep.get_structure("rules", collection="c")

    old, now = run(tmp_path, body)
    assert (old.blocks, now.blocks) == (BLOCKS, others)


def test_a_removed_article_leaves_no_blocks(tmp_path):
    async def body(library):
        await library.articles.add(NEW, collection="c")
        await library.articles.remove("rules", collection="c")

    run(tmp_path, body)
    database = Database(tmp_path)
    rows = database.connection.execute("SELECT * FROM structures").fetchall()
    database.close()
    assert rows == []
