"""The librarian's surveys of many articles at once: digests and timelines."""

from datetime import datetime

from retrieval.desk import Desk
from retrieval.digests import Overviews
from retrieval.domain import Filters
from retrieval.lane import Priority
from retrieval.overviews import Digest, Timeline
from retrieval.progress import reporting
from retrieval.seams import OnProgress
from retrieval.topics import checked_topic


class Surveys(Desk):
    """Says what many articles report, and what happened when."""

    async def digest(
        self,
        topic: str | None = None,
        *,
        collection: str,
        filters: Filters = Filters(),  # noqa: B008 - frozen and empty
        added_since: datetime | None = None,
        on_progress: OnProgress | None = None,
    ) -> Digest:
        """Return what the articles report, one cited line a story, and where they disagree.

        Args:
            topic: What they should be about; all articles without one.
            collection: Whose articles.
            filters: Which of them.
            added_since: Only articles that came into the library then or later.
            on_progress: Told how far it is.

        Raises:
            BadQuestion, ArticleNotFound, LibraryBusy: As for ``search``.
        """
        topic = None if topic is None else checked_topic(topic)
        slices = Overviews(self._workshop).digest(
            topic, collection=collection, filters=filters, added_since=added_since
        )
        return await self._lane.run_in_slices(
            reporting(slices, on_progress, "Reading articles"), priority=Priority.QUESTION
        )

    async def timeline(
        self,
        topic: str,
        *,
        collection: str,
        filters: Filters = Filters(),  # noqa: B008 - frozen and empty
        on_progress: OnProgress | None = None,
    ) -> Timeline:
        """Return the dated sentences about *topic*, oldest first.

        Raises:
            BadQuestion, ArticleNotFound, LibraryBusy: As for ``search``.
        """
        topic = checked_topic(topic)
        slices = Overviews(self._workshop).timeline(topic, collection=collection, filters=filters)
        return await self._lane.run_in_slices(
            reporting(slices, on_progress, "Reading articles"), priority=Priority.QUESTION
        )
