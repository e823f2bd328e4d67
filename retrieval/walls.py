"""Recognizes pages that stand before an article instead of being one."""

import re
from collections.abc import Sequence
from typing import Any

from retrieval.errors import NotReadable

MIN_PAGE_CHARS = 250
"""A web page with less prose is a menu, a picture or a wall. The shortest of 70 measured articles
has some 400."""
_STUB_CHARS = 900
"""Above this, words like "subscribe" belong to an article or stand beside one."""
_TEASER_CHARS = 500
"""A subscribers' page that breaks off before this told next to nothing."""
_PROSE = re.compile(r"[.!?…。！？؟।:;][\"'”’»)\]]*(?:\s|$|(?<=[。！？]))")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_OPEN_INSTEAD = "Open it in a browser and paste the text instead."

_FOR_SUBSCRIBERS = (
    "The page says that it is for subscribers; only what it shows without a subscription was read."
)

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
    r"|(?:article|content|story) is (?:for|exclusive|reserved|only)[^.]{0,40}(?:subscribers|members)"
    r"|already (?:a subscriber|have an account|a member)|to (?:continue|keep) reading"
    r"|free articles? (?:left|remaining)",
    re.IGNORECASE,
)
_LOGIN_WALL = re.compile(
    r"(?:log|sign) ?in (?:to|or|with)|forgot(?:ten)? (?:your )?password|please (?:log|sign) in", re.I
)


def check_prose(blocks: Sequence[str], tree: Any, says_paywall: bool) -> tuple[str, ...]:
    """Return notes about the page, if the *blocks* taken from it are an article.

    *tree* is the whole page, *says_paywall* what its metadata says.

    Raises:
        NotReadable: If there is too little prose, or it is a wall; the text names the reason.
    """
    prose = prose_chars(blocks)
    notes = (_FOR_SUBSCRIBERS,) if says_paywall else ()
    if prose >= _STUB_CHARS:
        return notes
    said = "\n".join(blocks)
    too_little = prose < MIN_PAGE_CHARS
    shown = " ".join(" ".join(tree.itertext("p", "h1", "h2", "div", "span", "noscript")).split())[:20_000]
    wall = _wall(said) or (_wall(shown) if too_little else None)
    if wall is None and too_little and tree.xpath("boolean(.//input[@type='password'])"):
        wall = "asks for a login"
    if (
        wall is None
        and says_paywall
        and prose < _TEASER_CHARS
        and said.rstrip().endswith(("…", "...", "[…]", "[...]"))
    ):
        wall = "is for subscribers, and shows others only its beginning"
    if wall is not None:
        raise NotReadable(f"This page {wall}, so there is no article to read. {_OPEN_INSTEAD}")
    if too_little:
        raise NotReadable(f"There is too little text on this page to be an article. {_OPEN_INSTEAD}")
    return notes


def prose_chars(blocks: Sequence[str]) -> int:
    """Return how many characters stand in blocks that hold sentences; wide scripts count double."""
    prose = [block for block in blocks if _PROSE.search(block)]
    return sum(len(block) + len(_WIDE.findall(block)) for block in prose)


def _wall(text: str) -> str | None:
    for pattern, what in (
        (_ROBOT_WALL, "wants to know that its visitor is a person"),
        (_SCRIPT_WALL, "shows itself only to a browser with JavaScript"),
        (_PAY_WALL, "is for subscribers"),
        (_LOGIN_WALL, "asks for a login"),
        (_COOKIE_WALL, "asks about cookies first"),
    ):
        if pattern.search(text):
            return what
    return None
