from dataclasses import replace

import pytest
from discord_driver import accent_of, buttons_of, make_bot, press_forged, press_other, text_of

from bot.formatting.cards import Tone
from retrieval.domain.answers import Citation, Statement
from retrieval.domain.spans import Span
from retrieval.errors import LibraryBusy

QUESTION = "When was the harbor deepened?"
TOO_OLD = "This answer is too old or not from this server. Please ask again."


def cite_many(place, count):
    """Answer with *count* statements, each citing one character of the article."""
    article = place.librarian.shelf[1]

    def answer_with(answer):
        citations = tuple(Citation(n, article, Span(n, n + 1), f"words {n}") for n in range(1, count + 1))
        statements = tuple(Statement(f"Claim {one.number}.", (one.number,)) for one in citations)
        return replace(answer, statements=statements, citations=citations)

    place.librarian.answers.answer_with = answer_with


async def ask(place, who=None):
    return (await (who or place.reader).slash(place.channel, "ask", question=QUESTION)).response


async def test_quotes_show_the_exact_words_with_their_surroundings_to_one_person(place):
    result = await place.curator.click(await ask(place), label="Quotes")
    text = text_of(result.response)
    assert "**[1] Harbor history** · harbor.example · 2 Mar 2024" in text
    assert "> It was quiet. **The harbor was deepened in 1907.** Ships came." in text
    assert buttons_of(result.response)["Open"].startswith("https://harbor.example/1#:~:text=")
    assert result.ephemeral


@pytest.mark.parametrize("label", ["Quotes", "⋯"])
async def test_buttons_work_after_a_restart(place, label):
    answer = await ask(place)
    await place.env.restart_bot(make_bot(place.librarian))
    result = await place.reader.click(answer, label=label)
    assert QUESTION in text_of(result.response)


async def test_quotes_of_an_article_without_address_have_no_button(place):
    place.librarian.shelf.clear()
    place.librarian.put(place.collection, url=None)
    result = await place.reader.click(await ask(place), label="Quotes")
    assert list(buttons_of(result.response)) == ["✓", "✗"]
    assert "**The harbor was deepened in 1907.**" in text_of(result.response)


async def test_an_article_is_named_once_on_a_page_of_quotes(place):
    cite_many(place, 3)
    text = text_of((await place.reader.click(await ask(place), label="Quotes")).response)
    assert text.count("Harbor history") == 1
    assert [f"**[{number}]" in text for number in (1, 2, 3)] == [True] * 3


async def test_sources_list_the_cited_passages_first(place):
    place.librarian.put(place.collection, "Second", "Nothing of the kind.")
    result = await press_other(place.reader, await ask(place), "Sources")
    text = text_of(result.response)
    assert text.index("cited as [1]") < text.index("read, not cited")
    assert text.index("Harbor history") < text.index("Second")


async def test_quotes_are_paged_in_place(place):
    cite_many(place, 12)
    first = await place.reader.click(await ask(place), label="Quotes")
    assert "· page 1 of 3" in text_of(first.response)
    await place.env.restart_bot(make_bot(place.librarian))
    await place.reader.click(first.response, label="›")
    text = text_of(first.response)
    assert "· page 2 of 3" in text
    assert [f"[{n}]" in text for n in (4, 5, 8, 9)] == [False, True, True, False]


async def test_a_page_beyond_the_last_shows_the_last(place):
    cite_many(place, 6)
    await ask(place)
    opened = await press_forged(place, "a:1:quotes:999")
    assert "· page 2 of 2" in text_of(opened.response)


@pytest.mark.parametrize("what", ["quotes", "sources", "spoken", "quotes:1"])
async def test_an_answer_of_another_server_is_not_opened(place, what):
    await ask(place)
    other = place.env.create_guild("Elsewhere")
    channel = other.create_text_channel("talk")
    stranger = other.add_member(place.env.create_user("stan"))
    result = await press_forged(place, f"a:1:{what}", stranger, channel)
    assert text_of(result.response) == TOO_OLD
    assert result.ephemeral


@pytest.mark.parametrize("number", ["2", "0", "9" * 18])
async def test_an_answer_that_was_never_given_is_not_opened(place, number):
    await ask(place)
    result = await press_forged(place, f"a:{number}:quotes")
    assert text_of(result.response) == TOO_OLD
    assert accent_of(result.response) == Tone.FAILED.value.value


async def test_a_removed_article_takes_its_words_along(place):
    answer = await ask(place)
    place.librarian.shelf.clear()
    result = await place.reader.click(answer, label="Quotes")
    text = text_of(result.response)
    assert "The article behind [1] and its words were removed from the library" in text
    assert "1907" not in text


async def test_a_changed_article_is_marked(place):
    answer = await ask(place)
    place.librarian.shelf[1] = replace(place.librarian.shelf[1], digest="other")
    result = await place.reader.click(answer, label="Quotes")
    assert "-# The article has changed since; these were its words." in text_of(result.response)


async def test_an_unforeseen_error_shows_its_number_and_no_secret(place, caplog):
    answer = await ask(place)
    place.librarian.failure = ZeroDivisionError("secret")
    result = await place.reader.click(answer, label="Quotes")
    text = text_of(result.response)
    number = text.rstrip(".").split()[-1]
    assert "secret" not in text
    assert f"Error {number}" in caplog.text


async def test_pressing_without_end_is_answered_with_the_time_to_wait(place):
    answer = await ask(place)
    for _ in range(10):
        await place.reader.click(answer, label="Quotes")
    result = await place.reader.click(answer, label="Quotes")
    assert text_of(result.response) == "You can press this again in 2 s."


async def test_a_long_quote_is_shown_whole_when_there_is_room(place):
    place.librarian.shelf.clear()
    text = "The harbor " + "was deepened again and " * 60 + "deep."
    place.librarian.put(place.collection, text=text)
    result = await place.reader.click(await ask(place), label="Quotes")
    assert f"> **{text}**" in text_of(result.response)


async def test_a_quote_too_long_for_a_card_says_that_it_goes_on(place):
    place.librarian.shelf.clear()
    place.librarian.put(place.collection, text="The harbor " + "was deepened again and " * 400 + "deep.")
    result = await place.reader.click(await ask(place), label="Quotes")
    assert "…** (and so on)" in text_of(result.response)


async def test_a_page_that_fails_leaves_the_one_that_was_there(place):
    cite_many(place, 12)
    opened = await place.reader.click(await ask(place), label="Quotes")
    place.librarian.failure = LibraryBusy("64 questions are waiting. Ask again in a minute.")
    result = await place.reader.click(opened.response, label="›")
    assert "· page 1 of 3" in text_of(opened.response)
    assert text_of(result.followups[0]) == "64 questions are waiting. Ask again in a minute."
    assert result.followups[0].ephemeral
