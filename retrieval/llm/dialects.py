"""What servers of language models refuse of the common protocol, and how they are asked instead.

One protocol, many readings of it: some servers know no ``stream_options``, some models take
``max_completion_tokens`` only, or no temperature, or have a chat template without a system's turn. A refusal
names what it is about, so the next try leaves just that out. Asking for the least everybody takes would cost
those who take all: without ``stream_options`` nobody says what a call cost. Models that think aloud put it
into their text between ``<think>`` tags, which are no part of an answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from retrieval.llm.prompts import Message

REFUSALS = frozenset({400, 422, 500})
"""Statuses that mean a refusal; 500 because a chat template that raises is reported so by some."""
_SAYS_NOTHING = re.compile(r"(?:error code: 500|internal server error|none|\W)*")
_OF_FORMS = ("response_format", "json_schema", "json_object", "schema", "grammar", "structured output")
"""Words of a refusal that is about the form of the reply."""
_OF_TOOLS = (*_OF_FORMS, "tool", "function")
Structured = Literal["schema", "tool", "object", "none"]
_INSTEAD: dict[Structured, Structured] = {"schema": "tool", "tool": "object", "object": "none"}
_REPLY = "reply"
"""Name of the schema and of the tool."""
_OPENED, _CLOSED = "<think>", "</think>"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a server wants to be asked; the default is the protocol as it is written."""

    counts: bool = True
    """It takes ``stream_options``."""
    completion_limit: bool = False
    """The limit is named ``max_completion_tokens``."""
    temperature: bool = True
    system: bool = True
    """It takes a turn of the system; else its words open the first turn of the user."""
    structured: Structured = "schema"
    """How it takes the form of a reply: as ``response_format`` with a JSON schema, as a tool with the same
    schema that it has to call, as ``response_format`` with any JSON object, or not at all."""

    def arguments(
        self,
        messages: Sequence[Message],
        *,
        most: int,
        temperature: float,
        schema: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return what to send besides the model's name; *schema* is that of the reply, if it is JSON."""
        limit = "max_completion_tokens" if self.completion_limit else "max_tokens"
        sent: dict[str, Any] = {"messages": list(messages), limit: most}
        if not self.system:
            sent["messages"] = _merge_system_message(messages)
        if self.temperature:
            sent["temperature"] = temperature
        if self.counts:
            sent["stream_options"] = {"include_usage": True}
        if schema is not None and self.structured == "schema":
            named = {"name": _REPLY, "schema": schema}
            sent["response_format"] = {"type": "json_schema", "json_schema": named}
        elif schema is not None and self.structured == "tool":
            sent["tools"] = [{"type": "function", "function": {"name": _REPLY, "parameters": schema}}]
            sent["tool_choice"] = {"type": "function", "function": {"name": _REPLY}}
        elif schema is not None and self.structured == "object":
            sent["response_format"] = {"type": "json_object"}
        return sent

    def after(self, refusal: str, *, with_schema: bool = False) -> "Dialect | None":
        """Return how to ask after *refusal*, or None if that changes nothing.

        *with_schema*: a reply of a given form was asked for.
        """
        said = refusal.lower()
        formed = with_schema and self.structured != "none"
        about = _OF_TOOLS if self.structured == "tool" else _OF_FORMS
        if formed and any(word in said for word in about):
            return replace(self, structured=_INSTEAD[self.structured])
        if formed and _SAYS_NOTHING.fullmatch(said):
            return replace(self, structured="none")
        if self.counts and "stream_options" in said:
            return replace(self, counts=False)
        if not self.completion_limit and "max_completion_tokens" in said and "context" not in said:
            return replace(self, completion_limit=True)
        if self.temperature and "temperature" in said:
            return replace(self, temperature=False)
        no_system = "role" in said and ("system" in said or "alternate" in said)
        if self.system and (no_system or _SAYS_NOTHING.fullmatch(said)):
            return replace(self, system=False)  # a template that raises is often all there is to a bare 500
        return None


def is_too_long(refusal: str) -> bool:
    """Tell whether *refusal* says that the conversation does not fit the model's window."""
    said = refusal.lower()
    return "context" in said and any(word in said for word in ("length", "window", "size", "exceed"))


def _merge_system_message(messages: Sequence[Message]) -> list[Message]:
    first, *others = messages
    if first["role"] != "system" or not others:
        return list(messages)
    return [{**others[0], "content": f"{first['content']}\n\n{others[0]['content']}"}, *others[1:]]


class Spoken:
    """Takes a text in pieces and gives back what is not thinking aloud at its beginning."""

    def __init__(self) -> None:
        """Begin before the first piece."""
        self._held = ""
        self._state = "unknown"

    def hear(self, piece: str) -> str:
        """Return what is certain to belong to the answer once *piece* has come."""
        if self._state == "answer":
            return piece
        self._held += piece
        if self._state == "unknown":
            start = self._held.lstrip()
            if not start.startswith(_OPENED):
                return "" if _OPENED.startswith(start) else self._all()
            self._state = "thinking"
        _, closed, rest = self._held.partition(_CLOSED)
        if not closed:
            return ""
        self._held = rest.lstrip()
        return self._all()

    def rest(self) -> str:
        """Return what was held back for it might have been a tag; thoughts that never end are dropped."""
        return "" if self._state == "thinking" else self._all()

    def _all(self) -> str:
        held, self._held, self._state = self._held, "", "answer"
        return held
