"""Dependency trees of English sentences, and the clauses in them."""

from retrieval.parsing.clauses import (
    Relations,
    describe_verb,
    extract_relations,
    find_markers,
    first_joined,
    is_stated,
    is_verb,
)
from retrieval.parsing.parser import Parsed, Token, parse, stop_words

__all__ = [
    "Parsed",
    "Relations",
    "Token",
    "describe_verb",
    "extract_relations",
    "find_markers",
    "first_joined",
    "is_stated",
    "is_verb",
    "parse",
    "stop_words",
]
