from discord_driver import accent_of, buttons_of, make_bot, text_of

from bot.formatting.cards import Tone


async def test_exact_words_are_said_to_be_word_for_word_and_open_the_page(place):
    result = await place.reader.slash(place.channel, "quote", exact="The harbor was deepened in 1907")
    text = text_of(result.response)
    assert "**Yes, word for word.**" in text
    assert "> “The harbor was deepened in 1907”" in text
    assert "**The article’s own words** · [Harbor history]" in text
    assert "The%20harbor%20was" in buttons_of(result.response)["Open"]
    assert accent_of(result.response) == Tone.ANSWERED.value.value


async def test_changed_words_are_marked_and_warned_of(place):
    result = await place.reader.slash(place.channel, "quote", exact="The harbor was not deepened in 1970")
    text = text_of(result.response)
    assert "word for word" not in text
    assert "> The harbor was ~~not~~ deepened in ~~1970~~ __**1907**__" in text
    assert "-# Only your words say “not”: that reverses the meaning." in text
    assert "A number differs: your words have 1970, the article has 1907." in text
    assert accent_of(result.response) == Tone.NOTHING_FOUND.value.value


async def test_words_of_nobody_are_said_to_be_absent(place):
    result = await place.reader.slash(place.channel, "quote", exact="Whales sing at night in the ocean")
    assert "**Not in the articles.**" in text_of(result.response)
    assert not buttons_of(result.response)


async def test_the_context_of_checked_words_opens_after_a_restart(place):
    result = await place.reader.slash(place.channel, "quote", exact="The harbor was deepened in 1907")
    await place.env.restart_bot(make_bot(place.librarian))
    opened = await place.reader.click(result.response, label="In context")
    assert "**The harbor was deepened in 1907**" in text_of(opened.response)


async def test_exact_goes_with_no_speaker(place):
    result = await place.reader.slash(place.channel, "quote", exact="The harbor", speaker="Ada")
    assert "Give `exact` alone" in text_of(result.response).replace("\\", "")
    assert place.env.errors


async def test_hostile_words_are_shown_as_text(place):
    place.librarian.put(place.collection, "Odd", "The <@1> harbor **was** [deep](https://evil.example) then.")
    result = await place.reader.slash(
        place.channel, "quote", exact="The <@2> harbor **was** [deep](https://evil.example) now"
    )
    text = text_of(result.response)
    assert "<@2>" not in text
    assert "](https://evil" not in text


async def test_quotations_can_be_of_a_day_or_later(place):
    place.librarian.put(place.collection, "Newer")
    result = await place.reader.slash(place.channel, "quote", since="2024-03-03")
    text = text_of(result.response)
    assert text.startswith("-# Quotations since 3 Mar 2024")
    assert text.count("**Ada Berg**") == 1


async def test_what_one_person_said_is_shown_by_story(place):
    place.librarian.put(place.collection, "Newer")
    result = await place.reader.slash(place.channel, "who", speaker="Ada Berg")
    text = text_of(result.response)
    assert text.startswith("**Ada Berg** · 2 quotations in 2 stories")
    assert text.index("Newer") < text.index("Harbor history")
    assert text.count("> “We dug by hand,”") == 2


async def test_a_name_of_several_people_lists_them(place):
    text = text_of((await place.reader.slash(place.channel, "who", speaker="Berg")).response)
    assert "**There are several people called Berg.**" in text
    assert "- Ada Berg\n- Peter Berg" in text


async def test_nobody_of_that_name_is_said_in_amber(place):
    result = await place.reader.slash(place.channel, "who", speaker="Lind")
    assert "**Nobody called Lind is quoted in the articles.**" in text_of(result.response)


async def test_more_than_a_page_of_quotations_is_behind_a_button(place):
    for number in range(6):
        place.librarian.put(place.collection, f"Article {number}")
    result = await place.reader.slash(place.channel, "who", speaker="Ada Berg")
    opened = await place.reader.click(result.response, label="2 more quotations")
    assert "page 2 of 2" in text_of(opened.response)


async def test_speakers_are_offered_within_discords_limits(place):
    choices = await place.reader.autocomplete(place.channel, "who", "speaker", "Ad")
    assert len(choices) == 25
    assert all(1 <= len(choice["name"]) <= 100 and 1 <= len(choice["value"]) <= 100 for choice in choices)
