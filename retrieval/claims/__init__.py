"""Whether a claim is entailed, contradicted or not stated by sentences of the articles."""

from retrieval.claims.entailment import Judgement, Source, coverage, judge, sources_in
from retrieval.claims.extraction import (
    MOST,
    PASSAGES,
    Asserted,
    check_claim,
    cite_nearest,
    corrected,
    denial_of,
    extract_claims,
    supporting,
)

__all__ = [
    "MOST",
    "PASSAGES",
    "Asserted",
    "Judgement",
    "Source",
    "check_claim",
    "cite_nearest",
    "corrected",
    "coverage",
    "denial_of",
    "extract_claims",
    "judge",
    "sources_in",
    "supporting",
]
