import discord
import pytest
from discord import ui
from discord_driver import ANSWER_BUTTONS, buttons_of, make_bot, press_forged, press_other, text_of

from bot.views.reports import DECIDED, HIDDEN, KEPT, NOT_TOLD, NOT_YOURS, TOLD

QUESTION = "When was the harbor deepened?"


def told_items(message):
    view = ui.LayoutView.from_message(message, timeout=None)
    return [item for item in view.walk_children() if isinstance(item, ui.TextDisplay)]


async def ask(place, who=None, **options):
    result = await (who or place.reader).slash(place.channel, "ask", question=QUESTION, **options)
    return result.response


async def report(place, answer, fault, words="", who=None):
    who = who or place.reader
    shown = await press_other(who, answer, "Wrong?")
    fields = [label["component"]["custom_id"] for label in shown.modal["components"]]
    return await who.submit_modal(shown, {fields[0]: [fault], fields[1]: words})


async def test_what_is_wrong_is_kept_with_who_said_it_and_where(place):
    answer = await ask(place)
    result = await report(place, answer, "quote", "It says 1908.")
    assert text_of(result.response) == KEPT
    assert result.ephemeral
    [(collection, kept)] = place.librarian.feedback.reported.values()
    assert (collection, kept.fault, kept.words) == (place.collection, "quote", "It says 1908.")
    assert kept.person == str(place.reader.id)
    assert kept.link.endswith(f"/{place.channel.id}/{answer.id}")
    assert QUESTION in text_of(answer)


async def test_what_should_not_be_shown_is_hidden_at_once(place):
    answer = await ask(place)
    result = await report(place, answer, "hide", "My address is in it.")
    assert "This answer is hidden" in text_of(answer)
    assert "1907" not in text_of(answer)
    assert text_of(result.followups[0]).startswith(HIDDEN)
    opened = await press_forged(place, "a:1:quotes")
    assert "hidden until a moderator" in text_of(opened.response)


async def test_a_button_of_before_the_menu_still_reports_and_hides(place):
    answer = await ask(place)
    shown = await press_forged(place, "w:1")
    fields = [label["component"]["custom_id"] for label in shown.modal["components"]]
    await place.reader.submit_modal(shown, {fields[0]: ["hide"], fields[1]: ""})
    opened = await place.reader.click(answer, label="Quotes")
    assert "hidden until a moderator" in text_of(opened.response)


async def test_a_forged_message_is_not_hidden_and_not_linked(place):
    answer = await ask(place)
    other = await ask(place, place.curator)
    shown = await press_forged(place, f"w:1:{other.id}")
    fields = [label["component"]["custom_id"] for label in shown.modal["components"]]
    await place.reader.submit_modal(shown, {fields[0]: ["hide"], fields[1]: ""})
    assert "1907" in text_of(other)
    assert place.librarian.feedback.reported[1][1].link == ""
    assert answer.id != other.id


async def test_the_owner_is_notified_of_what_was_hidden(place):
    result = await report(place, await ask(place), "hide", "My address is in it.")
    assert text_of(result.followups[0]) == HIDDEN + TOLD
    backend = place.env.backend
    owner = backend.guilds[place.guild.id].owner_id
    channel = await place.env.bot.fetch_channel(backend.dm_channels[owner])
    [told] = [message async for message in channel.history()]
    card = "\n".join(item.content for item in told_items(told))
    assert "I hid an answer in Keepers" in card
    assert "“My address is in it.”" in card


async def test_an_owner_who_takes_no_messages_is_said_to_be_out_of_reach(place):
    place.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    result = await report(place, await ask(place), "hide")
    assert text_of(result.followups[0]) == HIDDEN + NOT_TOLD


async def test_a_moderator_shows_it_again_where_it_was(place):
    answer = await ask(place)
    await report(place, answer, "hide")
    refused = await place.reader.click(answer, label="Show it again (moderators)")
    assert text_of(refused.response) == NOT_YOURS
    await place.env.restart_bot(make_bot(place.librarian))
    result = await place.curator.click(answer, label="Show it again (moderators)")
    assert text_of(result.response) == "The answer is shown again."
    assert "1907" in text_of(answer)
    assert " · ".join(buttons_of(answer)) == ANSWER_BUTTONS


async def test_an_answer_shown_again_is_not_hidden_twice(place):
    answer = await ask(place)
    await report(place, answer, "hide")
    await place.curator.click(answer, label="Show it again (moderators)")
    result = await report(place, answer, "hide")
    assert text_of(result.response) == DECIDED
    assert "1907" in text_of(answer)


async def test_moderators_find_reports_and_decide_in_the_list(place):
    answer = await ask(place)
    await report(place, answer, "article", "From 1990.")
    result = await place.curator.slash(place.channel, "reports")
    assert result.ephemeral
    text = text_of(result.response)
    assert "**1 report waiting**" in text
    assert "**The article is wrong or out of date**" in text
    assert "“From 1990.”" in text
    await place.curator.click(result.response, label="Hide it")
    assert "This answer is hidden" in text_of(answer)
    assert "No reports are waiting" in text_of(result.response)


async def test_the_list_has_pages(place):
    for who in (place.curator, place.reader, place.curator, place.reader, place.curator):
        await report(place, await ask(place, who), "answer", who=who)
    result = await place.curator.slash(place.channel, "reports")
    assert "· page 1 of 2" in text_of(result.response)
    await place.curator.click(result.response, label="›")
    assert "· page 2 of 2" in text_of(result.response)


async def test_readers_do_not_see_reports(place):
    await report(place, await ask(place), "answer")
    with pytest.raises(Exception, match="not visible"):
        await place.reader.slash(place.channel, "reports")
    for custom_id in ("p:0", "d:1:show"):
        result = await press_forged(place, custom_id)
        assert text_of(result.response) == NOT_YOURS
    assert place.librarian.feedback.settled == set()


async def test_reports_of_another_server_cannot_be_decided(place):
    answer = await ask(place)
    await report(place, answer, "hide")
    _, kept = place.librarian.feedback.reported[1]
    place.librarian.feedback.reported[1] = ("guild:1", kept)
    result = await press_forged(place, "d:1:show", who=place.curator)
    assert "no longer here" in text_of(result.response)
    assert place.librarian.feedback.settled == set()


async def test_a_message_that_is_gone_is_no_error(place):
    answer = await ask(place)
    await report(place, answer, "answer")
    listed = await place.curator.slash(place.channel, "reports")
    await place.env.bot.get_channel(place.channel.id).get_partial_message(answer.id).delete()
    result = await place.curator.click(listed.response, label="Hide it")
    assert isinstance(result.response.id, int)
    assert place.librarian.feedback.hidden == {1}


async def test_words_of_a_report_mention_nobody(place):
    await report(place, await ask(place), "answer", "@everyone <@1> **bold** [x](https://e.example)")
    result = await place.curator.slash(place.channel, "reports")
    text = text_of(result.response)
    assert "@everyone" not in text.replace("@\u200beveryone", "")
    assert "](https://e.example)" not in text
    assert discord.AllowedMentions.none().to_dict() == {"parse": []}


async def test_a_private_answer_is_hidden_for_its_reader(place):
    answer = await ask(place, private=True)
    result = await report(place, answer, "hide")
    assert text_of(result.followups[0]).startswith(HIDDEN)
    assert place.librarian.feedback.reported[1][1].link == ""
    opened = await place.reader.click(answer, label="Quotes")
    assert "hidden until a moderator" in text_of(opened.response)
