"""Reads articles from Word documents (.docx): paragraphs, lists and tables in order.

python-docx is used rather than mammoth, which makes HTML of the text and cannot say who wrote it.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.table import Table
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from retrieval.archive import opened
from retrieval.domain import NewArticle
from retrieval.errors import NotReadable
from retrieval.metadata import one_line, primary_language
from retrieval.plain_text import check_sentence, fallback_title, read_head
from retrieval.tidying import tidy
from retrieval.urls import canonical_url, site_of

# What a broken file makes python-docx raise: its own errors are plain ValueErrors and KeyErrors.
_BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, LxmlError, zipfile.BadZipFile)
_NOBODY = {"python-docx", "administrator", "admin", "user", "windows user", "microsoft office user", "author"}
_NO_TITLE = {"word document", "document", "untitled", "title"}
_MAX_DEPTH = 5
"""Tables within tables that are followed."""


def read_word(body: bytes, url: str) -> NewArticle:
    """Return the text of a Word document as an article. Its dates are those of the file, and not used.

    Raises:
        NotReadable: It is damaged or locked, or holds no sentence.
        SourceRefused: It unpacks to too much.
    """
    with opened(body):  # the limits
        try:
            document = Document(io.BytesIO(body))
            blocks = [tidied for block in _blocks(document, 0) if (tidied := tidy(block).strip())]
            title, author, language = _said(document)
        except _BROKEN as error:
            raise NotReadable(
                "This Word document is damaged. Open and save it again, or paste the text instead."
            ) from error
    text = "\n\n".join(blocks)
    check_sentence(text)
    read_author, published = read_head(text)
    return NewArticle(
        text=text,
        title=title or fallback_title(text, url),
        author=author or read_author,
        site=site_of(url) or None,
        url=canonical_url(url) if site_of(url) else None,
        published=published,
        language=language,
    )


def _blocks(container: Any, depth: int) -> Iterator[str]:
    """Yield paragraphs and tables in order; a row of a table is a line."""
    if depth > _MAX_DEPTH:
        return
    for one in container.iter_inner_content():
        if isinstance(one, Table):
            rows = (_row(row, depth) for row in one.rows)
            yield "\n".join(row for row in rows if row)
        else:
            yield one.text


def _row(row: Any, depth: int) -> str:
    seen: set[Any] = set()  # a merged cell stands in the row once for each column it covers
    cells = []
    for cell in row.cells:
        if cell._tc not in seen:
            seen.add(cell._tc)
            cells.append(" ".join(" ".join(_blocks(cell, depth + 1)).split()))
    return " | ".join(cell for cell in cells if cell)


def _said(document: Any) -> tuple[str, str | None, str | None]:
    said = document.core_properties
    title, author = one_line(said.title), one_line(said.author)
    return (
        "" if title.lower() in _NO_TITLE else title,
        None if author.lower() in _NOBODY else author or None,
        primary_language(said.language),
    )
