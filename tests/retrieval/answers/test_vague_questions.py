import numpy as np
import pytest
from fakes import WordHashEncoder

from retrieval.answers import (
    VagueQuestions,
    names_article,
    names_genre,
    own_words,
    without_asker,
    without_name,
)
from retrieval.encoders import load_encoder

SUMMARIES = (
    "tldr pls", "so whats this about", "gimme the gist", "main takeaways?", "is it worth a read",
    "sum it up for me", "What does this piece say?", "short summary", "the key points",
)  # fmt: skip
ORDINARY = (
    "who wrote it", "how long is it", "what happened next?", "where did it happen", "what does it cost",
    "who is the author", "did he say why", "when was it published?",
)  # fmt: skip


@pytest.fixture(scope="module")
def bundled():
    return VagueQuestions(load_encoder("bundled", models_dir=None, threads=1, direct=True))


@pytest.mark.models
@pytest.mark.parametrize("question", SUMMARIES)
def test_questions_about_a_whole_article_are_recognized(bundled, question):
    assert bundled.is_vague(question)


@pytest.mark.models
@pytest.mark.parametrize("question", ORDINARY)
def test_ordinary_questions_in_the_same_words_are_left_alone(bundled, question):
    assert not bundled.is_vague(question)


def test_the_examples_themselves_are_told_apart_by_any_encoder():
    vague = VagueQuestions(WordHashEncoder())
    assert vague.is_vague("What are the main points?")
    assert not vague.is_vague("How long is the article?")


@pytest.mark.models
@pytest.mark.parametrize(
    "question", ["灯台はいつ博物館になりますか", "Когда маяк станет музеем?", "등대는 언제 박물관이 되나요?"]
)
def test_a_question_in_another_script_is_looked_up(bundled, question):
    assert not bundled.is_vague(question)


def test_the_margin_is_a_difference_of_cosines():
    margins = [VagueQuestions(WordHashEncoder()).margin(one) for one in (*SUMMARIES, *ORDINARY)]
    assert np.abs(margins).max() <= 2.0


def test_words_that_could_be_looked_up_are_a_questions_own():
    assert own_words("What's the Tambora article about?") == ["tambora"]
    assert own_words("What are the main points?") == []
    assert own_words("I don't have time, didn’t read it. What's it about?") == []
    assert own_words("what is the price of the bridge") == ["price", "bridge"]


def test_an_article_as_such_is_named_by_few_words():
    assert names_genre("What does this piece say?")
    assert names_genre("TL;DR")
    assert not names_genre("What happened?")


def test_an_article_is_named_beside_what_it_is_called():
    assert names_article("What's the bridge story about?", ["bridge"])
    assert names_article("a summary of how the bridge was built", ["bridge", "built"])
    assert not names_article("What does the report say about the bridge?", ["bridge"])
    assert not names_article("What is the bridge about?", ["bridge"])


@pytest.mark.parametrize(
    ("question", "name", "expected"),
    [
        ("What's the Tambora text about?", ["tambora"], "What's the article text about?"),
        ("gist of The night the harbor froze", ["night", "harbor", "froze"], "gist of The article"),
    ],
)
def test_a_title_stands_for_the_article(question, name, expected):
    assert without_name(question, name) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("is this worth reading if i dont work there? whats in it", "is this worth reading. whats in it"),
        ("give me the gist, I have a meeting", "give me the gist"),
        ("Should I read this if I'm no teacher?", "Should I read this"),
        ("tl;dr please, I only saw the headline about the bridge", "tl;dr please"),
        ("What happens if I miss the ferry?", "What happens if I miss the ferry?"),
        ("What do I need to read at the ferry?", "What do I need to read at the ferry?"),
        ("Who said in the report, “I saw the fire”?", "Who said in the report, “I saw the fire”?"),
    ],
)
def test_what_readers_say_of_themselves_is_not_looked_up(question, expected):
    assert without_asker(question) == expected
