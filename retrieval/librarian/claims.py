"""Checks of what a text claims, sentence by sentence, with the articles as evidence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from retrieval.answers import LibraryPassages, retrieve
from retrieval.citations import Draft
from retrieval.claims import (
    MOST,
    PASSAGES,
    Asserted,
    add_newer_statements,
    check_claim,
    cite_nearest,
    denial_of,
    extract_claims,
    find_supporting_passages,
)
from retrieval.digests import find_contradictions
from retrieval.domain import Article, Claim, ClaimsCheck, Filters, Hit, Verdict
from retrieval.errors import BadQuestion
from retrieval.librarian.context import Context
from retrieval.librarian.usage import TokenBudget
from retrieval.protocols import OnPlace


class Claims:
    """Checks claims; every verdict but "not in the articles" is cited.

    A claim that a newer article corrects is not supported, however plainly an older one says it.
    """

    def __init__(self, context: Context, budget: TokenBudget) -> None:
        self._context = context
        self._budget = budget

    async def check(
        self,
        text: str,
        *,
        collection: str,
        filters: Filters = Filters(),  # noqa: B008 - frozen and empty
        on_place: OnPlace | None = None,
    ) -> ClaimsCheck:
        """Return the claims of *text*, each with a verdict.

        Citations are numbered on from claim to claim. With a language model that chooses sentences, a
        claim that the strict test leaves open has those that the model points at, within the budgets;
        without one, it is "not clearly in the articles" if a sentence comes near, which is cited.

        Raises:
            BadQuestion: The text claims nothing.
            ArticleNotFound: The filters name an article that is not here.
            LibraryBusy: Too many people are waiting.
        """
        asserted = extract_claims(text)
        if not asserted:
            raise BadQuestion(
                "I found no claim in that text: I check sentences that say how something is, "
                "not questions, greetings or opinions."
            )
        claims: list[Claim] = []
        number = 1
        for one in asserted[:MOST]:
            claim, hits = await self._context.lane.run(
                lambda one=one, number=number: self._check(one, collection, filters, number),  # type: ignore[misc]
                on_place=on_place,
            )
            if claim.verdict is Verdict.NOT_FOUND and hits:
                claim = await self._read(claim, one, hits, collection, number)
            if claim.verdict is Verdict.NOT_FOUND and hits and not claim.citations:
                claim = await self._context.lane.run(
                    lambda one=one, hits=hits, number=number: self._nearest(one, hits, number)  # type: ignore[misc]
                )
            number += len(claim.citations)
            claims.append(claim)
        size = await self._context.lane.run(lambda: self._context.store.count(collection))
        return ClaimsCheck(tuple(claims), max(0, len(asserted) - MOST), size)

    async def _read(
        self, claim: Claim, asserted: Asserted, hits: list[Hit], collection: str, number: int
    ) -> Claim:
        """Return an undecided claim as the language model reads the articles, if there is one to ask."""
        chosen = self._context.chosen
        if chosen is None or await self._budget.find_exhausted(collection):
            return claim
        from retrieval.llm import ChosenClaims  # late: only where there is a model

        context = self._context
        claims = ChosenClaims(
            chosen.chooser,
            lane=context.lane,
            text_of=context.store.text,
            passages=context.settings.llm_passages,
        )
        claim, tokens = await claims.read(claim, asserted, hits, first_number=number)
        await self._budget.charge(tokens, collection)
        return claim

    def _check(
        self, claim: Asserted, collection: str, filters: Filters, number: int
    ) -> tuple[Claim, list[Hit]]:
        """Return what the strict test says to a claim, and the passages found for it."""
        store = self._context.store
        if store.count(collection) == 0:
            return check_claim(claim, (), text_of=store.text, first_number=number), []
        searcher = self._context.resources.searcher  # may load models and write: before the snapshot
        source = LibraryPassages(store, searcher, collection, filters, articles=PASSAGES)
        with store.snapshot():
            hits = retrieve(claim.query, source)
            found = check_claim(claim, hits, text_of=store.text, first_number=number)
            if found.verdict is Verdict.SUPPORTED:
                found = self._with_correction(claim, found, hits)
            if found.verdict is Verdict.CONTRADICTED:
                found = self._drop_superseded(claim, found, hits, number)
            return found, hits

    def _drop_superseded(self, claim: Asserted, found: Claim, hits: Sequence[Hit], number: int) -> Claim:
        """Return a contradicted claim as others judge it, where a newer article corrects what denies it."""
        denying = found.citations[0].article
        if not self._newer_than(found, hits):
            return found
        others = [hit for hit in hits if hit.article.id != denying.id]
        return check_claim(claim, others, text_of=self._context.store.text, first_number=number)

    def _nearest(self, claim: Asserted, hits: Sequence[Hit], number: int) -> Claim:
        """Return an undecided claim with the sentence nearest to it, behind the one that corrects that."""
        text_of = self._context.store.text
        found = cite_nearest(
            claim, hits, reranker=self._context.resources.reranker, text_of=text_of, first_number=number
        )
        newer = self._newer_than(found, hits)
        return (
            replace(add_newer_statements(found, newer, None, text_of=text_of), verdict=Verdict.UNCLEAR)
            if newer
            else found
        )

    def _newer_than(self, found: Claim, hits: Sequence[Hit]) -> list[Draft]:
        """Return the sentence of a newer article that takes back one that is cited; nothing if none does."""
        for citation in found.citations:
            cited = Draft(citation.article, citation.span, citation.quote)
            others = [hit for hit in hits if hit.article.id != citation.article.id]
            against = find_contradictions(
                cited, [hit for hit in others if _is_later(hit.article, citation.article)]
            )
            if against:
                return [against[0].drafts[1]]
        return []

    def _with_correction(self, claim: Asserted, found: Claim, hits: Sequence[Hit]) -> Claim:
        """Return a supported claim, or what an article says against it that is newer than all support."""
        first = found.citations[0].article
        newest = max((hit.article for hit in find_supporting_passages(claim, hits)), key=_age, default=first)
        others = (hit for hit in hits if hit.article.id not in {first.id, newest.id})
        later = [hit for hit in others if _is_later(hit.article, newest)]
        later.sort(key=lambda hit: _age(hit.article), reverse=True)
        text_of = self._context.store.text
        for citation in found.citations:
            cited = Draft(citation.article, citation.span, citation.quote)
            against = find_contradictions(cited, later)
            if against:
                return add_newer_statements(
                    found, [against[0].drafts[1]], against[0].at_odds, text_of=text_of
                )
        dated = [hit for hit in later if hit.article.published and newest.published]
        at_odds, newer = denial_of(claim, dated)
        return add_newer_statements(found, newer, at_odds, text_of=text_of) if newer else found


def _age(article: Article) -> date:
    return article.published or date.min


def _is_later(article: Article, newest: Article) -> bool:
    """Tell whether an article may correct another: it is newer, or one of both has no date."""
    if article.published is None or newest.published is None:
        return True
    return article.published > newest.published
