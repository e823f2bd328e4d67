from datetime import date

import pytest
from fakes import small_library

from retrieval.answers.freshness import warning
from retrieval.domain.articles import NewArticle

TODAY = date(2026, 11, 23)
TEXT = "The mayor of Port Elgin is Ada Berg. She was elected after the storm broke the pier."


async def answered(tmp_path, question, **known):
    async with small_library(tmp_path) as library:
        await library.articles.add(NewArticle(TEXT, title="Mayor", **known), collection="ours")
        return await library.answers.ask(question, collection="ours")


@pytest.mark.parametrize(
    ("question", "known", "words"),
    [
        ("Who is mayor of Port Elgin now?", {"published": date(2024, 3, 1)}, "is from 1 Mar 2024"),
        ("Who is the current mayor of Port Elgin?", {"published": date(2024, 3, 1)}, "is from 1 Mar 2024"),
        ("Who is mayor of Port Elgin today?", {}, "have no date"),
        ("Who is mayor of Port Elgin now?", {"published": date(2026, 11, 1)}, ""),
        (
            "Who is mayor of Port Elgin now?",
            {"published": date(2020, 1, 1), "updated": date(2026, 11, 20)},
            "",
        ),
        ("Who is mayor of Port Elgin?", {"published": date(2024, 3, 1)}, ""),
    ],
)
async def test_an_old_answer_to_a_question_about_now_says_so(tmp_path, question, known, words):
    answer = await answered(tmp_path, question, **known)
    assert answer.found
    said = warning(answer, TODAY)
    assert words in said
    assert bool(said) == bool(words)


async def test_the_warning_is_recorded_with_the_answer(tmp_path):
    async with small_library(tmp_path) as library:
        await library.articles.add(NewArticle(TEXT, published=date(2024, 3, 1)), collection="ours")
        answer = await library.answers.ask("Who is mayor of Port Elgin now?", collection="ours")
        recorded = await library.answers.record(answer, collection="ours")
        recalled = await library.answers.recall(recorded.id, collection="ours")
    assert recalled.warning == answer.warning != ""
