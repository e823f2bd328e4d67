"""Which sentences of several articles are chosen, with a cross-encoder that counts shared words."""

from fakes import SharedWordsReranker
from whole_articles import WholeArticles

from retrieval.answers.pipeline import answer_from

CODES = """
What the codes of the old kiln mean. Write the code down before you call the smith.

E-41

The door of the kiln is open. Shut the door.

E-43

The kiln is too hot. Wait until it is cold.
"""
HERON = """
Test of the Heron 2 rowing boat

The Heron 2 weighs ninety pounds. The Heron 2 is painted green and has two seats.
"""
OTTER = """
Test of the Otter 4 rowing boat

The Otter 4 weighs sixty pounds. The Otter 4 is painted red and has four seats.
"""


def ask(question, threshold=0.0, **texts):
    return answer_from(
        question, WholeArticles(**texts), load_reranker=SharedWordsReranker, threshold=threshold
    )


def quotes(answer):
    return [one.quote for one in answer.citations]


def test_only_the_section_of_the_code_answers():
    answer = ask("What does the code E-43 of the kiln mean?", -100.0, kiln=CODES)
    assert any("too hot" in quote for quote in quotes(answer))
    assert not any("door" in one.text for one in answer.statements)


def test_a_near_miss_of_a_code_is_refused_and_names_those_that_exist():
    answer = ask("What does the code E-42 of the kiln mean?", -100.0, kiln=CODES)
    assert not answer.found
    assert [note for note in answer.notes if "E-41" in note and "E-43" in note and "E-42" in note]


def test_a_near_miss_of_a_name_with_a_number_is_refused():
    answer = ask("How heavy is the Heron 3?", -100.0, heron=HERON)
    assert not answer.found
    assert [note for note in answer.notes if "Heron 2" in note]


def test_a_comparison_shows_both_sides():
    answer = ask("Which weighs less, the Heron 2 or the Otter 4?", -2.0, heron=HERON, otter=OTTER)
    assert any("ninety pounds" in quote for quote in quotes(answer))
    assert any("sixty pounds" in quote for quote in quotes(answer))


def test_a_comparison_with_something_unknown_is_refused():
    answer = ask("Which weighs less, the Heron 2 or the Dipper?", -2.0, heron=HERON, otter=OTTER)
    assert not answer.found


FILM = """
Night Ferry is a film of 1961. Night Ferry was directed by Ada Berg.
"""
DIRECTOR = """
Ada Berg was born in the harbor town of Brel. Ada Berg wrote three books.
"""


def test_a_question_of_two_steps_shows_both():
    answer = ask(
        "Where was the woman born who directed Night Ferry?", -3.0, Night_Ferry=FILM, Ada_Berg=DIRECTOR
    )
    shown = [one.text for one in answer.statements]
    assert "Night Ferry was directed by Ada Berg." in shown
    assert "Ada Berg was born in the harbor town of Brel." in shown
