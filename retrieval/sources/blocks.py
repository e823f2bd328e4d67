"""Joins the blocks of an article, paragraphs, items and rows, into its text."""

import re
from collections.abc import Sequence
from itertools import pairwise

from retrieval.sources.tables import CELL

ITEM = re.compile(r"(?:[-*•–]|\d{1,3}[.)])\s(?=\S)")
"""What stands before an item of a list."""


def join_blocks(blocks: Sequence[str]) -> str:
    """Return *blocks* as one text: an empty line between two, none before items and typed lines.

    So a list or a listing stays with the line that leads to it.
    """
    parts: list[str] = []
    for before, block in pairwise(("", *blocks)):
        is_typed = "\n" in block and "\n" not in before and CELL not in block
        is_item, is_row = ITEM.match(block) is not None, CELL in block
        tied = (is_item and ITEM.match(before)) or (is_row and CELL in before)
        tied = tied or ((is_item or is_typed) and before.endswith((":", "：")))
        parts += ["" if not parts else "\n" if tied else "\n\n", block]
    return "".join(parts)
