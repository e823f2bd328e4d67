"""Reads articles from PDF files: text only, lines joined back into paragraphs."""

import io
import re
import time
from collections import Counter
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
_SHORT_LINE = 0.75
"""A line below this share of the page's usual width that ends a sentence ends a paragraph."""
_HEADING = 0.6
"""A line below this share is a heading or a list's, unless the next goes on in lower case."""
_LOCKED = "This PDF is locked with a password. Save a copy without one, or paste the text instead."


def read_pdf(body: bytes, url: str, patience_s: float = float("inf")) -> NewArticle:
    """Return the text of a PDF as an article.

    After *patience_s* no further page is begun, and a note says how far it came.

    Raises:
        NotReadable: If it is locked, damaged, or has no text (a scan).
    """
    reader = _opened(body)
    lines, notes = _lines(reader, time.monotonic() + patience_s)
    text = "\n\n".join(_paragraphs(_without_running_heads(lines)))
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
        notes=notes,
    )


def _opened(body: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(body))
        # Many files are locked against printing only, and open with an empty password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotReadable(_LOCKED)
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
            continue
        chars += len(text)
        pages.append([" ".join(line.split()) for line in text.split("\n")])
    if bad and not any(line for page in pages for line in page):
        raise _damaged()
    shown = ", ".join(map(str, bad[:5])) + (" and others" if len(bad) > 5 else "")
    return pages, (f"Of {total} pages these are damaged and were left out: {shown}.",) if bad else ()


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Drop page numbers, and lines that stand first or last on most of at least four pages."""
    pages = [[line for line in page if line] or [] for page in pages]
    seen = Counter(mask for page in pages for mask in {_masked(line) for line in page[:1] + page[-1:]})
    common = {mask for mask, times in seen.items() if times >= max(4, 0.6 * len(pages))}

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


def _masked(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _paragraphs(pages: list[list[str]]) -> list[str]:
    """Join lines into paragraphs; one may go on over the end of a page."""
    paragraphs = [""]
    usual = 0.0

    def is_heading(line: str) -> bool:
        short = len(line) < _HEADING * usual and not _ENDS_SENTENCE.search(line)
        return short and not line[:1].islower() and _ENDS_SENTENCE.search(paragraphs[-1]) is not None

    open_ended = False  # the last line may go on, if it is continued in lower case
    for page in pages:
        long = [len(line) for line in page if len(line) > 20]
        usual = median(long) if long else 0
        for line in page:
            goes_on = line[:1].islower() or paragraphs[-1].endswith("-")
            if (open_ended and not goes_on) or _BEGINS_BLOCK.match(line) or is_heading(line):
                paragraphs.append("")
            paragraphs[-1] = _joined(paragraphs[-1], line)
            open_ended = len(line) < _HEADING * usual
            if _ENDS_SENTENCE.search(line) and len(line) < _SHORT_LINE * usual:
                paragraphs.append("")
    return [paragraph for paragraph in paragraphs if paragraph]


def _joined(before: str, line: str) -> str:
    if re.search(r"[^\W\d_]-$", before) and re.match(r"[^\W\d_]", line):
        return before[: -1 if line[0].islower() else None] + line
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
