import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answers import read_typing, respell_names
from retrieval.answers.spelling import names_like
from retrieval.domain import Hit, Passage, PassageId, Span

TEXT = (
    "The volcano of Mount Tambora erupted in April. Ash fell on the villages near Tambora, said Helen Marsh. "
    "Nobody had vaccinated the cattle. The ferry to Norrholm carries passengers and the "
    "captain of a ferry is paid by the county. We saw Councillor Oakes on board of MV Arle, "
    "and the MV Arle sank."
)
ENGLISH = {
    "prince",
    "coast",
    "cattle",
    "board",
    "county",
    "village",
    "march",
    "fairy",
    "and",
    "bus",
    "what",
    "did",
    "hit",
    "many",
}


class Words:
    """A vocabulary made of one text, whose stems are its words."""

    def terms_like(self, word):
        return sorted({one.lower() for one in re.findall(r"\w+", TEXT) if one[0].lower() == word[0]})

    def forms_of(self, word, limit):
        return [
            (before, form)
            for before, form in re.findall(r"(\w+) (?=(\w+))", TEXT)
            if form.lower() == word.lower()
        ]

    def is_common(self, word):
        return word in ENGLISH

    def is_known(self, word):
        return re.search(rf"\b{re.escape(word)}\b", TEXT, re.IGNORECASE) is not None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("who paid the captian", "who paid the captain"),
        ("how many pasengers did it carry?", "how many passengers did it carry?"),
        ("who vacinated the cattle", "who vaccinated the cattle"),
        ("which vilages were hit by the volcanos", "which villages were hit by the volcano"),
        ("when was tambroa?", "when was Tambora?"),
        ("who paid fro the ferry", "who paid for the ferry"),
        ("who paid teh captain", "who paid the captain"),
    ],
)
def test_a_misspelt_word_is_read_as_the_one_of_the_library(typed, read):
    found = read_typing(typed, Words())
    assert (found.text, found.corrected) == (read[0].upper() + read[1:], True)


def test_what_is_only_half_understood_is_not_shown_as_understood():
    found = read_typing("hwo paid the captian", Words())
    assert (found.text, found.corrected) == ("hwo paid the captain", False)


@pytest.mark.parametrize(
    "typed",
    [
        "Who is Captian Oaks?",  # with a capital: may be a name
        "what did oaks say",  # another person's name
        "what did oakas say?",  # is near a person's name
        "is the fairy late",  # a word of its own
        "what is error E-4013-captian",
        "who wrote “the captian”?",
        "what is captian.example.org",
        "is it in norway",  # a country
        "who is zorblat",
    ],
)
def test_what_may_be_something_else_stays(typed):
    found = read_typing(typed, Words())
    assert found.text.lower() == typed.lower()
    assert not found.corrected


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("whens the ferry due", "when's the ferry due"),
        ("yo wat yr did the ferry sink", "what year did the ferry sink"),
        ("y didnt the ppl like it?", "why didn't the people like it?"),
        ("n who paid for it?", "and who paid for it?"),
        ("is the captain of mv arle paid", "is the captain of MV Arle paid"),
    ],
)
def test_short_forms_capitals_and_apostrophes_are_put_in_silently(typed, read):
    found = read_typing(typed, Words())
    assert (found.text, found.corrected) == (read, False)


def test_capitals_stay_as_typed_where_there_are_some():
    assert read_typing("Is it true that the Captain saw arle?", Words()).text.endswith("saw arle?")


def test_another_language_is_left_alone():
    question = "Wer hat dem captian und den vielen anderen Leuten damals eigentlich ihr Geld gegeben?"
    assert read_typing(question, Words()).text == question


@given(st.text(max_size=60))
def test_numbers_and_codes_never_change(question):
    digits = re.findall(r"\S*\d\S*", question)
    if "2" in question:  # "2day" is today
        digits = []
    assert [one for one in digits if one in read_typing(question, Words()).text] == digits


TITLES = ("Northgate hospital opens new ward", "Southgate hospital adds a ward")


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("Who runs the Nothgate hospital?", "Who runs the Northgate hospital?"),
        ("Who runs the Nothgate hospital’s kitchen?", "Who runs the Northgate hospital’s kitchen?"),
        ("Who runs the Nothgate school?", ""),  # another word stands beside it
        ("Who runs the ward at Nothgate?", ""),
        ("Who runs the Northgate hospital?", ""),
        ("Who runs the Eastgate hospital?", ""),
        ("Who runs the Mothgate hospital?", ""),  # the first letter is seldom wrong
    ],
)
def test_a_name_is_taken_for_that_of_a_title_with_the_same_word_beside_it(question, understood):
    assert respell_names(question, TITLES) == understood


def test_nobody_is_taken_for_somebody_with_nearly_the_same_name():
    assert respell_names("What did Helen Hansson say?", ["Helen Hanson wins the race"]) == ""
    assert respell_names("What did Mayor Hansson say?", ["Mayor Hanson wins the race"]) == ""


def test_nothing_is_respelt_where_two_names_may_be_meant():
    titles = ["Marlowe bridge opens", "Marlows bridge closes"]
    assert respell_names("When does Marlowa bridge open?", titles) == ""


def test_names_like_one_that_is_not_there_are_told():
    article = SimpleNamespace(title=TITLES[0], id=1)
    text = "Dr Ebba Thorvaldsen runs it."
    hits = [Hit(Passage(PassageId(1), article.id, Span(0, len(text))), article, text, 1.0)]
    found = names_like("Did Thorvaldson come to Nothgate with Helen Marsh?", hits)
    assert found == [("Thorvaldson", ["Thorvaldsen"]), ("Nothgate", ["Northgate"])]
