"""Whether a sentence denies, limits or corrects the one before it, so that neither is shown alone.

The patterns stand in ``data/qualification_patterns.toml``.
"""

import re
from collections.abc import Sequence

from retrieval.nlp.negation import is_negated
from retrieval.nlp.standalone import has_unnamed_person, refers_back
from retrieval.nlp.verbs import SPEECH_VERBS
from retrieval.text import DOUBLE_ENGLISH, OPENING_ENGLISH, load_patterns, word_set, words_of

_ASKED_BEHIND = word_set("how what why")
"""Words behind a verb of speech that announce what was said: "explained how"."""
_SHORT_WORDS = 4
MAX_LIMIT_CHARS = 220
MAX_CONTRAST_CHARS = 110
"""Of a sentence that limits, or stands against, the one before: a longer one says something of its own."""
MAX_INSTEAD_CHARS = 110
"""Of what stands in the place of something denied: "He used no stones. He used a cup."."""
_LEFT_OUT = re.compile(r"\b(?:an?|the)\s(?:[\w-]+\s){0,2}ones?\b(?!\sof\b)", re.IGNORECASE)
"""A noun that only the sentence before says: "For a Japanese one, fifteen."."""
_SO_SAID = re.compile(r"[\W_]*so (?:said|says|wrote|writes|thought|think|did|do|does)\b", re.IGNORECASE)
_ONLY_QUOTED = re.compile(r"\s*(?:“[^“”]*”|\"[^\"]*\")\s*$")
_OF_SAME = re.compile(r"[\W_]*(?:he|she|it|they|instead)\b", re.IGNORECASE)
_OF_THAT = re.compile(r"[\W_]*(?:that|this)\b", re.IGNORECASE)
_POINTS_AHEAD = re.compile(
    r"[\W_]*it (?:(?:takes|took|will take)\b|(?:is|was|has been|had been|became) (?:\w+ )?"
    r"(?:\w+ed|known|thought|said|found|understood|clear|likely|possible|true|unclear)"
    r" (?:that|to|whether|how|why|they|he|she)\b)",
    re.IGNORECASE,
)
"""An "it" that stands for what follows: "It was long believed that …"."""


def _alternatives(patterns: Sequence[str]) -> str:
    return rf"(?i)[\s{OPENING_ENGLISH}(]*(?:{'|'.join(patterns)})"


_VERDICT = load_patterns("qualification_patterns", ("verdict",), _alternatives)
_QUALIFIES = load_patterns("qualification_patterns", ("verdict", "denial", "limit"), _alternatives)
_CONTRASTS = load_patterns("qualification_patterns", ("contrast",), _alternatives)
_HEARSAY = load_patterns("qualification_patterns", ("hearsay",), _alternatives)
_TAKES_BACK = load_patterns("qualification_patterns", ("takes_back",), _alternatives)
_AMENDS = load_patterns("qualification_patterns", ("amends",), _alternatives)


def is_verdict(sentence: str) -> bool:
    """Tell whether a sentence says that the one before it is right or wrong: "That is nonsense."."""
    return bool(_VERDICT.match(sentence))


def qualifies(sentence: str) -> bool:
    """Tell whether a sentence denies or limits the one before it: "It does not.", "Only in March."."""
    return bool(_QUALIFIES.match(sentence))


def contrasts(sentence: str) -> bool:
    """Tell whether a sentence stands against the one before it: "But the gate is shut."."""
    return bool(_CONTRASTS.match(sentence))


def is_hearsay(sentence: str) -> bool:
    """Tell whether a sentence says what is claimed, believed or was written, not that it is so."""
    return bool(_HEARSAY.match(sentence.strip()))


def takes_back(sentence: str) -> bool:
    """Tell whether a sentence announces a correction of what was said before: "We wrote that …"."""
    return bool(_TAKES_BACK.match(sentence))


def amends(sentence: str) -> bool:
    """Tell whether a sentence changes or deletes words of a rule: "“30 minutes” becomes “45 minutes”."."""
    return bool(_AMENDS.match(sentence))


def is_fragment(sentence: str) -> bool:
    """Tell whether a sentence is a word or two, which say nothing alone: "By mistake."."""
    return len(sentence.strip(DOUBLE_ENGLISH).split()) < _SHORT_WORDS


def points_back(sentence: str) -> bool:
    """Tell whether a sentence is not understood without the one before it."""
    if _POINTS_AHEAD.match(sentence):
        return False
    return (
        refers_back(sentence)
        or has_unnamed_person(sentence)
        or is_verdict(sentence)
        or leaves_out_noun(sentence)
        or bool(_SO_SAID.match(sentence))
    )


def leaves_out_noun(sentence: str) -> bool:
    """Tell whether "one" stands for a noun of the sentence before: "For a Japanese one, fifteen."."""
    return bool(_LEFT_OUT.search(sentence))


def answers_to(sentence: str, last: str) -> bool:
    """Tell whether a sentence says of the *last* one that it is so or not so, who says so, or when."""
    if is_verdict(sentence) or is_hearsay(last) or _SO_SAID.match(sentence):
        return True
    if _ONLY_QUOTED.match(last) and _OF_THAT.match(sentence):
        return True
    limits = qualifies(sentence) and len(sentence) <= MAX_LIMIT_CHARS
    return limits or (contrasts(sentence) and len(sentence) <= MAX_CONTRAST_CHARS)


def announces(sentence: str) -> bool:
    """Tell whether a sentence says that words follow, and none of them: "She told me why it matters."."""
    if any(sign in sentence for sign in DOUBLE_ENGLISH):
        return False
    words = words_of(sentence)
    said = [at for at, word in enumerate(words) if word in SPEECH_VERBS]
    return bool(said) and not _ASKED_BEHIND.isdisjoint(words[said[0] + 1 : said[0] + 4])


def goes_on(sentence: str, last: str, first: str) -> bool:
    """Tell whether a sentence says what those from *first* to *last* have not said yet.

    They are a word or two, announce words, or deny something and do not say yet what is right.
    """
    if last == first and announces(first) and sentence.lstrip()[:1] in OPENING_ENGLISH + DOUBLE_ENGLISH:
        return True
    if is_fragment(last) and (last == first or qualifies(last)):
        return True
    if takes_back(first) and _OF_THAT.match(last):
        return True
    denied = last == first and is_negated(last, "en")
    return denied and len(sentence) <= MAX_INSTEAD_CHARS and bool(_OF_SAME.match(sentence))
