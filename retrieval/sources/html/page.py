"""Takes the article out of a web page."""

import re
from dataclasses import replace
from html import unescape

from lxml import html  # type: ignore[import-untyped]
from lxml.etree import ParserError  # type: ignore[import-untyped]

from retrieval.domain import NewArticle
from retrieval.errors import NotReadable
from retrieval.sources.blocks import join_blocks
from retrieval.sources.bylines import read_dateline
from retrieval.sources.decoding import declared_charset, decode_text, tidy
from retrieval.sources.documents.plain_text import fallback_title
from retrieval.sources.html.blocks import article_blocks
from retrieval.sources.html.discussions import read_discussion
from retrieval.sources.html.elements import html_blocks
from retrieval.sources.html.hidden import drop_hidden
from retrieval.sources.html.markup import drop_permalinks, prepare, without_long_tags
from retrieval.sources.html.metadata import Metadata, Tree, meta_values, read_metadata
from retrieval.sources.html.paywalls import MIN_PAGE_CHARS, check_prose, prose_chars
from retrieval.sources.html.section_fronts import check_no_front
from retrieval.sources.html.structure import marked_lines
from retrieval.structure import infer_blocks

MAX_KICKER_CHARS = 40
"""A line above the title that is no longer names a section, such as "World"."""


_MOSTLY_MISSING = 0.4
"""A page that shows less of the text that it gives to search engines builds the rest with a script."""
_MARKUP = re.compile(r"</?(?:p|br|div|h\d|ul|li|a|em|strong)\b[^<>]*>", re.IGNORECASE)
_FROM_JSON_LD = "The page shows its text only to browsers; it was read from what it gives search engines."


def read_page(body: bytes, url: str, charset: str | None = None) -> NewArticle:
    """Return the article of an HTML page. *url* is where it came from, or a file's name.

    Raises:
        NotReadable: If there is no article on it, or a wall before it.
    """
    source, notes = decode_text(body, charset or declared_charset(body))
    tree = _parse_page(source)
    drop_permalinks(tree)
    metadata = read_metadata(tree, url)
    drop_hidden(tree)
    prepare(tree)
    blocks, more = _blocks(tree, metadata, url)
    notes += (*more, *check_prose(blocks, tree, metadata.behind_paywall))
    article = _article(join_blocks(blocks), metadata, notes)
    marked = marked_lines(tree, article.text)
    return replace(article, blocks=infer_blocks(article.text, marked)) if marked else article


def _blocks(tree: Tree, metadata: Metadata, url: str) -> tuple[list[str], tuple[str, ...]]:
    """Return the blocks of the article, or of all posts of a thread, and notes about them."""
    notes: tuple[str, ...] = ()
    if not metadata.says_article:
        posts, notes = read_discussion(tree, metadata.linked)
        if posts:
            return posts, notes
    blocks = _without_title(article_blocks(tree, meta_values(tree)), metadata.title)
    if not metadata.says_article:
        check_no_front(tree, blocks, url)
    said = metadata.linked.article_body()
    # Who says that only subscribers get the text is not read past what the page shows.
    if said and not metadata.behind_paywall and prose_chars(blocks) < len(said) * _MOSTLY_MISSING:
        told = html_blocks(said) if _MARKUP.search(said) else said.splitlines()
        lines = [line for part in told if (line := tidy(unescape(part)).strip())]
        if prose_chars(lines) >= MIN_PAGE_CHARS:
            return lines, (*notes, _FROM_JSON_LD)
    return blocks, notes


def _article(text: str, metadata: Metadata, notes: tuple[str, ...]) -> NewArticle:
    return NewArticle(
        text=text,
        title=metadata.title or fallback_title(text, metadata.url or ""),
        author=metadata.author,
        site=metadata.site,
        url=metadata.url,
        published=metadata.published or read_dateline(text),
        updated=metadata.updated,
        language=metadata.language,
        notes=notes,
    )


def _parse_page(source: str) -> Tree:
    # Comments go while parsing: trafilatura loses the text behind those that React leaves everywhere
    # (recall on 50 scrapinghub pages .943 instead of .976).
    parser = html.HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(
            without_long_tags(source.replace("\x00", "")).encode("utf-8", "replace"), parser=parser
        )
    except (ParserError, ValueError) as error:
        raise NotReadable(
            "This page cannot be read. Open it in a browser and paste the text instead."
        ) from error


def _without_title(blocks: list[str], title: str) -> list[str]:
    """Drop the title, which is stored beside the text, and what little stands above it."""
    at = next((n for n, block in enumerate(blocks[:3]) if block.casefold() == title.casefold()), None)
    if at is None or any(len(block) > MAX_KICKER_CHARS for block in blocks[:at]):
        return blocks
    return blocks[at + 1 :]
