"""PDF files of kinds that lose something: forms, tables, scripts without spaces or from right to left."""

from pathlib import Path

import pytest
from pdf_files import form_pdf, lettered_pdf, pdf_file, placed_pdf

from retrieval.sources.pdf.reader import read_pdf

FIELD = Path(__file__).parents[3] / "data" / "field"
LABELS = ("This form asks for the keeping of a boat.", "Name of the boat:", "Home port:")


@pytest.mark.parametrize("drawn", [True, False], ids=["drawn", "data only"])
@pytest.mark.parametrize("left", [145, 300], ids=["near", "far"])
def test_values_that_were_filled_into_a_form_stand_behind_their_labels(drawn, left):
    body = form_pdf(LABELS, ("", "Otter of Velm", "Velm harbour"), drawn=drawn, left=left)
    text = read_pdf(body, "form.pdf").text
    assert "Name of the boat: Otter of Velm" in text
    assert "Home port: Velm harbour" in text


def test_rows_of_a_table_name_their_columns():
    text = read_pdf((FIELD / "36-pdftable.pdf").read_bytes(), "x.pdf").text
    assert "\n\nLock: Birk | 2023: 22,150 | 2024: 22,900 | Keeper: Odd Ravn\n\n" in text


def test_a_table_without_heads_keeps_its_cells_apart():
    rows = [("Tomato", "120"), ("Bean", "85")]
    table = [
        (x, 600 - 14 * n, 11, cell)
        for n, row in enumerate(rows)
        for x, cell in zip((50, 250), row, strict=True)
    ]
    text = read_pdf(placed_pdf([[(50, 700, 11, "These are the seeds of the year."), *table]]), "x.pdf").text
    assert text.endswith("Tomato | 120\n\nBean | 85")


def test_lines_of_japanese_end_without_a_space():
    text = read_pdf((FIELD / "34-japanese.pdf").read_bytes(), "x.pdf").text
    assert "灯台守の佐野実は四十年間、毎晩灯をともした。" in text


def drawn(*stretches):
    """Return a line from right to left as it is drawn; a stretch of Latin letters or digits stays."""
    return "".join(
        part if part[:1].isascii() and part[:1].isalnum() else part[::-1] for part in stretches[::-1]
    )


ARABIC = ("افتتح الجسر في ", "8", " فبراير ", "2025", " بعد عامين من العمل.")
PRICE = ("كلف المشروع ", "4,500", " دولار (نصفها) من ", "Alder Post", " في ", "12:40", ".")
HEBREW = ("הגשר נפתח בשנת ", "2025", " אחרי ", "12", " שנים.")


def test_numbers_and_names_in_lines_from_right_to_left_stay_in_place():
    body = lettered_pdf([drawn(*line) for line in (ARABIC, PRICE, HEBREW)])
    read = read_pdf(body, "x.pdf").text.replace("\n\n", " ")
    assert read == " ".join("".join(line) for line in (ARABIC, PRICE, HEBREW))


def test_arabic_digits_and_mirrored_brackets_are_put_right():
    line = drawn("افتتح الجسر عام ", "\u0662\u0660\u0662\u0665"[::-1], " في المدينة (نصفها).")
    line = line.translate(str.maketrans("()", ")("))
    assert read_pdf(lettered_pdf([line]), "x.pdf").text == (
        "افتتح الجسر عام \u0662\u0660\u0662\u0665 في المدينة (نصفها)."
    )


STORY = ["The ice rules of the firth", "By Tove Blom, 4 April 2025", "The office classifies each ship."]


@pytest.mark.parametrize(
    ("stated", "lines", "author"),
    [
        ("anonymous", STORY, "Tove Blom"),
        ("\\(anonymous\\)", STORY, "Tove Blom"),
        ("HP Notebook 14", STORY, "Tove Blom"),
        ("Tove Blom", STORY, "Tove Blom"),
        ("Ada Berg", STORY[:1] + STORY[2:], "Ada Berg"),
        ("unspecified", STORY[:1] + STORY[2:], None),
    ],
)
def test_a_printed_byline_wins_over_what_a_program_filled_in(stated, lines, author):
    assert read_pdf(pdf_file([lines], Author=stated), "x.pdf").author == author
