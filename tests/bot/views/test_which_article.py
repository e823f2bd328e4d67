from dataclasses import replace

import pytest
from discord_driver import buttons_of, make_bot, text_of

QUESTION = "harbor"


@pytest.fixture
def unclear(place):
    """A place in which the library asks which article is meant, unless one is chosen."""
    place.librarian.put(place.collection, "The mill", "The harbor has a mill.", public_id="mill")

    def answer(found):
        if place.librarian.answers.filters.article_ids:
            return found
        return replace(found, statements=(), citations=(), kind="which_article")

    place.librarian.answers.answer_with = answer
    return place


async def test_the_card_offers_the_articles(unclear):
    asked = await unclear.reader.slash(unclear.channel, "ask", question=QUESTION)
    text = text_of(asked.response)
    assert "**Which article do you mean?**" in text
    assert "2. [The mill]" in text
    assert list(buttons_of(asked.response))[-1] == "The mill"


async def test_a_button_asks_that_article_even_after_a_restart(unclear):
    asked = await unclear.reader.slash(unclear.channel, "ask", question=QUESTION)
    await unclear.env.restart_bot(make_bot(unclear.librarian))
    result = await unclear.reader.click(asked.response, label="The mill")
    question, _, filters = unclear.librarian.answers.asked[-1]
    assert (question, filters.article_ids) == (QUESTION, ("mill",))
    assert "I looked only in this article" in text_of(result.response)
    assert not result.ephemeral


async def test_a_reply_to_the_card_follows_it_up(unclear):
    asked = await unclear.reader.slash(unclear.channel, "ask", question=QUESTION)
    mention = f"<@{unclear.env.bot.user.id}>"
    await unclear.reader.send(unclear.channel, f"{mention} the second one", reply_to=asked.response)
    assert unclear.librarian.answers.after.kind == "which_article"
