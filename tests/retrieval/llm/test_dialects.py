"""Servers that refuse a part of the protocol are asked without it, and only then."""

import pytest
from scripted_model import Script, scripted_model

from retrieval.errors import ModelFailed
from retrieval.llm.client import LanguageModel
from retrieval.llm.dialects import Spoken
from retrieval.settings import load_settings

pytestmark = pytest.mark.wire

MESSAGES = [
    {"role": "system", "content": "Answer from the passages."},
    {"role": "user", "content": "[1] The weir was rebuilt in 1931."},
    {"role": "assistant", "content": "I have read them."},
    {"role": "user", "content": "When was the weir rebuilt?"},
]
TEXT = "The weir was rebuilt in 1931 [1]."


async def write_twice(script):
    """Return both texts; what was asked is in the script."""
    async with scripted_model(script) as url:
        model = LanguageModel(load_settings(llm_base_url=url, llm_model="scripted"))
        try:
            return [(await model.write(MESSAGES)).text for _ in range(2)]
        finally:
            await model.close()


@pytest.mark.parametrize(
    ("refused", "status", "words"),
    [
        ("stream_options", 400, {"error": {"message": "Unknown parameter: 'stream_options'."}}),
        ("stream_options", 422, {"detail": "Unexpected keys in the request: {'stream_options'}"}),
        ("max_tokens", 400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
        ("temperature", 400, "'temperature' does not support 0.0 with this model."),
        ("temperature", 422, {"detail": [{"loc": ["body", "temperature"], "msg": "must be above 0"}]}),
        ("system", 400, "System role not supported"),
        ("system", 500, "Internal Server Error"),
        ("system", 500, ""),
        ("system", 500, "Conversation roles must alternate user/assistant/user/assistant/..."),
    ],
)
async def test_what_a_server_refuses_is_left_out_from_then_on(refused, status, words):
    script = Script([TEXT], refuses={refused: (status, words)})
    assert await write_twice(script) == [TEXT, TEXT]
    first, *others = script.calls
    assert len(others) == 2
    assert refused in first or refused == first["messages"][0]["role"]
    for call in others:
        assert refused not in call
        assert refused not in [turn["role"] for turn in call["messages"]]


async def test_the_limit_keeps_its_size_under_its_other_name():
    script = Script([TEXT], refuses={"max_tokens": (400, "Use 'max_completion_tokens' instead.")})
    await write_twice(script)
    assert script.calls[0]["max_tokens"] == script.calls[-1]["max_completion_tokens"] > 0


async def test_the_rules_open_the_first_turn_where_there_is_no_system():
    script = Script([TEXT], refuses={"system": (400, "System role not supported")})
    await write_twice(script)
    turns = script.calls[-1]["messages"]
    assert [turn["role"] for turn in turns] == ["user", "assistant", "user"]
    assert turns[0]["content"] == f"{MESSAGES[0]['content']}\n\n{MESSAGES[1]['content']}"
    assert turns[1:] == MESSAGES[2:]


async def test_two_refusals_are_heard_one_after_the_other():
    refuses = {
        "max_tokens": (400, "Use 'max_completion_tokens' instead."),
        "temperature": (400, "Unsupported value: 'temperature'"),
    }
    script = Script([TEXT], refuses=refuses)
    assert await write_twice(script) == [TEXT, TEXT]
    assert len(script.calls) == 4


async def test_a_server_that_is_out_of_order_is_asked_once_more_and_then_left():
    script = Script([TEXT], refuses={"model": (500, "Internal Server Error")})
    with pytest.raises(ModelFailed, match=r"its server failed \(500\)"):
        await write_twice(script)
    with_rules, without = script.calls
    assert with_rules["messages"][0]["role"] == "system"
    assert without["messages"][0]["role"] == "user"


async def test_a_refusal_that_does_not_go_away_changes_nothing():
    script = Script([TEXT], refuses={"model": (400, "temperature or stream_options may be wrong")})
    async with scripted_model(script) as url:
        model = LanguageModel(load_settings(llm_base_url=url, llm_model="scripted"))
        with pytest.raises(ModelFailed, match=r"its server failed \(400\)"):
            await model.write(MESSAGES)
        script.refuses.clear()
        assert (await model.write(MESSAGES)).text == TEXT
        await model.close()
    assert {"stream_options", "temperature"} <= set(script.calls[-1])


@pytest.mark.parametrize(
    "words",
    [
        "This model's maximum context length is 2048 tokens, however you requested 2291 tokens.",
        "the request exceeds the available context size, try increasing it",
        "max_tokens and max_completion_tokens: the maximum context length is 2048 tokens",
    ],
)
async def test_a_window_that_is_too_small_is_said_without_asking_again(words):
    script = Script(refuses={"model": (400, words)})
    with pytest.raises(ModelFailed, match="it cannot read that much at once"):
        await write_twice(script)
    assert len(script.calls) == 1


@pytest.mark.parametrize(
    "first",
    [{"id": "c", "choices": None}, {"id": "c"}, {"choices": [{"delta": None}]}, {"choices": [], "usage": {}}],
)
async def test_a_chunk_that_says_nothing_is_passed_over(first):
    assert await write_twice(Script([TEXT], first=first)) == [TEXT, TEXT]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        (f"<think>\nIt says 1931 [1]. Or 1913?\n</think>\n\n{TEXT}", TEXT),
        (f"<think></think>{TEXT}", TEXT),
        (f"\n{TEXT}", f"\n{TEXT}"),
        ("<the weir> was rebuilt.", "<the weir> was rebuilt."),
        ("They write <think> and </think>.", "They write <think> and </think>."),
        ("<th", "<th"),
        ("<think>It says 1931, I should say", ""),
        ("", ""),
    ],
)
def test_thinking_aloud_is_no_part_of_an_answer(text, spoken):
    for size in (1, 3, 1000):
        ear = Spoken()
        heard = "".join(ear.hear(text[at : at + size]) for at in range(0, len(text), size))
        assert (heard + ear.rest()).lstrip() == spoken.lstrip()


async def test_thoughts_are_not_streamed_either():
    heard = []
    async with scripted_model(Script([f"<think>Perhaps 1913.</think>{TEXT}"])) as url:
        model = LanguageModel(load_settings(llm_base_url=url, llm_model="scripted"))
        written = await model.write(MESSAGES, on_text=heard.append)
        await model.close()
    assert "".join(heard) == written.text == TEXT
