"""The client, over a real socket, against a server that does what servers of models do."""

import asyncio

import pytest
from scripted_model import Script, scripted_model

from retrieval.domain.answers import Tokens
from retrieval.errors import ModelFailed
from retrieval.llm.client import LanguageModel
from retrieval.settings import SettingsError, load_settings

pytestmark = pytest.mark.wire

MESSAGES = [{"role": "user", "content": "When was the harbor deepened?"}]
TEXT = "The harbor was deepened in 1907 [1]."


async def write(script, on_text=None, **settings):
    async with scripted_model(script) as url:
        model = LanguageModel(load_settings(llm_base_url=url, llm_model="scripted", **settings))
        try:
            return await model.write(MESSAGES, on_text=on_text)
        finally:
            await model.close()


async def test_a_text_is_streamed_and_counted():
    pieces = []
    script = Script()
    written = await write(script, pieces.append, llm_api_key="secret", llm_temperature=0.5, llm_max_tokens=99)
    assert (written.text, written.tokens, written.cut) == (TEXT, Tokens(210, 12), False)
    assert "".join(pieces) == TEXT
    assert len(pieces) > 3
    [call] = script.calls
    assert (call["model"], call["temperature"], call["max_tokens"]) == ("scripted", 0.5, 99)
    assert script.keys == ["Bearer secret"]


async def test_a_server_that_does_not_count_is_estimated():
    written = await write(Script(usage=False))
    assert written.tokens.completion == len(TEXT) // 4


async def test_a_text_that_ends_at_the_limit_of_tokens_is_marked():
    assert (await write(Script(end="length"))).cut


async def test_a_passing_failure_is_tried_again():
    script = Script(statuses=[503, 429, 200], headers={"Retry-After": "0"})
    assert (await write(script)).text == TEXT
    assert len(script.calls) == 3


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (Script(statuses=[429], headers={"Retry-After": "0"}), "it has too much to do"),
        (Script(statuses=[500], headers={"Retry-After": "0"}), r"its server failed \(500\)"),
        (Script(statuses=[401]), "its server refuses our key"),
        (Script(statuses=[404]), "its server does not know the model"),
        (Script(cut_after=14), "broke off|connection to it failed"),
        (Script(end="never"), "its answer broke off"),
        (Script(body=b"<html>Welcome to nginx</html>"), "its server sent no answer"),
        (Script(body=b""), "its server sent no answer"),
    ],
)
async def test_every_failure_says_why(script, why):
    with pytest.raises(ModelFailed, match=why):
        await write(script)


async def test_waiting_ends():
    with pytest.raises(ModelFailed, match="did not answer in time"):
        await write(Script(delay_s=60), llm_timeout_s=0.2)


async def test_a_long_wait_that_a_server_asks_for_ends_too():
    with pytest.raises(ModelFailed, match=r"in time|too much to do"):
        await write(Script(statuses=[429], headers={"Retry-After": "50"}), llm_timeout_s=0.3)


async def test_nobody_there_is_said():
    model = LanguageModel(load_settings(llm_base_url="http://127.0.0.1:9/v1", llm_model="none"))
    with pytest.raises(ModelFailed, match="the connection to it failed"):
        await model.write(MESSAGES)
    await model.close()


async def test_no_more_drafts_at_once_than_allowed():
    script = Script(gap=asyncio.Event())
    async with scripted_model(script) as url:
        model = LanguageModel(load_settings(llm_base_url=url, llm_model="m", llm_concurrency=2))
        tasks = [asyncio.create_task(model.write(MESSAGES)) for _ in range(5)]
        while len(script.calls) < 2:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        assert len(script.calls) == 2
        script.gap.set()
        await asyncio.gather(*tasks)
        assert len(script.calls) == 5
        await model.close()


def test_an_address_without_a_model_is_refused():
    with pytest.raises(SettingsError, match="FOOTNOTE_LLM_MODEL must name the model"):
        load_settings(llm_base_url="http://127.0.0.1/v1")


def test_an_address_of_another_kind_is_refused():
    with pytest.raises(SettingsError, match="FOOTNOTE_LLM_BASE_URL"):
        load_settings(llm_base_url="ftp://model.example", llm_model="m")
