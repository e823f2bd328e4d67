"""The text of HTML that is all article: a chapter of a book, the body of a feed's entry.

Pages of the web go through ``blocks.py`` instead, which finds the article among menus.
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from retrieval.sources.alignment import Part
from retrieval.sources.decoding import squeeze, tidy
from retrieval.sources.html.hidden import drop_hidden
from retrieval.sources.html.markup import prepare, without_long_tags
from retrieval.sources.html.structure import read_parts
from retrieval.sources.tables import CELL

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
_EDGE, _SIGN, _TYPED = "\x00", "\x01", "\x02"
"""Mark, while a page is read, the edges of blocks, the sign of an item, and lines that keep their ends."""
_NO_SIGNS = dict.fromkeys((0, 1, 2), " ")
_PARSING: dict[str, bool] = {
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
    "huge_tree": True,  # deep nesting is text too; the process has limits of its own
}


def html_blocks(source: str | bytes, parts: list[Part] | None = None) -> list[str]:
    """Return the paragraphs, headings, items and rows of *source* in order, none of them empty.

    What the markup says of them is added to *parts*.
    """
    parser = html.HTMLParser(**_PARSING)
    if isinstance(source, str):
        parser = html.HTMLParser(**_PARSING, encoding="utf-8")
        source = without_long_tags(source).encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(source.replace(b"\x00", b""), parser=parser)
    except (etree.LxmlError, ValueError):  # nothing but white space or comments
        return []
    drop_hidden(tree)
    prepare(tree)
    if parts is not None:
        parts += (Part(one.key, one.last_key, one.kind, one.level, one.words) for one in read_parts(tree))
    return element_blocks(tree)


def element_blocks(tree: Tree) -> list[str]:
    """Return the same of a part of a page that was parsed and prepared already."""
    blocks: list[str] = []
    sign = ""
    for piece in "".join(_pieces(tree)).split(_EDGE):
        if piece.startswith(_SIGN):
            sign = piece.removeprefix(_SIGN)
            continue
        lines = tidy(piece).strip("\n").split("\n") if piece.startswith(_TYPED) else [squeeze(tidy(piece))]
        block = "\n".join(line.rstrip() for line in lines)
        if block.strip():
            blocks.append(sign + block)
            sign = ""
    return blocks


def _pieces(tree: Tree) -> Iterator[str]:
    """Yield the text of *tree*, however deep; a sign stands where a block begins or ends."""
    walk = etree.iterwalk(tree, events=("start", "end"))
    typed = 0
    numbers: dict[Tree, int] = {}
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == "cite" and _names_quoted(element):
            tag = "p"
        edge = "" if tag in _INLINE else CELL if tag in ("td", "th") else _EDGE
        if tag == "br" and typed:
            edge = "\n" if event == "start" else ""
        if event == "start":
            if not tag or tag in _LEFT_OUT:
                walk.skip_subtree()
                continue
            typed += tag == "pre"
            if edge != CELL or element.getprevious() is not None:
                yield edge
            yield _sign_of(element, tag, numbers)
            yield _clean(element.text)
        else:
            typed -= tag == "pre"
            if edge == _EDGE and tag and tag not in _LEFT_OUT:
                yield edge
            if tag == "li":
                yield f"{_SIGN}{_EDGE}"
            if element is not tree:
                yield _clean(element.tail)


def _sign_of(element: Tree, tag: str, numbers: dict[Tree, int]) -> str:
    """Return what stands at the beginning of an element: the sign of an item, or of typed lines."""
    above = element.getparent()
    if tag == "pre":
        return _TYPED
    if tag != "li" or above is None or above.tag not in ("ul", "ol"):
        return ""
    if above.tag == "ul":
        return f"{_SIGN}- {_EDGE}"
    numbers[above] = numbers.get(above, 0) + 1
    return f"{_SIGN}{numbers[above]}. {_EDGE}"


def _names_quoted(cite: Tree) -> bool:
    """Say whether a ``cite`` opens a quotation: forums put "wren wrote:" into it, glued to the words."""
    above = cite.getparent()
    if above is None or cite.getprevious() is not None or (above.text or "").strip():
        return False
    return any(one.tag == "blockquote" for one in (above, above.getparent()) if one is not None)


def _clean(text: str | None) -> str:
    return (text or "").translate(_NO_SIGNS)
