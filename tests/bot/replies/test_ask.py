from dataclasses import replace

import pytest
from discord_driver import ANSWER_BUTTONS, accent_of, buttons_of, make_bot, text_of

from bot.formatting.cards import Tone
from retrieval.domain.articles import Filters

QUESTION = "When was the harbor deepened?"


async def test_an_answer_shows_question_statement_source_and_freshness(place):
    result = await place.reader.slash(place.channel, "ask", question=QUESTION)
    text = text_of(result.response)
    assert text.startswith(f"-# {QUESTION}")
    assert "The harbor was deepened in 1907. [[1]](<https://harbor.example/1#:~:text=The%20harbor" in text
    assert "-# **1** [Harbor history](<https://harbor.example/1>) · harbor.example · 2 Mar 2024" in text
    assert "-# Published 2 Mar 2024 · 1 source · 1 article in this server's library" in text
    assert accent_of(result.response) == Tone.ANSWERED.value.value
    assert " · ".join(buttons_of(result.response)) == ANSWER_BUTTONS
    assert not result.ephemeral


async def test_a_private_answer_is_seen_by_the_asker_only(place):
    result = await place.reader.slash(place.channel, "ask", question=QUESTION, private=True)
    assert result.ephemeral
    assert place.channel.history(viewer=place.curator) == []


async def test_notes_about_the_answer_are_shown(place):
    place.librarian.answers.answer_with = lambda answer: replace(answer, notes=("I matched words only.",))
    result = await place.reader.slash(place.channel, "ask", question=QUESTION)
    assert "-# I matched words only." in text_of(result.response)


async def test_a_source_without_an_address_keeps_a_bare_number(place):
    place.librarian.shelf.clear()
    place.librarian.put(place.collection, url=None)
    result = await place.reader.slash(place.channel, "ask", question=QUESTION)
    assert "in 1907. [1]\n" in text_of(result.response)


ASK_OTHERWISE = "-# Ask in other words, or add an article that says it with `/article add`."


async def test_a_refusal_is_one_sentence_when_nothing_is_near(place):
    result = await place.reader.slash(place.channel, "ask", question="Who won?")
    found_nothing = "**I found nothing in the 1 article of this server that answers this.**"
    assert text_of(result.response) == f"-# Who won?\n{found_nothing}\n{ASK_OTHERWISE}"
    assert accent_of(result.response) == Tone.NOTHING_FOUND.value.value
    assert list(buttons_of(result.response)) == ["What I read", "Wrong?"]


async def test_a_refusal_shows_at_most_two_near_passages_of_a_line_each(place):
    for _ in range(4):
        place.librarian.put(place.collection, text="Quiet days. Who dug by hand was paid by nobody.")
    result = await place.reader.slash(place.channel, "ask", question="Who dug by hand?")
    near = text_of(result.response).split("\n")[2:]
    assert near[0] == "-# Nearest to it:"
    assert near[1].endswith(" · harbor.example · 6 Mar 2024: “Who dug by hand was paid by nobody.”")
    assert near[3:] == [ASK_OTHERWISE]


async def test_what_was_read_for_a_refusal_is_behind_a_button(place):
    for _ in range(4):
        place.librarian.put(place.collection)
    result = await place.reader.slash(place.channel, "ask", question="Who won?")
    opened = await place.reader.click(result.response, label="What I read")
    assert text_of(opened.response).count("read, not cited") == 5


async def test_an_empty_library_says_how_to_fill_it(place):
    place.librarian.shelf.clear()
    result = await place.reader.slash(place.channel, "ask", question=QUESTION)
    assert "**This server's library is empty.** Add a first article with `/article add`" in text_of(
        result.response
    )


async def test_one_article_can_be_asked_by_its_id(place):
    place.librarian.put(place.collection, "Other")
    result = await place.reader.slash(place.channel, "ask", question=QUESTION, article="a1")
    assert place.librarian.answers.asked[-1][2] == Filters(article_ids=("a1",))
    assert "I looked only in this article" in text_of(result.response)


async def test_one_article_can_be_asked_by_what_was_typed(place):
    place.librarian.put(place.collection, "Other")
    await place.reader.slash(place.channel, "ask", question=QUESTION, article="harbor")
    assert place.librarian.answers.asked[-1][2] == Filters(article_ids=("a1",))


async def test_an_article_that_is_not_there_is_an_error_for_people(place):
    result = await place.reader.slash(place.channel, "ask", question=QUESTION, article="nothing")
    assert "There is no article 'nothing' here. Choose one from the list of articles." in text_of(
        result.response
    )
    assert accent_of(result.response) == Tone.FAILED.value.value
    assert place.env.errors


async def test_a_direct_message_asks_the_persons_own_library(place):
    person = place.reader.user
    place.librarian.put(f"user:{person.id}", "My own article")
    result = await person.slash("ask", question=QUESTION)
    assert "My own article" in text_of(result.response)
    assert "1 article in your library" in text_of(result.response)
    opened = await person.click(result.response, label="Quotes")
    assert "My own article" in text_of(opened.response)


async def test_servers_do_not_read_each_others_articles(place):
    other = place.env.create_guild("Elsewhere")
    channel = other.create_text_channel("talk")
    stranger = other.add_member(place.env.create_user("stan"))
    result = await stranger.slash(channel, "ask", question=QUESTION)
    assert "is empty" in text_of(result.response)


async def test_articles_are_offered_while_typing_within_discords_limits(place):
    for number in range(30):
        place.librarian.put(
            place.collection, f"Harbor {number} " + "long " * 40, public_id="i" * (90 + number)
        )
    choices = await place.reader.autocomplete(place.channel, "ask", "article", "harbor", question="Why?")
    assert len(choices) == 25
    assert all(1 <= len(choice["name"]) <= 100 and 1 <= len(choice["value"]) <= 100 for choice in choices)


async def test_an_id_too_long_to_offer_still_leads_to_its_article(place):
    article = place.librarian.put(place.collection, "Lighthouse " + "keeper " * 30, public_id="i" * 200)
    choices = await place.reader.autocomplete(place.channel, "ask", "article", "lighthouse", question="Why?")
    await place.reader.slash(place.channel, "ask", question=QUESTION, article=choices[0]["value"])
    assert place.librarian.answers.asked[-1][2] == Filters(article_ids=(article.public_id,))


async def test_articles_without_a_visible_title_are_offered_under_a_name(place):
    place.librarian.put(place.collection, "\u200b", site=None)
    choices = await place.reader.autocomplete(place.channel, "ask", "article", "\u200b", question="Why?")
    assert choices[0]["name"] == "Untitled article"


async def test_asking_too_fast_is_answered_with_the_time_to_wait(place, clock):
    for _ in range(5):
        await place.reader.slash(place.channel, "ask", question=QUESTION)
    clock.now += 1.5
    result = await place.reader.slash(place.channel, "ask", question=QUESTION)
    assert text_of(result.response) == "You can ask again in 7 s."
    assert result.ephemeral
    clock.now += 6.5
    result = await place.reader.slash(place.channel, "ask", question=QUESTION)
    assert "in 1907" in text_of(result.response)


async def test_one_persons_haste_does_not_slow_another(place):
    for _ in range(6):
        await place.reader.slash(place.channel, "ask", question=QUESTION)
    result = await place.curator.slash(place.channel, "ask", question=QUESTION)
    assert "in 1907" in text_of(result.response)


@pytest.mark.parametrize("hostile", ["<@{me}>", "@everyone", "[x](https://evil.example)", "||a||"])
async def test_a_hostile_title_pings_nobody_and_forges_nothing(place, hostile):
    title = hostile.format(me=place.curator.id)
    place.librarian.shelf.clear()
    place.librarian.put(place.collection, title, f"The harbor {title} is deep.", site=title)
    result = await place.reader.slash(place.channel, "ask", question=QUESTION)
    text = text_of(result.response)
    message = result.response.message
    assert (message.mentions, message.mention_everyone) == ([], False)
    assert title not in text.replace(f"-# {QUESTION}", "")
    assert "](https://evil" not in text


async def test_a_hostile_question_is_shown_as_text(place):
    result = await place.reader.slash(place.channel, "ask", question="**bold** <@1> \n# harbor")
    assert text_of(result.response).startswith("-# \\*\\*bold\\*\\* \\<\\@1> # harbor\n")


async def test_the_bot_answers_without_privileged_intents(place):
    intents = make_bot(place.librarian).intents
    assert (intents.message_content, intents.members, intents.presences) == (False, False, False)
