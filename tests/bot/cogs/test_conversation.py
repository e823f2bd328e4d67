from dataclasses import dataclass, replace

import pytest
from discord_driver import ANSWER_BUTTONS, buttons_of, make_bot, press_forged, press_other, text_of

from retrieval.errors import LibraryBusy

QUESTION = "When was the harbor deepened?"


def mention(place):
    return f"<@{place.env.bot.user.id}>"


async def said(place, content, who=None, **options):
    """What the bot answers to a message."""
    before = {message.id for message in place.channel.history()}
    await (who or place.reader).send(place.channel, content, **options)
    return answers(place.channel, before)


def answers(channel, before=()):
    found = [one for one in channel.history() if one.id not in before and one.author.bot]
    return [Shown(one, [part.to_dict() for part in one.components]) for one in found]


@dataclass
class Shown:
    message: object
    components: list


async def test_a_mention_is_answered_as_ask_is(place):
    [answer] = await said(place, f"{mention(place)} {QUESTION}")
    assert "The harbor was deepened in 1907." in text_of(answer)
    assert " · ".join(buttons_of(answer)) == ANSWER_BUTTONS
    assert place.librarian.answers.asked[-1][0] == QUESTION


async def test_a_message_that_does_not_speak_to_the_bot_is_left_alone(place):
    assert await said(place, QUESTION) == []


async def test_a_mention_without_a_question_gets_a_hint(place):
    [answer] = await said(place, mention(place))
    assert "/help" in text_of(answer)
    assert not place.librarian.answers.asked


async def test_a_reply_to_an_answer_follows_it_up(place):
    [first] = await said(place, f"{mention(place)} {QUESTION}")
    await said(place, f"{mention(place)} and who paid for it?", reply_to=first.message)
    assert place.librarian.answers.after.question == QUESTION


async def test_a_reply_to_somebody_else_stands_alone(place):
    other = await place.curator.send(place.channel, "The harbor is nice.")
    await said(place, f"{mention(place)} {QUESTION}", reply_to=other)
    assert place.librarian.answers.after is None


async def test_a_failure_is_a_card_and_not_silence(place):
    place.librarian.failure = LibraryBusy("Many people are asking. Try again in a minute.")
    [answer] = await said(place, f"{mention(place)} {QUESTION}")
    assert "Many people are asking." in text_of(answer)


async def test_the_pace_holds_for_mentions_too(place):
    for _ in range(5):
        await said(place, f"{mention(place)} {QUESTION}")
    [answer] = await said(place, f"{mention(place)} {QUESTION}")
    assert "You can ask again in 8 s." in text_of(answer)


async def test_the_follow_up_button_asks_with_the_answer_in_mind(place):
    first = await place.reader.slash(place.channel, "ask", question=QUESTION)
    await place.env.restart_bot(make_bot(place.librarian))
    shown = await place.reader.click(first.response, label="Follow up")
    [field] = [label["component"]["custom_id"] for label in shown.modal["components"]]
    done = await place.reader.submit_modal(shown, {field: "And who paid for it?"})
    assert place.librarian.answers.after.question == QUESTION
    assert "And who paid for it?" in text_of(done.response)


async def test_an_answer_of_another_server_cannot_be_followed_up(place):
    await place.reader.slash(place.channel, "ask", question=QUESTION)
    other = place.env.create_guild("Elsewhere")
    channel = other.create_text_channel("talk")
    stranger = other.add_member(place.env.create_user("stan"))
    shown = await press_forged(place, "f:1", stranger, channel)
    [field] = [label["component"]["custom_id"] for label in shown.modal["components"]]
    done = await stranger.submit_modal(shown, {field: "And who paid for it?"})
    assert "too old or not from this server" in text_of(done.response)


async def test_how_a_follow_up_was_understood_is_shown(place):
    place.librarian.answers.understood = "Who paid for the harbor?"
    answer = await place.reader.slash(place.channel, "ask", question=QUESTION)
    assert "Understood as: Who paid for the harbor?" in text_of(answer.response)


async def test_a_direct_message_is_a_question_to_ones_own_library(place):
    user = place.env.create_user("dora")
    place.librarian.put(f"user:{user.id}")
    await user.send_dm(QUESTION)
    [answer] = answers(user.dm_channel)
    assert "The harbor was deepened in 1907." in text_of(answer)
    assert place.librarian.answers.asked[-1][1] == f"user:{user.id}"


# -- threads -------------------------------------------------------------------------


async def test_a_thread_continues_an_answer(place):
    first = await place.reader.slash(place.channel, "ask", question=QUESTION)
    done = await press_other(place.reader, first.response, "Continue in a thread")
    assert "Continue in <#" in text_of(done.response)
    assert done.ephemeral
    [thread] = place.env.bot.get_channel(place.channel.id).threads
    assert thread.name == QUESTION


async def test_a_new_thread_says_how_to_go_on(place):
    first = await place.reader.slash(place.channel, "ask", question=QUESTION)
    await press_other(place.reader, first.response, "Continue in a thread")
    [hint] = answers(place.channel.threads[0])
    assert text_of(hint).startswith(f"Mention me to go on: {mention(place)} and your next question.")


async def test_a_thread_button_of_before_the_menu_still_opens_one(place):
    await place.reader.slash(place.channel, "ask", question=QUESTION)
    await press_forged(place, "t:1")
    assert [thread.name for thread in place.channel.threads] == [QUESTION]


async def test_no_thread_is_opened_under_a_message_that_does_not_show_the_answer(place):
    await place.reader.slash(place.channel, "ask", question=QUESTION)
    other = await place.reader.send(place.channel, "Hello.")
    result = await press_forged(place, f"t:1:{other.id}")
    assert "under an answer that everybody sees" in text_of(result.response)
    assert not place.channel.threads


@pytest.mark.parametrize("pasted", [f"/ask question: {QUESTION}", f"/ask {QUESTION}"])
async def test_a_pasted_ask_is_a_question(place, pasted):
    await said(place, f"{mention(place)} {pasted}")
    assert place.librarian.answers.asked[-1][0] == QUESTION


async def test_another_pasted_command_gets_a_hint(place):
    [answer] = await said(place, f"{mention(place)} /digest show topic: harbor")
    assert "Type `/digest` yourself" in text_of(answer)
    assert not place.librarian.answers.asked


async def test_a_path_is_no_command(place):
    await said(place, f"{mention(place)} /etc/hosts says what of the harbor?")
    assert place.librarian.answers.asked[-1][0] == "/etc/hosts says what of the harbor?"


async def test_a_long_question_makes_a_short_name(place):
    question = "When was the harbor deepened, and " + "who " * 100 + "did it?"
    first = await place.reader.slash(place.channel, "ask", question=question)
    await press_other(place.reader, first.response, "Continue in a thread")
    [thread] = place.env.bot.get_channel(place.channel.id).threads
    assert len(thread.name) <= 100


async def test_a_mention_in_the_thread_follows_up_its_answer(place):
    first = await place.reader.slash(place.channel, "ask", question=QUESTION)
    await press_other(place.reader, first.response, "Continue in a thread")
    [thread] = place.channel.threads
    await place.reader.send(thread, f"{mention(place)} and who paid for it?")
    assert place.librarian.answers.asked[-1][0] == "and who paid for it?"
    assert place.librarian.answers.after.question == QUESTION


async def test_an_answer_in_a_thread_offers_no_thread(place):
    first = await place.reader.slash(place.channel, "ask", question=QUESTION)
    await press_other(place.reader, first.response, "Continue in a thread")
    [thread] = place.channel.threads
    before = {message.id for message in thread.history()}
    await place.reader.send(thread, f"{mention(place)} {QUESTION}")
    [answer] = answers(thread, before)
    labels = buttons_of(answer)
    assert "Follow up" in labels
    menu = buttons_of((await place.reader.click(answer.message, label="⋯")).response)
    assert list(menu) == ["Sources", "Wrong?"]


async def test_a_second_thread_is_said_to_exist(place):
    first = await place.reader.slash(place.channel, "ask", question=QUESTION)
    await press_other(place.reader, first.response, "Continue in a thread")
    again = await press_other(place.reader, first.response, "Continue in a thread")
    assert "There is a thread under this answer already." in text_of(again.response)


async def test_an_old_answer_to_a_question_about_now_says_so_first(place):
    place.librarian.answers.answer_with = lambda answer: replace(
        answer, warning="You ask about now; it is old."
    )
    answer = await place.reader.slash(place.channel, "ask", question=QUESTION)
    text = text_of(answer.response)
    assert text.index("**You ask about now; it is old.**") < text.index("The harbor was deepened")


async def test_words_that_ask_nothing_get_a_word_and_no_article(place):
    for words, reply in (("thanks!", "You are welcome."), ("ok", "All right."), ("bye", "See you.")):
        [answer] = await said(place, f"{mention(place)} {words}")
        assert reply in text_of(answer)
    assert not place.librarian.answers.asked


async def test_a_direct_message_follows_up_the_answer_above_it(place):
    user = place.env.create_user("dora")
    place.librarian.put(f"user:{user.id}")
    await user.send_dm(QUESTION)
    await user.send_dm("and who paid for it?")
    assert place.librarian.answers.after.question == QUESTION
