"""*Check against articles* in the menu of a message."""

import pytest
from discord_driver import text_of

MENU = "Check against articles"


async def check(place, text, who=None):
    message = await place.curator.send(place.channel, text)
    return await (who or place.reader).context_menu(place.channel, MENU, message)


async def test_each_claim_is_shown_with_verdict_and_words_to_the_asker_only(place):
    result = await check(
        place, "The harbor was deepened in 1907. Ships do not like 1907. Cats wear tall hats."
    )
    text = text_of(result.response)
    assert result.ephemeral
    assert "✓ **Supported**" in text
    assert "The harbor was deepened in 1907." in text
    assert "✗ **Contradicted**" in text
    assert "○ **Not in the articles**" in text
    assert "“Not in the articles” does not mean false" in text


async def test_a_message_without_a_claim_gets_a_notice(place):
    result = await check(place, "lol")
    assert "I found no claim in that text" in text_of(result.response)


async def test_an_empty_library_says_how_to_fill_it(place):
    place.librarian.shelf.clear()
    result = await check(place, "The harbor was deepened in 1907.")
    assert "is empty.** Add a first article" in text_of(result.response)


async def test_many_long_claims_fit_on_one_card_and_ping_nobody(place):
    claims = " ".join(
        f"@everyone {'very ' * 20}[big](https://evil.example) harbor number {n} opened." for n in range(12)
    )
    place.librarian.put(place.collection, text=f"{'Word ' * 900}opened.")
    result = await check(place, claims[:2_000])
    text = text_of(result.response)
    assert len(text) <= 4_000
    assert "](https://evil.example)" not in text
    assert "@everyone" not in text.replace("@\u200b", "")


async def test_another_server_checks_its_own_articles(place):
    guild = place.env.create_guild("Elsewhere")
    channel = guild.create_text_channel("talk")
    stranger = guild.add_member(place.env.create_user("sue"))
    message = await stranger.send(channel, "The harbor was deepened in 1907.")
    result = await stranger.context_menu(channel, MENU, message)
    assert "is empty.**" in text_of(result.response)


@pytest.mark.parametrize("length", [1, 1_999, 2_000])
async def test_messages_of_any_length_are_read(place, length):
    text = ("The harbor was deepened in 1907. " * 70)[:length]
    result = await check(place, text)
    assert text_of(result.response)
