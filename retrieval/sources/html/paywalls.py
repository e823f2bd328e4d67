"""Recognizes pages that stand before an article instead of being one."""

import re
from collections.abc import Sequence
from typing import Any

from retrieval.errors import NotReadable
from retrieval.messages import Message, message
from retrieval.text import CLOSING, WIDE

MIN_PAGE_CHARS = 250
"""A web page with less prose is a menu, a picture or a wall. The shortest of 70 measured articles
has 536."""
_TEASER_CHARS = 500
"""A page with less prose than this beside its "subscribe" or "sign in" is a wall. With more, the
words may be the article's own, or it may be cut off: a note says so up to the next limit."""
_STUB_CHARS = 900
_MAX_WALL_CHARS = 600
"""An element named after a paywall that says more holds the article itself."""
_PROSE = re.compile(rf"[.!?…。！？؟।:;][{CLOSING})\]]*(?:\s|$|(?<=[。！？]))")
_OPEN_INSTEAD = message("Open it in a browser and paste the text instead.")

_FOR_SUBSCRIBERS = message(
    "The page says that it is for subscribers; only what it shows without a subscription was read."
)

_MAY_BE_CUT = message(
    "The page is short and speaks of signing in or subscribing; perhaps it showed only a part."
)
_ASKS_TO_SUBSCRIBE = message("The page asks for a subscription; perhaps it showed only a part.")
_SCRIPT_WALL = re.compile(
    r"(?:enable|turn on|activate|requires?|without|disabled?) (?:the use of )?java ?script"
    r"|javascript is (?:disabled|required|not)",
    re.IGNORECASE,
)
_ROBOT_WALL = re.compile(
    r"(?:are|you'?re|you are) (?:not )?a (?:robot|human)|checking (?:if the site connection|your browser)"
    r"|unusual (?:traffic|activity)|complete the captcha|security check"
    r"|access (?:to this page )?(?:has been )?denied|verify(?:ing)? (?:that )?you are|just a moment",
    re.IGNORECASE,
)
_COOKIE_WALL = re.compile(
    r"(?:accept|agree to|allow|consent to|enable|manage) (?:all |the use of |our |your )*cookies"
    r"|we (?:and our (?:\d+ )?partners )?(?:use|store|value)[^.]{0,60}(?:cookies|your privacy)",
    re.IGNORECASE,
)
_PAY_WALL = re.compile(
    r"(?:subscribe|subscription|subscriber|sign up|register|become a member|start your (?:free )?trial)"
    r"[^.]{0,60}(?:to (?:continue|read|keep|unlock|access|view)|only|exclusive)"
    r"|(?:article|content|story|post|episode) is (?:for|exclusive|reserved|only)"
    r"[^.]{0,40}(?:subscribers|members)"
    r"|already (?:a (?:\w+ )?(?:subscriber|member)|have an account)|to (?:continue|keep) reading"
    r"|free articles? (?:left|remaining)",
    re.IGNORECASE,
)
_WALL_NAMES = ("paywall", "regwall", "subscriber-only", "subscription-wall")
"""In the class, id or test id of the element that stands where the text breaks off."""
_LOGIN_WALL = re.compile(
    r"(?:log|sign) ?in (?:to|or|with)|forgot(?:ten)? (?:your )?password|please (?:log|sign) in", re.I
)


def check_prose(blocks: Sequence[str], tree: Any, says_paywall: bool) -> tuple[str, ...]:
    """Return notes about the page, if the *blocks* taken from it are an article.

    *tree* is the whole page, *says_paywall* what its metadata says.

    Raises:
        NotReadable: If there is too little prose, or it is a wall; the text names the reason.
    """
    notes = (_FOR_SUBSCRIBERS,) if says_paywall else ()
    named = _named_wall(tree)
    if prose_chars(blocks) >= _STUB_CHARS:
        return notes or ((_ASKS_TO_SUBSCRIBE,) if named else ())
    wall = _first_wall(blocks) or named
    prose = prose_chars([block for block in blocks if not _wall(block)])
    too_little = prose < MIN_PAGE_CHARS
    if too_little and wall is None and not says_paywall:
        wall = _wall(_shown(tree)) or (message("asks for a login") if _asks_for_password(tree) else None)
    cut_off = too_little or "".join(blocks[-1:]).endswith(("…", "...", "[…]", "[...]"))
    if wall is None and says_paywall and cut_off:
        wall = message("is for subscribers, and shows others only its beginning")
    if wall is not None and prose < _TEASER_CHARS:
        raise NotReadable(
            message(
                "This page {wall}, so there is no article to read. {advice}", wall=wall, advice=_OPEN_INSTEAD
            )
        )
    if too_little:
        raise NotReadable(
            message("There is too little text on this page to be an article. {advice}", advice=_OPEN_INSTEAD)
        )
    return notes or ((_MAY_BE_CUT,) if wall else ())


def prose_chars(blocks: Sequence[str]) -> int:
    """Return how many characters stand in blocks that hold sentences; wide scripts count double."""
    prose = [block for block in blocks if _PROSE.search(block)]
    return sum(len(block) + len(WIDE.findall(block)) for block in prose)


def _shown(tree: Any) -> str:
    texts = tree.itertext("p", "h1", "h2", "h3", "div", "span", "noscript", "title", "button", "a")
    return " ".join(" ".join(texts).split())[:20_000]


def _asks_for_password(tree: Any) -> bool:
    return bool(tree.xpath("boolean(.//input[@type='password'])"))


def _named_wall(tree: Any) -> Message | None:
    """Return the wall that stands in an element named so; the extraction of the text leaves it out."""
    for one in tree.iter("div", "section", "aside", "p"):
        names = " ".join(one.get(key) or "" for key in ("class", "id", "data-testid")).lower()
        if any(name in names for name in _WALL_NAMES):
            words = " ".join(" ".join(one.itertext()).split())
            if len(words) <= _MAX_WALL_CHARS and _PAY_WALL.search(words):
                return message("is for subscribers")
    return None


def _first_wall(blocks: Sequence[str]) -> Message | None:
    return next((wall for block in blocks if (wall := _wall(block))), None)


def _wall(text: str) -> Message | None:
    for pattern, what in (
        (_ROBOT_WALL, message("wants proof that its visitor is a person")),
        (_SCRIPT_WALL, message("shows itself only to a browser with JavaScript")),
        (_PAY_WALL, message("is for subscribers")),
        (_LOGIN_WALL, message("asks for a login")),
        (_COOKIE_WALL, message("asks about cookies first")),
    ):
        if pattern.search(text):
            return what
    return None
