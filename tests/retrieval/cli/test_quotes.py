"""``quotes --exact``, ``quotes --since`` and ``who`` against a small real library."""

import json

import pytest
from fakes import SharedWordsReranker, WordHashEncoder
from typer.testing import CliRunner

from retrieval import wiring
from retrieval.cli import app

ROWS = [
    {
        "id": "b1",
        "title": "Bridge",
        "url": "https://bridge.example/1",
        "published": "2024-03-02",
        "text": "“The bridge will not rise before 2027,” said Anna Berg. The budget was spent.",
    },
    {
        "id": "b2",
        "title": "Ferry",
        "published": "2025-04-02",
        "text": "“The ferry runs again today,” said Peter Berg. “It is slow but it is ours,” said Anna Berg.",
    },
]


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
    file.write_text("\n".join(map(json.dumps, ROWS)))

    def run(*arguments, exit_code=0):
        result = CliRunner().invoke(app, [*arguments, "--data", str(tmp_path / "library")])
        assert result.exit_code == exit_code, (result.stdout, result.stderr, result.exception)
        return result.stdout

    run("import", str(file))
    return run


def test_exact_words_are_shown_with_speaker_and_offsets(run):
    row = json.loads(run("quotes", "--exact", "The bridge will not rise", "--json"))
    found = row["found"][0]
    assert (row["verdict"], found["article_id"], found["speaker"]) == ("exact", "b1", "Anna Berg")
    assert ROWS[0]["text"][found["start"] : found["end"]] == found["text"]


def test_changed_words_are_marked_and_not_called_word_for_word(run):
    printed = run("quotes", "--exact", "The bridge will rise before 2027")
    assert "word for word" not in printed
    assert "The bridge will [+not+] rise before 2027" in printed
    assert "Only the article says “not”" in printed


def test_words_that_nobody_wrote_are_said_to_be_absent(run):
    assert run("quotes", "--exact", "Whales sing across the ocean").strip() == "Not in the articles."


def test_exact_narrows_by_date(run):
    assert "Not in the articles." in run("quotes", "--exact", "The budget was spent", "--since", "2025-01-01")


def test_exact_goes_with_no_query(run):
    run("quotes", "bridge", "--exact", "The bridge", exit_code=2)


def test_quotes_since_a_day_leaves_older_ones_out(run):
    row = json.loads(run("quotes", "--since", "2025-01-01", "--json"))
    assert {one["article_id"] for one in row["quotes"]} == {"b2"}


def test_who_is_json_by_story(run):
    row = json.loads(run("who", "anna berg", "--json"))
    assert row["speaker"] == "Anna Berg"
    assert [[one["id"] for one in story["articles"]] for story in row["stories"]] == [["b2"], ["b1"]]


def test_a_name_of_several_people_lists_them(run):
    printed = run("who", "Berg")
    assert "can be several people" in printed
    assert "Anna Berg" in printed
    assert "Peter Berg" in printed


def test_nobody_is_said_to_be_quoted_rather_than_anybody(run):
    assert "Nobody called Lind is quoted" in run("who", "Lind")
