"""A server that means ill, or is broken: nothing it sends hangs, floods or crashes the bot."""

import gzip
import json

import pytest
from scripted_model import Script, scripted_model

from retrieval.domain.answers import Tokens
from retrieval.errors import ModelFailed
from retrieval.llm.client import MOST_CHARS_A_TOKEN, LanguageModel
from retrieval.settings import load_settings

pytestmark = pytest.mark.wire

MESSAGES = [{"role": "user", "content": "When was the harbor deepened?"}]
FOREVER = 10**9


async def write(script, **settings):
    async with scripted_model(script) as url:
        model = LanguageModel(load_settings(llm_base_url=url, llm_model="scripted", **settings))
        try:
            return await model.write(MESSAGES)
        finally:
            await model.close()


def event(**fields):
    row = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "scripted", **fields}
    return b"data: " + json.dumps(row).encode() + b"\n\n"


def words(text):
    return event(choices=[{"index": 0, "delta": {"content": text}, "finish_reason": None}])


@pytest.mark.parametrize("text", ["the harbor ", "<think> the harbor "])
async def test_a_text_without_end_is_cut(text):
    written = await write(Script(raw=words(text), times=FOREVER), llm_max_tokens=50)
    assert written.cut
    assert len(written.text) <= 50 * MOST_CHARS_A_TOKEN


@pytest.mark.parametrize(
    "raw", [b"data: " + b"x" * 65_536, words("x" * 9_000_000), b": still here\n\n" * 9999]
)
async def test_a_response_without_end_is_not_read_on(raw):
    with pytest.raises(ModelFailed, match="does not end"):
        await write(Script(raw=raw, times=FOREVER), llm_timeout_s=300)


@pytest.mark.parametrize(
    "raw",
    [
        b"data: [1, 2]\n\n",
        b"data: null\n\n",
        b'data: "hello"\n\n',
        b"data: {oops\n\n",
        b"data: \xff\xfe\n\n",
        b"data: " + b"[" * 100_000 + b"\n\n",
        b'data: {"error": {"message": "boom"}}\n\n',
        event(choices=[None]),
        event(choices="abc"),
        event(choices={"a": 1}),
        event(choices=[{"index": 0, "delta": "hi"}]),
        event(choices=[{"index": 0, "delta": {"content": [{"text": "hi"}]}}]),
        event(choices=[{"index": 0, "delta": {"content": 5}}]),
    ],
)
async def test_what_is_no_answer_is_said_to_be_none(raw):
    with pytest.raises(ModelFailed, match="not an answer"):
        await write(Script(raw=raw))


@pytest.mark.parametrize(
    "usage",
    [
        "much",
        {"prompt_tokens": -(10**9), "completion_tokens": 5},
        {"prompt_tokens": 10**30, "completion_tokens": 5},
        {"prompt_tokens": 5, "completion_tokens": "many"},
    ],
)
async def test_a_cost_that_cannot_be_is_estimated(usage):
    written = await write(
        Script(raw=words("The harbor was deepened.") + event(choices=[], usage=usage), usage=False)
    )
    assert written.tokens == Tokens(len(MESSAGES[0]["content"]) // 4, 6)


async def test_half_a_character_becomes_a_question_mark():
    raw = (
        b'data: {"choices": [{"index": 0, "delta": {"content": "\\ud800 1907"}, "finish_reason": null}]}\n\n'
    )
    assert (await write(Script(raw=raw))).text == "? 1907"


async def test_neither_key_nor_question_follows_a_redirect():
    elsewhere = Script()
    async with scripted_model(elsewhere) as there:
        with pytest.raises(ModelFailed, match="another address"):
            await write(Script(redirect=f"{there}/chat/completions"), llm_api_key="secret")
    assert elsewhere.calls == []


async def test_a_packed_answer_is_not_unpacked():
    packed = gzip.compress(b" " * 50_000_000)
    with pytest.raises(ModelFailed, match="not an answer"):
        await write(Script(body=packed, headers={"Content-Encoding": "gzip"}))
