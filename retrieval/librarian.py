"""The only way into the library.

Async, because callers wait for the network and for their turn; everything that burns CPU runs on
the lane. One librarian a process. Discord is unknown here: a collection is a plain string.
"""

from dataclasses import replace

from retrieval.asker import asking
from retrieval.attempts import Attempts
from retrieval.attributions import Attributions
from retrieval.checking import Checking
from retrieval.domain import Answer, CheckReport, Citation, Context
from retrieval.elaborating import Elaborating
from retrieval.enquiries import Enquiries
from retrieval.holdings import Holdings
from retrieval.lane import Priority
from retrieval.mentions import Mentions
from retrieval.messages import message
from retrieval.preferring import Preferring
from retrieval.presences import Presences
from retrieval.privacy import Privacy
from retrieval.progress import reporting, tell
from retrieval.refreshing import Refreshing
from retrieval.reopening import Reopening
from retrieval.reviews import Reviews
from retrieval.scheduling import Scheduling
from retrieval.seams import OnProgress
from retrieval.surveys import Surveys
from retrieval.visits import Visits


class Librarian(
    Refreshing,
    Holdings,
    Enquiries,
    Elaborating,
    Checking,
    Attempts,
    Attributions,
    Surveys,
    Reviews,
    Visits,
    Mentions,
    Preferring,
    Scheduling,
    Reopening,
    Privacy,
    Presences,
):
    """Adds articles, answers questions about them, summarizes, and finds who said what."""

    async def warm_up(self, on_progress: OnProgress | None = None) -> None:
        """Load the models now, some 10 s, instead of at the first question."""
        tell(on_progress, message("Loading the models"), 0, 2)
        await self._lane.run(lambda: self._workshop.encoder)
        tell(on_progress, message("Loading the models"), 1, 2)
        await self._lane.run(lambda: self._workshop.reranker)
        tell(on_progress, message("Loading the models"), 2, 2)

    @property
    def waiting(self) -> int:
        """Questions that wait for their turn."""
        return self._lane.waiting

    async def size(self) -> int:
        """Return how many articles all collections hold together; says whether the library answers."""
        return await self._lane.run(lambda: self._workshop.store.total(), priority=Priority.NOTE)

    # -- answers given -----------------------------------------------------

    async def record(self, answer: Answer, *, collection: str) -> Answer:
        """Keep an answer, so that its buttons outlive a restart; return it with its number.

        Whoever ``asked_by`` names is kept with it, so that people can find and delete what they asked.
        """
        asker = asking()  # the lane's thread would not know
        number = await self._lane.run(lambda: self._workshop.records.save(collection, answer, asker))
        return replace(answer, id=number)

    async def recall(self, answer_id: int, *, collection: str) -> Answer:
        """Return an answer as it was given here; raises ``AnswerNotFound``."""
        return await self._lane.run(lambda: self._workshop.records.load(collection, answer_id))

    async def context(self, citation: Citation, *, collection: str, sentences: int = 2) -> Context:
        """Return a citation with the sentences around it, from the version it was cited from.

        Raises:
            ArticleNotFound: The article was removed, or is not of this collection.
        """
        return await self._lane.run(
            lambda: self._workshop.context(citation, collection=collection, around=sentences)
        )

    # -- housekeeping ------------------------------------------------------

    async def check(self) -> CheckReport:
        """Read everything and report what is wrong; a missing or stale cache is no fault."""
        return await self._import(self._workshop.check)

    async def rebuild(self, on_progress: OnProgress | None = None) -> CheckReport:
        """Make everything that can be made from the texts anew: passages, vectors, quotations, indexes."""
        slices = await self._import(self._workshop.rebuild)
        return await self._lane.run_in_slices(reporting(slices, on_progress, "Rebuilding"))

    async def note(self, key: str) -> str | None:
        """Return a small fact kept with the library."""
        return await self._lane.run(lambda: self._workshop.store.note(key))

    async def set_note(self, key: str, value: str) -> None:
        """Keep a small fact with the library."""
        await self._lane.run(lambda: self._workshop.store.set_note(key, value))

    async def close(self) -> None:
        """Write the caches and close the database."""
        await self._catalog.close()
        if self._writer is not None:
            await self._writer.model.close()
        await self._lane.run(self._workshop.close, priority=Priority.IMPORT)
