"""Names and words in the spellings in which they are compared and looked up."""

import re
import unicodedata


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
