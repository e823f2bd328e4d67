"""What happened when, according to the articles: their dated sentences, word for word, in order."""

from collections.abc import Sequence

from retrieval.citations import Draft, cite
from retrieval.digests.topics import names_topic
from retrieval.domain import Article, Dated, Span
from retrieval.nlp import depends_on_previous, is_prose, without_dateline
from retrieval.safety import find_injections
from retrieval.text import (
    FoundDate,
    content_stems,
    dates_in,
    overlap,
    paragraphs,
    sentences,
    tells_of_the_past,
)

_SAME_SHARE = 0.6
"""Least share of words in common of two sentences of one date that say the same."""
_LEAD_CHARS = 400
_ORDER = {"year": 0, "month": 1, "week": 2, "day": 3}


def find_dated_sentences(article: Article, text: str, *, topic: str) -> list[Dated]:
    """Return the sentences of one article on *topic* that give a date and can be read alone.

    Of several dates the most exact one counts.
    """
    wanted = content_stems(topic)
    about = _about(wanted, article, text)
    past = article.published is not None and tells_of_the_past(text, article.published)
    found: list[tuple[Span, FoundDate]] = []
    for sentence in sentences(text):
        span = without_dateline(text, sentence)
        words = span.of(text)
        if not is_prose(text, span) or depends_on_previous(text, span):
            continue
        if not any(one.start <= span.start and span.end <= one.end for one in about):
            continue
        dates = [one for one in dates_in(words, article.published) if one.stands_alone or not past]
        if dates and not find_injections(words):
            found.append((span, max(dates, key=lambda one: _ORDER[one.precision])))
    dated: list[Dated] = []
    for span, one in found:
        _, citations = cite([Draft(article, span, span.of(text))], text_of=lambda _: text)
        dated.extend(Dated(one.day, one.precision, one.words, citation) for citation in citations)
    return dated


def _about(wanted: frozenset[str], article: Article, text: str) -> list[Span]:
    """Return the parts of an article that are on a topic.

    That is all of it if its title names the topic, or its beginning does with several words: a
    single word in passing makes no subject. Else it is the paragraphs that name it.
    """
    beginning = text[:_LEAD_CHARS] if len(wanted) > 1 else ""
    if wanted <= content_stems(f"{article.title} {beginning}"):
        return [Span(0, len(text))] if text else []
    return [one for one in paragraphs(text) if names_topic(wanted, content_stems(one.of(text)))]


def in_order(dated: Sequence[Dated]) -> tuple[Dated, ...]:
    """Return dated sentences oldest first, each said once however many copies say it."""
    kept: list[tuple[Dated, frozenset[str]]] = []
    for one in sorted(dated, key=_when):
        words = content_stems(one.citation.quote)
        if not any(_says_the_same(one, words, other, others) for other, others in kept):
            kept.append((one, words))
    return tuple(one for one, _ in kept)


def _when(one: Dated) -> tuple[object, ...]:
    return one.day, _ORDER[one.precision], one.citation.article.id, one.citation.span


def _says_the_same(one: Dated, words: frozenset[str], other: Dated, others: frozenset[str]) -> bool:
    if (one.day, one.precision) != (other.day, other.precision):
        return False
    if one.citation.quote == other.citation.quote:
        return True
    copies = one.citation.article.source == other.citation.article.source
    different = one.citation.article.id != other.citation.article.id
    return copies and different and overlap(words, others) >= _SAME_SHARE
