"""The parts of an article that are alike but for their names or places, and which of them a question means.

"The last climber must leave by 21:45" stands under "Rope hall" and, with another time, under "Cave". A
question that names one of them is not answered by the other, however alike the words. A question about all
gets every item of the list or row of the table that it means; one about the third gets the third; "how many"
is counted from the list where the text gives no number.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from retrieval.answers.coverage import asked_words, unmet, word_keys
from retrieval.answers.noun_phrases import find_interviewee
from retrieval.domain import Block, Span
from retrieval.nlp import is_negated
from retrieval.structure import ProseList, Structure, find_prose_list
from retrieval.text import STOP_WORDS, quantities, stem, word_set

_WORD = re.compile(r"(?<![\w.])v?(?P<number>\d+(?:[.,:]\d+)*)(?P<open>\.x\b)?|[^\W\d_]+")
_LETTERED = re.compile(
    r"\b(?:room|hall|class|type|annex|appendix|section|part|gate|platform|block|building|group|zone|option"
    r"|plan|model|form|schedule|exhibit|team|line|route|stage|level|unit|wing|terminal|grade|category"
    r"|version|edition|series|variant|house|tower|court|lane|pool|track|ward|floor)\s+(?P<letter>[a-z])\b(?!['’])",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"^\W*\d+(?:\.\d+)*[.)]?\s+(?=[^\W\d_])")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_MAX_NAME_CHARS = 80
_OPEN = ".x"


def label_words(text: str) -> frozenset[str]:
    """Return the words of a name or a question by which parts are told apart; numbers and letters count."""
    found: set[str] = set()
    for match in _WORD.finditer(text.lower()):
        if match["number"]:
            found.add(match["number"] + (match["open"] or ""))
        elif len(match[0]) > 1 and match[0] not in STOP_WORDS:
            found.add(_root(match[0]))
    found |= {match["letter"].lower() for match in _LETTERED.finditer(text)}
    return frozenset(found)


def is_named(name: Iterable[str], asked: frozenset[str]) -> bool:
    """Tell whether all words of a name are asked for; "3.x" is by "3" and by "3.2"."""
    return all(
        word in asked
        or (word.endswith(_OPEN) and any(_is_within(one, word.removesuffix(_OPEN)) for one in asked))
        for word in name
    )


def _is_within(number: str, major: str) -> bool:
    return number == major or number.startswith(f"{major}.")


def _root(word: str) -> str:
    single = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return stem(single)


@dataclass(frozen=True, slots=True)
class _Group:
    """Sections under one heading, or rows of one table."""

    names: dict[int, tuple[frozenset[str], ...]]
    """By the index of the block: the sets of words each of which names it."""


@dataclass(slots=True)
class Parts:
    """The sections, rows and items of one article, found by their place."""

    structure: Structure
    items: list[Block] = field(init=False)
    header_rows: frozenset[int] = field(init=False)
    """Indices of the rows that name the columns of others."""
    interviewee: str = field(init=False)
    """Whom the questions of an interview address; empty in other texts."""
    _groups: list[_Group] = field(init=False)
    _group_of: dict[int, int] = field(init=False)
    _item_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Group the blocks."""
        blocks = self.structure.blocks
        self.items = sorted((one for one in blocks if one.kind == "item"), key=lambda one: one.span)
        self._item_starts = [one.span.start for one in self.items]
        self.interviewee = find_interviewee(self.structure)
        rows = {at: block for at, block in enumerate(blocks) if block.kind == "row"}
        self.header_rows = frozenset(self._header_rows(rows))
        self._groups, self._group_of = [], {}
        self._group_sections()
        self._group_rows(rows)

    def items_in(self, span: Span) -> list[Span]:
        """Return the items that begin within *span*."""
        low, high = bisect_left(self._item_starts, span.start), bisect_right(self._item_starts, span.end - 1)
        return [one.span for one in self.items[low:high]]

    def is_header_row(self, span: Span) -> bool:
        """Tell whether *span* is a row that names columns."""
        return self.structure.block_at(span) in self.header_rows

    def list_of(self, span: Span) -> list[Span]:
        """Return the items of the list in which *span* is one, inner ones too; empty if it is no item."""
        at = self.structure.block_at(span)
        if at is None or self.structure.blocks[at].kind != "item":
            return []
        while (above := self.structure.blocks[at].parent) is not None and self.structure.blocks[
            above
        ].kind == "item":
            at = above
        parent = self.structure.blocks[at].parent
        inside = {
            at
            for at, block in enumerate(self.structure.blocks)
            if self._top_parent(at) == parent and block.kind == "item"
        }
        return [self.structure.blocks[one].span for one in sorted(inside)]

    def rows_like(self, span: Span, asked: frozenset[str]) -> list[Span]:
        """Return the rows of the table of *span* that the question means: all, if it names none."""
        at = self.structure.block_at(span)
        while at is not None and self.structure.blocks[at].kind != "row":
            at = self.structure.blocks[at].parent
        if at is None or at not in self._group_of:
            return []
        rows = self._groups[self._group_of[at]].names
        meant = [one for one in rows if self._is_meant(one, asked)] or list(rows)
        return [self.structure.blocks[one].span for one in meant] if at in meant else []

    def place_in_list(self, span: Span) -> tuple[int, int] | None:
        """Return which item of how many *span* is, counted from 1; ``None`` if it is no item of a list."""
        at = self.structure.block_at(span)
        if at is None or self.structure.blocks[at].kind != "item":
            return None
        block = self.structure.blocks[at]
        beside = [one for one in self.items if self._same_list(one, block)]
        return beside.index(block) + 1, len(beside)

    def _same_list(self, one: Block, other: Block) -> bool:
        return one.parent == other.parent and one.level == other.level

    def _top_parent(self, at: int) -> int | None:
        """Return what an item's outermost list stands under."""
        above = self.structure.blocks[at].parent
        while above is not None and self.structure.blocks[above].kind == "item":
            above = self.structure.blocks[above].parent
        return above

    def is_elsewhere(self, span: Span, asked: frozenset[str]) -> bool:
        """Tell whether *span* stands in one of several like parts, and the question names another of them."""
        return any(self._names_other(at, asked) for at in self._chain(span))

    def named_parts(self, span: Span, asked: frozenset[str]) -> int:
        """Return how many of the parts around *span* the question names."""
        return sum(self._is_meant(at, asked) for at in self._chain(span))

    def _chain(self, span: Span) -> Sequence[int]:
        at, found = self.structure.block_at(span), []
        while at is not None:
            if at in self._group_of:
                found.append(at)
            at = self.structure.blocks[at].parent
        return found

    def _is_meant(self, at: int, asked: frozenset[str]) -> bool:
        return any(is_named(name, asked) for name in self._groups[self._group_of[at]].names[at])

    def _names_other(self, at: int, asked: frozenset[str]) -> bool:
        if self._is_meant(at, asked):
            return False
        group = self._groups[self._group_of[at]]
        return any(
            is_named(name, asked) for other, names in group.names.items() if other != at for name in names
        )

    def _header_rows(self, rows: dict[int, Block]) -> set[int]:
        starts = sorted((block.span.start, block.span.end, at) for at, block in rows.items())
        first = [one[0] for one in starts]
        found: set[int] = set()
        for block in self.structure.blocks:
            for head in block.headers:
                place = bisect_right(first, head.start) - 1
                if place >= 0 and head.start < starts[place][1] and starts[place][2] != block.parent:
                    found.add(starts[place][2])
        return found

    def _group_sections(self) -> None:
        sections: dict[tuple[int | None, int], dict[int, list[str]]] = {}
        for at, block in enumerate(self.structure.blocks):
            if block.kind == "heading":
                words = block.span.of(self.structure.text)[:_MAX_NAME_CHARS]
                sections.setdefault((block.parent, block.level), {})[at] = [words]
        for names in sections.values():
            self._add(names)

    def _group_rows(self, rows: dict[int, Block]) -> None:
        cells: dict[int, list[str]] = {}
        for block in self.structure.blocks:
            if block.kind == "cell" and block.parent is not None and block.parent not in self.header_rows:
                words = block.span.of(self.structure.text)[:_MAX_NAME_CHARS]
                if any(char.isalpha() for char in words):
                    cells.setdefault(block.parent, []).append(words)
        tables: list[dict[int, list[str]]] = []
        last: int | None = None
        for at in sorted(rows, key=lambda one: rows[one].span):
            if last is None or rows[at].parent != rows[last].parent or not tables:
                tables.append({})
            if at in cells:
                tables[-1][at] = cells[at]
            last = at
        for names in tables:
            self._add(names)

    def _add(self, names: dict[int, list[str]]) -> None:
        """Add a group with what tells its parts from each other; none of one part."""
        words = {
            at: [label_words(_ASIDE.sub("", _NUMBERING.sub("", name))) for name in found]
            for at, found in names.items()
        }
        if len(words) < 2:
            return
        common = frozenset.intersection(*(frozenset().union(*sets) for sets in words.values()))
        group = {at: tuple(own for one in sets if (own := one - common)) for at, sets in words.items()}
        for at in group:
            self._group_of[at] = len(self._groups)
        self._groups.append(_Group(group))


_PLURAL = r"(?!(?:is|was|has|does|its|this|news|series|species|always|perhaps|means)\b)[a-z][\w’'-]*[^\Wsui]s"
_BETWEEN = (
    r"(?!(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|might|time|year|day|if)\b)"
    r"[\w’'-]+"
)
_ASKS_FOR_ALL = re.compile(
    r"^\W*(?:please )?(?:list|enumerate)\b"
    r"|^\W*(?:please )?(?:name|give(?: me)?|show(?: me)?|tell me) (?:all|every)\b"
    r"|^\W*(?:pros|cons|advantages|disadvantages|benefits|drawbacks|ingredients|steps|rules|requirements|exceptions)\b"
    rf"|\bwh(?:at|ich)(?:['’]?re)? (?:are|were) (?:all )?(?:of )?the (?:[\w’'-]+ ){{0,3}}?{_PLURAL}\b"
    rf"|\b(?:which|what)(?: {_BETWEEN}){{0,2}}? {_PLURAL}\b(?! (?:is|was|has|does)\b)"
    r"|\bhow many\b.*\band (?:which|what|who)\b"
    r"|\b(?:all|every one) of the\b",
    re.IGNORECASE,
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "first 1st one",
            "second 2nd two",
            "third 3rd three",
            "fourth 4th four",
            "fifth 5th five",
            "sixth 6th six",
            "seventh 7th seven",
            "eighth 8th eight",
            "ninth 9th nine",
            "tenth 10th ten",
        ),
        1,
    )
    for word in words.split()
}
_ORDINAL = "|".join(
    word for word in _NUMBERS if word not in word_set("one two three four five six seven eight nine ten")
)
_THING = r"(?:steps?|things?|items?|points?|rules?|stages?|tips?|reasons?|instructions?|tasks?)"
_BY_PLACE = re.compile(
    rf"\b(?P<before>{_ORDINAL}|last|final)\s+{_THING}\b|\b(?:step|item|point|rule|stage|tip|reason)\s+(?:no\.?\s*)?"
    rf"(?P<behind>\d{{1,2}}|{'|'.join(_NUMBERS)})\b",
    re.IGNORECASE,
)
_NAMED_PLACE = re.compile(
    rf"\b(?:step|stage|tip|rule|point)\s+(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})\b", re.IGNORECASE
)


def asks_for_all(question: str) -> bool:
    """Tell whether a question wants all there is of something."""
    return _ASKS_FOR_ALL.search(question) is not None


def asked_place(question: str) -> int | None:
    """Return which item of a list is asked for, from 1, -1 for the last; ``None`` if none is by its place."""
    match = _BY_PLACE.search(question)
    if match is None:
        return None
    word = (match["before"] or match["behind"]).lower()
    if word in ("last", "final"):
        return -1
    return int(word) if word.isdigit() else _NUMBERS[word]


def is_at_place(place: int, span: Span, parts: Parts) -> bool | None:
    """Tell whether *span* is the item at that place, or says so; ``None`` if it is neither item nor says."""
    words = span.of(parts.structure.text)
    named = [match["number"].lower() for match in _NAMED_PLACE.finditer(words)]
    if named:
        return place in [int(one) if one.isdigit() else _NUMBERS[one] for one in named]
    listed = find_prose_list(parts.structure, span)
    if listed is not None and (item := listed.item_of(span)) is not None:
        return listed.items.index(item) + 1 == (len(listed.items) if place == -1 else place)
    found = parts.place_in_list(span)
    if found is None:
        return None
    number, count = found
    return number == (count if place == -1 else place)


def means_all(question: str, listed: ProseList, text: str) -> bool:
    """Tell whether a question about a part of an enumeration in prose means all parts.

    It does not if it gives a place, or has a word that one part has and nothing above the parts and no other.
    """
    if asked_place(question) is not None:
        return False
    above = listed.lead_in.of(text) if listed.lead_in else ""
    left = unmet(asked_words(question), word_keys(above))
    said = [left - unmet(left, word_keys(one.of(text))) for one in listed.items]
    return all(sum(word in held for held in said) != 1 for word in left)


FEWEST_COUNTED = 2
"""Items of a list whose number is given."""
MAX_LIST_CHARS = 900
"""Characters of a list that is shown whole; of a longer one the first items, and the answer says so."""


def whole_list(span: Span, question: str, parts: Parts, above: str = "") -> list[Span]:
    """Return the items or rows that a question about all means, in the order of the article.

    Where some words of the question stand in items and in nothing above them, only the items that hold all
    of these are meant, in whichever list of the article. Only *span* if it stands in no list and no table.

    Args:
        span: What answers best.
        question: Such as "Which boats are leaking?".
        parts: Of the article.
        above: The title, the headings and the lead-ins over the span.
    """
    rows = parts.rows_like(span, label_words(question))
    if rows:
        return sorted(rows)
    items = parts.list_of(span)
    if not items:
        return [span]
    told = _told_of_items(question, parts, above)
    if told:
        meant = [item.span for item in parts.items if not unmet(told, word_keys(_words(item, parts)))]
        if span in meant or len(meant) >= FEWEST_COUNTED:
            return meant
    return items


def _told_of_items(question: str, parts: Parts, above: str) -> frozenset[str]:
    """Return the words of a question that some item of the article holds, and nothing above the items."""
    left = unmet(asked_words(question), word_keys(above))
    held = word_keys(" ".join(_words(item, parts) for item in parts.items))
    return left - unmet(left, held)


def _words(item: Block, parts: Parts) -> str:
    return item.span.of(parts.structure.text)


def counted(span: Span, question: str, parts: Parts, above: str) -> list[Span]:
    """Return the items that are counted for "how many"; none where it is not sure which are meant.

    All items of a list where what stands above them names all that is asked; else those that hold what
    is left of the question, where every word of it stands above or in an item ("How many projects were
    refused?"). Only those of one level: what is under an item is a part of it. Nothing where the article
    has other lists that may be meant as well, where an item gives a number of what is asked for itself
    ("200 grams of flour"), and for a question that denies: an item without a word does not deny it.
    """
    listed = find_prose_list(parts.structure, span)
    if listed is not None and listed.is_whole:
        lead_in = listed.lead_in.of(parts.structure.text) if listed.lead_in else ""
        return [] if unmet(asked_words(question), word_keys(f"{above} {lead_in}")) else list(listed.items)
    at = parts.structure.block_at(span)
    if at is None or parts.structure.blocks[at].kind != "item" or is_negated(question, "en"):
        return []
    own = parts.structure.blocks[at]
    beside = [item for item in parts.items if (item.parent, item.level) == (own.parent, own.level)]
    others = [item for item in parts.items if item not in beside and item.level == own.level]
    asked = asked_words(question)
    left = unmet(asked, word_keys(above))
    meant = [item for item in beside if not unmet(left, word_keys(_words(item, parts)))]
    units = word_keys(" ".join(one.unit for item in meant for one in quantities(_words(item, parts))))
    if asked & units:
        return []
    named = parts.named_parts(span, label_words(question)) > 0
    return [item.span for item in meant] if len(meant) >= FEWEST_COUNTED and (named or not others) else []


def within_limit(spans: Sequence[Span], most: int = MAX_LIST_CHARS) -> list[Span]:
    """Return as many of the spans as may be shown at once."""
    shown: list[Span] = []
    for span in spans:
        if shown and sum(one.end - one.start for one in (*shown, span)) > most:
            break
        shown.append(span)
    return shown
