"""Whose answers the answers of an interview are."""

import pytest

from retrieval.answers.noun_phrases import find_interviewee, with_name
from retrieval.structure import read_structure

INTERVIEW = """Marlene Osk has baked rye bread in Tolm for 31 years. We talked to her at four in the morning.

**How did you become a baker?**

By accident. My aunt broke her arm.

**What makes your bread different?**

Time. The dough rests for 26 hours.
"""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (INTERVIEW, "Marlene Osk"),
        (INTERVIEW.replace("We talked", "Peter Rehm talked"), ""),
        (INTERVIEW.replace("your bread", "rye bread").replace("did you", "does one"), ""),
    ],
)
def test_who_is_asked_is_the_one_person_of_the_opening(text, name):
    assert find_interviewee(read_structure(text)) == name


def test_the_name_stands_in_the_places_of_you():
    assert with_name("What did you say to your aunt?", "Osk") == "What did Osk say to Osk’s aunt?"
    assert with_name("What did you say?", "") == "What did you say?"
