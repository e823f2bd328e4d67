"""Reads RSS, Atom and JSON feeds: what each entry says of its article, and where that can be read.

feedparser is the library for it: it mends what feeds get wrong (encodings, relative links, dates),
and is kept. atoma is not, and fastfeedparser gives up on feeds that are not well-formed.
"""

import io
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

import feedparser

from retrieval.domain import NewArticle
from retrieval.errors import NotReadable
from retrieval.messages import message
from retrieval.sources.blocks import join_blocks
from retrieval.sources.bylines import read_date
from retrieval.sources.decoding import decode_text, tidy
from retrieval.sources.html.elements import html_blocks
from retrieval.sources.html.metadata import one_line, primary_language
from retrieval.sources.urls import canonical_url, site_of

_REFERENCE = re.compile(rb"&#(?:x([0-9a-f]+)|(\d+));?", re.IGNORECASE)
_MOST_DIGITS = 20
"""References to U+D800 to U+DFFF, which are no characters (and to few others, in decimal)."""


_EMPTY = message("There are no articles in this feed. Check it, or add the pages one by one.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: where its page is, and the article as far as the feed itself holds it."""

    url: str
    """Empty when the entry names no page."""
    article: NewArticle
    """Its text may be empty, or only the beginning."""


def read_feed(body: bytes, url: str, content_type: str = "", charset: str | None = None) -> list[Entry]:
    """Return the entries of a feed in its order, each page once.

    Raises:
        NotReadable: It is no feed, or has no entries.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_json_feed(body, url)
    declared = f"{content_type or 'application/xml'}; charset={charset}" if charset else content_type
    headers = {"content-location": url} if site_of(url) else {}
    headers |= {"content-type": declared} if declared else {}
    try:
        feed = feedparser.parse(io.BytesIO(body), response_headers=headers)
    except (ValueError, OverflowError):  # references to half a character or to none, which feedparser follows
        body = _REFERENCE.sub(_drop_no_character, body)
        try:
            feed = feedparser.parse(io.BytesIO(body), response_headers=headers)
        except (ValueError, OverflowError) as error:
            raise NotReadable("This feed is damaged. Check it, or add the pages one by one.") from error
    entries = list(_entries(feed, url))
    if not entries:
        raise NotReadable(_EMPTY)
    return entries


def _drop_no_character(reference: re.Match[bytes]) -> bytes:
    """Return a reference to a character as it is, and nothing for one to half a character or to none."""
    digits = (reference[1] or reference[2]).lstrip(b"0") or b"0"
    number = int(digits, 16 if reference[1] else 10) if len(digits) < _MOST_DIGITS else sys.maxunicode + 1
    return b"" if number > sys.maxunicode or 0xD800 <= number <= 0xDFFF else reference[0]


def _read_json_feed(body: bytes, url: str) -> list[Entry]:
    """Return the entries of a JSON Feed (jsonfeed.org), which feedparser does not read."""
    source, _ = decode_text(body, "utf-8")
    try:
        feed = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise NotReadable("This JSON Feed is damaged. Check it, or add the pages one by one.") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    read = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    entries = list(_json_entries(feed, read, url)) if read else []
    if not entries:
        raise NotReadable(_EMPTY)
    return entries


def _json_entries(feed: dict[str, Any], items: list[dict[str, Any]], url: str) -> Iterator[Entry]:
    base = next(
        (
            base
            for base in (url, _read_field(feed, "feed_url"), _read_field(feed, "home_page_url"))
            if site_of(base)
        ),
        "",
    )
    site = site_of(_read_field(feed, "home_page_url")) or site_of(base) or None
    seen: set[str] = set()
    for item in items:
        link = _absolute(_read_field(item, "url", "external_url"), base) or _absolute(
            _read_field(item, "id"), ""
        )
        html, plain = _read_field(item, "content_html"), _read_field(item, "content_text", "summary")
        blocks = html_blocks(html) if html else [tidy(line) for line in plain.split("\n") if line.strip()]
        if (link and link in seen) or not (link or blocks):
            continue
        seen.add(link)
        article = NewArticle(
            text=join_blocks(blocks),
            title=one_line(_read_field(item, "title")),
            author=_json_author(item) or _json_author(feed),
            site=site_of(link) or site,
            url=canonical_url(link) if link else None,
            published=read_date(_read_field(item, "date_published")),
            updated=read_date(_read_field(item, "date_modified")),
            language=primary_language(_read_field(item, "language") or _read_field(feed, "language")),
        )
        yield Entry(link, article)


def _read_field(holder: dict[str, Any], *keys: str) -> str:
    return next((value for key in keys if isinstance(value := holder.get(key), str) and value.strip()), "")


def _json_author(holder: dict[str, Any]) -> str | None:
    authors = holder.get("authors") or [holder.get("author")]
    names = (
        [_read_field(one, "name") for one in authors if isinstance(one, dict)]
        if isinstance(authors, list)
        else []
    )
    return ", ".join(one_line(name) for name in names if name) or None


def _absolute(link: str, base: str) -> str:
    try:
        found = urljoin(base, link) if link else ""
    except ValueError:  # brackets that are no address
        return ""
    return found if site_of(found) else ""


def _entries(feed: Any, url: str) -> Iterator[Entry]:
    language = primary_language(feed.feed.get("language"))
    base = next((base for base in (url, *_links(feed.feed)) if site_of(base)), "")
    site = site_of(feed.feed.get("link") or "") or site_of(base) or None
    seen: set[str] = set()
    for entry in feed.entries:
        link = _link(entry, base)
        blocks = html_blocks(_body(entry))
        title = one_line(" ".join(html_blocks(entry.get("title") or "")))
        if (link and link in seen) or not (link or blocks):
            continue
        seen.add(link)
        article = NewArticle(
            text=join_blocks(blocks),
            title=title,
            author=one_line(entry.get("author")) or None,
            site=site_of(link) or site,
            url=canonical_url(link) if link else None,
            published=_day(entry, "published_parsed") or _day(entry, "updated_parsed"),
            language=language,
        )
        yield Entry(link, article)


def _links(feed: Any) -> list[str]:
    """Return where the feed says that it and its site are."""
    return [str(link.get("href") or "") for link in feed.get("links") or ()]


def _link(entry: Any, base: str) -> str:
    """Return the address of the entry's page; an id counts only if it is one."""
    for candidate in (entry.get("link"), entry.get("id")):
        if candidate and site_of(candidate):
            return str(candidate)
    try:
        link = urljoin(base, entry.get("link") or "") if entry.get("link") else ""
    except ValueError:  # brackets that are no address
        return ""
    return link if site_of(link) else ""


def _body(entry: Any) -> str:
    """Return the longest text of the entry, as HTML."""
    texts = [content.get("value") or "" for content in entry.get("content") or ()]
    return str(max([*texts, entry.get("summary") or ""], key=len))


def _day(entry: Any, key: str) -> date | None:
    parsed: time.struct_time | None = entry.get(key)
    try:
        return date(*parsed[:3]) if parsed else None
    except ValueError:
        return None
