from importlib.resources import files

import pytest

from bot.demo.greeting import QUESTIONS, QUOTED, REFUSED, SUMMARIZED, greeting
from retrieval.protocols import Fetched
from retrieval.sources.readers import extract_article
from retrieval.text.tokens import content_words

SAMPLES = sorted(
    (item for item in files("bot.demo").joinpath("articles").iterdir() if item.name.endswith(".md")),
    key=lambda item: item.name,
)


def read(item):
    return extract_article(Fetched(item.read_bytes(), item.name, "text/markdown", "utf-8"))


def test_there_are_six_to_ten_samples():
    assert 6 <= len(SAMPLES) <= 10


@pytest.mark.parametrize("item", SAMPLES, ids=lambda item: item.name)
def test_a_sample_has_title_author_date_and_a_readable_length(item):
    article = read(item)
    assert article.title
    assert article.author
    assert article.published is not None
    assert 350 <= len(article.text.split()) <= 900
    assert article.notes == ()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_suggested_question_is_about_a_sample(question):
    wanted = set(content_words(question))
    assert any(len(wanted & set(content_words(read(item).text))) >= len(wanted) / 2 for item in SAMPLES)


def test_the_question_to_refuse_is_about_none():
    wanted = set(content_words(REFUSED)) - {"world", "won"}
    assert all(not wanted & set(content_words(read(item).text)) for item in SAMPLES)


def test_the_summarized_article_and_the_quoted_subject_are_there():
    assert SUMMARIZED in {read(item).title for item in SAMPLES}
    assert any(QUOTED.removeprefix("the ") in read(item).text and "“" in read(item).text for item in SAMPLES)


def test_the_greeting_fits_into_a_message():
    assert len(greeting(8)) <= 2_000
