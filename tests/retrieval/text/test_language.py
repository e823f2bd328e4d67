"""Which questions go to the models: English ones, and those of no language for sure."""

import pytest

from retrieval.text import language
from retrieval.text.language import is_english


@pytest.fixture
def no_model(monkeypatch):
    def load():
        raise AssertionError("the model of py3langid was loaded")

    monkeypatch.setattr(language, "_identifier", load)


@pytest.mark.parametrize(
    "question",
    [
        "When did Tambora erupt?",
        "who's the mayor of the town",
        "What is a bifurcated needle?",
        "When was the Lijnbaan last opened?",
    ],
)
def test_plainly_english_questions_load_no_model(no_model, question):
    assert is_english(question)


@pytest.mark.parametrize(
    "question",
    [
        "Was war in Berlin?",
        "Wie is de man in Amsterdam?",
        "Wo ist die Stadt?",
        "Quand a ete construit le pont?",
        "Donde esta la biblioteca de la ciudad?",
        "Who?",
        "What passiert?",
    ],
)
def test_any_other_is_left_to_the_model(no_model, question):
    with pytest.raises(AssertionError, match="py3langid"):
        is_english(question)
