"""What the places of letters on a page tell: columns, headings, notes, heads and tables."""

import pytest
from pdf_files import arabic_pdf, drawn_pdf, pdf_file, placed_pdf

from retrieval.sources.pdf.reader import read_pdf

LEFT = (
    "The old mill on the river ground",
    "corn for three hundred years, and",
    "when the last miller died nobody",
    "wanted it. In spring the roof fell",
    "in, and the wheel stopped turning.",
)
RIGHT = (
    "A club of neighbors bought it for",
    "one euro. They meet on Saturdays",
    "and have put up new beams; next",
    "year the wheel will turn again, if",
    "the river still has water by then.",
)


def two_columns(top=700):
    """Draw both columns row by row, as some programs do."""
    return [
        word
        for n, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True))
        for word in ((50, top - 13 * n, 11, left), (235, top - 13 * n, 11, right))
    ]


def text_of(*pages):
    return read_pdf(placed_pdf(pages), "x.pdf").text


def test_columns_drawn_row_by_row_are_read_one_after_the_other():
    assert text_of(two_columns()).replace("\n\n", " ") == " ".join(LEFT + RIGHT)


def test_what_lies_across_columns_parts_what_is_above_from_below():
    across = (50, 600, 11, "A photograph of the mill as it stood in the year of the great flood, 1920.")
    text = text_of([*two_columns(), across, *two_columns(550)])
    read = [" ".join(side) for side in (LEFT, RIGHT)]
    assert text.replace("\n\n", " ") == " ".join([*read, across[3], *read])


def test_a_paragraph_goes_on_in_the_next_column():
    words = [*two_columns()]
    words[8] = (50, 648, 11, "in, and the wheel stopped; so")
    words[1] = (235, 700, 11, "a club of neighbors bought it for")
    assert "the wheel stopped; so a club of neighbors" in text_of(words)


def test_rows_of_a_table_stay_rows():
    table = [
        (x, 600 - 14 * n, 11, cell)
        for n, row in enumerate([("Town", "Mills", "Year"), ("Arden", "12", "1901"), ("Brack", "7", "1950")])
        for x, cell in zip((50, 150, 250), row, strict=True)
    ]
    text = text_of([*((50, 700 - 13 * n, 11, line) for n, line in enumerate(LEFT)), *table])
    assert text.endswith("\n\nTown: Arden | Mills: 12 | Year: 1901\n\nTown: Brack | Mills: 7 | Year: 1950")


@pytest.mark.parametrize("size", [15, -11], ids=["larger", "bold"])
def test_a_heading_is_a_paragraph_of_its_own(size):
    body = [(50, 700 - 13 * n, 11, line) for n, line in enumerate(LEFT)]
    more = [(50, 604 - 13 * n, 11, line) for n, line in enumerate(RIGHT)]
    paragraphs = text_of([*body, (50, 620, size, "What became of it and of those"), *more]).split("\n\n")
    assert paragraphs == [" ".join(LEFT), "What became of it and of those", " ".join(RIGHT)]


def test_signs_of_notes_go_and_exponents_stay_raised():
    line = [
        (50, 700, 11, "The mill stood on 40 km"),
        (167, 704, 7, "2"),
        (174, 700, 11, "of land and had three stones."),
        (323, 704, 7, "3"),
        (330, 700, 11, "Nobody wanted it."),
    ]
    assert text_of(line) == "The mill stood on 40 km² of land and had three stones. Nobody wanted it."


def test_a_note_at_the_foot_does_not_part_a_sentence_that_goes_on_overleaf():
    first = [(50, 200 - 13 * n, 11, line) for n, line in enumerate([*LEFT, "Then a club bought it and"])]
    note = [(50, 104, 6, "1"), (54, 100, 8, "The club told of it in its paper, in the spring.")]
    article = read_pdf(
        placed_pdf([[*first, *note], [(50, 700, 11, "put up new beams."), (50, 687, 11, RIGHT[1])]]), "x.pdf"
    )
    assert "Then a club bought it and put up new beams." in article.text
    assert article.text.index("told of it") < article.page_starts[1]


def test_letters_made_big_by_the_page_count_as_big():
    """Some programs write all text in size 1 and enlarge it when it is placed."""
    big = "BT /F1 1 Tf 20 0 0 20 50 760 Tm (How a mill was saved) Tj ET"
    small = " ".join(
        f"BT /F1 1 Tf 11 0 0 11 50 {700 - 13 * n} Tm ({line}) Tj ET" for n, line in enumerate(LEFT)
    )
    article = read_pdf(drawn_pdf([f"{small} {big}"]), "x.pdf")
    assert article.title == "How a mill was saved"
    assert article.text == "How a mill was saved\n\n" + " ".join(LEFT)


def test_a_head_with_the_page_number_goes_though_each_chapter_has_its_own():
    chapters = ["The river", "The mill", "The wheel", "The club", "The beams", "The flood"]
    told = [f"Here we tell of {chapter.lower()} and of little else." for chapter in chapters]
    pages = [
        [(50, 800, 9, f"{n + 11}   {chapter}"), (50, 700, 11, told[n])] for n, chapter in enumerate(chapters)
    ]
    assert text_of(*pages).split("\n\n") == told


def test_pages_that_differ_only_in_figures_are_kept():
    pages = [
        [(50, 700 - 14 * n, 11, f"On day {n} of week {week} the river rose.") for n in range(12)]
        for week in range(6)
    ]
    assert text_of(*pages).count("the river rose.") >= 6 * 6


@pytest.mark.parametrize("number", ["iv", "- 7 -", "Page 7 of 12", "7/12"])
def test_page_numbers_of_every_kind_go(number):
    page = [*two_columns(), (200, 40, 9, number)]
    assert text_of(page, two_columns()) == text_of(two_columns(), two_columns())


def test_the_biggest_line_of_the_first_page_is_the_title():
    page = [
        (50, 800, 9, "Reports of the club"),
        (50, 760, 20, "How a mill was saved"),
        (50, 736, 20, "by its neighbors"),
        *two_columns(),
    ]
    assert read_pdf(placed_pdf([page]), "x.pdf").title == "How a mill was saved by its neighbors"
    assert read_pdf(placed_pdf([page], Title="Annual report"), "x.pdf").title == "Annual report"


def test_words_from_right_to_left_are_in_reading_order():
    assert "سلام" in read_pdf(arabic_pdf("سلام عليكم جميعا"), "x.pdf").text


def test_a_file_cut_off_is_read_as_far_as_it_goes_with_a_note():
    whole = pdf_file([LEFT, RIGHT])
    article = read_pdf(whole[: whole.rindex(b"xref\n0")], "x.pdf")
    assert LEFT[0] in article.text
    assert "cut off" in article.notes[0]
