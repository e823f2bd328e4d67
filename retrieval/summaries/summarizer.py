"""Summaries of articles, in the library or not, each sentence cited."""

import math
from collections.abc import Callable, Sequence

from retrieval.citations import Draft, cite
from retrieval.domain import Article, Span, Summary
from retrieval.messages import message
from retrieval.protocols import ABOUT, Reranker
from retrieval.safety import asks_about_machines, choose_for_readers
from retrieval.summaries.selection import Length, choose_sentences, target_words
from retrieval.text import content_words, sentences, words_of

SENTENCES_READ = 60
"""Sentences the cross-encoder reads, some 15 in 0.2 s; those that share most words go first."""
_EVEN = -2.0
"""Logit of a sentence that is as likely about it as not: where answers are told from refusals."""
_WORDS_SHARED = 0.5
"""What half of the focus's words are worth where the cross-encoder, which reads questions, sees no answer."""


def summarize_text(
    article: Article,
    text: str,
    *,
    length: Length,
    words: int | None,
    focus: str | None,
    load_reranker: Callable[[], Reranker],
) -> Summary:
    """Return sentences that stand for *text*, or for what it says about *focus*.

    When nothing in it is about the focus, the summary is of the whole and says so.
    """
    notes: list[str] = []

    def lean(found: Sequence[str]) -> Sequence[float]:
        about = abouts(focus or "", found, load_reranker)
        if not any(about) and not notes:
            notes.append(
                message(
                    "I found nothing about “{focus}” in this article; this is a summary of all of it.",
                    focus=focus,
                )
            )
        return about

    size = len(text.split())
    wanted = words or target_words(length, size)
    spans = sentences(text)
    leaning = lean if focus and focus.strip() else None

    def choose(among: Sequence[Span]) -> list[Span]:
        found = choose_sentences(text, among, words=wanted, title=article.title, lean=leaning)
        return choose_sentences(text, among, words=wanted, title=article.title) if notes else found

    about_machines = bool(focus) and asks_about_machines(focus or "")
    chosen = choose(spans) if about_machines else choose_for_readers(text, spans, choose)
    drafts = [Draft(article, span, span.of(text)) for span in chosen]
    statements, citations = cite(drafts, text_of=lambda _: text)
    return Summary(article, statements, citations, tuple(notes), size, min(wanted, size))


def abouts(focus: str, sentences: Sequence[str], load_reranker: Callable[[], Reranker]) -> list[float]:
    """Return for each sentence the chance that it is about *focus*; 0 if it is surely not."""
    wanted = set(content_words(focus))
    shared = [len(wanted.intersection(words_of(sentence))) for sentence in sentences]
    read = sorted(range(len(sentences)), key=lambda at: (-shared[at], at))[:SENTENCES_READ]
    if not read:
        return []
    scores = load_reranker().scores(focus, [sentences[at] for at in read])
    about = [0.0] * len(sentences)
    for at, score in zip(read, map(float, scores), strict=True):
        if score >= ABOUT:
            about[at] = 1 / (1 + math.exp(_EVEN - score))
        if 2 * shared[at] >= len(wanted):
            about[at] = max(about[at], _WORDS_SHARED)
    return about
