"""Whether the best sentence answers a question at all, or only looks like an answer.

Which of some sentences answers best, and whether the best one answers, are two questions. The cross-encoder
is good at the first: a lookalike (the same fact about somebody else, a number that is not given) scores with
it as an answer does. The reader was trained on lookalikes and knows more of the second.
"""

from typing import get_args

from retrieval.answers.question_types import AnswerType, Question, answer_type, holds

LOGIT, PENALTY, READING = 0.15, 0.5, 0.6
"""Weights of the cross-encoder's logit, the penalties and the reader's score. A logistic regression of
"answered, and by this sentence" on 358 questions of squad2_open gave .21, .52 and .63; the logit is taken for
less because the regression trusted it more than people's questions, which were not fitted, bear out (the
reader has seen six of the eight articles of squad2_open in training)."""
EXACTING = 0.5
"""Taken off where a person or a quantity is asked for: what looks like an answer answers such questions less
often (.57 for a person and .41 for a quantity in the same regression)."""
WRONG_SPAN = 1.5
"""Taken off where the words that the reader took for the answer hold no sum of money, date, … if one is
asked for (1.4 there; 2 of 300 answers lose by it)."""
FAR, OFF_SUBJECT = -7.0, 2.0
"""Below this logit a sentence is about something else, whatever the reader finds in it, and less sure:
no answer of 300 lies there."""
BIAS = 0.2
"""Puts the point at which .93 of squad2_open's answerable questions are answered at 0. At that point, before
and with these figures: lookalikes of squad2_open refused .51, .58; of people .61, .70, with .54, .58 of its
answerable questions answered by the right sentence; of context .66, .75, with .70, .70."""
LIMIT = 6.0
"""Readings count up to here either way."""
_EXACTING: frozenset[AnswerType] = frozenset(
    ("person", "share", "weight", "distance", "money", "year", "clock", "count")
)
_CHECKED = frozenset(get_args(AnswerType)) - {"person", "place", "reason"}
"""Types that a few words can be seen to hold; a person may be "she", a place "here"."""


def answerability(asks: Question, *, logit: float, penalty: float, reading: float, answering: str) -> float:
    """Return how surely a sentence answers: about log-odds, but 0 is where .93 of the answers are kept.

    Args:
        asks: The question.
        logit: The cross-encoder's, of the sentence with what stands over it.
        penalty: What ``penalties.py`` takes off that.
        reading: The reader's score of the sentence between those around it; of a row or an item at least 0.
        answering: The words that the reader takes for the answer.
    """
    wanted = answer_type(asks.text)
    score = LOGIT * logit - PENALTY * penalty + READING * min(LIMIT, max(-LIMIT, reading)) + BIAS
    if logit < FAR:
        score -= OFF_SUBJECT
    if wanted in _EXACTING:
        score -= EXACTING
    if wanted is not None and wanted in _CHECKED and not holds(wanted, asks.text, answering):
        score -= WRONG_SPAN
    return score
