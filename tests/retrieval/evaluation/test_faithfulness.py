"""The measurement of sentences by machines: what it counts, and what it says."""

import json

import pytest

from retrieval.evaluation.faithfulness import main

pytestmark = pytest.mark.models
ARTICLE = {"id": "a", "text": "The harbor of Orrin was deepened in 1907. It cost 300 crowns."}
SAMPLES = [
    ("s1", "The harbor of Orrin was deepened in 1907.", 1),
    ("s2", "Orrin got a deeper harbor.", 1),
    ("s3", "The harbor of Orrin was deepened in 1970.", 0),
    ("s4", "The harbor of Orrin was deepened in 1907. It cost 900 crowns.", 0),
    ("s5", "It cost 300 crowns.", 0),
]


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path):
    (tmp_path / "articles.jsonl").write_text(lines([ARTICLE]))
    rows = [
        {"id": key, "set": "ours", "article_id": "a", "text": text, "label": label}
        for key, text, label in SAMPLES
    ]
    (tmp_path / "samples.jsonl").write_text(lines(rows))
    return tmp_path


def test_each_sentence_of_a_sample_must_be_supported(data, capsys):
    main([str(data), "--out", str(data / "out.jsonl")])
    found = [json.loads(line)["label"] for line in (data / "out.jsonl").read_text().splitlines()]
    assert found == [1, 0, 0, 0, 1]
    said = capsys.readouterr().out
    assert "ours: 5 samples, balanced accuracy 0.583, supported kept 0.500, unsupported caught 0.667" in said


def test_what_was_wrongly_called_supported_is_printed_with_its_source(data, capsys):
    main([str(data), "--misjudged"])
    assert "ours: It cost 300 crowns.\n    It cost 300 crowns." in capsys.readouterr().out


def test_a_folder_without_samples_is_named(tmp_path):
    with pytest.raises(SystemExit, match=r"has no samples\.jsonl"):
        main([str(tmp_path)])


def test_answers_by_people_are_checked_against_their_passage(tmp_path, capsys):
    passage = {"id": "a", "title": "Orrin", "text": ARTICLE["text"]}
    questions = [
        {"article_id": "a", "long_answers": ["The harbor of Orrin was deepened in 1907. Ships like it."]},
        {"article_id": "a", "long_answers": ["Ships like it."]},
        {"article_id": "a", "long_answers": []},
    ]
    (tmp_path / "passages.jsonl").write_text(lines([passage]))
    (tmp_path / "questions.jsonl").write_text(lines(questions))
    main([str(tmp_path), "--answers"])
    assert capsys.readouterr().out == (
        "2 answers by people: at least half carried 0.50; 3 sentences: carried 0.33\n"
    )
