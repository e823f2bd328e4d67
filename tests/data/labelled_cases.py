"""Reads the labelled cases beside it: JSON Lines, one case a line, each with a label, a source and a split.

``dev`` cases were seen while the rules were written, so passing them says nothing about other texts;
``held-out`` cases were not, and lose that split as soon as a rule is changed because of one.
"""

import json
from pathlib import Path

LABELS = {
    "addresses": {"refused"},
    "entailment": {"supported", "not_supported", "missed"},
    "injections": {"injection", "innocent"},
    "translations": {"faithful", "changed"},
}
"""The labels of each file; "missed" is true, and not found by the check today."""
FIELDS = {
    "addresses": ("url",),
    "entailment": ("evidence", "claim"),
    "injections": ("text",),
    "translations": ("original", "translation", "target"),
}
"""What identifies a case of each file; no two cases have the same."""
OPTIONAL = {"injections": {"kind", "place"}}
SPLITS = {"dev", "held-out"}


class BadCase(ValueError):
    """A line that is no labelled case, named by its file and number."""


def read_cases(text, name):
    """Return the cases of *text*, each a dict, checked as those of the file *name*; raise BadCase."""
    identifying = FIELDS[name]
    required = {*identifying, "label", "source", "split"}
    cases, seen = [], set()
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        case = json.loads(line)
        problems = [f"no {field}" for field in sorted(required - set(case))]
        problems += [f"unknown {field}" for field in sorted(set(case) - required - OPTIONAL.get(name, set()))]
        problems += [f"{field} is no text" for field, value in case.items() if not isinstance(value, str)]
        if not problems:
            key = tuple(case[field] for field in identifying)
            problems += ["a case twice"] * (key in seen)
            problems += [f"label {case['label']}"] * (case["label"] not in LABELS[name])
            problems += [f"split {case['split']}"] * (case["split"] not in SPLITS)
            problems += ["no source"] * (not case["source"].strip())
            seen.add(key)
        if problems:
            raise BadCase(f"{name}.jsonl, line {number}: {', '.join(problems)}")
        cases.append(case)
    return cases


def load_cases(name, label=None):
    """Return the cases of the file *name*, in its order; only those of *label* if it is given."""
    path = Path(__file__).with_name(f"{name}.jsonl")
    cases = read_cases(path.read_text("utf-8"), name)
    return [case for case in cases if label in (None, case["label"])]
