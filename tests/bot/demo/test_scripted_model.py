"""The demo's stand-in for a language model, over the protocol of the real ones."""

import pytest
from fakes import small_library

from bot.demo.scripted_model import NAME, reply_to, scripted_model
from retrieval.domain import NewArticle

LISTED = """Article: The harbor of Orrin
[1] The harbor of Orrin was deepened in 1907.
[2] It cost 300 crowns."""


def test_it_points_at_the_sentence_that_shares_most_words():
    asked = f"{LISTED}\n\nQuestion: When was the harbor of Orrin deepened?"
    assert reply_to(asked) == {"answered": "yes", "sentences": [1], "words": ["1907"]}
    polar = reply_to(f"{LISTED}\n\nQuestion: Was the harbor of Orrin deepened?")
    assert (polar["sentences"], polar["verdict"]) == ([1], "yes")
    assert "verdict" not in reply_to(f"{LISTED}\n\nQuestion: Was the harbor of Orrin sold in 1907?")
    assert reply_to(f"{LISTED}\n\nQuestion: Who painted Guernica?") == {"answered": "no", "sentences": []}
    assert reply_to(f"{LISTED}\n\nClaim: It was.")["verdict"] == "not stated"
    claim = reply_to(f"{LISTED}\n\nClaim: The harbor was deepened.")
    assert claim == {"verdict": "supported", "sentences": [1]}
    assert reply_to(LISTED) == {"sentences": [1]}


@pytest.mark.wire
async def test_a_library_takes_it_for_a_language_model(tmp_path):
    async with (
        scripted_model() as url,
        small_library(tmp_path, llm_base_url=url, llm_model=NAME, answer_threshold=1.0) as library,
    ):
        await library.articles.add(
            NewArticle("The harbor of Orrin was deepened in 1907. It cost 300 crowns."), collection=""
        )
        answer = await library.answers.ask("When was the harbor of Orrin deepened?", collection="")
        assert (await library.usage.get(collection="")).tokens.total > 0
    assert answer.chosen_by == NAME
    assert answer.text == "The harbor of Orrin was deepened in 1907. [1]"
