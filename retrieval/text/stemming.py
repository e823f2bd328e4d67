"""Endings of English words, taken off so that forms of one word can be compared.

Three strengths, each measured for its use and none a substitute for another. A lemmatizer's dictionary
would do more; it costs more to load than all that is left to gain: of the pairs we looked at, nearly all
differed by the silent "e" that ``root`` takes off.
"""

import re

_ENDING = re.compile(r"(?:ies|ing|ed|es|s|y)$")
_SHORTEST_STEMMED = 5
_SILENT_E = re.compile(r"(?<!al)(?<!an)(?<!er)(?<!ip)(?<!th)(?<!ps)e$")
"""Not "finale", "humane", "severe", "stripe", "clothe" and "corpse", which are other words without it."""
_SHORTEST_WITH_SILENT_E = 6
_SUMMARY_ENDING = re.compile(r"(?:[’']s|ies|ing|ed|es|s|ly)$")


def stem(word: str) -> str:
    """Return a lower-case word without its commonest endings, for topics: "votes" and "voted" are one."""
    return _ENDING.sub("", word) if len(word) >= _SHORTEST_STEMMED else word


def root(word: str) -> str:
    """Return the stem of a word without the "e" that a verb loses with its endings, for comparing claims.

    ``stem`` leaves "approve" and "approved" apart, which is right for finding topics and wrong for
    finding that one sentence denies the other.
    """
    short = stem(word)
    return _SILENT_E.sub("", short) if len(short) >= _SHORTEST_WITH_SILENT_E else short


def summary_stem(word: str) -> str:
    """Return a word in lower case without possessives, endings and "-ly", for the choice of a summary.

    Short words are stemmed too, and "-y" stays: the chances in ``summaries`` were fitted to these stems.
    """
    return _SUMMARY_ENDING.sub("", word.lower())
