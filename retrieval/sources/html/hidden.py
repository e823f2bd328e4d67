"""Drops from a page what its readers do not see: text for machines only is how orders are smuggled in.

Looked at are the attributes of an element and the page's own style sheets, read with tinycss2 and
cssselect; files of styles are not fetched. Pages also hide what a script shows later, so a way of
hiding that takes most of a page is taken for that, and hides nothing.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import tinycss2
from cssselect import HTMLTranslator, SelectorError
from lxml import etree  # type: ignore[import-untyped]
from tinycss2.color3 import RGBA, parse_color

Tree = Any
"""An lxml element; lxml has no types of its own."""
Styles = Mapping[str, str]
"""Declarations by property, in lower case."""

_WHOLE_PAGE = frozenset(("html", "body", "main"))
_UNSEEN = frozenset(("template", "dialog", "datalist"))
_STRUCK = frozenset(("del", "s", "strike"))
_READ_ALOUD_ONLY = frozenset(
    (
        *("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only"),
        *("screenreader-only", "a11y-hidden", "hidden-visually", "u-visually-hidden"),
    )
)
"""Names of classes that the common style sheets give to what only screen readers say."""
_MOST = 0.4
"""Share of a page's letters; what hides as much waits for a script."""
_MAX_SHEET_CHARS = 1_000_000
_MAX_RULES = 1_500
"""Rules of style sheets that are looked at, so that a hostile sheet takes no time."""
_NUMBER = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))\s*([a-z%]*)")
_NAMES = re.compile(r"[.#]([\w-]+)")
"""Classes and ids in a selector; where a page lacks one, the selector finds nothing."""
_READABLE = {
    "px": 3.0,
    "pt": 2.5,
    "em": 0.2,
    "rem": 0.2,
    "%": 20.0,
    "ex": 0.4,
    "ch": 0.4,
    "vw": 0.2,
    "vh": 0.2,
}
"""Sizes of letters below which nobody reads."""
_FAR_PX = 400.0
_PX = {
    "px": 1.0,
    "pt": 1.33,
    "em": 16.0,
    "rem": 16.0,
    "vw": 10.0,
    "vh": 8.0,
    "%": 10.0,
    "cm": 38.0,
    "in": 96.0,
}
_SAME_COLOR = 0.06
"""Largest difference of each of red, green and blue at which letters vanish on their ground."""
_BLACK, _WHITE = RGBA(0.0, 0.0, 0.0, 1.0), RGBA(1.0, 1.0, 1.0, 1.0)
_HIDING = frozenset(
    (
        *("display", "visibility", "content-visibility", "opacity", "font-size", "text-indent", "clip"),
        *("clip-path", "transform", "position", "left", "right", "top", "bottom", "width", "height"),
        *("max-width", "max-height", "margin-left", "margin-top", "color", "background", "background-color"),
    )
)
Colors = tuple[RGBA | None, RGBA | None]
"""Of letters and of what is behind them; ``None`` where it is a picture or not known."""


def drop_hidden(tree: Tree, *, share: float = _MOST) -> None:
    """Remove in place every element of a parsed page that its readers do not see, or see struck out.

    Args:
        tree: The page; changed.
        share: Of its letters, the most that one way of hiding may take, 0 to 1; one that takes more is
            taken for what a script shows later.
    """
    sheets = _from_sheets(tree)
    most = share * _letters(tree)
    waiting: set[str] = set()
    while True:
        by_way: dict[str, list[Tree]] = defaultdict(list)
        for way, element in _hidden(tree, sheets, waiting):
            by_way[way].append(element)
        more = {way for way, found in by_way.items() if sum(map(_letters, found)) > most}
        if not more:
            break
        waiting |= more
    for found in by_way.values():
        for element in found:
            element.drop_tree()


def _hidden(
    tree: Tree, sheets: Mapping[Tree, Styles], waiting: Collection[str]
) -> Iterator[tuple[str, Tree]]:
    """Yield the outermost elements that are hidden, and how; not in a way of *waiting*."""
    colors: list[Colors] = [(_BLACK, _WHITE)]
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            colors.pop()
            continue
        styles = {**sheets.get(element, {}), **_inline(element)} if isinstance(element.tag, str) else {}
        colors.append(_colors(styles, element, colors[-1]))
        if element.tag in _WHOLE_PAGE or element.getparent() is None:
            continue
        way = _attribute(element) or _way(styles) or _struck(element, styles)
        if not way and colors[-1] != colors[-2] and _vanish(colors[-1]):
            way = "color"
        if way and way not in waiting:
            yield way, element
            walk.skip_subtree()


def _struck(element: Tree, styles: Styles) -> str:
    """Return how an element is struck out: its readers see it, and that it is no longer said."""
    line = f"{styles.get('text-decoration', '')} {styles.get('text-decoration-line', '')}"
    return "struck out" if element.tag in _STRUCK or "line-through" in line else ""


def _letters(element: Tree) -> int:
    return sum(map(len, element.itertext()))


def _attribute(element: Tree) -> str:
    """Return how an element's own attributes, without styles, hide it."""
    if element.tag in _UNSEEN and element.get("open") is None:
        return "tag"
    if element.get("hidden") is not None:
        return "hidden"
    if (element.get("aria-hidden") or "").strip().lower() == "true":
        return "aria"
    return "class" if _READ_ALOUD_ONLY & set((element.get("class") or "").lower().split()) else ""


def _way(styles: Styles) -> str:
    """Return how declarations hide an element; empty if they do not."""
    if styles.get("display") == "none" or styles.get("content-visibility") == "hidden":
        return "display"
    if styles.get("visibility") in ("hidden", "collapse"):
        return "visibility"
    if "opacity" in styles and _size(styles["opacity"], {"": 1.0, "%": 0.01}, 1.0) < 0.1:
        return "opacity"
    size = _NUMBER.match(styles.get("font-size", ""))
    if size and float(size[1]) < _READABLE.get(size[2], 0.0 if float(size[1]) else 1.0):
        return "font size"
    if any(_size(styles.get(name, "")) < -_FAR_PX for name in ("text-indent", "margin-left", "margin-top")):
        return "far away"
    if styles.get("position") in ("absolute", "fixed") and any(
        abs(_size(styles.get(name, ""))) > 3 * _FAR_PX or _size(styles.get(name, "")) < -_FAR_PX
        for name in ("left", "right", "top", "bottom")
    ):
        return "far away"
    return "clipped" if _is_clipped(styles) else ""


def _is_clipped(styles: Styles) -> bool:
    """Tell whether nothing of an element's box is left to see."""
    edges = [float(number) for number, _ in _NUMBER.findall(styles.get("clip", ""))]
    if styles.get("clip", "").startswith("rect") and len(edges) == 4 and max(map(abs, edges)) <= 1:
        return True
    if re.match(
        r"(?:inset\((?:50|100)%|circle\(0|polygon\(0(?:px|%)? 0(?:px|%)?\))", styles.get("clip-path", "")
    ):
        return True
    if re.search(
        r"scale[xy3d]*\(\s*0?\.?0*\s*[,)]|translate[xy3d]*\([^)]*-\d{4,}", styles.get("transform", "")
    ):
        return True
    cut = any(styles.get(name) in ("hidden", "clip") for name in ("overflow", "overflow-x", "overflow-y"))
    sizes = ("width", "height", "max-width", "max-height")
    return cut and any(0 <= _size(styles.get(name, ""), absent=9.0) <= 1 for name in sizes)


def _size(value: str, units: Mapping[str, float] = _PX, absent: float = 0.0) -> float:
    """Return a length in pixels, or a number in *units*; *absent* if it is neither."""
    found = _NUMBER.match(value)
    if found is None:
        return absent
    number = float(found[1])
    return number * units[found[2]] if found[2] in units else (absent if number else 0.0)


def _colors(styles: Styles, element: Tree, around: Colors) -> Colors:
    """Return an element's colors: what it declares, else those around it."""
    letters, ground = around
    said = styles.get("color") or (element.get("color") if element.tag == "font" else None)
    if said and said != "inherit":
        letters = _color(said)
    behind = styles.get("background-color") or styles.get("background") or element.get("bgcolor")
    if behind and behind not in ("inherit", "none", "transparent", "initial", "unset"):
        ground = _color(behind)
    return letters, ground


def _color(said: str) -> RGBA | None:
    try:
        found = parse_color(said.split("!")[0].strip())
    except ValueError:
        return None
    return found if isinstance(found, RGBA) else None


def _vanish(colors: Colors) -> bool:
    letters, ground = colors
    if letters is not None and letters.alpha < 0.1:
        return True
    if letters is None or ground is None or ground.alpha < 0.5:
        return False
    return all(abs(a - b) <= _SAME_COLOR for a, b in zip(letters[:3], ground[:3], strict=True))


def _inline(element: Tree) -> dict[str, str]:
    said = element.get("style")
    return _read_declarations(tinycss2.parse_blocks_contents(said)) if said else {}


def _read_declarations(nodes: Sequence[Any]) -> dict[str, str]:
    """Return the declarations that can hide, by property."""
    return {
        node.lower_name: tinycss2.serialize(node.value).strip().lower()
        for node in nodes
        if node.type == "declaration"
        and (node.lower_name in _HIDING or node.lower_name.startswith(("overflow", "text-decoration")))
    }


def _from_sheets(tree: Tree) -> dict[Tree, dict[str, str]]:
    """Return what the page's own sheets declare of its elements; later rules win."""
    found: dict[Tree, dict[str, str]] = defaultdict(dict)
    xpath_of = HTMLTranslator().css_to_xpath
    names = {name for said in tree.xpath("//@class | //@id") for name in said.split()}
    fitting = (
        (part, styles)
        for selector, styles in _rules(tree)
        for part in selector.split(",")
        if names.issuperset(_NAMES.findall(part))
    )
    for selector, styles in islice(fitting, _MAX_RULES):
        try:
            elements = tree.xpath(xpath_of(selector, "descendant-or-self::"))
        except (SelectorError, etree.XPathError):  # such as :hover: not as the page is first seen
            continue
        for element in elements:
            found[element].update(styles)
    return found


def _rules(tree: Tree) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield selectors and the declarations under them, in order, as far as these may hide."""
    room = _MAX_SHEET_CHARS
    for sheet in tree.iter("style"):
        room -= len(sheet.text or "")
        if room < 0:
            break
        nodes = tinycss2.parse_stylesheet(sheet.text or "", skip_comments=True, skip_whitespace=True)
        for node in nodes:
            inner = [node]
            if node.type == "at-rule" and node.lower_at_keyword == "media" and node.content:
                on_screen = tinycss2.serialize(node.prelude).strip().lower() in (
                    "screen",
                    "all",
                    "only screen",
                )
                inner = tinycss2.parse_rule_list(node.content) if on_screen else []
            for rule in inner:
                if rule.type == "qualified-rule":
                    styles = _read_declarations(tinycss2.parse_blocks_contents(rule.content))
                    if styles:
                        yield tinycss2.serialize(rule.prelude), styles
