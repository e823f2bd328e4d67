import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.domain.spans import Span
from retrieval.text.matching import find_exact, fold_text
from retrieval.text.sentences import MAX_SENTENCE_CHARS, MAX_WIDE_CHARS, is_own_title, paragraphs, sentences

PROSE = st.text(st.sampled_from("abc ABC.!?\n\t\"'“”‘’,;–—…0123 é日本。\u00ad\u200b\u0301"), max_size=300)


@given(PROSE | st.text(max_size=200))
def test_sentences_hold_every_visible_character_once_and_move_forward(text):
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    covered = {at for span in spans for at in range(span.start, span.end)}
    assert all(char.isspace() for at, char in enumerate(text) if at not in covered)
    assert all(not span.of(text)[0].isspace() and not span.of(text)[-1].isspace() for span in spans)


@given(PROSE)
def test_a_sentence_lies_within_one_paragraph(text):
    blocks = paragraphs(text)
    assert all(any(b.start <= s.start and s.end <= b.end for b in blocks) for s in sentences(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dr. Ada Lovelace met Mr. Babbage. They talked.",
            ["Dr. Ada Lovelace met Mr. Babbage.", "They talked."],
        ),
        ("He came at 5 p.m. on Jan. 3. She left.", ["He came at 5 p.m. on Jan. 3.", "She left."]),
        (
            "“We won. Nothing else matters,” she said. He left.",
            ["“We won. Nothing else matters,” she said.", "He left."],
        ),
        (
            "The train left at 5 a.m. Monday. It was full.",
            ["The train left at 5 a.m. Monday.", "It was full."],
        ),
        ("J. R. R. Holm wrote it. It sold well.", ["J. R. R. Holm wrote it.", "It sold well."]),
        ("“Is it done?” she asked. “Not yet,” he said.", ["“Is it done?” she asked.", "“Not yet,” he said."]),
        ("See vol. 2 of it. Done.", ["See vol. 2 of it.", "Done."]),
        ("A heading\n\nThe first line.", ["A heading", "The first line."]),
        # A lead-in alone says nothing; items that are sentences stand alone.
        ("Bring:\n- bread\n- salt\n\nGo.", ["Bring:\n- bread\n- salt", "Go."]),
        ("He said:\n\n- It is cold.\n- I go.", ["He said:", "- It is cold.", "- I go."]),
        ("Plum | 12\nPear | 9\nThe end.", ["Plum | 12", "Pear | 9", "The end."]),
        ("Ada went to Com. & Adm. by night.", ["Ada went to Com. & Adm. by night."]),
        (
            "It burns six hrs. on one pt. of oil. It is old.",
            ["It burns six hrs. on one pt. of oil.", "It is old."],
        ),
        ("we went. then we slept.", ["we went.", "then we slept."]),
        ("He paid. eBay sold.", ["He paid.", "eBay sold."]),
        ("It rose 3.5 percent. Then it fell.", ["It rose 3.5 percent.", "Then it fell."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert [span.of(text) for span in sentences(text)] == expected


def test_a_line_of_ten_thousand_characters_is_cut():
    assert all(len(span.of("x" * 10_000)) <= MAX_SENTENCE_CHARS for span in sentences("x" * 10_000))


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('"It is over"', "He said “It is over”."),
        ("don't", "They don’t know"),
        ("1914-1918", "the war of 1914–1918"),
        ("well...", "well… he began"),
        ("a b", "a\u00a0\n b"),
        ("coop", "co\u00adop"),
    ],
)
def test_typography_is_no_difference(words, text):
    found = find_exact(words, text)
    assert found is not None
    assert fold_text(found.of(text))[0] == fold_text(words)[0]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("taxes will rise", "taxes will not rise"),
        ("52 %", "25 %"),
        ("may", "May"),
        ("resumé", "resume"),
        ("", "anything"),
    ],
)
def test_every_other_difference_is_one(words, text):
    assert find_exact(words, text) is None


@given(st.text(max_size=80), st.data())
def test_every_slice_is_found_where_it_can_be_read(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = find_exact(text[start:end], text)
    if fold_text(text[start:end])[0].strip():
        assert found is not None
        assert fold_text(text[start:end])[0].strip() in fold_text(found.of(text))[0] + " "


def test_an_exact_find_can_be_confined_to_a_span():
    assert find_exact("one", "one two one", Span(4, 11)) == Span(8, 11)


@pytest.mark.parametrize(
    "expected",
    [
        ["橋は月曜日に開通した。", "「十年で最高の建物だ」と市長は述べた。", "車は秋まで待つ。"],
        ["大桥于星期一通车。", "“这是十年来最好的建筑，”市长说。", "为什么？", "因为轴承要更换。"],
        ["다리는 월요일에 개통되었다. ", "충분한가? ", "아니다."],
        ["افتتح الجسر يوم الاثنين. ", "هل يكفي ذلك؟ ", "قال رئيس البلدية إنه أفضل بناء."],
        ["הגשר נפתח ביום שני. ", "האם זה מספיק? ", "לא."],
        ["पुल सोमवार को खुला। ", "क्या यह काफी है? ", "नहीं।"],
        ["Мост открыли в понедельник. ", "Достаточно ли этого? ", "Нет."],
    ],
    ids=["Japanese", "Chinese", "Korean", "Arabic", "Hebrew", "Hindi", "Russian"],
)
def test_sentences_end_in_other_scripts_too(expected):
    text = "".join(expected)
    assert [span.of(text) for span in sentences(text)] == [sentence.strip() for sentence in expected]


def test_a_line_of_chinese_without_stops_is_cut_where_the_encoder_can_follow():
    text = "大桥" * 5_000
    spans = sentences(text)
    assert max(span.end - span.start for span in spans) <= MAX_WIDE_CHARS
    assert "".join(span.of(text) for span in spans) == text


@pytest.mark.parametrize("unit", ["“", "`", "a b ", ".) ", "word. "])
def test_a_paragraph_of_a_hundred_thousand_characters_loses_none(unit):
    text = (unit * 100_000)[:100_000]
    found = "".join(span.of(text) for span in sentences(text))
    assert "".join(found.split()) == "".join(text.split())


def test_a_long_paragraph_is_cut_between_its_sentences():
    text = "The pier was built of timber in the year of the flood. " * 1_000
    assert {span.of(text) for span in sentences(text)} == {
        "The pier was built of timber in the year of the flood."
    }


@pytest.mark.parametrize(
    ("title", "text", "own"),
    [
        ("Ada met a delegation in Velm,…", "By Bo\n\nAda met a delegation in Velm, and left.", False),
        ("The mill burned down", "The mill burned down. Nobody was hurt.", False),
        ("Was he right?", "Was he right? He was.", False),
        ("Was he right?", "# Was he right?\n\nHe was.", True),
        ("Lake Ammer Tower", "Lake Ammer Tower is a tower.", True),
        ("The mill burned down", "The mill burned down\n\nIt was old.", True),
        ("Another title", "The mill burned down.", True),
        ("", "The mill burned down.", False),
    ],
)
def test_the_first_sentence_of_a_text_is_no_title_of_its_own(title, text, own):
    assert is_own_title(title, text) is own


def test_a_long_text_without_punctuation_is_cut_at_its_lines():
    line = "and then she folds the dough six times in the night\n"
    found = sentences(line * 12)
    assert len(found) > 3
    assert all(span.of(line * 12).endswith("night") for span in found)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("“It is late,” she said. “We saw the basin fill. It is full.", "“We saw the basin fill."),
        ('"It is late," she said. "We saw the basin fill.', '"We saw the basin fill.'),
        ("Il a dit « non ». « Nous avons vu la mer. Elle monte.", "« Nous avons vu la mer."),
    ],
)
def test_the_mark_that_opens_a_quotation_not_closed_stays_with_it(text, second):
    assert sentences(text)[1].of(text) == second
