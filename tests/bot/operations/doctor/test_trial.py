"""``footnote doctor --try``: questions with known answers, and what is said of a model."""

import json
import re

import pytest
from fakes import small_library
from scripted_model import Script, scripted_model

from bot.operations.doctor import trial
from bot.operations.doctor.trial import ARTICLES, Tried, judge_model, outcome, questions
from retrieval.domain import Answer

GOOD = Tried("refused", "right", True, 1.0)
SAME = Tried("right", "right", True, 1.0)


def test_the_words_of_every_answer_stand_in_the_sample_library():
    texts = " ".join(" ".join(path.read_text("utf-8").split()) for path in ARTICLES.glob("*.md"))
    assert len(questions()) == 10
    assert all(one.words in texts for one in questions())
    assert 2 <= sum(not one.words for one in questions()) <= 5


@pytest.mark.parametrize(
    ("tries", "state", "words"),
    [
        ([GOOD, SAME, SAME], "ok", "it helps; small: 3 of 3 right (2 without it)"),
        ([SAME, SAME], "ok", "it makes no difference"),
        ([SAME, Tried("right", "refused", True, 1.0)], "failed", "it harms"),
        ([GOOD, Tried("refused", "misleading", True, 1.0)], "failed", "it harms"),
        ([Tried("refused", "right", True, 20.0)], "warning", "it is too slow"),
        ([Tried("right", "right", False, 0.5)], "warning", "it is of no use"),
        ([Tried("right", "right", False, 30.0)], "warning", "it is too slow to be of use"),
    ],
)
def test_a_model_is_judged_by_what_it_changes(tries, state, words):
    finding = judge_model("small", tries)
    assert finding.state == state
    assert words in finding.found
    assert bool(finding.advice) == (state != "ok")


def test_claiming_what_the_articles_do_not_say_is_misleading():
    answerable, other = questions()[0], questions()[-1]
    assert outcome(answerable, Answer("?")) == "refused"
    assert outcome(other, Answer("?")) == "right"


@pytest.mark.wire
async def test_every_question_is_asked_without_and_with_the_model(tmp_path):
    script = Script(texts=[json.dumps({"answered": "no", "sentences": []})])
    async with (
        scripted_model(script) as url,
        small_library(tmp_path, llm_base_url=url, llm_model="small") as librarian,
    ):
        tries = await trial.ask_questions(librarian)
    assert len(tries) == len(questions())
    assert len(script.calls) == len(questions())
    assert all(one.used and one.with_model != "misleading" for one in tries)
    asked = [re.findall("Question: (.*)", call["messages"][-1]["content"])[-1] for call in script.calls]
    assert asked == [one.text for one in questions()]


@pytest.mark.wire
async def test_a_slow_model_is_not_asked_every_question(tmp_path, monkeypatch):
    monkeypatch.setattr(trial, "LONGEST_S", 0.0)
    script = Script(texts=[json.dumps({"answered": "no", "sentences": []})])
    async with (
        scripted_model(script) as url,
        small_library(tmp_path, llm_base_url=url, llm_model="small") as librarian,
    ):
        tries = await trial.ask_questions(librarian)
    assert len(tries) == len(script.calls) == trial.LEAST_ASKED
