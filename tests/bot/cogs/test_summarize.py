from discord_driver import accent_of, buttons_of, make_bot, press_forged, text_of

from bot.formatting.cards import Tone
from retrieval.domain.articles import Filters

PAGE = "https://news.example/story"
LONG = "The harbor is deep and wide. " * 20


async def test_a_summary_cites_its_article_and_says_what_it_saves(place):
    result = await place.reader.slash(place.channel, "summarize", article="a1", length="short")
    text = text_of(result.response)
    assert text.startswith("-# Summary of Harbor history\nIt was quiet. [[1]](<https://harbor.example/1#")
    footer = "-# The article's own sentences · harbor.example · published 2 Mar 2024 · 1 min instead of 6"
    assert footer in text
    assert list(buttons_of(result.response)) == ["Quotes", "Key quotes", "Ask about this", "⋯"]
    opened = await place.reader.click(result.response, label="Quotes")
    assert "**It was quiet.**" in text_of(opened.response)


async def test_key_quotes_are_offered_only_where_there_are_some(place):
    place.librarian.put(place.collection, "Plain", "The harbor is deep. Nobody says a word.")
    place.librarian.quotes.quotations_of = lambda article, text: []
    result = await place.reader.slash(place.channel, "summarize", article="a2")
    assert list(buttons_of(result.response)) == ["Quotes", "Ask about this", "⋯"]


async def test_a_summary_takes_the_address_of_an_article_of_the_library(place):
    result = await place.reader.slash(place.channel, "summarize", url="https://harbor.example/1")
    assert text_of(result.response).count("It was quiet. [[1]]") == 2
    assert place.librarian.articles.read == []


async def test_a_focus_is_handed_on_and_named(place):
    result = await place.reader.slash(place.channel, "summarize", article="a1", focus="ships")
    assert place.librarian.summaries.focus == "ships"
    assert "Summary of Harbor history, on ships" in text_of(result.response)


async def test_a_focus_that_is_not_in_the_article_is_said(place):
    result = await place.reader.slash(place.channel, "summarize", article="a1", focus="whales")
    text = text_of(result.response)
    assert "-# I found nothing about “whales”." in text
    assert "on whales" not in text


async def test_two_things_at_a_time_are_refused(place):
    result = await place.reader.slash(place.channel, "summarize", article="a1", url=PAGE)
    assert "Give one thing at a time" in text_of(result.response)
    assert place.env.errors


async def test_a_page_that_is_not_in_the_library_is_read_and_not_kept(place):
    result = await place.reader.slash(place.channel, "summarize", url=PAGE)
    text = text_of(result.response)
    assert "This article is not in the library; I read it for this summary and did not keep it." in text
    assert "published 6 May 2025 · by Ida Lind" in text
    assert list(buttons_of(result.response)) == ["Add to the library"]
    assert len(place.librarian.shelf) == 1


async def test_a_page_that_was_summarized_is_added_by_a_button_after_a_restart_too(place):
    result = await place.reader.slash(place.channel, "summarize", url=PAGE)
    await place.env.restart_bot(make_bot(place.librarian))
    opened = await place.curator.click(result.response, label="Add to the library")
    assert "**[From the web]" in text_of(opened.response)
    assert place.librarian.articles.added == [(place.collection, PAGE)]


async def test_a_member_who_may_not_add_sees_who_may(place):
    result = await place.reader.slash(place.channel, "summarize", url=PAGE)
    opened = await place.reader.click(result.response, label="Add to the library")
    assert "Adding articles requires the permission Manage Messages" in text_of(opened.response)
    assert place.librarian.articles.added == []


async def test_a_file_is_summarized_and_can_be_added(place):
    file = ("notes.txt", LONG.encode())
    result = await place.reader.slash(place.channel, "summarize", file=file)
    assert "The harbor is" in text_of(result.response)
    await place.curator.click(result.response, label="Add to the library")
    assert place.librarian.articles.added == [(place.collection, ("notes.txt", LONG.encode()))]


async def test_a_file_read_before_a_restart_is_said_to_be_gone(place):
    result = await place.reader.slash(place.channel, "summarize", file=("notes.txt", LONG.encode()))
    await place.env.restart_bot(make_bot(place.librarian))
    opened = await place.curator.click(result.response, label="Add to the library")
    assert "I no longer have this one." in text_of(opened.response)


async def test_what_was_read_elsewhere_cannot_be_added_here(place):
    await place.reader.user.slash("summarize", url=PAGE)
    opened = await press_forged(place, "n:1", place.curator)
    assert "I no longer have this one." in text_of(opened.response)


async def test_a_page_that_cannot_be_had_is_an_error_for_people(place):
    result = await place.reader.slash(place.channel, "summarize", url="https://down.example/")
    assert "The page did not answer." in text_of(result.response)
    assert accent_of(result.response) == Tone.FAILED.value.value
    assert place.env.errors


async def test_key_quotes_of_a_summary_open_after_a_restart(place):
    result = await place.reader.slash(place.channel, "summarize", article="a1")
    await place.env.restart_bot(make_bot(place.librarian))
    opened = await place.reader.click(result.response, label="Key quotes")
    assert opened.ephemeral
    assert "> “We dug by hand,”" in text_of(opened.response)


async def test_a_question_under_a_summary_asks_this_article_only(place):
    place.librarian.put(place.collection, "Other")
    result = await place.reader.slash(place.channel, "summarize", article="a1")
    await place.env.restart_bot(make_bot(place.librarian))
    shown = await place.reader.click(result.response, label="Ask about this")
    field = shown.modal["components"][0]["component"]["custom_id"]
    answered = await place.reader.submit_modal(shown, {field: "When was the harbor deepened?"})
    assert "I looked only in this article" in text_of(answered.response)
    assert place.librarian.answers.asked[-1][2] == Filters(article_ids=("a1",))


async def test_articles_of_elsewhere_show_no_key_quotes_here(place):
    place.librarian.put("guild:1", "Secret")
    opened = await press_forged(place, "s:2:key")
    assert "Secret" not in text_of(opened.response)
