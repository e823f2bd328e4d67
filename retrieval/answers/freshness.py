"""Dates that an answer needs: those that only the article's own date gives, and how old an answer is."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from retrieval.citations import Draft
from retrieval.domain import Answer, ArticleId
from retrieval.messages import message
from retrieval.text import asks_for_date, dateline, format_long_date, resolve_day

RECENT = timedelta(days=31)
_ABOUT_NOW = re.compile(
    r"\b(?:today|tonight|(?<!what )now(?!here)|nowadays|currently|at (?:the moment|present)|right now"
    r"|latest|newest|most recent|recent(?:ly)?|(?:this|last|past) (?:week|month)|these days|so far"
    r"|up to date|still)\b"
    r"|\bcurrent (?!of\b)\w",
    re.IGNORECASE,
)

_WHO_IS = re.compile(
    r"\bwho(?:\s+is|['’]s)\s+(?:now\s+|currently\s+)?(?:the|its|their|in\s+charge|mayor|head)\b"
    r"|\bwho\s+(?:runs|leads|heads|owns)\b",
    re.IGNORECASE,
)

_DATED = frozenset(("date", "entry_time"))


def asks_about_now(question: str) -> bool:
    """Tell whether a question is about the present."""
    return _ABOUT_NOW.search(question) is not None


def asks_who_is(question: str) -> bool:
    """Tell whether a question is about whoever holds a place at present."""
    return _WHO_IS.search(question) is not None


def warning(answer: Answer, today: date) -> str:
    """Return what to say before an answer to a question about now; empty if it is recent enough."""
    if not answer.found or not asks_about_now(answer.understood or answer.question):
        return ""
    articles = [citation.article for citation in answer.citations]
    days = [day for one in articles for day in (one.published, one.updated) if day is not None]
    dated = any(part.kind in _DATED for one in answer.statements for part in one.context)
    if not days and dated:
        return ""  # the date of the entry stands above it
    if not days:
        return message("You are asking about the present, but the articles that answer this have no date.")
    newest = max(days)
    if today - newest <= RECENT:
        return ""
    return message(
        "You are asking about the present; the newest article on this is from {newest.day} {newest:%b %Y}.",
        newest=newest,
    )


def add_date(
    question: str, drafts: list[Draft], notes: list[str], *, text_of: Callable[[ArticleId], str]
) -> None:
    """Cite the article's date beside a first draft that only says "on Saturday", if a date is asked for."""
    best = drafts[0]
    published = best.article.published
    day = resolve_day(best.text, published) if published and asks_for_date(question) else None
    if published is None or day is None:
        return
    notes.append(
        message(
            "“{words}” is {day}, counted from the article's date, {published}.",
            words=day.words,
            day=format_long_date(day.day),
            published=format_long_date(published),
        )
    )
    text = text_of(best.article.id)
    line = dateline(text, published)
    if line is not None:
        drafts.insert(1, Draft(best.article, line, line.of(text)))
