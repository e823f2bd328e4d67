"""Claims that the strict test leaves open, with the sentences that a scripted model points at."""

import json

import pytest
from fakes import small_library
from scripted_model import Script, scripted_model

from retrieval.cli.claims import claims_row
from retrieval.domain import NewArticle, Verdict

pytestmark = pytest.mark.wire

TEXT = (
    "The harbor of Orrin was deepened in 1907 by forty workers. It cost 300 crowns. "
    "The council did not approve the second pier."
)


def verdict(word, *numbers):
    return json.dumps({"verdict": word, "sentences": numbers})


async def check(tmp_path, claim, script, **settings):
    settings = {"llm_mode": "choose", **settings}
    async with (
        scripted_model(script) as url,
        small_library(tmp_path, llm_base_url=url, llm_model="scripted", **settings) as library,
    ):
        await library.articles.add(NewArticle(TEXT, title="The harbor of Orrin"), collection="")
        return (await library.claims.check(claim, collection="")), await library.usage.get(collection="")


async def test_what_the_strict_test_decides_is_asked_of_no_model(tmp_path):
    script = Script(texts=[verdict("contradicted", 1)])
    found, _ = await check(tmp_path, "The harbor of Orrin was deepened in 1907 by forty workers.", script)
    assert found.claims[0].verdict is Verdict.SUPPORTED
    assert script.calls == []


@pytest.mark.parametrize(
    ("word", "read_as"), [("supported", Verdict.SUPPORTED), ("contradicted", Verdict.CONTRADICTED)]
)
async def test_a_reading_is_shown_as_such_with_its_sentences(tmp_path, word, read_as):
    script = Script(texts=[verdict(word, 1, 99)])
    found, usage = await check(tmp_path, "Dredging of the port at Orrin took place before the war.", script)
    [claim] = found.claims
    assert (claim.verdict, claim.read_as, claim.read_by) == (Verdict.UNCLEAR, read_as, "scripted")
    assert [one.quote for one in claim.citations] == [
        "The harbor of Orrin was deepened in 1907 by forty workers."
    ]
    assert usage.calls == 1
    [row] = claims_row(found)["claims"]
    assert (row["verdict"], row["read_as"]) == ("not clearly in the articles", word)


@pytest.mark.parametrize(
    "script",
    [
        Script(texts=[verdict("not stated")]),
        Script(texts=[verdict("supported", 99)]),
        Script(texts=["It is true."]),
        Script(statuses=[404]),
    ],
)
async def test_without_a_sentence_a_claim_is_not_in_the_articles(tmp_path, script):
    found, _ = await check(tmp_path, "Dredging of the port at Orrin took place before the war.", script)
    assert (found.claims[0].verdict, found.claims[0].read_as) == (Verdict.NOT_FOUND, None)
    assert found.claims[0].citations == ()


@pytest.mark.parametrize("settings", [{"llm_mode": "write"}, {"llm_mode": "off"}, {"llm_tokens_per_day": 0}])
async def test_no_model_is_asked_where_it_does_not_choose_or_has_no_budget(tmp_path, settings):
    script = Script(texts=[verdict("supported", 1)])
    await check(tmp_path, "Dredging of the port at Orrin took place before the war.", script, **settings)
    assert script.calls == []
