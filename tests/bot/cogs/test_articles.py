import pytest
from discord_driver import buttons_of, make_bot, text_of
from fake_librarian import TEXT

from retrieval.errors import SourceRefused

URL = "https://harbor.example/new"


async def test_a_page_is_added_and_named(place):
    result = await place.curator.slash(place.channel, "article add", url=URL)
    text = text_of(result.response)
    assert text.startswith("**[From the web](<https://harbor.example/2>)** · harbor.example · 3 Mar 2024")
    assert "Added, 3 passages. Its ID in this server's library is a2." in text
    assert "-# Only the first 40 pages could be read." in text
    assert "`/ask` a question about it" in text
    assert place.librarian.articles.added == [(place.collection, URL)]


@pytest.mark.parametrize(
    ("status", "words"),
    [("known", "I already had this article"), ("replaced", "Replaced the earlier version")],
)
async def test_the_outcome_of_an_added_article_is_shown(place, status, words):
    place.librarian.articles.status = status
    result = await place.curator.slash(place.channel, "article add", url=URL)
    assert words in text_of(result.response)


async def test_a_file_is_added(place):
    result = await place.curator.slash(place.channel, "article add", file=("notes.TXT", TEXT.encode()))
    assert "notes" in text_of(result.response)
    assert place.librarian.articles.added == [(place.collection, ("notes.TXT", TEXT.encode()))]


async def test_a_feed_is_added_with_counts_and_what_failed(place):
    result = await place.curator.slash(place.channel, "article add", url="https://harbor.example/feed")
    text = text_of(result.response)
    assert "**4 articles: 3 added, 1 failed.**" in text
    assert "https://harbor.example/feed/last: The page did not answer." in text.replace("\\", "")
    assert "Entry 2" in text


async def test_a_long_batch_fits_its_card_and_says_what_it_leaves_out(place):
    place.librarian.articles.entries = 300
    result = await place.curator.slash(place.channel, "article add", url="https://harbor.example/feed")
    text = text_of(result.response)
    assert len(text) <= 4_000
    assert "-# + 2" in text
    assert "/article list" in text


async def test_a_password_reaches_the_reader_and_no_card(place):
    result = await place.curator.slash(
        place.channel, "article add", file=("a.pdf", b"%PDF-"), password="open sesame"
    )
    assert place.librarian.articles.passwords == ["open sesame"]
    assert "sesame" not in text_of(result.response)


async def test_pasted_text_is_added_under_its_title(place):
    shown = await place.curator.slash(place.channel, "article add", text=True)
    result = await submit(place, shown, "Old harbor", TEXT)
    assert "Old harbor" in text_of(result.response)
    assert place.librarian.articles.added == [(place.collection, ("pasted.txt", TEXT.encode()))]


async def submit(place, shown, title, text):
    fields = [label["component"]["custom_id"] for label in shown.modal["components"]]
    return await place.curator.submit_modal(shown, dict(zip(fields, (title, text), strict=True)))


async def test_nothing_given_opens_the_form(place):
    shown = await place.curator.slash(place.channel, "article add")
    assert shown.modal["title"] == "Add an article"


async def test_a_form_that_fails_says_why(place):
    place.librarian.failure = SourceRefused("There is no article in it.")
    shown = await place.curator.slash(place.channel, "article add", text=True)
    result = await submit(place, shown, "Title", "Some text")
    assert "There is no article in it." in text_of(result.response)


async def test_two_things_at_once_are_refused(place):
    result = await place.curator.slash(place.channel, "article add", url=URL, text=True)
    assert "Give one thing at a time" in text_of(result.response)
    assert place.librarian.articles.added == []


@pytest.mark.parametrize(
    "source",
    [{"url": URL}, {"file": ("a.txt", b"text")}, {"text": True}, {}],
    ids=["url", "file", "text", "none"],
)
async def test_adding_takes_a_right(place, source):
    result = await place.reader.slash(place.channel, "article add", **source)
    assert text_of(result.response) == (
        "Adding articles requires the permission Manage Messages or the role Librarians. "
        "Ask somebody who has it."
    )
    assert result.ephemeral
    assert place.librarian.articles.added == []


async def test_the_right_is_checked_again_when_the_form_comes_back(place):
    shown = await place.curator.slash(place.channel, "article add", text=True)
    guild = place.env.backend.get_guild(place.guild.id)
    guild.members[place.curator.id].role_ids.clear()
    result = await submit(place, shown, "Title", "Some text")
    assert "requires the permission" in text_of(result.response)
    assert place.librarian.articles.added == []


async def test_the_role_of_the_settings_may_add(place):
    role = place.guild.create_role("librarians")
    holder = place.guild.add_member(place.env.create_user("hal"), roles=[role])
    await place.env.settle()
    await holder.slash(place.channel, "article add", url=URL)
    assert place.librarian.articles.added == [(place.collection, URL)]


async def test_in_direct_messages_everyone_adds_to_their_own_library(place):
    await place.reader.user.slash("article add", url=URL)
    assert place.librarian.articles.added == [(f"user:{place.reader.id}", URL)]


async def test_a_file_of_another_kind_is_refused_before_it_is_read(place):
    result = await place.curator.slash(place.channel, "article add", file=("virus.exe", b"MZ"))
    assert ".zip, .rss, .atom, .xml, .json files; virus.exe is none of these." in text_of(result.response)
    assert (place.librarian.articles.added, len(place.env.errors)) == ([], 1)


async def test_a_file_that_is_too_large_is_refused_before_it_is_read(place):
    await place.env.restart_bot(make_bot(place.librarian, max_file_bytes=1_000_000))
    big = ("big.txt", b"x" * 1_500_000)
    result = await place.curator.slash(place.channel, "article add", file=big)
    assert "The file has 1.5 MB; I read up to 1.0 MB." in text_of(result.response)
    assert (place.librarian.articles.added, len(place.env.errors)) == ([], 1)


async def test_adding_too_fast_is_answered_with_the_time_to_wait(place):
    for _ in range(5):
        await place.curator.slash(place.channel, "article add", url=URL)
    result = await place.curator.slash(place.channel, "article add", url=URL)
    assert text_of(result.response) == "You can add an article again in 20 s."


async def test_the_list_is_paged_and_its_buttons_outlive_a_restart(place):
    for number in range(2, 26):
        place.librarian.put(place.collection, f"Article number {number}")
    result = await place.reader.slash(place.channel, "article list")
    text = text_of(result.response)
    assert "**25 articles in this server's library** · page 1 of 3 · newest first" in text
    assert "1\\. [Article number 25](<https://harbor.example/25>) · harbor.example · 26 Mar 2024" in text
    assert "-# added 1 Jan 2026 · ID a25" in text
    await place.env.restart_bot(make_bot(place.librarian))
    await place.reader.click(result.response, label="›")
    await place.reader.click(result.response, label="›")
    text = text_of(result.response)
    assert "page 3 of 3" in text
    assert "25\\. [Harbor history]" in text
    await place.reader.click(result.response, label="‹")
    assert "page 2 of 3" in text_of(result.response)


async def test_a_short_list_has_no_buttons(place):
    result = await place.reader.slash(place.channel, "article list")
    assert buttons_of(result.response) == {}
    assert result.ephemeral


async def test_an_empty_list_says_how_to_fill_it(place):
    place.librarian.shelf.clear()
    result = await place.reader.slash(place.channel, "article list")
    assert "Add a first article with `/article add`." in text_of(result.response)
