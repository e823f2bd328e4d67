"""A line of text as words and signs, with each quotation as one word.

What people say is masked, so that it is never mistaken for what the article says of them.
"""

import re
from dataclasses import dataclass

from retrieval.cues import BASE_VERBS, BEFORE_BASE, DETERMINERS, PREPOSITIONS, SPEECH_VERBS

MASK = "\ufffc"
STOPS = frozenset(".!?…")
"""Signs that end a sentence."""
_TOKEN = re.compile(
    MASK + r"+"
    r"|(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Sgt|Capt|Rev|Prof|St|Jr|Sr|Hon|Del|Maj|Adm|Messrs|vs|No)\."
    r"|\((?:[A-Z]-)?[A-Z][\w.]{0,9}\)|[A-Z]-(?:[A-Z][a-z]+\.|(?:[A-Z]\.){2})|(?:[A-Z]\.){1,4}(?=[\s,A-Z’'])"
    r"|\w+(?:[’'\-.&]\w+)*[’'](?=\s[A-Z])|\w+(?:[’'\-.&]\w+)*|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a sign, or a whole quotation of the text."""

    start: int
    end: int
    text: str
    lower: str
    """Lower case, without a possessive ending."""
    opens: bool
    """Whether it begins a sentence."""

    @property
    def is_quotation(self) -> bool:
        """Whether it stands for a whole quotation."""
        return self.text[0] == MASK

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_owner(self) -> bool:
        """Whether it ends in a possessive."""
        return self.text.endswith(("’s", "'s", "’", "'")) and len(self.text) > 1


def words_of(masked: str, start: int, end: int) -> list[Word]:
    """Return the words, signs and quotations of ``masked[start:end]``."""
    found: list[Word] = []
    opens = True
    for match in _TOKEN.finditer(masked, start, end):
        text = match.group()
        if text[0] == "(" and len(text) > 1:
            continue  # a party and state, "(D-Mich.)", or a short form
        lower = text.lower()
        if lower.endswith(("’s", "'s")):
            lower = lower[:-2]
        found.append(Word(match.start(), match.end(), text, lower, opens))
        opens = text in STOPS or (opens and not text[0].isalnum())
    return found


def is_verb(words: list[Word], at: int) -> bool:
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


def is_finite(words: list[Word], at: int) -> bool:
    """Return whether the verb at *at* has a subject of its own."""
    if words[at].lower.endswith("ing"):
        return False
    back = at - 1
    while back >= 0 and words[back].lower.endswith("ly"):
        back -= 1
    return back < 0 or words[back].lower not in {"to", "by", "for", "of", "and", "or"}
