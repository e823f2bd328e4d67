"""Takes the article out of a web page."""

from lxml import html  # type: ignore[import-untyped]
from lxml.etree import ParserError  # type: ignore[import-untyped]

from retrieval.article_blocks import article_blocks
from retrieval.bylines import read_dateline
from retrieval.domain import NewArticle
from retrieval.errors import NotReadable
from retrieval.hidden_text import drop_hidden
from retrieval.metadata import Metadata, Tree, meta_values, read_metadata
from retrieval.plain_text import fallback_title
from retrieval.tidying import declared_charset, decoded
from retrieval.walls import check_prose

MAX_KICKER_CHARS = 40
"""A line above the title that is no longer names a section, such as "World"."""


def read_page(body: bytes, url: str, charset: str | None = None) -> NewArticle:
    """Return the article of an HTML page. *url* is where it came from, or a file's name.

    Raises:
        NotReadable: If there is no article on it, or a wall before it.
    """
    source, notes = decoded(body, charset or declared_charset(body))
    tree = _parsed(source)
    metadata = read_metadata(tree, url)
    drop_hidden(tree)
    blocks = _without_title(article_blocks(tree, meta_values(tree)), metadata.title)
    text = "\n\n".join(blocks)
    notes += check_prose(blocks, tree, metadata.behind_paywall)
    return _article(text, metadata, notes)


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


def _parsed(source: str) -> Tree:
    # Comments go while parsing: trafilatura loses the text behind those that React leaves everywhere
    # (recall on 50 scrapinghub pages .943 instead of .976).
    parser = html.HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(source.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
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
