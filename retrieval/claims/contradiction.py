"""Whether a sentence denies a claim: it has its words and turns a figure or a "not" round."""

import re

from retrieval.claims.statement import NUMBER, UNSURE_WORDS, Source, Statement, denies, terms_of
from retrieval.claims.word_order import says_in_order
from retrieval.nlp import deny_each_other
from retrieval.text import LONE_YEAR, Quantity, quantities, same_figure

ALIKE = 0.75
"""Least share of a claim's words, without those at odds, that a sentence has which denies it."""
LEAST_SHARED = 3
"""Fewer words in common are chance."""
_YEAR = re.compile(LONE_YEAR)
_WHICH = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last|next|previous|former|initial|earlier|later)\b", re.I
)
"""Words that tell one thing from another of its kind."""


def words_at_odds(claim: Statement, source: Source) -> tuple[str, str] | None:
    """Return the words in which a claim and a sentence cannot both be right."""
    theirs = terms_of(source.text)
    known = theirs | terms_of(source.title)
    if not claim.names <= known or claim.is_unsure or UNSURE_WORDS.search(source.text):
        return None
    shared = claim.terms & theirs
    if len(shared) < LEAST_SHARED or _which(claim.text) != _which(source.text):
        return None
    years, other_years = _YEAR.findall(claim.text), _YEAR.findall(source.text)
    rest = claim.terms - claim.numbers
    alike = len(shared - claim.numbers) >= ALIKE * len(rest)
    others = claim.numbers - set(years) - set(NUMBER.findall(source.text))
    if alike and not others and len(years) == len(other_years) == 1 and years != other_years:
        return years[0], other_years[0]
    denied = claim.denies != denies(source.text)
    numbers = set(NUMBER.findall(source.text))
    for mine in claim.figures:
        if numbers & set(NUMBER.findall(claim.text[mine.start : mine.end])):
            continue  # the sentence has it of something
        for figure in _other_figures(mine, source.text):
            own = set(NUMBER.findall(claim.text[mine.start : mine.end]))
            if alike and not denied and claim.numbers - own <= numbers:
                return claim.text[mine.start : mine.end], source.text[figure.start : figure.end]
    same_numbers = claim.numbers <= set(NUMBER.findall(source.text))
    if not same_numbers or len(shared) < ALIKE * len(claim.terms):
        return None
    if not says_in_order(claim.text, source.text):
        return None
    return (claim.text, source.text) if deny_each_other(claim.text, source.text) else None


def _other_figures(mine: Quantity, sentence: str) -> list[Quantity]:
    """Return the one figure of a sentence that counts the same and is another."""
    found = quantities(sentence)
    same_unit = [one for one in found if one.unit == mine.unit]
    if len(same_unit) != 1 or not (mine.exact and same_unit[0].exact):
        return []
    if mine.denied or same_unit[0].denied or same_figure(mine, same_unit[0]):
        return []
    return same_unit


def _which(words: str) -> frozenset[str]:
    return frozenset(match[0].lower() for match in _WHICH.finditer(words))
