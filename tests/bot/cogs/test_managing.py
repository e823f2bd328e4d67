from datetime import UTC, date, datetime

import pytest
from discord_driver import buttons_of, press_forged, text_of

from retrieval.domain.articles import Filters, Version

# -- info ----------------------------------------------------------------------------


async def test_info_says_what_is_known_of_an_article(place):
    article = place.librarian.put(
        place.collection,
        "The *bridge*",
        author="Ada Berg",
        updated=date(2024, 3, 9),
        copies=2,
        page_starts=(0, 30),
    )
    place.librarian.upkeep.earlier = [Version("abc", datetime(2025, 2, 8, tzinfo=UTC), 900)]
    shown = await place.reader.slash(place.channel, "article info", article=article.public_id)
    assert shown.response.ephemeral
    text = text_of(shown.response)
    assert "By Ada Berg" in text
    assert "Updated 9 Mar 2024" in text
    assert "on 2 pages" in text
    assert "2 other articles here say nearly the same" in text
    assert "Its text was replaced on 8 Feb 2025" in text


async def test_info_of_another_servers_article_is_not_found(place):
    theirs = place.librarian.put("guild:1", "Their secret")
    shown = await place.reader.slash(place.channel, "article info", article=theirs.public_id)
    assert "Their secret" not in text_of(shown.response)
    assert "no article" in text_of(shown.response)
    assert place.env.errors


# -- remove --------------------------------------------------------------------------


async def test_removing_asks_first_and_says_who_loses_by_it(place):
    await place.reader.slash(place.channel, "ask", question="When was the harbor deepened?")
    asked = await place.curator.slash(place.channel, "article remove", article="a1")
    assert asked.response.ephemeral
    assert "**Remove Harbor history?**" in text_of(asked.response)
    assert "1 answer cites it" in text_of(asked.response)
    assert len(place.librarian.shelf) == 1
    done = await place.curator.click(asked.response, label="Remove it")
    assert "no longer in this server" in text_of(done.response)
    assert not place.librarian.shelf


async def test_a_member_without_the_permission_sees_who_has_it(place):
    refused = await place.reader.slash(place.channel, "article remove", article="a1")
    assert "Removing articles requires the permission Manage Messages" in text_of(refused.response)
    assert not buttons_of(refused.response)


async def test_the_right_is_asked_for_again_when_the_button_is_pressed(place):
    done = await press_forged(place, "r:1", place.reader)
    assert "requires the permission Manage Messages" in text_of(done.response)
    assert len(place.librarian.shelf) == 1


async def test_a_forged_button_removes_nothing_of_another_server(place):
    theirs = place.librarian.put("guild:1", "Their secret")
    done = await press_forged(place, f"r:{theirs.id}", place.curator)
    assert "no longer here" in text_of(done.response)
    assert theirs.id in place.librarian.shelf


async def test_pressing_twice_is_harmless(place):
    for words in ("no longer in this server", "no longer here"):
        done = await press_forged(place, "r:1", place.curator)
        assert words in text_of(done.response)


# -- filters -------------------------------------------------------------------------


async def test_a_question_can_be_narrowed(place):
    answer = await place.reader.slash(
        place.channel,
        "ask",
        question="When was the harbor deepened?",
        site="harbor.example",
        author="Ada",
        since="2024-01-01",
        until="8 February 2026",
        language="en",
    )
    wanted = Filters(
        site="harbor.example", author="Ada", since=date(2024, 1, 1), until=date(2026, 2, 8), language="en"
    )
    assert place.librarian.answers.asked[-1][2] == wanted
    footer = "only those on harbor.example, by Ada, in the language en, since 1 Jan 2024, until 8 Feb 2026"
    assert footer in text_of(answer.response)


async def test_what_was_narrowed_is_said_when_nothing_is_found(place):
    answer = await place.reader.slash(
        place.channel, "ask", question="Who flew to Mars?", site="harbor.example"
    )
    assert "(on harbor.example) that answers this" in text_of(answer.response)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"since": "yesterday"}, "Give days as 2025-02-08"),
        ({"since": "2025-01-01", "until": "2024-01-01"}, "later than"),
    ],
)
async def test_days_that_make_no_sense_are_explained(place, options, words):
    answer = await place.reader.slash(place.channel, "ask", question="When was it?", **options)
    assert words in text_of(answer.response)
    assert not place.librarian.answers.asked
    assert place.env.errors


async def test_sites_and_authors_are_offered_within_discords_limits(place):
    for number in range(40):
        place.librarian.put(place.collection, author=f"Ada Berg {number} " + "x" * 200)
    place.librarian.put("guild:1", author="Ada of another server")
    choices = await place.reader.autocomplete(place.channel, "ask", "author", "ada", question="Who?")
    assert len(choices) == 25
    assert all(len(one["name"]) <= 100 and len(one["value"]) <= 100 for one in choices)
    assert not [one for one in choices if "another" in one["name"]]
    sites = await place.reader.autocomplete(place.channel, "ask", "site", "HARB", question="Who?")
    assert [one["value"] for one in sites] == ["harbor.example"]


# -- pages ---------------------------------------------------------------------------


async def test_a_citation_of_a_paged_document_names_and_opens_its_page(place):
    place.librarian.shelf.clear()
    place.librarian.put(place.collection, "Report", page_starts=(0, 13), url="https://harbor.example/r.pdf")
    answer = await place.reader.slash(place.channel, "ask", question="When was the harbor deepened?")
    text = text_of(answer.response)
    assert "(<https://harbor.example/r.pdf#page=2>)" in text
    assert "· p. 2 · harbor.example" in text
