"""Reads articles from plain text, keeping every character that is the author's."""

import re
from collections.abc import Iterable
from datetime import date

from retrieval.domain import NewArticle
from retrieval.errors import NotReadable
from retrieval.messages import message
from retrieval.sources.bylines import author_unless_default, read_byline, read_dateline
from retrieval.sources.decoding import decode_text, tidy
from retrieval.sources.file_types import file_name
from retrieval.sources.html.metadata import one_line
from retrieval.sources.urls import canonical_url, site_of
from retrieval.text import CLOSING

MAX_DOCUMENT_CHARS = 5_000_000
"""Of a text from a word processor; as for books, see ``epub.py``."""
MAX_FALLBACK_TITLE_CHARS = 80
_HEAD_CHARS = 4_000
_BYLINE_LINES = 3
"""Author and date stand in one of the first lines, below the title if not above it."""
_MIN_WORDS, _MIN_LETTERS = 3, 10
"""What the shortest sentence has; scripts without spaces need the letters only."""
_SENTENCE_END = re.compile(rf"(?<=[.!?…])[{CLOSING})]*\s|(?<=[。！？])")


def read_text(body: bytes, url: str, charset: str | None = None) -> NewArticle:
    """Return a plain text as an article, unchanged apart from what nobody can see.

    Raises:
        NotReadable: If there is not one sentence in it.
        SourceRefused: If it is a binary file.
    """
    source, notes = decode_text(body, charset)
    text = tidy(source)
    check_sentence(text)
    author, published = read_head(text)
    return NewArticle(
        text=text,
        title=fallback_title(text, url),
        author=author,
        site=site_of(url) or None,
        url=canonical_url(url) if site_of(url) else None,
        published=published,
        notes=notes,
    )


def tidy_blocks(blocks: Iterable[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return a document's blocks that are read, tidied, and a note if the document goes on."""
    kept: list[str] = []
    chars = 0
    for block in blocks:
        if chars > MAX_DOCUMENT_CHARS:
            return kept, (message("The document is very long; only its first part was read."),)
        if tidied := tidy(block).strip():
            kept.append(tidied)
            chars += len(tidied)
    return kept, ()


def make_document(
    text: str,
    url: str,
    *,
    title: str | None,
    author: str | None,
    language: str | None = None,
    notes: tuple[str, ...] = (),
) -> NewArticle:
    """Return the article of a word processor's document; its date is the one printed at its head.

    *title* and *author* are the file's properties, which may be empty or a program's defaults.

    Raises:
        NotReadable: There is not one sentence in it.
    """
    check_sentence(text)
    printed, published = read_head(text)
    return NewArticle(
        text=text,
        title=title or fallback_title(text, url),
        author=author_unless_default(author, printed, text),
        site=site_of(url) or None,
        url=canonical_url(url) if site_of(url) else None,
        published=published,
        language=language,
        notes=notes,
    )


def check_sentence(text: str) -> None:
    """Raise ``NotReadable`` unless there is something like a sentence in *text*."""
    if not text.strip():
        raise NotReadable("There is no text in it. Check the file, or paste the text instead.")
    letters = re.findall(r"[^\W\d_]", text)
    spaced = all(letter < "\u2e80" for letter in letters)
    words = re.findall(r"\w+", text)
    if len(letters) < (_MIN_LETTERS if spaced else _MIN_LETTERS // 2) or (spaced and len(words) < _MIN_WORDS):
        raise NotReadable("There is not one whole sentence in it. Check the file, or paste the text instead.")


def read_head(text: str) -> tuple[str | None, date | None]:
    """Return author and date from the first lines that are nothing but a byline or a date, or a dateline."""
    author: str | None = None
    published: date | None = None
    lines = [line for line in text[:_HEAD_CHARS].splitlines() if line.strip()]
    for line in lines[:_BYLINE_LINES]:
        found_author, found_date = read_byline(line)
        author, published = author or found_author, published or found_date or read_dateline(line)
    return author, published


def fallback_title(text: str, url: str) -> str:
    """Return the first line that is no byline, cut at a sentence or word; else the file's name."""
    for line in text[:_HEAD_CHARS].splitlines():
        title = one_line(line).strip("#=*_-~ ")
        if not re.search(r"\w", title) or read_byline(line) != (None, None):
            continue
        first = _SENTENCE_END.split(title, maxsplit=1)[0]
        title = first if len(first) > 3 else title
        if len(title) > MAX_FALLBACK_TITLE_CHARS:
            return one_line(title, MAX_FALLBACK_TITLE_CHARS)
        return title.removesuffix(".") if title.count(".") == 1 else title
    return file_name(url).rpartition(".")[0] or file_name(url)
