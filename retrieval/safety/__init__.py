"""Prompt injection in articles: recognition, and what a model may read."""

from retrieval.safety.prompt_injection import (
    RULES,
    asks_about_machines,
    choose_for_readers,
    find_first_injection,
    find_injections,
    find_injections_by_part,
    for_models,
    readable,
    touches,
)

__all__ = [
    "RULES",
    "asks_about_machines",
    "choose_for_readers",
    "find_first_injection",
    "find_injections",
    "find_injections_by_part",
    "for_models",
    "readable",
    "touches",
]
