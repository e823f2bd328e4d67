"""Says so when a question is about now and the articles that answer it are not of now."""

import re
from datetime import date, timedelta

from retrieval.domain import Answer
from retrieval.messages import message

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
