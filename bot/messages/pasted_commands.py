"""Commands that arrive as plain text, because somebody pasted ``/ask question: …`` into a message."""

import re

_COMMAND = re.compile(r"\s*/(?P<name>[a-z]+)(?=\s|$)(?P<rest>.*)", re.DOTALL)
_QUESTION = re.compile(r"(?:.*?\bquestion\s*:)?\s*(?P<question>.*)", re.DOTALL)


def find_pasted_command(text: str) -> str | None:
    """Return the name of the command with which a message begins, without its slash; else ``None``."""
    found = _COMMAND.match(text)
    return found["name"] if found else None


def strip_pasted_ask(text: str) -> str:
    """Return the question of a pasted ``/ask``; every other text as it is."""
    found = _COMMAND.match(text)
    if found is None or found["name"] != "ask":
        return text
    asked = _QUESTION.match(found["rest"])
    return asked["question"].strip() if asked else ""
