"""Roots of words, for holding one sentence against another.

``stem`` leaves "approve" and "approved" apart, which is right for finding topics and wrong for finding
that one sentence denies the other. A lemmatizer's dictionary would do more; it costs more to load than
all that is left to gain: of the pairs we looked at, nearly all differed by this "e".
"""

import re

from retrieval.topics import stem

_SILENT_E = re.compile(r"(?<!al)(?<!an)(?<!er)(?<!ip)(?<!th)(?<!ps)e$")
"""Not "finale", "humane", "severe", "stripe", "clothe" and "corpse", which are other words without it."""
_LEAST = 6


def root(word: str) -> str:
    """Return a word without its endings and without the "e" that a verb loses with them."""
    short = stem(word)
    return _SILENT_E.sub("", short) if len(short) >= _LEAST else short
