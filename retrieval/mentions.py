"""The librarian's memory of where stories were brought up."""

from datetime import UTC, datetime

from retrieval.desk import Desk
from retrieval.mention_store import Mention, MentionStore


class Mentions(Desk):
    """Remembers the first place at which an article or a copy of it was brought up."""

    async def mention(self, public_id: str, place: str, *, collection: str) -> Mention | None:
        """Return where the story was brought up before; if nowhere, remember *place*.

        Raises:
            ArticleNotFound: There is none under this id.
        """

        def asked() -> Mention | None:
            store = self._workshop.store
            article = store.article(collection, public_id)
            return MentionStore(store).mention(article, place, datetime.now(UTC))

        return await self._lane.run(asked)

    async def forget_mentions(self, place: str, *, collection: str) -> None:
        """Forget what was brought up in a place that is gone."""
        await self._lane.run(lambda: MentionStore(self._workshop.store).forget(collection, place))
