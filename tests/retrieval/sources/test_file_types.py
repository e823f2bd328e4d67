from contextlib import suppress

import pytest

from retrieval.errors import NotReadable, SourceRefused
from retrieval.sources.file_types import Kind, file_name, kind_of, refuse_type

PAGE = b"<!DOCTYPE html><html><p>Hello</p></html>"


@pytest.mark.parametrize(
    ("body", "content_type", "name", "kind"),
    [
        (PAGE, "text/html", "", Kind.PAGE),
        (PAGE, "text/plain", "story.txt", Kind.PAGE),
        (PAGE, "", "story.pdf", Kind.PAGE),
        (b"\xef\xbb\xbf" + PAGE, "", "", Kind.PAGE),
        (PAGE.decode().encode("utf-16"), "", "", Kind.PAGE),
        (b"<?xml version='1.0'?><!-- a --><!-- b --><html>", "application/xhtml+xml", "", Kind.PAGE),
        (b"<p>A fragment</p>", "text/html", "", Kind.PAGE),
        (b"No tags here at all", "text/html", "story.html", Kind.TEXT),
        (b"%PDF-1.7 ...", "text/plain", "story.txt", Kind.PDF),
        (b"junk first %PDF-1.4", "application/pdf", "", Kind.PDF),
        (b"# Title\n\nWords", "text/markdown", "", Kind.MARKDOWN),
        (b"# Title\n\nWords", "text/plain", "https://news.example/a.md?raw=1", Kind.MARKDOWN),
        (b"# Title\n\nWords", "", "", Kind.TEXT),
        (b"Plain words", "application/octet-stream", "", Kind.TEXT),
        (b"<?xml version='1.0'?><rss></rss>", "text/xml", "", Kind.FEED),
        (b"<!-- a --><feed xmlns='http://www.w3.org/2005/Atom'>", "text/plain", "", Kind.FEED),
        (b"<rdf:RDF xmlns:rdf='x'>", "", "", Kind.FEED),
        (b"{\\rtf1\\ansi Words}", "text/plain", "", Kind.RTF),
        (b"\xef\xbb\xbfWEBVTT - Talk\n\n", "text/plain", "", Kind.TRANSCRIPT),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nWords", "", "a.txt", Kind.TRANSCRIPT),
        (b'{"version":"https:\\/\\/jsonfeed.org\\/version\\/1.1"}', "application/json", "", Kind.FEED),
        (b'{"cells": [], "nbformat": 4}', "application/json", "", Kind.NOTEBOOK),
        (b"Code like <html> inside a text", "text/plain", "", Kind.TEXT),
    ],
)
def test_the_bytes_decide_and_the_name_helps(body, content_type, name, kind):
    assert kind_of(body, content_type, name) is kind


@pytest.mark.parametrize(
    ("body", "content_type", "name", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "text/html", "", "an image"),
        (b"\xff\xd8\xff\xe0", "", "story.txt", "an image"),
        (b"RIFF\x00\x00\x00\x00WEBP", "", "", "an image"),
        (b"\x00\x00\x00\x18ftypmp42", "", "", "a video"),
        (b"\x7fELF\x02", "", "", "a program"),
        (b"<?xml version='1.0'?><urlset></urlset>", "text/xml", "", "an XML file"),
        (b'{"a": 1}', "", "story.json", "JSON"),
    ],
)
def test_other_files_are_refused_by_name(body, content_type, name, said):
    with pytest.raises(SourceRefused, match=said):
        kind_of(body, content_type, name)


@pytest.mark.parametrize("body", [b"", b"  \n\n", b"\xef\xbb\xbf"])
def test_nothing_is_not_readable(body):
    with pytest.raises(NotReadable, match="nothing"):
        kind_of(body)


def test_a_text_that_is_called_a_pdf_is_a_text():
    assert kind_of(b"some words", "application/pdf", "a.pdf") is Kind.TEXT


@pytest.mark.parametrize("content_type", ["image/png", "video/mp4", "application/wasm", "text/css"])
def test_a_declared_type_can_be_refused_before_anything_is_read(content_type):
    with pytest.raises(SourceRefused):
        refuse_type(content_type)


@pytest.mark.parametrize("content_type", ["", "text/html", "text/x-unknown", "application/octet-stream"])
def test_a_type_that_may_be_an_article_passes(content_type):
    refuse_type(content_type)


def test_many_comments_before_a_page_cost_no_time():
    assert kind_of(b"<!---->" * 580 + b"x", "text/html") is Kind.TEXT


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("https://news.example/a/My%20story.txt?x=1", "My story.txt"),
        ("folder\\story.md", "story.md"),
        ("", ""),
    ],
)
def test_the_file_name_is_the_last_part(name, expected):
    assert file_name(name) == expected


@pytest.mark.parametrize(
    "body",
    [b"<?xml?>" * 600, b"<!-- a -->" * 400, b"<!DOCTYPE x [" * 300, b" <?a" * 1_000, b"\n" * 4_000 + b"<x"],
)
def test_no_beginning_of_a_file_takes_long_to_tell(body):
    """Sniffing runs outside the process that can be killed; once, 60 declarations took for ever."""
    with suppress(SourceRefused, NotReadable):
        assert kind_of(body, "", "x.txt") in Kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<?xml version='1.0'?><!--" + b"x" * 9_000 + b"--><rss><channel/></rss>", Kind.FEED),
        (b"<!DOCTYPE r [<!ENTITY a 'b'>]><rss></rss>", Kind.FEED),
        (b"<feed-back>is welcome</feed-back>", Kind.MARKDOWN),
    ],
)
def test_feeds_are_told_from_what_only_looks_like_them(body, kind):
    assert kind_of(body, "", "x.md") is kind
