"""Makes foreign text fit for a terminal: articles may hold escape codes that move the cursor."""

import re
import unicodedata

_ESCAPE_SEQUENCE = re.compile(
    # Strings, such as window titles. One that never ends must not hide the rest of the article.
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]{0,4096}(?:\x1b\\|\x9c)"
    # Colors and movements of the cursor.
    r"|(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|\x1b[ -/]{0,8}[0-~]?"
)
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def display_text(text: str) -> str:
    """Return *text* without escape sequences, control characters and marks that turn its direction.

    Line breaks and tabs stay; half characters become U+FFFD.
    """
    return "".join(_displayed(char) for char in _ESCAPE_SEQUENCE.sub("", text))


def one_line(text: str) -> str:
    """Return *text* fit for a terminal, with all white space as single spaces."""
    return " ".join(display_text(text).split())


def _displayed(char: str) -> str:
    if char in "\n\t":
        return char
    if char in _BIDI_CONTROLS:
        return ""
    match unicodedata.category(char):
        case "Cc":
            return " " if char in "\r\v\f\x1c\x1d\x1e\x1f\x85" else ""
        case "Zl" | "Zp":
            return "\n"
        case "Cs":
            return "\ufffd"
        case _:
            return char
