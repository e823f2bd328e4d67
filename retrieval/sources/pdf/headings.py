"""Tells the headings of a PDF by their type: larger or bolder than the text, alone on a line or two."""

import re
from collections.abc import Sequence

from retrieval.sources.alignment import Part, make_part, mark_lines
from retrieval.sources.pdf.columns import Line
from retrieval.sources.pdf.paragraphs import body_size
from retrieval.structure import MarkedLine

_LARGER = 1.08
"""Share of the size of the text from which on a line is set larger; rounding makes up a twentieth."""
_MAX_CHARS = 120
_MIN_HEADINGS = 2
"""Fewer are the title alone, or a stray bold line; the text then tells the headings better."""
_MOST_BOLD = 0.3
"""Share of bold letters from which on bold type is the type of the text."""
_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})*)[.)]?\s+[^\W\d_]")
_ENDS_SENTENCE = re.compile(r"[.,;:!…]\W*$")
_MAX_LEVEL = 6


def marked_headings(text: str, pages: Sequence[Sequence[Line]]) -> list[MarkedLine]:
    """Return the headings of a document by the type of its lines; none if too few stand out."""
    usual = body_size(pages)
    lines = [line for page in pages for line in page]
    letters = sum(len(line.text) for line in lines)
    is_bold_text = sum(len(line.text) for line in lines if line.bold) > _MOST_BOLD * letters
    heads = [
        line
        for line in lines
        if _may_head(line) and (line.size > _LARGER * usual or (line.bold and not is_bold_text))
    ]
    ranks = sorted({_rank(line) for line in heads}, reverse=True)
    parts: list[Part] = [make_part("heading", line.text, _level(line, ranks)) for line in heads]
    marked = mark_lines(text, parts)
    return marked if len(marked) >= _MIN_HEADINGS + 1 else []


def _may_head(line: Line) -> bool:
    words = line.text.strip()
    if line.is_table or not 1 < len(words) <= _MAX_CHARS or not any(char.isalpha() for char in words):
        return False
    return not (_ENDS_SENTENCE.search(words) or words[0].islower())


def _rank(line: Line) -> tuple[float, bool]:
    return round(line.size, 0), line.bold


def _level(line: Line, ranks: Sequence[tuple[float, bool]]) -> int:
    if number := _NUMBER.match(line.text):
        return min(_MAX_LEVEL, number["number"].count(".") + 2)
    return min(_MAX_LEVEL, ranks.index(_rank(line)) + 1)
