"""What comes over the line from a language model's server, bounded and of the kinds it should be.

The server is somebody else's program: it may stream without end, send what is no answer, or point to
another host. The official library follows, unpacks and builds whatever comes; this stands before it
(the bytes) and behind it (the pieces).
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx2
from openai import DefaultAsyncHttpxClient

from retrieval.domain import Tokens
from retrieval.errors import ModelFailed
from retrieval.messages import message

MOST_BYTES = 8_000_000
"""Of one response; a token takes some 300 bytes of a stream."""
MOST_TOKENS = 10_000_000
"""What a call may say it cost; more, or less than nothing, is nonsense."""


NO_ANSWER = message("its server sent something that is not an answer")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one event of a stream adds."""

    text: str = ""
    ended: str = ""
    """Why the text ends here: stop, length, …"""
    tokens: Tokens | None = None


def piece_of(chunk: Any) -> Piece:
    """Return what a chunk says; the library builds chunks without looking at what is in them.

    Raises:
        ModelFailed: It is of another shape than the protocol's.
    """
    choices = getattr(chunk, "choices", None) or []
    tokens = _tokens(getattr(chunk, "usage", None))
    if not isinstance(choices, list) or not hasattr(chunk, "choices"):
        raise ModelFailed(NO_ANSWER)
    if not choices:
        return Piece(tokens=tokens)
    delta = getattr(choices[0], "delta", None)
    text = getattr(delta, "content", None) or _arguments_of(delta)
    ended = getattr(choices[0], "finish_reason", None) or ""
    if not isinstance(text, str) or not isinstance(ended, str) or isinstance(choices[0] or "", str):
        raise ModelFailed(NO_ANSWER)
    if delta is not None and not hasattr(delta, "content"):
        raise ModelFailed(NO_ANSWER)
    # Half a character of JSON's notation is none; nothing that stores or sends text takes it.
    return Piece(text.encode("utf-8", "replace").decode(), ended, tokens)


def _arguments_of(delta: Any) -> Any:
    """Return the next part of what a tool is called with; empty if none is called.

    Of several calls only the first counts: there is one tool, and it has to be called once.
    """
    calls = getattr(delta, "tool_calls", None) or []
    first = calls[0] if isinstance(calls, list) and calls else None
    if first is None or getattr(first, "index", None):
        return ""
    return getattr(getattr(first, "function", None), "arguments", None) or ""


def client() -> httpx2.AsyncClient:
    """Return a client that sends to the address it is given and to no other, and reads only so much.

    The library would follow a redirect, with the question and passages, wherever it points.
    """
    return DefaultAsyncHttpxClient(
        follow_redirects=False, headers={"Accept-Encoding": "identity"}, event_hooks={"response": [_bound]}
    )


async def _bound(response: httpx2.Response) -> None:
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise ModelFailed(NO_ANSWER)  # we asked for plain bytes; packed ones have no bound
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _Bounded(response.stream)


class _Bounded(httpx2.AsyncByteStream):
    """A body that fails where it gets too long."""

    def __init__(self, body: httpx2.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        room = MOST_BYTES
        async for part in self._body:
            room -= len(part)
            if room < 0:
                raise ModelFailed("its answer does not end")
            yield part

    async def aclose(self) -> None:
        await self._body.aclose()


def _tokens(usage: Any) -> Tokens | None:
    counts = [getattr(usage, name, None) for name in ("prompt_tokens", "completion_tokens")]
    if usage is None or not all(isinstance(one, int) and 0 <= one <= MOST_TOKENS for one in counts):
        return None
    return Tokens(counts[0], counts[1])  # type: ignore[arg-type] # both were looked at
