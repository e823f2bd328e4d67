"""Shows foreign text as it is: a reader on Discord sees its characters, and none of them acts.

Titles and articles are hostile until shown otherwise. Escaping happens when rendering and only
here; the library keeps what was published.
"""

import re
from collections.abc import Callable

from bot.i18n import gettext_noop, t

ELLIPSIS = "…"
TITLE_CHARS = 100
UNTITLED = gettext_noop("Untitled article")

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_JOINERS = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f])")
"""Joiners shape Persian, Indic scripts and emoji; beside ASCII they only hide."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_ACTIVE = re.compile(
    r"[\\*_~|`<\[\]]"  # emphasis, spoilers, code, mentions, timestamps, links
    r"|:(?=\S)"  # emoji names and bare addresses
    r"|(?<=<)[@#:]"  # a backslash before < is for readers; Discord itself looks for <@ anywhere
)
_LINE_START = re.compile(r"(?m)^([ \t]*)(?:([#>+-])|(\d+)([.)]))")
_EVERYONE = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]{0,20})?://", re.IGNORECASE)

_FORGES_LINKS = re.compile(r"[\[\]()`]")


def visible(text: str) -> str:
    """Return *text* without what no reader sees: controls, zero-width and direction marks."""
    text = _SURROGATE.sub("\ufffd", _LINE_BREAK.sub("\n", text).replace("\t", " "))
    return _JOINERS.sub("", _INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    """Return what is visible of *text*, with all white space as single spaces."""
    return " ".join(visible(text).split())


def plain(text: str) -> str:
    """Return Discord markdown that shows *text* and does nothing else."""
    escaped = _ACTIVE.sub(r"\\\g<0>", visible(text))
    escaped = _LINE_START.sub(_escape_line_start, escaped)
    # No backslash stops this one; AllowedMentions.none() stops the ping, this the highlight.
    return _EVERYONE.sub("@\u200b", escaped)


def fit(text: str, room: int) -> str:
    """Return ``plain(text)`` in at most *room* characters, ending in … when something is left out."""
    whole = plain(text)
    if len(whole) <= room:
        return whole
    seen = visible(text)
    chars = _most(len(seen), lambda count: len(plain(seen[:count])) + len(ELLIPSIS) <= room)
    return plain(_at_word_end(seen, chars)) + ELLIPSIS if room > 0 else ""


def fit_end(text: str, room: int) -> str:
    """Return the end of ``plain(text)`` in at most *room* characters, after … when something is left out."""
    whole = plain(text)
    if len(whole) <= room:
        return whole
    seen = visible(text)
    chars = _most(len(seen), lambda count: len(plain(seen[len(seen) - count :])) + len(ELLIPSIS) <= room)
    tail = seen[len(seen) - chars :]
    space = tail.find(" ", 0, 25)
    return ELLIPSIS + plain(tail[space + 1 :].lstrip()) if room > 0 else ""


def cut(text: str, chars: int) -> str:
    """Return at most *chars* characters of *text*, unescaped, ending in … when something is left out."""
    if len(text) <= chars:
        return text
    return _at_word_end(text, chars - len(ELLIPSIS)) + ELLIPSIS


def title_text(title: str, chars: int = TITLE_CHARS) -> str:
    """Return a title for places that know no markdown, such as the choices of an option."""
    return cut(one_line(title) or t(UNTITLED), chars)


def title_markdown(title: str, chars: int = TITLE_CHARS) -> str:
    """Return a title for a card: one line, too short and too plain to forge a link with."""
    bare = _SCHEME.sub(" ", _FORGES_LINKS.sub("", visible(title)))
    return plain(title_text(bare, chars))


def format_block_quote(markdown: str) -> str:
    """Return lines of markdown as a block quote; empty lines are left out."""
    return "\n".join(f"> {line}" for line in markdown.split("\n") if line.strip())


def _most(limit: int, fits: Callable[[int], bool]) -> int:
    """Return the greatest count up to *limit* that fits, for a test that only ever turns false."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _escape_line_start(match: re.Match[str]) -> str:
    indent, mark, number, after = match.groups()
    return f"{indent}\\{mark}" if mark else f"{indent}{number}\\{after}"


def _at_word_end(text: str, chars: int) -> str:
    """Return up to *chars* characters, without a broken last word if one ends nearby."""
    head = text[: max(chars, 0)]
    if chars < len(text) and not text[chars : chars + 1].isspace():
        space = head.rfind(" ", max(0, chars - 25))
        if space > 0:
            head = head[:space]
    return head.rstrip()
