"""Two articles that give different figures for the same thing, where neither corrects the other."""

import re
from collections.abc import Sequence

from retrieval.answers.coverage import asked_words, unmet, word_keys
from retrieval.answers.evidence import Evidence
from retrieval.text import CAPITAL, LONE_YEAR, Quantity, jaccard, quantities, words_of

NEAR = 4.0
"""Logits that the other sentence may lie below the best one."""
MAX_ALIKE = 0.9
"""More alike sentences are versions of one text: the newer one holds."""
_NAME = re.compile(rf"(?<=\s)[{CAPITAL}][\w’'-]+")
_YEAR = re.compile(LONE_YEAR)
_NUMBER = re.compile(r"\d")


def find_disagreement(
    question: str, chosen: Sequence[Evidence], evidence: Sequence[Evidence]
) -> Evidence | None:
    """Return a sentence of another article that gives another figure than the first chosen one.

    Only where the question names its subject, both articles hold all of its words, and the figures count
    the same; figures of different years are no disagreement.

    Args:
        question: As it is looked up, without a number of its own.
        chosen: What is shown, best first.
        evidence: All that answers, the chosen among it.
    """
    names = {key for name in _NAME.findall(question) for key in word_keys(name)}
    if not chosen or not names or _NUMBER.search(question):
        return None
    best = chosen[0]
    given = _given(best)
    if len(given) != 1 or not _says_all(question, names, best):
        return None
    for one in evidence:
        others = _given(one)
        if one.article.id == best.article.id or len(others) != 1 or one.score < best.score - NEAR:
            continue
        if _differ(given[0], others[0]) and _says_all(question, names, one) and _same_time(best, one):
            return one
    return None


def _given(one: Evidence) -> list[Quantity]:
    """Return the exact figures of what answers."""
    at = one.span.start
    words = one.text[one.answering.start - at : one.answering.end - at] if one.answering else ""
    found = quantities(words) or quantities(one.candidate.words)
    return [each for each in found if each.exact and not each.denied]


def _differ(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit and abs(one.value - other.value) > max(one.step, other.step)


def _says_all(question: str, names: set[str], one: Evidence) -> bool:
    """Tell whether a sentence, with what stands over it, holds the names and most words of a question."""
    keys = word_keys(one.candidate.whole)
    asked = asked_words(question)
    return not unmet(names, keys) and 2 * len(unmet(asked, keys)) <= len(asked)


def _same_time(one: Evidence, other: Evidence) -> bool:
    """Tell whether two sentences do not speak of different years, and are not one and the same."""
    years, others = (frozenset(_YEAR.findall(each.candidate.words)) for each in (one, other))
    alike = jaccard(*(frozenset(words_of(each.candidate.words)) for each in (one, other)))
    return years == others and alike < MAX_ALIKE
