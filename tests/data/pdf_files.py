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


def form_pdf(labels, values, *, drawn=True, left=150):
    """Return a PDF form with filled fields; unless *drawn*, the file holds the values only as data."""
    draw = "".join(f"BT /F1 11 Tf 40 {760 - 24 * n} Td ({label}) Tj ET " for n, label in enumerate(labels))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [{_kids(5, values)}] /NeedAppearances true "
        "/DA (/F1 11 Tf 0 g) /DR << /Font << /F1 4 0 R >> >> >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + len(values)} 0 R "
        f"/Annots [{_kids(5, values)}] /Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    first_look = 6 + len(values)
    for n, value in enumerate(values):
        look = f"/AP << /N {first_look + n} 0 R >>" if drawn else ""
        objects.append(
            f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f{n}) /V ({value}) /DA (/F1 11 Tf 0 g) /F 4 "
            f"/Rect [{left} {756 - 24 * n} {left + 200} {772 - 24 * n}] {look} >>"
        )
    objects.append(_stream(draw))
    for value in values if drawn else ():
        content = f"/Tx BMC BT /F1 11 Tf 2 4 Td ({value}) Tj ET EMC"
        objects.append(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 200 16] /Resources << /Font << /F1 4 0 R >> >> "
            f"/Length {len(content)} >>\nstream\n{content}\nendstream"
        )
    objects.append("<< >>")
    return _file(objects)


def _kids(first, values):
    return " ".join(f"{first + n} 0 R" for n in range(len(values)))


def lettered_pdf(lines):
    """Return a PDF that draws lines of any letters, each from its left edge as printers do."""
    codes = {letter: 33 + n for n, letter in enumerate(sorted(set("".join(lines))))}
    pairs = "".join(f"<{code:02x}> <{ord(letter):04x}>\n" for letter, code in codes.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}endbfchar\nendcmap end end"
    )
    drawn = [
        f"BT /F1 12 Tf 40 {700 - 16 * n} Td <{''.join(f'{codes[letter]:02x}' for letter in line)}> Tj ET"
        for n, line in enumerate(lines)
    ]
    return _document([" ".join(drawn)], {}, table)
