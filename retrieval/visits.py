"""Questions to texts that the library does not keep: a link, a file or a message at hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from retrieval.answer_records import NEAREST_KEPT
from retrieval.desk import Desk
from retrieval.domain import Answer, Article, ArticleId, Hit, NewArticle, Passage, PassageId, Span
from retrieval.extractive_answerer import ExtractiveAnswerer
from retrieval.freshness import warning
from retrieval.ingest import check_readable, encoded_text
from retrieval.language import WORDS_ONLY_NOTE, is_english
from retrieval.passages import passage_spans
from retrieval.questions import checked_question
from retrieval.quotes import find_quotations
from retrieval.seams import Encoder, OnPlace, TokenVectors
from retrieval.search import max_similarities
from retrieval.summarizing import unstored
from retrieval.text import sentences
from retrieval.tokenization import content_words
from retrieval.words_answerer import WordsAnswerer
from retrieval.workshop import Workshop

PASSAGES_ENCODED = 40
"""Passages that are read for their meaning, some two seconds; words choose them in a longer text."""


@dataclass(frozen=True, slots=True)
class _Visited:
    """An article for the time of one question."""

    article: Article
    new: NewArticle
    spans: list[Span]
    """Its passages."""
    said: list[tuple[Span, str]]
    """Its quotations whose speaker is known."""


class Visits(Desk):
    """Answers from texts that nobody added."""

    async def ask_new(
        self,
        question: str,
        articles: Sequence[NewArticle],
        *,
        collection: str,
        on_place: OnPlace | None = None,
    ) -> Answer:
        """Answer from these texts alone, and keep nothing; the cited articles have no id.

        Raises:
            BadQuestion: As for ``ask``.
            NotReadable: One of them holds no text.
            LibraryBusy: Too many people are waiting.
        """
        question = checked_question(question)
        for article in articles:
            check_readable(article)
        answer = await self._lane.run(
            lambda: _answered(self._workshop, question, articles, collection), on_place=on_place
        )
        return replace(answer, warning=warning(answer, datetime.now(UTC).date()))


def _answered(workshop: Workshop, question: str, articles: Sequence[NewArticle], collection: str) -> Answer:
    encoder = workshop.encoder
    visited = {
        ArticleId(-number): _visited(new, -number, collection, encoder)
        for number, new in enumerate(articles, start=1)
    }
    english = is_english(question)
    hits = _ranked(question, list(visited.values()), encoder if english else None)

    def text_of(article: ArticleId) -> str:
        return visited[article].new.text

    if english:
        answer = ExtractiveAnswerer(
            workshop.reranker,
            text_of=text_of,
            speakers_of=lambda article: visited[article].said,
            threshold=workshop.settings.answer_threshold,
        ).answer(question, hits)
    else:
        answer = WordsAnswerer(text_of=text_of).answer(question, hits)
        answer = replace(answer, notes=(WORDS_ONLY_NOTE, *answer.notes))
    return replace(answer, nearest=answer.nearest[:NEAREST_KEPT], library_size=len(articles))


def _visited(new: NewArticle, number: int, collection: str, encoder: Encoder) -> _Visited:
    spans = sentences(new.text)
    quotations = find_quotations(new.text, spans, new.language)
    return _Visited(
        article=replace(unstored(new, collection), id=ArticleId(number)),
        new=new,
        spans=passage_spans(new.text, spans, encoder.count_tokens),
        said=[(one.span, one.speaker) for one in quotations if one.speaker],
    )


def _ranked(question: str, visited: Sequence[_Visited], encoder: Encoder | None) -> list[Hit]:
    """Return the passages, best first: by shared words, then by meaning if there is an encoder."""
    asked = set(content_words(question))
    passages = [(one, span) for one in visited for span in one.spans]
    shared = [len(asked & set(content_words(encoded_text(one.new, span)))) for one, span in passages]
    by_words = sorted(range(len(passages)), key=lambda at: -shared[at])[:PASSAGES_ENCODED]
    scores = {at: float(shared[at]) for at in by_words}
    if encoder is not None:
        read = [encoded_text(passages[at][0].new, passages[at][1]) for at in by_words]
        scores = dict(zip(by_words, _similar(question, read, encoder), strict=True))
    return [
        Hit(
            Passage(PassageId(-at - 1), passages[at][0].article.id, passages[at][1]),
            passages[at][0].article,
            passages[at][1].of(passages[at][0].new.text),
            scores[at],
        )
        for at in sorted(by_words, key=lambda at: -scores[at])
    ]


def _similar(question: str, texts: Sequence[str], encoder: Encoder) -> list[float]:
    asked = encoder.encode_query(question)
    encoded = encoder.encode_passages(texts)
    tokens: list[TokenVectors] = [one.tokens for one in encoded if one.tokens is not None]
    if asked.tokens is not None and len(tokens) == len(encoded):
        return [float(score) for score in max_similarities(asked.tokens, tokens)]
    return [float(np.dot(asked.vector, one.vector)) for one in encoded]
