"""The optional language model: client, prompts, checked drafts, translation."""

from retrieval.llm.answers import LlmAnswerer, OnDraft, extractive_answer
from retrieval.llm.client import LanguageModel, OnText, estimated
from retrieval.llm.digests import LlmDigester
from retrieval.llm.draft_check import marked_sentences
from retrieval.llm.prompts import Message
from retrieval.llm.query_rewriting import rewritten
from retrieval.llm.summaries import LlmSummarizer, extractive_summary
from retrieval.llm.translation import question_in, statements_in

__all__ = [
    "LanguageModel",
    "LlmAnswerer",
    "LlmDigester",
    "LlmSummarizer",
    "Message",
    "OnDraft",
    "OnText",
    "estimated",
    "extractive_answer",
    "extractive_summary",
    "marked_sentences",
    "question_in",
    "rewritten",
    "statements_in",
]
