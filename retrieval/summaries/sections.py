"""The sections of a long text, so that a long summary follows its headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.structure import infer_blocks

_LEAST_SENTENCES = 8
"""A shorter section is told with the one before it."""
_MOST_SENTENCES = 150
"""A longer one is told in parts."""
_LEAST_WORDS = 25
"""A section whose share of the summary is shorter lends it to the next."""


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences from *first* to before *end*."""

    first: int
    end: int

    def holds(self, members: Sequence[int]) -> bool:
        """Tell whether all of some sentences stand in it."""
        return self.first <= members[0] and members[-1] < self.end


def split_sections(text: str, spans: Sequence[Span]) -> list[Section]:
    """Return the sections of a text with the sentences *spans*: from heading to heading, in parts if long."""
    heads = sorted(block.span.start for block in infer_blocks(text) if block.kind == "heading")
    cuts, at = [0], 0
    for place, span in enumerate(spans):
        passed = at
        while at < len(heads) and heads[at] <= span.start:
            at += 1
        if (at > passed and place - cuts[-1] >= _LEAST_SENTENCES) or place - cuts[-1] >= _MOST_SENTENCES:
            cuts.append(place)
    return [Section(first, end) for first, end in zip(cuts, [*cuts[1:], len(spans)], strict=True)]


def share_words(text: str, spans: Sequence[Span], sections: Sequence[Section], words: int) -> list[int]:
    """Return how many words of a summary fall to each section, by its length."""
    if len(sections) == 1:
        return [words]
    sizes = [sum(len(span.of(text).split()) for span in spans[one.first : one.end]) for one in sections]
    shares, owed = [], 0.0
    for size in sizes:
        owed += words * size / max(1, sum(sizes))
        shares.append(round(owed) if owed >= _LEAST_WORDS else 0)
        owed -= shares[-1]
    if not any(shares):
        shares[0] = words
    return shares
