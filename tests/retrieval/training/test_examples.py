"""What the reader is trained on: questions of files, windows of passages, and made lookalikes."""

import json
import random

import pytest

from retrieval.domain import Span
from retrieval.training.examples import Example, cut_window, digest, make_lookalikes, read_squad, read_written

PASSAGE = (
    "Port Elgin lies on the northern shore. The harbor was built by Anna Berg in 1911. "
    "It cost 40,000 crowns. "
    "Her rival Otto Lind built the first mill. The town grew quickly."
)


def example(question, answer=None):
    start = PASSAGE.index(answer) if answer else 0
    return Example(question, PASSAGE, Span(start, start + len(answer)) if answer else None, "Port_Elgin")


def test_a_file_in_the_form_of_squad_is_read_and_a_shifted_answer_left_out(tmp_path):
    asked = [
        {
            "question": " Who built it? ",
            "answers": [{"text": "Anna Berg", "answer_start": PASSAGE.index("Anna Berg")}],
        },
        {"question": "Who sank it?", "is_impossible": True, "answers": [], "plausible_answers": []},
        {"question": "When?", "answers": [{"text": "1911", "answer_start": 3}]},
    ]
    path = tmp_path / "squad.json"
    paragraph = {"context": PASSAGE, "qas": asked}
    path.write_text(json.dumps({"data": [{"title": "Port_Elgin", "paragraphs": [paragraph]}]}), "utf-8")
    built, sunk = read_squad(path)
    assert (built.question, built.answer.of(PASSAGE)) == ("Who built it?", "Anna Berg")
    assert sunk.answer is None


def test_the_written_questions_are_found_by_their_passage_only():
    assert read_written([PASSAGE]) == []
    assert digest(PASSAGE) != digest(PASSAGE + " ")


@pytest.mark.parametrize("seed", range(20))
def test_a_window_is_whole_sentences_that_hold_the_answer(seed):
    cut = cut_window(example("Who built the harbor?", "Anna Berg"), random.Random(seed))
    assert cut.answer.of(cut.passage) == "Anna Berg"
    assert cut.passage in PASSAGE
    assert cut.passage.endswith(".")


def test_a_window_for_a_lookalike_holds_what_is_nearest_to_it():
    cut = cut_window(example("Who built the first harbor?"), random.Random(3), least=1, most=1)
    assert "built" in cut.passage


def test_lookalikes_are_asked_otherwise_or_of_another_text():
    asked = [
        example("Who built the harbor of Port Elgin in 1911?", "Anna Berg"),
        example("Who did Otto Lind want to beat to the first mill?", "Anna Berg"),
    ]
    for seed in range(20):
        for made, original in zip(make_lookalikes(asked, random.Random(seed)), asked, strict=True):
            assert made.answer is None
            changed = made.question != original.question
            assert changed or original.answer.of(PASSAGE) not in made.passage
