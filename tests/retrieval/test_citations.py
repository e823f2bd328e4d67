from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.citations import Draft, DraftContext, cite, is_verbatim, resolve
from retrieval.domain.articles import Article, ArticleId
from retrieval.domain.spans import Span
from retrieval.storage.article_reader import digest_of


def article(number, text):
    return Article(
        ArticleId(number), "default", f"a{number}", f"Title {number}", None, None, None, None,
        datetime(2026, 1, 1, tzinfo=UTC), "en", digest_of(text), len(text),
    )  # fmt: skip


TEXT = "Taxes will not rise. Turnout was 25 %. “We won,” she said."
ONE = article(1, TEXT)


def text_of(_):
    return TEXT


def draft(words, text=None):
    start = TEXT.index(words)
    return Draft(ONE, Span(start, start + len(words)), words if text is None else text)


def test_a_verbatim_sentence_passes_with_its_number():
    answer = resolve("?", [draft("Turnout was 25 %.")], text_of=text_of)
    assert answer.text == "Turnout was 25 %. [1]"
    assert [(c.number, c.quote) for c in answer.citations] == [(1, "Turnout was 25 %.")]


@pytest.mark.parametrize(
    "said",
    ["Taxes will rise.", "Turnout was 52 %.", "“We lost,” she said.", "Turnout was 25 % in 2024.", "", "   "],
)
def test_what_the_cited_words_do_not_say_is_dropped(said):
    answer = resolve("?", [Draft(ONE, Span(0, len(TEXT)), said)], text_of=text_of)
    assert not answer.found
    assert answer.citations == ()


def test_words_that_stand_elsewhere_in_the_article_do_not_pass():
    assert not resolve("?", [draft("Taxes will not rise.", "Turnout was 25 %.")], text_of=text_of).found


def test_citations_are_numbered_in_order_of_first_use_and_shared():
    drafts = [draft("Turnout was 25 %."), draft("Taxes will not rise."), draft("Turnout was 25 %.")]
    statements, citations = cite(drafts, text_of=text_of)
    assert [s.numbers for s in statements] == [(1,), (2,), (1,)]
    assert [c.number for c in citations] == [1, 2]


def test_typography_is_no_difference():
    assert is_verbatim('"We won," she said.', TEXT)


@pytest.mark.parametrize("text", ["café", "cafe\u0301", "un café noir"])
def test_a_letter_with_an_accent_is_another_letter(text):
    assert not is_verbatim("cafe", text)
    assert is_verbatim("café", text)
    assert is_verbatim("cafe", f"{text}, cafe")


def test_brackets_of_the_article_are_no_citations():
    text = "He said “[2024 was] a bad year” [3]."
    whole = Draft(article(2, text), Span(0, len(text)), text)
    answer = resolve("?", [whole], text_of=lambda _: text)
    assert answer.statements[0].text == text
    assert answer.statements[0].numbers == (1,)


@given(st.text(max_size=60), st.text(max_size=20))
def test_nothing_passes_that_is_not_in_the_text(text, words):
    if is_verbatim(words, text):
        assert all(char in text or not char.isalnum() or not char.isascii() for char in words)


def part(words, kind="before"):
    start = TEXT.index(words)
    return DraftContext(kind, ONE, Span(start, start + len(words)))


def test_context_is_cited_behind_all_statements():
    drafts = [
        replace(draft("Turnout was 25 %."), context=(part("Taxes will not rise."),)),
        replace(
            draft("“We won,” she said."), context=(part("Turnout was 25 %."), part("Taxes will not rise."))
        ),
    ]
    statements, citations = cite(drafts, text_of=text_of)
    assert [one.number for one in citations] == [1, 2, 3]
    assert [[(p.kind, p.quote, p.number) for p in one.context] for one in statements] == [
        [("before", "Taxes will not rise.", 3)],
        [("before", "Turnout was 25 %.", 1), ("before", "Taxes will not rise.", 3)],
    ]
    for each in (*citations, *statements[1].context):
        assert each.quote == each.span.of(TEXT)


def test_an_answer_is_numbered_as_it_is_read():
    drafts = [
        replace(draft("“We won,” she said."), context=(part("Turnout was 25 %."),)),
        draft("Taxes will not rise."),
    ]
    answer = resolve("?", drafts, text_of=text_of)
    assert [(one.number, one.quote) for one in answer.citations] == [
        (1, "Turnout was 25 %."),
        (2, "“We won,” she said."),
        (3, "Taxes will not rise."),
    ]
    assert [(one.numbers, [part.number for part in one.context]) for one in answer.statements] == [
        ((2,), [1]),
        ((3,), []),
    ]


def test_context_that_the_article_does_not_hold_is_dropped():
    beyond = DraftContext("after", ONE, Span(len(TEXT) - 3, len(TEXT) + 3))
    blank = DraftContext("after", ONE, Span(5, 6))
    [statement], citations = cite(
        [replace(draft("Turnout was 25 %."), context=(beyond, blank))], text_of=text_of
    )
    assert statement.context == ()
    assert len(citations) == 1


def test_new_numbers_reach_the_context():
    kept = replace(
        draft("Turnout was 25 %."), context=(part("Taxes will not rise."), part("“We won,” she said."))
    )
    [statement], _ = cite([kept], text_of=text_of)
    moved = statement.renumber({1: 4, 2: 5})
    assert (moved.numbers, [one.number for one in moved.context]) == ((4,), [5])


TRANSCRIPT = (
    "(at 0:04) Edda: The water has to be at 27 degrees. Not a degree more.\n\n"
    "(at 1:02:40) After two hours it is done. It was high (at 0:30) once."
)


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("Not a degree more.", "0:04"),
        ("(at 0:04) Edda: The water has to be at 27 degrees.", "0:04"),
        ("It was high (at 0:30) once.", "1:02:40"),
    ],
)
def test_words_of_a_transcript_are_cited_with_their_time(words, time):
    start = TRANSCRIPT.index(words)
    cited = Draft(article(2, TRANSCRIPT), Span(start, start + len(words)), words)
    _, [citation] = cite([cited], text_of=lambda _: TRANSCRIPT)
    assert (citation.time, citation.quote) == (time, words)


def test_words_of_no_transcript_have_no_time():
    _, [citation] = cite([draft("Turnout was 25 %.")], text_of=text_of)
    assert citation.time == ""
