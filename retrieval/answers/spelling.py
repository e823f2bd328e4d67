"""Reads questions that were typed in a hurry: misspellings, short forms, no capitals, no apostrophes.

A word is corrected only if neither the library nor the encoder's vocabulary has it, and only to the one word
of the library that is close to it. Codes, numbers, quotations and what may be another name stay as they are.

A name with a capital that is one letter off may be somebody else's, so it is only pointed out; it is taken
for the other one where a title has that with the same word beside it ("Nothgate hospital"), and no person
is called so.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from retrieval.domain import Hit
from retrieval.nlp import FEMALE, MALE, TITLES
from retrieval.text import ALL_EUROPEAN, STOP_WORDS, is_english, load_pairs, load_words

_SHORT = dict(load_pairs("typing_habits", "short")) | dict(load_pairs("typing_habits", "apostrophes"))
_OPENING = dict(load_pairs("typing_habits", "opening"))
_INTERJECTIONS = load_words("typing_habits", "interjections")
_WORD = re.compile(r"(?<![\w’'\-./@#])[a-z]+(?:['’][a-z]+)?(?![\w’'\-@]|\.\w)")
"""A word in lower case that is no part of a code, an address or a compound."""
_NAME = re.compile(r"[^\W\d_]+")
_CONTRACTED = re.compile(r"(?P<word>[a-z]+)['’](?:s|re|d|ll|ve|t|m)$")
_SHORTEST = 5
"""Letters of a word that is corrected: shorter ones are near too many others."""
_SHORTEST_SMALL = 3
_SHORTEST_NAME = 6
_LONG = 9
"""Letters from which two may be wrong."""
_LONGEST_ENDING = 7
"""Letters that a stem may lack: "eradic" of "eradication"."""
_FORMS_READ = 20
"""Passages from which it is read how a word is written."""
_NAMED = 0.9
"""Share of its places in sentences at which a name has a capital."""


class Vocabulary(Protocol):
    """The words of a library."""

    def terms_like(self, word: str) -> Sequence[str]:
        """Return stems that begin as *word* does."""
        ...

    def forms_of(self, word: str, limit: int) -> Sequence[tuple[str, str]]:
        """Return how a word, or another form of it, is written inside sentences of up to *limit* passages.

        Each with the word before it.
        """
        ...

    def is_common(self, word: str) -> bool:
        """Tell whether a word is one of the language, whatever the library holds."""
        ...

    def is_known(self, word: str) -> bool:
        """Tell whether the library holds a word."""
        ...


@dataclass(frozen=True, slots=True)
class TypedQuestion:
    """A question as it is read."""

    text: str
    corrected: bool = False
    """Whether a word was taken for another one, and the small words are known: that has to be shown."""


def read_typing(question: str, vocabulary: Vocabulary) -> TypedQuestion:
    """Return a question with its words as the library writes them."""
    if not is_english(question):
        return TypedQuestion(question)
    text = _spell_out(question)
    quoted = [match.span() for match in _quotations(text)]
    hasty = not any(char.isupper() for char in question[1:])
    corrected = unknown = False

    def read(match: re.Match[str]) -> str:
        nonlocal corrected, unknown
        word = match[0]
        if word in STOP_WORDS or any(start <= match.start() < end for start, end in quoted):
            return word
        owner = _CONTRACTED.match(word)
        bare = owner["word"] if owner else word
        if vocabulary.is_known(bare):
            return (_written(bare, vocabulary) if hasty else bare) + word[len(bare) :]
        found = _corrected(bare, vocabulary) or ("" if owner else _small_word(bare, vocabulary))
        corrected = corrected or bool(found)
        small = _SHORTEST_SMALL <= len(bare) < _SHORTEST and not owner
        unknown = unknown or (small and not found and not vocabulary.is_common(bare))
        return (found or bare) + word[len(bare) :]

    text = _WORD.sub(read, text)
    if corrected and not unknown:
        return TypedQuestion(text[:1].upper() + text[1:], corrected=True)
    return TypedQuestion(text)  # half understood, it is looked up and not shown


def names_like(question: str, hits: Sequence[Hit]) -> list[tuple[str, list[str]]]:
    """Return the names of a question that these passages lack, each with those like it that they have."""
    read = [f"{hit.article.title}\n{hit.text}" for hit in hits]
    held = _words_of(read)
    found = []
    for match in _unknown_names(question, {word.lower() for word in held}):
        like = sorted(word for word in held if word[0].isupper() and _is_near(match[0], word))
        if like:
            found.append((match[0], like))
    return found


def respell_names(question: str, titles: Sequence[str]) -> str:
    """Return a question with a misspelt name as these titles write it; empty if none is meant for certain."""
    known = {word.lower() for word in _words_of(titles)}
    for match in _unknown_names(question, known):
        before, after = _beside(question, match.start(), match.end())
        meant = {
            other[0]
            for title in titles
            for other in _NAME.finditer(title)
            if other[0][0].isupper()
            and _is_near(match[0], other[0])
            and _have_same_beside((before, after), _beside(title, other.start(), other.end()))
        }
        if len(meant) == 1:
            return question[: match.start()] + meant.pop() + question[match.end() :]
    return ""


def _spell_out(question: str) -> str:
    """Return a question with short forms written out."""
    words = question.split(" ")
    while len(words) > 2 and words[0].lower().rstrip(",") in _INTERJECTIONS:
        words = words[1:]
    for at, word in enumerate(words):
        bare = word.rstrip("?!.,")
        full = _SHORT.get(bare) or (_OPENING.get(bare) if at == 0 and len(words) > 1 else None)
        if full:
            words[at] = full + word[len(bare) :]
    return " ".join(words)


def _quotations(text: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"[{ALL_EUROPEAN}][^{ALL_EUROPEAN}]+[{ALL_EUROPEAN}]", text))


def _written(word: str, vocabulary: Vocabulary) -> str:
    """Return a word as the library writes it: a name with its capitals."""
    same = [form for _, form in vocabulary.forms_of(word, _FORMS_READ) if form.lower() == word]
    if not same or sum(not form.islower() for form in same) < _NAMED * len(same):
        return word
    return Counter(form for form in same if not form.islower()).most_common(1)[0][0]


def _corrected(word: str, vocabulary: Vocabulary) -> str:
    """Return the one word of the library that is meant; empty if none is, or several may be."""
    if len(word) < _SHORTEST or vocabulary.is_common(word) or is_known_name(word):
        return ""
    from rapidfuzz.distance import OSA  # late: most questions have no such word

    allowed = 2 if len(word) >= _LONG else 1
    near: dict[str, tuple[int, str]] = {}
    for term in vocabulary.terms_like(word):
        if (
            len(term) < 3
            or len(word) - len(term) > _LONGEST_ENDING
            or len(term) - len(word) > 2
            or not term.isalpha()
        ):
            continue
        if OSA.distance(word[: len(term) + 1], term, score_cutoff=allowed + 1) > allowed + 1:
            continue
        forms = Counter(form for _, form in vocabulary.forms_of(term, _FORMS_READ))
        for form, _ in forms.most_common():
            distance = OSA.distance(word, form.lower(), score_cutoff=allowed)
            if distance <= allowed and distance < near.get(term, (allowed + 1, ""))[0]:
                near[term] = (distance, form)
    if not near:
        return ""
    best = min(distance for distance, _ in near.values())
    forms_at_best = [form for distance, form in near.values() if distance == best]
    if len(forms_at_best) != 1:
        return ""
    form = forms_at_best[0]
    is_name = not _written(form.lower(), vocabulary).islower()
    if is_name and (best > 1 or len(word) < _SHORTEST_NAME or _is_person(form, vocabulary)):
        return ""
    return form if is_name else form.lower()


def _small_word(word: str, vocabulary: Vocabulary) -> str:
    """Return the one word such as "many" that is meant by "meny", or "the" by "teh"; else empty."""
    if len(word) >= _SHORTEST or vocabulary.is_common(word) or is_known_name(word):
        return ""
    from rapidfuzz.distance import OSA

    near = [one for one in STOP_WORDS if len(one) >= _SHORTEST_SMALL and OSA.distance(word, one) == 1]
    if len(word) < _SHORTEST - 1:
        near = [one for one in near if sorted(one) == sorted(word)]
    return near[0] if len(near) == 1 else ""


def _is_person(form: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a name is a person's, of whom there may be another with nearly the same name."""
    before = {one.lower().rstrip(".") for one, same in vocabulary.forms_of(form, _FORMS_READ) if same == form}
    return not before.isdisjoint(FEMALE | MALE | TITLES)


@cache
def _known_names() -> frozenset[str]:
    """Return the words of names of countries and languages, and first names, in lower case."""
    from babel import Locale  # late: some 0.1 s, and only for a word that nothing knows

    english = Locale.parse("en")
    named = [*english.territories.values(), *english.languages.values()]
    return frozenset(word.lower() for name in named for word in str(name).split()) | FEMALE | MALE


def is_known_name(word: str) -> bool:
    """Tell whether a word in lower case is a first name, a title, or of a country's or a language's name."""
    return word in _known_names() or word in TITLES


def _unknown_names(question: str, known: set[str]) -> Iterator[re.Match[str]]:
    for match in _NAME.finditer(question):
        word = match[0]
        is_new = word[0].isupper() and len(word) >= _SHORTEST_NAME and word.lower() not in known
        if is_new and word.lower() not in STOP_WORDS and not is_known_name(word.lower()):
            yield match


def _words_of(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _NAME.findall(text)}


def _is_near(word: str, other: str) -> bool:
    from rapidfuzz.distance import OSA  # late: most questions have no such name

    allowed = 2 if min(len(word), len(other)) >= _LONG else 1
    return (
        len(other) >= _SHORTEST_NAME
        and word[0].lower() == other[0].lower()
        and 0 < OSA.distance(word.lower(), other.lower(), score_cutoff=allowed) <= allowed
    )


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words before and behind a place, in lower case; empty where there are none."""
    before, after = _NAME.findall(text[:start]), _NAME.findall(text[end:])
    return before[-1].lower() if before else "", after[0].lower() if after else ""


def _have_same_beside(asked: tuple[str, str], named: tuple[str, str]) -> bool:
    """Tell whether the same word stands on the same side of both, and none says that it is a person."""
    people = FEMALE | MALE | TITLES
    if not people.isdisjoint((*asked, *named)):
        return False
    return any(
        one == other and one and one not in STOP_WORDS for one, other in zip(asked, named, strict=True)
    )
