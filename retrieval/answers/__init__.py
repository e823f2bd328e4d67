"""From passages to an extractive answer with citations."""

from retrieval.answers.follow_ups import MAX_FOLLOW_UP_WORDS, understood
from retrieval.answers.freshness import warning
from retrieval.answers.next_questions import QUESTIONS, candidates, different, leads_on
from retrieval.answers.passage_sources import LibraryPassages, RecordedPassages, UnstoredPassages
from retrieval.answers.pipeline import AnswerLength, answer_from, retrieve
from retrieval.answers.question_types import MAX_QUESTION_CHARS, MIN_QUESTION_CHARS, checked_question

__all__ = [
    "MAX_FOLLOW_UP_WORDS",
    "MAX_QUESTION_CHARS",
    "MIN_QUESTION_CHARS",
    "QUESTIONS",
    "AnswerLength",
    "LibraryPassages",
    "RecordedPassages",
    "UnstoredPassages",
    "answer_from",
    "candidates",
    "checked_question",
    "different",
    "leads_on",
    "retrieve",
    "understood",
    "warning",
]
