"""A stand-in for a language model: it points at the sentences that share most words with a question.

It speaks the protocol of the real ones on a loopback port, so the demo shows all that lies between. It reads
yes from a sentence without "not", and takes a claim for supported by what shares its words.
"""

import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from retrieval.answers import read_question
from retrieval.nlp import AUXILIARIES, is_negated
from retrieval.text import content_roots

NAME = "scripted"
LEAST_SHARED = 0.5
"""Share of a question's words in a sentence and its title from which the sentence answers."""
MOST = 2
SUMMARY_EVERY = 8
"""Of an article, every eighth sentence makes the summary."""
_SENTENCE = re.compile(r"^\[(\d+)\] (.*)$")
_FIGURE = re.compile(r"\d[\d,.:]*(?<![,.:])")
_TITLE = "Article: "


@asynccontextmanager
async def scripted_model() -> AsyncIterator[str]:
    """Serve the model; yield its base URL."""
    app = web.Application()
    app.router.add_post("/v1/chat/completions", _complete)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    finally:
        await runner.cleanup()


def reply_to(content: str) -> dict[str, Any]:
    """Return the choice for the last turn of a conversation that asks for one."""
    sentences, title = dict[int, tuple[str, str]](), ""
    for line in content.splitlines():
        if line.startswith(_TITLE):
            title = line.removeprefix(_TITLE)
        elif match := _SENTENCE.match(line):
            sentences[int(match[1])] = (title, match[2])
    last = content.rsplit("\n", 1)[-1]
    if last.startswith("Question: "):
        return _answer(last.removeprefix("Question: "), sentences)
    if last.startswith("Claim: "):
        numbers = _nearest(last.removeprefix("Claim: "), sentences)
        return {"verdict": "supported" if numbers else "not stated", "sentences": numbers}
    return {"sentences": list(sentences)[::SUMMARY_EVERY]}


def _answer(question: str, sentences: dict[int, tuple[str, str]]) -> dict[str, Any]:
    """Return the nearest sentences, with the figure in the first one or yes or no where that is asked for."""
    numbers = _nearest(question, sentences)
    if not numbers:
        return {"answered": "no", "sentences": []}
    said = sentences[numbers[0]][1]
    reply: dict[str, Any] = {"answered": "yes", "sentences": numbers}
    if read_question(question).kind in ("time", "number"):
        return reply | {"words": _FIGURE.findall(said)[:1]}
    whole = set(content_roots(question)) <= set(content_roots(said))
    if whole and question.split()[0].lower() in AUXILIARIES:  # "yes" to half of a question would mislead
        return reply | {"verdict": "no" if is_negated(said, "en") else "yes"}
    return reply


def _nearest(question: str, sentences: dict[int, tuple[str, str]]) -> list[int]:
    asked = set(content_roots(question))
    shares = {
        number: len(asked & set(content_roots(f"{title} {text}"))) / max(1, len(asked))
        for number, (title, text) in sentences.items()
    }
    best: Sequence[int] = sorted(shares, key=lambda number: -shares[number])[:MOST]
    return sorted(n for n in best if shares[n] >= LEAST_SHARED and shares[n] == shares[best[0]])


async def _complete(request: web.Request) -> web.StreamResponse:
    asked = await request.json()
    text = json.dumps(reply_to(asked["messages"][-1]["content"]))
    read = sum(len(turn["content"]) for turn in asked["messages"]) // 4
    usage = {
        "prompt_tokens": read,
        "completion_tokens": len(text) // 4,
        "total_tokens": read + len(text) // 4,
    }
    chunks: list[dict[str, Any]] = [
        {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]},
        {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
        {"choices": [], "usage": usage},
    ]
    head = {"id": NAME, "object": "chat.completion.chunk", "created": 0, "model": NAME}
    lines = [f"data: {json.dumps({**head, **chunk})}\n\n" for chunk in chunks]
    return web.Response(text="".join([*lines, "data: [DONE]\n\n"]), content_type="text/event-stream")
