"""Extractive summaries of one article."""

from retrieval.summaries.salience import Unit, terms_of
from retrieval.summaries.selection import Length, choose_sentences, find_units, pieces_of
from retrieval.summaries.summarizer import summarize_text

__all__ = ["Length", "Unit", "choose_sentences", "find_units", "pieces_of", "summarize_text", "terms_of"]
