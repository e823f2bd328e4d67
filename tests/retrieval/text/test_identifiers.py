import pytest

from retrieval.text import has_sibling, holds_code, identifiers_in


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Was project Otter-036 approved?", ["Otter-036"]),
        ("What does error E-4013 mean?", ["E-4013"]),
        ("what is bx-200-7", ["bx-200-7"]),
        ("What does section 4.3 of the contract allow?", ["4.3"]),
        ("Was RFC 7231 dropped?", ["RFC 7231"]),
        ("What does rule 12b say?", ["12b"]),
        ("What was motion 26/12 of the council?", ["26/12"]),
        ("Who heard case 4/2019?", ["4/2019"]),
        ("Is #123 fixed in 2.4.1?", ["#123", "2.4.1"]),
        ("Who is the 20-year-old winner of the mid-1990s?", []),
        ("How far did 5 people walk at 10:30 on 2025-02-08, 5km or 3rd?", []),
        ("How much rock did Apollo 11 bring back in 1914-18?", []),
    ],
)
def test_codes_and_parts_are_identifiers_and_counts_are_not(question, names):
    assert [one.text for one in identifiers_in(question)] == names


@pytest.mark.parametrize(
    ("question", "text", "stands"),
    [
        ("What is E-4012?", "Error e-4012 means late.", True),
        ("What is E-4012?", "Error E-40121 means late.", False),
        ("What is BX-200-7?", "BX-200-71 fits.", False),
        ("What is BX-200-7?", "Part BX-200-7.", True),
        ("What is section 4.3?", "Section 14.3 says so.", False),
        ("What is section 4.3?", "Section 4.3.1 says so.", False),
        ("What is section 4.3?", "4.3 Downtime", True),
        ("What is section 4?", "Section 4 says so.", True),
        ("What is section 4?", "The section allows 4 hours.", False),
        ("What is section 4?", "4 hours are allowed.", False),
        ("What is section 4?", "4. Downtime", True),
        ("What was motion 26/12?", "Motion 26/14 was carried.", False),
        ("What was motion 26/12?", "Motion 26/12 was carried.", True),
        ("What is article 56?", "Under articles 34, 49 and 56 it is allowed.", True),
    ],
)
def test_an_identifier_stands_exactly_or_not_at_all(question, text, stands):
    [one] = identifiers_in(question)
    assert one.stands_in(text) is stands


def test_siblings_differ_in_digits_only():
    [one] = identifiers_in("What is E-4012?")
    assert has_sibling(one, "E-4021 is another.")
    assert not has_sibling(one, "E-4012 and W-301.")
    assert holds_code("W-301 means dry.")
    assert not holds_code("In 1911 it cost 5 pounds.")
