"""Reads Jupyter notebooks (.ipynb): the words of their cells, the code, and what it printed.

A notebook is JSON. nbformat checks and converts old ones, which are rare, at the price of six packages.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from retrieval.domain import NewArticle
from retrieval.errors import NotReadable
from retrieval.messages import message
from retrieval.sources.decoding import decode_text, tidy
from retrieval.sources.documents.markdown import markdown_text
from retrieval.sources.documents.plain_text import check_sentence, fallback_title, read_head
from retrieval.sources.html.metadata import one_line
from retrieval.sources.urls import canonical_url, site_of

MAX_OUTPUT_CHARS = 2_000
"""Of one cell; logs and tables of data are longer."""
_HEADING = re.compile(r"^#{1,2}[ \t]+(\S.*)$", re.MULTILINE)
_DAMAGED = message("This notebook is damaged. Open and save it again, or paste the text instead.")
_PICTURES = message("Pictures that the notebook's code drew were left out.")


def read_notebook(body: bytes, url: str) -> NewArticle:
    """Return a notebook as an article.

    Raises:
        NotReadable: It is damaged, or holds no sentence.
        SourceRefused: It is a binary file.
    """
    source, notes = decode_text(body, "utf-8")
    try:
        notebook = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise NotReadable(_DAMAGED) from error
    cells = list(_cells(notebook))
    blocks = [block for cell in cells for block in _blocks(cell) if block.strip()]
    text = "\n\n".join(blocks)
    check_sentence(text)
    words = "\n".join(
        _join_source(cell.get("source")) for cell in cells if cell.get("cell_type") == "markdown"
    )
    heading = _HEADING.search(tidy(words))
    said = notebook.get("metadata") if isinstance(notebook.get("metadata"), dict) else {}
    author, published = read_head(text)
    pictured = any("image/" in json.dumps(cell.get("outputs") or ())[:1_000_000] for cell in cells)
    return NewArticle(
        text=text,
        title=one_line(str(said.get("title") or ""))
        or one_line(heading[1] if heading else "")
        or fallback_title(text, url),
        author=_authors(said) or author,
        site=site_of(url) or None,
        url=canonical_url(url) if site_of(url) else None,
        published=published,
        notes=(*notes, _PICTURES) if pictured else notes,
    )


def _cells(notebook: Any) -> Iterator[dict[str, Any]]:
    """Yield the cells; notebooks of version 3 hold them in worksheets, and code under ``input``."""
    if not isinstance(notebook, dict):
        raise NotReadable(_DAMAGED)
    sheets = notebook.get("worksheets")
    holders = sheets if isinstance(sheets, list) else [notebook]
    for holder in holders:
        cells = holder.get("cells") if isinstance(holder, dict) else None
        for cell in cells if isinstance(cells, list) else ():
            if isinstance(cell, dict):
                yield {"source": cell.get("input"), **cell}


def _blocks(cell: dict[str, Any]) -> Iterator[str]:
    words = tidy(_join_source(cell.get("source")))
    if cell.get("cell_type") == "markdown":
        yield markdown_text(words)
    elif cell.get("cell_type") == "heading":
        yield words
    else:
        yield words.strip("\n")
        yield from _outputs(cell.get("outputs"))


def _outputs(outputs: Any) -> Iterator[str]:
    """Yield what the code printed, as text."""
    for output in outputs if isinstance(outputs, list) else ():
        if not isinstance(output, dict):
            continue
        found = output.get("data")
        data: dict[str, Any] = found if isinstance(found, dict) else {}
        words = tidy(_join_source(output.get("text") or data.get("text/plain"))).strip("\n")
        if words and not words.startswith("<"):  # what an object is called, not what it says
            yield words if len(words) <= MAX_OUTPUT_CHARS else words[:MAX_OUTPUT_CHARS] + "…"


def _join_source(value: Any) -> str:
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _authors(said: dict[str, Any]) -> str | None:
    authors = said.get("authors")
    names = (
        [one.get("name") if isinstance(one, dict) else one for one in authors]
        if isinstance(authors, list)
        else []
    )
    return ", ".join(one_line(name) for name in names if isinstance(name, str) and name.strip()) or None
