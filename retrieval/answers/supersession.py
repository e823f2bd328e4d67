"""What corrects or amends a sentence: a note or a later entry of its article, or a newer article.

Only what says so itself counts: "We wrote that …", "the words “30 minutes” become “45 minutes”", "Article 2
is deleted". Two figures that differ are no correction: they may count different things.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from retrieval.citations import Draft
from retrieval.domain import Article, ArticleId, Hit, Span
from retrieval.nlp import amends, read_corrections, takes_back
from retrieval.safety import find_injections
from retrieval.text import CLOSING, OPENING_ENGLISH, STOP_WORDS, sentences, stem, words_of

MOST = 2
SHARED = 0.6
"""Least share of the content words of a sentence that stand in a correction of it …"""
SHARED_BY_TITLE = 0.4
"""… and in one whose passage names its article."""
TITLE_SHARED = 0.5
"""Least share of the content words of a title that stand in a text that speaks of its article."""
_QUOTED = re.compile(rf"[{OPENING_ENGLISH}]([^{CLOSING}{OPENING_ENGLISH}]{{2,120}})[{CLOSING}]")
_PARAGRAPH = re.compile(r"\((\d{1,2}[a-z]?)\)|(\d{1,2}[a-z]?)\.\s")

_NUMBER = re.compile(r"\d+(?:[.:,]\d+)*")
_NUMBERED = re.compile(r"\b(?:paragraph|point|item|number|no\.) (\d{1,2}[a-z]?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that corrects or amends something, in its passage."""

    hit: Hit
    span: Span
    text: str


def read_notices(hits: Sequence[Hit]) -> list[Notice]:
    """Return the sentences of passages that correct or amend something, whatever that is."""
    found: list[Notice] = []
    for hit in hits:
        start = hit.passage.span.start
        for local in sentences(hit.text):
            words = local.of(hit.text)
            if (takes_back(words) or amends(words)) and not find_injections(words):
                found.append(Notice(hit, Span(start + local.start, start + local.end), words))
    return found


def find_superseding(
    draft: Draft, headings: Sequence[Span], notices: Sequence[Notice], *, text_of: Callable[[ArticleId], str]
) -> list[Draft]:
    """Return the notices that correct or amend a draft, the newest first, at most two."""
    text = text_of(draft.article.id)
    own = [
        Draft(draft.article, one.span, one.text)
        for one in read_corrections(text)
        if not _overlap(one.span, draft.span) and one.concerns(draft.text, _around(draft, text))
    ]
    if own:
        return own[-MOST:]
    path = [span.of(text) for span in headings]
    found: list[Draft] = []
    for one in notices:
        article = one.hit.article
        if article.id == draft.article.id:
            if _overlap(one.span, draft.span):
                continue
        elif _is_older(article, draft.article):
            continue
        if _corrects(one, draft) or _amends(one, draft, path):
            found.append(Draft(article, one.span, one.text))
    found.sort(key=lambda each: each.article.published or date.min, reverse=True)
    return found[:MOST]


def is_whole_correction(draft: Draft, text: str) -> bool:
    """Tell whether a draft is all that its article says of one correction."""
    return any(one.span == draft.span for one in read_corrections(text))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _around(draft: Draft, text: str) -> str:
    """Return the sentences that are read with a draft."""
    return " ".join(part.span.of(text) for part in draft.context if part.kind in ("before", "after"))


def _is_older(one: Article, other: Article) -> bool:
    """Tell whether an article cannot correct another; one that names the other is the newer without dates."""
    if one.published is None or other.published is None:
        return not _names(one.title, other.title)
    return one.published < other.published


def _corrects(notice: Notice, draft: Draft) -> bool:
    """Tell whether a sentence says that something like the draft was written, and takes it back."""
    if not takes_back(notice.text):
        return False
    around = f"{notice.hit.article.title} {notice.hit.text}"
    named = _names(around, draft.article.title)
    if named and any(one.concerns(draft.text) for one in read_corrections(notice.hit.text)):
        return True
    numbers = set(_NUMBER.findall(draft.text))
    if numbers and not numbers & set(_NUMBER.findall(notice.hit.text)):
        return False  # what is taken back says another figure
    said = _stems(draft.text)
    shared = len(said & _stems(notice.text)) / len(said) if said else 0.0
    return shared >= (SHARED_BY_TITLE if named else SHARED)


def _amends(notice: Notice, draft: Draft, path: Sequence[str]) -> bool:
    """Tell whether a sentence changes words of the draft, or deletes the part in which it stands."""
    sentence, hit = notice.text, notice.hit
    if not amends(sentence) or not (
        hit.article.id == draft.article.id or _names(f"{hit.article.title} {hit.text}", draft.article.title)
    ):
        return False
    placed = not path or any(_holds_words(sentence, heading) for heading in path)
    quoted = [match.group(1) for match in _QUOTED.finditer(sentence)]
    if quoted:
        return _holds_words(draft.text, quoted[0])
    number = _PARAGRAPH.match(draft.text.strip())
    numbers = set(_NUMBERED.findall(sentence))
    if not numbers:
        return placed and bool(path)
    return placed and number is not None and (number.group(1) or number.group(2)) in numbers


def _names(text: str, title: str) -> bool:
    """Tell whether a text speaks of the article with this title."""
    wanted = _stems(title)
    return bool(wanted) and len(wanted & _stems(text)) >= TITLE_SHARED * len(wanted)


def _holds_words(text: str, words: str) -> bool:
    return f" {' '.join(words_of(words))} " in f" {' '.join(words_of(text))} "


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words_of(text) if word not in STOP_WORDS}
