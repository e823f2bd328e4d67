"""Small PDF files of our own making, for tests that read them."""

FONTS = ("Helvetica", "Helvetica-Bold")


def pdf_file(pages, **said):
    """Return a PDF with the given lines on each page; *said* are entries such as ``Title``."""
    streams = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        streams.append(f"BT /F1 11 Tf 14 TL 40 760 Td {shown} ET")
    return _document(streams, said)


def placed_pdf(pages, **said):
    """Return a PDF with each page's words where they are wanted.

    Each is a tuple of left edge, height over the page's foot, size and text; a size with a minus
    is drawn in bold. The order is that of drawing.
    """
    streams = [
        " ".join(
            f"BT /F{2 if size < 0 else 1} {abs(size)} Tf {left} {height} Td ({text}) Tj ET"
            for left, height, size, text in page
        )
        for page in pages
    ]
    return _document(streams, said)


def drawn_pdf(streams):
    """Return a PDF with pages drawn by the given commands."""
    return _document(streams, {})


def arabic_pdf(letters):
    """Return a PDF that draws a word from right to left, as a printer does: its last letter first."""
    codes = "".join(chr(65 + n) for n in range(len(letters)))
    pairs = "".join(
        f"<{ord(code):02x}> <{ord(letter):04x}>\n" for code, letter in zip(codes, letters, strict=True)
    )
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{pairs}endbfchar\nendcmap end end"
    )
    return _document([f"BT /F1 20 Tf 40 700 Td ({codes[::-1]}) Tj ET"], {}, table)


def _document(streams, said, to_unicode=None):
    first = 3 + len(FONTS) + (to_unicode is not None)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(streams)))
    entries = " ".join(f"/{name} ({value})" for name, value in said.items())
    more = f"/ToUnicode {first - 1} 0 R" if to_unicode is not None else ""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>",
    ]
    objects += [f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} {more} >>" for font in FONTS]
    if to_unicode is not None:
        objects.append(_stream(to_unicode))
    fonts = " ".join(f"/F{n} {2 + n} 0 R" for n in range(1, len(FONTS) + 1))
    for n, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * n + 1} 0 R"
            f" /Resources << /Font << {fonts} >> >> >>"
        )
        objects.append(_stream(stream))
    objects.append(f"<< {entries} >>")
    return _file(objects)


def _stream(content):
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects):
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{at:010} 00000 n \n" for at in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n"
    return out + (end + f"startxref\n{len(out)}\n%%EOF\n").encode()
