"""Sentences of an article that stand for the whole, chosen without a model of language.

Greedily, by gain for each word, those that add most to the objective of ``salience`` among those that
can be read alone (Lin and Bilmes 2010, with costs). A long text is read in parts; a long summary
follows its sections. Measured beside other methods by ``python -m retrieval.evaluation.summaries``.
"""

import heapq
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from retrieval.domain import BlockKind, Span
from retrieval.nlp import (
    can_stand,
    depends_on_previous,
    is_prose,
    leads_in,
    shorter,
    without_connective,
    without_dateline,
)
from retrieval.structure import Structure, read_structure
from retrieval.summaries.salience import Objective, Unit

Length = Literal["short", "medium", "long"]
"""How long a summary is: one or two sentences, about three, or a fifth of the article."""
Lean = Callable[[Sequence[str]], Sequence[float]]
_SHORT_WORDS = 30
_MEDIUM_WORDS = 60
_LONG_SHARE = 0.2

_MAX_EXCESS = 1.2
"""A summary may be this much longer than asked when that ends on a whole sentence."""
_FULL = 0.92
"""Nothing is added to a summary that has this share of the words asked for."""
_MAX_FIRST = 1.5
"""The only sentence may be this much longer than asked."""
_MAX_UNIT_SENTENCES = 3
_TELLS: frozenset[BlockKind] = frozenset(("paragraph", "item", "answer", "turn", "quotation"))
"""Blocks whose sentences may be shown; a row needs its table, a caption its picture."""
_SAME = 0.5
"""Share of all their words that two sentences have in common when one of them is enough."""
_PART_SENTENCES = 400
"""Sentences that are compared with each other; a longer text is read in parts of so many."""
_NARROW = 3
"""How many times the words asked for are chosen of the parts of a long text, to be chosen from again."""
_SECTIONED_WORDS = 150
"""From here on a summary is made section by section."""
_SECTION_WORDS = 40
"""The least words for a section; smaller ones are summarized with the next."""
_SUBJECT_WORDS = 3
_SUBJECT_SHARE = 0.5


def target_words(length: Length, text_words: int) -> int:
    """Return about how many words a summary of that length has."""
    if length == "short":
        return _SHORT_WORDS
    if length == "medium":
        return _MEDIUM_WORDS
    return max(_MEDIUM_WORDS, round(_LONG_SHARE * text_words))


def choose_sentences(
    text: str,
    sentences: Sequence[Span],
    *,
    words: int,
    title: str = "",
    lean: Lean | None = None,
    structure: Structure | None = None,
) -> list[Span]:
    """Return sentences of about *words* words that stand for *text*, in its order.

    A sentence comes without its dateline, and a very long one may come in part. When no
    sentence can be read alone, lines that say something are returned; of nothing, nothing.

    Args:
        text: The article.
        sentences: Its sentences in order.
        words: How long the summary should be; up to 1.2 times that, or one longer sentence.
        title: The article's title.
        lean: How much each sentence is about what the summary should lean to, 0 to 1.
        structure: The article's; read from the text if it is not given.
    """
    spans = pieces_of(text, sentences)
    structure = structure or read_structure(text)
    units = find_units(text, spans, structure)
    if not units:
        return _lines(text, spans, words)
    about = lean([span.of(text) for span in spans]) if lean is not None else None
    if about is not None and any(about):
        units = [unit for unit in units if any(about[at] > 0 for at in unit.members)] or units
    chosen = _Chooser(text, spans, structure, title, about).choose(units, words)
    return [spans[at] for at in sorted(chosen)]


def pieces_of(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Return what is shown of sentences: no dateline, bullet or "But" before it, and not too much at once."""
    pieces = (without_dateline(text, piece) for span in sentences for piece in shorter(text, span))
    return [without_connective(text, piece) for piece in pieces]


def find_units(text: str, spans: Sequence[Span], structure: Structure) -> list[Unit]:
    """Return what of a text can be shown alone: sentences, with those before them that they depend on.

    An item comes with what leads to its list, an answer like "Yes, on Sundays." with its question.
    """
    kinds = [structure.kind_of(span) for span in spans]
    lead_ins = [
        structure.lead_in_of(span) if kind == "item" else None
        for span, kind in zip(spans, kinds, strict=True)
    ]
    told = [
        kind in _TELLS and (is_prose(text, span) or lead_in is not None)
        for span, kind, lead_in in zip(spans, kinds, lead_ins, strict=True)
    ]
    leans = [fit and depends_on_previous(text, span) for fit, span in zip(told, spans, strict=True)]
    needed = [
        structure.question_of(spans[at]) if leans[at] and at and kinds[at - 1] == "question" else lead_ins[at]
        for at in range(len(spans))
    ]
    last_places = {span.end: at for at, span in enumerate(spans)}
    units: list[Unit] = []
    for at in range(len(spans)):
        first = at
        while first > 0 and at - first < _MAX_UNIT_SENTENCES - 1 and _hangs(told, leans, needed, first):
            first -= 1
        if not told[first] or _hangs(told, leans, needed, first):
            continue
        above = needed[first]
        place = last_places.get(above.end, at) if above is not None else None
        if place is None:
            units.append(Unit(tuple(range(first, at + 1))))
        elif place < first:
            units.append(Unit((place, *range(first, at + 1))))
    return units


def _hangs(told: Sequence[bool], leans: Sequence[bool], needed: Sequence[Span | None], place: int) -> bool:
    """Tell whether a sentence needs the one before it, and no question or lead-in says what it is about."""
    return told[place] and leans[place] and needed[place] is None


def _lines(text: str, spans: Sequence[Span], words: int) -> list[Span]:
    """Return the first lines of a text without prose that are no headings, about *words* words of them."""
    chosen: list[Span] = []
    count = 0
    for span in spans:
        size = len(span.of(text).split())
        if not can_stand(text, span) or leads_in(span.of(text)):
            continue
        if chosen and count + size > words:
            break
        chosen.append(span)
        count += size
    return chosen or list(spans[:1])


class _Chooser:
    """Chooses among the units of one text."""

    def __init__(
        self,
        text: str,
        spans: Sequence[Span],
        structure: Structure,
        title: str,
        about: Sequence[float] | None,
    ) -> None:
        self._text = text
        self._spans = spans
        self._structure = structure
        self._title = title
        self._about = about
        self._lengths = [len(span.of(text).split()) for span in spans]

    def choose(self, units: Sequence[Unit], words: int) -> set[int]:
        """Return the places of the sentences for a summary of about *words* words."""
        every = range(len(self._spans))
        if words < _SECTIONED_WORDS or self._about is not None:
            return self._choose_among(every, units, words)
        return self._share_out(self._sections(words), units, words)

    def _sections(self, words: int) -> list[Sequence[int]]:
        """Return the places below each heading, small sections together."""
        heads = [block.span.start for block in self._structure.blocks if block.kind == "heading"]
        total = max(1, sum(self._lengths))
        groups: list[list[int]] = [[]]
        section = 0
        for place, span in enumerate(self._spans):
            now = bisect_right(heads, span.start)
            size = sum(self._lengths[at] for at in groups[-1][-_PART_SENTENCES:])
            if now != section and words * size >= _SECTION_WORDS * total:
                groups.append([])
            section = now
            groups[-1].append(place)
        return list(groups)

    def _share_out(self, groups: Sequence[Sequence[int]], units: Sequence[Unit], words: int) -> set[int]:
        """Choose in each group in proportion to its length."""
        chosen: set[int] = set()
        left, text_left = words, sum(self._lengths[at] for group in groups for at in group)
        for group in groups:
            size = sum(self._lengths[at] for at in group)
            wanted = round(left * size / max(1, text_left))
            text_left -= size
            if wanted > 0:
                found = self._choose_among(group, units, wanted)
                left -= sum(self._lengths[at] for at in found)
                chosen |= found
        return chosen

    def _choose_among(self, places: Sequence[int], units: Sequence[Unit], words: int) -> set[int]:
        """Choose among some sentences of the text; of many, first in parts, then among what was chosen."""
        inside = set(places)
        units = [unit for unit in units if inside.issuperset(unit.members)]
        if len(places) <= _PART_SENTENCES:
            return self._compare(places, units, words)
        count = -(-len(places) // _PART_SENTENCES)
        parts = [places[at * len(places) // count : (at + 1) * len(places) // count] for at in range(count)]
        if words >= count * _SECTION_WORDS and self._about is None:
            return self._share_out(parts, units, words)
        share = max(_SECTION_WORDS, _NARROW * words // count)
        narrowed = sorted(at for part in parts for at in self._choose_among(part, units, share))
        if len(narrowed) > len(places) / 2:
            return self._compare(narrowed[:_PART_SENTENCES], units, words)
        return self._choose_among(narrowed, units, words)

    def _compare(self, places: Sequence[int], units: Sequence[Unit], words: int) -> set[int]:
        """Choose among sentences that are all compared with each other."""
        local = {place: at for at, place in enumerate(places)}
        near = [Unit(tuple(local[at] for at in unit.members)) for unit in units if unit.members[0] in local]
        if not near:
            return set()
        spans = [self._spans[at] for at in places]
        about = [self._about[at] for at in places] if self._about is not None else None
        objective = Objective(self._text, spans, title=self._title, about=about)
        chosen = _take_greedily(objective, near, words)
        if about is None and (opening := self._opening(objective, near, min(chosen), words)):
            objective.forget()
            chosen = _take_greedily(objective, [opening, *near], words, seed=opening)
        return {places[at] for at in chosen}

    def _opening(self, objective: Objective, units: Sequence[Unit], first: int, words: int) -> Unit | None:
        """Return what names the subject and may stand before *first*, which does not."""
        subject = objective.heaviest(_SUBJECT_SHARE, _SUBJECT_WORDS)
        if objective.terms[first] & subject:
            return None
        objective.forget()
        before = [
            unit
            for unit in units
            if unit.members[0] < first
            and objective.terms[unit.members[0]] & subject
            and sum(objective.lengths[at] for at in unit.members) <= words
        ]
        return max(before, key=lambda unit: objective.gain(unit, set()), default=None)


def _take_greedily(
    objective: Objective, units: Sequence[Unit], words: int, seed: Unit | None = None
) -> set[int]:
    """Take the unit that adds most for its length, again and again, until the words are used up."""
    chosen: set[int] = set()
    used = 0
    if seed is not None:
        objective.take(seed)
        chosen.update(seed.members)
        used = sum(objective.lengths[at] for at in chosen)
    # Gains only fall, so that a gain from an earlier step is a bound (Minoux 1978).
    waiting = [(-objective.gain(unit, chosen), at) for at, unit in enumerate(units)]
    heapq.heapify(waiting)
    stamps = [len(chosen)] * len(units)
    best = units[waiting[0][1]]
    while waiting and used < _FULL * words:
        _, at = heapq.heappop(waiting)
        unit = units[at]
        new = [place for place in unit.members if place not in chosen]
        size = sum(objective.lengths[place] for place in new)
        most = _MAX_EXCESS * words - used if chosen else _MAX_FIRST * words
        if not new or size > most or _repeats(objective, new, chosen):
            continue
        if stamps[at] != len(chosen):
            stamps[at] = len(chosen)
            heapq.heappush(waiting, (-objective.gain(unit, chosen), at))
            continue
        objective.take(unit)
        chosen.update(new)
        used += size
    return chosen or set(best.members)


def _repeats(objective: Objective, new: Sequence[int], chosen: Iterable[int]) -> bool:
    """Tell whether one of some sentences says nearly what a chosen one says."""
    for at in new:
        terms = objective.terms[at]
        if any(
            len(terms & objective.terms[other]) >= _SAME * max(1, len(terms | objective.terms[other]))
            for other in chosen
        ):
            return True
    return False
