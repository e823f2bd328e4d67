"""Ties the notes of a page to the paragraphs they belong to, and takes their marks out of the text.

Footnotes are known by their links, not by the program that made them: a mark links to a note further
down. Kramdown, Pandoc, GitHub, Substack, Wikipedia and pages made by hand are alike in that. LaTeXML and
side notes put the note into the paragraph itself; old pages only repeat a raised number.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

Tree = Any
"""An lxml element; lxml has no types of its own."""
LABEL = "Note: "
"""Stands before a note that was moved behind its paragraph."""
MAX_NOTES = 2_000
_MAX_BEFORE_CHARS = 60
_MAX_NOTE_CHARS = 3_000
"""What is longer is a section that the text links to."""
_MARK = re.compile(
    r"[\[(]?\s*(?:(?:note|notes|fn|nb|anm\.?)\s*)?(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,5}|[*†‡§¶]{1,3})\s*[\])]?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[[^\[\]\n]{1,60}\]")
_NUMBERS_IN_BRACKETS = re.compile(r"\[\s*\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*\s*\]")
_BACK_SIGNS = re.compile(r"[\s^↑↩⤴↵\ufe0e\ufe0f]*")
_LEADING_MARK = re.compile(r"[\s^↑]*(?:[\[(]?(\d{1,3}|[*†‡§]{1,3})[\]).:]{0,2}(?=\s|[^\W\d_]))?\s*")
_NOTE_WORDS = ("noteref", "footnote", "fnref", "endnote", "cite_ref", "cite-ref")
_INNER_NOTES = ("ltx_note", "sidenote", "marginnote", "modern-footnotes-footnote__note")
_INNER_MARKS = ("ltx_note_mark", "ltx_tag_note", "ltx_note_type")
_BLOCKS = frozenset(("p", "li", "blockquote", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "figure"))
_CONTAINERS = frozenset(("p", "li", "div", "aside", "section", "dd", "blockquote"))
_INLINE = frozenset(("a", "sup", "span", "b", "i", "em", "strong", "small", "font", "cite", "label"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LISTS = frozenset(("ol", "ul", "dl", "div", "section", "aside"))
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


class _Pair(NamedTuple):
    mark: Tree
    note: Tree


def tie_notes(tree: Tree) -> None:
    """Move the notes of a parsed page behind the paragraphs with their marks, and drop the marks.

    Entries of a bibliography stay where they are. Works in place and in linear time.
    """
    _move_inner_notes(tree)
    order = {element: at for at, element in enumerate(tree.iter())}
    pairs = [*_find_linked_notes(tree, order), *_find_repeated_numbers(tree)][: 5 * MAX_NOTES]
    notes = {pair.note: _text_of(pair.note) for pair in pairs}
    last: dict[Tree, Tree] = {}
    moved: set[Tree] = set()
    paragraphs: dict[Tree, Tree] = {}
    before: dict[Tree, list[str]] = {}
    for mark, note in pairs:
        place = _place_of(mark)
        if place is not None:
            before.setdefault(note, []).append(_words_before(mark, place))
        if note not in moved and place is not None and notes[note] and not _is_source(note):
            moved.add(note)
            paragraphs[note] = _put_behind(place, notes[note], last)
        _drop_mark(mark)
    for note, paragraph in paragraphs.items():
        for number, words in enumerate(before[note]):
            paragraph.set(f"data-mark-{number}", words)
    for note in moved:
        _drop_with_head(note)
    _drop_bracketed(tree)


def _find_linked_notes(tree: Tree, order: dict[Tree, int]) -> Iterator[_Pair]:
    """Yield the links to notes with their notes."""
    targets: dict[str, Tree] = {}
    for element in order:
        if isinstance(element.tag, str):
            name = element.get("id") or (element.get("name") if element.tag == "a" else None)
            if name:
                targets.setdefault(name, element)
    links = [link for link in tree.iter("a") if "#" in (link.get("href") or "") and _is_mark(link)]
    found = [
        (link, note)
        for link in links
        if (target := targets.get(link.get("href").rpartition("#")[2])) is not None
        and order[target] > order[link]
        and (note := _note_at(target)) is not None
        and order[note] > order[link]
    ]
    named: dict[Tree, set[str]] = {}
    for link, note in found:
        named.setdefault(note, set()).add(link.get("href"))
    yield from (_Pair(link, note) for link, note in found if len(named[note]) == 1)


def _is_mark(link: Tree) -> bool:
    words = " ".join("".join(link.itertext()).split())
    if not _MARK.fullmatch(words):
        return False
    if words.startswith("[") or next(link.iter("sup"), None) is not None:
        return True
    parent = link.getparent()
    if parent is not None and (parent.tag == "sup" or (parent.tag in _INLINE and _is_sup_within(parent))):
        return True
    said = (
        link.get(name) or "" for name in ("class", "id", "rel", "role", "data-component-name", _EPUB_TYPE)
    )
    return any(word in value.lower() for value in said for word in _NOTE_WORDS)


def _is_sup_within(element: Tree) -> bool:
    return element.getparent() is not None and element.getparent().tag == "sup"


def _note_at(target: Tree) -> Tree | None:
    """Return the block that holds the note that a link leads to."""
    note = target
    while note is not None and note.tag not in _CONTAINERS:
        note = note.getparent()
    if note is None or (note.tag == "section" and note.find(".//section") is not None):
        return None
    return note if _is_short(note) else None


def _is_short(element: Tree) -> bool:
    chars = 0
    for words in element.itertext():
        chars += len(words)
        if chars > _MAX_NOTE_CHARS:
            return False
    return True


def _find_repeated_numbers(tree: Tree) -> Iterator[_Pair]:
    """Yield raised numbers without a link, with the block further down that begins with the same."""
    waiting: dict[str, Tree] = {}
    for sup in list(tree.iter("sup")):
        words = "".join(sup.itertext()).strip()
        if not re.fullmatch(r"\d{1,3}|[*†‡§]{1,3}", words) or next(sup.iter("a"), None) is not None:
            continue
        block = next((one for one in sup.iterancestors() if one.tag in _CONTAINERS), None)
        if block is None or any(one.tag == "a" for one in sup.iterancestors()):
            continue
        before = _before(sup)
        if not before.strip() and block.tag != "section":
            mark = waiting.pop(words, None)
            if mark is not None and _is_short(block) and mark not in list(block.iter("sup")):
                yield _Pair(mark, block)
        elif re.search(r"(?:[^\W\d_]{3}|[.,;:!?”’\"')\]])$", before):
            waiting.setdefault(words, sup)


def _before(element: Tree) -> str:
    """Return the text right before *element* in its parent."""
    sibling = element.getprevious()
    while sibling is not None and not isinstance(sibling.tag, str):
        sibling = sibling.getprevious()
    if sibling is not None:
        return (sibling.tail or "") or "".join(sibling.itertext())[-40:]
    return (element.getparent().text or "") if element.getparent() is not None else ""


def _text_of(note: Tree) -> str:
    """Return the words of a note without the links back and its own mark."""
    parts: list[str] = []
    walk = etree.iterwalk(note, events=("start", "end"))
    for event, element in walk:
        if event == "start" and (not isinstance(element.tag, str) or _is_back(element)):
            walk.skip_subtree()
        elif event == "start":
            if element.tag in _BLOCKS or element.tag == "br":
                parts.append(" ")
            parts.append(element.text or "")
        if event == "end" and element is not note:
            parts.append(element.tail or "")
    words = " ".join("".join(parts).split())
    words = words[_LEADING_MARK.match(words).end() :]  # type: ignore[union-attr]
    return words.rstrip(" ^↑↩⤴↵\ufe0e\ufe0f")


def _is_back(element: Tree) -> bool:
    """Tell the link of a note that leads back to its mark, and the sign of the note itself."""
    words = "".join(element.itertext()).strip()
    if element.tag == "a" and (element.get("href") or "").startswith("#"):
        return _MARK.fullmatch(words) is not None or _BACK_SIGNS.fullmatch(words) is not None
    if element.tag == "a":
        kinds = f"{element.get('class') or ''} {element.get('rel') or ''} {element.get('role') or ''}".lower()
        return "backlink" in kinds or "reversefootnote" in kinds or "footnote-back" in kinds
    return "cite-backlink" in (element.get("class") or "")


def _is_source(note: Tree) -> bool:
    """Tell an entry of a bibliography: it is no part of the text, and there are hundreds."""
    kinds = " ".join(one.get("class") or "" for one in note.iter() if isinstance(one.tag, str))
    return next(note.iter("cite"), None) is not None or "ltx_bib" in kinds or "citation" in kinds.split()


def _place_of(mark: Tree) -> Tree | None:
    """Return the block behind which a note goes; a note of a table goes behind the table."""
    above = list(mark.iterancestors())
    table = next((one for one in reversed(above) if one.tag == "table"), None)
    if table is not None:
        return table
    blocks = (one for one in above if one.tag in _BLOCKS)
    return next(blocks, next((one for one in above if one.tag in _CONTAINERS), None))


def _words_before(mark: Tree, place: Tree) -> str:
    """Return the last words before a mark in its block; ``structure`` finds its place in the text by them."""
    words = ""
    for event, element in etree.iterwalk(place, events=("start", "end")):
        if element is mark:
            break
        if event == "start" and isinstance(element.tag, str):
            words += element.text or ""
        elif event == "end" and element is not place:
            words += element.tail or ""
        words = words[-_MAX_BEFORE_CHARS * 2 :]
    return " ".join(words.split())[-_MAX_BEFORE_CHARS:].strip()


def _put_behind(place: Tree, words: str, last: dict[Tree, Tree]) -> Tree:
    paragraph = etree.Element("p")
    paragraph.text = LABEL + words
    if place.tag in ("li", "dd", "dt", "blockquote"):
        place.append(paragraph)
    else:
        after: Any = last.get(place, place)
        after.addnext(paragraph)
    last[place] = paragraph
    return paragraph


def _drop_mark(mark: Tree) -> None:
    """Drop a mark with what is around it and holds nothing else: a raised line, brackets."""
    words = "".join("".join(mark.itertext()).split())
    top = mark
    while (parent := top.getparent()) is not None and parent.tag in _INLINE:
        around = "".join("".join(parent.itertext()).split())
        if around.strip("[]()") != words.strip("[]()"):
            break
        top = parent
    before = _before(top)
    if before.endswith("[") and (top.tail or "").startswith("]"):
        _cut_before(top)
        top.tail = top.tail[1:]
    _drop(top)


def _cut_before(element: Tree) -> None:
    sibling = element.getprevious()
    if sibling is not None and sibling.tail:
        sibling.tail = sibling.tail[:-1]
    elif sibling is None and element.getparent().text:
        element.getparent().text = element.getparent().text[:-1]


def _drop_with_head(note: Tree) -> None:
    """Drop a note, the list that it was the last of, and the heading over that list."""
    while note is not None and note.getparent() is not None:
        parent = note.getparent()
        _drop(note)
        if parent.tag not in _LISTS:
            return
        if any(words.strip() for words in parent.itertext()):
            only = parent[0] if len(parent) == 1 else None
            if only is None or only.tag not in _HEADINGS or (only.tail or "").strip():
                return
        head = parent.getprevious()
        if head is not None and head.tag in _HEADINGS:
            _drop(head)
        note = parent


def _move_inner_notes(tree: Tree) -> None:
    """Move notes out of the middle of their paragraphs."""
    last: dict[Tree, Tree] = {}
    for element in list(tree.iter("span", "small", "aside", "cite")):
        kinds = (element.get("class") or "").split()
        if element.tag == "cite" and _NUMBERS_IN_BRACKETS.fullmatch("".join(element.itertext()).strip()):
            _drop(element)
        if not any(kind in _INNER_NOTES for kind in kinds) or len(last) > MAX_NOTES:
            continue
        for mark in [one for one in element.iter() if _has_any(one, _INNER_MARKS)]:
            _drop(mark)
        place = _place_of(element)
        words = " ".join("".join(element.itertext()).split())
        if place is not None and words:
            _put_behind(place, words, last)
            _drop(element)


def _has_any(element: Tree, classes: Iterable[str]) -> bool:
    return isinstance(element.tag, str) and any(
        kind in classes for kind in (element.get("class") or "").split()
    )


def _drop_bracketed(tree: Tree) -> None:
    """Drop what is raised and in brackets, "[1]" and "[citation needed]", and links to edit a section."""
    for sup in list(tree.iter("sup")):
        if _BRACKETED.fullmatch(" ".join("".join(sup.itertext()).split())):
            _drop(sup)
    for heading in list(tree.iter(*_HEADINGS)):
        for part in list(heading):
            if isinstance(part.tag, str) and _is_edit_link(part):
                _drop(part)
        _drop_edit_links(heading)
    for link in list(tree.iter("a")):
        words = "".join(link.itertext()).strip()
        if (
            "#" in (link.get("href") or "")
            and _NUMBERS_IN_BRACKETS.fullmatch(words)
            and _before(link).strip()
        ):
            _drop(link)


def _drop_edit_links(heading: Tree) -> None:
    """Drop "[edit]" beside a heading: MediaWiki wraps both since 2024, and the heading would go with it."""
    around = heading.getparent()
    if around is None or around.tag != "div" or any((one.tail or "").strip() for one in around):
        return
    beside = [one for one in around if one is not heading and isinstance(one.tag, str)]
    if all(_is_edit_link(one) for one in beside):
        for one in beside:
            _drop(one)


def _is_edit_link(element: Tree) -> bool:
    words = " ".join("".join(element.itertext()).split())
    return _BRACKETED.fullmatch(words) is not None and next(element.iter("a"), None) is not None


def _drop(element: Tree) -> None:
    """Remove *element* and keep the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
