"""Whether a claim is entailed, contradicted or not stated by sentences of the articles."""

from retrieval.claims.entailment import Judgement, Source, coverage, judge, sources_in
from retrieval.claims.extraction import (
    MOST,
    PASSAGES,
    Asserted,
    asserted_in,
    checked,
    corrected,
    denial_of,
    supporting,
)

__all__ = [
    "MOST",
    "PASSAGES",
    "Asserted",
    "Judgement",
    "Source",
    "asserted_in",
    "checked",
    "corrected",
    "coverage",
    "denial_of",
    "judge",
    "sources_in",
    "supporting",
]
