import asyncio
import os
import sys
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import pdf_file
from web_pages import PARAGRAPHS, web_page

from retrieval.domain.articles import NewArticle
from retrieval.errors import NotReadable, SourceRefused
from retrieval.protocols import Fetched
from retrieval.sources.child_replies import read_reply, write_refusal, write_reply
from retrieval.sources.extractor import SandboxedExtractor
from retrieval.sources.readers import extract_article

pytestmark = pytest.mark.wire

PAGE = web_page()
TEXT = b" date 2025-02-08 By Harbour Gazette Staff\n\nThe harbour bridge opened on Monday.\n"


@pytest.mark.parametrize(
    ("fetched", "noted"),
    [
        (Fetched(PAGE, "https://gazette.example/bridge", "text/html"), False),
        (Fetched(PAGE, "bridge.txt", ""), True),
        (Fetched(PAGE, "https://gazette.example/bridge", "text/plain"), True),
        (Fetched(PAGE, "", ""), False),
    ],
)
def test_the_bytes_decide_and_a_wrong_name_is_noted(fetched, noted):
    article = extract_article(fetched)
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert bool(article.notes) is noted


@pytest.mark.parametrize(
    "fetched",
    [
        Fetched(TEXT, "story.txt", "text/plain"),
        Fetched(TEXT, "story.md", "text/markdown"),
        Fetched(pdf_file([["The harbour bridge opened on Monday."]]), "story.pdf", "application/pdf"),
    ],
)
def test_every_kind_has_its_reader(fetched):
    assert "The harbour bridge opened on Monday." in extract_article(fetched).text


FULL = NewArticle(
    text="The bridge\nopened “today”. 🌉",
    title="Bridge",
    author="Ana Ferreira",
    site="gazette.example",
    url="https://gazette.example/bridge",
    published=date(2025, 2, 8),
    language="en",
    notes=("One note.", "Another."),
)


@pytest.mark.parametrize("article", [FULL, NewArticle(text="Only words.")])
def test_an_article_survives_the_pipe(article):
    assert read_reply(write_reply(article)) == article


@pytest.mark.parametrize("error", [SourceRefused("This is a film."), NotReadable("Nothing in it.")])
def test_an_error_survives_the_pipe(error):
    with pytest.raises(type(error), match=str(error)):
        read_reply(write_refusal(error))


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"no json",
        b"[]",
        b"1",
        b"{}",
        b'{"article": {}}',
        b'{"article": 7}',
        b'{"article": {"text": "a"}}',
        b"\xff",
    ],
)
def test_a_reply_that_makes_no_sense_is_not_readable(said):
    with pytest.raises(NotReadable, match=r"[Pp]aste"):
        read_reply(said)


async def test_the_child_reads_as_the_function_does():
    fetched = Fetched(PAGE, "https://www.gazette.example/2025/02/08/bridge?utm_source=x", "text/html")
    assert await SandboxedExtractor().extract(fetched) == extract_article(fetched)


async def test_the_error_of_the_child_is_raised():
    with pytest.raises(NotReadable, match="too little text"):
        await SandboxedExtractor().extract(Fetched(b"<html><p>Hello</p></html>", "a.html", ""))


async def test_what_is_no_article_needs_no_child():
    with pytest.raises(SourceRefused, match="image"):
        await SandboxedExtractor(timeout_s=0.0).extract(Fetched(b"\x89PNG\r\n", "a.png", "image/png"))


async def test_the_child_is_stopped_when_time_is_over():
    with pytest.raises(NotReadable, match=r"longer than 0\.05 seconds"):
        await SandboxedExtractor(timeout_s=0.05).extract(Fetched(PAGE, "a.html", ""))


def children():
    with open(f"/proc/self/task/{os.getpid()}/children") as file:
        return file.read().split()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
async def test_no_child_outlives_a_cancelled_caller():
    before = children()
    task = asyncio.create_task(SandboxedExtractor().extract(Fetched(PAGE, "a.html", "")))
    while children() == before:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert children() == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
async def test_the_child_sees_no_secrets(monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "not for children")
    before = children()
    task = asyncio.create_task(SandboxedExtractor().extract(Fetched(PAGE, "a.html", "")))
    while not (new := [child for child in children() if child not in before]):
        await asyncio.sleep(0.01)
    with open(f"/proc/{new[0]}/environ") as file:
        seen = file.read()
    await task
    assert "DISCORD" not in seen


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt", "a.pdf", ""])
@settings(deadline=None, max_examples=50)  # the first example loads a library
@given(st.binary(max_size=200), st.sampled_from([b"", b"<html><p>", b"%PDF-1.4\n", b"---\na: ", b"\xff\xfe"]))
def test_whatever_the_bytes_there_is_an_article_or_one_of_two_errors(name, body, start):
    with suppress(SourceRefused, NotReadable):
        assert extract_article(Fetched(start + body, name, "")).text.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on memory there")
async def test_a_child_that_wants_too_much_memory_is_stopped():
    page = web_page(body="".join(f"<p>Sentence {n} of a very long page.</p>" for n in range(60_000)))
    with pytest.raises(NotReadable, match="memory"):
        await SandboxedExtractor(memory_mb=256).extract(Fetched(page, "a.html", ""))
