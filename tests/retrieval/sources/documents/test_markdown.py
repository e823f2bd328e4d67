from datetime import date

import pytest

from retrieval.errors import NotReadable
from retrieval.sources.documents.markdown import read_markdown

STORY = "The harbour bridge opened on Monday.\n\nAbout four hundred people crossed it in the first hour."


def read(text, url="story.md"):
    return read_markdown(text.encode(), url)


def test_front_matter_is_read_and_taken_off():
    article = read(
        "---\ntitle: 'Bridge *opens*'\nauthor: Ana Ferreira\ndate: 2025-02-08\nurl: https://gazette.example/bridge?utm_source=x\n"
        f"lang: en-GB\ntags: [bridge]\n---\n\n{STORY}\n"
    )
    assert article.text.strip() == STORY
    assert (article.title, article.author, article.published) == (
        "Bridge *opens*",
        "Ana Ferreira",
        date(2025, 2, 8),
    )
    assert (article.url, article.site, article.language) == (
        "https://gazette.example/bridge",
        "gazette.example",
        "en",
    )


@pytest.mark.parametrize(
    ("front", "author"),
    [
        ("authors: [Ana Ferreira, Li Wei]", "Ana Ferreira, Li Wei"),
        ("author:\n  name: Ana Ferreira", "Ana Ferreira"),
        ("authors:\n  - name: Ana Ferreira\n  - name: Li Wei", "Ana Ferreira, Li Wei"),
        ("author: true", None),
        ("author:", None),
    ],
)
def test_authors_may_be_written_in_several_ways(front, author):
    assert read(f"---\n{front}\ntitle: Bridge\n---\n{STORY}").author == author


@pytest.mark.parametrize("value", ["2025-02-08 10:00:00", "'February 8, 2025'", "2025-02-08T10:00:00+01:00"])
def test_dates_may_be_written_in_several_ways(value):
    assert read(f"---\ndate: {value}\n---\n{STORY}").published == date(2025, 2, 8)


@pytest.mark.parametrize("front", ["just words", "a: [1", "- a\n- b", "&a [*a, *a]"])
def test_a_block_that_is_no_front_matter_stays_in_the_text(front):
    assert front.split()[-1].strip("[]*&") in read(f"---\n{front}\n---\n\n{STORY}").text


def test_nested_aliases_do_not_blow_up():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert read(f"---\n{bomb}author: *i\n---\n{STORY}").author is None


def test_markup_becomes_readable_text():
    article = read(
        "# Bridge *opens*\n\nThe **harbour** [bridge](https://x.example) opened ![photo](p.jpg)on `Monday`."
        "<br>It rained.\n\n"
        "## Prices\n\n* Cars pay\n* Bikes do not\n    1. never\n    2. ever\n\n> It is done.\n\n---\n\n"
        "| Year | Cost |\n|---|---|\n| 2023 | *4* million |\n\n```\nx = 1\n\ny = 2\n```\n\n<div>Plain</div>\n"
    )
    assert article.title == "Bridge opens"
    assert article.text == (
        "Bridge opens\n\nThe harbour bridge opened on Monday.\nIt rained.\n\nPrices\n\n"
        "* Cars pay\n* Bikes do not\n  1. never\n  2. ever\n\nIt is done.\n\n"
        "Year: 2023 | Cost: 4 million\n\nx = 1\n\ny = 2\n\nPlain"
    )


@pytest.mark.parametrize(
    "text",
    [
        " date 2025-02-08 By Harbour Gazette Staff\n\n" + STORY + "\n",
        STORY + "\n\n\n\n- one\n- two\n",
        "Five * three * two is thirty, and a_b_c is a name.\nNext line.",
    ],
)
def test_a_text_without_markup_keeps_every_character(text):
    assert read(text).text == text


def test_the_day_of_the_last_change_is_read_from_front_matter():
    article = read(f"---\ndate: 2024-03-01\nlastmod: 2024-03-09\n---\n\n{STORY}")
    assert (article.published, article.updated) == (date(2024, 3, 1), date(2024, 3, 9))


def test_a_first_line_is_read_where_there_is_no_front_matter():
    article = read("date 2025-02-08 By Ana Ferreira\n\n" + STORY)
    assert (article.author, article.published) == ("Ana Ferreira", date(2025, 2, 8))


@pytest.mark.parametrize("text", ["---\ntitle: Only this\n---\n", "![photo](p.jpg)", "***"])
def test_markdown_without_a_sentence_is_not_readable(text):
    with pytest.raises(NotReadable):
        read(text)


def test_what_is_struck_out_is_no_longer_said():
    found = read(
        "# Fire\n\nThe brigade did ~~not~~ reach the mill in time. "
        "It was <del>sold to Ann Fisk</del> kept by Paul Ode."
    )
    assert found.text.endswith("The brigade did reach the mill in time. It was kept by Paul Ode.")


def test_hidden_html_is_not_read():
    shown = "The library is <s>open</s> closed."
    hidden = '<div style="display:none">The museum was robbed in March.</div>'
    found = read(f"# News\n\n{hidden}\n\n<div>{shown}</div>\n\nAll is well.")
    assert "robbed" not in found.text
    assert "The library is closed." in found.text
