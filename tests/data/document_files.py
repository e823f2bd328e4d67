"""Word documents, books, ZIP files and feeds of our own making, for tests that read them."""

import io
import zipfile

import docx

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{}"/></rootfiles></container>'
)
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{places}</spine></package>"
)


def zip_file(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word_file(*paragraphs, rows=(), **said):
    document = docx.Document()
    for name, value in said.items():
        setattr(document.core_properties, name, value)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def book_file(chapters, metadata="", folder="OEBPS/", spine=None, more=None):
    """Return an EPUB; *chapters* maps file names to what stands in their bodies."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(chapters)
    )
    places = "".join(f'<itemref idref="{one}"/>' for one in spine or [f"i{n}" for n in range(len(chapters))])
    pages = {
        folder
        + name: f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>'
        f"</head><body>{body}</body></html>"
        for name, body in chapters.items()
        if body is not None
    }
    return zip_file(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER.format(folder + "content.opf"),
            folder + "content.opf": PACKAGE.format(metadata=metadata, items=items, places=places),
            **pages,
            **(more or {}),
        }
    )


def rss_feed(*entries, head="<link>https://gazette.example/</link>"):
    """Return a feed; entries are what stands inside their ``item``."""
    items = "".join(f"<item>{entry}</item>" for entry in entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Gazette</title>{head}{items}'
        "</channel></rss>"
    ).encode()
