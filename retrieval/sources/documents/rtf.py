"""Reads RTF documents through striprtf, which leaves out footnotes; they are put behind their paragraphs."""

import re

from striprtf.striprtf import rtf_to_text

from retrieval.domain import NewArticle
from retrieval.errors import NotReadable
from retrieval.messages import message
from retrieval.sources.decoding import tidy
from retrieval.sources.documents.plain_text import make_document
from retrieval.sources.html.footnotes import LABEL
from retrieval.sources.html.metadata import one_line
from retrieval.sources.tables import table_lines

_BRACES = re.compile(rb"\\[\\{}]|[{}]")
_FOOTNOTE = re.compile(rb"\{\s*(?:\\\*\s*)?\\footnote(?![a-z])")
_PARAGRAPH = re.compile(rb"\\(?:par|sect|row)(?![a-z])\s?")
_SAID = re.compile(rb"\{\\(title|author)[ \t\r\n]+((?:[^{}\\]|\\'[0-9a-f]{2}|\\u-?\d+ ?\??){1,400})\}")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_DAMAGED = message("This RTF document is damaged. Open and save it again, or paste the text instead.")
_MAX_NOTES = 2_000


def read_rtf(body: bytes, url: str) -> NewArticle:
    """Return the text of an RTF document as an article.

    Raises:
        NotReadable: It is damaged, or holds no sentence.
    """
    try:
        plain = _plain(_with_notes_behind(body))
        said = {
            name: one_line(_plain(b"{\\rtf1" + _head(body) + b" " + words + b"}"))
            for name, words in _SAID.findall(body[:65_536])
        }
    except (ValueError, LookupError, IndexError, RecursionError, OverflowError) as error:
        raise NotReadable(_DAMAGED) from error
    return make_document(_with_rows(tidy(plain)), url, title=said.get(b"title"), author=said.get(b"author"))


def _plain(rtf: bytes) -> str:
    return str(rtf_to_text(rtf.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]


def _head(body: bytes) -> bytes:
    page = _CODE_PAGE.search(body[:4_096])
    return b"\\ansi" + page[0] if page else b"\\ansi"


def _with_notes_behind(body: bytes) -> bytes:
    """Return the document with each footnote behind the paragraph that it belongs to."""
    parts: list[bytes] = []
    notes: list[bytes] = []
    at = 0
    for begin in [match.span() for match in _FOOTNOTE.finditer(body)][:_MAX_NOTES]:
        if begin[0] < at:
            continue
        parts += _paragraphs_before(body[at : begin[0]], notes)
        end = _end_of_group(body, begin[0])
        notes.append(body[begin[1] : end - 1])
        at = end
    parts += _paragraphs_before(body[at:], notes)
    return b"".join(parts)


def _paragraphs_before(piece: bytes, notes: list[bytes]) -> list[bytes]:
    """Put the waiting notes behind the first end of a paragraph in *piece*."""
    end = _PARAGRAPH.search(piece) if notes else None
    if end is None:
        return [piece]
    placed = b"".join(b"{" + LABEL.encode() + note.strip() + b"\\par }" for note in notes)
    notes.clear()
    return [piece[: end.end()], placed, piece[end.end() :]]


def _end_of_group(body: bytes, start: int) -> int:
    depth = 0
    for brace in _BRACES.finditer(body, start):
        depth += (brace[0] == b"{") - (brace[0] == b"}")
        if depth == 0:
            return brace.end()
    return len(body)


def _with_rows(text: str) -> str:
    """Return paragraphs apart, and the rows of tables as lines."""
    blocks: list[str] = []
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if line.rstrip().endswith("|") and line.count("|") > 1:
            rows.append([cell.strip() for cell in line.rstrip()[:-1].split("|")])
            continue
        if rows:
            blocks.append("\n".join(table_lines(rows)))
            rows = []
        if line.strip():
            blocks.append(line.strip())
    return "\n\n".join(blocks)
