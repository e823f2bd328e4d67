"""What lowers the score of a sentence, and what raises it: what the cross-encoder does not see.

It knows what a sentence is about better than what it says: another year, another section and no sum of money
at all cost a sentence little with it.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from retrieval.answers.candidates import Candidate
from retrieval.answers.coverage import (
    YEARS_AGO,
    asked_words,
    conflicts,
    is_dated_back,
    is_of_another,
    is_of_namesake,
    share_elsewhere,
    unmet,
    word_keys,
)
from retrieval.answers.freshness import asks_about_now, asks_who_is
from retrieval.answers.parts import Parts, asked_place, is_at_place, label_words
from retrieval.answers.question_types import AnswerType, Question, answer_type, can_answer, holds
from retrieval.text import Identifier

WRONG_KIND = 3.0
"""Taken off the score of a sentence that cannot be what is asked for: no number for "how many"."""
WRONG_SPEAKER = 8.0
"""Taken off for "what did she say" when the words are somebody else's: worse than no answer."""
WRONG_TYPE = 3.0
"""Taken off for a sentence without what is asked for: no sum of money for "how much did it cost". As good as
1 to 3 by type on 358 questions of squad2_open, 140 of people and 220 of context."""
CONFLICT = 5.0
"""Taken off for a sentence about another year, day or number than the one asked about."""
OTHER_ONE = 5.0
"""Taken off for a sentence about the western herd where the eastern one is asked about."""
NAMESAKE = 5.0
"""Taken off for a sentence about whoever an article is named after, if another of the name is asked about."""
DATED_BACK = 3.0
"""Taken off for a sentence about years gone by if a person, a number, … of the present is asked for: 3 of 18
lookalikes of people that were answered are refused (few questions of any set ask so). Not where it is asked
whether something is still so: what ended it may answer."""
FORMER, YEARS_IN_PLACE = 6.0, 8
"""Taken off for a sentence about years gone by if it is asked who holds a place, and how many years one may
still hold it where "now" is not said: whoever was mayor in 1957 is not the answer, however well it reads."""
AHEAD_CHARS = 800
"""In so many characters before a sentence without a year one is looked for."""
IDENTIFIED = 3.0
"""Added where the code that is asked for stands, and for the field of a form that is."""
_LABEL = re.compile(r"(?P<label>[^:\n.?!]{2,40}):\s\S")
MIN_CAPITALS = 2
UNMET = 2.0
"""Taken off for words of the question that stand nowhere near a sentence but in other passages, by their
share. Against .5 for all words that it lacks: right or rightly refused .679 to .684 of 358 questions of
squad2_open, .636 to .650 of 140 of people, .709 to .727 of 220 of context, .750 to .762 of 140 written ones
on passages that the reader has not seen; at 3 it is .679, .636, .723 and .769."""
AT_PLACE = 3.0
"""Added for the third item if "the third step" is asked for."""
NAMED_PART = 1.0
"""Added for each heading or row around a sentence that the question names."""
MAX_NAMED = 2
SAME_QUESTION = 2.0
"""Added for an answer to a question of the article all of whose words the question has."""
OTHER_PART = 4.0
"""Taken off for a sentence under another heading, or of another row, than the one the question names."""


class Penalties:
    """The penalties of one question; *known* are the keys of the words of all passages found for it."""

    def __init__(self, asks: Question, identifiers: Sequence[Identifier], known: frozenset[str]) -> None:
        self._asks = asks
        self._known = known
        self._identifiers = identifiers
        self._wanted = answer_type(asks.text)
        self._words = label_words(asks.text)
        self._place = asked_place(asks.text)
        self._who_is = self._wanted == "person" and asks_who_is(asks.text)
        self._about_now = self._wanted is not None and asks_about_now(asks.text)

    def of(self, one: Candidate, parts: Parts) -> float:
        """Return what to take off the logit of a candidate; less than nothing if it is to be raised."""
        of_words = self._of_words(one, parts.structure.text)
        return self._of_type(one) + of_words - self._of_names(one) + self._of_place(one, parts)

    def _of_type(self, one: Candidate) -> float:
        """Judge whether it holds the type of thing that is asked for."""
        asks, penalty = self._asks, 0.0
        if not can_answer(asks, f"{one.text} {one.notes}", one.speakers):
            penalty += WRONG_SPEAKER if asks.kind in ("speech", "quote") else WRONG_KIND
        if self._wanted is not None and not _may_hold(self._wanted, asks.text, one):
            penalty += WRONG_TYPE
        return penalty

    def _of_words(self, one: Candidate, text: str) -> float:
        """Judge what it leaves out of the question, and what it contradicts."""
        around = f"{one.whole} {one.before} {one.after}"
        penalty = UNMET * share_elsewhere(self._asks.text, around, self._known)
        if conflicts(self._asks.text, f"{one.words} {one.text}", f"{around} {one.text}"):
            penalty += CONFLICT
        if is_of_another(self._asks.text, one.words):
            penalty += OTHER_ONE
        if is_of_namesake(self._asks.text, one.article.title, text, around):
            penalty += NAMESAKE
        published = one.article.published
        if self._who_is:
            ahead = text[max(0, one.core.start - AHEAD_CHARS) : one.core.start]
            ago, now = (YEARS_AGO, datetime.now(UTC).year) if self._about_now else (YEARS_IN_PLACE, 0)
            if is_dated_back(one.words, text, published, ahead=ahead, ago=ago, now=now):
                penalty += FORMER
        elif self._about_now and is_dated_back(one.words, text, published):
            penalty += DATED_BACK
        return penalty

    def _of_names(self, one: Candidate) -> float:
        """Return what is added for the code, or the field of a form, that is asked for."""
        shown = "\n".join((*one.setting, one.text))
        found = IDENTIFIED if any(name.stands_in(shown) for name in self._identifiers) else 0.0
        label = _LABEL.match(one.text)
        named = label_words(label["label"]) if label is not None else frozenset()
        return found + (IDENTIFIED if named and named <= self._words else 0.0)

    def _of_place(self, one: Candidate, parts: Parts) -> float:
        """Judge the section, the row or the item in which it stands."""
        if parts.is_elsewhere(one.core, self._words):
            penalty = OTHER_PART
        else:
            penalty = -NAMED_PART * min(MAX_NAMED, parts.named_parts(one.core, self._words))
        answered = asked_words(one.question)
        if answered and not unmet(answered, word_keys(self._asks.text)):
            penalty -= SAME_QUESTION
        there = is_at_place(self._place, one.core, parts) if self._place is not None else None
        if there is not None:
            penalty += -AT_PLACE if there else OTHER_PART
        return penalty


def _may_hold(wanted: AnswerType, question: str, one: Candidate) -> bool:
    """Tell whether a candidate holds what is asked for; in a text without capitals names cannot be seen."""
    if one.question and answer_type(one.question) == wanted:
        return True  # "Why do you stop now?" – "My shoulders."
    words = f"{one.words} {one.notes}"
    if wanted in ("person", "place", "reason"):
        words = f"{one.text} {words}"  # a figure has to stand in the sentence, "he" may be named before it
    if wanted in ("person", "place") and sum(char.isupper() for char in words) <= MIN_CAPITALS:
        return True
    return holds(wanted, question, words)
