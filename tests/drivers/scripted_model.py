"""A server on loopback that speaks the OpenAI protocol and says what a test tells it to."""

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

SCRIPT = web.AppKey("script", object)


@dataclass
class Script:
    """What the next calls get; the last one is repeated."""

    texts: list[str] = field(default_factory=lambda: ["The harbor was deepened in 1907 [1]."])
    statuses: list[int] = field(default_factory=lambda: [200])
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    hangs_at: int | None = None
    """Number of the call, from 1, that never gets an answer."""
    gap: asyncio.Event | None = None
    """Waited for in the middle of a text."""
    cut_after: int | None = None
    """Characters after which the connection is dropped."""
    end: str = "stop"
    """How a text ends: stop, length (the limit of tokens) or never (the stream just stops)."""
    usage: bool = True
    refuses: dict[str, tuple[int, str | dict]] = field(default_factory=dict)
    """By field of a call, or role of a turn: the status and the words or JSON it is refused with."""
    first: dict | None = None
    """A chunk sent before the text."""
    body: bytes | None = None
    """Sent instead of a stream."""
    raw: bytes | None = None
    """Sent as the stream, ``times`` over or until nobody listens, and its end after it."""
    times: int = 1
    redirect: str | None = None
    """Where every call is sent on to."""
    calls: list[dict] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def _next(items):
    return items.pop(0) if len(items) > 1 else items[0]


def _chunk(script, **choice):
    row = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
    return b"data: " + json.dumps({**row, "choices": [{"index": 0, **choice}]}).encode() + b"\n\n"


def _refusal(script):
    """Return the response to a call that has something in it that is refused."""
    call = script.calls[-1]
    said = {*call, *(turn["role"] for turn in call["messages"])}
    for name, (status, words) in script.refuses.items():
        if name in said:
            text = words if isinstance(words, str) else json.dumps(words)
            return web.Response(text=text, status=status, headers={"x-should-retry": "false"})
    return None


async def _respond(request):
    script = request.app[SCRIPT]
    script.calls.append(await request.json())
    script.keys.append(request.headers.get("Authorization", ""))
    await asyncio.sleep(script.delay_s)
    if len(script.calls) == script.hangs_at:
        await asyncio.Event().wait()
    status = _next(script.statuses)
    if status != 200:
        return web.json_response({"error": {"message": "no"}}, status=status, headers=script.headers)
    if refused := _refusal(script):
        return refused
    if script.redirect is not None:
        return web.Response(status=307, headers={"Location": script.redirect})
    if script.body is not None:
        return web.Response(body=script.body, content_type="text/html", headers=script.headers)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    await (_write_raw if script.raw is not None else _write_text)(request, response)
    return response


async def _write_raw(request, response):
    script = request.app[SCRIPT]
    for _ in range(script.times):
        try:
            await response.write(script.raw)
        except ConnectionError:
            return
    await response.write(_chunk(script, delta={}, finish_reason="stop"))


async def _write_text(request, response):
    script = request.app[SCRIPT]
    if script.first is not None:
        await response.write(b"data: " + json.dumps(script.first).encode() + b"\n\n")
    text = _next(script.texts)
    for start in range(0, len(text), 7):
        if script.cut_after is not None and start >= script.cut_after:
            request.transport.close()
            return
        if script.gap is not None and start >= len(text) // 2:
            await script.gap.wait()
        delta = _delta(script.calls[-1], text[start : start + 7], first=start == 0)
        await response.write(_chunk(script, delta=delta, finish_reason=None))
    if script.end != "never":
        reason = "length" if script.end == "length" else "stop"
        await response.write(_chunk(script, delta={}, finish_reason=reason))
    if script.usage:
        usage = {"prompt_tokens": 210, "completion_tokens": 12, "total_tokens": 222}
        row = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": []}
        await response.write(b"data: " + json.dumps({**row, "usage": usage}).encode() + b"\n\n")
    await response.write(b"data: [DONE]\n\n")


def _delta(call, piece, *, first):
    """Return a piece of a text, or of what the tool that has to be called is called with."""
    if "tool_choice" not in call:
        return {"content": piece}
    function = {"arguments": piece}
    if not first:
        return {"tool_calls": [{"index": 0, "function": function}]}
    named = {**function, "name": call["tool_choice"]["function"]["name"]}
    called = {"index": 0, "id": "t", "type": "function", "function": named}
    return {"content": None, "tool_calls": [called]}


@asynccontextmanager
async def scripted_model(script):
    """Serve *script*; yield the base URL."""
    app = web.Application()
    app[SCRIPT] = script
    app.router.add_post("/v1/chat/completions", _respond)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    finally:
        await runner.cleanup()
