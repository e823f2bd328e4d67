"""Pages and files that took minutes to read. Nothing here asserts a time: pytest's own limit ends them."""

import pytest
from web_pages import PARAGRAPHS

from retrieval.errors import RetrievalError
from retrieval.protocols import Fetched
from retrieval.sources.bundles import extract_all

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]
SHOWN = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
NOTES = "".join(f"<li id='n{n}'>note {n} of many</li>" for n in range(6_000))
MARKS = "".join(f"w<sup><a href='#n{n}'>{n % 900}</a></sup> " for n in range(6_000))
PAGES = {
    "attributes": "<p " + " ".join(f"a{n}='1'" for n in range(300_000)) + ">One line.</p>",
    "one line": "<p>" + "word " * 200_000 + "</p>",
    "brackets": "<p>" + "[" * 300_000 + "</p>",
    "digits": "<p>" + "1" * 1_000_000 + "</p>",
    "notes": f"<p>{MARKS}</p><ol>{NOTES}</ol>",
    "spans of cells": "<table>"
    + "<tr><td rowspan=99999 colspan=99999>a</td><td>1</td></tr>" * 1_000
    + "</table>",
    "times": "<div>" + "<time>10:30</time>" * 6_000 + "<p>One line.</p></div>",
    "teasers": "<div><h3><a href='/a'>A headline of some words</a></h3><p>t.</p></div>" * 3_000,
}
FILES = {
    "a.txt": b"a | b " * 100_000,
    "b.txt": b"x:\n\n- a\n" * 10_000,
    "a.vtt": b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + b"<v " * 100_000 + b"\nsome words here",
    "b.vtt": b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + b"A. " * 100_000 + b"\nsome words here",
    "a.rtf": b"{\\rtf1 words and words " + b"{\\footnote a b}" * 5_000 + b"\\par words here.}",
    "b.rtf": b"{\\rtf1 words and words " + b"{\\footnote " * 5_000,
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_hostile_page_is_read_in_reasonable_time(kind):
    page = f"<html><body><article>{SHOWN}{PAGES[kind]}</article></body></html>"
    assert _read(page.encode(), "a.html")


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_read_in_reasonable_time(name):
    assert _read(FILES[name], name)


def _read(body, name):
    try:
        return [one.article.text for one in extract_all(Fetched(body, name, ""))]
    except RetrievalError as error:
        return str(error)
