"""How a text becomes an article of the library: encoded and stored in slices, behind every question."""

from collections.abc import Callable, Generator
from dataclasses import replace

from retrieval.domain import Added, Article, NewArticle
from retrieval.indexing import UpkeepStore, ingest, with_edits
from retrieval.librarian.context import Context
from retrieval.messages import message
from retrieval.protocols import OnProgress
from retrieval.runtime import Priority, report_progress_to

CORRECTED = message("What was corrected by hand stays as it is; an edit changes it.")


async def add_article(
    context: Context, article: NewArticle, collection: str, on_progress: OnProgress | None = None
) -> Added:
    """Encode and store a text here and now; what people corrected in the same article stays."""

    def with_corrections() -> NewArticle:
        store = context.store
        known = store.find_same(collection, article)
        edits = UpkeepStore(store).edits(known.id) if known is not None else []
        kept = with_edits(article, edits)
        return replace(kept, notes=(*kept.notes, CORRECTED)) if kept != article else kept

    return await store_article(context, with_corrections, collection, on_progress)


async def store_article(
    context: Context,
    prepare: Callable[[], NewArticle],
    collection: str,
    on_progress: OnProgress | None,
    replaced: Article | None = None,
) -> Added:
    """Encode and store an article in slices, behind every question that waits.

    Args:
        context: Of the library.
        prepare: Returns the article; called on the lane.
        collection: Where it belongs.
        on_progress: Called after each slice.
        replaced: The article that it takes the place of, if that is decided already.
    """

    def start() -> Generator[tuple[int, int], None, Added]:
        resources = context.resources
        return ingest(
            prepare(),
            collection=collection,
            store=resources.store,
            searcher=resources.searcher,
            encoder=resources.encoder,
            max_articles=resources.settings.max_articles,
            rewritten=replaced,
        )

    slices = await context.run_import(start)
    return await context.lane.run_in_slices(report_progress_to(slices, on_progress), priority=Priority.IMPORT)
