"""The librarian's surveys of many articles at once: digests and timelines."""

from datetime import datetime

from retrieval.digests import Overviews
from retrieval.domain import Filters
from retrieval.lane import Priority
from retrieval.llm_digests import LlmDigester
from retrieval.metering import Metering
from retrieval.overviews import Digest, Timeline
from retrieval.progress import reporting
from retrieval.seams import OnProgress
from retrieval.topics import checked_topic


class Surveys(Metering):
    """Says what many articles report, and what happened when."""

    async def digest(
        self,
        topic: str | None = None,
        *,
        collection: str,
        filters: Filters = Filters(),  # noqa: B008 - frozen and empty
        added_since: datetime | None = None,
        on_progress: OnProgress | None = None,
        extractive: bool = False,
    ) -> Digest:
        """Return what the articles report, one cited line a story, and where they disagree.

        Args:
            topic: What they should be about; all articles without one.
            collection: Whose articles.
            filters: Which of them.
            added_since: Only articles that came into the library then or later.
            on_progress: Told how far it is.
            extractive: Leave the lines word for word, whatever language model is set.

        Raises:
            BadQuestion, ArticleNotFound, LibraryBusy: As for ``search``.
        """
        topic = None if topic is None else checked_topic(topic)
        slices = Overviews(self._workshop).digest(
            topic, collection=collection, filters=filters, added_since=added_since
        )
        digest = await self._lane.run_in_slices(
            reporting(slices, on_progress, "Reading articles"), priority=Priority.QUESTION
        )
        if self._writer is None or extractive or not digest.stories or await self._overspent(collection):
            return digest
        model, text_of = self._writer.model, self._workshop.store.text
        digest, tokens = await LlmDigester(model, lane=self._lane, text_of=text_of).write(digest)
        await self._spent(tokens, collection)
        return digest

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
