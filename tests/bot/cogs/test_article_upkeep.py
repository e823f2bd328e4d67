from datetime import UTC, date, datetime, timedelta

import pytest
from discord_driver import buttons_of, press_forged, text_of
from fake_librarian import TEXT

from retrieval.domain.articles import ArticleMetadata, Edit, Version
from retrieval.errors import SourceUnavailable

NEW = TEXT.replace("1907", "1908").replace("Ships came.", "Boats left at once.")
DAY = datetime(2025, 2, 8, tzinfo=UTC)


async def refresh(place, **options):
    return await place.curator.slash(place.channel, "article refresh", **options)


# -- refresh -------------------------------------------------------------------------


async def test_refresh_says_what_changed_and_opens_it(place):
    place.librarian.upkeep.page = (NEW, {"title": "Harbor today"})
    result = await refresh(place, article="a1")
    text = text_of(result.response)
    assert "The page has changed: 1 sentence reworded, 1 sentence added, 1 sentence removed." in text
    assert "Also new: title." in text
    assert "still show the words they cited" in text
    shown = await place.reader.click(result.response, label="What changed")
    assert shown.response.ephemeral
    changes = text_of(shown.response).replace("\\", "")
    assert "The harbor was deepened in ~~1907.~~ __**1908.**__" in changes
    assert "~~Ships came.~~" in changes
    assert "__Boats left at once.__" in changes


async def test_refresh_of_a_page_as_it_was_says_so(place):
    result = await refresh(place, article="a1")
    assert "The page has not changed." in text_of(result.response)
    assert not buttons_of(result.response)


async def test_a_page_that_shrank_is_pointed_out(place):
    place.librarian.upkeep.page = ("Pay to read.", {})
    assert "**It is much shorter now:**" in text_of((await refresh(place, article="a1")).response)


async def test_a_page_that_is_gone_says_why(place):
    place.librarian.failure = SourceUnavailable("The page did not answer. Try again later.")
    assert "The page did not answer." in text_of((await refresh(place, article="a1")).response)
    assert place.env.errors


async def test_all_old_pages_are_read_again_with_counts_and_failures(place):
    place.librarian.put(place.collection, "Gone", url="https://down.example/")
    place.librarian.upkeep.page = (NEW, {})
    result = await refresh(place, all=True, days=7)
    text = text_of(result.response)
    assert "**2 pages read again: 1 changed, 1 failed.**" in text
    assert "[Gone](<https://down.example/>): The page did not answer." in text
    assert "[Harbor history](<https://harbor.example/1>): text" in text
    assert place.librarian.upkeep.days == 7


async def test_what_waits_after_a_full_round_is_said(place):
    for number in range(60):
        place.librarian.put(place.collection, f"Number {number}")
    text = text_of((await refresh(place, all=True)).response)
    assert "**50 pages read again: 50 unchanged.**" in text
    assert "11 more pages are due" in text


async def test_nothing_old_is_said(place):
    place.librarian.shelf.clear()
    assert "was looked at in the last 30 days" in text_of((await refresh(place, all=True)).response)


@pytest.mark.parametrize("options", [{}, {"article": "a1", "all": True}])
async def test_refresh_takes_one_or_all(place, options):
    result = await refresh(place, **options)
    assert "Choose either an article or “all”" in text_of(result.response)
    assert result.ephemeral


@pytest.mark.parametrize(
    ("command", "options"),
    [("refresh", {"article": "a1"}), ("refresh", {"all": True}), ("edit", {"article": "a1"})],
)
async def test_repairing_takes_a_right(place, command, options):
    place.librarian.upkeep.page = (NEW, {})
    result = await place.reader.slash(place.channel, f"article {command}", **options)
    assert "articles requires the permission Manage Messages" in text_of(result.response)
    assert result.ephemeral
    assert place.librarian.texts[1] == TEXT


async def test_refreshing_has_a_pace(place):
    for _ in range(5):
        await refresh(place, article="a1")
    assert "You can refresh again in 20 s." in text_of((await refresh(place, article="a1")).response)


@pytest.mark.parametrize("command", ["refresh", "history"])
async def test_an_article_of_another_server_is_not_found(place, command):
    theirs = place.librarian.put("guild:1", "Their secret")
    result = await place.curator.slash(place.channel, f"article {command}", article=theirs.public_id)
    assert "no article" in text_of(result.response)
    assert place.env.errors


# -- edit ----------------------------------------------------------------------------


async def edit(place, *values, article="a1"):
    shown = await place.curator.slash(place.channel, "article edit", article=article)
    return await submit(place, shown, *values)


async def submit(place, shown, *values):
    fields = [label["component"]["custom_id"] for label in shown.modal["components"]]
    return await place.curator.submit_modal(shown, dict(zip(fields, values, strict=True)))


async def test_the_form_shows_what_is_known(place):
    shown = await place.curator.slash(place.channel, "article edit", article="a1")
    values = [label["component"].get("value") for label in shown.modal["components"]]
    assert values == ["Harbor history", None, "2024-03-02", "https://harbor.example/1"]


async def test_a_correction_is_kept_with_who_made_it_and_shown(place):
    result = await edit(place, "The harbor", "Ada Berg", "8 February 2025", "https://harbor.example/1")
    text = text_of(result.response)
    assert "Title: “Harbor history” → “The harbor”" in text
    assert "Author: none → “Ada Berg”" in text
    assert "Published: “2024-03-02” → “2025-02-08”" in text
    wanted = ArticleMetadata("The harbor", "Ada Berg", date(2025, 2, 8), "https://harbor.example/1")
    assert place.librarian.upkeep.edited == [(wanted, str(place.curator.id))]


async def test_empty_fields_say_that_there_is_none(place):
    await edit(place, "Harbor history", "", "", "")
    [(wanted, _)] = place.librarian.upkeep.edited
    assert (wanted.author, wanted.published, wanted.url) == (None, None, "")


async def test_a_title_longer_than_the_form_is_not_cut_by_it(place):
    title = "x" * 700
    article = place.librarian.put(place.collection, title)
    await edit(place, title[:500], "Ada Berg", "2024-03-03", article.url, article=article.public_id)
    assert place.librarian.upkeep.edited[0][0].title == title


async def test_a_date_that_is_none_changes_nothing(place):
    result = await edit(place, "Other", "", "soon", "")
    assert "Give the date as 2025-02-08" in text_of(result.response)
    assert place.librarian.upkeep.edited == []


async def test_the_right_to_edit_is_checked_again_when_the_form_comes_back(place):
    shown = await place.curator.slash(place.channel, "article edit", article="a1")
    place.env.backend.get_guild(place.guild.id).members[place.curator.id].role_ids.clear()
    result = await submit(place, shown, "Other", "", "", "")
    assert "requires the permission" in text_of(result.response)
    assert place.librarian.upkeep.edited == []


async def test_an_article_that_is_not_here_cannot_be_edited(place):
    theirs = place.librarian.put("guild:1", "Their secret")
    result = await place.curator.slash(place.channel, "article edit", article=theirs.public_id)
    assert "no such article here" in text_of(result.response)
    assert place.env.errors


# -- history -------------------------------------------------------------------------


async def test_history_lists_texts_and_corrections(place):
    place.librarian.upkeep.earlier = [
        Version(f"{number:012x}" + "0" * 52, DAY - timedelta(days=number), 900) for number in range(7)
    ]
    place.librarian.upkeep.corrections = [
        Edit("author", None, "Ada *Berg*", DAY, str(place.curator.id)),
        Edit("title", "Old", "New", DAY),
    ]
    result = await place.reader.slash(place.channel, "article history", article="a1")
    assert result.response.ephemeral
    text = text_of(result.response)
    assert "Until 8 Feb 2025: 900 characters" in text
    assert "+ 2 older texts" in text
    assert f"8 Feb 2025: author corrected by <@{place.curator.id}>: none → “Ada \\*Berg\\*”" in text
    assert "8 Feb 2025: title corrected: “Old” → “New”" in text
    assert len(buttons_of(result.response)) == 5


async def test_an_article_without_a_past_says_so(place):
    result = await place.reader.slash(place.channel, "article history", article="a1")
    assert "It has not changed since it was added." in text_of(result.response)


async def test_many_changes_are_turned_page_by_page(place):
    place.librarian.texts[1] = " ".join(f"Old sentence number {n} stands here." for n in range(20))
    place.librarian.upkeep.page = (" ".join(f"Fresh words, {n} of them, came today!" for n in range(20)), {})
    result = await refresh(place, article="a1")
    shown = await place.reader.click(result.response, label="What changed")
    assert "Page 1 of 7" in text_of(shown.response)
    turned = await place.reader.click(shown.response, label="›")
    assert "Page 2 of 7" in text_of(turned.response)


async def test_a_forged_button_shows_nothing_of_another_server(place):
    theirs = place.librarian.put("guild:1", "Their secret")
    for custom_id in (f"v:{theirs.id}:{theirs.digest[:12]}:0", f"v:1:{'0' * 12}:3"):
        shown = await press_forged(place, custom_id)
        text = text_of(shown.response)
        assert "secret" not in text
        assert "no longer" in text


async def test_a_very_long_sentence_is_shown_cut_on_both_sides(place):
    place.librarian.texts[1] = "Old " + "word " * 3_000 + "stood here."
    place.librarian.upkeep.page = ("New " + "word " * 3_000 + "lay here.", {})
    result = await refresh(place, article="a1")
    shown = await place.reader.click(result.response, label="What changed")
    text = text_of(shown.response)
    assert "~~Old word" in text
    assert "__New word" in text
    assert "…" in text
