"""Finding words in text regardless of typography, accents and case, with offsets into the original."""

import re
import unicodedata

from retrieval.domain import Span
from retrieval.text.quotation_marks import LIKE_DOUBLE, LIKE_SINGLE

_SAME = {
    **dict.fromkeys(LIKE_DOUBLE, '"'),
    **dict.fromkeys(LIKE_SINGLE, "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
}
_INVISIBLE = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"}


def fold_text(text: str) -> tuple[str, list[int]]:
    """Return *text* made comparable, and for each of its characters the offset it came from.

    Equal are only typographic variants: kinds of quotes, dashes, ellipses and spaces,
    compatibility forms (NFKD), and letters with or without invisible characters. Case
    and every other difference stay.
    """
    out: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        if char in _INVISIBLE:
            continue
        for plain in _SAME.get(char) or unicodedata.normalize("NFKD", char):
            plain = _SAME.get(plain, plain)
            if plain.isspace():
                if out and out[-1] == " ":
                    continue
                plain = " "
            out.append(plain)
            offsets.append(at)
    return "".join(out), offsets


def find_exact(words: str, text: str, within: Span | None = None) -> Span | None:
    """Return where *words* stand in *text* up to typography, or ``None``.

    There is no edit distance: a changed digit or a missing "not" is not a match.
    """
    base = within.start if within else 0
    plain, offsets = fold_text(within.of(text) if within else text)
    wanted = fold_text(words)[0].strip()
    if not wanted:
        return None
    at = plain.find(wanted)
    if at < 0:
        return None
    return Span(base + offsets[at], base + offsets[at + len(wanted) - 1] + 1)


def without_accents(text: str) -> str:
    """Return *text* for comparing names: no accents, no case, one space between words."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(text.casefold().split())


def like_pattern(words: str) -> str:
    """Return a pattern for SQL's ``LIKE`` that finds *words* in any typography.

    Letters stand for themselves; an accented one, a mark or a space may be written in other ways.
    """
    composed = unicodedata.normalize("NFC", words)
    return re.sub(r"%{2,}", "%", "".join(char if is_fixed(char) else "%" for char in composed))


def is_fixed(char: str) -> bool:
    """Return whether *char* is a letter or digit that is written in one way: no accents, or Korean."""
    return char.isalnum() and ("\uac00" <= char <= "\ud7a3" or unicodedata.normalize("NFKD", char) == char)
