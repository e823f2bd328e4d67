"""Takes the letters of a PDF page from PDFium, as pieces of lines that know where they stand.

PDFium is a C++ library; a file made to crash it kills the child process that ``extract`` starts,
and nothing else.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument

from retrieval.text import CLOSING

_SPLIT_GAP = 0.7
"""Gap, in sizes of the letters, that may be one between columns. Words of justified lines stand
0.2 to 0.6 apart; pieces split wrongly are joined again where there are no columns."""
_SAME_LINE = 0.6
_RAISED = 0.12
SMALLER = 0.88
"""Signs of notes and exponents are below this share of the size of their line."""
_BOLD = re.compile(rb"bold|black|heavy|-BX|CMBX", re.IGNORECASE)
"""In the name of a font; the weight that PDFium tells is 0 for most."""
_HYPHENS = {0x02, 0xFFFE, 0xAD}
"""What PDFium gives for a hyphen that cuts a word at the end of a line."""
_NOTE_SIGNS = "*†‡§,"
_RAISED_SIGNS = str.maketrans("0123456789-−+n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺ⁿ")
"""As plain digits, raised ones would make another number of what they follow."""
_AFTER_SENTENCE = f".,;:!?“{CLOSING}"
_UNITS = 2
"""A raised digit after so few letters is an exponent, as in km2."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line; lengths in points, *base* measured upwards from the foot of the page."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False


class _Letter(NamedTuple):  # a page has thousands; a frozen dataclass takes three times as long to make
    sign: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


@dataclass(slots=True)
class _Piece:
    """A segment that is still being read."""

    letters: list[tuple[_Letter, bool]] = field(default_factory=list)
    base: float = 0.0
    size: float = 0.0
    right: float = 0.0

    def takes(self, letter: _Letter) -> bool:
        if not self.letters:
            return True
        size = max(self.size, letter.size)
        gap = letter.left - self.right
        return abs(letter.base - self.base) < _SAME_LINE * size and -size < gap < _SPLIT_GAP * size

    def add(self, letter: _Letter) -> None:
        if letter.size > self.size / SMALLER and len(self.letters) <= len(_NOTE_SIGNS):
            # What stood before was a note's sign at the beginning of the line.
            self.letters = [(before, before.base > letter.base) for before, _ in self.letters]
            self.base, self.size = letter.base, letter.size
        raised = letter.size < SMALLER * self.size and letter.base - self.base > _RAISED * self.size
        self.letters.append((letter, raised))
        self.right = max(self.right, letter.right) if len(self.letters) > 1 else letter.right

    def segment(self) -> Segment | None:
        text = _drop_note_signs(self.letters)
        if not text.strip():
            return None
        return Segment(
            text=text,
            left=min(letter.left for letter, _ in self.letters),
            right=self.right,
            base=self.base,
            size=self.size,
            bold=sum(letter.bold for letter, _ in self.letters) > 0.8 * len(self.letters),
        )


def page_segments(document: PdfDocument, index: int) -> list[Segment] | None:
    """Return the pieces of the page at *index*, in the order in which the file draws them.

    ``None`` if the page runs from right to left or is written sideways: then places do not tell
    the order.
    """
    page = document[index]
    if document.formenv is not None:  # values of a form are no text of the page until they are drawn on it
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    text_page = page.get_textpage()
    try:
        letters = list(_letters(text_page.raw, text_page.count_chars()))
    finally:
        text_page.close()
        page.close()
    visible = [letter for letter in letters if letter and not letter.sign.isspace()]
    sideways = sum(letter.size <= 0 for letter in visible)
    if sideways > len(visible) / 2 or _RIGHT_TO_LEFT.search("".join(letter.sign for letter in visible)):
        return None
    return list(_segments(letters))


def _segments(letters: list[_Letter | None]) -> Iterator[Segment]:
    piece, spaced = _Piece(), False
    for letter in letters:
        if letter is not None and letter.size <= 0:  # a stamp at the margin
            continue
        if letter is not None and letter.sign.isspace():
            spaced = True
            continue
        if letter is None or not piece.takes(letter):
            if (done := piece.segment()) is not None:
                yield done
            piece, spaced = _Piece(), False
        if letter is not None:
            if spaced and piece.letters:
                piece.letters.append((_Letter(" ", piece.right, piece.right, 0, 0, letter.bold), False))
            piece.add(letter)
            spaced = False
    if (done := piece.segment()) is not None:
        yield done


def _letters(text_page: object, count: int) -> Iterator[_Letter | None]:
    """Yield each letter, ``None`` where PDFium sees a line end; a size of 0 means sideways."""
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    last: int | None = -1
    size, bold = 0.0, False
    high = 0
    for at in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, at)
        if code in (0x0A, 0x0D):
            yield None
            continue
        if 0xD800 <= code < 0xDC00:  # the first half of a rare character
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in _HYPHENS:
            code = 0x2D
        if code == 0 or 0xD800 <= code < 0xE000:
            continue
        drawn = ctypes.cast(pdfium.FPDFText_GetTextObject(text_page, at), ctypes.c_void_p).value
        if drawn != last:
            last = drawn
            size, bold = _size_and_weight(text_page, at)
        pdfium.FPDFText_GetLooseCharBox(text_page, at, box)
        pdfium.FPDFText_GetCharOrigin(text_page, at, x, y)
        yield _Letter(chr(code), box.left, box.right, y.value, size, bold)


def _size_and_weight(text_page: object, at: int) -> tuple[float, bool]:
    """Return the size in points, 0 if it is written sideways, and whether it is bold.

    The same for all letters that one command draws, and slow to ask.
    """
    matrix, name, flags = pdfium.FS_MATRIX(), ctypes.create_string_buffer(80), ctypes.c_int()
    pdfium.FPDFText_GetMatrix(text_page, at, matrix)
    pdfium.FPDFText_GetFontInfo(text_page, at, name, len(name), flags)
    upright = matrix.a > 0 and abs(matrix.b) < 0.1 * abs(matrix.a)
    size = pdfium.FPDFText_GetFontSize(text_page, at) * math.hypot(matrix.c, matrix.d)
    return size if upright else 0.0, _BOLD.search(name.value) is not None


def _drop_note_signs(letters: list[tuple[_Letter, bool]]) -> str:
    """Return the text without the raised numbers and signs that point to notes."""
    if not any(is_raised for _, is_raised in letters):
        return "".join(letter.sign for letter, _ in letters)
    kept = ""
    at = 0
    while at < len(letters):
        end = at
        while end < len(letters) and letters[end][1]:
            end += 1
        raised = "".join(letter.sign for letter, _ in letters[at:end])
        if end > at and not is_note_sign(kept, raised):
            kept += to_superscript(raised) if kept else f"{to_superscript(raised)} "
        if end == at:
            kept += letters[at][0].sign
            end += 1
        at = end
    return " ".join(kept.split())


def is_note_sign(before: str, raised: str) -> bool:
    """Tell whether *raised* signs after *before* point to a note and are no exponent."""
    if not raised or any(not sign.isdigit() and sign not in _NOTE_SIGNS for sign in raised):
        return False
    word = before.rstrip().rpartition(" ")[2]
    inner = word.rstrip(")]")
    letters = len(inner) - len(inner.rstrip("abcdefghijklmnopqrstuvwxyzäöüßéèàç"))
    return letters > _UNITS or (inner == word != "" and word[-1] in _AFTER_SENTENCE)


def to_superscript(signs: str) -> str:
    """Return raised digits as Unicode has them; other signs as they are."""
    changed = signs.translate(_RAISED_SIGNS)
    return signs if any(sign.isascii() for sign in changed) else changed
