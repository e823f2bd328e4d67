"""A real and very weak language model behind the gate; opt-in, because it takes two cores for a minute."""

import os

import pytest
from fakes import small_library
from smollm import NAME, smollm, why_not

from retrieval.citations import is_verbatim
from retrieval.claims.entailment import Source, judge
from retrieval.domain.articles import NewArticle
from retrieval.domain.claims import Verdict

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(os.environ.get("TEST_SMOLLM") != "1", reason="TEST_SMOLLM=1 asks for it"),
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "it can run"),
]

TITLE = "The harbor of Orrin"
TEXT = (
    "The harbor of Orrin was deepened in 1907 by forty workers from the north. The work cost 300 crowns. "
    "The council did not approve the second pier of Orrin. The lighthouse of Orrin was lit first in 1911."
)
QUESTIONS = (
    "When was the harbor of Orrin deepened?",
    "What did the work on the harbor cost?",
    "Did the council approve the second pier of Orrin?",
)


async def test_of_a_weak_model_only_what_the_article_supports_is_shown(tmp_path):
    async with (
        smollm() as url,
        small_library(
            tmp_path, llm_base_url=url, llm_model=NAME, llm_timeout_s=120, answer_threshold=1.0
        ) as librarian,
    ):
        await librarian.articles.add(NewArticle(TEXT, title=TITLE), collection="")
        answers = [await librarian.answers.ask(question, collection="") for question in QUESTIONS]
        usage = await librarian.usage.get(collection="")
    assert usage.calls == len(QUESTIONS)
    assert usage.tokens.completion > 0
    for answer in answers:
        assert answer.found
        assert answer.written_by == NAME or any("was not used" in note for note in answer.notes)
        assert all(is_verbatim(one.quote, TEXT) for one in answer.citations)
        assert all(_is_carried(one, answer.citations) for one in answer.statements)


def _is_carried(statement, citations):
    behind = [Source(one.quote, TITLE) for one in citations if one.number in statement.numbers]
    said = " ".join(source.text for source in behind)
    whole = [*behind, Source(said, TITLE)]
    return statement.text in said or judge(statement.text, whole, "").verdict is Verdict.SUPPORTED
