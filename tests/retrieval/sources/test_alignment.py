"""How the parts of a source find the lines that say the same."""

from retrieval.sources.alignment import make_part, mark_lines

TEXT = "Chalk\n\nIt is allowed in here.\n\nAge\n\n- from ten on\n\nChalk\n\nIt is not allowed at all."


def test_parts_of_one_wording_are_found_in_their_order():
    parts = [
        make_part("heading", "Chalk", 2),
        make_part("paragraph", "It is allowed in here."),
        make_part("item", "from ten on"),
        make_part("heading", "Chalk", 2),
        make_part("paragraph", "It is not allowed at all."),
    ]
    marked = mark_lines(TEXT, parts)
    assert [one.span.of(TEXT) for one in marked] == [
        "Chalk", "It is allowed in here.", "- from ten on", "Chalk", "It is not allowed at all."
    ]  # fmt: skip
    assert [one.section for one in marked] == [None, 0, 0, None, 3]


def test_parts_that_no_line_says_or_that_stand_elsewhere_are_left_out():
    parts = [
        make_part("heading", "It is not allowed at all."),
        make_part("paragraph", "It is allowed in here."),
        make_part("heading", "Imprint"),
        make_part("item", "from ten on"),
        make_part("heading", "Age", 3),
    ]
    kinds = [one.kind for one in mark_lines(TEXT, parts)]
    assert kinds == ["paragraph", "item"]
