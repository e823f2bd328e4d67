"""People who installed the bot for themselves, where it is no member: foreign servers and groups."""

import pytest
import simcord.interactions
from discord_driver import buttons_of, press_forged, text_of
from fake_librarian import TEXT

ASK = {"question": "When was the harbor deepened?"}


@pytest.fixture
def abroad(place, monkeypatch):
    """The place, as if its server had never added the bot; its library is still there, from other times."""
    monkeypatch.setattr(type(place.env.bot), "get_guild", lambda self, number: None)
    place.own = f"user:{place.reader.id}"
    return place


@pytest.fixture
def in_a_group(place, monkeypatch):
    """Direct messages that are those of a group."""
    build = simcord.interactions.base_payload

    def in_group(*arguments, **known):
        record, payload = build(*arguments, **known)
        payload["context"] = 2
        return record, payload

    monkeypatch.setattr(simcord.interactions, "base_payload", in_group)
    person = place.env.create_user("dora")
    place.librarian.put(f"user:{person.id}")
    return person


async def test_a_foreign_server_is_answered_from_the_persons_own_library(abroad):
    abroad.librarian.put(abroad.own, "My harbor")
    result = await abroad.reader.slash(abroad.channel, "ask", **ASK)
    assert abroad.librarian.answers.asked[-1][1] == abroad.own
    assert "My harbor" in text_of(result.response)
    assert result.response.ephemeral


async def test_a_servers_library_stays_in_the_server(abroad):
    result = await abroad.reader.slash(abroad.channel, "article list")
    assert "Your library is empty" in text_of(result.response)
    result = await abroad.reader.slash(abroad.channel, "summarize", url="https://harbor.example/1")
    assert abroad.librarian.articles.read == ["https://harbor.example/1"]
    assert result.response.ephemeral


async def test_a_forged_button_opens_nothing_of_the_server_it_is_pressed_in(abroad):
    recorded = await abroad.librarian.answers.record(
        await abroad.librarian.answers.ask(ASK["question"], collection=abroad.collection),
        collection=abroad.collection,
    )
    for custom_id in (f"a:{recorded.id}:quotes", "r:1", "s:1:key", f"f:{recorded.id}"):
        done = await press_forged(abroad, custom_id, abroad.curator)
        if done.modal is None:
            assert "1907" not in text_of(done.response)
    assert 1 in abroad.librarian.shelf


async def test_another_persons_answer_stays_theirs(abroad):
    abroad.librarian.put(abroad.own)
    await abroad.reader.slash(abroad.channel, "ask", **ASK)
    [number] = abroad.librarian.answers.recorded
    done = await press_forged(abroad, f"a:{number}:quotes", abroad.curator)
    assert "1907" not in text_of(done.response)


async def test_a_button_of_ones_own_answer_works_abroad(abroad):
    abroad.librarian.put(abroad.own)
    answer = await abroad.reader.slash(abroad.channel, "ask", **ASK)
    shown = await abroad.reader.click(answer.response, custom_id=buttons_of(answer.response)["Quotes"])
    assert "1907" in text_of(shown.response)


async def test_abroad_everybody_fills_a_library_of_their_own(abroad):
    message = await abroad.curator.send(abroad.channel, "https://one.example/a")
    await abroad.reader.context_menu(abroad.channel, "Add to library", message)
    await abroad.reader.slash(abroad.channel, "article add", file=("notes.txt", TEXT.encode()))
    assert [collection for collection, _ in abroad.librarian.articles.added] == [abroad.own, abroad.own]


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("article pinned", {}, "only in the channels of a server I am in"),
        ("digest unschedule", {}, "only in servers that added me"),
    ],
)
async def test_what_needs_a_member_is_refused_abroad(abroad, command, options, words):
    result = await abroad.curator.slash(abroad.channel, command, **options)
    assert words in text_of(result.response)
    assert result.ephemeral


async def test_a_group_is_answered_from_ones_own_library_for_oneself(place, in_a_group):
    result = await in_a_group.slash("ask", **ASK)
    assert "1907" in text_of(result.response)
    assert result.response.ephemeral


async def test_ones_own_direct_messages_are_answered_openly(place):
    person = place.env.create_user("dora")
    place.librarian.put(f"user:{person.id}")
    result = await person.slash("ask", **ASK)
    assert not result.response.ephemeral
