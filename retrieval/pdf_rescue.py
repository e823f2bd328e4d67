"""Gives a PDF file that was cut off a new end, so that the pages before the cut can be read.

A PDF is read from its end, where its table of contents stands; without one neither PDFium nor
pypdf opens it. Only files that keep their pages outside compressed streams can be mended so.
"""

import re

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_OBJECT = re.compile(rb"(\d{1,9})\s+(\d{1,5})\s+obj\b")
_MAX_PAGES = 5_000


def with_new_end(body: bytes) -> bytes | None:
    """Return *body* with a list of the pages found in it, or ``None`` if there are none."""
    begins = [(found.start(), found[1], found[2]) for found in _OBJECT.finditer(body)]
    pages: list[bytes] = []
    at = 0
    for found in _PAGE.finditer(body):
        while at < len(begins) and begins[at][0] < found.start():
            at += 1
        # A page that is itself cut has no end.
        if at and len(pages) < _MAX_PAGES and body.find(b"endobj", found.start()) > 0:
            pages.append(b"%b %b R" % begins[at - 1][1:])
    if not pages:
        return None
    number = 1 + max(int(name) for _, name, _ in begins)
    return b"%b\n%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n%d 0 obj\n%b\nendobj\n%b" % (
        body,
        number,
        number + 1,
        number + 1,
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), b" ".join(pages)),
        b"trailer\n<< /Root %d 0 R /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (number, number + 2),
    )
