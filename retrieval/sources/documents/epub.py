"""Reads books (.epub): the chapters in reading order, without cover and table of contents.

An EPUB is a ZIP of web pages with a list of them. EbookLib, the one library for it that is kept,
is under the AGPL, which would bind everybody who runs a bot with it; so the list is read here, and
zipfile and lxml do the rest.
"""

import posixpath
import zipfile
from typing import Any
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]

from retrieval.domain import NewArticle
from retrieval.errors import NotReadable
from retrieval.messages import message
from retrieval.sources.alignment import Part, mark_lines
from retrieval.sources.archives import LOCKED, is_locked, member, open_archive
from retrieval.sources.blocks import join_blocks
from retrieval.sources.bylines import read_date
from retrieval.sources.decoding import declared_charset, decode_text
from retrieval.sources.documents.plain_text import check_sentence, fallback_title
from retrieval.sources.html.elements import html_blocks
from retrieval.sources.html.metadata import one_line, primary_language
from retrieval.sources.urls import canonical_url, site_of
from retrieval.structure import infer_blocks

MAX_TEXT_CHARS = 5_000_000
"""Twice "War and Peace"."""
_NAMES = {
    "container": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_DAMAGED = message("This book is damaged or not an EPUB. Open and save it again, or paste the text instead.")
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


def read_epub(body: bytes, url: str) -> NewArticle:
    """Return the text of a book as one article.

    Raises:
        NotReadable: It is damaged, locked (DRM), or holds no sentence.
        SourceRefused: It unpacks to too much.
    """
    with open_archive(body) as archive:
        if any(is_locked(one) for one in archive.infolist()):
            raise NotReadable(LOCKED)
        if "META-INF/encryption.xml" in archive.namelist() and _is_locked(archive):
            raise NotReadable("This book is locked (DRM) and cannot be read. Paste the part you need.")
        try:
            folder, package = _package(archive)
            parts: list[Part] = []
            blocks, notes = _chapters(archive, folder, package, parts)
        except (KeyError, etree.LxmlError, IndexError) as error:
            raise NotReadable(_DAMAGED) from error
    text = join_blocks(blocks)
    check_sentence(text)
    marked = mark_lines(text, [part for part in parts if part.kind != "row"])
    return NewArticle(
        text=text,
        blocks=infer_blocks(text, marked),
        title=_read_field(package, "title") or fallback_title(text, url),
        author=", ".join(dict.fromkeys(_read_fields(package, "creator"))) or None,
        site=site_of(url) or None,
        url=canonical_url(url) if site_of(url) else None,
        published=read_date(_read_field(package, "date")),
        language=primary_language(_read_field(package, "language")),
        notes=notes,
    )


def _parse_xml(source: bytes) -> Any:
    return etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))


def _is_locked(archive: zipfile.ZipFile) -> bool:
    """Tell whether more than fonts is encrypted."""
    tree = _parse_xml(member(archive, "META-INF/encryption.xml"))
    if tree is None:
        return True
    targets = [str(found) for found in tree.xpath("//*[local-name()='CipherReference']/@URI")]
    return any(not target.lower().endswith((".ttf", ".otf", ".woff", ".woff2")) for target in targets)


def _package(archive: zipfile.ZipFile) -> tuple[str, Any]:
    """Return the folder of the list of contents, and the list."""
    container = _parse_xml(member(archive, "META-INF/container.xml"))
    if container is None:
        raise KeyError("META-INF/container.xml")
    path = container.xpath("//container:rootfile/@full-path", namespaces=_NAMES)[0]
    package = _parse_xml(member(archive, path))
    if package is None:
        raise KeyError(path)
    return posixpath.dirname(path), package


def _chapters(
    archive: zipfile.ZipFile, folder: str, package: Any, parts: list[Part]
) -> tuple[list[str], tuple[str, ...]]:
    """Return the blocks of the chapters, and notes; what their markup says goes to *parts*."""
    items = {item.get("id"): item for item in package.xpath("//opf:manifest/opf:item", namespaces=_NAMES)}
    blocks: list[str] = []
    chars = missing = 0
    seen: set[str] = set()
    for place in package.xpath("//opf:spine/opf:itemref", namespaces=_NAMES):
        item = items.get(place.get("idref"))
        if item is None or place.get("linear") == "no" or not _is_chapter(item) or item.get("href") in seen:
            continue
        seen.add(item.get("href"))
        if chars > MAX_TEXT_CHARS:
            return blocks, (message("The book is very long; only its first part was read."),)
        try:
            page = member(archive, posixpath.normpath(posixpath.join(folder, unquote(item.get("href")))))
        except KeyError:
            missing += 1
            continue
        source, _ = decode_text(page, declared_charset(page))
        found = html_blocks(source, parts)
        chars += sum(map(len, found))
        blocks += found
    return blocks, (
        message("{missing} chapters named in the book are missing in the file.", missing=missing),
    ) if missing else ()


def _is_chapter(item: Any) -> bool:
    is_contents = "nav" in (item.get("properties") or "").split()
    return item.get("media-type") in _PAGES and bool(item.get("href")) and not is_contents


def _read_field(package: Any, name: str) -> str:
    return next(iter(_read_fields(package, name)), "")


def _read_fields(package: Any, name: str) -> list[str]:
    found = package.xpath(f"//opf:metadata//dc:{name}", namespaces=_NAMES)
    return [line for one in found if (line := one_line("".join(one.itertext())))]
