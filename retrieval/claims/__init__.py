"""Whether a claim is entailed, contradicted or not stated by sentences of the articles."""

from retrieval.claims.entailment import Judgement, coverage, judge, sources_in
from retrieval.claims.extraction import (
    MOST,
    PASSAGES,
    Asserted,
    add_newer_statements,
    check_claim,
    cite_nearest,
    denial_of,
    extract_claims,
    find_supporting_passages,
)
from retrieval.claims.statement import Source

__all__ = [
    "MOST",
    "PASSAGES",
    "Asserted",
    "Judgement",
    "Source",
    "add_newer_statements",
    "check_claim",
    "cite_nearest",
    "coverage",
    "denial_of",
    "extract_claims",
    "find_supporting_passages",
    "judge",
    "sources_in",
]
