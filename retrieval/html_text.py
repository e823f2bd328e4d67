"""The text of HTML that is all article: a chapter of a book, the body of a feed's entry.

Pages of the web go through ``article_blocks.py`` instead, which finds the article among menus.
"""

from collections.abc import Iterator
from typing import Any

from lxml import html  # type: ignore[import-untyped]
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from retrieval.tidying import tidy

Tree = Any
"""An lxml element; lxml has no types of its own."""
_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"),
        *("font", "i", "ins", "kbd", "label", "mark", "q", "rb", "ruby", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_LEFT_OUT = frozenset(
    (
        *("script", "style", "head", "nav", "template", "svg", "math", "rp", "rt", "noscript", "iframe"),
        *("audio", "video", "object", "canvas", "button", "form", "select", "textarea"),
    )
)
_MAX_DEPTH = 200


def html_blocks(source: str | bytes) -> list[str]:
    """Return the paragraphs, headings, items and rows of *source* in order, none of them empty."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False)
    if isinstance(source, str):
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8")
        source = source.encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(source.replace(b"\x00", b""), parser=parser)
    except (LxmlError, ValueError):  # nothing but white space or comments
        return []
    lines = (" ".join(tidy(line).split()) for line in "".join(_pieces(tree, 0)).split("\x00"))
    return [block for block in "\n".join(lines).split("\n") if block.strip()]


def _pieces(element: Tree, depth: int) -> Iterator[str]:
    """Yield the text below *element*; NUL stands where a block begins or ends."""
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT or depth > _MAX_DEPTH:
        return
    edge = "" if element.tag in _INLINE else " | " if element.tag in ("td", "th") else "\x00"
    if edge != " | " or element.getprevious() is not None:
        yield edge
    yield (element.text or "").replace("\x00", " ")
    for child in element:
        yield from _pieces(child, depth + 1)
        yield (child.tail or "").replace("\x00", " ")
    if edge == "\x00":
        yield edge
