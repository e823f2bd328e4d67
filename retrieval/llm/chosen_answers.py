"""Answers whose sentences a language model chose among those of the passages that were found.

The model only points: what is shown are the articles' own sentences, cited as in an extractive answer.
Waiting for the network happens on the event loop; the lane is taken to number sentences and to cite them.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from retrieval.answers import MIN_QUESTION_CHARS, add_context, add_date, as_unsure, read_question
from retrieval.citations import resolve
from retrieval.domain import Answer, ArticleId, Hit, Statement, Tokens
from retrieval.llm.choice import ANSWER_SCHEMA, Choice, read_choice
from retrieval.llm.choice_prompts import choice_messages
from retrieval.llm.chooser import Chooser, Unchosen
from retrieval.llm.numbered_sentences import NumberedSentences, words_in
from retrieval.llm.query_rewriting import keeps
from retrieval.llm.translated_numbers import figures
from retrieval.messages import message
from retrieval.runtime import Lane
from retrieval.safety import readable
from retrieval.structure import Structure

SEARCHES = 2
"""Further searches for one question, at most."""
SURE = 0.0
"""Score from which the cross-encoder is sure: it refuses .99 of the questions that nothing answers."""
Search = Callable[[str], Awaitable[Sequence[Hit]]]
"""Finds further passages in the articles that were asked."""
Charge = Callable[[Tokens], Awaitable[bool]]
"""Counts what a call cost; returns whether the budgets allow another one."""


@dataclass(frozen=True, slots=True)
class _Round:
    """What one call read, and what it chose of it."""

    hits: Sequence[Hit]
    sentences: NumberedSentences
    texts: dict[ArticleId, str]
    choice: Choice


class ChosenAnswers:
    """Has the sentences of answers chosen. Lives on the event loop."""

    def __init__(
        self,
        chooser: Chooser,
        *,
        lane: Lane,
        text_of: Callable[[ArticleId, str | None], str],
        structure_of: Callable[[ArticleId, str], Structure],
        passages: int,
    ) -> None:
        """Let *chooser*'s model read the best *passages*; *text_of* and *structure_of* are for the lane."""
        self.chooser = chooser
        self._lane = lane
        self._text_of = text_of
        self._structure_of = structure_of
        self._passages = passages

    def read_elsewhere(
        self,
        *,
        text_of: Callable[[ArticleId, str | None], str],
        structure_of: Callable[[ArticleId, str], Structure],
    ) -> "ChosenAnswers":
        """Return the same for articles that are not in the library."""
        return ChosenAnswers(
            self.chooser,
            lane=self._lane,
            text_of=text_of,
            structure_of=structure_of,
            passages=self._passages,
        )

    async def choose(
        self,
        answer: Answer,
        *,
        search: Search,
        charge: Charge,
        after: Answer | None = None,
        asked: str = "",
    ) -> Answer:
        """Return the answer in the sentences that the model chooses.

        Args:
            answer: The extractive one, found or not; it is returned with a note when the model fails.
            search: Used at most twice, for what the model says is missing.
            charge: Called with what each call cost.
            after: The answer that the question follows up.
            asked: The follow-up as it was asked, in the language of the articles.
        """
        question = answer.understood or answer.question
        put = asked if after is not None and asked else question
        hits: Sequence[Hit] = answer.nearest[: self._passages]
        searched = {question.casefold()}
        best: _Round | None = None
        restated = ""
        for left in range(SEARCHES, -1, -1):
            try:
                one, cost = await self._round(put, hits, after)
            except Unchosen as failure:
                await charge(failure.tokens)
                if best is not None:
                    break
                return not_chosen(answer, failure.why)
            may_go_on = await charge(cost)
            if one is None:
                break
            restated = self._check_restatement(one.choice.question, put, after) or restated
            if best is None or one.choice.answered != "no":
                best = one
            query = self._query(one.choice, restated, searched) if left and may_go_on else ""
            if not query:
                break
            searched.add(query.casefold())
            hits = self._with_new(one, await search(query))
            if not hits:
                break
        if best is None:
            return not_chosen(answer, message("the passages address language models"))
        answer = replace(answer, understood=restated or answer.understood)
        if best.choice.answered == "no":
            return _refuse(answer)
        chosen = best
        found = await self._lane.run(lambda: self._cite_choice(answer, chosen, question))
        return found or _refuse(answer)

    async def _round(
        self, question: str, hits: Sequence[Hit], after: Answer | None
    ) -> tuple[_Round | None, Tokens]:
        """Have the sentences of *hits* read; ``None`` if nothing in them is for models."""
        texts, sentences = await self._lane.run(lambda: self._number_sentences(hits))
        if not len(sentences):
            return None, Tokens()
        choice, cost = await self.chooser.ask(
            choice_messages(question, sentences.format_for_model(), after),
            ANSWER_SCHEMA,
            lambda text: read_choice(text, len(sentences)),
        )
        return _Round(hits, sentences, texts, choice), cost

    def _number_sentences(self, hits: Sequence[Hit]) -> tuple[dict[ArticleId, str], NumberedSentences]:
        texts = {hit.article.id: self._text_of(hit.article.id, hit.article.digest) for hit in hits}
        digests = {hit.article.id: hit.article.digest for hit in hits}
        numbered = NumberedSentences(
            readable(hits, lambda article: texts[article]),
            texts,
            lambda article: self._structure_of(article, digests[article]),
        )
        return texts, numbered

    def _cite_choice(self, answer: Answer, chosen: _Round, question: str) -> Answer | None:
        """Return the answer that the chosen sentences make, in their context, cited on the lane."""
        choice, texts = chosen.choice, chosen.texts
        digests = {hit.article.id: hit.article.digest for hit in chosen.hits}
        drafts = add_context(
            question,
            [chosen.sentences.draft(number) for number in dict.fromkeys(choice.sentences)],
            text_of=texts.__getitem__,
            structure_of=lambda article: self._structure_of(article, digests[article]),
            hits=chosen.hits,
        )
        notes: list[str] = []
        if drafts:
            add_date(question, drafts, notes, text_of=texts.__getitem__)
        read = {hit.passage.id for hit in chosen.hits}
        nearest = (*chosen.hits, *(hit for hit in answer.nearest if hit.passage.id not in read))
        found = resolve(question, drafts, text_of=texts.__getitem__, nearest=nearest, notes=notes)
        if not found.found:
            return None
        return replace(
            answer,
            statements=tuple(_emphasize(one, choice.words) for one in found.statements),
            citations=found.citations,
            nearest=found.nearest,
            notes=found.notes,
            chosen_by=self.chooser.model.name,
            reading=_describe_interpretation(choice, question, chosen.sentences),
            score=None,
            near=None,
            unsure=False,
        )

    def _check_restatement(self, whole: str, asked: str, after: Answer | None) -> str:
        """Return a follow-up in full, if it keeps what was asked and adds only what was said."""
        if after is None or not whole:
            return ""
        title = after.citations[0].article.title if after.citations else ""
        said = [title, after.understood or after.question, *(one.prose for one in after.statements)]
        return whole if keeps(whole, asked, said) else ""

    def _query(self, choice: Choice, restated: str, searched: set[str]) -> str:
        """Return what to search for besides, empty if nothing: what is missing, or the question in full."""
        wanted = (choice.more, restated if choice.answered == "no" else "")
        return next(
            (
                query
                for query in wanted
                if len(query) >= MIN_QUESTION_CHARS
                and any(char.isalnum() for char in query)
                and query.casefold() not in searched
            ),
            "",
        )

    def _with_new(self, one: _Round, found: Sequence[Hit]) -> list[Hit]:
        """Return what was chosen from and what is new, no more than are read at once; empty without news."""
        seen = {hit.passage.id for hit in one.hits}
        new = [hit for hit in found if hit.passage.id not in seen]
        spans = [one.sentences[number] for number in one.choice.sentences]
        used = [
            hit
            for hit in one.hits
            if any(
                row.article.id == hit.article.id
                and hit.passage.span.start <= row.span.start < hit.passage.span.end
                for row in spans
            )
        ]
        kept = (used or list(one.hits))[: max(1, self._passages // 2)]
        return [*kept, *new][: self._passages] if new else []


def _emphasize(statement: Statement, words: Sequence[str]) -> Statement:
    return replace(statement, emphasis=words_in(statement.text, words))


def _describe_interpretation(choice: Choice, question: str, sentences: NumberedSentences) -> str:
    """Return how the model reads the sentences, if the question is of the kind."""
    if choice.answered == "denied":
        return "denied"
    kind = read_question(question).kind
    if choice.count is not None and kind in ("number", "open"):
        return str(choice.count) if _is_counted(choice, sentences) else ""
    return choice.verdict if kind == "open" else ""


def _is_counted(choice: Choice, sentences: NumberedSentences) -> bool:
    """Tell whether a count is the figure of a sentence that it counts, or the number of those sentences.

    One sentence that holds another figure says something else than "1".
    """
    counted = [sentences[number] for number in choice.counted]
    stated = [one for row in counted for one in figures(row.text, row.article.language or "")]
    if str(choice.count) in stated:
        return True
    return choice.count == len(counted) and (len(counted) > 1 or not stated)


def _refuse(answer: Answer) -> Answer:
    """Return a refusal, or what is unsure because the cross-encoder is sure where the model finds nothing.

    Nearest is what the cross-encoder found then.
    """
    if answer.found and (answer.score is None or answer.score >= SURE):
        return as_unsure(answer)
    return replace(answer, statements=(), citations=(), notes=(), score=None, near=None, unsure=False)


def not_chosen(answer: Answer, reason: str) -> Answer:
    """Return an extractive answer with a note that says why the language model chose nothing."""
    note = message("The language model was not used: {reason}.", reason=reason)
    if answer.found:
        note = message(
            "The language model was not used: {reason}. These sentences were chosen without it.",
            reason=reason,
        )
    return replace(answer, notes=(*answer.notes, note))
