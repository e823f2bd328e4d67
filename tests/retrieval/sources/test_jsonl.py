import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.domain import block_rows
from retrieval.errors import BadRow
from retrieval.sources import jsonl
from retrieval.sources.jsonl import BadLine, Row, article_of, read_rows, required_id, required_text


def rows(*lines: bytes):
    return list(read_rows(io.BytesIO(b"\n".join(lines))))


def row(**fields):
    return Row(1, fields)


def test_lines_are_numbered_and_empty_ones_skipped():
    assert rows(b'{"id": 1}', b"", b'{"id": 2}\r') == [Row(1, {"id": 1}), Row(3, {"id": 2})]


def test_a_byte_order_mark_is_no_part_of_the_first_line():
    assert rows(b'\xef\xbb\xbf{"id": 1}') == [Row(1, {"id": 1})]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"id": "\xff"}', "not UTF-8"),
        (b"[" * 200_000, "not JSON that can be read"),
        (b'{"id": ' + b"1" * 10_000 + b"}", "not JSON that can be read"),
    ],
)
def test_a_line_that_is_no_object_says_why(line, reason):
    [bad, good] = rows(line, b'{"id": 1}')
    assert isinstance(bad, BadLine)
    assert reason in bad.reason
    assert good == Row(2, {"id": 1})


def test_a_line_that_is_too_long_is_passed_over(monkeypatch):
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 20)
    [bad, good] = rows(b'{"id": "' + b"x" * 100 + b'"}', b'{"id": 1}')
    assert isinstance(bad, BadLine)
    assert good == Row(2, {"id": 1})


def test_separators_inside_a_line_do_not_end_it():
    text = "one\u2028two\x85three"
    [only] = rows(json.dumps({"id": "1", "text": text}, ensure_ascii=False).encode())
    assert only.fields["text"] == text


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_text_is_taken_exactly_as_given(text):
    line = json.dumps({"id": "x", "text": text}).encode()
    [only] = rows(line)
    assert article_of(only).text == text


@pytest.mark.parametrize("given", ["x", 7, "0"])
def test_ids_may_be_words_or_numbers(given):
    assert article_of(row(id=given, text="Words.")).given_id == str(given)


def test_an_underscored_id_is_an_id():
    assert article_of(row(_id="x", text="Words.")).given_id == "x"


def test_an_address_will_do_for_an_id():
    article = article_of(row(url="https://example.org/a", text="Words."))
    assert (article.given_id, article.url) == (None, "https://example.org/a")


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "Words."},
        {"id": "", "text": "Words."},
        {"id": True, "text": "Words."},
        {"id": ["x"], "text": "Words."},
        {"id": "\ud800", "text": "Words."},
        {"url": "javascript:alert(1)", "text": "Words."},
        {"url": "http://[", "text": "Words."},
        {"id": "x"},
        {"id": "x", "text": None},
        {"id": "x", "text": " \n"},
        {"id": "x", "text": "half \ud83d"},
    ],
)
def test_a_row_that_cannot_be_an_article_is_refused(fields):
    with pytest.raises(BadRow):
        article_of(row(**fields))


@pytest.mark.parametrize("value", ["2025-02-30", "soon", 20250208, ["2025-02-08"]])
def test_a_date_that_cannot_be_read_costs_a_note_and_not_the_article(value):
    article = article_of(row(id="x", text="Words.", published=value))
    assert article.published is None
    assert len(article.notes) == 1


@pytest.mark.parametrize("value", ["2025-02-08", "2025-02-08T23:59:00-11:00", "8 February 2025"])
def test_dates_are_read_as_they_are_written(value):
    assert article_of(row(id="x", text="Words.", published=value)).published == date(2025, 2, 8)


def test_absent_metadata_is_read_from_the_first_line():
    article = article_of(row(id="x", text=" date 2025-02-08 By Ann Somebody\nWords."))
    assert (article.author, article.published) == ("Ann Somebody", date(2025, 2, 8))
    assert article.text.startswith(" date")


def test_metadata_that_is_there_wins_over_the_first_line():
    text = " date 2025-02-08 By Ann Somebody\nWords."
    article = article_of(row(id="x", text=text, author=None, published="2024-01-01"))
    assert (article.author, article.published) == (None, date(2024, 1, 1))


def test_the_site_is_read_from_the_address_only_where_none_is_given():
    url = "https://www.example.org/a"
    assert article_of(row(url=url, text="Words.")).site == "example.org"
    assert article_of(row(url=url, text="Words.", site="Ours")).site == "Ours"
    assert article_of(row(url=url, text="Words.", site=None)).site is None


def test_a_question_needs_words_and_no_id():
    assert required_text(row(id=1, question="Why?"), "question") == "Why?"
    assert required_text(row(question="Why?"), "question") == "Why?"
    for fields in ({"id": 1}, {"id": 1, "question": " "}, {"id": 1, "question": 5}):
        with pytest.raises(BadRow):
            required_text(row(**fields), "question")


def test_half_characters_of_a_question_are_replaced():
    assert required_text(row(id=1, query="a\ud800"), "query") == "a\ufffd"


def test_a_number_names_an_article_too():
    assert required_id(row(id=12)) == "12"
    with pytest.raises(BadRow):
        required_id(row(id=""))


def test_blocks_come_back_as_they_were_exported():
    blocks = [
        {"kind": "heading", "start": 0, "end": 5, "level": 2},
        {"kind": "footnote", "start": 7, "end": 14, "parent": 0, "number": "1", "marks": [[3, 5]]},
    ]
    article = article_of(row(id="x", text="Chalk\n\nAllowed", blocks=blocks))
    assert block_rows(article.blocks) == blocks


@pytest.mark.parametrize(
    ("blocks", "reason"),
    [
        ("heading", "no list"),
        ([{"kind": "headline", "start": 0, "end": 5}], "unknown kind"),
        ([{"kind": "heading", "start": 0, "end": 50}], "behind the text"),
        ([{"kind": "heading", "start": 5, "end": 5}], "block 0"),
        ([{"kind": "heading", "start": 0}], "block 0"),
        ([{"kind": "item", "start": 0, "end": 5, "parent": 7}], "not there"),
        ([{"kind": "item", "start": 0, "end": 5, "parent": 0}], "under itself"),
        ([{"kind": "heading", "start": 0, "end": 5, "level": "2"}], "no whole number"),
    ],
)
def test_blocks_that_are_no_parts_of_the_text_refuse_the_line(blocks, reason):
    with pytest.raises(BadRow, match=reason):
        article_of(row(id="x", text="Chalk\n\nAllowed", blocks=blocks))
