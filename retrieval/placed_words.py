"""The words of a sentence with their places, and its dates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.roots import root
from retrieval.words import STOP_WORDS, word_matches

_OWNER = re.compile(r"['’]s\b")
_ONE_DATE = (
    r"(?:(?:[0-3]?\d(?:st|nd|rd|th)?\s+)?(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b(?:\s+[0-3]?\d(?:st|nd|rd|th)?\b(?![\d.]))?(?:,?\s+[12]\d{3}\b)?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?<![\d.,])(?:1[0-9]|20)\d\d(?!\d|[.,]\d))"
)
DATE = re.compile(rf"\b{_ONE_DATE}(?:\s*(?:,|\band|\bto|\bor|–|-)\s*{_ONE_DATE})*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence, and where it stands."""

    text: str
    """In lower case."""
    root: str
    start: int
    end: int
    is_name: bool
    in_date: bool
    is_owner: bool
    """Whether it ends in "'s"."""

    @property
    def has_meaning(self) -> bool:
        """Whether it tells what a sentence is about; the others say how its words hang together."""
        return (len(self.text) > 1 or self.text.isdigit()) and self.text not in STOP_WORDS


Pairs = Sequence[tuple[Word, Word]]
"""Words of a claim and the words of a sentence that they stand for, in the sentence's order."""


def words_in(text: str) -> list[Word]:
    """Return the words of a sentence with their places."""
    dates = [match.span() for match in DATE.finditer(text)]
    return [
        Word(
            text=(lower := match[0].lower()),
            root=root(lower),
            start=match.start(),
            end=match.end(),
            is_name=match[0][0].isupper() and len(match[0]) > 1,
            is_owner=bool(_OWNER.match(text, match.end())),
            in_date=any(start <= match.start() < end for start, end in dates),
        )
        for match in word_matches(text)
    ]


def without_dates(text: str) -> str:
    """Return a text with blanks in the places of its dates, which stand where they like."""
    return DATE.sub(lambda match: " " * len(match[0]), text)
