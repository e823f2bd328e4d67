"""Extractive summaries of one article."""

from retrieval.summaries.selection import Length, choose_sentences
from retrieval.summaries.summarizer import summarized

__all__ = ["Length", "choose_sentences", "summarized"]
