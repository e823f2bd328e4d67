"""Quotations in articles: where they are, who said them, and whether words are exact."""

from retrieval.quotes.exact_match import MAX_CHARS, check_words
from retrieval.quotes.extraction import quotation_slices
from retrieval.quotes.speaker_names import is_speaker, match_people, name_parts

__all__ = [
    "MAX_CHARS",
    "check_words",
    "is_speaker",
    "match_people",
    "name_parts",
    "quotation_slices",
]
