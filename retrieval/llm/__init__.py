"""The optional language model: client, prompts, choices of sentences, checked drafts, translation."""

from retrieval.llm.answers import LlmAnswerer, OnDraft, extractive_answer
from retrieval.llm.choice import ANSWER_SCHEMA, read_choice
from retrieval.llm.choice_prompts import choice_messages
from retrieval.llm.chooser import Chooser
from retrieval.llm.chosen_answers import Charge, ChosenAnswers, not_chosen
from retrieval.llm.chosen_claims import ChosenClaims
from retrieval.llm.chosen_summaries import ChosenLines, ChosenSummaries
from retrieval.llm.client import LanguageModel, OnText, estimate_tokens
from retrieval.llm.digests import LlmDigester
from retrieval.llm.draft_check import parse_draft
from retrieval.llm.prompts import Message
from retrieval.llm.query_rewriting import rewrite_query
from retrieval.llm.summaries import LlmSummarizer, extractive_summary
from retrieval.llm.translation import translate_question, translate_statements

__all__ = [
    "ANSWER_SCHEMA",
    "Charge",
    "Chooser",
    "ChosenAnswers",
    "ChosenClaims",
    "ChosenLines",
    "ChosenSummaries",
    "LanguageModel",
    "LlmAnswerer",
    "LlmDigester",
    "LlmSummarizer",
    "Message",
    "OnDraft",
    "OnText",
    "choice_messages",
    "estimate_tokens",
    "extractive_answer",
    "extractive_summary",
    "not_chosen",
    "parse_draft",
    "read_choice",
    "rewrite_query",
    "translate_question",
    "translate_statements",
]
