"""Extractive summaries of one article."""

from retrieval.summaries.candidates import split_for_summary
from retrieval.summaries.selection import Length, choose_line, most_words
from retrieval.summaries.summarizer import summarize_text

__all__ = ["Length", "choose_line", "most_words", "split_for_summary", "summarize_text"]
