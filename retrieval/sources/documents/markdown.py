"""Reads articles from Markdown: front matter apart, markup resolved into readable text."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import frontmatter
import yaml  # type: ignore[import-untyped]
from frontmatter.default_handlers import YAMLHandler
from lxml import etree  # type: ignore[import-untyped]
from lxml.html import fragment_fromstring  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from retrieval.domain import NewArticle
from retrieval.sources.alignment import Part, make_part, mark_lines
from retrieval.sources.blocks import join_blocks
from retrieval.sources.bylines import read_date
from retrieval.sources.decoding import decode_text, tidy
from retrieval.sources.documents.plain_text import check_sentence, fallback_title, read_head
from retrieval.sources.html.hidden import drop_hidden
from retrieval.sources.html.metadata import one_line, primary_language
from retrieval.sources.tables import table_lines
from retrieval.sources.urls import canonical_url, site_of
from retrieval.structure import infer_blocks

_FRONT_MATTER = re.compile(r"---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_STRUCK = re.compile(r"<(?P<end>/?)(?:del|s|strike)\b", re.IGNORECASE)
_BLANKS = re.compile(r"(?<=\S)[ \t]{2,}")
_PUBLISHED_KEYS = ("date", "published", "publishdate", "pubdate", "created")
_UPDATED_KEYS = ("updated", "lastmod", "modified", "last_modified_at", "date_modified")
_BOLD_LEVEL = 6
"""Of a bold line that stands alone above a paragraph."""
_MAX_BOLD_CHARS = 100
_STOPPED = re.compile(r"[.,;:!…]\W*$")
_PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def read_markdown(body: bytes, url: str, charset: str | None = None) -> NewArticle:
    """Return a Markdown file as an article, its markup resolved and its front matter read.

    A file without any markup comes back character by character.

    Raises:
        NotReadable: If there is not one sentence in it.
        SourceRefused: If it is a binary file.
    """
    source, notes = decode_text(body, charset)
    front, content = _front_matter(tidy(source))
    root = SyntaxTreeNode(_PARSER.parse(content))
    plain = _text(root)
    text = content if plain.split() == content.split() else plain
    check_sentence(text)
    author, published = read_head(text)
    heading = next((_inline(node) for node in root.children if node.type == "heading"), "")
    address = _read_field(front, "url", "canonical_url", "canonical", "source", "link")
    address = address if site_of(address) else url
    marked = mark_lines(text, list(_parts(root)))
    return NewArticle(
        text=text,
        blocks=infer_blocks(text, marked) if any(one.kind != "paragraph" for one in marked) else (),
        title=_read_field(front, "title") or one_line(heading) or fallback_title(text, url),
        author=_read_field(front, "author", "authors", "by") or author,
        site=_read_field(front, "site", "publication", "publisher") or site_of(address) or None,
        url=canonical_url(address) if site_of(address) else None,
        published=_read_date(front, *_PUBLISHED_KEYS) or published,
        updated=_read_date(front, *_UPDATED_KEYS),
        language=primary_language(_read_field(front, "lang", "language")),
        notes=notes,
    )


def markdown_text(content: str) -> str:
    """Return the text of Markdown, its markup resolved."""
    return _text(SyntaxTreeNode(_PARSER.parse(content)))


def _text(root: SyntaxTreeNode) -> str:
    return join_blocks(_blocks(root))


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Split YAML front matter off; a block that is no YAML mapping is part of the text."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    try:
        front, content = frontmatter.parse(text, handler=YAMLHandler())
    except (yaml.YAMLError, ValueError, TypeError):
        return {}, text
    if not front:
        return {}, text
    return {str(key).lower(): value for key, value in front.items()}, text[match.end() :].lstrip(
        "\n"
    ) or content


def _read_field(front: dict[str, Any], *keys: str) -> str:
    for key in keys:
        value = front.get(key)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, list):
            names = [one.get("name") if isinstance(one, dict) else one for one in value]
            value = ", ".join(name for name in names if isinstance(name, str) and name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return one_line(str(value))
    return ""


def _read_date(front: dict[str, Any], *keys: str) -> date | None:
    for key in keys:
        value = front.get(key)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, str) and (found := read_date(value)):
            return found
    return None


def _blocks(node: SyntaxTreeNode) -> list[str]:
    """Return the blocks below *node* as plain text, none of them empty."""
    return [block for child in node.children for block in _render_tokens(child) if block.strip()]


def _render_tokens(node: SyntaxTreeNode) -> list[str]:
    match node.type:
        case "heading" | "paragraph":
            return [_inline(node)]
        case "bullet_list" | "ordered_list":
            return [_list(node)]
        case "fence" | "code_block":
            return [node.content.rstrip("\n")]
        case "html_block":
            return [_visible(node.content)]
        case "table":
            rows = [row for part in node.children for row in part.children]
            cells = [[_inline(cell) for cell in row.children] for row in rows]
            return ["\n".join(table_lines(cells, has_head=True))]
    return _blocks(node)


def _parts(node: SyntaxTreeNode, depth: int = 0, *, quoted: bool = False) -> Iterator[Part]:
    """Yield the headings, paragraphs, items, quotations and code below *node* with what they are."""
    for at, child in enumerate(node.children):
        if child.type == "heading":
            yield make_part("heading", _inline(child), int(child.tag[1:]))
        elif child.type == "paragraph":
            words = _inline(child)
            if node.type == "list_item" and at == 0:
                yield make_part("item", words, depth - 1)
            elif _is_bold(child) and len(words) <= _MAX_BOLD_CHARS and not _STOPPED.search(words):
                yield make_part("heading", words, _BOLD_LEVEL)
            else:
                yield make_part("quotation" if quoted else "paragraph", words)
        elif child.type in ("fence", "code_block"):
            yield make_part("code", child.content)
        elif child.type in ("bullet_list", "ordered_list"):
            yield from _parts(child, depth + 1, quoted=quoted)
        elif child.type in ("list_item", "blockquote"):
            yield from _parts(child, depth, quoted=quoted or child.type == "blockquote")


def _is_bold(paragraph: SyntaxTreeNode) -> bool:
    inner = [one for inline in paragraph.children for one in inline.children]
    said = [one for one in inner if one.type != "text" or one.content.strip()]
    return len(said) == 1 and said[0].type == "strong"


def _list(node: SyntaxTreeNode) -> str:
    number = int(node.attrs.get("start", 1))
    items: list[str] = []
    for item in node.children:
        mark = "*" if item.markup == "*" else "-"
        if node.type == "ordered_list":
            mark = f"{number + len(items)}{item.markup}"
        inner = "\n".join(_blocks(item)).replace("\n", "\n  ")
        items.append(f"{mark} {inner}")
    return "\n".join(items)


def _inline(node: SyntaxTreeNode) -> str:
    """Return the text of *node* without emphasis, link targets, images, tags and what is struck out.

    "It did ~~not~~ hold": whoever struck "not" out no longer says it.
    """
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if node.type == "html_inline":
        return "\n" if node.content.lower().startswith("<br") else ""
    if node.type in ("image", "s"):
        return ""
    words = "".join(_inline(child) for child in _standing(node.children))
    return (
        _BLANKS.sub(" ", words)
        if any(child.type in ("s", "html_inline") for child in node.children)
        else words
    )


def _standing(nodes: Sequence[SyntaxTreeNode]) -> Iterator[SyntaxTreeNode]:
    """Yield the nodes that do not stand between <del> and </del> or the like."""
    struck = 0
    for node in nodes:
        tag = _STRUCK.match(node.content) if node.type == "html_inline" else None
        if tag is not None:
            struck = max(0, struck + (-1 if tag["end"] else 1))
        elif not struck:
            yield node


def _visible(source: str) -> str:
    """Return the text of a piece of HTML without what its readers do not see."""
    tree = fragment_fromstring(source, create_parent="div")
    etree.strip_elements(tree, "script", "style", with_tail=False)
    drop_hidden(tree, share=1.0)  # a piece of a page, and no script runs in Markdown
    return _BLANKS.sub(" ", str(tree.text_content())).strip()
