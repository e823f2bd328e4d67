"""What a pronoun of a sentence stands for, if the sentence before leaves no choice.

"Marsh met Webb. He offered her a bribe" does not say who offered it. A pronoun stands for the only
person, thing or group of the sentence before that fits it in number and gender; where several fit, or
none, it stands for nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.claims.verb_forms import FINITE
from retrieval.nlp import COMMON_OPENERS, FEMALE, MALE, PREPOSITIONS, TITLES
from retrieval.text import (
    CAPITAL,
    DATE,
    LOWER_WEEKDAY,
    MONTH,
    STOP_WORDS,
    Pairs,
    load_words,
    word_set,
    words_in,
)

_MALE_NOUNS = load_words("nouns", "male")
_FEMALE_NOUNS = load_words("nouns", "female")
_PEOPLE = load_words("nouns", "people")
_THINGS = load_words("nouns", "things")
_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his"), "he"),
    **dict.fromkeys(("she", "her"), "she"),
    **dict.fromkeys(("it", "its"), "it"),
    **dict.fromkeys(("they", "them", "their"), "they"),
}
_OWNING = word_set("his its their")
_OPENS = word_set(
    "the a an this that these those his her its their one two three four five six seven eight nine ten some "
    "many several most both few no every each another"
)
_LONGEST = 4
"""Words of a noun phrase behind its opening."""
_CLOSED = (
    STOP_WORDS
    | _OPENS
    | PREPOSITIONS
    | word_set(
        "and or but as that which who when where while after before into over under near through about "
        "against between among until since during because than not also then later never so too very"
    )
)
_VERB = re.compile(rf"{FINITE}$")
_ABSTRACT = re.compile(r"(?:tion|sion|ment|ity|ness|ship|ism|age|ance|ence|ure|logy|graphy)$")
_BARE = re.compile(r"[a-z-]{3,}[^su'i]s$")
_NAME_RUN = re.compile(
    rf"\b[{CAPITAL}][\w’-]*\.?(?:\s+(?:(?:de|van|von|der|of|the|al)\s+)*[{CAPITAL}][\w’-]*)*"
)
_NO_NAME = re.compile(
    rf"(?:{MONTH}|{LOWER_WEEKDAY}|I|He|She|It|They|His|Her|Its|Their|This|That|These|Those|Then"
    rf"|Both|Many|Most|Some|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Nobody|Later|Today)$|{COMMON_OPENERS.pattern}",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near)\s+(?:the\s+)?$", re.IGNORECASE)
_APPOSED = re.compile(r"\s*,\s+(?:the|an?)?\s*$|\s*$")
_DESCRIBES = re.compile(r"[a-z]|(?:The|An?|His|Her|Its|Their)\s")
_OF = re.compile(r"\s+of\s+(?:the\s+)?$")
_OWNER = re.compile(r"['’]s?$")
_A = re.compile(r",\s+an?")
_IS = re.compile(r"[^,;:()]{0,40}\b(?:is|was)\s+$")
_AND = re.compile(r"\s+and\s+(?:the\s+)?$")
_WORD = re.compile(r"[^\W_][\w’'-]*(?:[.,]\d+)*")
_TIMES = load_words("omissions", "times")
_UNITS = word_set(
    "percent per cent meters metres kilometers kilometres miles feet pounds dollars euros crowns kilograms "
    "tonnes tons liters litres hectares degrees votes points times"
)
_PLURALS = word_set(
    "people men women children police mice cattle sheep these those both many several two three four"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something that a sentence names."""

    words: str
    start: int
    end: int
    roots: frozenset[str]
    gender: str = ""
    """``m``, ``f``, or empty if it is not known."""
    is_person: bool | None = None
    """``None`` if it may be a person or a thing."""
    is_plural: bool = False

    def fits(self, pronoun: str) -> bool:
        """Tell whether a pronoun may stand for it."""
        if pronoun == "they":
            return self.is_plural
        if self.is_plural:
            return False
        if pronoun == "it":
            return self.is_person is not True
        return self.is_person is not False and self.gender in {"", "m" if pronoun == "he" else "f"}


def stands_for(claim: str, sentence: str, before: str, missing: frozenset[str], pairs: Pairs | None) -> bool:
    """Tell whether words of a claim name what a pronoun of a sentence must mean.

    Args:
        claim: What somebody wrote.
        sentence: The sentence with the pronoun.
        before: The sentence before it.
        missing: Roots of the claim's words that only the sentence before has.
        pairs: The other words of claim and sentence.
    """
    pronoun = _pronoun(claim, sentence, missing, pairs or ())
    if pronoun is None:
        return False
    fitting = [one for one in candidates(before) if one.fits(_PRONOUNS[pronoun])]
    return len(fitting) == 1 and missing <= fitting[0].roots


def only_antecedent(sentence: str, before: str) -> frozenset[str] | None:
    """Return the roots of what the first pronoun of a sentence must mean; nothing if it could be others."""
    first = next((word.text for word in words_in(sentence) if word.text in _PRONOUNS), None)
    if first is None:
        return None
    fitting = [one for one in candidates(before) if one.fits(_PRONOUNS[first])]
    return fitting[0].roots if len(fitting) == 1 else None


def fills_pronoun(claim: str, sentence: str, missing: frozenset[str], pairs: Pairs | None) -> bool:
    """Tell whether words of a claim that a sentence lacks stand where it has a pronoun."""
    return _pronoun(claim, sentence, missing, pairs or ()) is not None


def _pronoun(claim: str, sentence: str, missing: frozenset[str], pairs: Pairs) -> str | None:
    """Return the pronoun in the place of a claim's words that a sentence lacks."""
    mine = words_in(claim)
    lacking = [at for at, word in enumerate(mine) if word.root in missing and word.has_meaning]
    if not lacking or any(
        word.has_meaning and word.root not in missing for word in mine[lacking[0] : lacking[-1] + 1]
    ):
        return None
    first, last = mine[lacking[0]], mine[lacking[-1]]
    start = max((said.end for own, said in pairs if own.end <= first.start), default=0)
    end = min((said.start for own, said in pairs if own.start >= last.end), default=len(sentence))
    between = [word.text for word in words_in(sentence) if start <= word.start < end]
    found = [word for word in between if word in _PRONOUNS]
    if len(found) != 1:
        return None
    owns = found[0] in _OWNING or (found[0] == "her" and last.is_owner)
    return found[0] if owns == last.is_owner else None


def candidates(sentence: str) -> list[Candidate]:
    """Return all persons, things and groups that a sentence names, as far as its forms tell."""
    dates = [match.span() for match in DATE.finditer(sentence)]
    found = [
        one
        for one in sorted([*_names(sentence), *_phrases(sentence)], key=lambda one: one.start)
        if not any(start <= one.start < end for start, end in dates)
    ]
    merged: list[Candidate] = []
    for one in found:
        last = merged[-1] if merged else None
        if last is not None and one.start < last.end:
            if one.start == last.start and one.is_plural != last.is_plural:
                merged.append(one)
            continue
        between = sentence[last.end : one.start] if last else ""
        of_last = last is not None and _OF.fullmatch(between) and last.words.split()[-1].islower()
        if last is not None and of_last and one.is_person is None:
            merged[-1] = _join(last, one, person=last.is_person)
        elif last is not None and _is_same(last, one, between, sentence):
            merged[-1] = _join(last, one, person=last.is_person is not False and one.is_person is not False)
        else:
            merged.append(one)
    return [*merged, *_pairs(sentence, merged)]


def _is_same(one: Candidate, other: Candidate, between: str, sentence: str) -> bool:
    """Tell whether two name one person: "the mayor, Helen Marsh" and "Marsh, the mayor"."""
    is_last = not sentence[other.end :].strip(" .!?")
    if one.is_person is True and is_last and _A.fullmatch(between + other.words.split()[0]):
        return True  # "…, a cook."
    is_told = one.is_person is True and other.words[:1].isupper() and _IS.fullmatch(between)
    if not (_APPOSED.fullmatch(between) or is_told) or one.is_plural or other.is_plural:
        return False
    phrase, name = (one, other) if _DESCRIBES.match(one.words) else (other, one)
    is_name = name.words[:1].isupper() and name.is_person is not False
    fits = phrase.is_person is not False or name.is_person is not True
    return fits and is_name and not {phrase.gender, name.gender} >= {"m", "f"}


def _join(one: Candidate, other: Candidate, *, person: bool | None) -> Candidate:
    words = f"{one.words} {other.words}"
    gender = one.gender or (other.gender if person else "")
    return Candidate(words, one.start, other.end, one.roots | other.roots, gender, person, one.is_plural)


def _pairs(sentence: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Return "Armstrong and Aldrin", which "they" may mean."""
    return [
        Candidate(
            f"{one.words} and {other.words}",
            one.start,
            other.end,
            one.roots | other.roots,
            is_plural=True,
        )
        for one, other in pairwise(found)
        if _AND.fullmatch(sentence, one.end, other.start)
    ]


def _names(sentence: str) -> list[Candidate]:
    found = []
    for match in _NAME_RUN.finditer(sentence):
        words, start = match[0], match.start()
        while (head := re.match(r"[\w’-]+\.?", words)) and _NO_NAME.match(head[0]):
            rest = words[head.end() :].lstrip()
            start, words = start + len(words) - len(rest), rest
        if not words or not words[:1].isupper():
            continue
        words = words.rstrip(".")
        texts = [re.sub(r"['’]s?$", "", word).strip(".").lower() for word in words.split()]
        gender = _gender(texts)
        titled = texts[0] in TITLES
        is_person = True if gender or titled else False if _PLACE_BEFORE.search(sentence, 0, start) else None
        found.append(Candidate(words, start, start + len(words), _roots(words), gender, is_person))
    return found


def _phrases(sentence: str) -> list[Candidate]:
    """Return "the bridge", "three old piers" and bare plurals; a verb in -s may be taken for a plural."""
    found: list[Candidate] = []
    words = list(_WORD.finditer(sentence))
    for at, opens in enumerate(words):
        text = opens[0].lower()
        if text in _OPENS or opens[0][:1].isdigit() or _OWNER.search(opens[0]):
            rest = _noun_words(sentence, words[at:])
            start = rest[0].start() if rest and _OWNER.search(opens[0]) else opens.start()
            counted = text in _PLURALS or opens[0][:1].isdigit()
            found += _nouns(sentence, start, rest, counted=counted)
        elif _BARE.match(opens[0]) and not any(one.start <= opens.start() < one.end for one in found):
            found += _nouns(sentence, opens.start(), [opens], counted=False)
    return found


def _noun_words(sentence: str, words: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Return the words behind "the" that belong to it, as far as forms tell."""
    found: list[re.Match[str]] = []
    for before, word in pairwise(words[: _LONGEST + 1]):
        text = word[0]
        if sentence[before.end() : word.start()].strip() or not text[0].islower() or text in _CLOSED:
            break
        if found and _VERB.match(text):
            break
        found.append(word)
    return found


def _nouns(sentence: str, start: int, words: Sequence[re.Match[str]], *, counted: bool) -> list[Candidate]:
    """Return a phrase, and without its last word if that may be a verb: "the bridge carries"."""
    if not words:
        return []
    last = words[-1][0]
    found = [_phrase(sentence, start, words, counted=counted)]
    if len(words) > 1 and (_BARE.match(last) or last.endswith("ss")) and not counted:
        found.insert(0, _phrase(sentence, start, words[:-1], counted=False))
    return [one for one in found if one is not None]


def _phrase(sentence: str, start: int, words: Sequence[re.Match[str]], *, counted: bool) -> Candidate | None:
    noun = words[-1][0]
    if noun in _TIMES or noun in _UNITS:
        return None
    plural = counted or noun in _PLURALS or bool(_BARE.match(noun))
    gender = "m" if noun in _MALE_NOUNS else "f" if noun in _FEMALE_NOUNS else ""
    is_person = bool(gender) or noun in _PEOPLE or noun in TITLES
    single = noun[:-1] if noun.endswith("s") else noun
    person = True if is_person else False if {noun, single} & _THINGS or _ABSTRACT.search(noun) else None
    end = words[-1].end()
    return Candidate(
        sentence[start:end], start, end, _roots(sentence[words[0].start() : end]), gender, person, plural
    )


def _gender(texts: Sequence[str]) -> str:
    for word in texts:
        if word in FEMALE or word in _FEMALE_NOUNS:
            return "f"
        if word in MALE or word in _MALE_NOUNS:
            return "m"
    return ""


def _roots(words: str) -> frozenset[str]:
    return frozenset(word.root for word in words_in(words) if word.has_meaning)
