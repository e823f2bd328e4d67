"""Answers written by a language model, as far as the articles support them.

The extractive answer comes first and stays the measure: the model is asked only when it found
something, and what it writes is shown only if enough of it passes the gate and it answers no worse.
In every other case the extractive answer is given, with a note that says why. Waiting for the
network happens on the event loop; the lane is taken only to hold sentences against articles.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.claims import judge
from retrieval.domain import Answer, ArticleId, Checked, Hit, Statement, Tokens
from retrieval.errors import ModelFailed
from retrieval.llm.client import LanguageModel, estimate_tokens
from retrieval.llm.draft_check import check_draft
from retrieval.llm.prompts import NOT_IN_THE_ARTICLES, Message, answer_messages
from retrieval.messages import NOTHING, message, plural_message
from retrieval.messages import Message as Text
from retrieval.protocols import Reranker
from retrieval.runtime import Lane
from retrieval.safety import readable
from retrieval.text import is_english, sentences

OnDraft = Callable[[Sequence[Statement]], None]
"""Called on the event loop with the statements that have passed the gate so far; must return at once."""
NO_WORSE = 2.0
"""How far the best written sentence's score may lie below the best extracted one's: a logit."""
LEAST_WORDS = 3
_MOST_REPEATS = 3
_REFUSAL = re.compile(
    r"\s*(?:as an ai\b|i(?:['’]m| am) (?:sorry|unable)\b|i (?:cannot|can['’]t)\b)", re.IGNORECASE
)
_log = logging.getLogger(__name__)


class LlmAnswerer:
    """Has answers written. Lives on the event loop."""

    def __init__(
        self,
        model: LanguageModel,
        *,
        lane: Lane,
        text_of: Callable[[ArticleId, str | None], str],
        load_reranker: Callable[[], Reranker],
        passages: int,
    ) -> None:
        """Have *model* write from the best *passages*.

        *text_of* returns an article's text in the version of a digest; both callables are for the lane.
        """
        self.model = model
        self._lane = lane
        self._text_of_version = text_of
        self._load_reranker = load_reranker
        self._passages = passages

    async def write(
        self, answer: Answer, on_draft: OnDraft | None = None, *, max_tokens: int | None = None
    ) -> tuple[Answer, Tokens]:
        """Return the answer in the model's words where the articles support them, and what it cost.

        *answer* is the extractive one; it is returned with a note when the model is of no use.
        """
        question = answer.understood or answer.question
        text_of = self._text_of(answer.nearest)
        hits = await self._lane.run(lambda: readable(answer.nearest[: self._passages], text_of))
        if not hits:
            return extractive_answer(answer, message("the passages address language models")), Tokens()
        live = _LiveGate(self, hits, on_draft)
        messages = answer_messages(question, hits)
        try:
            async with live:
                written = await self.model.write(messages, max_tokens=max_tokens, on_text=live.hear)
        except ModelFailed as error:
            _log.info("The language model was of no use: %s", error)
            return extractive_answer(answer, error.text), live.estimate_cost(messages)
        if problem := unusable(written.text):
            return extractive_answer(answer, problem), written.tokens
        draft = _whole_sentences(written.text) if written.cut else written.text
        checked = await self.check(draft, hits)
        if not checked.enough and not checked.citations:
            reason = message("the articles do not carry enough of what it wrote")
            return extractive_answer(answer, reason, checked.removed), written.tokens
        english = is_english(question)  # the cross-encoder reads English
        if english and await self._lane.run(lambda: self._is_beside_the_point(question, answer, checked)):
            reason = message("what it wrote answers the question less well")
            return extractive_answer(answer, reason, checked.removed), written.tokens
        if not checked.enough:
            return _fall_back_to_quotations(answer, checked, self.model.name), written.tokens
        return _adopt_draft(answer, checked, self.model.name), written.tokens

    async def check(self, draft: str, hits: Sequence[Hit]) -> Checked:
        """Hold a draft against passages, each in the version that was read."""
        text_of = self._text_of(hits)
        return await self._lane.run(lambda: check_draft(draft, hits, judge=judge, text_of=text_of))

    def _text_of(self, hits: Sequence[Hit]) -> Callable[[ArticleId], str]:
        versions = {hit.article.id: hit.article.digest for hit in hits}
        return lambda article: self._text_of_version(article, versions.get(article))

    def _is_beside_the_point(self, question: str, answer: Answer, checked: Checked) -> bool:
        """Tell whether the written sentences answer clearly less well than the extracted ones."""
        texts = [one.text for one in (*answer.statements, *checked.statements)]
        scores = self._load_reranker().scores(question, texts)
        count = len(answer.statements)
        return float(max(scores[count:])) < float(max(scores[:count])) - NO_WORSE


class _LiveGate:
    """Checks a draft while it is written, and tells which statements have passed."""

    def __init__(self, answerer: LlmAnswerer, hits: Sequence[Hit], on_draft: OnDraft | None) -> None:
        self._answerer = answerer
        self._hits = hits
        self._on_draft = on_draft
        self._text = ""
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def hear(self, piece: str) -> None:
        """Take the next piece of the draft."""
        self._text += piece
        self._news.set()

    def estimate_cost(self, messages: Sequence[Message]) -> Tokens:
        """Return about what a draft cost that broke off; nothing if it never began."""
        return estimate_tokens(messages, self._text) if self._text else Tokens()

    async def __aenter__(self) -> "_LiveGate":
        if self._on_draft is not None:
            self._task = asyncio.create_task(self._tell(self._on_draft))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            if not self._task.cancelled() and (error := self._task.exception()) is not None:
                _log.error("A draft could not be shown while it was written", exc_info=error)

    async def _tell(self, on_draft: OnDraft) -> None:
        shown = ""
        while True:
            await self._news.wait()
            self._news.clear()
            whole = _whole_sentences(self._text)
            if whole == shown or unusable(whole):
                continue
            shown = whole
            checked = await self._answerer.check(whole, self._hits)
            if checked.kept:
                on_draft(checked.statements)


def unusable(text: str) -> Text:
    """Return why a draft is none, in a few words fit for a card; empty if it may be one."""
    words = text.split()
    if not words:
        return message("it wrote nothing")
    if NOT_IN_THE_ARTICLES.lower() in text.lower():
        return message("it found no answer in the passages")
    if _REFUSAL.match(text):
        return message("it refused to answer")
    if len(words) < LEAST_WORDS:
        return message("it wrote too little")
    said = [span.of(text).strip().lower() for span in sentences(text)]
    if any(said.count(one) >= _MOST_REPEATS for one in said):
        return message("it repeated itself")
    return NOTHING


def _whole_sentences(text: str) -> str:
    """Return a draft up to its last finished sentence."""
    end = max(text.rfind(stop) for stop in (". ", ".\n", "] ", "]\n", "! ", "? ", "。"))
    if text.rstrip().endswith((".", "!", "?", "]", "。", "”", '"')):
        return text
    return text[: end + 1] if end >= 0 else ""


def extractive_answer(answer: Answer, reason: str, removed: Sequence[str] = ()) -> Answer:
    """Return an extractive answer with a note that says why the language model did not word it."""
    note = message(
        "The language model was not used: {reason}. These are the articles' own sentences.", reason=reason
    )
    return replace(answer, notes=(*answer.notes, note), removed=tuple(removed))


def _fall_back_to_quotations(answer: Answer, checked: Checked, model: str) -> Answer:
    """Return the articles' own sentences that stand behind a draft which did not pass."""
    note = message(
        "What the language model wrote did not pass the check; these are the sentences that it cited."
    )
    return replace(
        answer,
        statements=tuple(Statement(" ".join(one.quote.split()), (one.number,)) for one in checked.citations),
        citations=checked.citations,
        removed=checked.removed,
        chosen_by=model,
        notes=(*answer.notes, note),
    )


def _adopt_draft(answer: Answer, checked: Checked, model: str) -> Answer:
    notes = list(answer.notes)
    if checked.removed:
        count = len(checked.removed)
        notes.append(
            plural_message(
                "{count} sentence of the draft had no support in the articles and was left out; see More.",
                "{count} sentences of the draft had no support in the articles and were left out; see More.",
                count=count,
            )
        )
    return replace(
        answer,
        statements=checked.statements,
        citations=checked.citations,
        removed=checked.removed,
        written_by=model,
        notes=tuple(notes),
    )
