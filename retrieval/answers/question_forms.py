"""Puts a question in another form: with another question word, subject or time.

Only forms that are sure to be grammatical are made; everything else is ``None``.
"""

import re

from retrieval.answers.noun_phrases import NounPhrase, gender_of, noun_phrases
from retrieval.nlp import PREPOSITIONS
from retrieval.text import CAPITAL, LOWER_MONTH, word_set

_DO = "did|does|do|has|have|had|can|could|will|would|should|may|might|must"
_BE_DO = f"{_DO}|is|are|was|were"
_ADVERBIAL = re.compile(
    rf"^\W*(?:(?:since |until |by )?(?:when|where|why|how)\s+(?P<rest>(?:{_BE_DO})\b.+)"
    rf"|how (?:long|often|far|soon)\s+(?P<done>(?:{_DO})\b.+))$",
    re.IGNORECASE,
)
_YES_NO = re.compile(rf"^\W*(?P<rest>(?:{_BE_DO})\s+(?!(?:it|this|that|there)\b).+)$", re.IGNORECASE)
_SUBJECT_ASKED = re.compile(
    r"^\W*(?:who|which \w+|what)\s+(?P<verb>[a-z]+)\s+(?P<object>.+?)(?P<when>\s+in\s+\d{4})?\W*$",
    re.IGNORECASE,
)
_SAME_PARTICIPLE = word_set(
    "bought brought built cut dug found held hit hung kept laid led left lost made paid put read sent set"
    " shot sold struck taught told won"
)
_PARTICIPLES = {
    "began": "begun",
    "broke": "broken",
    "chose": "chosen",
    "drew": "drawn",
    "drove": "driven",
    "gave": "given",
    "sang": "sung",
    "sank": "sunk",
    "stole": "stolen",
    "took": "taken",
    "wrote": "written",
}
_NOT_PASSIVE = word_set("died lived worked happened existed voted belonged agreed appeared arrived")
_PLAIN_WORDS = word_set("why when where")
_ADVERBS = _PLAIN_WORDS | {"how", "how long", "how often"}
"""Question words that take the same form of question."""
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_TIME = re.compile(
    rf"(?:in )?(?P<year>(?:(?:{LOWER_MONTH}) )?(?:1\d|20)\d\d)"
    r"|(?P<now>today|now|nowadays|currently|this year)",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"(?P<preposition>in|at|on|near|during|before|after|from|under)\s+(?P<object>\S.*)", re.IGNORECASE
)
_TENSE = re.compile(
    rf"^(?P<head>\W*(?:who|what|when|where|why|which|how)\b(?: \w+)?? )(?P<verb>{_BE_DO})\b", re.IGNORECASE
)
_OTHER_TIME = re.compile(
    r"\b(?:before|after|during|since|until|when|while|by)\b(?! \d)|\b(?:on|every|each) \w+days?\b",
    re.IGNORECASE,
)
"""A time in words, beside which another time would be one too many."""
_PAST = {"is": "was", "are": "were", "does": "did", "do": "did"}
_PRESENT = {"was": "is", "were": "are"}
_PAST_VERB = re.compile(r"\s[a-z]{3,}ed\b")
_VERBS = re.compile(rf"\b(?:{_BE_DO}|be|been)\b", re.IGNORECASE)
_MAX_NEW_WORDS = 6
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,/-]\d+)*(?![\w]|[.,]\d)")
_NUMBER_ALONE = re.compile(
    rf"(?:(?:in|for|at|on|of|since|version|v) )?(?P<number>{_NUMBER.pattern})", re.IGNORECASE
)


def with_question_word(word: str, before: str) -> str | None:
    """Return the question *before*, asked with "why", "when" or another word; ``None`` if that is unsure."""
    if word.lower() not in _ADVERBS:
        return None
    adverbial, yes_no = _ADVERBIAL.match(before), _YES_NO.match(before)
    if yes_no and (word.lower() == "why" or " by " in before):
        return None  # asks why it is so or why not; "Were the bones found by him human?"
    if adverbial or yes_no:
        rest = yes_no["rest"] if yes_no else (adverbial["rest"] or adverbial["done"] if adverbial else "")
        return f"{_capital(word)} {rest[0].lower()}{rest[1:]}"
    match = _SUBJECT_ASKED.match(before)
    if match is None or word.lower() not in _PLAIN_WORDS or (word.lower() == "when" and match["when"]):
        return None
    phrases = noun_phrases(before)
    participle = _participle(match["verb"].lower())
    whole = len(phrases) == 1 and phrases[0].text == match["object"] and not phrases[0].is_person
    if not participle or not whole or phrases[0].is_plural or (phrases[0].is_named and _is_bare(phrases[0])):
        return None
    return f"{_capital(word)} was {match['object']} {participle}{match['when'] or ''}?"


def with_new_part(new: str, before: str) -> str | None:
    """Return the question *before*, asked of another thing, place or time; ``None`` if that is unsure."""
    new = new.strip(" ?!.,")
    if not new or len(new.split()) > _MAX_NEW_WORDS or _VERBS.search(new):
        return None
    if time := _TIME.fullmatch(new):
        return _at_time(time, before)
    if phrase := _PHRASE.fullmatch(new):
        return _at_place(phrase, before)
    if new.lower().startswith("of "):
        return _of_another(new[3:], before)
    if new.split()[0].lower() in PREPOSITIONS:
        return None
    return _of_thing(new, before)


def with_other_number(new: str, before: str) -> str | None:
    """Return the question *before*, asked of another year, version or number of the same form.

    ``None`` unless *new* is but a number, with "in" or "for" before it, and *before* holds just one such.
    """
    match = _NUMBER_ALONE.fullmatch(new.strip(" ?!.,"))
    if match is None:
        return None
    form = _form_of(match["number"])
    alike = [one for one in _NUMBER.finditer(before) if _form_of(one[0]) == form]
    if len(alike) != 1 or alike[0][0] == match["number"]:
        return None
    return before[: alike[0].start()] + match["number"] + before[alike[0].end() :]


def _form_of(number: str) -> str:
    """Return the form of a number: whether it is a year, else its parts."""
    return "year" if _YEAR.fullmatch(number) else re.sub(r"\d+", "0", number)


def is_time_or_place(words: str) -> bool:
    """Tell "in 2019" and "at Northgate" from other words."""
    words = words.strip(" ?!.,")
    return len(words.split()) <= _MAX_NEW_WORDS and bool(_TIME.fullmatch(words) or _PHRASE.fullmatch(words))


def is_time(words: str) -> bool:
    """Tell "in 2019" and "today" from other words."""
    return _TIME.fullmatch(words.strip(" ?!.,")) is not None


def _participle(verb: str) -> str:
    if verb in _NOT_PASSIVE:
        return ""
    if verb in _SAME_PARTICIPLE or (verb.endswith("ed") and len(verb) > 4):
        return verb
    return _PARTICIPLES.get(verb, "")


def _at_time(time: re.Match[str], before: str) -> str | None:
    if re.match(
        r"\W*(?:since |until |by )?when\b|.*\b(?:what|which) (?:year|day|date)\b", before, re.IGNORECASE
    ):
        return None
    if _OTHER_TIME.search(before):
        return None
    tense = _TENSE.match(before)
    verb = tense["verb"].lower() if tense else ""
    changed = verb
    asked, has_year = before.rstrip(" ?.!"), _YEAR.search(before)
    if time["now"]:
        if has_year or verb not in (*_PRESENT, "is", "are", "does", "do") or tense is None:
            return None
        changed = _PRESENT.get(verb, verb)
    elif verb in (*_PAST, "was", "were", "did"):
        changed = _PAST.get(verb, verb)
    elif verb or not _PAST_VERB.search(before):
        return None
    if tense is not None:
        asked = tense["head"] + changed + asked[tense.end() :]
    if has_year:
        return _YEAR.sub(time["year"].split()[-1], asked, count=1) + "?"
    asked = re.sub(r"\s+(?:today|now|nowadays|currently|this year)$", "", asked, flags=re.IGNORECASE)
    return f"{asked} {time['now'] or 'in ' + time['year']}?"


def _at_place(phrase: re.Match[str], before: str) -> str | None:
    """Put a phrase such as "at Northgate" in the place of the one with the same preposition."""
    preposition = phrase["preposition"].lower()
    places = [
        one for one in noun_phrases(before) if _word_before(before, one) == preposition and not one.is_time
    ]
    if (
        len(places) != 1
        or places[0].is_named != phrase["object"][0].isupper()
        or _YEAR.search(phrase["object"])
    ):
        return None
    return before[: places[0].start] + phrase["object"] + before[places[0].end :]


def _of_another(new: str, before: str) -> str | None:
    """Put a name in the place of the one behind "of"."""
    owned = [one for one in noun_phrases(before) if " of " in one.text and one.text.count(" of ") == 1]
    if len(owned) != 1:
        return None
    start = owned[0].start + owned[0].text.index(" of ") + len(" of ")
    old = before[start : owned[0].end]
    same_kind = old[0].isupper() == new[0].isupper() and (old.split()[0] == "the") == (
        new.split()[0] == "the"
    )
    return before[:start] + new + before[owned[0].end :] if same_kind else None


def _of_thing(new: str, before: str) -> str | None:
    named = any(re.match(rf"[{CAPITAL}]", word) for word in new.split())
    if not named and not re.match(r"(?:the|a|an|his|her|its|their)\s", new, re.IGNORECASE):
        return None
    fitting = [one for one in noun_phrases(before) if one.is_named == named and not one.is_time]
    if len(fitting) != 1 or re.search(r"['’]s?\b", fitting[0].text + new):
        return None
    old = fitting[0]
    other = NounPhrase(new, 0, len(new))
    same_kind = old.is_person == other.is_person and (gender_of(old.text) == "unknown") == (
        gender_of(new) == "unknown"
    )
    if not same_kind or old.is_plural != other.is_plural:
        return None
    return before[: old.start] + new + before[old.end :]


def _is_bare(phrase: NounPhrase) -> bool:
    """Tell a name without an article, which may be a person's."""
    return phrase.text[0].isupper()


def _word_before(question: str, phrase: NounPhrase) -> str:
    words = question[: phrase.start].split()
    return words[-1].lower() if words else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
