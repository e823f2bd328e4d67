"""Speech verbs and other closed classes of English words, and which words act as verbs."""

from retrieval.text import LOWER_MONTHS, LOWER_WEEKDAYS, Token, load_words, word_set

_SPEECH = load_words("speech_words", "verbs")
_IRREGULAR = load_words("speech_words", "irregular_forms")


def _forms(verb: str) -> set[str]:
    if verb.endswith("e"):
        return {verb, verb + "s", verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2] not in "aeou":
        return {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    forms = {verb, verb + "s", verb + "ed", verb + "ing"}
    if verb[-1] in "shx":
        forms.add(verb + "es")
    if verb[-1] in "btgprl" and verb[-2] in "aeiou":
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return forms


BASE_VERBS = _SPEECH | load_words("speech_words", "other_base_forms")
"""Base forms, which are verbs only after "to", "will" and the like; else "report" is a noun."""

SPEECH_VERBS: frozenset[str] = BASE_VERBS | _IRREGULAR.union(*(_forms(verb) for verb in _SPEECH))
"""Every form of verbs that announce speech or a judgement put in words."""

AUXILIARIES = load_words("speech_words", "auxiliaries")
"""Words that may stand between a subject and its verb."""

PRONOUNS = word_set("he she they it we i who")
"""Pronouns that can be the subject of speech."""

PREPOSITIONS = load_words("speech_words", "prepositions")
"""Words that open a phrase in which no subject stands."""

BREAKS = word_set("and or but so yet that which whose nor")
"""Words at which a clause may begin."""

TITLES = load_words("speech_words", "titles")
"""Words that come before a name without being part of it, lower case, without full stops."""

NAME_LINK = word_set("de da del della van von der den bin ibn al el la le al- du dos ten ter")
"""Lower-case words inside names."""

DETERMINERS = load_words("speech_words", "determiners")
"""Words that open a noun phrase."""

GROUPS = load_words("speech_words", "groups")
"""Plurals that speak without an article before them."""

DAYS = frozenset((*LOWER_WEEKDAYS, *LOWER_MONTHS, "today", "yesterday", "tonight", "tomorrow"))
"""Capitalized words that tell when, not who."""

NOT_NAMES = load_words("speech_words", "sentence_openers")
"""Words that are capitalized only because a sentence begins with them."""

SUBORDINATORS = word_set(
    "when while if because though although whether where as after before since until unless once"
)
"""Words that open a clause beside the main one."""

STRONG_VERBS = load_words("speech_words", "strong_verbs")
"""Verbs that almost always announce what somebody said."""

ROLE_ENDINGS = tuple(sorted(load_words("speech_words", "role_endings")))
"""Endings of words for what somebody is, such as may stand inside "Northwind lawyer Ann Lee"."""

BEFORE_BASE = load_words("speech_words", "before_base_form")
"""Words after which a base form is a verb."""

INVERTING_VERBS = STRONG_VERBS - load_words("speech_words", "not_inverted") | load_words(
    "speech_words", "also_inverted"
)
"""Verbs that may stand before their subject: "…," said Ann Lee."""


def is_verb(words: list[Token], at: int) -> bool:
    """Return whether the word at *at* announces speech there."""
    word = words[at]
    if word.lower not in SPEECH_VERBS or (word.is_capital and not word.opens) or word.is_owner:
        return False
    before = words[at - 1] if at else None
    if word.lower in BASE_VERBS and not word.lower.endswith("ed") and word.lower != "put":
        return before is not None and (before.lower in BEFORE_BASE or before.lower.endswith(("n't", "n’t")))
    if before is None or word.lower.endswith(("ed", "ing")):
        return before is None or (before.lower not in DETERMINERS and not before.is_owner)
    noun_before = before.lower in DETERMINERS or before.lower in PREPOSITIONS or before.is_owner
    return not noun_before or before.lower in {"as", "that", "this", "all", "one", "some", "most", "many"}


def is_finite(words: list[Token], at: int) -> bool:
    """Return whether the verb at *at* has a subject of its own."""
    if words[at].lower.endswith("ing"):
        return False
    back = at - 1
    while back >= 0 and words[back].lower.endswith("ly"):
        back -= 1
    return back < 0 or words[back].lower not in {"to", "by", "for", "of", "and", "or"}
