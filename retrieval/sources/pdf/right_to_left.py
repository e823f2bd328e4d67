"""Puts lines of a PDF page that run from right to left into reading order, numbers and names included.

A PDF draws a line from its left edge, which is the end of an Arabic sentence. pypdf turns each stretch
of Arabic or Hebrew round, but leaves the stretches in the order of the drawing: "2025 February 8".
"""

import re

from pypdf import PageObject

_RIGHT_TO_LEFT = re.compile("[\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile("[\u0660-\u0669\u06f0-\u06f9]+(?:[.,:/\u066b\u066c-]?[\u0660-\u0669\u06f0-\u06f9]+)*")
"""Digits of Arabic and Persian, which run from left to right and are turned round with the rest."""
_EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
_OPENING, _CLOSING = "([{«", ")]}»"
_MIRRORED = str.maketrans(_OPENING + _CLOSING, _CLOSING + _OPENING)


def lines_right_to_left(page: PageObject) -> list[str]:
    """Return the lines of a page in reading order, without white space around them."""
    runs: list[str] = []
    page.extract_text(visitor_text=lambda text, *_: runs.append(text))
    lines: list[list[str]] = [[]]
    for run in runs:
        first, *others = run.split("\n")
        lines[-1].append(first)
        lines += [[part] for part in others]
    return [line for parts in lines if (line := _in_order([part for part in parts if part]))]


def _in_order(runs: list[str]) -> str:
    """Return one line; *runs* are its stretches of one direction, from left to right."""
    words = "".join(runs)
    turned = len(_RIGHT_TO_LEFT.findall(words))
    if not turned:
        return words.strip()
    if 2 * turned < len(_LETTER.findall(words)):  # a line of English with a word of Arabic
        return "".join(_swap_brackets(run) if _RIGHT_TO_LEFT.search(run) else run for run in runs).strip()
    line = "".join(
        _NUMBER.sub(lambda number: number[0][::-1], run)
        if _RIGHT_TO_LEFT.search(run)
        else _reverse_stretch(run)
        for run in reversed(runs)
    )
    return " ".join(_with_brackets_right(line).split())


def _reverse_stretch(run: str) -> str:
    """Return a stretch from left to right as it stands in a line from right to left."""
    before, inner, after = _EDGES.match(run).groups()  # type: ignore[union-attr]
    if not _LETTER.search(inner):  # numbers alone follow the direction of the line
        inner = "".join(reversed(re.split(r"(\s+)", inner)))
    return f"{after[::-1]}{inner}{before[::-1]}"


def _swap_brackets(run: str) -> str:
    before, inner, after = _EDGES.match(run).groups()  # type: ignore[union-attr]
    return f"{after[::-1]}{inner}{before[::-1]}"


def _with_brackets_right(line: str) -> str:
    """Turn brackets round where the file names them by how they look, not by what they do."""
    first = next((char for char in line if char in _OPENING + _CLOSING), "")
    return line.translate(_MIRRORED) if first and first in _CLOSING else line
