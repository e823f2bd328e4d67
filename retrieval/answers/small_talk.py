"""What people say to the bot that is no question: farewells, thanks, a yes, a greeting."""

import re
from typing import Literal

from retrieval.text import load_groups

SmallTalk = Literal["farewell", "thanks", "assent", "greeting"]

_PHRASES = load_groups("small_talk", "phrases")
_FILLERS = load_groups("small_talk", "around")["fillers"]
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONGEST = 4
"""Words of the longest phrase."""
_KIND_OF = {phrase: kind for kind, phrases in _PHRASES.items() for phrase in phrases}
_ORDER: tuple[SmallTalk, ...] = ("farewell", "thanks", "greeting", "assent")
"""Which kind a line is that has several: "ok, thanks, bye" is a farewell."""


def small_talk(line: str) -> SmallTalk | None:
    """Return what kind of small talk a line is; ``None`` if it says anything else, or nothing."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(line)]
    kinds: set[str] = set()
    at = fillers = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            if phrase in _KIND_OF or phrase in _FILLERS:
                kinds.update([_KIND_OF[phrase]] if phrase in _KIND_OF else [])
                fillers += phrase not in _KIND_OF
                at += length
                break
        else:
            return None
    if fillers and kinds == {"assent"} and line.rstrip().endswith("?"):
        return None  # "ok, and then?"
    return next((kind for kind in _ORDER if kind in kinds), None)
