"""Where stories were brought up first."""

from datetime import UTC, datetime

from retrieval.librarian.context import Context
from retrieval.records import Mention, MentionStore


class Mentions:
    """Remembers the first place at which an article or a copy of it was brought up."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def record(self, public_id: str, place: str, *, collection: str) -> Mention | None:
        """Return where the story was brought up before; if nowhere, remember *place*.

        Raises:
            ArticleNotFound: There is none under this id.
        """

        def asked() -> Mention | None:
            store = self._context.store
            article = store.article(collection, public_id)
            return MentionStore(store).mention(article, place, datetime.now(UTC))

        return await self._context.lane.run(asked)

    async def forget(self, place: str, *, collection: str) -> None:
        """Forget what was brought up in a place that is gone."""
        await self._context.lane.run(lambda: MentionStore(self._context.store).forget(collection, place))
