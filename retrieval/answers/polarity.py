"""Whether the words of an answer say yes or no: only where they do so themselves, else neither.

Two things count: "Yes" or "No" at the beginning of an answer to the very question that was asked, and a
denial of all that it asks ("It does not cover the burrs"). A sentence that merely holds the words of a
question says nothing of the kind: they asked a court to forbid the strike, and it did not.
"""

import re
from typing import Literal

from retrieval.answers.coverage import asked_words, unmet, word_keys
from retrieval.domain import Statement
from retrieval.nlp import deny_each_other, is_negated
from retrieval.text import load_groups, words_of

_ASKS = re.compile(
    r"^\W*(?:(?:so|and|but|ok|then|also)\W+)*"
    r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|should|may|must|shall)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_YES = re.compile(r"\W*(?:[a-z]\s?[:.]\s+)?(?:yes|true|right)\b(?!\s+(?:and|or)\s+no)", re.IGNORECASE)
_NO = re.compile(r"\W*(?:[a-z]\s?[:.]\s+)?(?:no|false)\b(?=\W*(?:[,.;:!–—]|$))", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"\bor\b", re.IGNORECASE)
_FRAMES = {word: name for name, words in load_groups("factuality", "classes").items() for word in words}
"""Words such as "only", "said", "if" and "planned": with another one it is another question."""


def asks_yes_no(question: str) -> bool:
    """Tell whether a question is to be answered with yes or no."""
    return _ASKS.match(question) is not None and not _ALTERNATIVE.search(question)


def read_polarity(question: str, statement: Statement, title: str) -> Literal["yes", "no", ""]:
    """Return what a statement and what is shown with it say to a question; empty if it is not clear.

    Args:
        question: As it was looked up.
        statement: The first of the answer, with its context.
        title: Of its article: it may name what the sentence is about.
    """
    match = _ASKS.match(question)
    if match is None or _ALTERNATIVE.search(question) or is_negated(question, "en"):
        return ""
    parts = {kind: " ".join(one.quote for one in statement.context if one.kind == kind) for kind in _KINDS}
    asked = asked_words(question)
    answered = parts["question"]
    if answered:
        same = _covers(f"{answered} {title}", asked) and _covers(f"{question} {title}", asked_words(answered))
        opening = f"{parts['before']} {statement.text}".strip()
        if same and not is_negated(answered, "en") and _frames(question) == _frames(answered):
            return "yes" if _YES.match(opening) else "no" if _NO.match(opening) else ""
    above = " ".join((title, parts["heading"], parts["question"], parts["lead_in"], parts["before"]))
    if not _covers(f"{above} {statement.text}", asked) or parts["after"] or parts["footnote"]:
        return ""
    said = f"{parts['lead_in']} {statement.text}"
    denies = is_negated(said, "en") and deny_each_other(match["rest"], said)
    return "no" if denies and _frames(question) == _frames(said) else ""


def _covers(text: str, asked: frozenset[str]) -> bool:
    return not unmet(asked, word_keys(text))


_KINDS = ("heading", "question", "lead_in", "before", "after", "footnote")


def _frames(text: str) -> frozenset[str]:
    return frozenset(_FRAMES[word] for word in words_of(text) if word in _FRAMES)
