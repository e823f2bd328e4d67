"""The labelled cases in ``tests/data`` are complete, and a case that is not is refused by its line."""

import json
from pathlib import Path

import labelled_cases
import pytest
from labelled_cases import LABELS, BadCase, load_cases, read_cases

GOOD = {
    "evidence": "It rained.",
    "claim": "It rained.",
    "label": "supported",
    "source": "own",
    "split": "dev",
}


def test_every_file_of_cases_has_labels():
    folder = Path(labelled_cases.__file__).parent
    assert {path.stem for path in folder.glob("*.jsonl")} == set(LABELS)


@pytest.mark.parametrize("name", sorted(LABELS))
def test_every_label_has_cases(name):
    assert {case["label"] for case in load_cases(name)} == LABELS[name]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"label": "true"}, "label true"),
        ({"split": "test"}, "split test"),
        ({"source": " "}, "no source"),
        ({"claim": 3}, "claim is no text"),
        ({"extra": "x"}, "unknown extra"),
    ],
)
def test_a_case_that_is_not_complete_is_refused(change, problem):
    with pytest.raises(BadCase, match=rf"entailment\.jsonl, line 2: {problem}"):
        read_cases(
            f"{json.dumps(GOOD)}\n{json.dumps(GOOD | {'claim': 'Rain fell.'} | change)}\n", "entailment"
        )


@pytest.mark.parametrize("field", sorted(GOOD))
def test_no_field_may_be_missing(field):
    case = {name: value for name, value in GOOD.items() if name != field}
    with pytest.raises(BadCase, match=f"line 1: no {field}"):
        read_cases(json.dumps(case), "entailment")


def test_a_case_stands_there_once():
    with pytest.raises(BadCase, match="line 2: a case twice"):
        read_cases(f"{json.dumps(GOOD)}\n{json.dumps(GOOD | {'label': 'not_supported'})}", "entailment")
