"""Summaries of articles, in the library or not, each sentence cited."""

from collections.abc import Callable, Sequence

from retrieval.citations import Draft, cite
from retrieval.domain import Article, Span, Summary
from retrieval.messages import message
from retrieval.protocols import Reranker
from retrieval.safety import asks_about_machines, chosen_for_readers
from retrieval.summaries.focus import abouts
from retrieval.summaries.selection import Length, choose_sentences, target_words
from retrieval.text import sentences


def summarized(
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
    chosen = choose(spans) if about_machines else chosen_for_readers(text, spans, choose)
    drafts = [Draft(article, span, span.of(text)) for span in chosen]
    statements, citations = cite(drafts, text_of=lambda _: text)
    return Summary(article, statements, citations, tuple(notes), size)
