"""Prompt injection in articles: recognition, and what a model may read."""

from retrieval.safety.prompt_injection import (
    RULES,
    addressed,
    addressed_parts,
    asks_about_machines,
    attempt_of,
    chosen_for_readers,
    for_models,
    readable,
    touches,
)

__all__ = [
    "RULES",
    "addressed",
    "addressed_parts",
    "asks_about_machines",
    "attempt_of",
    "chosen_for_readers",
    "for_models",
    "readable",
    "touches",
]
