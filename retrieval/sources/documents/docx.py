"""Reads articles from Word documents (.docx): paragraphs, lists and tables in order.

python-docx is used rather than mammoth, which makes HTML of the text and cannot say who wrote it.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docx import Document
from lxml import etree  # type: ignore[import-untyped]

from retrieval.domain import NewArticle
from retrieval.errors import NotReadable
from retrieval.sources.alignment import Part, make_part, mark_lines
from retrieval.sources.archives import LOCKED, is_locked, open_archive
from retrieval.sources.blocks import join_blocks
from retrieval.sources.documents.plain_text import make_document, tidy_blocks
from retrieval.sources.html.metadata import one_line, primary_language
from retrieval.sources.tables import table_lines
from retrieval.structure import infer_blocks

# What a broken file makes python-docx raise: its own errors are plain ValueErrors and KeyErrors.
_BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, etree.LxmlError, zipfile.BadZipFile)
_NO_TITLE = {"word document", "document", "untitled", "title"}
_MAX_COLUMNS = 100
_MAX_DEPTH = 50
"""Tables and controls within each other that are followed."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH, _TABLE, _ROW, _CELL, _RUN = (f"{_W}{name}" for name in ("p", "tbl", "tr", "tc", "r"))
_BOX = f"{_W}txbxContent"
_TRANSPARENT = {f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_UNSEEN = {f"{_W}{name}" for name in ("del", "moveFrom", "txbxContent", "pPr", "instrText")} | {_FALLBACK}
_SPACES = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(body: bytes, url: str) -> NewArticle:
    """Return the text of a Word document as an article. Its dates are those of the file, and not used.

    Raises:
        NotReadable: It is damaged or locked, or holds no sentence.
        SourceRefused: It unpacks to too much.
    """
    with open_archive(body) as archive:  # the limits
        if any(is_locked(one) for one in archive.infolist()):
            raise NotReadable(LOCKED)
        try:
            document = Document(io.BytesIO(body))
            blocks, notes = tidy_blocks(_blocks(document.element.body))
            parts = list(_parts(document.element.body))
            title, author, language = _read_properties(document)
        except _BROKEN as error:
            raise NotReadable(
                "This Word document is damaged. Open and save it again, or paste the text instead."
            ) from error
    text = join_blocks(blocks)
    made = make_document(text, url, title=title, author=author, language=language, notes=notes)
    marked = mark_lines(text, parts)
    if any(one.kind != "paragraph" for one in marked):
        made = replace(made, blocks=infer_blocks(text, marked))
    return made


def _blocks(container: Any, depth: int = 0) -> Iterator[str]:
    """Yield paragraphs and tables in order; a row of a table is a line.

    The XML is read as it is: python-docx passes over what was inserted under review, and over
    fields and controls, and a "not" may stand there.
    """
    if depth > _MAX_DEPTH:
        return
    for one in container:
        if one.tag == _PARAGRAPH:
            yield f"- {words}" if (words := _text(one)).strip() and _is_item(one) else words
            for box in one.iter(_BOX):
                if next(box.iterancestors(_FALLBACK), None) is None:
                    yield from _blocks(box, depth + 1)
        elif one.tag == _TABLE:
            rows = [row for row in one.iter(_ROW) if next(row.iterancestors(_TABLE)) is one]
            has_head = bool(rows) and rows[0].find(f"{_W}trPr/{_W}tblHeader") is not None
            yield "\n".join(table_lines([_row(row, depth) for row in rows], has_head=has_head or None))
        elif one.tag in _TRANSPARENT:
            yield from _blocks(one, depth + 1)


def _row(row: Any, depth: int) -> list[str]:
    """Return the cells of a row; one that is as wide as several stands for the first of them."""
    cells: list[str] = []
    for cell in row.iter(_CELL):
        if next(cell.iterancestors(_ROW)) is row:
            words = " ".join(" ".join(_blocks(cell, depth + 1)).split())
            cells += ["" if _goes_on(cell) else words, *[""] * (_width(cell) - 1)]
    return cells


def _width(cell: Any) -> int:
    said = cell.find(f"{_W}tcPr/{_W}gridSpan")
    columns = (said.get(f"{_W}val") or "") if said is not None else ""
    return min(int(columns), _MAX_COLUMNS) or 1 if re.fullmatch(r"[0-9]{1,5}", columns) else 1


def _is_item(paragraph: Any) -> bool:
    """Tell an item of a list: it has a number or sign of its own, or a style for lists."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "") if style is not None else ""
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr")
    is_heading = name.startswith("Heading") or paragraph.find(f"{_W}pPr/{_W}outlineLvl") is not None
    return not is_heading and (numbered is not None or name.startswith("List"))


def _parts(body: Any) -> Iterator[Part]:
    """Yield the paragraphs outside tables with what their styles say of them."""
    for one in body.iter(_PARAGRAPH):
        words = _text(one)
        if not words.strip() or next(one.iterancestors(_CELL), None) is not None:
            continue
        if level := _heading_level(one):
            yield make_part("heading", words, level)
        elif _is_item(one):
            yield make_part("item", words, _item_depth(one))
        else:
            style = _style_of(one)
            yield make_part(
                "quotation" if "Quote" in style else "caption" if style == "Caption" else "paragraph", words
            )


def _style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return (style.get(f"{_W}val") or "") if style is not None else ""


def _heading_level(paragraph: Any) -> int:
    """Return the level of a heading, from 1; 0 for what is none."""
    style = _style_of(paragraph)
    if style == "Title":
        return 1
    if named := re.fullmatch(r"Heading([1-9])", style):
        return min(6, int(named[1]) + 1)  # below the document's title
    said = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    level = (said.get(f"{_W}val") or "") if said is not None else ""
    return min(6, int(level) + 2) if re.fullmatch(r"[0-8]", level) else 0


def _item_depth(paragraph: Any) -> int:
    """Return how deep an item is: as its list says, or its style, "List Bullet 2"."""
    if named := re.fullmatch(r"List\w*?([2-9])", _style_of(paragraph)):
        return int(named[1]) - 1
    said = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
    depth = (said.get(f"{_W}val") or "") if said is not None else ""
    return int(depth) if re.fullmatch(r"[0-8]", depth) else 0


def _goes_on(cell: Any) -> bool:
    """Tell the lower part of a cell that was merged over several rows."""
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merged is not None and merged.get(f"{_W}val") != "restart"


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph as it is shown: what was inserted, not what was deleted or hidden."""
    parts: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, one in walk:
        if one.tag in _UNSEEN or (one.tag == _RUN and one.find(f"{_W}rPr/{_W}vanish") is not None):
            walk.skip_subtree()
        elif one.tag == f"{_W}t":
            parts.append(one.text or "")
        elif one.tag in _SPACES:
            parts.append(_SPACES[one.tag])
    return "".join(parts)


def _read_properties(document: Any) -> tuple[str, str, str | None]:
    said = document.core_properties
    title, author = one_line(said.title), one_line(said.author)
    return (
        "" if title.lower() in _NO_TITLE else title,
        author,
        primary_language(said.language),
    )
