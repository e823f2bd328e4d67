"""Reads OpenDocument texts (.odt) through odfdo, the one library for the format that is kept."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from odfdo import Document
from odfdo.security import SecurityError

from retrieval.domain import NewArticle
from retrieval.errors import NotReadable
from retrieval.messages import message
from retrieval.sources.archives import LOCKED, is_locked, member, open_archive
from retrieval.sources.blocks import join_blocks
from retrieval.sources.documents.plain_text import make_document, tidy_blocks
from retrieval.sources.html.footnotes import LABEL
from retrieval.sources.html.metadata import one_line, primary_language
from retrieval.sources.tables import table_lines

_MAX_DEPTH = 50
_MAX_REPEATS = 100
_BROKEN = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError),
    *(etree.LxmlError, zipfile.BadZipFile, SecurityError),
)
_DAMAGED = message("This OpenDocument text is damaged. Open and save it again, or paste the text instead.")
_SPACES = {"text:tab": "\t", "text:line-break": "\n"}
_UNSEEN = frozenset(
    (
        *("text:tracked-changes", "text:note", "office:annotation", "office:annotation-end", "office:forms"),
        *("text:sequence-decls", "text:variable-decls", "text:user-field-decls", "svg:title", "svg:desc"),
        *("text:ruby-text", "text:alphabetical-index-mark"),
    )
)
_ROWS = "table:table-row | table:table-header-rows/table:table-row | table:table-rows/table:table-row"
_INSIDE = frozenset(
    ("text:section", "text:index-body", "text:numbered-paragraph", "draw:frame", "draw:text-box")
)


def read_opendocument(body: bytes, url: str) -> NewArticle:
    """Return an OpenDocument text as an article. Its dates are those of the file, and not used.

    Raises:
        NotReadable: It is damaged or locked, or holds no sentence.
        SourceRefused: It unpacks to too much.
    """
    with open_archive(body) as archive:  # the limits
        manifest = "META-INF/manifest.xml"
        listed = member(archive, manifest) if manifest in archive.namelist() else b""
        if any(is_locked(one) for one in archive.infolist()) or b"encryption-data" in listed:
            raise NotReadable(LOCKED)
        try:
            document = Document(io.BytesIO(body))
            blocks, notes = tidy_blocks(_blocks(document.body))
            title, author, language = _said_in(document, frozenset(archive.namelist()))
        except _BROKEN as error:
            raise NotReadable(_DAMAGED) from error
    return make_document(join_blocks(blocks), url, title=title, author=author, language=language, notes=notes)


def _said_in(document: Any, parts: frozenset[str]) -> tuple[str, str, str | None]:
    """Return title, author and language from the *parts* of the file that are there; both are optional."""
    title, author, language = "", "", None
    if "meta.xml" in parts:
        said = document.meta
        title, author = one_line(said.title), one_line(said.initial_creator or said.creator)
        language = said.language
    if not language and "styles.xml" in parts:
        language = document.language
    return title, author, primary_language(language)


def _blocks(container: Any, depth: int = 0) -> Iterator[str]:
    """Yield headings, paragraphs with their notes, items and rows in order."""
    for one in container.children if depth <= _MAX_DEPTH else ():
        if one.tag in ("text:p", "text:h"):
            yield "".join(_words(one))
            for note in one.get_elements("descendant::text:note/text:note-body"):
                yield LABEL + " ".join(" ".join(_blocks(note, depth + 1)).split())
            for box in one.get_elements("descendant::draw:text-box"):
                yield from _blocks(box, depth + 1)
        elif one.tag == "text:list":
            for item in one.children:
                inner = [block for block in _blocks(item, depth + 1) if block.strip()]
                is_item = bool(inner) and not inner[0].startswith("- ")
                yield from (f"- {block}" if is_item and at == 0 else block for at, block in enumerate(inner))
        elif one.tag == "table:table":
            yield "\n".join(table_lines(list(_rows(one, depth)), has_head=_has_head(one)))
        elif one.tag in _INSIDE:
            yield from _blocks(one, depth + 1)


def _has_head(table: Any) -> bool | None:
    return True if table.get_elements("table:table-header-rows") else None


def _rows(table: Any, depth: int) -> Iterator[list[str]]:
    for row in table.get_elements(_ROWS):
        cells: list[str] = []
        for cell in row.children:
            words = " ".join(" ".join(_blocks(cell, depth + 1)).split())
            times = _number(cell.get_attribute("table:number-columns-repeated"))
            cells += [words] * (times if words else 1)
        yield cells


def _words(element: Any, depth: int = 0) -> Iterator[str]:
    """Yield the text of a paragraph as it is shown, without notes, remarks and what was deleted."""
    yield element.text or ""
    for child in element.children if depth <= _MAX_DEPTH else ():
        if child.tag == "text:s":
            yield " " * _number(child.get_attribute("text:c"))
        elif child.tag in _SPACES:
            yield _SPACES[child.tag]
        elif child.tag not in _UNSEEN and not child.tag.startswith("draw:"):
            yield from _words(child, depth + 1)
        yield child.tail or ""


def _number(said: object) -> int:
    words = str(said or "")
    return min(int(words), _MAX_REPEATS) if re.fullmatch(r"[0-9]{1,5}", words) else 1
