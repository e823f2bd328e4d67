import io
from bisect import bisect_right

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import pdf_file
from pypdf import PdfReader, PdfWriter

from retrieval.errors import NotReadable
from retrieval.sources.pdf.reader import read_pdf

LINES = [
    "Bridge opens to cyclists",
    "The harbour bridge opened to cyclists on Monday after two years of repairs, the coun-",
    "cil said. About four hundred people crossed it in the first hour, most of them on bi-",
    "cycles.",
    "The work cost four million euros, half of it from the region, and it took two years be-",
    "cause the bearings had to be made anew.",
]


THINGS = ("tower", "bridge", "mill", "school", "market", "theater", "canal", "library")


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


def test_heads_of_left_and_right_pages_and_of_chapters_are_dropped():
    left, right = "12 Ships of the North", "The First Harbor 13"
    pages = [
        [
            left.replace("12", str(n)) if n % 2 else right.replace("13", str(n)),
            f"The {thing} stands.",
            f"({n})",
        ]
        for n, thing in enumerate(THINGS, 1)
    ]
    text = read_pdf(pdf_file(pages), "x.pdf").text
    assert "Ships of the North" not in text
    assert "First Harbor" not in text
    assert [thing for thing in THINGS if f"The {thing} stands." not in text] == []


def test_words_cut_at_a_line_end_are_mended_and_others_keep_their_hyphen():
    lines = [
        "The twelve harbor-side houses stood on wood, and the coun-",
        "cil knew it. A well-known builder had said so of the harbor-",
        "side houses; he was a self-",
        "taught man from the north, born near the Franco-",
        "Belgian border.",
    ]
    text = read_pdf(pdf_file([lines]), "x.pdf").text
    assert text == (
        "The twelve harbor-side houses stood on wood, and the council knew it. A well-known builder had said "
        "so of the harbor-side houses; he was a self-taught man from the north, born near the Franco-Belgian "
        "border."
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=8).filter(any))
def test_each_sentence_lies_on_the_page_it_was_printed_on(counts):
    """The law of page numbers, for pages with any number of sentences, none included."""
    pages = [
        [f"A {THINGS[page]} and a {THINGS[sentence]} lie in the sea." for sentence in range(count)]
        for page, count in enumerate(counts)
    ]
    article = read_pdf(pdf_file(pages), "x.pdf")
    assert len(article.page_starts) == len(pages)
    assert list(article.page_starts) == sorted(article.page_starts)
    for page, lines in enumerate(pages, 1):
        for line in lines:
            assert bisect_right(article.page_starts, article.text.index(line)) == page


def test_a_paragraph_over_the_end_of_a_page_lies_on_both():
    first = ["The council met on Tuesday evening and spoke for two hours about the"]
    second = ["old bridge, which it wants to sell. Nobody offered anything at all for it."]
    article = read_pdf(pdf_file([first, second]), "x.pdf")
    assert article.text == f"{first[0]} {second[0]}"
    assert article.text[article.page_starts[1] :] == second[0]


def test_pages_without_text_among_others_are_noted():
    article = read_pdf(pdf_file([LINES, [""], LINES]), "x.pdf")
    assert article.notes == ("1 of 3 pages have no text, as in a scan; only the others were read.",)
    assert article.page_starts[1] == article.page_starts[2]


def test_a_password_opens_a_locked_pdf_and_a_wrong_one_is_named():
    assert LINES[0] in read_pdf(encrypted("secret"), "x.pdf", password="secret").text
    with pytest.raises(NotReadable, match="The password does not open"):
        read_pdf(encrypted("secret"), "x.pdf", password="guess")


@pytest.mark.slow
def test_three_hundred_pages_are_read_with_their_numbers():
    pages = [
        [*LINES[1:3], f"cles. This is said on page {n} of three hundred.", LINES[4]] for n in range(1, 301)
    ]
    article = read_pdf(pdf_file(pages), "x.pdf")
    assert len(article.page_starts) == 300
    assert bisect_right(article.page_starts, article.text.index("said on page 287 of")) == 287


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
