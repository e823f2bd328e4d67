"""Did they really say this? Finds words in the articles of a collection, exactly or nearly."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrieval.citations import is_verbatim
from retrieval.domain import Article, ArticleId, Filters, Quotation, Span, Wording, WordsCheck
from retrieval.errors import BadQuestion
from retrieval.messages import message
from retrieval.quotes.wording import (
    bare_words,
    differences,
    exact_spans,
    nearest_stretch,
    negations_around,
    quote_words,
    warnings,
)
from retrieval.text import sentences, words_query

if TYPE_CHECKING:
    from retrieval.storage import ArticleStore

MAX_CHARS = 600
ARTICLES_READ = 2_000
"""Articles that hold the letters in this order and are read for the words."""
PASSAGES_READ = 40
"""Passages with most of the words, in which the nearest ones are looked for."""
WORDINGS_SHOWN = 5
_AROUND = 300
"""Characters before and after a passage: words may begin in one and end in the next."""


def check_words(store: "ArticleStore", words: str, *, collection: str, filters: Filters) -> WordsCheck:
    """Return where the words stand exactly; else those nearest to them, with what differs.

    Raises:
        BadQuestion: No words, or more than a quotation has.
        ArticleNotFound: The filters name what is not here.
    """
    asked = bare_words(words)
    if len(words) > MAX_CHARS or not any(char.isalnum() for char in asked):
        raise BadQuestion(message("Give the words to look for, up to {limit} characters.", limit=MAX_CHARS))
    with store.snapshot():
        among = store.filter_articles(collection, filters)
        size = store.count(collection) if among is None else len(among)
        found = _exact(store, asked, collection, among) or _nearly(store, asked, collection, among)
    return WordsCheck(asked, tuple(found[:WORDINGS_SHOWN]), len(found), size)


def _exact(
    store: "ArticleStore", asked: str, collection: str, among: Sequence[ArticleId] | None
) -> list[Wording]:
    found: list[Wording] = []
    for article in store.articles_like(collection, asked, ARTICLES_READ, among):
        text = store.text(article.id)
        quotations = store.quotations(collection, article.id)
        spans = list(exact_spans(asked, text))
        whole = sentences(text) if spans else []
        for span in spans:
            assert is_verbatim(asked, span.of(text))
            found.append(_make_wording(article, span, text, quotations, whole, exact=True))
    return sorted(found, key=lambda one: (not one.in_quotation, one.speaker is None))


def _nearly(
    store: "ArticleStore", asked: str, collection: str, among: Sequence[ArticleId] | None
) -> list[Wording]:
    hits = store.words_matching(collection, words_query(asked), PASSAGES_READ, among)
    passages = store.passages([one for one, _ in hits])
    articles = store.articles_by_row(sorted({passage.article_id for passage, _ in passages.values()}))
    best: dict[ArticleId, tuple[float, Span]] = {}
    for passage, _ in passages.values():
        text = store.text(passage.article_id)
        within = Span(max(0, passage.span.start - _AROUND), min(len(text), passage.span.end + _AROUND))
        near = nearest_stretch(asked, text, within)
        if near is not None and near.likeness > best.get(passage.article_id, (0.0, near.span))[0]:
            best[passage.article_id] = (near.likeness, near.span)
    found: list[Wording] = []
    for row, (_, span) in sorted(best.items(), key=lambda one: (-one[1][0], -one[0])):
        if row in articles:
            text, quotations = store.text(row), store.quotations(collection, row)
            whole = sentences(text)
            found.append(
                _make_wording(articles[row], span, text, quotations, whole, exact=False, asked=asked)
            )
    return found


def _make_wording(
    article: Article,
    span: Span,
    text: str,
    quotations: Sequence[Quotation],
    whole: Sequence[Span],
    *,
    exact: bool,
    asked: str = "",
) -> Wording:
    around = next(
        (q for q in quotations if q.span.start - 1 <= span.start and span.end <= q.span.end + 1), None
    )
    differs = () if exact else differences(asked, span.of(text))
    sentence = _sentence(whole, span)
    said = warnings(differs) if not exact else _torn(negations_around(text, span, sentence))
    return Wording(
        article=article,
        span=span,
        text=span.of(text),
        sentence=sentence,
        in_quotation=around is not None,
        speaker=around.speaker if around else None,
        differences=differs,
        warnings=said,
    )


def _torn(negations: Sequence[str]) -> tuple[str, ...]:
    if not negations:
        return ()
    return (
        message(
            "The sentence around these words says {negations}: read it whole.",
            negations=quote_words(negations),
        ),
    )


def _sentence(whole: Sequence[Span], span: Span) -> Span:
    """Return those of an article's sentences that hold *span*, so that words are never shown torn."""
    first = bisect_right(whole, span.start, key=lambda one: one.end)
    last = bisect_left(whole, span.end, key=lambda one: one.start)
    if first >= last:
        return span
    return Span(min(span.start, whole[first].start), max(span.end, whole[last - 1].end))
