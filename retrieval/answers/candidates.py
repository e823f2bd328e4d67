"""What of the best passages may be shown as an answer, and how each part is read.

A sentence alone often does not say what it is about: its article's title, its headings, the question it
answers or the row's name do. The cross-encoder reads them in front of the sentence.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.answers.noun_phrases import with_name
from retrieval.answers.parts import Parts
from retrieval.domain import Article, ArticleId, Hit, Span
from retrieval.nlp import can_stand, leads_in, with_context
from retrieval.structure import Structure, find_prose_list
from retrieval.text import is_own_title, sentences

SpeakersOf = Callable[[ArticleId], Sequence[tuple[Span, str]]]
"""Gives the quotations of an article whose speaker is known: the words' span, and who."""
MIN_LETTERS = 12
"""A shorter "sentence" is a heading or the end of a caption, unless it is an answer, an item or a row."""
MAX_ITEM_CHARS = 400
"""A longer item is read sentence by sentence."""
MAX_LED_TO = 400
"""Characters of what follows a lead-in and is shown with it; of more, none is."""
MAX_SETTING_CHARS = 240
"""Characters of a heading, question or lead-in that are read in front of a sentence."""
_MARKUP = " \t\n#*_|:：-•–"
_ENDS = re.compile(r"[.!?…:;]\W*$")
_SHORT = frozenset(("answer", "item", "row", "cell", "turn", "footnote"))
"""Kinds of blocks whose words may be few: what stands around them says the rest."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence, an item or a row, with what must be shown and read with it."""

    hit: Hit
    span: Span
    """What is shown: the core, from the start of the sentence before it when it cannot stand alone."""
    core: Span
    """The sentence itself."""
    text: str
    """``span`` of the article's text."""
    setting: tuple[str, ...]
    """What stands over the sentence, outermost first: title, headings, question, lead-in."""
    words: str
    """The sentence as it is read; of a row, each value behind the name of its column."""
    notes: str
    """The footnotes of the sentence."""
    before: str
    """The sentence before it in its section; empty if there is none."""
    after: str
    """The sentence after it in its paragraph; empty if there is none."""
    speakers: tuple[str, ...]
    is_row: bool = False
    question: str = ""
    """The question of the article that it answers."""

    @property
    def article(self) -> Article:
        """The article in which it stands."""
        return self.hit.article

    @property
    def whole(self) -> str:
        """The sentence with what stands over it."""
        return _joined((*self.setting, self.words, self.notes))

    @property
    def refers_back(self) -> bool:
        """Whether it cannot stand without the sentence before it."""
        return self.span != self.core

    @property
    def is_sentence(self) -> bool:
        """Whether it is one that ends as such; an item, a field or a row is not."""
        return not self.is_row and self.words.rstrip(" \n\"'”’)]").endswith((".", "!", "?", "…"))

    def read(self, *, after: bool = False) -> str:
        """Return the candidate as the cross-encoder reads it, *after* the sentence before it or not."""
        unnamed = [who for who in dict.fromkeys(self.speakers) if who not in self.words]
        words = f"{self.before} {self.words}" if after and self.before else self.words
        said = f"{unnamed[0]} said: {words}" if unnamed else words
        return _joined((*self.setting, said, self.notes))

    def window(self) -> tuple[str, Span]:
        """Return it between the sentences around it, and where in that its own words are."""
        ahead = " ".join(
            part if _ENDS.search(part) else f"{part}." for part in (*self.setting, self.before) if part
        )
        start = len(ahead) + 1 if ahead else 0
        whole = " ".join(part for part in (ahead, self.words, self.notes, self.after) if part)
        return whole, Span(start, start + len(self.words))


def candidates_of(hit: Hit, text: str, parts: Parts, said: Sequence[tuple[Span, str]]) -> Iterator[Candidate]:
    """Yield what a passage has to show, in order.

    Args:
        hit: The passage.
        text: The whole text of its article.
        parts: Its sections, rows and items.
        said: Its quotations whose speaker is known.
    """
    structure = parts.structure
    start = hit.passage.span.start
    spans = [Span(start + s.start, start + s.end) for s in sentences(hit.text)]
    seen: set[Span] = set()
    title = hit.article.title if is_own_title(hit.article.title, text) else ""
    for at, core in enumerate(spans):
        before = spans[at - 1] if at else None
        if before and structure.heading_path(before) != structure.heading_path(core):
            before = None  # what stands under another heading explains nothing here
        after = spans[at + 1] if at + 1 < len(spans) else None
        for part in _units(core, parts):
            if part in seen:
                continue
            seen.add(part)
            one = _shown(text, parts, part, before if part.start == core.start else None, after)
            if one is None:
                continue
            span, words = one
            yield Candidate(
                hit=hit,
                span=span,
                core=part,
                text=span.of(text),
                setting=_setting(title, text, parts, part),
                words=words,
                notes=" ".join(_cleaned(note.of(text)) for note in structure.footnotes_of(part)),
                before=before.of(text) if before else "",
                after=after.of(text)
                if after and structure.block_at(after) == structure.block_at(part)
                else "",
                is_row=structure.kind_of(part) in ("row", "cell"),
                speakers=_speakers(part, parts, said),
                question=asked.of(text) if (asked := structure.question_of(part)) else "",
            )


def _units(core: Span, parts: Parts) -> Iterator[Span]:
    """Yield a sentence, and the items that it holds or stands in: a lead-in and its list are one sentence."""
    text = parts.structure.text
    inside = parts.items_in(core)
    own = parts.structure.block_at(core)
    around = parts.structure.blocks[own] if own is not None else None
    if around is not None and around.kind == "item" and around.span.start <= core.start:
        whole = around.span.end - around.span.start <= MAX_ITEM_CHARS
        yield around.span if whole else core
    elif not (inside and leads_in(text[core.start : inside[0].start]) and inside[-1].end > core.end):
        yield core  # not a lead-in with a part of its list
    yield from (item for item in inside if item != core and item.end - item.start <= MAX_ITEM_CHARS)


def _shown(
    text: str, parts: Parts, core: Span, before: Span | None, after: Span | None
) -> tuple[Span, str] | None:
    """Return what is shown of a part and how it is read; ``None`` if it says nothing."""
    structure = parts.structure
    kind = structure.kind_of(core)
    letters = sum(char.isalpha() for char in core.of(text))
    row = structure.read_row(core) if kind in ("row", "cell") else ""
    if not letters and not row:
        return None
    if kind in ("heading", "question") and not _goes_beyond(core, structure):
        return None
    if letters < MIN_LETTERS and kind not in _SHORT and not structure.question_of(core):
        return None
    if row and parts.is_header_row(core):
        return None
    if leads_in(core.of(text)):
        follows = after is not None and not leads_in(after.of(text)) and after.end - core.end <= MAX_LED_TO
        span = Span(core.start, after.end) if after is not None and follows else None
        return None if span is None else (span, _cleaned(span.of(text)))
    if kind not in _SHORT and not can_stand(text, core):
        return None
    if kind in _SHORT and core.of(text).rstrip().endswith("?"):
        return None
    span = core
    listed = find_prose_list(structure, core)
    if listed is not None and listed.lead_in == core:
        return core, _cleaned(listed.whole.of(text))  # its parts are shown with it
    if not row and kind != "item":
        span = with_context(text, core, before if before is not None and can_stand(text, before) else None)
    return span, row or _cleaned(core.of(text))


def _goes_beyond(core: Span, structure: Structure) -> bool:
    """Tell a sentence that only begins in a heading or question: the splitter saw no end there."""
    at = structure.block_at(core)
    return at is not None and structure.blocks[at].span.end < core.end


def _speakers(part: Span, parts: Parts, said: Sequence[tuple[Span, str]]) -> tuple[str, ...]:
    """Return whose words a part holds: of its quotations, else of the answer of an interview that it is."""
    quoted = tuple(who for span, who in said if span.start < part.end and part.start < span.end)
    answers = parts.interviewee and not quoted and parts.structure.question_of(part) is not None
    return (parts.interviewee,) if answers else quoted


def _setting(title: str, text: str, parts_of_text: Parts, core: Span) -> tuple[str, ...]:
    structure = parts_of_text.structure
    above: list[Span] = list(structure.heading_path(core))
    question = structure.question_of(core)
    if question is not None and question not in above:
        above.append(question)
    above += [one for one in structure.lead_ins_of(core) if one not in above and not _overlap(one, core)]
    listed = find_prose_list(structure, core)
    if listed is not None and listed.lead_in is not None and listed.item_of(core) is not None:
        above.append(listed.lead_in)
    parts = [title] if title else []
    for one in above:
        words = _cleaned(one.of(text))[:MAX_SETTING_CHARS]
        if one == question:
            words = with_name(words, parts_of_text.interviewee)
        if words and words.casefold() not in (part.casefold() for part in parts):
            parts.append(words)
    entry = structure.entry_of(core)
    if entry is not None and not _overlap(entry, core):
        parts.append(entry.of(text)[:MAX_SETTING_CHARS])
    return tuple(parts)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _cleaned(words: str) -> str:
    return " ".join(words.split()).strip(_MARKUP)


def _joined(parts: Sequence[str]) -> str:
    """Return parts as one text, each ended as a sentence."""
    whole = [part if _ENDS.search(part) else f"{part}." for part in parts[:-2] if part]
    words, notes = parts[-2:]
    noted = notes if not notes or notes.startswith("Note") else f"Note: {notes}"
    return " ".join(part for part in (*whole, words, noted) if part)
