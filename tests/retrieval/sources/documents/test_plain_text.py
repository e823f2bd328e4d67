from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import NotReadable, SourceRefused
from retrieval.sources.documents.plain_text import read_text

STORY = "The harbour bridge opened on Monday.\n\nAbout four hundred people crossed it in the first hour."


def read(text, url="story.txt"):
    return read_text(text.encode(), url)


def test_a_first_line_is_read_and_kept():
    text = " date 2025-02-08 By Harbour Gazette Staff\n\n" + STORY + "\n"
    article = read(text)
    assert article.text == text
    assert (article.author, article.published) == ("Harbour Gazette Staff", date(2025, 2, 8))
    assert article.title == "The harbour bridge opened on Monday"


def test_a_byline_below_the_title_is_read_too():
    article = read(f"Bridge opens to cyclists\nBy Ana Ferreira\n8 February 2025\n\n{STORY}")
    assert (article.title, article.author) == ("Bridge opens to cyclists", "Ana Ferreira")
    assert article.published == date(2025, 2, 8)


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"]) | st.just("\n"), max_size=80))
def test_a_clean_text_keeps_every_character(text):
    text = "Three plain words here. " + text
    assert read(text).text == text


def test_line_ends_and_invisible_characters_are_tidied():
    assert read("The bri\u00addge opened\r\non Monday.").text == "The bridge opened\non Monday."


def test_a_long_first_line_is_cut_at_a_word_for_the_title():
    title = read("word " * 60 + "ends here.").title
    assert len(title) <= 80
    assert title.endswith("word…")


def test_the_file_name_is_the_title_when_no_line_will_do():
    assert (
        read("2025-02-08\n\n***\n\nBy Ana Ferreira and Li Wei\n", "Harbour notes.txt").title
        == "Harbour notes"
    )


def test_a_text_from_the_web_has_address_and_site():
    article = read(STORY, "https://www.gazette.example/story.txt?utm_source=x")
    assert (article.url, article.site) == ("https://www.gazette.example/story.txt", "gazette.example")


def test_a_file_has_neither():
    assert (read(STORY).url, read(STORY).site) == (None, None)


@pytest.mark.parametrize("text", ["", " \n\t\n", "word", "12 34 56 78", "\u200b\u200b"])
def test_less_than_a_sentence_is_not_readable(text):
    with pytest.raises(NotReadable, match="paste"):
        read(text)


@pytest.mark.parametrize("text", ["The bridge opened.", "大桥周一开放。", "פתחו את הגשר היום"])
def test_one_sentence_is_enough(text):
    assert read(text).text == text


def test_a_binary_file_is_refused():
    with pytest.raises(SourceRefused):
        read_text(bytes(range(256)) * 4, "story.txt")
