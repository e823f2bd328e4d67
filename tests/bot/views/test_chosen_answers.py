"""Cards of answers whose sentences a language model chose."""

from dataclasses import replace

import pytest
from discord_driver import text_of

from bot.views.answer_text import reading_line, statements
from retrieval.domain import Answer, Statement

TEXT = "The *harbor* was deepened in 1907 by @everyone."


def test_answering_words_are_bold_and_the_translation_is_marked():
    statement = Statement(TEXT, (1,), emphasis=("*harbor*", "in 1907"), translation="Der Hafen.\n# 1907")
    shown = statements(Answer("When?", (statement,), chosen_by="small"), 2_000).splitlines()
    assert shown == [
        r"The **\*harbor\*** was deepened **in 1907** by @" + "\u200beveryone. [1]",
        "-# Translated by a language model: Der Hafen. # 1907",
    ]


def test_words_that_no_longer_stand_in_the_sentence_are_not_bold():
    statement = Statement(TEXT, (), emphasis=("in 1999",))
    assert "**" not in statements(Answer("When?", (statement,)), 2_000)


@pytest.mark.parametrize(
    ("reading", "words"),
    [("yes", "**Yes**"), ("no", "**No**"), ("3", "**3**"), ("denied", "**Not so, or not known**")],
)
def test_a_reading_is_marked_as_the_models(reading, words):
    assert reading_line(Answer("?", reading=reading)) == (
        f"{words} · a language model reads it so; check it in the words below"
    )
    assert reading_line(Answer("?")) == ""


async def ask(place):
    return (await place.reader.slash(place.channel, "ask", question="When was the harbor deepened?")).response


async def test_the_card_shows_the_articles_words_the_reading_and_who_chose(place):
    place.librarian.answers.answer_with = lambda answer: replace(
        answer,
        statements=(replace(answer.statements[0], emphasis=("1907",)), *answer.statements[1:]),
        chosen_by="small-model",
        reading="yes",
    )
    text = text_of(await ask(place))
    assert "in **1907**" in text
    assert text.index("**Yes** · a language model reads it so") < text.index("**1907**")
    assert "The articles' own sentences, chosen by a language model · " in text


async def test_an_unsure_answer_says_that_the_articles_do_not_clearly_say(place):
    place.librarian.answers.answer_with = lambda answer: replace(
        answer, statements=(), citations=(), unsure=True
    )
    text = text_of(await ask(place))
    assert "**The articles do not clearly say.**" in text
    assert "I found nothing" not in text
