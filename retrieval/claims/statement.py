"""A claim taken apart once, and the sentences it is compared with."""

import re
from dataclasses import dataclass, replace

from retrieval.nlp import FOREIGN_NEGATION, negations
from retrieval.text import CAPITAL, content_roots, quantities

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(rf"(?<!^)(?<![.!?:“\"] )\b[{CAPITAL}][\w’'-]+")
UNSURE_WORDS = re.compile(
    r"\b(?:if|whether|unless|may|might|could|would|reportedly|allegedly|rumou?red|expected|plans?)\b", re.I
)

_TORN_FIGURE = re.compile(r"(?<=\d,)\s(?=\d{3}(?![\d,]))")


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence that may support a claim, and words near it that say what it is about."""

    text: str
    title: str = ""
    """The article's: it may name what a sentence is about; alone it supports nothing."""


class Statement:
    """A claim, taken apart once."""

    def __init__(self, claim: str, about: str) -> None:
        self.text = claim
        self.about = terms_of(about)
        self.terms = terms_of(claim)
        self.names = frozenset().union(*(terms_of(match[0]) for match in _NAME.finditer(claim)))
        self.numbers = frozenset(NUMBER.findall(claim))
        self.figures = quantities(claim)
        self.denies = denies(claim)
        self.is_unsure = bool(UNSURE_WORDS.search(claim))


def mend_figures(source: Source) -> Source:
    """Return a sentence with "1,056" for "1, 056", as texts that went through a tokenizer have it."""
    text = _TORN_FIGURE.sub("", source.text)
    return source if text == source.text else replace(source, text=text)


def denies(words: str) -> bool:
    """Tell whether a sentence denies something, an odd number of times."""
    return (negations(words) + len(FOREIGN_NEGATION.findall(words))) % 2 == 1


def terms_of(words: str) -> frozenset[str]:
    """Return the roots of the words that a sentence is made of."""
    return frozenset(content_roots(words))
