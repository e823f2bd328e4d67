"""Puts the value in force first: of several entries of a changelog or a diary that answer, the newest one.

Entries of one article are compared, and articles of nearly the same title. A question that names a number is
answered by what it names.
"""

import re
from collections.abc import Sequence
from datetime import date

from retrieval.answers.coverage import asked_words, unmet, word_keys
from retrieval.answers.evidence import Evidence
from retrieval.answers.sentence_context import StructureOf
from retrieval.text import dates_in, jaccard, words_of

SAME_TITLE = 0.6
"""Least share of the words of two titles that both have, for two articles to be versions of one."""
FEWEST = 2
"""Words of the question that both must hold themselves."""
_NUMBER = re.compile(r"\d")
_CLOCK = re.compile(r"^\W*(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})\b")


def newest_first(
    question: str, chosen: Sequence[Evidence], evidence: Sequence[Evidence], *, structure_of: StructureOf
) -> list[Evidence]:
    """Return what is shown, behind the newest statement of the same if there is a newer one.

    Args:
        question: As it is looked up.
        chosen: What is shown, best first.
        evidence: All that answers well enough to be shown, the chosen among it.
        structure_of: Gives the entries of an article.
    """
    if not chosen or _NUMBER.search(question):
        return list(chosen)
    best = chosen[0]
    said = asked_words(question) & _said(question, best)
    if len(said) < FEWEST:
        return list(chosen)
    when = _time_of(best, structure_of)
    newest, newest_time = best, when
    for one in evidence:
        time = (
            _time_of(one, structure_of) if _may_update(one, best) and said <= _said(question, one) else None
        )
        if time is not None and newest_time is not None and time > newest_time:
            newest, newest_time = one, time
    return [newest, *(one for one in chosen if one is not newest)]


def _said(question: str, one: Evidence) -> frozenset[str]:
    """Return the words of a question that a sentence holds itself."""
    asked = asked_words(question)
    return asked - unmet(asked, word_keys(one.candidate.words))


def _may_update(one: Evidence, best: Evidence) -> bool:
    if one.article.id == best.article.id:
        return True
    titles = (frozenset(words_of(each.article.title)) for each in (one, best))
    return jaccard(*titles) >= SAME_TITLE


def _time_of(one: Evidence, structure_of: StructureOf) -> tuple[date, int] | None:
    """Return the day and the minute of an entry, else the day of the article; ``None`` if none is known."""
    structure = structure_of(one.article.id)
    entry = structure.entry_of(one.core)
    published = one.article.published
    if entry is not None:
        words = entry.of(structure.text)
        days = dates_in(words, published)
        if days:
            return days[-1].day, 0
        if clock := _CLOCK.match(words):
            return published or date.min, 60 * int(clock["hour"]) + int(clock["minute"])
    return (published, 0) if published is not None else None
