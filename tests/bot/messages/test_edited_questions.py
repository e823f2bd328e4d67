"""Messages that become questions to the bot by an edit, and threads that have no first message."""

from dataclasses import dataclass

import pytest
from simcord.builders import ChannelHandle

QUESTION = "When was the harbor deepened?"


def mention(place):
    return f"<@{place.env.bot.user.id}>"


def answers(channel, before=()):
    found = [one for one in channel.history() if one.id not in before and one.author.bot]
    return [Shown(one, [part.to_dict() for part in one.components]) for one in found]


@dataclass
class Shown:
    message: object
    components: list


CORRECTED = "When was the harbor deepned?"


def ids(channel):
    return {one.id for one in channel.history()}


async def test_a_mention_added_by_an_edit_is_answered(place):
    before = ids(place.channel)
    message = await place.reader.send(place.channel, QUESTION)
    await place.reader.edit(message, f"{mention(place)} {QUESTION}")
    assert len(answers(place.channel, before)) == 1
    assert place.librarian.answers.asked[-1][0] == QUESTION


async def test_a_corrected_question_is_asked_again(place):
    message = await place.reader.send(place.channel, f"{mention(place)} {CORRECTED}")
    await place.reader.edit(message, f"{mention(place)} {QUESTION}")
    assert [question for question, *_ in place.librarian.answers.asked] == [CORRECTED, QUESTION]


async def test_an_edit_that_changes_no_word_asks_nothing(place):
    message = await place.reader.send(place.channel, f"{mention(place)} {QUESTION}")
    await place.reader.edit(message, f"{mention(place)}  {QUESTION} ")
    assert len(place.librarian.answers.asked) == 1


async def test_what_was_answered_before_a_restart_is_not_answered_again(place):
    message = await place.reader.send(place.channel, f"{mention(place)} {QUESTION}")
    place.env.bot.get_cog("Conversation")._edits._asked.clear()
    await place.reader.edit(message, f"{mention(place)} {QUESTION} ")
    assert len(place.librarian.answers.asked) == 1


async def test_an_old_message_that_is_edited_asks_nothing(place):
    message = await place.reader.send(place.channel, QUESTION)
    place.env.backend.advance_clock(3600)
    before = ids(place.channel)
    await place.reader.edit(message, f"{mention(place)} {QUESTION}")
    assert answers(place.channel, before) == []


def thread(place, parent):
    return ChannelHandle(
        place.env, place.guild, place.env.backend.create_thread(parent.id, "A post", place.reader.id, type=11)
    )


@pytest.mark.parametrize("kind", ["forum", "text"])
async def test_a_thread_without_a_first_message_has_a_conversation(place, kind):
    parent = place.guild.create_forum_channel("help") if kind == "forum" else place.channel
    there = thread(place, parent)
    await place.reader.send(there, f"{mention(place)} {QUESTION}")
    await place.reader.send(there, f"{mention(place)} and who paid for it?")
    assert place.librarian.answers.after is not None
    assert place.librarian.answers.after.question == QUESTION
