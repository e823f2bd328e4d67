from discord_driver import accent_of, buttons_of, make_bot, text_of

from bot.formatting.cards import Tone


async def test_quotations_name_who_said_them_and_where(place):
    result = await place.reader.slash(place.channel, "quote", about="dug", speaker="Ada")
    text = text_of(result.response)
    assert text.startswith("-# Quotations about dug by Ada")
    assert "**Ada Berg** · [Harbor history](<https://harbor.example/1>) · harbor.example · 2 Mar 2024" in text
    assert "> “We dug by hand,”" in text
    assert "We%20dug%20by%20hand" in buttons_of(result.response)["Open"]


async def test_no_quotation_is_said_in_amber(place):
    result = await place.reader.slash(place.channel, "quote", speaker="Nobody")
    assert "I found no such words" in text_of(result.response)
    assert accent_of(result.response) == Tone.NOTHING_FOUND.value.value


async def test_many_quotations_are_behind_a_button_after_a_restart_too(place):
    for number in range(6):
        place.librarian.put(place.collection, f"Article {number}")
    result = await place.reader.slash(place.channel, "quote")
    assert text_of(result.response).count("Ada Berg") == 5
    await place.env.restart_bot(make_bot(place.librarian))
    opened = await place.reader.click(result.response, label="2 more quotations")
    assert text_of(opened.response).count("Ada Berg") == 2
    assert "page 2 of 2" in text_of(opened.response)


async def test_quotations_can_be_of_one_article(place):
    place.librarian.put(place.collection, "Other")
    result = await place.reader.slash(place.channel, "quote", article="a2")
    text = text_of(result.response)
    assert text.startswith("-# Quotations in Other")
    assert text.count("Ada Berg") == 1


async def test_help_is_for_one_person_and_says_who_may_add(place):
    result = await place.reader.slash(place.channel, "help")
    assert result.ephemeral
    opened = await place.reader.click(result.response, label="Adding articles")
    text = text_of(opened.response)
    assert "Adding articles requires the permission Manage Messages or the role Librarians." in text


async def test_help_in_direct_messages_speaks_of_ones_own_library(place):
    result = await place.reader.user.slash("help")
    opened = await place.reader.user.click(result.response, label="Adding articles")
    assert "This library is yours alone." in text_of(opened.response)
