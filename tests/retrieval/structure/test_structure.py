"""What the structure says of a sentence: the cases that mislead when it is left out."""

import pytest

from retrieval.domain import Span
from retrieval.structure import read_structure


def span_of(text, words, *, last=False):
    start = text.rindex(words) if last else text.index(words)
    return Span(start, start + len(words))


def texts(text, spans):
    return [span.of(text) for span in spans]


HALLS = """Rules of the baths

They hold from May.

Indoor pool

It has four lanes.

Caps

Caps must be worn.

Outdoor pool

It is heated.

Caps

Caps are not needed.
"""


def test_the_same_wording_is_told_apart_by_its_headings():
    structure = read_structure(HALLS)
    first, last = span_of(HALLS, "Caps must be worn."), span_of(HALLS, "Caps are not needed.")
    assert texts(HALLS, structure.heading_path(first)) == ["Indoor pool", "Caps"]
    assert texts(HALLS, structure.heading_path(last)) == ["Outdoor pool", "Caps"]


def test_the_title_and_what_stands_under_no_heading_have_no_path():
    structure = read_structure(HALLS)
    assert structure.heading_path(span_of(HALLS, "They hold from May.")) == ()
    assert structure.kind_of(span_of(HALLS, "Rules of the baths")) == "heading"


def test_numbered_headings_have_the_level_of_their_numbers():
    text = (
        "Manual\n\nFor all models.\n\n1 Model A\n\n1.1 Fuse\n\nUse 10 A.\n\n"
        "2 Model B\n\n2.1 Fuse\n\nUse 13 A.\n\n2.1.1 Reset\n\nHold Start."
    )
    structure = read_structure(text)
    path = structure.heading_path(span_of(text, "Hold Start."))
    assert texts(text, path) == ["2 Model B", "2.1 Fuse", "2.1.1 Reset"]


def test_articles_of_a_law_are_headings_even_where_no_empty_line_follows():
    text = (
        "Ordinance on boats\n\nArticle 1\nIt holds for boats.\n\nArticle 2\n(1) Oars are free.\n"
        "(2) Sails cost 15 crowns.\n\nArticle 3\nNo permit is needed by\n  a) children,\n  b) swans.\n\n"
        "Article 3a\nWho rows must stop for swans."
    )
    structure = read_structure(text)
    assert texts(text, structure.heading_path(span_of(text, "(2) Sails"))) == ["Article 2"]
    assert texts(text, structure.heading_path(span_of(text, "b) swans"))) == ["Article 3"]
    assert structure.lead_in_of(span_of(text, "b) swans")).of(text) == "No permit is needed by"
    assert texts(text, structure.heading_path(span_of(text, "Who rows"))) == ["Article 3a"]


@pytest.mark.parametrize(
    "line",
    ["By Ann Roe", "Tickets: 12 euros", "the second try", "18 Mill Street, 4021", "A permit is needed by"],
)
def test_a_short_line_that_heads_nothing_is_no_heading(line):
    text = f"A title above all\n\nThe mill was sold.\n\n{line}\n\nIt was built in 1804."
    assert read_structure(text).heading_path(span_of(text, "It was built")) == ()


def test_a_poem_or_an_address_has_no_headings():
    text = "The fog came in.\n\nAnn Roe\n\nMill Street\n\nVelm\n\nNorth Land\n\nIt stayed for long."
    kinds = {block.kind for block in read_structure(text).blocks}
    assert kinds == {"heading", "paragraph"} or kinds == {"paragraph"}
    assert len(read_structure(text).heading_path(span_of(text, "It stayed"))) <= 1


def test_items_know_what_leads_to_them_and_are_told_apart():
    text = "We pay for the following:\n- theft\n- falls\n\nWe do not pay for the following:\n- races\n- rust"
    structure = read_structure(text)
    assert structure.lead_in_of(span_of(text, "- falls")).of(text) == "We pay for the following:"
    lead = structure.lead_in_of(span_of(text, "- rust"))
    assert lead.of(text) == "We do not pay for the following:"
    assert texts(text, structure.items_under(lead)) == ["- races", "- rust"]


def test_nested_items_stand_under_the_item_above():
    text = "Bring these:\n1. Tools\n   - a saw\n   - a rope\n2. Food\n\nThen go."
    structure = read_structure(text)
    rope = span_of(text, "- a rope")
    assert texts(text, structure.lead_ins_of(rope)) == ["Bring these:", "1. Tools"]
    assert [block.level for block in structure.blocks if block.kind == "item"] == [0, 1, 1, 0]
    assert texts(text, structure.lead_ins_of(span_of(text, "2. Food"))) == ["Bring these:"]


def test_an_answer_knows_its_question_and_prose_behind_does_not():
    text = (
        "About the bikes.\n\nDo I need the app?\n\nNo. A card is enough.\n\nWhat does a day cost?\n\n"
        "Four euros.\n\nMay I take it home?\n\nNo.\n\nThe office is open until six."
    )
    structure = read_structure(text)
    assert structure.question_of(span_of(text, "Four euros.")).of(text) == "What does a day cost?"
    assert structure.question_of(span_of(text, "The office")) is None
    assert structure.kind_of(span_of(text, "Four euros.")) == "answer"


def test_a_faq_inside_an_article_ends_at_the_next_heading():
    text = (
        "The lake is closed.\n\nQuestions\n\nQ: May I fish?\nA: No, not this year.\n\nQ: May I "
        "row?\nA: Yes.\n\n"
        "How it went on\n\nThe mayor resigned."
    )
    structure = read_structure(text)
    assert structure.question_of(span_of(text, "A: No")).of(text) == "Q: May I fish?"
    assert structure.question_of(span_of(text, "The mayor")) is None


def test_questions_in_a_row_and_quoted_ones_are_no_questions():
    text = "“Was he right?”\n\nNobody knew.\n\nWho?\n\nWhy?\n\nWhen?"
    assert all(block.kind != "question" for block in read_structure(text).blocks)


def test_turns_of_a_conversation_have_their_speakers():
    text = (
        "Ann Roe: Did you see it?\n\nBo: I did not. It was dark.\n\nAnn Roe: Nobody did.\n\n"
        "Bo: So they say.\n\nThat is true of both."
    )
    structure = read_structure(text)
    assert structure.speaker_of(span_of(text, "It was dark.")) == "Bo"


def test_the_fields_of_a_form_are_no_turns():
    text = "Name: Ann\n\nAge: 41\n\nName: Bo\n\nAge: 39\n\nName: Cy\n\nAge: 20"
    assert all(block.kind == "paragraph" for block in read_structure(text).blocks)


def test_cells_are_read_with_row_column_and_unit():
    text = "Catch by lake\nLake | Pike (kg) | Eel (kg)\nAmsel | 45 | 60\nBirken | 210 | 480\n\nIt was a good year."  # noqa: E501
    structure = read_structure(text)
    assert structure.read_row(span_of(text, "480")) == "Birken – Eel (kg): 480"
    assert structure.header_row_of(span_of(text, "480")).of(text) == "Lake | Pike (kg) | Eel (kg)"
    assert structure.row_of(span_of(text, "480")).of(text) == "Birken | 210 | 480"
    assert structure.lead_in_of(span_of(text, "480")).of(text) == "Catch by lake"


def test_rows_that_name_their_columns_need_no_header_row():
    text = "Line: Ost | 2023 (thousand): 471 | 2024 (thousand): 498\nLine: West | 2023 (thousand): 61 | 2024 (thousand): 44"  # noqa: E501
    structure = read_structure(text)
    cell = span_of(text, "44", last=True)
    assert structure.header_row_of(cell) is None
    assert structure.read_row(cell) == "West – 2024 (thousand): 44"
    assert next(b.unit for b in structure.blocks if b.span == cell) == "thousand"


def test_two_tables_keep_their_own_header_rows():
    text = "Name | Age | Town\nAnn | 41 | Velm\nBo | 39 | Orsa\n\nThe second:\n\nYear | Sum\n2020 | 12\n2021 | 15"  # noqa: E501
    structure = read_structure(text)
    assert structure.header_row_of(span_of(text, "39")).of(text) == "Name | Age | Town"
    assert structure.read_row(span_of(text, "15")) == "2021 – Sum: 15"
    assert structure.lead_in_of(span_of(text, "15")).of(text) == "The second:"


def test_header_cells_over_several_columns_belong_to_each():
    text = "Day | Term | Holidays\nDay | Lanes | Families | Lanes | Families\nMonday | closed\nTuesday | 6–9 | 15–18 | 7–8 | 10–19"  # noqa: E501
    structure = read_structure(text)
    assert structure.read_row(span_of(text, "7–8")) == "Tuesday – Holidays Lanes: 7–8"
    assert structure.header_row_of(span_of(text, "7–8")).of(text) == text[: text.index("\nMonday")]


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("[1]", "[1] Only in May."),
        ("¹", "¹ Only in May."),
        ("*", "* Only in May."),
        ("[^a]", "[^a]: Only in May."),
    ],
)
def test_a_footnote_belongs_to_the_sentences_with_its_mark(mark, note):
    text = f"The ferry is free.{mark} It leaves at six.\n\nDogs pay nothing.{mark}\n\n{note}"
    structure = read_structure(text)
    assert texts(text, structure.footnotes_of(span_of(text, "The ferry is free."))) == [note]
    assert structure.footnotes_of(span_of(text, "It leaves at six.")) == ()
    assert texts(text, structure.footnotes_of(span_of(text, "Dogs pay nothing."))) == [note]


def test_a_note_without_a_mark_belongs_to_the_paragraph_above():
    text = "The roof cost 11,400 euros.\n\nNote: After a grant of 3,000.\n\nNothing broke."
    structure = read_structure(text)
    assert texts(text, structure.footnotes_of(span_of(text, "The roof"))) == ["Note: After a grant of 3,000."]
    assert structure.footnotes_of(span_of(text, "Nothing broke.")) == ()


def test_notes_of_a_table_belong_to_the_cells_with_their_letters():
    text = "Lake | 2022 | 2023\nAmsel | 101 a | 118\nBirken | 88 b | 240\n\na Estimate.\nb Half a year."
    structure = read_structure(text)
    assert texts(text, structure.footnotes_of(span_of(text, "88 b"))) == ["b Half a year."]
    assert structure.footnotes_of(span_of(text, "240")) == ()


@pytest.mark.parametrize(
    ("entries", "sentence", "time"),
    [
        (["18:40: The bridge is open.", "14:20: It is shut.", "08:00: It is open."], "It is shut.", "14:20"),
        (["20 June 2025\n\nThe sum was 53.", "2 June 2025\n\nIt is N17."], "It is N17.", "2 June 2025"),
        (
            ["Version 3.2 (2025-01-04)\n\n- Fixes a leak.", "Version 3.1 (2024-11-02)\n\n- Leaks."],
            "- Leaks",
            "Version 3.1 (2024-11-02)",
        ),
        (["The line runs.", "Update, 3 pm: It stopped."], "It stopped.", "Update, 3 pm"),
    ],
)
def test_what_stands_in_a_dated_entry_knows_its_time(entries, sentence, time):
    text = "What happened\n\n" + "\n\n".join(entries)
    structure = read_structure(text)
    assert structure.entry_of(span_of(text, sentence)).of(text) == time


def test_a_time_or_date_in_prose_begins_no_entry():
    text = "The fair\n\n12 June 2025 was a warm day.\n\n8 May was not.\n\n14:30 is when it begins.\n\nIt ends late."  # noqa: E501
    structure = read_structure(text)
    assert all(block.kind != "entry" for block in structure.blocks)


def test_markdown_is_read_as_such():
    text = "# Boats\n\nAll of them.\n\n## Oars\n\n> They are free.\n\n```\nrow --fast\n```\n\n**Who pays?**\n\nNobody does."  # noqa: E501
    structure = read_structure(text)
    assert structure.kind_of(span_of(text, "They are free.")) == "quotation"
    assert structure.kind_of(span_of(text, "row --fast")) == "code"
    assert structure.question_of(span_of(text, "Nobody does.")).of(text) == "**Who pays?**"
    assert texts(text, structure.heading_path(span_of(text, "They are free."))) == ["Boats", "Oars"]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["", " \n\n ", "a " * 500_000, "- x\n" * 100_000, "Who?\n\n" * 50_000])
def test_long_and_empty_texts_are_read(text):
    structure = read_structure(text)
    assert (len(structure.blocks) > 0) == bool(text.strip())


@pytest.mark.parametrize(
    "text", [HALLS, "A | 1\nB | 2\n\nC | 3", "1. a\n1. b\n- c\n\n* d", "Q: a?\n\nA: b\n\n> c\n"]
)
def test_blocks_lie_in_the_text_in_order_under_earlier_ones(text):
    blocks = read_structure(text).blocks
    assert [block.span.start for block in blocks] == sorted(block.span.start for block in blocks)
    assert all(block.parent is None or block.parent < at for at, block in enumerate(blocks))
    assert all(block.span.end <= len(text) for block in blocks)
