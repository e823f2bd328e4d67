"""Feeds and ZIP files through the librarian: real reading processes, a web server on loopback."""

import io
import zipfile
from datetime import date

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from document_files import book_file, rss_feed, word_file, zip_file
from fakes import small_library
from pdf_files import pdf_file
from web_pages import CLOSING, COST, OPENING, PARAGRAPHS, web_page

from retrieval.domain.articles import Corrections, NewArticle, summarize_outcomes
from retrieval.sources.child_replies import ChildStopped
from retrieval.sources.feeds import read_feed
from retrieval.sources.html.metadata import MAX_TITLE_CHARS

pytestmark = pytest.mark.wire

STORY = " ".join(PARAGRAPHS)


async def every(outcomes):
    return [outcome async for outcome in outcomes]


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as librarian:
        yield librarian


# -- ZIP -------------------------------------------------------------------------------


async def test_every_kind_in_a_zip_file_is_an_article_and_a_bad_one_stops_nobody(library):
    body = zip_file(
        {
            "notes/a.txt": STORY,
            "b.html": web_page(),
            "c.pdf": pdf_file([[OPENING[:90], OPENING[90:180]]]),
            "d.docx": word_file(COST, CLOSING),
            "e.epub": book_file({"one.xhtml": f"<p>{OPENING}</p>"}),
            "f.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
            "g.zip": zip_file({"a.txt": STORY}),
            "empty.md": "",
            "__MACOSX/._a.txt": "litter",
            "folder/": "",
        }
    )
    outcomes = await every(library.articles.add_all_in("all.zip", body, collection="ours"))
    assert [one.source for one in outcomes if one.added] == [
        *("all.zip/notes/a.txt", "all.zip/b.html", "all.zip/c.pdf", "all.zip/d.docx", "all.zip/e.epub"),
    ]
    failed = {one.source: str(one.error) for one in outcomes if one.error}
    assert list(failed) == ["all.zip/f.png", "all.zip/g.zip", "all.zip/empty.md"]
    assert "an image" in failed["all.zip/f.png"]
    assert "holds several articles itself" in failed["all.zip/g.zip"]
    assert summarize_outcomes(outcomes) == "5 added, 3 failed"
    assert await library.articles.count(collection="ours") == 5


async def test_a_damaged_member_does_not_stop_the_others(library):
    body = bytearray(zip_file({"a.txt": STORY, "b.txt": STORY[::-1]}))
    at = body.find(b"a.txt") + len(b"a.txt") + 20
    body[at : at + 8] = b"\xff" * 8
    outcomes = await every(library.articles.add_all_in("x.zip", bytes(body), collection="ours"))
    assert [bool(one.added) for one in outcomes] == [False, True]
    assert "damaged" in str(outcomes[0].error)


async def test_a_locked_member_is_named(library):
    stream = io.BytesIO(zip_file({"a.txt": STORY, "b.txt": STORY + " More."}))
    body = bytearray(stream.getvalue())
    with zipfile.ZipFile(stream) as archive:
        offset = archive.getinfo("a.txt").header_offset
    body[offset + 6] |= 1
    central = body.find(b"PK\x01\x02")
    body[central + 8] |= 1
    outcomes = await every(library.articles.add_all_in("x.zip", bytes(body), collection="ours"))
    assert "locked with a password" in str(outcomes[0].error)
    assert outcomes[1].added


async def test_an_empty_zip_file_says_so(library):
    [outcome] = await every(library.articles.add_all_in("x.zip", zip_file({}), collection="ours"))
    assert "nothing in this ZIP file" in str(outcome.error)


async def test_a_single_article_keeps_its_corrections(library):
    said = Corrections(title="Bridge", author="Ada", language="en")
    [outcome] = await every(
        library.articles.add_all_in("a.txt", STORY.encode(), collection="ours", corrections=said)
    )
    assert (outcome.added.article.title, outcome.added.article.author) == ("Bridge", "Ada")


async def test_a_title_is_not_given_to_every_article_of_a_batch(library):
    body = zip_file({"a.txt": STORY, "b.txt": COST})
    said = Corrections(title="Bridge", author="Ada")
    outcomes = await every(library.articles.add_all_in("x.zip", body, collection="ours", corrections=said))
    assert {one.added.article.author for one in outcomes} == {"Ada"}
    assert "Bridge" not in {one.added.article.title for one in outcomes}


# -- feeds -----------------------------------------------------------------------------


def test_what_a_feed_says_of_its_articles_is_read():
    feed = rss_feed(
        "<title>Bridge &amp;amp; &lt;b&gt;tolls&lt;/b&gt;</title><link>/bridge</link>"
        "<dc:creator>Ada Berg</dc:creator>"
        f"<pubDate>Sat, 08 Feb 2025 10:00:00 GMT</pubDate><description>{OPENING}</description>",
        "<title>No page</title>",
        "<guid>https://gazette.example/permalink</guid><description>x</description>",
        "<title>Bridge again</title><link>/bridge</link>",
    )
    first, second = read_feed(feed, "https://gazette.example/feed")
    assert (first.url, first.article.title) == ("https://gazette.example/bridge", "Bridge & tolls")
    assert (first.article.author, first.article.published) == ("Ada Berg", date(2025, 2, 8))
    assert first.article.text == OPENING
    assert second.url == "https://gazette.example/permalink"


def test_a_feed_that_is_cut_off_is_read_as_far_as_it_goes():
    feed = rss_feed(*(f"<title>T{n}</title><link>https://gazette.example/{n}</link>" for n in range(9)))
    assert len(read_feed(feed[: len(feed) // 2], "")) >= 3


def test_a_feed_in_another_encoding_is_read_as_it_declares():
    feed = rss_feed("<title>Brücke</title><link>https://gazette.example/a</link>").decode()
    body = feed.replace("utf-8", "iso-8859-1").encode("iso-8859-1")
    [entry] = read_feed(body, "", "text/xml")
    assert entry.article.title == "Brücke"


def test_relative_links_of_a_saved_feed_are_completed_from_the_feed_itself():
    feed = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><link rel='self' href='https://code.example/a.atom'/>"
        b"<entry><title>One</title><link href='/releases/1'/><id>tag:1</id></entry></feed>"
    )
    [entry] = read_feed(feed, "saved.atom")
    assert entry.url == "https://code.example/releases/1"


def test_a_bomb_of_entities_in_a_feed_does_not_go_off():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "ha">{entities}]><rss><channel>'
        "<item><title>Before</title><link>https://x.example/1</link></item>"
        "<item><title>&e9;</title><link>https://x.example/2</link></item></channel></rss>"
    ).encode()
    assert all(len(entry.article.title) <= MAX_TITLE_CHARS for entry in read_feed(bomb, ""))


@pytest.fixture
async def site(tmp_path):
    """A site with a feed of four entries, and a library that may read it."""
    visits = []
    server = TestServer(web.Application())

    async def feed(request):
        base = str(server.make_url("/"))
        body = rss_feed(
            f"<title>Bridge</title><link>{base}bridge</link><dc:creator>Ada Berg</dc:creator>"
            "<pubDate>Sat, 08 Feb 2025 10:00:00 GMT</pubDate>",
            f"<title>Gone, but whole</title><link>{base}gone</link>"
            f"<content:encoded>&lt;p&gt;{OPENING}&lt;/p&gt;&lt;p&gt;{COST}&lt;/p&gt;</content:encoded>",
            f"<title>Gone</title><link>{base}gone-too</link><description>Only a line.</description>",
            "<title>Inside</title><link>http://169.254.169.254/latest</link>",
            head=f"<link>{base}</link>",
        )
        return web.Response(body=body, content_type="application/rss+xml")

    async def page(request):
        visits.append(request.path)
        if request.path != "/bridge":
            return web.Response(status=404)
        return web.Response(body=web_page(), content_type="text/html")

    server.app.router.add_get("/feed", feed)
    server.app.router.add_get("/{page}", page)
    await server.start_server()
    hosts = [f"127.0.0.1:{server.port}"]
    async with small_library(tmp_path, allowed_private_hosts=hosts) as library:
        yield library, str(server.make_url("/feed")), visits
    await server.close()


async def test_a_feed_brings_the_pages_of_its_entries(site):
    library, url, _ = site
    bridge, whole, gone, inside = await every(library.articles.add_all_at(url, collection="ours"))
    article = bridge.added.article
    assert await library.articles.get_text(article.public_id, collection="ours") == "\n\n".join(PARAGRAPHS)
    assert (article.title, article.author) == ("Bridge opens to cyclists", "Ada Berg")
    assert article.published == date(2025, 2, 8)
    assert whole.added.notes[0].startswith("The page itself could not be read; this is the text")
    assert (
        await library.articles.get_text(whole.added.article.public_id, collection="ours")
        == f"{OPENING}\n\n{COST}"
    )
    assert "There is no page at this address" in str(gone.error)
    assert "not on the open internet" in str(inside.error)


async def test_what_is_here_already_is_not_fetched_again(site):
    library, url, visits = site
    await every(library.articles.add_all_at(url, collection="ours"))
    visits.clear()
    outcomes = await every(library.articles.add_all_at(url, collection="ours"))
    assert [one.added and one.added.status for one in outcomes] == ["known", "known", None, None]
    assert visits == ["/gone-too"]


async def test_only_the_first_entries_are_read_when_there_is_a_limit(site):
    library, url, visits = site
    assert len(await every(library.articles.add_all_at(url, collection="ours", limit=2))) == 2
    assert visits == ["/bridge", "/gone"]


async def test_what_was_added_stays_when_the_rest_is_given_up(site):
    library, url, _ = site
    async for outcome in library.articles.add_all_at(url, collection="ours"):
        assert outcome.added
        break
    assert await library.articles.count(collection="ours") == 1


async def test_an_address_that_fails_is_one_outcome(site):
    library, url, _ = site
    [outcome] = await every(library.articles.add_all_at(url.replace("feed", "nowhere"), collection="ours"))
    assert "There is no page" in str(outcome.error)


# -- what a hostile file may hold ----------------------------------------------------------


async def test_a_member_named_like_an_address_is_no_source(library):
    real = NewArticle(STORY, title="Real", url="https://gazette.example/bridge")
    await library.articles.add(real, collection="ours")
    body = zip_file({"https://gazette.example/bridge": OPENING + " " + CLOSING})
    [outcome] = await every(library.articles.add_all_in("forge.zip", body, collection="ours"))
    assert (outcome.added.status, outcome.added.article.site) == ("added", None)
    assert await library.articles.count(collection="ours") == 2


async def test_a_feed_does_not_speak_for_another_site(library):
    feed = rss_feed(
        "<title>Forged</title><link>https://gazette.invalid/bridge</link>"
        f"<description>{OPENING} {COST}</description>"
    )
    [outcome] = await every(library.articles.add_all_in("saved.xml", feed, collection="ours"))
    assert (outcome.added.article.url, outcome.added.article.site) == (None, None)


async def test_members_of_the_same_name_are_both_read(library):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", STORY)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", COST)
    outcomes = await every(library.articles.add_all_in("x.zip", stream.getvalue(), collection="ours"))
    assert [outcome.added.status for outcome in outcomes] == ["added", "added"]


async def test_the_limit_counts_entries_without_names_and_links_too(library):
    feed = rss_feed(*(f"<description>{OPENING} {n} {COST}</description>" for n in range(20)))
    assert len(await every(library.articles.add_all_in("x.xml", feed, collection="ours", limit=3))) == 3


async def test_a_member_that_takes_its_reader_with_it_takes_only_itself(tmp_path, monkeypatch):
    """The whole child is killed for time; read alone, the others are there."""
    body = zip_file({"a.txt": STORY, "b.txt": COST + " " + CLOSING})
    async with small_library(tmp_path) as library:
        asked = library._context.extractor._ask_child

        async def killed_with_the_first(fetched, *, many, only=None):
            if only in (None, 0):
                raise ChildStopped("Reading this took longer than 30 seconds, so it was stopped.")
            return await asked(fetched, many=many, only=only)

        monkeypatch.setattr(library._context.extractor, "_ask_child", killed_with_the_first)
        first, second = await every(library.articles.add_all_in("x.zip", body, collection="ours"))
    assert "longer than 30 seconds" in str(first.error)
    assert second.added


def test_half_characters_do_not_lose_a_feed():
    feed = rss_feed("<title>A &#xD800; title</title><link>https://gazette.example/a</link>")
    assert read_feed(feed, "")[0].url == "https://gazette.example/a"
