"""A private answer opens only for the one to whom it was given, whatever id a button is sent with."""

import json

import pytest
from discord_driver import planted, press_forged, text_of

QUESTION = "When was the harbor deepened?"
A7 = "https://harbor.example/7"
NOT_YOURS = "This answer is too old or not from this server."
IDS = (
    "a:{n}:quotes",
    "a:{n}:quotes:1",
    "a:{n}:sources",
    "a:{n}:spoken",
    "a:{n}:lines",
    "a:{n}:passage:1",
    "m:{n}",
    "q:{n}:0",
    "o:{n}:1:y:0",
    "t:{n}",
)

OPENING = [one for one in IDS if one[0] not in "tq"]
"""Those that show something of an answer which leads on to no question and stands in no thread."""


async def answer_number(place, who, **options):
    before = set(place.librarian.answers.recorded)
    await who.slash(place.channel, "ask", question=QUESTION, **options)
    (number,) = set(place.librarian.answers.recorded) - before
    return number


def shown(result):
    return text_of(result.response) if result.response else ""


@pytest.mark.parametrize("custom_id", IDS)
@pytest.mark.parametrize("who", ["reader", "curator"])
async def test_a_private_answer_opens_for_nobody_else(place, custom_id, who):
    asker, other = ("curator", "reader") if who == "reader" else ("reader", "curator")
    number = await answer_number(place, getattr(place, asker), private=True)
    result = await press_forged(place, custom_id.format(n=number), getattr(place, other))
    assert "1907" not in shown(result)
    assert NOT_YOURS in shown(result)


@pytest.mark.parametrize("custom_id", OPENING)
async def test_it_opens_for_its_asker(place, custom_id):
    number = await answer_number(place, place.reader, private=True)
    result = await press_forged(place, custom_id.format(n=number))
    assert NOT_YOURS not in shown(result)


@pytest.mark.parametrize("custom_id", OPENING)
async def test_a_public_answer_opens_for_everybody(place, custom_id):
    number = await answer_number(place, place.curator)
    result = await press_forged(place, custom_id.format(n=number))
    assert NOT_YOURS not in shown(result)


async def test_a_follow_up_does_not_read_somebody_elses_private_answer(place):
    number = await answer_number(place, place.curator, private=True)
    place.librarian.answers.after = None
    opened = await press_forged(place, f"f:{number}")
    [field] = [label["component"]["custom_id"] for label in opened.modal["components"]]
    result = await place.reader.submit_modal(opened, {field: "And who paid for it?"})
    assert place.librarian.answers.after is None
    assert NOT_YOURS in shown(result)


async def test_a_report_on_somebody_elses_private_answer_is_refused(place):
    number = await answer_number(place, place.curator, private=True)
    with pytest.raises(Exception, match="too old"):
        await place.librarian.feedback.report(
            number, "hide", collection=place.collection, person=str(place.reader.id)
        )


async def test_what_is_shown_under_a_private_answer_is_private_too(place):
    number = await answer_number(place, place.reader, private=True)
    longer = len(place.librarian.answers.recorded) + 1
    await press_forged(place, f"m:{number}")
    result = await press_forged(place, f"a:{longer}:quotes", place.curator)
    assert NOT_YOURS in shown(result)


async def test_an_offer_of_a_private_reading_is_only_for_who_read(place):
    offer = {"number": 7, "collection": place.collection, "url": A7, "person": str(place.reader.id)}
    await place.librarian.notes.set("discord.offers.7", json.dumps(offer))
    result = await press_forged(place, "n:7", place.curator)
    assert "no longer have this one" in shown(result)
    assert place.librarian.articles.added == []


async def test_the_planted_button_is_one_of_the_bot(place):
    message = await planted(place, "a:1:quotes", place.channel)
    assert message.author.bot
