"""``footnote claims`` against a small real library."""

import json

import pytest
from fakes import SharedWordsReranker, WordHashEncoder
from typer.testing import CliRunner

from retrieval import wiring
from retrieval.cli import app

pytestmark = pytest.mark.models  # parses

TEXT = "The harbor of Orrin was deepened in 1907 by forty workers."


@pytest.fixture
def run(tmp_path, monkeypatch):
    real = wiring.open_librarian
    monkeypatch.setattr(
        wiring,
        "open_librarian",
        lambda settings, **how: real(
            settings, **how, load_encoder=WordHashEncoder, load_reranker=SharedWordsReranker
        ),
    )
    file = tmp_path / "library.jsonl"
    file.write_text(json.dumps({"id": "h1", "title": "Harbor", "text": TEXT}))

    def run(*arguments, input=None, exit_code=0):
        done = CliRunner().invoke(app, [*arguments, "--data", str(tmp_path / "data")], input=input)
        assert done.exit_code == exit_code, done.output
        return done.stdout

    run("import", str(file))
    return run


def test_claims_are_printed_with_verdict_and_words(run):
    shown = run(
        "claims",
        "The harbor of Orrin was deepened in 1912. The harbor of Orrin is green. "
        "Penguins breed on bare Antarctic ice.",
    )
    assert "Contradicted: The harbor of Orrin was deepened in 1912." in shown
    assert "What differs: the date differs: 1907, not 1912." in shown
    assert f"“{TEXT}”" in shown
    assert "What differs: the sentence does not say: green." in shown
    assert "Not clearly in the articles: The harbor of Orrin is green." in shown
    assert "Not in the articles: Penguins breed on bare Antarctic ice." in shown


def test_the_text_can_come_from_standard_input(run):
    shown = run("claims", "-", "--json", input="The harbor of Orrin was deepened in 1907.")
    [claim] = json.loads(shown)["claims"]
    assert (claim["verdict"], claim["at_odds"]) == ("supported", None)
    assert claim["citations"][0]["quote"] == TEXT


def test_the_json_says_what_differs(run):
    [claim] = json.loads(run("claims", "--json", "The harbor of Orrin was deepened in 1912."))["claims"]
    assert claim["differs"] == {
        "in": "date",
        "claim": "1912",
        "article": "1907",
        "text": "the date differs: 1907, not 1912",
    }


def test_a_text_without_claims_is_an_error(run):
    run("claims", "lol", exit_code=1)
