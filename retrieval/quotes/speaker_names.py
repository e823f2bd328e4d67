"""Which of the people quoted in a library a typed name means."""

from collections import Counter
from collections.abc import Iterable, Sequence

from retrieval.nlp import FEMALE, MALE, TITLES
from retrieval.text import NAME_PART, without_accents

_GENDERS = {"mr": "m", "sir": "m", "lord": "m", "mrs": "f", "ms": "f", "miss": "f", "lady": "f",
            "frau": "f", "herr": "m", "madame": "f", "señora": "f", "senora": "f", "senor": "m"}  # fmt: skip
_MORE_TITLES = {"frau", "herr", "madame", "monsieur", "senor", "senora", "mme", "m"}


def name_parts(name: str) -> tuple[str, ...]:
    """Return the words of a name without titles, case and accents: "Ms. Anna Bérg" is anna, berg."""
    words = NAME_PART.findall(without_accents(name).replace("’", "'"))
    kept = tuple(word for word in words if word not in TITLES and word not in _MORE_TITLES)
    return kept or tuple(words)


def match_people(typed: str, speakers: Iterable[str]) -> dict[str, list[str]]:
    """Return the people whom *typed* can mean: each one's fullest name, and all names that are theirs.

    The same first (or its initial) and last name are one person. A surname alone belongs to the
    only one who has it; when there are several it stands for itself, since it could be any of them.
    """
    wanted, counts = name_parts(typed), Counter(speakers)
    gender = _gender_of_title(typed)
    fitting = [name for name in counts if _fits(wanted, name_parts(name)) and _may_be(gender, name)]
    full = [name for name in fitting if len(name_parts(name)) > 1]
    people: dict[str, list[str]] = {}
    for name in sorted(full, key=lambda one: (-_first_length(one), -counts[one], one)):
        same = [known for known in people if _same(name_parts(known), name_parts(name))]
        people.setdefault(same[0] if len(same) == 1 else name, []).append(name)
    for name in fitting:
        if len(name_parts(name)) == 1:
            named = [known for known in people if name_parts(known)[-1] == name_parts(name)[0]]
            people.setdefault(named[0] if len(named) == 1 else name, []).append(name)
    exact = [name for name in people if without_accents(name) == without_accents(typed)]
    if len(exact) == 1 and len(wanted) > 1:
        return {exact[0]: people[exact[0]]}
    return people


def is_speaker(wanted: str, speaker: str) -> bool:
    """Return whether *speaker* can be the person called *wanted*."""
    return _fits(name_parts(wanted), name_parts(speaker)) and _may_be(_gender_of_title(wanted), speaker)


def _fits(wanted: Sequence[str], name: Sequence[str]) -> bool:
    if not wanted or not name:
        return False
    if len(wanted) == 1:
        return wanted[0] in name
    if len(name) == 1:
        return name[0] == wanted[-1]
    return _same(wanted, name) or set(wanted) <= set(name)


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether first (or initial) and last name agree."""
    first, second = one[0], other[0]
    initial = len(first) == 1 or len(second) == 1
    return one[-1] == other[-1] and (first == second or (initial and first[0] == second[0]))


def _first_length(name: str) -> int:
    return len(name_parts(name)[0])


def _gender_of_title(name: str) -> str:
    first = without_accents(name).split()[:1]
    return _GENDERS.get(first[0].rstrip("."), "") if first else ""


def _may_be(gender: str, name: str) -> bool:
    """Return whether nothing is known against *gender*."""
    first = name_parts(name)[0] if len(name_parts(name)) > 1 else ""
    known = "f" if first in FEMALE else "m" if first in MALE else _gender_of_title(name)
    return not gender or not known or gender == known
