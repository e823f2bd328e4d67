"""Quotations in articles: where they are, who said them, and whether words are exact."""

from retrieval.quotes.exact_match import MAX_CHARS, check_words
from retrieval.quotes.extraction import find_quotations, quotation_slices
from retrieval.quotes.speaker_names import name_parts, people_meant, said_by

__all__ = [
    "MAX_CHARS",
    "check_words",
    "find_quotations",
    "name_parts",
    "people_meant",
    "quotation_slices",
    "said_by",
]
