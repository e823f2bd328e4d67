"""Joins lines of PDF pages into paragraphs, without running heads and page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from retrieval.sources.decoding import joins_without_space
from retrieval.sources.pdf.columns import Line, row_text, rows
from retrieval.sources.pdf.glyphs import Segment
from retrieval.text import CLOSING

_ENDS_SENTENCE = re.compile(rf"[.!?…:;。！？؟][{CLOSING})\]\d]*$")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|pagina|página|p\.|s\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|von|de|di|sur)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_HEAD_CHARS_COMPARED = 40
_AT_AN_END = re.compile(r"^\W*(\d{1,4})(?=\s)|(?<=\s)(\d{1,4})\W*$")
_RUNNING_PAGES = 3
"""Pages on which a line must stand first or last to be a running head: left and right pages, and
chapters, have heads of their own."""
_RUNNING_CHARS = 120
_RUNNING_ROWS = 3
"""At most so many go from either end, or a page of figures that is like the next would go whole."""


def drop_running_heads(pages: list[list[Segment]]) -> list[list[Segment]]:
    """Drop page numbers, and short rows that stand first or last on several pages."""
    in_rows = [rows(page) for page in pages]
    texts = [[row_text(row) for row in page] for page in in_rows]
    heads = _count_edge_lines(texts, 2, lambda line: not ends_sentence(line))
    most = max(_RUNNING_PAGES + 1, 0.6 * len(pages))
    common = {mask for mask, times in heads.items() if times >= _RUNNING_PAGES < len(pages)}
    # What reads like a sentence must stand on most pages, and outermost.
    common |= {mask for mask, times in _count_edge_lines(texts, 1, lambda _: True).items() if times >= most}

    shift = _shift(texts)

    def is_running(number: int, line: str) -> bool:
        if _mask_digits(line) in common or (len(pages) > 1 and _PAGE_NUMBER.fullmatch(line)):
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
    return _ENDS_SENTENCE.search(line[-_HEAD_CHARS_COMPARED:]) is not None


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


def _count_edge_lines(pages: list[list[str]], lines: int, counts: Callable[[str], bool]) -> Counter[str]:
    """Count on how many pages each short line stands among the first or last *lines*."""
    return Counter(
        mask
        for page in pages
        for mask in {_mask_digits(line) for line in page[:lines] + page[-lines:] if counts(line)}
        if len(mask) <= _RUNNING_CHARS
    )


def _mask_digits(line: str) -> str:
    return re.sub(r"\d+", "#", line)


_BEGINS_BLOCK = re.compile(r"[•‣◦▪–—*-]\s|\(?\d{1,2}[.)]\s|\d+(?:\.\d+)+\s")
_FIRST_PART = re.compile(r"([^\W\d_]+)-$")
_SECOND_PART = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(r"\b[^\W\d_]+-[^\W\d_]+(?=\W)")
_LEADS_TO_PAGE = re.compile(r"(?:\s?\.){4,}\s*\w{1,5}$")
"""The dots of a table of contents."""
_TAIL_CHARS = 80
"""Characters before the end in which a pattern is looked for: more takes long in a long paragraph."""
_BREAK = "\n\n"
_SHORT_LINE = 0.9
"""A line below this share of its column's width that ends a sentence, and after which the next
word had room, ends a paragraph."""
_HEADING = 0.6
"""A line below this share is a heading or a list's, unless the next goes on in lower case."""
_OTHER_SIZE = 1.12
_WIDE_GAP = 1.35
"""Lines this much further apart than usual belong to two paragraphs."""
_INDENT = 0.8
_TITLE_SIZE, _TITLE_CHARS = 1.15, 200
_NOTE_SIZE = 0.93
_BEGINS_NOTE = re.compile(r"[\d¹²³⁰⁴-⁹*†‡§]")
_KEEPS_HYPHEN = {"self", "well", "ex", "half"}
"""First parts that are seldom written solid, for words that stand only once in a text."""

Pages = list[list[Line]]
Margins = dict[int, tuple[float, float, float]]
"""Of each column: left edge, right edge, and the distance of its lines in sizes."""


def join_pages(pages: Pages) -> tuple[str, tuple[int, ...]]:
    """Return the text, and the offset at which each page begins.

    A paragraph may go on over the end of a column or page. A page without text begins where
    the next one does.
    """
    written = _Written(_hyphenated_words(pages))
    starts: list[int] = []
    before: Line | None = None
    before_margins = (0.0, 0.0, 0.0)
    usual = _usual_pitch([line for page in pages for line in page])
    usual_size = body_size(pages)
    for unsorted in pages:
        margins = _margins(unsorted, usual)
        page = _with_notes_inside(unsorted, margins, usual_size)
        for at, line in enumerate(page):
            if before is not None and _parts(before, before_margins, line, margins[line.column], at == 0):
                written.end_paragraph()
            written.add(line.text)
            if at == 0:
                starts.append(written.length - len(line.text))
            before, before_margins = line, margins[line.column]
        if not page:
            starts.append(-1)
    return written.text(), _fill_empty_pages(starts, written.length)


def biggest_line(pages: Pages) -> str:
    """Return the words of the first page in the largest letters, or "" if none stand out."""
    first = [line for line in (pages[0] if pages else []) if len(re.findall(r"[^\W\d_]", line.text)) > 3]
    if not first:
        return ""
    most = max(line.size for line in first)
    if most < _TITLE_SIZE * body_size(pages):
        return ""
    begin = next(at for at, line in enumerate(first) if line.size == most)
    title = ""
    for line in first[begin:]:
        if line.size < 0.97 * most:
            break
        title = f"{title} {line.text}".strip()
    return title if len(title) <= _TITLE_CHARS else ""


@dataclass(slots=True)
class _Written:
    """The text so far; *length* is that of all of it, breaks included."""

    hyphenated: set[str]
    paragraphs: list[str] = field(default_factory=lambda: [""])
    length: int = 0

    def end_paragraph(self) -> None:
        if self.paragraphs[-1]:
            self.paragraphs.append("")
            self.length += len(_BREAK)

    def add(self, line: str) -> None:
        last = self.paragraphs[-1]
        self.paragraphs[-1] = _join_lines(last, line, self.hyphenated)
        self.length += len(self.paragraphs[-1]) - len(last)

    def text(self) -> str:
        return _BREAK.join(self.paragraphs)


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """Return the size of letters in which most of the text stands."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _with_notes_inside(page: list[Line], margins: Margins, body_size: float) -> list[Line]:
    """Move notes at the foot of a column before a paragraph that goes on after them.

    They stay on their page, and the sentence that they would part stays whole.
    """
    ordered: list[Line] = []
    for _, lines in groupby(page, key=lambda line: line.column):
        column = list(lines)
        foot = len(column)
        while foot and column[foot - 1].size < _NOTE_SIZE * body_size:
            foot -= 1
        body, notes = column[:foot], column[foot:]
        if body and notes and _BEGINS_NOTE.match(notes[0].text) and not ends_sentence(body[-1].text):
            edges = margins[body[0].column]
            inner = range(1, len(body))
            parted = [at for at in inner if _parts(body[at - 1], edges, body[at], edges, False)]
            # Better a paragraph in two than a sentence.
            parted = parted or [at for at in inner if ends_sentence(body[at - 1].text)]
            at = parted[-1] if parted else len(body)
            column = [*body[:at], *notes, *body[at:]]
        ordered += column
    return ordered


def _margins(page: list[Line], usual: float) -> Margins:
    """Return for each column its left and right edge and the distance of its lines in sizes."""
    columns: dict[int, list[Line]] = defaultdict(list)
    for line in page:
        columns[line.column].append(line)
    edges = {n: min(line.left for line in lines) for n, lines in columns.items()}
    rights = {n: max(line.right for line in lines) for n, lines in columns.items()}
    return {
        n: (
            edges[n],
            # A column that is cut by a picture is as wide below as above.
            max(rights[m] for m in columns if m == n or abs(edges[m] - edges[n]) < lines[0].size),
            _usual_pitch(lines) if len(lines) > 5 else usual,
        )
        for n, lines in columns.items()
    }


def _usual_pitch(lines: list[Line]) -> float:
    """Return how far apart lines usually stand, in sizes of their letters."""
    gaps = [
        (line.base - after.base) / line.size
        for line, after in pairwise(lines)
        if line.column == after.column and line.base > after.base and line.size > 0
    ]
    return median(gaps) if gaps else 1.2


def _parts(
    before: Line,
    margins: tuple[float, float, float],
    line: Line,
    its_margins: tuple[float, float, float],
    turned: bool,
) -> bool:
    """Tell whether *line* begins a paragraph; *turned* says that a page ends between the two."""
    if _BEGINS_BLOCK.match(line.text) or _LEADS_TO_PAGE.search(before.text[-_TAIL_CHARS:]):
        return True
    if before.is_table or line.is_table:
        return True
    if max(before.size, line.size) > _OTHER_SIZE * min(before.size, line.size):
        return True
    ends, goes_on = ends_sentence(before.text), line.text[:1].islower()
    if _FIRST_PART.search(before.text[-_TAIL_CHARS:]):
        return False
    left, right, pitch = margins
    share = (before.right - left) / max(right - left, 1)
    if before.bold != line.bold and (ends or share < _SHORT_LINE or not goes_on):
        return True
    if turned or before.column != line.column:
        return ends or (share < _HEADING and not goes_on)
    if before.base - line.base > _WIDE_GAP * pitch * line.size and (ends or not goes_on):
        return True
    if ends:
        indented = line.left - max(before.left, its_margins[0]) > _INDENT * line.size
        had_room = right - before.right > _first_word(line) and share < _SHORT_LINE
        return indented or had_room or _is_heading(line, its_margins)
    return share < _HEADING and not goes_on


def _first_word(line: Line) -> float:
    """Return the width of a space and the first word."""
    word = line.text.partition(" ")[0]
    return (len(word) + 1) * (line.right - line.left) / len(line.text)


def _is_heading(line: Line, margins: tuple[float, float, float]) -> bool:
    left, right, _ = margins
    short = line.right - left < _HEADING * (right - left)
    return short and not ends_sentence(line.text) and not line.text[:1].islower()


def _fill_empty_pages(starts: list[int], end: int) -> tuple[int, ...]:
    """Let each page without text begin where the next one does."""
    for page in range(len(starts) - 1, -1, -1):
        end = starts[page] = starts[page] if starts[page] >= 0 else end
    return (0, *starts[1:]) if starts else ()


def _hyphenated_words(pages: Pages) -> set[str]:
    """Return the words that the document itself writes with a hyphen in the middle of a line."""
    return {word.lower() for page in pages for line in page for word in _HYPHENATED.findall(line.text)}


def _join_lines(before: str, line: str, hyphenated: set[str]) -> str:
    first, second = _FIRST_PART.search(before[-_TAIL_CHARS:]), _SECOND_PART.match(line)
    if first and second:
        solid = (
            line[0].islower()
            and f"{first[1]}-{second[0]}".lower() not in hyphenated
            and first[1].lower() not in _KEEPS_HYPHEN
        )
        return (before[:-1] if solid else before) + line
    return f"{before} {line}" if before and not joins_without_space(before, line) else before + line
