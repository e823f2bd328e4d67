"""Lists that stand in prose.

"Two inventions helped. The first was a shuttle. The second was a drum." No mark and no line break shows
them, only the words that their sentences begin with.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from retrieval.domain import Span
from retrieval.parsing import Parsed, Token, parse
from retrieval.structure.structure import Structure
from retrieval.text import load_groups, sentences

FEWEST = 2
MOST_BETWEEN = 3
"""Sentences that may tell more of one part before the next one begins."""
MAX_PART_CHARS = 300
"""Of a part with what is told of it; of a longer one the first sentence is taken."""
MAX_WHOLE_CHARS = 1_200
_AROUND_CHARS = 1_500
"""Of the paragraphs before and behind a sentence in which its enumeration may begin and end."""
_CACHED = 256

_ORDINALS = load_groups("enumerators", "ordinals")
_OPENERS = load_groups("enumerators", "openers")
_PLACES = {word: place for place, words in enumerate(_ORDINALS.values(), 1) for word in words}
_OPENS = re.compile(
    rf"\W*(?:(?i:and|but|then)\s)?(?:(?i:the|an?|in the)\s+)?"
    rf"(?:(?P<ordinal>(?i:{'|'.join(_PLACES)}))|(?P<ends>(?i:{'|'.join(_OPENERS['ends'])})))(?=[,:]|\s[a-z])"
    rf"|\W*(?:(?P<begins>(?i:{'|'.join(_OPENERS['begins'])}))|(?P<goes_on>(?i:{'|'.join(_OPENERS['goes_on'])})))\b"
)
_GOES_ON = re.compile(
    rf"(?:^|[.!?:;]\W*\s)\W*(?:(?:and|the|a)\s+)?(?:{'|'.join(word for word in _PLACES if _PLACES[word] > 1)}"
    rf"|{'|'.join((*_OPENERS['goes_on'], *_OPENERS['ends']))})\b",
    re.IGNORECASE,
)
"""A quick look for a second part, before a text is split into sentences."""


_ALONE = re.compile(rf"\W*(?i:{'|'.join((*_PLACES, *_OPENERS['ends']))})[,:]")
"""How a part begins that nothing announces: with the opener alone."""


@dataclass(frozen=True, slots=True)
class ProseList:
    """An enumeration in prose; spans of the article's text."""

    lead_in: Span | None
    """The sentence that announces it."""
    items: tuple[Span, ...]
    """Each from its first sentence to its last one; at least two."""
    announced: int | None = None
    """How many the lead-in says there are."""

    @property
    def whole(self) -> Span:
        """From the lead-in to the last item."""
        return Span((self.lead_in or self.items[0]).start, self.items[-1].end)

    @property
    def is_whole(self) -> bool:
        """Whether there are as many items as the lead-in says, if it says so."""
        return self.announced is None or self.announced == len(self.items)

    def item_of(self, span: Span) -> Span | None:
        """Return the item in which *span* stands."""
        return next((one for one in self.items if one.start <= span.start < one.end), None)


def find_prose_list(structure: Structure, span: Span) -> ProseList | None:
    """Return the enumeration of which a sentence is the lead-in or a part; ``None`` if there is none."""
    if structure.kind_of(span) != "paragraph":
        return None
    around = _around(structure, span)
    text = around.of(structure.text)
    if not _GOES_ON.search(text):
        return None
    for found in _enumerations(text):
        one = _shift(found, around.start)
        if one.whole.start <= span.start < one.whole.end:
            return one
    return None


def _around(structure: Structure, span: Span) -> Span:
    """Return the paragraphs around a sentence that stand under the same heading, as one span."""
    at = structure.block_at(span)
    if at is None:
        return span
    own = structure.blocks[at]
    start, end = own.span.start, own.span.end
    beside = sorted(
        (one.span for one in structure.blocks if one.kind == "paragraph" and one.parent == own.parent),
        key=lambda one: one.start,
    )
    for one in beside:
        if end <= one.start and one.end - span.end <= _AROUND_CHARS and _is_next(structure, end, one.start):
            end = one.end
    for one in reversed(beside):
        if (
            one.end <= start
            and span.start - one.start <= _AROUND_CHARS
            and _is_next(structure, one.end, start)
        ):
            start = one.start
    return Span(start, end)


def _is_next(structure: Structure, end: int, start: int) -> bool:
    """Tell whether nothing but white space stands between two places."""
    return not structure.text[end:start].strip()


def _shift(one: ProseList, by: int) -> ProseList:
    lead_in = Span(one.lead_in.start + by, one.lead_in.end + by) if one.lead_in else None
    return ProseList(
        lead_in, tuple(Span(each.start + by, each.end + by) for each in one.items), one.announced
    )


@lru_cache(maxsize=_CACHED)
def _enumerations(text: str) -> tuple[ProseList, ...]:
    """Return the enumerations of a few paragraphs."""
    spans = sentences(text)
    runs: list[list[int]] = []
    current: list[int] = []
    for at, span in enumerate(spans):
        match = _OPENS.match(span.of(text))
        if match is None:
            continue
        place = _PLACES.get((match["ordinal"] or "").lower(), 0)
        goes_on = bool(current) and at - current[-1] <= MOST_BETWEEN + 1
        if goes_on and _follows(place, match, len(current)):
            current.append(at)
            if match["ends"]:
                runs.append(current)
                current = []
        elif place == 1 or match["begins"]:
            runs.append(current)
            current = [at]
    runs.append(current)
    found = (_read(text, spans, run) for run in runs if len(run) >= FEWEST)
    return tuple(one for one in found if one is not None)


def _follows(place: int, match: re.Match[str], before: int) -> bool:
    """Tell whether a sentence opens the part behind as many *before* it."""
    if place:
        return place == before + 1
    return bool(match["goes_on"] or match["ends"])


def _read(text: str, spans: Sequence[Span], run: Sequence[int]) -> ProseList | None:
    """Return the enumeration whose parts begin at the sentences of a *run*."""
    items = [_part(text, spans, one, after) for one, after in pairwise(run)]
    items.append(spans[run[-1]])
    lead_in, announced = None, None
    if run[0]:
        before = spans[run[0] - 1]
        named, announced = _announces(before.of(text), len(items))
        lead_in = before if named else None
    if lead_in is None and not all(_ALONE.match(spans[at].of(text)) for at in run):
        return None  # "The first edition …" and "The second edition …" are two sentences like others
    one = ProseList(lead_in, tuple(items[:announced]), announced)
    return one if one.whole.end - one.whole.start <= MAX_WHOLE_CHARS else None


def _part(text: str, spans: Sequence[Span], one: int, after: int) -> Span:
    """Return a part up to the next one; its first sentence if that is long or runs over a paragraph."""
    whole = Span(spans[one].start, spans[after - 1].end)
    short = whole.end - whole.start <= MAX_PART_CHARS and "\n\n" not in whole.of(text)
    return whole if short else spans[one]


def _announces(sentence: str, count: int) -> tuple[bool, int | None]:
    """Tell whether a sentence speaks of several things, and how many it says there are.

    Of several numbers the one counts that is as many as *count*, else one that is more, else one that is
    fewer: what follows then is no part of the enumeration.
    """
    if sentence.rstrip().endswith(":"):
        return True, None
    parsed = parse(sentence)
    plural = [token for token in parsed.tokens if token.tag in ("NNS", "NNPS")]
    if not plural:
        return False, None
    numbers = [number for token in plural if (number := _count_of(token, parsed)) is not None]
    likely = [number for number in numbers if FEWEST <= number <= len(_ORDINALS)]
    likely.sort(key=lambda number: (number != count, number < count))
    return True, likely[0] if likely else None


def _count_of(noun: Token, parsed: Parsed) -> int | None:
    """Return the number in front of a noun, in words or digits, up to as many as ordinals are known."""
    for token in parsed.below(noun):
        if token.relation == "nummod":
            return _NUMBERS.get(token.lower) or (int(token.text) if token.text.isdigit() else None)
    return None


_NUMBERS = {
    word: number for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven"], 1)
}
