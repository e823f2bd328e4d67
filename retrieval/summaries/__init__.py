"""Extractive summaries of one article."""

from retrieval.summaries.selection import Length, choose_line
from retrieval.summaries.summarizer import summarize_text

__all__ = ["Length", "choose_line", "summarize_text"]
