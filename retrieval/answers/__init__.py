"""From passages to an extractive answer with citations."""

from retrieval.answers.coverage import near_sentences
from retrieval.answers.extractive import THRESHOLD, AnswerLength, as_unsure
from retrieval.answers.follow_ups import (
    MAX_FOLLOW_UP_WORDS,
    FollowUp,
    asks_for_more,
    listed_number,
    says_nothing_alone,
    understand,
)
from retrieval.answers.freshness import add_date, warning
from retrieval.answers.next_questions import QUESTIONS, candidates, different, leads_on
from retrieval.answers.passage_sources import LibraryPassages, RecordedPassages, UnstoredPassages
from retrieval.answers.pipeline import answer_from, retrieve
from retrieval.answers.question_types import (
    MAX_QUESTION_CHARS,
    MIN_QUESTION_CHARS,
    normalize_question,
    read_question,
)
from retrieval.answers.sentence_context import add_context
from retrieval.answers.small_talk import small_talk
from retrieval.answers.spelling import TypedQuestion, read_typing, respell_names
from retrieval.answers.vague_questions import (
    MAX_VAGUE_WORDS,
    VagueQuestions,
    asks_about,
    names_article,
    names_genre,
    own_words,
    says_something,
    without_asker,
    without_name,
)

__all__ = [
    "MAX_FOLLOW_UP_WORDS",
    "MAX_QUESTION_CHARS",
    "MAX_VAGUE_WORDS",
    "MIN_QUESTION_CHARS",
    "QUESTIONS",
    "THRESHOLD",
    "AnswerLength",
    "FollowUp",
    "LibraryPassages",
    "RecordedPassages",
    "TypedQuestion",
    "UnstoredPassages",
    "VagueQuestions",
    "add_context",
    "add_date",
    "answer_from",
    "as_unsure",
    "asks_about",
    "asks_for_more",
    "candidates",
    "different",
    "leads_on",
    "listed_number",
    "names_article",
    "names_genre",
    "near_sentences",
    "normalize_question",
    "own_words",
    "read_question",
    "read_typing",
    "respell_names",
    "retrieve",
    "says_nothing_alone",
    "says_something",
    "small_talk",
    "understand",
    "warning",
    "without_asker",
    "without_name",
]
