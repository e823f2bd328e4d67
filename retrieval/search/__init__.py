"""Finding passages: BM25, dense vectors in FAISS, and late interaction."""

from retrieval.search.late_interaction import max_similarities
from retrieval.search.passages import VERSION, count_in_slices, encoded_text, passage_slices, passage_spans
from retrieval.search.searcher import (
    Searcher,
    fingerprint_of,
    note_fingerprint,
    read_fingerprint,
)

__all__ = [
    "VERSION",
    "Searcher",
    "count_in_slices",
    "encoded_text",
    "fingerprint_of",
    "max_similarities",
    "note_fingerprint",
    "passage_slices",
    "passage_spans",
    "read_fingerprint",
]
