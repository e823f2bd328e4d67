"""Articles that wait for a worker: how one comes into the queue, and how a worker takes it out."""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from retrieval.domain import Added, NewArticle
from retrieval.errors import IndexMismatch, ModelMissing, RetrievalError, StorageError
from retrieval.indexing import check_readable
from retrieval.librarian.article_storage import add_article
from retrieval.librarian.context import Context
from retrieval.librarian.processes import Processes
from retrieval.messages import message
from retrieval.processes import GIVEN_UP, MOST_TRIES, WORKER, Import, ImportStore, read_outcome
from retrieval.protocols import OnProgress
from retrieval.runtime import report_progress

T = TypeVar("T")
LOOK_EVERY_S = 0.25
AFTER_ERROR_S = 2.0
_FAILED = message("Something went wrong while this article was read in. Please try again.")
_log = logging.getLogger(__name__)


class ImportQueue:
    """Leaves the encoding of articles to workers, and is what a worker works through."""

    def __init__(self, context: Context, processes: Processes) -> None:
        self._context = context
        self._processes = processes

    @property
    def is_used(self) -> bool:
        """Whether this process leaves encoding to workers."""
        return self._context.settings.workers and self._processes.is_joined

    async def add(self, article: NewArticle, collection: str, on_progress: OnProgress | None) -> Added:
        """Queue an article and wait until it is added; it is even if this process ends meanwhile.

        Without a living worker it is encoded here.

        Raises:
            NotReadable, LibraryFull, StorageError: What their names say.
        """
        check_readable(article)
        number = await self._run(lambda store: store.put(collection, article))
        report_progress(on_progress, message("Waiting for a worker"), 0, 0)
        while (said := await self._run(lambda store: store.outcome(number))) is None:
            taken = await self._run(lambda store: store.take_unattended(number))
            if taken is not None:
                await self._encode(taken, on_progress)
            else:
                await asyncio.sleep(LOOK_EVERY_S)
        outcome = said
        await self._run(lambda store: store.remove(number))
        return await self._context.lane.run(
            lambda: read_outcome(outcome, lambda row: self._context.store.article_numbered(collection, row))
        )

    async def work(self, stop: asyncio.Event) -> None:
        """Encode what is queued until *stop* is set; what was begun then is left to another worker.

        Raises:
            IndexMismatch, ModelMissing: No article can be encoded.
        """
        working = asyncio.create_task(self._work_for_ever())
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
        try:
            if working.done():
                working.result()
        finally:
            for task in (working, stopped):
                task.cancel()
            await asyncio.gather(working, stopped, return_exceptions=True)
            await self._run(lambda store: store.put_back())

    async def _work_for_ever(self) -> None:
        while True:
            try:
                await self._processes.hold(WORKER + self._processes.id)
                taken = await self._run(lambda store: store.take())
                if taken is None:
                    await asyncio.sleep(LOOK_EVERY_S)
                    continue
                await self._encode(taken, None)
            except StorageError as error:
                _log.warning("The database does not answer: %r", error)
                await asyncio.sleep(AFTER_ERROR_S)
                await self._put_back()

    async def _put_back(self) -> None:
        try:
            await self._run(lambda store: store.put_back())
        except StorageError as error:
            _log.warning("What was begun could not be left to others yet: %r", error)

    async def _encode(self, taken: Import, on_progress: OnProgress | None) -> None:
        """Encode an article, and note what became of it.

        Raises:
            StorageError: The database went away; the article is ours still.
            IndexMismatch, ModelMissing: No article can be encoded.
        """
        outcome: Added | RetrievalError
        if taken.tries > MOST_TRIES:
            outcome = RetrievalError(GIVEN_UP)
        else:
            outcome = await self._add(taken, on_progress)
        await self._run(lambda store: store.finish(taken.id, outcome))
        _log.info("Import %d of %s: %s", taken.id, taken.collection, getattr(outcome, "status", "refused"))

    async def _add(self, taken: Import, on_progress: OnProgress | None) -> Added | RetrievalError:
        try:
            return await add_article(self._context, taken.article, taken.collection, on_progress)
        except (StorageError, IndexMismatch, ModelMissing):
            raise
        except RetrievalError as error:
            return error
        except Exception:  # noqa: BLE001 - a fault that one article shows must not end the worker
            _log.exception("Import %d of %s has failed", taken.id, taken.collection)
            return RetrievalError(_FAILED)

    async def _run(self, call: Callable[[ImportStore], T]) -> T:
        return await self._context.statements.run(
            lambda connection: call(ImportStore(connection, self._context.process))
        )
