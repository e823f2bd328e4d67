"""What a language model reads in the articles about a claim that the strict test does not decide.

The strict test alone says "supported" and "contradicted". Where it is unsure, the model may point at
sentences; they are shown with its verdict, which is marked as a reading, unless they pass the test.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.citations import cite
from retrieval.claims import Asserted, Source, judge
from retrieval.domain import ArticleId, Claim, Hit, Tokens, Verdict
from retrieval.llm.choice import CLAIM_SCHEMA, read_verdict
from retrieval.llm.choice_prompts import claim_messages
from retrieval.llm.chooser import Chooser, Unchosen
from retrieval.llm.numbered_sentences import NumberedSentences
from retrieval.runtime import Lane
from retrieval.safety import readable


class ChosenClaims:
    """Has the articles read for claims. Lives on the event loop."""

    def __init__(
        self, chooser: Chooser, *, lane: Lane, text_of: Callable[[ArticleId], str], passages: int
    ) -> None:
        """Let *chooser*'s model read the best *passages*; *text_of* is for the lane."""
        self._chooser = chooser
        self._lane = lane
        self._text_of = text_of
        self._passages = passages

    async def read(
        self, claim: Claim, asserted: Asserted, hits: Sequence[Hit], *, first_number: int
    ) -> tuple[Claim, Tokens]:
        """Return an undecided *claim* with the sentences that the model points at, and what it cost.

        The claim is returned as it is when the model fails or points at none.
        """

        def number() -> tuple[dict[ArticleId, str], NumberedSentences]:
            best = hits[: self._passages]
            texts = {hit.article.id: self._text_of(hit.article.id) for hit in best}
            return texts, NumberedSentences(readable(best, lambda article: texts[article]), texts)

        texts, sentences = await self._lane.run(number)
        if not len(sentences):
            return claim, Tokens()
        try:
            (verdict, numbers), cost = await self._chooser.ask(
                claim_messages(asserted.query, sentences.format_for_model()),
                CLAIM_SCHEMA,
                lambda text: read_verdict(text, len(sentences)),
            )
        except Unchosen as failure:
            return claim, failure.tokens
        if verdict is Verdict.NOT_FOUND:
            return claim, cost

        def decide() -> Claim:
            drafts = sentences.drafts(numbers)
            _, citations = cite(drafts, text_of=lambda article: texts[article])
            numbered = tuple(replace(one, number=first_number + at) for at, one in enumerate(citations))
            sources = [Source(one.quote, one.article.title) for one in citations]
            judged = judge(asserted.text, sources, asserted.about)
            if judged.verdict is verdict:
                return replace(claim, verdict=verdict, citations=numbered, at_odds=judged.at_odds)
            return replace(
                claim,
                verdict=Verdict.UNCLEAR,
                citations=numbered,
                divergence=None,  # it is of the sentence that came nearest
                read_as=verdict,
                read_by=self._chooser.model.name,
            )

        return await self._lane.run(decide), cost
