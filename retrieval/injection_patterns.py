"""Patterns of text that speaks to a language model instead of to readers (``data/injection_patterns.toml``).

They are matched against folded, lower-case text with single spaces (see ``injections.py``).
"""

import re
from collections.abc import Sequence

from retrieval.word_lists import load_fragment, load_pattern, load_patterns

_DO = load_fragment("injection_patterns", "DO")
_START = load_fragment("injection_patterns", "START")


def _any_of(rules: Sequence[str]) -> str:
    """Return one pattern for all; beginnings in common are tried once, which takes a third of the time."""
    grouped: list[str] = []
    left = list(rules)
    for beginning in (_DO, _START, r"\b"):
        ends = [rule.removeprefix(beginning) for rule in left if rule.startswith(beginning)]
        left = [rule for rule in left if not rule.startswith(beginning)]
        if ends:
            grouped.append(f"{beginning}(?:{'|'.join(ends)})")
    return "|".join((*grouped, *left))


TOKENS = load_pattern("injection_patterns", "tokens")
"""Marks of the templates that chat models and their callers use; all that follows is theirs."""
HEADINGS = load_pattern("injection_patterns", "headings")
"""Headings over orders for a model; the rest of the paragraph is under them."""
ORDERS = load_patterns(
    "injection_patterns",
    (
        "leave_instructions",
        "change_role",
        "address_machine",
        "dictate_answer",
        "leak_secrets",
        "ping_and_link",
    ),
    join=_any_of,
)
"""How orders to language models are worded in English, and marks that mean the same everywhere."""
ORDERS_ABROAD = load_patterns("injection_patterns", ("orders_abroad",), join=_any_of)
"""How they are worded in other languages; accents are folded away before."""
TURN = load_pattern("injection_patterns", "turn", re.IGNORECASE)
"""A line that opens a turn of a chat: who speaks, and what."""
TURN_WORDS = load_pattern("injection_patterns", "turn_words", re.IGNORECASE)
"""What a turn of ``system`` or ``assistant`` says."""
CONTINUES = load_pattern("injection_patterns", "continues")
"""How a sentence begins that goes on giving orders after one that did."""
ABOUT_MACHINES = load_pattern("injection_patterns", "about_machines")
"""Words of a question that is about what a text says to machines."""
LOOKALIKES = str.maketrans("аеорсухіјѕԁӏοαερυνι", "aeopcyxijsdloaepuvi")
MIXED_WORD = re.compile(r"(?<!\w)(?=\w*[a-z])(?=\w*[\u0370-\u04ff\u0500-\u052f])\w+")
"""A word of Latin letters and letters that only look like them."""
