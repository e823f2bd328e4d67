"""The shipped reader, over the bundled cross-encoder."""

import pytest

from retrieval.errors import ModelMissing
from retrieval.reader import load_reader, reading

pytestmark = pytest.mark.models

BRIDGE = (
    "The bridge over the Elm was opened in 1931. It was designed by Maria Brandt and paid for by the "
    "town council. "
    "Her brother Otto led the works on the harbor."
)
ELSEWHERE = "The river rises in the western hills, and the valley below is known for its orchards."


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return load_reader(models_dir=None, threads=1, cache=tmp_path_factory.mktemp("models"))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who designed the bridge?", "Maria Brandt"),
        ("Who paid for the bridge?", "the town council"),
        ("When was the bridge opened?", "1931"),
    ],
)
def test_the_answering_words_are_found_in_the_order_of_the_passages(reader, question, words):
    elsewhere, found = reader.read(question, [ELSEWHERE, BRIDGE])
    assert words.removeprefix("the ") in BRIDGE[found.start : found.end]
    assert found.score > elsewhere.score


def test_a_question_about_somebody_else_scores_lower(reader):
    [answered] = reader.read("Who designed the bridge?", [BRIDGE])
    [lookalike] = reader.read("Who designed the harbor?", [BRIDGE])
    assert lookalike.score < answered.score


def test_nothing_is_read_of_nothing(reader):
    assert reader.read("Who?", []) == []


def test_the_kept_graph_reads_the_same_and_is_not_built_again(tmp_path, monkeypatch):
    first = load_reader(models_dir=None, threads=1, cache=tmp_path).read("Who paid?", [BRIDGE])
    monkeypatch.setattr("retrieval.reader.graph.build_graph", None)
    assert load_reader(models_dir=None, threads=1, cache=tmp_path).read("Who paid?", [BRIDGE]) == first


def test_other_weights_than_the_measured_ones_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "SHA256", "0" * 64)
    with pytest.raises(ModelMissing, match=r"reader\.npz"):
        load_reader(models_dir=None, threads=1)
