"""Tells what kind of file some bytes are, by the bytes first and by what was said second."""

import re
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from retrieval.errors import NotReadable, SourceRefused
from retrieval.messages import Message, message
from retrieval.sources.archives import member, open_archive

WHAT_IS_READ = message(
    "Web pages, PDF, Word (.docx), OpenDocument (.odt), RTF, EPUB, Markdown, plain text, subtitles (.vtt, "
    ".srt), notebooks (.ipynb), feeds and ZIP files of these can be read; convert it, or paste the text "
    "instead."
)


class Kind(StrEnum):
    """The kinds of file that are read; the value is how people call them."""

    PAGE = message("a web page")
    PDF = message("a PDF")
    MARKDOWN = message("Markdown")
    TEXT = message("plain text")
    WORD = message("a Word document")
    OPENDOCUMENT = message("an OpenDocument text")
    RTF = message("an RTF document")
    TRANSCRIPT = message("subtitles")
    NOTEBOOK = message("a Jupyter notebook")
    EPUB = message("a book (EPUB)")
    ZIP = message("a ZIP file")
    FEED = message("a feed")

    @property
    def called(self) -> Message:
        """Its value, as a part of another message."""
        return message(self.value)


SEVERAL = (Kind.ZIP, Kind.FEED)
"""Kinds that hold articles instead of being one."""

_BY_TYPE = {
    "text/html": Kind.PAGE,
    "application/xhtml+xml": Kind.PAGE,
    "application/pdf": Kind.PDF,
    "application/x-pdf": Kind.PDF,
    "text/markdown": Kind.MARKDOWN,
    "text/x-markdown": Kind.MARKDOWN,
    "text/plain": Kind.TEXT,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Kind.WORD,
    "application/vnd.oasis.opendocument.text": Kind.OPENDOCUMENT,
    "application/rtf": Kind.RTF,
    "text/rtf": Kind.RTF,
    "text/vtt": Kind.TRANSCRIPT,
    "application/x-subrip": Kind.TRANSCRIPT,
    "application/x-ipynb+json": Kind.NOTEBOOK,
    "application/feed+json": Kind.FEED,
    "application/epub+zip": Kind.EPUB,
    "application/zip": Kind.ZIP,
    "application/x-zip-compressed": Kind.ZIP,
    "application/rss+xml": Kind.FEED,
    "application/atom+xml": Kind.FEED,
    "application/rdf+xml": Kind.FEED,
}
_BY_SUFFIX = {
    ".html": Kind.PAGE,
    ".htm": Kind.PAGE,
    ".xhtml": Kind.PAGE,
    ".pdf": Kind.PDF,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".docx": Kind.WORD,
    ".odt": Kind.OPENDOCUMENT,
    ".rtf": Kind.RTF,
    ".vtt": Kind.TRANSCRIPT,
    ".srt": Kind.TRANSCRIPT,
    ".ipynb": Kind.NOTEBOOK,
    ".epub": Kind.EPUB,
    ".zip": Kind.ZIP,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
}
_SAYS_NOTHING = {
    "",
    "application/octet-stream",
    "binary/octet-stream",
    "application/download",
    "application/force-download",
    "application/x-download",
    "application/unknown",
    "application/xml",
    "text/xml",
    "application/json",  # many servers call a JSON Feed or a notebook so
}
_MAGIC = (
    (b"\x89PNG", message("an image")),
    (b"\xff\xd8\xff", message("an image")),
    (b"GIF8", message("an image")),
    (b"II*\x00", message("an image")),
    (b"MM\x00*", message("an image")),
    (b"OggS", message("a recording")),
    (b"ID3", message("a recording")),
    (b"fLaC", message("a recording")),
    (b"\x1aE\xdf\xa3", message("a video")),
    (b"\xd0\xcf\x11\xe0", message("an old Office document")),
    (b"\x1f\x8b", message("a compressed file")),
    (b"BZh", message("a compressed file")),
    (b"\xfd7zXZ", message("a compressed file")),
    (b"7z\xbc\xaf", message("an archive")),
    (b"Rar!", message("an archive")),
    (b"\x7fELF", message("a program")),
    (b"MZ\x90", message("a program")),
    (b"SQLite format 3", message("a database")),
)
_OTHER_IN_ZIP = (
    ("xl/workbook.xml", message("a spreadsheet")),
    ("ppt/presentation.xml", message("a slide show")),
    ("content.xml", message("an OpenDocument file other than a text; export it as PDF")),
)
_CONTENT_TYPES = "[Content_Types].xml"
_LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_HEAD_BYTES = 4_096
_PAGE_MARK = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main)[\s>]", re.IGNORECASE)
_PAGE_START = re.compile(
    r"(?:<\?xml[^>]*>|<!--(?:(?!-->).)*-->|\s)*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL
)
_FEED_START = re.compile(
    r"(?>\s++|<\?[^>]*>|<!--(?:(?!-->).)*+-->|<!DOCTYPE[^\[>]*+(?:\[[^\]]*+\])?[^>]*+>)*+"
    r"<(?:\w+:)?(?:rss|feed|RDF)(?=[\s>])",
    re.IGNORECASE | re.DOTALL,
)
"""Possessive throughout: a stranger's file is matched before any process that could be killed."""
_FEED_TAGS = (b"<rss", b"<feed ", b"<feed>", b"<rdf:RDF")
_FAR_BYTES = 65_536
_XML_START = re.compile(r"\s*<\?xml|\s*<(?:rss|feed|rdf:RDF|svg|urlset)(?=[\s>])", re.IGNORECASE)
_VTT_START = re.compile(r"(?:\ufeff)?\s*WEBVTT(?=\s|$)")
_SRT_START = re.compile(r"\s*\d{1,6}[ \t]*\r?\n\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}[ \t]*-->")
_JSON_FEED = re.compile(rb"jsonfeed\.org\\?/version")
_NOTEBOOK_MARK = b'"nbformat"'
_ANY_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)


def refuse_type(content_type: str) -> None:
    """Refuse a declared media type that is certainly not read, before anything is downloaded.

    Raises:
        SourceRefused: If it is an image, a recording, JSON and so on.
    """
    if content_type in _SAYS_NOTHING or content_type in _BY_TYPE:
        return
    if content_type.startswith("text/") and content_type not in ("text/css", "text/javascript"):
        return  # decided by the bytes
    raise SourceRefused(
        message(
            "This address holds {kind}, not an article. {advice}",
            kind=_describe_type(content_type),
            advice=WHAT_IS_READ,
        )
    )


def kind_of(body: bytes, content_type: str = "", name: str = "") -> Kind:
    """Return what *body* is. *name* is the address or file name it came under.

    Raises:
        NotReadable: If there is nothing in it.
        SourceRefused: If it is no kind of file that is read.
    """
    start = body[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not start:
        raise NotReadable("There is nothing in it. Check the file or address, or paste the text instead.")
    said = find_declared_kind(content_type, name)
    if start.startswith(b"%PDF-") or (said is Kind.PDF and b"%PDF-" in body[:1_024]):
        return Kind.PDF
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(body)
    _refuse_magic(body, start)
    head = _readable_head(body)
    if (marked := _kind_by_mark(body, start, head, name)) is not None:
        return marked
    if _FEED_START.match(head) or (_XML_START.match(head) and _has_feed_tag(body)):
        return Kind.FEED
    if _PAGE_START.match(head):
        return Kind.PAGE
    if _XML_START.match(head) and not (said is Kind.PAGE or _PAGE_MARK.search(head)):
        raise SourceRefused(message("This is an XML file, not an article. {advice}", advice=WHAT_IS_READ))
    if said is Kind.PAGE:
        return Kind.PAGE if _ANY_TAG.search(head) else Kind.TEXT
    if said is Kind.MARKDOWN:
        return Kind.MARKDOWN
    _refuse_json(content_type, name)
    return Kind.PAGE if head.lstrip().startswith("<") and _PAGE_MARK.search(head) else Kind.TEXT


def _refuse_json(content_type: str, name: str) -> None:
    if content_type in ("application/json", "application/ld+json") or name.lower().endswith(
        (".json", ".jsonl")
    ):
        raise SourceRefused(message("This is JSON, not an article. {advice}", advice=WHAT_IS_READ))


def _kind_by_mark(body: bytes, start: bytes, head: str, name: str) -> Kind | None:
    """Return the kind of a text file that begins with words of its format."""
    if start.startswith(b"{\\rtf"):
        return Kind.RTF
    if _VTT_START.match(head) or _SRT_START.match(head):
        return Kind.TRANSCRIPT
    if not start.startswith(b"{"):
        return None
    if _JSON_FEED.search(body[:_FAR_BYTES]) or _JSON_FEED.search(body[-_FAR_BYTES:]):
        return Kind.FEED
    has_mark = _NOTEBOOK_MARK in body[:_FAR_BYTES] or _NOTEBOOK_MARK in body[-_FAR_BYTES:]
    is_notebook = suffix_of(name) == ".ipynb" or (has_mark and b'"cells"' in body)
    return Kind.NOTEBOOK if is_notebook else None


def find_declared_kind(content_type: str, name: str) -> Kind | None:
    """Return the kind that the file's name or declared type claims, if they claim any."""
    by_type = _BY_TYPE.get(content_type)
    by_suffix = _BY_SUFFIX.get(suffix_of(name))
    # Servers hand out Markdown as plain text; a page's address may end in anything.
    if by_type is None or (by_type is Kind.TEXT and by_suffix is Kind.MARKDOWN):
        return by_suffix
    return by_type


def suffix_of(name: str) -> str:
    """Return the lower-case suffix of a file name or of an address's path, such as ``.pdf``."""
    return PurePosixPath(file_name(name)).suffix.lower()


def file_name(name: str) -> str:
    """Return the last part of a path or of an address's path."""
    path = urlsplit(name).path if re.match(r"[a-z][a-z0-9+.-]+://", name, re.IGNORECASE) else name
    return unquote(path).replace("\\", "/").rstrip("/").rpartition("/")[2]


def _readable_head(body: bytes) -> str:
    head = body[:_HEAD_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="ignore")
    head = head.removeprefix(b"\xef\xbb\xbf")
    return head.replace(b"\x00", b"").decode("latin-1")


def _has_feed_tag(body: bytes) -> bool:
    """Look for the beginning of a feed behind a long comment or style sheet."""
    return any(tag in body[:_FAR_BYTES] for tag in _FEED_TAGS)


def _kind_of_zip(body: bytes) -> Kind:
    """Tell documents that are ZIP files from files that were zipped."""
    with open_archive(body) as archive:
        names = set(archive.namelist())
        types = member(archive, _CONTENT_TYPES) if _CONTENT_TYPES in names else b""
        media_type = member(archive, "mimetype") if "mimetype" in names else b""
    if "word/document.xml" in names or b"wordprocessingml.document.main" in types:
        return Kind.WORD
    if b"ms-word" in types and b"macroEnabled" in types:
        raise SourceRefused("This is a Word document with macros. Save it as .docx, or paste the text.")
    if "META-INF/container.xml" in names:
        return Kind.EPUB
    if "content.xml" in names and media_type.startswith(b"application/vnd.oasis.opendocument.text"):
        return Kind.OPENDOCUMENT
    for name, what in _OTHER_IN_ZIP:
        if name in names:
            raise SourceRefused(message("This is {kind}. {advice}", kind=what, advice=WHAT_IS_READ))
    return Kind.ZIP


def _refuse_magic(body: bytes, start: bytes) -> None:
    if body[4:8] == b"ftyp":
        what: Message | None = message("a video")
    elif start.startswith(b"RIFF") and start[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        what = message("an image") if start[8:12] == b"WEBP" else message("a recording")
    elif start.startswith(b"\xd0\xcf\x11\xe0") and _LOCKED_OFFICE in body:
        raise NotReadable(
            "This document is locked with a password. Save a copy without one, or paste the text instead."
        )
    else:
        what = next((name for magic, name in _MAGIC if start.startswith(magic)), None)
    if what:
        raise SourceRefused(
            message("This is {kind}, not an article. {advice}", kind=what, advice=WHAT_IS_READ)
        )


def _describe_type(content_type: str) -> Message:
    family, _, exact = content_type.partition("/")
    if exact.endswith("json"):
        return message("JSON")
    return {
        "image": message("an image"),
        "audio": message("a recording"),
        "video": message("a video"),
        "font": message("a font"),
    }.get(family, message("another kind of file"))
