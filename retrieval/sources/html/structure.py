"""Reads from a page's own tree what the text of its article no longer shows: levels, scopes, spans, times.

The text is that which the extraction made; each part of the tree is aligned with the line that says the same.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.domain import MAX_LEVEL, BlockKind, Span
from retrieval.sources.alignment import Part, align, end_of, line_spans, next_line, plain
from retrieval.structure import MarkedLine
from retrieval.text import word_set

Tree = Any
"""An lxml element; lxml has no types of its own."""
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LEAVES = frozenset(
    (*HEADINGS, "p", "li", "dt", "dd", "blockquote", "figcaption", "caption", "pre", "td", "th", "summary")
)
_BLOCKS = _LEAVES | word_set(
    "div section article main ul ol dl table tr tbody thead tfoot details figure header footer aside nav form"
    " body html hr"
)
_SKIPPED = frozenset(("nav", "script", "style", "template", "noscript", "button", "select", "form", "head"))
_PSEUDO_LEVEL = 6
"""Of a term over its description, a summary and a bold line over a paragraph."""
_MAX_HEADING_CHARS = 160
_MAX_BOLD_CHARS = 100
_STOPPED = re.compile(r"[.,;:!…]\W*$")
_MARK = re.compile(r"data-mark-\d+$")
_MAX_QUESTIONS = 500


@dataclass(slots=True)
class PagePart(Part):
    """A leaf of the tree that shows text, in the order of the page."""

    element: Tree = None


def read_parts(tree: Tree) -> list[PagePart]:
    """Return the leaves of a page that show text, in order. Takes linear time for pages of usual depth."""
    return list(_parts(tree))


def _parts(tree: Tree) -> Iterator[PagePart]:
    stack = [tree]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            continue
        if element.tag in _LEAVES or (element.tag == "div" and (element.text or "").strip()):
            words = _own_words(element)
            lines = [line for line in words.split("\n") if line.strip()]
            if lines and (key := plain(lines[0])):
                kind, level = _kind_of(element, words)
                yield PagePart(key, plain(lines[-1]), kind, level, " ".join(words.split()), element=element)
        stack += reversed(element)


def _own_words(element: Tree) -> str:
    """Return the first words of an element that are in no block within it, with its line breaks."""
    if element.tag == "pre":
        return "".join(element.itertext())
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag in _BLOCKS:
            break
        if child.tag == "br":
            parts.append("\n")
        elif isinstance(child.tag, str):
            parts.append(_inline_words(child))
        parts.append(child.tail or "")
    breaks = "".join(parts).split("\n") if any(child.tag == "br" for child in element) else ["".join(parts)]
    return "\n".join(" ".join(line.split()) for line in breaks)


def _inline_words(element: Tree) -> str:
    return "".join(element.itertext())


def _kind_of(element: Tree, words: str) -> tuple[BlockKind | None, int]:
    tag = element.tag
    above = [one.tag for one in element.iterancestors()]
    if tag in HEADINGS:
        return "heading", HEADINGS[tag]
    if tag in ("dt", "summary") and len(words) <= _MAX_HEADING_CHARS:
        return "heading", _PSEUDO_LEVEL
    if tag == "li" or (tag == "p" and above[:1] == ["li"] and element.getprevious() is None):
        lists = sum(one in ("ul", "ol") for one in above)  # none around an item that stands alone
        return "item", min(max(0, lists - 1), MAX_LEVEL)
    if tag in ("figcaption", "caption"):
        return "caption", 0
    if tag == "pre":
        return "code", 0
    if tag == "blockquote" or "blockquote" in above:
        return "quotation", 0
    if (
        tag in ("p", "div")
        and _is_bold(element)
        and len(words) <= _MAX_BOLD_CHARS
        and not _STOPPED.search(words)
    ):
        return "heading", _PSEUDO_LEVEL
    if tag in ("td", "th"):
        return ("row" if element.get("data-columns") else None), 0
    return "paragraph", 0


def _is_bold(element: Tree) -> bool:
    """Tell a paragraph that is wholly in bold type."""
    if (element.text or "").strip() or not len(element):
        return False
    return all(
        isinstance(child.tag, str) and child.tag in ("b", "strong", "br") and not (child.tail or "").strip()
        for child in element
    )


def lost_headings(parts: Sequence[PagePart]) -> Iterator[tuple[int, str]]:
    """Yield the headings of aligned parts that no line says, each with the line that it stands above.

    Only one whose very next words on the page were kept, and within its own section, belongs to the article.
    """
    waiting: list[PagePart] = []
    begun = False
    for part in parts:
        if part.line < 0 and part.element.tag in HEADINGS and len(part.words) <= _MAX_HEADING_CHARS:
            waiting.append(part)
        elif part.line >= 0:
            if begun:
                yield from (
                    (part.line, one.words)
                    for one in waiting
                    if one.level > 1 and _holds(scope_of(one.element), part.element)
                )
            waiting, begun = [], True
        else:
            waiting = []


def scope_of(heading: Tree) -> Tree:
    """Return the element that a heading heads: the first around it that says more than the heading."""
    words = len("".join(heading.itertext()).strip())
    scope = heading.getparent()
    while scope is not None and scope.getparent() is not None:
        more = 0
        for text in scope.itertext():
            more += len(text.strip())
            if more > words + 12:
                return scope
        scope = scope.getparent()
    return scope


def _holds(outer: Tree, inner: Tree) -> bool:
    return outer is not None and any(one is outer for one in inner.iterancestors())


def marked_lines(tree: Tree, text: str) -> list[MarkedLine]:
    """Return what the tree says of the lines of *text*, which was taken out of it."""
    alive = list(tree.iter())  # lxml makes elements anew, with other identities, unless somebody holds them
    lines = line_spans(text)
    parts = read_parts(tree)
    align(parts, [span.of(text) for span in lines])
    asked = _linked_questions(tree)
    entries = _entries(tree)
    found: list[MarkedLine] = []
    heads: list[tuple[PagePart, Tree, int]] = []  # heading, its scope, its place among the marked lines
    for number, part in enumerate(parts):
        if part.line < 0 or part.kind is None:
            continue
        above = {id(one) for one in part.element.iterancestors()}
        heads = [one for one in heads if id(one[1]) in above]
        kind: BlockKind = part.kind
        if part.key in asked or (kind == "heading" and part.words.endswith(("?", "？"))):
            kind = "question"
        if kind in ("heading", "question") and part.level:
            heads = [one for one in heads if one[0].level < part.level]
        if part.element.tag == "dt":
            heads = [one for one in heads if one[0].element.tag != "dt"]
        span = lines[part.line]
        end = end_of(part, text, lines, next_line(parts, number, len(lines)))
        found.append(
            MarkedLine(
                kind,
                Span(span.start, end),
                level=part.level,
                section=heads[-1][2] if heads else None,
                time=next((entries[one] for one in above if one in entries), ("", 0))[0],
                entry=next((entries[one][1] for one in above if one in entries), 0),
                marks=tuple(_marks(part.element, text, span.start)),
                columns=_columns(part.element),
                is_head=part.element.get("data-head") == "1",
            )
        )
        if kind in ("heading", "question") and part.level:
            heads.append((part, _scope_of_part(part), len(found) - 1))
    del alive
    return found


def _columns(cell: Tree) -> tuple[tuple[int, int], ...]:
    """Return the columns of each cell of a row, as ``markup.prepare`` wrote them."""
    said = (one.partition("-") for one in (cell.get("data-columns") or "").split())
    return tuple((int(first), int(last)) for first, _, last in said)


def _scope_of_part(part: PagePart) -> Tree:
    if part.element.tag in ("dt", "summary"):
        return part.element.getparent()
    return scope_of(part.element)


def _marks(note: Tree, text: str, behind: int) -> Iterator[Span]:
    """Yield the words before the marks of a note, which ``footnotes.tie_notes`` wrote into it."""
    for name, before in note.attrib.items():
        if not _MARK.match(str(name)) or not before.strip():
            continue
        at = text.rfind(before, 0, behind)
        if at < 0:
            at = text.find(before, behind)
        if at >= 0:
            yield Span(at + len(before) - 1, at + len(before))


def _entries(tree: Tree) -> dict[int, tuple[str, int]]:
    """Return the containers of the entries of a live blog with their times, by identity."""
    times = [one for one in tree.iter() if isinstance(one.tag, str) and one.get("data-entry-time")]
    holds: dict[int, int] = {}
    for one in times:
        for above in one.iterancestors():
            holds[id(above)] = holds.get(id(above), 0) + 1
    found: dict[int, tuple[str, int]] = {}
    for number, one in enumerate(times, start=1):
        alone = [above for above in one.iterancestors() if holds[id(above)] == 1]
        if alone:
            found[id(alone[-1])] = (one.get("data-entry-time"), number)
    return found


def _linked_questions(tree: Tree) -> set[str]:
    """Return the questions that a page names in its data for search engines (schema.org's FAQPage)."""
    found: set[str] = set()
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or "Question" not in (script.text or ""):
            continue
        try:
            waiting = [json.loads(script.text)]
        except (ValueError, RecursionError):
            continue
        while waiting and len(found) < _MAX_QUESTIONS:
            one = waiting.pop()
            if isinstance(one, list):
                waiting += one
            elif isinstance(one, dict):
                if one.get("@type") == "Question" and isinstance(one.get("name"), str):
                    found.add(plain(one["name"]))
                waiting += [value for value in one.values() if isinstance(value, list | dict)]
    return found
