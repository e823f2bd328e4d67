"""Finds the name that is meant by a misspelt one with a capital, which nothing in the library holds.

A name one letter off may be somebody else's, so it is only pointed out; it is taken for the other one
where a title has that with the same word beside it ("Nothgate hospital") and it is no person's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from retrieval.answers.spelling import is_known_name
from retrieval.domain import Hit
from retrieval.nlp import FEMALE, MALE, TITLES
from retrieval.text import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 6
"""Letters of a name that may be misspelt: shorter ones are near too many others."""
_LONG = 9
"""Letters from which two may be wrong."""


def names_like(question: str, hits: Sequence[Hit]) -> list[tuple[str, list[str]]]:
    """Return the names of a question that these passages lack, each with those like it that they have."""
    read = [f"{hit.article.title}\n{hit.text}" for hit in hits]
    held = _words(read)
    found = []
    for match in _unknown_names(question, {word.lower() for word in held}):
        like = sorted(word for word in held if word[0].isupper() and _is_near(match[0], word))
        if like:
            found.append((match[0], like))
    return found


def respell_names(question: str, titles: Sequence[str]) -> str:
    """Return a question with a misspelt name as these titles write it; empty if none is meant for certain."""
    known = {word.lower() for word in _words(titles)}
    for match in _unknown_names(question, known):
        before, after = _beside(question, match.start(), match.end())
        meant = {
            other[0]
            for title in titles
            for other in _WORD.finditer(title)
            if other[0][0].isupper()
            and _is_near(match[0], other[0])
            and _have_same_beside((before, after), _beside(title, other.start(), other.end()))
        }
        if len(meant) == 1:
            return question[: match.start()] + meant.pop() + question[match.end() :]
    return ""


def _unknown_names(question: str, known: set[str]) -> Iterator[re.Match[str]]:
    for match in _WORD.finditer(question):
        word = match[0]
        is_new = word[0].isupper() and len(word) >= _SHORTEST and word.lower() not in known
        if is_new and word.lower() not in STOP_WORDS and not is_known_name(word.lower()):
            yield match


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text)}


def _is_near(word: str, other: str) -> bool:
    from rapidfuzz.distance import OSA  # late: most questions have no such name

    allowed = 2 if min(len(word), len(other)) >= _LONG else 1
    return (
        len(other) >= _SHORTEST
        and word[0].lower() == other[0].lower()
        and 0 < OSA.distance(word.lower(), other.lower(), score_cutoff=allowed) <= allowed
    )


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words before and behind a place, in lower case; empty where there are none."""
    before, after = _WORD.findall(text[:start]), _WORD.findall(text[end:])
    return before[-1].lower() if before else "", after[0].lower() if after else ""


def _have_same_beside(asked: tuple[str, str], named: tuple[str, str]) -> bool:
    """Tell whether the same word stands on the same side of both, and none says that it is a person."""
    people = FEMALE | MALE | TITLES
    if not people.isdisjoint((*asked, *named)):
        return False
    return any(
        one == other and one and one not in STOP_WORDS for one, other in zip(asked, named, strict=True)
    )
