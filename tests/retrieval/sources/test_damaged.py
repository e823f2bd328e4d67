"""Files of every kind with parts of them changed, lost or doubled: read, or refused with a sentence."""

import io
import json
import random
import zipfile
from pathlib import Path

import pytest
from document_files import book_file, rss_feed, word_file, zip_file

from retrieval.errors import RetrievalError
from retrieval.protocols import Fetched
from retrieval.sources.bundles import extract_all

pytestmark = pytest.mark.wire  # a library of the readers looks for IPv6 when it is imported

FIELD = Path(__file__).parents[2] / "data" / "field"
WORDS = "The harbor was deepened in 1907 by forty workers. “It is safe,” said Ada Berg."
CHANGES = 12
"""Of each file: all take some three seconds."""
INSERTED = (
    *(b"<", b">", b"<li>", b"</ul>", b"<table>", b'<td colspan="9999999">', b"<!--", b"<![CDATA["),
    *(
        b"{",
        b"}",
        b"[",
        b'"',
        b"\\u-99999?",
        b"\\bin99999999 ",
        b"\0",
        b"\xff\xfe",
        b"&#x110000;",
        b"&#xd800;",
    ),
    *(b"&#99999999999999999999999;", b"00:99:99.999 --> 99:00:00", b"null", b"-1", b"1e999", b"endobj"),
    *(b'<script type="application/ld+json">{"@graph":[[{"author":[null,{"name":[]}]}]]}</script>',),
)
FILES = {
    **{path.name: path.read_bytes() for path in sorted(FIELD.iterdir())},
    "a.docx": word_file(WORDS, WORDS, rows=[["Town", "Height"], ["Orrin", "12"]], title="The harbor"),
    "a.epub": book_file({"1.xhtml": f"<h1>One</h1><p>{WORDS}</p><ul><li>one thing</li></ul>"}),
    "a.rtf": (r"{\rtf1\ansi{\info{\title T}}\pard\b Harbor\b0\par " + WORDS + r"\par}").encode(),
    "a.ipynb": json.dumps({"nbformat": 4, "cells": [{"cell_type": "markdown", "source": [WORDS]}]}).encode(),
    "feed.xml": rss_feed(f"<item><title>A</title><description>{WORDS}</description></item>"),
}


def changed(body, chance):
    """Return a file with a few bytes lost, doubled, flipped or put in; of a ZIP, of a member."""
    if zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice([one for one in members if one.endswith(("xml", "html"))])
        return zip_file({**members, name: changed(members[name], chance)})
    found = bytearray(body)
    for _ in range(chance.choice((1, 2, 6))):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(4):
            case 0:
                del found[at : at + chance.choice((1, 20, 300))]
            case 1:
                found[at:at] = chance.choice(INSERTED) * chance.choice((1, 1, 40))
            case 2:
                found[at:at] = found[at : at + 30] * chance.choice((1, 100))
            case _ if at < len(found):
                found[at] ^= 1 << chance.randrange(8)
    return bytes(found)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_read_or_refused(name):
    chance = random.Random(name)
    for _ in range(CHANGES):
        try:
            found = extract_all(Fetched(changed(FILES[name], chance), name, ""))
        except (RetrievalError, RecursionError):  # the child process takes the latter for the former
            continue
        assert all(one.article is None or one.article.text.encode() for one in found)


@pytest.mark.parametrize(
    "reference", ["&#x110000;", "&#xd800;", "&#55296;", f"&#{'9' * 5000};", "&#xFFFFFFFFFFF"]
)
def test_a_feed_with_a_reference_to_no_character_is_read(reference):
    feed = rss_feed(f"<item><title>A</title><description>{WORDS} {reference}</description></item>")
    [entry] = extract_all(Fetched(feed, "feed.xml", ""))
    assert entry.article.text.startswith("The harbor was deepened")
