"""Reads a PDF: opens it, repairs a damaged end, and joins glyphs into the text of an article."""

import io
import re
import time
from contextlib import closing
from dataclasses import replace

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FORMTYPE_NONE

from retrieval.domain import NewArticle
from retrieval.errors import NotReadable
from retrieval.messages import message
from retrieval.sources.bylines import author_unless_default
from retrieval.sources.decoding import tidy
from retrieval.sources.documents.plain_text import check_sentence, fallback_title, read_head
from retrieval.sources.html.metadata import one_line, primary_language
from retrieval.sources.pdf.columns import lines_in_order
from retrieval.sources.pdf.glyphs import Segment, page_segments
from retrieval.sources.pdf.headings import marked_headings
from retrieval.sources.pdf.paragraphs import biggest_line, drop_running_heads, join_pages
from retrieval.sources.pdf.right_to_left import lines_right_to_left
from retrieval.sources.pdf.tables import with_heads
from retrieval.sources.urls import canonical_url, site_of
from retrieval.structure import infer_blocks

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_OBJECT = re.compile(rb"(\d{1,9})\s+(\d{1,5})\s+obj\b")
_MAX_PAGES = 5_000


def with_new_end(body: bytes) -> bytes | None:
    """Return *body* with a list of the pages found in it, or ``None`` if there are none."""
    begins = [(found.start(), found[1], found[2]) for found in _OBJECT.finditer(body)]
    pages: list[bytes] = []
    at = 0
    for found in _PAGE.finditer(body):
        while at < len(begins) and begins[at][0] < found.start():
            at += 1
        # A page that is itself cut has no end.
        if at and len(pages) < _MAX_PAGES and body.find(b"endobj", found.start()) > 0:
            pages.append(b"%b %b R" % begins[at - 1][1:])
    if not pages:
        return None
    number = 1 + max(int(name) for _, name, _ in begins)
    return b"%b\n%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n%d 0 obj\n%b\nendobj\n%b" % (
        body,
        number,
        number + 1,
        number + 1,
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), b" ".join(pages)),
        b"trailer\n<< /Root %d 0 R /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (number, number + 2),
    )


MAX_TEXT_CHARS = 2_000_000
"""About 700 full pages; more is a book, or an attack."""
# What a broken file makes pypdf raise besides its own errors, as its issues list them.
_BROKEN = (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError,
           OverflowError, RecursionError, NotImplementedError, OSError)  # fmt: skip
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_NO_TITLE = re.compile(
    r"^(?:untitled|title|document\d*|microsoft \w+"
    r"|.*\.(?:docx?|indd|qxd|tex|dvi|pdf|rtf|odt|pptx?|html?))\b|^\W*$",
    re.IGNORECASE,
)
_LOCKED = message("This PDF is locked. Give its password in the option password, or paste the text instead.")
_NOT_OPENED = message("The password does not open this PDF. Check it, or paste the text instead.")
_CUT_OFF = message("This PDF is cut off or damaged at its end; what could be read of it is here.")
_HEAD_LINES = 12
_TAIL_BYTES = 2_048
"""Where the end of a whole file is marked; some programs append bytes of their own."""


def read_pdf(
    body: bytes, url: str, patience_s: float = float("inf"), password: str | None = None
) -> NewArticle:
    """Return the text of a PDF as an article.

    After *patience_s* no further page is begun, and a note says how far it came.

    Raises:
        NotReadable: If it is locked, damaged, or has no text (a scan).
    """
    with closing(_Source(body, password)) as source:
        pages, notes = _pages(source, time.monotonic() + patience_s)
    lines = [with_heads(lines_in_order(page)) for page in drop_running_heads(pages)]
    text, page_starts = join_pages(lines)
    if not re.search(r"\w", text):
        raise NotReadable(
            "There is no text in this PDF, only pictures, as in a scan. "
            "Run text recognition (OCR) over it first, or paste the text instead."
        )
    check_sentence(text)
    title, author, language = _read_properties(body, password)
    # The lines as they are printed: a byline is one, and may be joined to its neighbours in the text.
    read_author, published = read_head(
        "\n".join(line.text for page in lines[:1] for line in page[:_HEAD_LINES])
    )
    published = published or read_head(text)[1]
    marked = marked_headings(text, lines)
    return NewArticle(
        text=text,
        blocks=infer_blocks(text, marked) if marked else (),
        title=title or one_line(biggest_line(lines)) or fallback_title(text, url),
        author=author_unless_default(author, read_author, text),
        site=site_of(url) or None,
        url=canonical_url(url) if site_of(url) else None,
        published=published,
        language=language,
        page_starts=page_starts,
        notes=notes if b"%%EOF" in body[-_TAIL_BYTES:] else (_CUT_OFF, *notes),
    )


def _open_with_pypdf(body: bytes, password: str | None) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(body))
        # Many files are locked against printing only, and open with an empty password.
        if reader.is_encrypted and not (reader.decrypt("") or reader.decrypt(password or "")):
            raise NotReadable(_NOT_OPENED if password else _LOCKED)
        if len(reader.pages) == 0:
            raise _Damaged
    except DependencyError as error:
        raise NotReadable(_LOCKED) from error
    except _BROKEN as error:
        raise _Damaged from error
    return reader


class _Damaged(NotReadable):
    def __init__(self) -> None:
        super().__init__(message("This PDF is damaged. Open and save it again, or paste the text instead."))


class _Source:
    """One file, opened with PDFium, and with pypdf when a page needs it or PDFium fails."""

    def __init__(self, body: bytes, password: str | None) -> None:
        self._body, self._password = body, password
        self._reader: PdfReader | None = None
        self._document: PdfDocument | None = None
        try:
            self._document = PdfDocument(body, password=password)
        except PdfiumError:
            self._document = self._rescue()
        if self._document is not None and self._document.get_formtype() != FORMTYPE_NONE:
            self._document.init_forms()
        self.pages = len(self._document or self._pypdf().pages)

    def page(self, index: int) -> list[Segment]:
        if self._document is not None:
            try:
                segments = page_segments(self._document, index)
            except PdfiumError:
                segments = None
            if segments is not None:
                return segments
        # Without places: a letter is half as wide as high, a line 1.2 times as far from the next.
        return [
            Segment(line, 0.0, 5.0 * len(line), -12.0 * number, 10.0)
            for number, line in enumerate(lines_right_to_left(self._pypdf().pages[index]))
        ]

    def close(self) -> None:
        if self._document is not None:
            self._document.close()

    def _rescue(self) -> PdfDocument | None:
        """Return the file with a new end; ``None`` if it is locked or pypdf reads it as it is."""
        try:
            self._pypdf()
        except _Damaged:
            mended = with_new_end(self._body)
            if mended is None:
                raise
            try:
                document = PdfDocument(mended)
            except PdfiumError as error:
                raise _Damaged from error
            self._body = mended
            return document
        return None

    def _pypdf(self) -> PdfReader:
        if self._reader is None:
            self._reader = _open_with_pypdf(self._body, self._password)
        return self._reader


def _pages(source: _Source, deadline: float) -> tuple[list[list[Segment]], tuple[str, ...]]:
    """Return the pieces of each page, and notes about pages that could not be read."""
    pages: list[list[Segment]] = []
    bad: list[int] = []
    chars = 0
    for number in range(1, source.pages + 1):
        if (time.monotonic() > deadline and pages) or chars > MAX_TEXT_CHARS:
            return pages, (
                message(
                    "Only the first {read} of {pages} pages could be read.",
                    read=number - 1,
                    pages=source.pages,
                ),
            )
        try:
            page = [_tidy_segment(segment) for segment in source.page(number - 1)]
        except (*_BROKEN, NotReadable):
            bad.append(number)
            page = []
        chars += sum(len(segment.text) for segment in page)
        pages.append([segment for segment in page if segment.text])
    if bad and not any(pages):
        raise _Damaged
    return pages, _page_notes(pages, bad)


def _tidy_segment(segment: Segment) -> Segment:
    text = " ".join(tidy(segment.text).translate(_LIGATURES).split())
    return segment if text == segment.text else replace(segment, text=text)


def _page_notes(pages: list[list[Segment]], bad: list[int]) -> tuple[str, ...]:
    notes = []
    if bad:
        numbers = ", ".join(map(str, bad[:5]))
        shown = message("{pages} and others", pages=numbers) if len(bad) > 5 else numbers
        notes.append(
            message(
                "Of {pages} pages these are damaged and were left out: {damaged}.",
                pages=len(pages),
                damaged=shown,
            )
        )
    empty = sum(not page for page in pages) - len(bad)
    if empty > 0 and any(pages):
        notes.append(
            message(
                "{empty} of {pages} pages have no text, as in a scan; only the others were read.",
                empty=empty,
                pages=len(pages),
            )
        )
    return tuple(notes)


def _read_properties(body: bytes, password: str | None) -> tuple[str, str | None, str | None]:
    """Return title, author and language as the file states them. Its dates are those of the file."""
    try:
        reader = _open_with_pypdf(body, password)
        said = reader.metadata
        title = one_line(str(said.title or "")) if said else ""
        author = one_line(str(said.author or "")) if said else ""
        language = primary_language(str(reader.root_object.get("/Lang") or ""))
        if not title or not author:
            xmp_title, xmp_author = _read_xmp(reader)
            title, author = title or xmp_title, author or xmp_author
    except (*_BROKEN, NotReadable):
        return "", None, None
    return "" if _NO_TITLE.match(title) else title, author or None, language


def _read_xmp(reader: PdfReader) -> tuple[str, str]:
    xmp = reader.xmp_metadata
    if xmp is None:
        return "", ""
    titles = xmp.dc_title or {}
    title = titles.get("x-default") or next(iter(titles.values()), "")
    return one_line(str(title)), one_line(", ".join(map(str, xmp.dc_creator or [])))
