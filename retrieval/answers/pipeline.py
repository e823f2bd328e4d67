"""The one path of a question: retrieve passages, leave out near-duplicates, answer in the language's way.

Every way of asking takes it: the whole library, one article, texts that are not kept, "More" on an
answer that was given, candidates for the next question, and the retrieval of the claims check. They
differ only in their ``PassageSource``. Everything here runs on the lane.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from retrieval.answers.extractive import SHORT, AnswerLength, ExtractiveAnswerer
from retrieval.answers.lexical import WordsAnswerer
from retrieval.domain import Answer, ArticleId, Hit, Span
from retrieval.protocols import Answerer, Reader, Reranker
from retrieval.storage import NEAREST_KEPT
from retrieval.structure import Structure
from retrieval.text import WORDS_ONLY_NOTE, is_english, without_copies


class PassageSource(Protocol):
    """Where the passages of a question come from, and the texts that they are parts of."""

    def search(self, query: str, *, words_only: bool) -> Sequence[Hit]:
        """Return passages, best first; with *words_only* no model may be used."""
        ...

    def text_of(self, article: ArticleId) -> str:
        """Return the text that the passages of an article are slices of."""
        ...

    def speakers_of(self, article: ArticleId) -> Sequence[tuple[Span, str]]:
        """Return the quotations of an article whose speaker is known."""
        ...

    def structure_of(self, article: ArticleId) -> Structure:
        """Return the structure of the text that ``text_of`` returns."""
        ...


def retrieve(query: str, source: PassageSource) -> list[Hit]:
    """Return passages for *query*, best first, without near-duplicates.

    The models read English; in another language passages are found by words alone.
    """
    return without_copies(source.search(query, words_only=not is_english(query)))


def answer_from(
    question: str,
    source: PassageSource,
    *,
    load_reranker: Callable[[], Reranker],
    threshold: float | None,
    load_reader: Callable[[], Reader | None] = lambda: None,
    length: AnswerLength = SHORT,
) -> Answer:
    """Answer with sentences of the source's texts, or say that they do not answer.

    Args:
        question: A checked question; see ``questions.checked_question``.
        source: Where its passages come from.
        load_reranker: Called only for a question in English, which the cross-encoder reads.
        threshold: Least score of a sentence that answers; ``None`` for the calibrated one.
        load_reader: As *load_reranker*, of what reads the best passages again; none by default.
        length: How much may be said.
    """
    english = is_english(question)
    hits = retrieve(question, source)
    answerer: Answerer = WordsAnswerer(text_of=source.text_of, structure_of=source.structure_of)
    if english:
        answerer = ExtractiveAnswerer(
            load_reranker(),
            text_of=source.text_of,
            speakers_of=source.speakers_of,
            structure_of=source.structure_of,
            threshold=threshold,
            length=length,
            reader=load_reader(),
            search=lambda query: retrieve(query, source),
        )
    found = answerer.answer(question, hits)
    notes = found.notes if english else (WORDS_ONLY_NOTE, *found.notes)
    return replace(found, notes=notes, nearest=found.nearest[:NEAREST_KEPT])
