"""Finds what stands at the top or foot of many pages of a PDF and is no part of the text."""

import re
from collections import Counter
from collections.abc import Callable

from retrieval.pdf_columns import row_text, rows
from retrieval.pdf_segments import Segment
from retrieval.quotation_marks import CLOSING

_ENDS_SENTENCE = re.compile(rf"[.!?…:;。！？؟][{CLOSING})\]\d]*$")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|pagina|página|p\.|s\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|von|de|di|sur)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_TAIL = 40
_AT_AN_END = re.compile(r"^\W*(\d{1,4})(?=\s)|(?<=\s)(\d{1,4})\W*$")
_RUNNING_PAGES = 3
"""Pages on which a line must stand first or last to be a running head: left and right pages, and
chapters, have heads of their own."""
_RUNNING_CHARS = 120
_RUNNING_ROWS = 3
"""At most so many go from either end, or a page of figures that is like the next would go whole."""


def without_running_heads(pages: list[list[Segment]]) -> list[list[Segment]]:
    """Drop page numbers, and short rows that stand first or last on several pages."""
    in_rows = [rows(page) for page in pages]
    texts = [[row_text(row) for row in page] for page in in_rows]
    heads = _seen(texts, 2, lambda line: not ends_sentence(line))
    most = max(_RUNNING_PAGES + 1, 0.6 * len(pages))
    common = {mask for mask, times in heads.items() if times >= _RUNNING_PAGES < len(pages)}
    # What reads like a sentence must stand on most pages, and outermost.
    common |= {mask for mask, times in _seen(texts, 1, lambda _: True).items() if times >= most}

    shift = _shift(texts)

    def is_running(number: int, line: str) -> bool:
        if _masked(line) in common or (len(pages) > 1 and _PAGE_NUMBER.fullmatch(line)):
            return True
        # The head of a short chapter, with the page's number.
        return shift is not None and len(line) <= _RUNNING_CHARS and number + shift in _numbers(line)

    kept = []
    for number, (page, lines) in enumerate(zip(in_rows, texts, strict=True)):
        first, end = 0, len(page)
        while first < min(end, _RUNNING_ROWS) and is_running(number, lines[first]):
            first += 1
        while end > max(first, len(page) - _RUNNING_ROWS) and is_running(number, lines[end - 1]):
            end -= 1
        gone = {id(segment) for row in (*page[:first], *page[end:]) for segment in row}
        kept.append([segment for row in page for segment in row if id(segment) not in gone])
    return kept


def ends_sentence(line: str) -> bool:
    """Tell whether a sentence ends where the line does."""
    return _ENDS_SENTENCE.search(line[-_TAIL:]) is not None


def _shift(pages: list[list[str]]) -> int | None:
    """Return by how much printed page numbers differ from places in the file, if most pages say so."""
    votes = Counter(
        shift
        for number, page in enumerate(pages)
        for shift in {printed - number for line in page[:1] + page[-1:] for printed in _numbers(line)}
    )
    shift, times = votes.most_common(1)[0] if votes else (0, 0)
    return shift if times >= max(_RUNNING_PAGES + 1, 0.5 * len(pages)) else None


def _numbers(line: str) -> set[int]:
    """Return the numbers that a line begins or ends with."""
    if ends_sentence(line.rstrip("0123456789")) or len(line) > _RUNNING_CHARS:
        return set()
    return {int(found) for pair in _AT_AN_END.findall(line) for found in pair if found}


def _seen(pages: list[list[str]], lines: int, counts: Callable[[str], bool]) -> Counter[str]:
    """Count on how many pages each short line stands among the first or last *lines*."""
    return Counter(
        mask
        for page in pages
        for mask in {_masked(line) for line in page[:lines] + page[-lines:] if counts(line)}
        if len(mask) <= _RUNNING_CHARS
    )


def _masked(line: str) -> str:
    return re.sub(r"\d+", "#", line)
