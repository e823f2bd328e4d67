"""What a pronoun of a sentence stands for, if the sentence before leaves no choice.

"Marsh met Webb. He offered her a bribe" does not say who offered it. A pronoun stands for the only
person, thing or group of the sentence before that fits it in number and gender; where several fit, or
none, it stands for nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.nlp import COMMON_OPENERS, FEMALE, MALE, ROLE_ENDINGS, TITLES
from retrieval.text import CAPITAL, DATE, LOWER_WEEKDAY, MONTH, Pairs, load_words, word_set, words_in

_MALE_NOUNS = word_set(
    "man boy father son husband brother king prince lord actor waiter widower uncle nephew monk priest mr sir "
    "chairman spokesman congressman policeman fisherman"
)
_FEMALE_NOUNS = word_set(
    "woman girl mother daughter wife sister queen princess lady actress waitress widow aunt niece nun mrs ms miss "
    "chairwoman spokeswoman congresswoman policewoman"
)
_PEOPLE = word_set(
    "person child baby student nurse pilot chief captain coach mayor judge guard witness victim suspect king "
    "patient friend guest star cook spouse parent cousin monarch boss president minister"
)
_NO_PEOPLE = word_set(
    "river water paper winter summer number harbor order power tower letter matter border corner member center "
    "theater motor floor door report office engine moment element document government parliament apartment event "
    "agreement department movement plant restaurant museum cinder shelter computer printer offer weather october "
    "september november december color colour labor labour behavior error mirror sector factor corridor "
    "newspaper answer butter cancer chapter counter cover crater danger disaster dinner fever finger helicopter "
    "ladder layer lever manner master meter monster poster quarter register semester shower spider timber "
    "treatment monument instrument payment settlement statement tournament accident continent investment "
    "equipment experiment argument development improvement employment environment patent percent president's "
    "current incident talent rent tent cent"
)
_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his"), "he"),
    **dict.fromkeys(("she", "her"), "she"),
    **dict.fromkeys(("it", "its"), "it"),
    **dict.fromkeys(("they", "them", "their"), "they"),
}
_OWNING = word_set("his its their")
_NOUN_PHRASE = re.compile(
    rf"\b(?P<opens>the|an?|this|that|these|those|his|her|its|their|one|two|three|four|five|six|seven|eight|nine"
    rf"|ten|some|many|several|most|both|few|\d[\d,.]*|[{CAPITAL}][\w’-]*?['’]s?)\s+"
    rf"(?P<words>(?:[a-zß-ÿ][\w-]*\s+){{0,3}}?[a-zß-ÿ][\w-]*)"
    rf"(?=\s+(?:is|are|was|were|has|have|had|will|would|can|could|may|might|did|does|do|of|in|on|at|to|for|from|by"
    rf"|with|and|or|but|as|that|which|who|when|where|while|after|before|into|over|under|near|through|about|against"
    rf"|between|among|until|since|during|because|than|[a-z]+ed|[a-z]+s|[{CAPITAL}\d])\b|\s*[,.;:!?()–—”\"’]|\s*$)",
)
_NAME_RUN = re.compile(rf"\b[{CAPITAL}][\w’-]*\.?(?:\s+(?:(?:de|van|von|der|of|the|al)\s+)*[{CAPITAL}][\w’-]*)*")
_NO_NAME = re.compile(rf"(?:{MONTH}|{LOWER_WEEKDAY}|I|He|She|It|They|His|Her|Its|Their|This|That|These|Those|Then"
    rf"|Both|Many|Most|Some|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Nobody|Later|Today)$|{COMMON_OPENERS.pattern}",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near)\s+(?:the\s+)?$", re.IGNORECASE)
_APPOSED = re.compile(r"\s*,\s+(?:the|an?)?\s*$|\s*$")
_OF = re.compile(r"\s+of\s+(?:the\s+)?$")
_AND = re.compile(r"\s+and\s+(?:the\s+)?$")
_TIMES = load_words("omissions", "times")
_UNITS = word_set(
    "percent per cent meters metres kilometers kilometres miles feet pounds dollars euros crowns kilograms tonnes "
    "tons liters litres hectares degrees votes points times"
)
_PLURALS = word_set("people men women children police mice cattle sheep these those both many several two three four")


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
            return self.is_plural or self.is_person is not False and self.is_plural
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
            continue
        between = sentence[last.end : one.start] if last else ""
        if last is not None and _OF.fullmatch(between) and last.words[:1].islower() and one.is_person is None:
            merged[-1] = _join(last, one, person=last.is_person)
        elif last is not None and _is_same(last, one, between):
            merged[-1] = _join(last, one, person=True)
        else:
            merged.append(one)
    return [*merged, *_pairs(sentence, merged)]


def _is_same(one: Candidate, other: Candidate, between: str) -> bool:
    """Tell whether two name one person: "the mayor, Helen Marsh" and "Marsh, the mayor"."""
    if not _APPOSED.fullmatch(between) or one.is_plural or other.is_plural:
        return False
    phrase, name = (one, other) if one.words[:1].islower() or one.words[:4] in {"The ", "His "} else (other, one)
    is_name = name.words[:1].isupper() and name.is_person is not False
    return phrase.is_person is True and is_name and not {phrase.gender, name.gender} >= {"m", "f"}


def _join(one: Candidate, other: Candidate, *, person: bool | None) -> Candidate:
    words = f"{one.words} {other.words}"
    gender = one.gender or (other.gender if person else "")
    return Candidate(words, one.start, other.end, one.roots | other.roots, gender, person, one.is_plural)


def _pairs(sentence: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Return "Armstrong and Aldrin", which "they" may mean."""
    return [
        Candidate(f"{one.words} and {other.words}", one.start, other.end, one.roots | other.roots, "", None, True)
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
        texts = [re.sub(r"['’]s?$", "", word).strip(".").lower() for word in words.split()]
        gender = _gender(texts)
        titled = texts[0] in TITLES
        is_person = True if gender or titled else False if _PLACE_BEFORE.search(sentence, 0, start) else None
        found.append(Candidate(words, start, start + len(words), _roots(words), gender, is_person))
    return found


def _phrases(sentence: str) -> list[Candidate]:
    found = []
    for match in _NOUN_PHRASE.finditer(sentence):
        words = match["words"].lower().split()
        noun = words[-1]
        if noun in _TIMES or noun in _UNITS or noun == "one":
            continue
        counted = match["opens"].lower() in _PLURALS or match["opens"][:1].isdigit()
        plural = counted or noun in _PLURALS or (noun.endswith("s") and not noun.endswith(("ss", "us", "is")))
        gender = "m" if noun in _MALE_NOUNS else "f" if noun in _FEMALE_NOUNS else ""
        person = bool(gender) or noun in _PEOPLE or noun in TITLES
        maybe = noun.endswith(ROLE_ENDINGS) and noun not in _NO_PEOPLE
        roots = _roots(match["words"])
        start = match.start()
        found.append(
            Candidate(match[0], start, match.end(), roots, gender, True if person else None if maybe else False, plural)
        )
    return found


def _gender(texts: Sequence[str]) -> str:
    for word in texts:
        if word in FEMALE or word in _FEMALE_NOUNS:
            return "f"
        if word in MALE or word in _MALE_NOUNS:
            return "m"
    return ""


def _roots(words: str) -> frozenset[str]:
    return frozenset(word.root for word in words_in(words) if word.has_meaning)
