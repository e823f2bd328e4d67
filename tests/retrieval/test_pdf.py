import io

import pytest
from pdf_files import pdf_file
from pypdf import PdfReader, PdfWriter

from retrieval.errors import NotReadable
from retrieval.pdf import read_pdf

LINES = [
    "Bridge opens to cyclists",
    "The harbour bridge opened to cyclists on Monday after two years of repairs, the coun-",
    "cil said. About four hundred people crossed it in the first hour, most of them on bi-",
    "cycles.",
    "The work cost four million euros, half of it from the region, and it took two years be-",
    "cause the bearings had to be made anew.",
]


def test_lines_are_joined_into_paragraphs():
    article = read_pdf(pdf_file([LINES]), "bridge.pdf")
    assert article.text == (
        "Bridge opens to cyclists\n\n"
        "The harbour bridge opened to cyclists on Monday after two years of repairs, the council said. "
        "About four hundred people crossed it in the first hour, most of them on bicycles.\n\n"
        "The work cost four million euros, half of it from the region, and it took two years "
        "because the bearings had to be made anew."
    )
    assert article.title == "Bridge opens to cyclists"


def test_title_and_author_of_the_file_are_used_but_not_its_date():
    article = read_pdf(
        pdf_file([LINES], Title="Harbour report", Author="Ana Ferreira", CreationDate="D:20250208100000Z"),
        "x.pdf",
    )
    assert (article.title, article.author, article.published) == ("Harbour report", "Ana Ferreira", None)


@pytest.mark.parametrize("title", ["Microsoft Word - report.docx", "untitled", "report.indd", "  "])
def test_a_title_that_is_a_file_name_is_not_used(title):
    assert read_pdf(pdf_file([LINES], Title=title), "x.pdf").title == "Bridge opens to cyclists"


def test_running_heads_and_page_numbers_are_dropped():
    pages = [["The Harbour Gazette", f"This is what page number {n} says.", str(n)] for n in "123456"]
    text = read_pdf(pdf_file(pages), "x.pdf").text
    assert "Gazette" not in text
    assert text.count("This is what page") == 6
    assert "\n1" not in text


def test_pages_that_time_does_not_allow_are_noted():
    article = read_pdf(pdf_file([LINES, LINES, LINES]), "x.pdf", patience_s=0.0)
    assert article.notes == ("Only the first 1 of 3 pages could be read.",)


def encrypted(user_password):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_file([LINES]))))
    writer.encrypt(user_password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_locked_pdf_is_named_as_such():
    with pytest.raises(NotReadable, match="password"):
        read_pdf(encrypted("secret"), "x.pdf")


def test_a_pdf_locked_against_printing_only_is_read():
    assert "harbour bridge" in read_pdf(encrypted(""), "x.pdf").text


def test_a_pdf_without_text_is_named_as_such():
    with pytest.raises(NotReadable, match="OCR"):
        read_pdf(pdf_file([[]]), "scan.pdf")


@pytest.mark.parametrize("keep", [9, 40, 200])
def test_a_damaged_pdf_is_not_readable(keep):
    with pytest.raises(NotReadable):
        read_pdf(pdf_file([LINES])[:keep], "x.pdf")
