"""Whether a token is a verb that announces speech, and whether it has a subject of its own."""

from retrieval.cues import BASE_VERBS, BEFORE_BASE, DETERMINERS, PREPOSITIONS, SPEECH_VERBS
from retrieval.tokenization import Token


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
