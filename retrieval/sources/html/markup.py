"""Prepares the markup of a page for the extraction of its text, which would lose or glue parts of it.

Notes go behind their paragraphs, rows of tables become lines, typed lines keep their ends, the entries
of a live blog their times, and signs that only serve to link to a heading go.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from retrieval.sources.decoding import close_lines
from retrieval.sources.html.footnotes import tie_notes
from retrieval.sources.tables import table_lines

Tree = Any
"""An lxml element; lxml has no types of its own."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PERMALINK = re.compile(r"[\W_]{0,3}|permalink|link|anchor", re.IGNORECASE)
_PERMALINK_CLASSES = frozenset(("headerlink", "anchor", "anchorjs-link", "heading-anchor", "header-anchor"))
_MAX_TABLE_CELLS = 50_000
_MAX_SPAN = 100
_MAX_COLUMNS = 300
_IN_CELLS = frozenset(
    (
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "big",
            "br",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "img",
        ),
        *("ins", "kbd", "label", "mark", "p", "q", "s", "samp", "small", "span", "strike", "strong", "sub"),
        *("sup", "time", "tt", "u", "var", "wbr", "nobr"),
    )
)
"""Elements that a cell of figures and names may hold; with others, the table is there for the layout."""
_MAX_CELL_CHARS = 400
_MIN_ENTRIES = 3
"""Times above so many entries of one kind make a live blog."""
_MAX_TIME_CHARS = 40
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAX_ATTRIBUTES = 1_000
_LONG_TAG = re.compile(r"(<[a-z][\w:-]{0,40})([^<>]{5000,})", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}|\d\s*[ap]\.?m", re.IGNORECASE)


def without_long_tags(source: str) -> str:
    """Return the source of a page with tags of thousands of attributes bare.

    The parser compares each attribute with all others of its tag: 300,000 take it minutes.
    """
    return _LONG_TAG.sub(_bared, source)


def _bared(tag: re.Match[str]) -> str:
    said = max(tag[2].count("="), len(tag[2].split()))
    return tag[1] if said > _MAX_ATTRIBUTES else tag[0]


def prepare(tree: Tree) -> None:
    """Change a parsed page in place so that no part of its text is lost or glued to another."""
    _drop_controls(tree)
    drop_permalinks(tree)
    tie_notes(tree)
    _close_lines(tree)
    _list_loose_items(tree)
    _lift_lead_ins(tree)
    _write_rows(tree)
    _keep_line_ends(tree)
    _keep_times(tree)


def drop_permalinks(tree: Tree) -> None:
    """Drop the signs behind headings, such as ¶ or #, that are there to be linked to."""
    for heading in tree.iter(*_HEADINGS):
        for link in list(heading.iter("a")):
            words = "".join(link.itertext()).strip()
            is_sign = "#" in (link.get("href") or "") and _PERMALINK.fullmatch(words)
            if (is_sign or _PERMALINK_CLASSES & set((link.get("class") or "").split())) and len(words) < 12:
                link.text = None
                for child in list(link):
                    link.remove(child)


def _drop_controls(tree: Tree) -> None:
    """Drop characters that the parser lets through and that may not be written into a tree again."""
    for element in tree.iter():
        if element.text and _CONTROLS.search(element.text) and isinstance(element.tag, str):
            element.text = _CONTROLS.sub("", element.text)
        if element.tail and _CONTROLS.search(element.tail):
            element.tail = _CONTROLS.sub("", element.tail)


def _close_lines(tree: Tree) -> None:
    """Join the lines of scripts without spaces between words, where the source has a line end."""
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if element.tail:
            element.tail = close_lines(element.tail)
        if element.tag in ("pre", "textarea"):
            walk.skip_subtree()
        elif element.text and isinstance(element.tag, str):
            element.text = close_lines(element.text)


def _list_loose_items(tree: Tree) -> None:
    """Put items that stand in no list into one: the extraction drops what is in none."""
    made: Tree | None = None
    for item in list(tree.iter("li")):
        parent = item.getparent()
        if parent is None or parent.tag in ("ul", "ol", "menu"):
            continue
        follows = made is not None and item.getprevious() is made and not (made.tail or "").strip()
        if made is None or not follows:
            made = etree.Element("ul")
            item.addprevious(made)
        tail, item.tail = item.tail, None
        made.append(item)
        made.tail = tail


def _lift_lead_ins(tree: Tree) -> None:
    """Put words that stand in a list before its first item into a paragraph above it."""
    for one in list(tree.iter("ul", "ol")):
        if (one.text or "").strip() and one.getparent() is not None:
            paragraph = etree.Element("p")
            paragraph.text, one.text = one.text, None
            one.addprevious(paragraph)


def _keep_line_ends(tree: Tree) -> None:
    """Make code of what is typed in fixed width: else its line ends are lost."""
    for typed in list(tree.iter("pre")):
        if next(typed.iter("code"), None) is None and "\n" in "".join(typed.itertext()).strip():
            code = etree.SubElement(typed, "code")
            code.text = "".join(typed.itertext())
            typed.text = None
            for child in list(typed)[:-1]:
                typed.remove(child)


def _write_rows(tree: Tree) -> None:
    """Make one cell of each row of a table of figures, with the heads of its columns."""
    for table in list(tree.iter("table")):
        if not _holds_data(table):
            continue
        rows = _grid(table)
        if max((len(row) for row, *_ in rows), default=0) < 2:
            continue
        captions = [
            words for one in table.iter("caption") if (words := " ".join("".join(one.itertext()).split()))
        ]
        heads = 0
        while heads < len(rows) and rows[heads][1]:
            heads += 1
        top = [row for row, *_ in rows[: max(0, heads - 1)]]
        lines = [*table_lines(top, has_head=False)]
        lines += table_lines([row for row, *_ in rows[max(0, heads - 1) :]], has_head=heads > 0 or None)
        for child in list(table):
            table.remove(child)
        table.text = None
        for line in captions:
            etree.SubElement(etree.SubElement(table, "tr"), "td").text = line
        shown = [row for row in rows if any(row[0])]
        for at, line in enumerate(lines):
            cell = etree.SubElement(etree.SubElement(table, "tr"), "td")
            cell.text = line
            if len(lines) == len(shown):  # each line is a row; else each cell has the head of its column
                cell.set("data-columns", " ".join(shown[at][2]))
                cell.set("data-head", "1" if at < heads else "")


def _holds_data(table: Tree) -> bool:
    cells = 0
    for element in table.iterdescendants():
        if element.tag in ("td", "th"):
            cells += 1
            if cells > _MAX_TABLE_CELLS or sum(len(words) for words in element.itertext()) > _MAX_CELL_CHARS:
                return False
        elif (
            isinstance(element.tag, str)
            and element.tag not in _IN_CELLS
            and element.tag not in (*("tr", "thead", "tbody", "tfoot", "caption", "colgroup", "col"),)
        ):
            return False
    return cells > 1


def _grid(table: Tree) -> list[tuple[list[str], bool, list[str]]]:
    """Return the rows with a cell for each column, whether each is of heads only, and where its cells stand.

    The latter are the columns of the cells that are not empty, as "2-3".
    """
    rows: list[tuple[list[str], bool, list[str]]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for tr in table.iter("tr"):
        cells = [cell for cell in tr if cell.tag in ("td", "th")]
        row: list[str] = []
        columns: list[str] = []
        waiting = iter(cells)
        cell = next(waiting, None)
        while (cell is not None or len(row) in hanging) and len(row) < _MAX_COLUMNS:
            if len(row) in hanging:
                left, words = hanging[len(row)]
                hanging[len(row)] = (left - 1, words)
                if left <= 1:
                    del hanging[len(row)]
                columns += [f"{len(row)}-{len(row)}"] if words else []
                row.append(words)
                continue
            words = " ".join(" ".join(_cell_words(cell)).split())
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            columns += [f"{len(row)}-{len(row) + across - 1}"] if words else []
            for at in range(across):
                if down > 1:
                    hanging[len(row)] = (down - 1, words)
                row.append(words if at == 0 else "")
            cell = next(waiting, None)
        is_head = bool(cells) and len(cells) > 1 and all(cell.tag == "th" for cell in cells)
        is_head = is_head or (bool(cells) and tr.getparent().tag == "thead")
        rows.append((row, is_head, columns))
    return rows


def _cell_words(cell: Tree) -> Iterator[str]:
    """Yield the text of a cell, with a space for a line break in it."""
    yield cell.text or ""
    for element in cell.iterdescendants():
        if element.tag in ("br", "p"):
            yield " "
        yield (element.text or "") if isinstance(element.tag, str) else ""
        yield element.tail or ""


def _span(cell: Tree, name: str) -> int:
    said = cell.get(name) or ""
    return min(int(said), _MAX_SPAN) or 1 if re.fullmatch(r"[0-9]{1,5}", said) else 1


def _keep_times(tree: Tree) -> None:
    """Write the time of each entry of a live blog before its first paragraph."""
    times = [one for one in tree.iter("time") if _is_over_entry(one)]
    kinds = Counter(_kind(one.getparent()) for one in times)
    entries = [one for one in times if kinds[_kind(one.getparent())] >= _MIN_ENTRIES]
    if len({one.get("datetime") or "".join(one.itertext()) for one in entries}) < _MIN_ENTRIES:
        return
    for one in entries:
        words = " ".join("".join(one.itertext()).split())
        paragraph = _paragraph_after(one)
        if paragraph is not None:
            paragraph.text = f"{words}: {(paragraph.text or '').lstrip()}"
            paragraph.set("data-entry-time", words)


def _kind(element: Tree) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _is_over_entry(time: Tree) -> bool:
    """Tell a time of day that stands alone, above text of its own."""
    words = " ".join("".join(time.itertext()).split())
    if not words or len(words) > _MAX_TIME_CHARS or not _CLOCK.search(words):
        return False
    return _paragraph_after(time) is not None


def _paragraph_after(time: Tree) -> Tree | None:
    """Return the first paragraph behind *time* in its entry, if no other time stands between."""
    if any(one.tag == "p" for one in time.iterancestors()):
        return None
    above = time
    for _ in range(3):
        for sibling in above.itersiblings():
            for element in sibling.iter("p", "time"):
                if element.tag == "time":
                    return None
                if len("".join(element.itertext()).strip()) > 1:
                    return element
        above = above.getparent()
        if above is None or above.tag in ("body", "main"):
            return None
    return None
