"""Whether a sentence denies, limits or corrects the one before it, so that neither is shown alone.

The patterns stand in ``data/qualification.toml``.
"""

import re
from collections.abc import Sequence

from retrieval.text import DOUBLE_ENGLISH, OPENING_ENGLISH, load_patterns

_SHORT_WORDS = 4


def _load(*keys: str) -> re.Pattern[str]:
    return load_patterns("qualification", keys, _alternatives)


def _alternatives(patterns: Sequence[str]) -> str:
    return rf"(?i)[\s{OPENING_ENGLISH}(]*(?:{'|'.join(patterns)})"


_VERDICT = _load("verdict")
_QUALIFIES = _load("verdict", "denial", "limit")
_CONTRASTS = _load("contrast")
_HEARSAY = _load("hearsay")
_TAKES_BACK = _load("takes_back")
_AMENDS = _load("amends")


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
