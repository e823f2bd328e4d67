"""Cards of answers that a language model translated; More has the sentences before it."""

from dataclasses import replace

import pytest
from discord_driver import text_of

from bot.i18n import use_language
from bot.views.answer_text import statements
from retrieval.domain.answers import Answer, Statement
from retrieval.storage.erasure import ARTICLE_REMOVED

GERMAN = "Wann wurde der Hafen vertieft?"
ENGLISH = "When was the harbor deepened?"
BEFORE = "They *deepened* the harbor in 1907, @everyone."
NOTE = "The language model translated these sentences from English."


@pytest.fixture
async def message(place):
    place.librarian.answers.answer_with = lambda answer: replace(
        answer,
        question=GERMAN,
        understood=answer.question,
        statements=(replace(answer.statements[0], text="Der Hafen wurde 1907 vertieft."),),
        written_by="small-model",
        originals=(BEFORE,),
        notes=(NOTE,),
    )
    return (await place.reader.slash(place.channel, "ask", question=ENGLISH)).response


async def test_the_card_shows_the_translation_and_says_that_it_is_one(message):
    text = text_of(message)
    assert GERMAN in text
    assert f"Understood as: {ENGLISH}" in text
    assert "Der Hafen wurde 1907 vertieft. [" in text
    assert "checked against the words behind it, then translated" in text
    assert NOTE in text
    assert "in 1907, " not in text


async def test_more_shows_the_sentences_before_translation(place, message):
    more = text_of((await place.reader.click(message, label="More")).response)
    assert "The answer before it was translated:" in more
    assert "1. They \\*deepened\\* the harbor in 1907" in more
    assert "@everyone" not in more.replace("@\u200b", "")


async def test_the_quotes_are_the_articles_own_words(place, message):
    quotes = text_of((await place.reader.click(message, label="Quotes")).response)
    assert "**The harbor was deepened in 1907.**" in quotes
    assert "behind the sentence: Der Hafen wurde 1907 vertieft." in quotes


async def test_more_has_room_for_long_sentences_before_translation(place, message):
    place.librarian.answers.recorded = {
        number: (collection, replace(answer, originals=("Long words. " * 200,) * 4))
        for number, (collection, answer) in place.librarian.answers.recorded.items()
    }
    more = text_of((await place.reader.click(message, label="More")).response)
    assert more.count("Long words.") > 20
    assert "…" in more


def test_what_stands_for_a_removed_article_is_in_the_readers_language():
    # As it comes from the database, where it is kept in English.
    kept = Answer(question="?", statements=(Statement(str(ARTICLE_REMOVED), ()),))
    with use_language("de"):
        assert "wurde" in statements(kept, 500)
        assert ARTICLE_REMOVED not in statements(kept, 500)
    assert ARTICLE_REMOVED in statements(kept, 500)
