"""Reads articles from PDF files: lines joined back into paragraphs, each page's beginning kept.

pypdf is slower than PDFium and faster than pdfminer.six (117 pages of mathematics: 3.8 s, 0.15 s,
9.6 s; the same words on seven files of different kinds), but it is pure Python, so a broken file
raises instead of crashing, and it alone put right-to-left text and its vowel signs in order.
"""

import io
import re
import time
from collections import Counter
from collections.abc import Callable
from statistics import median

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from retrieval.domain import NewArticle
from retrieval.errors import NotReadable
from retrieval.metadata import one_line, primary_language
from retrieval.plain_text import check_sentence, fallback_title, read_head
from retrieval.tidying import tidy
from retrieval.urls import canonical_url, site_of

MAX_TEXT_CHARS = 2_000_000
"""About 700 full pages; more is a book, or an attack."""
# What a broken file makes pypdf raise besides its own errors, as its issues list them.
_BROKEN = (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError,
           OverflowError, RecursionError, NotImplementedError, OSError)  # fmt: skip
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_ENDS_SENTENCE = re.compile(r"[.!?…:;。！？؟][\"'”’»)\]\d]*$")
_BEGINS_BLOCK = re.compile(r"[•‣◦▪–—*-]\s|\(?\d{1,2}[.)]\s|\d+(?:\.\d+)+\s")
_NO_TITLE = re.compile(
    r"^(?:untitled|title|document\d*|microsoft \w+"
    r"|.*\.(?:docx?|indd|qxd|tex|dvi|pdf|rtf|odt|pptx?|html?))\b|^\W*$",
    re.IGNORECASE,
)
_FIRST_PART = re.compile(r"([^\W\d_]+)-$")
_SECOND_PART = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(r"[^\W\d_]+-[^\W\d_]+(?=\W)")
_BREAK = "\n\n"
_SHORT_LINE = 0.75
"""A line below this share of the page's usual width that ends a sentence ends a paragraph."""
_HEADING = 0.6
"""A line below this share is a heading or a list's, unless the next goes on in lower case."""
_LOCKED = "This PDF is locked. Give its password in the option password, or paste the text instead."
_NOT_OPENED = "The password does not open this PDF. Check it, or paste the text instead."
_RUNNING_PAGES = 3
"""Pages on which a line must stand first or last to be a running head: left and right pages, and
chapters, have heads of their own."""
_RUNNING_CHARS = 120
_KEEPS_HYPHEN = {"self", "well", "ex", "half"}
"""First parts that are seldom written solid, for words that stand only once in a text."""


def read_pdf(
    body: bytes, url: str, patience_s: float = float("inf"), password: str | None = None
) -> NewArticle:
    """Return the text of a PDF as an article.

    After *patience_s* no further page is begun, and a note says how far it came.

    Raises:
        NotReadable: If it is locked, damaged, or has no text (a scan).
    """
    reader = _opened(body, password)
    lines, notes = _lines(reader, time.monotonic() + patience_s)
    text, page_starts = _joined_pages(_without_running_heads(lines))
    if not re.search(r"\w", text):
        raise NotReadable(
            "There is no text in this PDF, only pictures, as in a scan. "
            "Run text recognition (OCR) over it first, or paste the text instead."
        )
    check_sentence(text)
    title, author, language = _said(reader)
    read_author, published = read_head(text)
    return NewArticle(
        text=text,
        title=title or fallback_title(text, url),
        author=author or read_author,
        site=site_of(url) or None,
        url=canonical_url(url) if site_of(url) else None,
        published=published,
        language=language,
        page_starts=page_starts,
        notes=notes,
    )


def _opened(body: bytes, password: str | None) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(body))
        # Many files are locked against printing only, and open with an empty password.
        if reader.is_encrypted and not (reader.decrypt("") or reader.decrypt(password or "")):
            raise NotReadable(_NOT_OPENED if password else _LOCKED)
        if len(reader.pages) == 0:
            raise _damaged()
    except DependencyError as error:
        raise NotReadable(_LOCKED) from error
    except _BROKEN as error:
        raise _damaged() from error
    return reader


def _damaged() -> NotReadable:
    return NotReadable("This PDF is damaged. Open and save it again, or paste the text instead.")


def _lines(reader: PdfReader, deadline: float) -> tuple[list[list[str]], tuple[str, ...]]:
    """Return the lines of each page, and notes about pages that could not be read."""
    pages: list[list[str]] = []
    bad: list[int] = []
    chars = 0
    total = len(reader.pages)
    for number in range(1, total + 1):
        if (time.monotonic() > deadline and pages) or chars > MAX_TEXT_CHARS:
            return pages, (f"Only the first {number - 1} of {total} pages could be read.",)
        try:
            text = tidy(reader.pages[number - 1].extract_text()).translate(_LIGATURES)
        except _BROKEN:
            bad.append(number)
            pages.append([])
            continue
        chars += len(text)
        pages.append([" ".join(line.split()) for line in text.split("\n")])
    if bad and not any(line for page in pages for line in page):
        raise _damaged()
    return pages, _page_notes(pages, bad)


def _page_notes(pages: list[list[str]], bad: list[int]) -> tuple[str, ...]:
    notes = []
    if bad:
        shown = ", ".join(map(str, bad[:5])) + (" and others" if len(bad) > 5 else "")
        notes.append(f"Of {len(pages)} pages these are damaged and were left out: {shown}.")
    empty = sum(not any(page) for page in pages) - len(bad)
    if empty > 0 and any(any(page) for page in pages):
        notes.append(f"{empty} of {len(pages)} pages have no text, as in a scan; only the others were read.")
    return tuple(notes)


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Drop page numbers, and short lines that stand first or last on several pages."""
    pages = [[line for line in page if line] for page in pages]
    heads = _seen(pages, 2, lambda line: not _ENDS_SENTENCE.search(line))
    most = max(_RUNNING_PAGES + 1, 0.6 * len(pages))
    common = {mask for mask, times in heads.items() if times >= _RUNNING_PAGES < len(pages)}
    # What reads like a sentence must stand on most pages, and outermost.
    common |= {mask for mask, times in _seen(pages, 1, lambda _: True).items() if times >= most}

    def is_running(line: str) -> bool:
        return _masked(line) in common or (
            len(pages) > 1 and re.fullmatch(r"\W*\d{1,4}\W*", line) is not None
        )

    for page in pages:
        while page and is_running(page[0]):
            del page[0]
        while page and is_running(page[-1]):
            del page[-1]
    return pages


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


def _joined_pages(pages: list[list[str]]) -> tuple[str, tuple[int, ...]]:
    """Join lines into paragraphs, which may go on over the end of a page.

    Also return where in the text each page begins; an empty page begins where the next one does.
    """
    paragraphs = [""]
    usual = 0.0
    starts: list[int] = []
    hyphenated = _hyphenated_words(pages)

    def is_heading(line: str) -> bool:
        short = len(line) < _HEADING * usual and not _ENDS_SENTENCE.search(line)
        return short and not line[:1].islower() and _ENDS_SENTENCE.search(paragraphs[-1]) is not None

    open_ended = False  # the last line may go on, if it is continued in lower case
    for page in pages:
        long = [len(line) for line in page if len(line) > 20]
        usual = median(long) if long else 0
        begun = False
        for line in page:
            goes_on = line[:1].islower() or paragraphs[-1].endswith("-")
            if (open_ended and not goes_on) or _BEGINS_BLOCK.match(line) or is_heading(line):
                paragraphs.append("")
            paragraphs[-1] = _joined(paragraphs[-1], line, hyphenated)
            if not begun:
                before = sum(len(paragraph) + len(_BREAK) for paragraph in paragraphs[:-1] if paragraph)
                starts.append(before + len(paragraphs[-1]) - len(line))
                begun = True
            open_ended = len(line) < _HEADING * usual
            if _ENDS_SENTENCE.search(line) and len(line) < _SHORT_LINE * usual:
                paragraphs.append("")
        if not begun:
            starts.append(-1)
    text = _BREAK.join(paragraph for paragraph in paragraphs if paragraph)
    return text, _without_gaps(starts, len(text))


def _without_gaps(starts: list[int], end: int) -> tuple[int, ...]:
    """Let each page without text begin where the next one does."""
    for page in range(len(starts) - 1, -1, -1):
        end = starts[page] = starts[page] if starts[page] >= 0 else end
    return (0, *starts[1:]) if starts else ()


def _hyphenated_words(pages: list[list[str]]) -> set[str]:
    """Return the words that the document itself writes with a hyphen in the middle of a line."""
    return {word.lower() for page in pages for line in page for word in _HYPHENATED.findall(line)}


def _joined(before: str, line: str, hyphenated: set[str]) -> str:
    first, second = _FIRST_PART.search(before), _SECOND_PART.match(line)
    if first and second:
        solid = (
            line[0].islower()
            and f"{first[1]}-{second[0]}".lower() not in hyphenated
            and first[1].lower() not in _KEEPS_HYPHEN
        )
        return (before[:-1] if solid else before) + line
    return f"{before} {line}" if before else line


def _said(reader: PdfReader) -> tuple[str, str | None, str | None]:
    """Return title, author and language as the file states them. Its dates are those of the file."""
    try:
        said = reader.metadata
        title = one_line(str(said.title or "")) if said else ""
        author = one_line(str(said.author or "")) if said else ""
        language = primary_language(str(reader.root_object.get("/Lang") or ""))
    except _BROKEN:
        return "", None, None
    return "" if _NO_TITLE.match(title) else title, author or None, language
