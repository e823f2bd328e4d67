"""Checks of what a text claims, sentence by sentence, with the articles as evidence."""

from retrieval.answers import LibraryPassages, retrieve
from retrieval.claims import MOST, PASSAGES, Asserted, asserted_in, checked
from retrieval.domain import Claim, ClaimsCheck, Filters
from retrieval.errors import BadQuestion
from retrieval.librarian.context import Context
from retrieval.protocols import OnPlace


class Claims:
    """Checks claims; every verdict but "not in the articles" is cited."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def check(
        self,
        text: str,
        *,
        collection: str,
        filters: Filters = Filters(),  # noqa: B008 - frozen and empty
        on_place: OnPlace | None = None,
    ) -> ClaimsCheck:
        """Return the claims of *text*, each supported, contradicted or not in the articles.

        Citations are numbered on from claim to claim.

        Raises:
            BadQuestion: The text claims nothing.
            ArticleNotFound: The filters name an article that is not here.
            LibraryBusy: Too many people are waiting.
        """
        asserted = asserted_in(text)
        if not asserted:
            raise BadQuestion(
                "I found no claim in that text: I check sentences that say how something is, "
                "not questions, greetings or opinions."
            )
        claims: list[Claim] = []
        number = 1
        for one in asserted[:MOST]:
            claim = await self._context.lane.run(
                lambda one=one, number=number: self._check(one, collection, filters, number),  # type: ignore[misc]
                on_place=on_place,
            )
            number += len(claim.citations)
            claims.append(claim)
        size = await self._context.lane.run(lambda: self._context.store.count(collection))
        return ClaimsCheck(tuple(claims), max(0, len(asserted) - MOST), size)

    def _check(self, claim: Asserted, collection: str, filters: Filters, number: int) -> Claim:
        store = self._context.store
        if store.count(collection) == 0:
            return checked(claim, (), text_of=store.text, first_number=number)
        searcher = self._context.resources.searcher  # may load models and write: before the snapshot
        source = LibraryPassages(store, searcher, collection, filters, articles=PASSAGES)
        with store.snapshot():
            hits = retrieve(claim.query, source)
            return checked(claim, hits, text_of=store.text, first_number=number)
