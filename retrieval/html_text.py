"""The text of HTML that is all article: a chapter of a book, the body of a feed's entry.

Pages of the web go through ``article_blocks.py`` instead, which finds the article among menus.
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from retrieval.hidden_text import drop_hidden
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
        *("script", "style", "head", "nav", "template", "svg", "rp", "rt", "noscript", "iframe"),
        *("audio", "video", "canvas", "button", "select", "textarea"),
    )
)
_CELL = " | "
_PARSING: dict[str, bool] = {
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
    "huge_tree": True,  # deep nesting is text too; the process has limits of its own
}


def html_blocks(source: str | bytes) -> list[str]:
    """Return the paragraphs, headings, items and rows of *source* in order, none of them empty."""
    parser = html.HTMLParser(**_PARSING)
    if isinstance(source, str):
        parser = html.HTMLParser(**_PARSING, encoding="utf-8")
        source = source.encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(source.replace(b"\x00", b""), parser=parser)
    except (etree.LxmlError, ValueError):  # nothing but white space or comments
        return []
    drop_hidden(tree)
    lines = (" ".join(tidy(line).split()) for line in "".join(_pieces(tree)).split("\x00"))
    return [block for block in "\n".join(lines).split("\n") if block.strip()]


def _pieces(tree: Tree) -> Iterator[str]:
    """Yield the text of *tree*, however deep; NUL stands where a block begins or ends."""
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        edge = "" if tag in _INLINE else _CELL if tag in ("td", "th") else "\x00"
        if event == "start":
            if not tag or tag in _LEFT_OUT:
                walk.skip_subtree()
                continue
            if edge != _CELL or element.getprevious() is not None:
                yield edge
            yield (element.text or "").replace("\x00", " ")
        else:
            if edge == "\x00" and tag and tag not in _LEFT_OUT:
                yield edge
            yield (element.tail or "").replace("\x00", " ")
