"""Puts the full name in the place of a surname where an article leaves no doubt whose it is."""

import re
from collections.abc import Sequence

from retrieval.parsing import parse
from retrieval.text import CAPITAL


def complete_names(claim: str, texts: Sequence[str], at: int) -> tuple[str, int] | None:
    """Return a sentence with the full name that a claim has for its surname, and where that name stands.

    Nothing if the sentence has the name, or another stands before the surname anywhere: of "Mary Shelley"
    and "Percy Shelley" no "Shelley" is completed.

    Args:
        claim: What somebody wrote.
        texts: The sentences of a passage, in order.
        at: Number of the sentence.
    """
    parsed = parse(claim)
    for head in parsed.tokens:
        firsts = [one for one in parsed.below(head) if one.relation == "compound" and one.pos == "PROPN"]
        if head.pos != "PROPN" or not firsts or firsts[-1].at != head.at - 1:
            continue
        full = claim[firsts[0].start : head.end]
        surname = re.compile(rf"(?<![{CAPITAL}])\b{re.escape(head.text)}\b")
        bearers = {
            match[1]
            for text in texts
            for match in re.finditer(rf"([{CAPITAL}][\w.’'-]*)\s+{re.escape(head.text)}\b", text)
        }
        naming = next((number for number, text in enumerate(texts) if full in text), None)
        if naming is None or full in texts[at] or bearers != {firsts[-1].text}:
            continue
        completed, found = surname.subn(full, texts[at], count=1)
        if found:
            return completed, naming
    return None
