"""The librarian's checks of what people say: a text's claims against the articles."""

from retrieval.claims import MOST, PASSAGES, Asserted, asserted_in, checked
from retrieval.copies import without_copies
from retrieval.desk import Desk
from retrieval.domain import Filters
from retrieval.errors import BadQuestion
from retrieval.language import is_english
from retrieval.seams import OnPlace
from retrieval.verdicts import Claim, ClaimsCheck
from retrieval.workshop import Workshop


class Checking(Desk):
    """Holds claims against the articles; every verdict but "not in the articles" is cited."""

    async def check_claims(
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
            claim = await self._lane.run(
                lambda one=one, number=number: _check(  # type: ignore[misc]
                    self._workshop, one, collection, filters, number
                ),
                on_place=on_place,
            )
            number += len(claim.citations)
            claims.append(claim)
        size = await self._lane.run(lambda: self._workshop.store.count(collection))
        return ClaimsCheck(tuple(claims), max(0, len(asserted) - MOST), size)


def _check(workshop: Workshop, claim: Asserted, collection: str, filters: Filters, number: int) -> Claim:
    if workshop.store.count(collection) == 0:
        return checked(claim, (), text_of=workshop.store.text, first_number=number)
    searcher = workshop.searcher  # may load models and write: before the snapshot
    with workshop.store.snapshot():
        hits = searcher.search(
            claim.query,
            collection=collection,
            articles=PASSAGES,
            filters=filters,
            words_only=not is_english(claim.query),
        )
        return checked(claim, without_copies(hits), text_of=workshop.store.text, first_number=number)
