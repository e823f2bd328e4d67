"""Extractive summaries of one article."""

from retrieval.summaries.selection import Length, choose_line, choose_sentences
from retrieval.summaries.summarizer import summarize_text

__all__ = ["Length", "choose_line", "choose_sentences", "summarize_text"]
