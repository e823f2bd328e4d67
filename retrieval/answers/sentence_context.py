"""What has to be read with a sentence: the smallest set of spans that keeps its meaning.

A sentence can be right word for word and mislead because its heading, its question, its lead-in, the
header of its table, its footnote or the denial behind it was left behind. A heading, a question or a
lead-in alone answers nothing: what it leads to stands in its place.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from retrieval.answers.parts import means_all
from retrieval.answers.supersession import find_superseding, is_whole_correction, read_notices
from retrieval.citations import Draft, DraftContext
from retrieval.domain import ArticleId, ContextKind, Hit, Span
from retrieval.nlp import (
    amends,
    announces,
    answers_to,
    can_stand,
    goes_on,
    is_hearsay,
    is_verdict,
    leads_in,
    leaves_out_noun,
    points_back,
    qualifies,
)
from retrieval.structure import Structure, find_prose_list
from retrieval.text import STOP_WORDS, fold_text, sentences, stem, words_of

StructureOf = Callable[[ArticleId], Structure]
MAX_BEFORE = 2
"""Sentences before one that points back, if the first of them points back as well."""
MAX_AFTER = 3
MAX_AFTER_CHARS = 420
"""Of all sentences behind one together: a verdict, and what is right instead."""
MAX_BEFORE_CHARS = 300
"""Of two sentences before one together."""
MAX_ANSWER_CHARS = 200
MAX_SECTION_CHARS = 100
"""Of an answer to a question, and of all that stands under a heading, which are shown whole."""
MAX_LED_CHARS = 700
"""Items of a list that are shown together; of more, those that share words with the question."""
MAX_ITEM_CHARS = 400
MAX_BELOW_CHARS = 250
"""Of a paragraph that is shown for the heading above it."""
_PROSE = frozenset({"paragraph", "answer", "turn", "quotation", "item"})
_BOUNDARIES = frozenset({"heading", "question", "row", "code"})
_ASKS_FOR_ALL = re.compile(
    r"\b(?:list|all|steps|how (?:do|can|should|to)|what (?:are|do|should|must|is (?:covered|included))"
    r"|name the|instructions)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence in its article."""

    text: str
    structure: Structure
    span: Span


def add_context(
    question: str,
    drafts: Sequence[Draft],
    *,
    text_of: Callable[[ArticleId], str],
    structure_of: StructureOf,
    hits: Sequence[Hit] = (),
) -> list[Draft]:
    """Return drafts with what has to be read with each, without those that say nothing alone.

    What *hits* correct or amend stands behind the correction. A draft that another one's context shows is
    left out. Belongs to the lane.
    """
    completed: list[Draft] = []
    notices = read_notices(hits) if drafts else []
    for draft in drafts:
        structure = structure_of(draft.article.id)
        one = _complete(question, draft, text_of(draft.article.id), structure)
        if one is None:
            continue
        newer = find_superseding(one, structure.heading_path(one.span), notices, text_of=text_of)
        corrections = [
            found
            for each in newer
            if (found := _complete_correction(question, each, text_of(each.article.id), structure_of))
        ]
        # A correction of what was not asked about stands behind what was.
        first = [each for each in corrections if amends(each.text) or _shared(question, each.text)]
        rest = [each for each in corrections if each not in first]
        if corrections and completed:
            continue  # what is no longer so helps no answer that does not need it
        if corrections:
            one = replace(one, emphasis="")  # what was wrong is not what answers
        for each in (*first, one, *rest):
            if not any(_shows(other, each) for other in completed):
                completed.append(each)
    return completed


def _complete_correction(
    question: str, correction: Draft, text: str, structure_of: StructureOf
) -> Draft | None:
    """Return a correction in its context, without what its article corrects besides."""
    found = _complete(question, correction, text, structure_of(correction.article.id))
    if found is None or not is_whole_correction(found, text):
        return found
    return replace(found, context=tuple(part for part in found.context if part.kind != "after"))


def _shows(draft: Draft, other: Draft) -> bool:
    """Tell whether a draft, with its context, shows the words of another one."""
    spans = [draft.span, *(part.span for part in draft.context)]
    return draft.article.id == other.article.id and any(
        span.start <= other.span.start and other.span.end <= span.end for span in spans
    )


def _complete(question: str, draft: Draft, text: str, structure: Structure) -> Draft | None:
    place = _settle(question, _Place(text, structure, draft.span))
    if place is None:
        return None
    parts = sorted(set(_parts(question, place)), key=lambda part: (part[1].start, part[1].end))
    context = [
        DraftContext(kind, draft.article, span)
        for kind, span in parts
        if not (kind == "heading" and _repeats(span.of(text), draft.article.title))
    ]
    return replace(draft, span=place.span, text=place.span.of(text), context=tuple(context))


def _repeats(heading: str, title: str) -> bool:
    one, other = (" ".join(words_of(fold_text(words)[0])) for words in (heading, title))
    return bool(one) and one in other


# -- what stands for what cannot answer alone --------------------------------


def _settle(question: str, place: _Place) -> _Place | None:
    """Return the place of what is shown: the same, or what a heading, a question or a lead-in leads to."""
    place = _without_heading(place)
    text, structure, span = place.text, place.structure, place.span
    kind = structure.kind_of(span)
    if kind in ("heading", "question"):
        below = _first_below(place, whole=kind == "heading")
        return None if below is None else replace(place, span=below)
    if kind in ("row", "cell"):
        row = structure.row_of(span)
        if row is not None and _names_columns(structure, row):
            return None
        if row is not None and row.end - row.start <= MAX_ITEM_CHARS and row.start <= span.start:
            return replace(place, span=Span(row.start, max(row.end, span.end)))
    if kind == "item":
        return _settle_item(question, place)
    items = structure.items_under(span)
    if items and span.end > items[0].start:  # a lead-in and its items were read as one sentence
        lead_in = structure.lead_in_of(items[0]) or Span(span.start, items[0].start)
        return replace(place, span=Span(lead_in.start, min(lead_in.end, span.end)))
    return place if not leads_in(span.of(text)) or _led_to(question, place) else None


def _names_columns(structure: Structure, row: Span) -> bool:
    """Tell whether a row is the header of others."""
    return any(
        _within(head, row) and not _within(block.span, row)
        for block in structure.blocks
        for head in block.headers
    )


def _without_heading(place: _Place) -> _Place:
    """Return the place without a heading or a question with which a sentence was read as one."""
    text, structure, span = place.text, place.structure, place.span
    at = structure.block_at(span)
    while at is not None and structure.blocks[at].kind in ("heading", "question"):
        end = structure.blocks[at].span.end
        if end >= span.end or not text[end : span.end].strip():
            break
        rest = text[end : span.end]
        span = Span(end + len(rest) - len(rest.lstrip()), span.end)
        at = structure.block_at(span)
    return replace(place, span=span)


def _settle_item(question: str, place: _Place) -> _Place:
    """Return the whole item of a part of one; of several read as one, that nearest to the question."""
    structure, span = place.structure, place.span
    at = structure.block_at(span)
    assert at is not None
    touched = [
        block.span
        for block in structure.blocks
        if block.kind == "item" and block.span.start < span.end and span.start < block.span.end
    ]
    chosen = max(touched, key=lambda item: _shared(question, item.of(place.text)), default=span)
    if chosen.end - chosen.start > MAX_ITEM_CHARS:
        return place if len(touched) == 1 else replace(place, span=sentences_of(place.text, chosen)[0])
    return replace(place, span=chosen)


def _shared(question: str, words: str) -> int:
    asked = {stem(word) for word in words_of(question) if word not in STOP_WORDS}
    return len(asked & {stem(word) for word in words_of(words)})


def _first_below(place: _Place, *, whole: bool) -> Span | None:
    """Return what a heading or a question leads to: a short paragraph, or the first sentence of an answer.

    ``None`` if it leads to something else.
    """
    start = place.span.end
    for block in sorted(place.structure.blocks, key=lambda block: block.span.start):
        if block.span.start < start or block.kind == "entry":
            continue
        if block.kind not in _PROSE or (whole and block.span.end - block.span.start > MAX_BELOW_CHARS):
            return None
        return block.span if whole else sentences_of(place.text, block.span)[0]
    return None


# -- the parts ---------------------------------------------------------------


def _parts(question: str, place: _Place) -> list[tuple[ContextKind, Span]]:
    text, structure, span = place.text, place.structure, place.span
    parts: list[tuple[ContextKind, Span]] = [("heading", one) for one in structure.heading_path(span)]
    asked = structure.question_of(span)
    if asked is not None:
        parts.append(("question", asked))
    parts += _list_parts(question, place)
    header = structure.header_row_of(span)
    if header is not None and not _overlap(header, span):
        parts += [("header_row", line) for line in _lines(text, header)]
    around = _around(place)
    unit = _unit(place)
    listed = find_prose_list(structure, span)
    if listed is not None:
        own = listed.item_of(span)
        parts += [("lead_in", one) for one in (listed.lead_in,) if one and own]
        if own is None or means_all(question, listed, text):
            parts += [("item", one) for one in listed.items if not _overlap(one, span)]
        around = [one for one in around if _within(one, own or span)]
    before = _before(place, around, asked)
    after = _after(place, [one for one in around if one.start >= span.end])
    before += [one for one in unit if one.end <= span.start and one not in before]
    after += [one for one in unit if one.start >= span.end and one not in after]
    parts += [("before", one) for one in before]
    parts += [("after", one) for one in after]
    for one in (span, *before, *after):
        parts += [("footnote", note) for note in structure.footnotes_of(one) if not _overlap(note, span)]
    entry = structure.entry_of(span)
    if entry is not None and not _overlap(entry, span) and not any(_overlap(entry, one) for one in before):
        parts.append(("date" if any(char.isalpha() for char in entry.of(text)) else "entry_time", entry))
    shown = [span, *before, *after]
    return [
        (kind, part)
        for kind, part in parts
        if kind in ("before", "after") or not any(_within(part, one) for one in shown)
    ]


def _lines(text: str, span: Span) -> list[Span]:
    """Return the lines of a part of a text that hold words."""
    found, start = [], span.start
    for line in span.of(text).splitlines(keepends=True):
        if line.strip():
            found.append(Span(start, start + len(line.rstrip())))
        start += len(line)
    return found


def _within(one: Span, other: Span) -> bool:
    return other.start <= one.start and one.end <= other.end


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _list_parts(question: str, place: _Place) -> list[tuple[ContextKind, Span]]:
    """Return the lead-ins of an item or a row, and the other items if they are asked for."""
    text, structure, span = place.text, place.structure, place.span
    led = _led_to(question, place)
    if led:
        return [*(("lead_in", one) for one in structure.lead_ins_of(span)), *(("item", one) for one in led)]
    lead_ins = [one for one in structure.lead_ins_of(span) if one.end - one.start <= MAX_ITEM_CHARS]
    parts: list[tuple[ContextKind, Span]] = [("lead_in", one) for one in lead_ins]
    if structure.kind_of(span) == "item" and _ASKS_FOR_ALL.search(question):
        items = [one for one in _siblings(structure, span) if not _overlap(one, span)]
        if sum(one.end - one.start for one in items) <= MAX_LED_CHARS:
            parts += [("item", one) for one in items]
    if structure.kind_of(span) == "turn" and (name := structure.speaker_of(span)) not in span.of(text):
        at = structure.block_at(span)
        start = text.find(name, structure.blocks[at].span.start, span.start) if at is not None else -1
        parts += [("lead_in", Span(start, start + len(name)))] if start >= 0 else []
    return parts


def _siblings(structure: Structure, span: Span) -> list[Span]:
    """Return the items of the list in which *span* stands, those of inner lists left out."""
    at = structure.block_at(span)
    if at is None:
        return []
    own = structure.blocks[at]
    return [
        block.span
        for block in structure.blocks
        if block.kind == "item" and (block.parent, block.level) == (own.parent, own.level)
    ]


def _led_to(question: str, place: _Place) -> list[Span]:
    """Return what a lead-in leads to: its items, or the paragraph behind its colon."""
    structure, span, text = place.structure, place.span, place.text
    items = [one for one in structure.items_under(span) if one.start >= span.end]
    if items and structure.lead_in_of(items[0]) is not None:
        lead_in = structure.lead_in_of(items[0])
        if lead_in is None or not _overlap(lead_in, span):
            return []
        while items and sum(one.end - one.start for one in items) > MAX_LED_CHARS:
            items.remove(min(items, key=lambda one: (_shared(question, one.of(text)), one.start)))
        return items
    if not leads_in(span.of(text)):
        return []
    below = [block for block in structure.blocks if block.span.start >= span.end and block.kind != "entry"]
    following = min(below, key=lambda block: (block.span.start, -block.span.end), default=None)
    if following is None or following.kind in ("heading", "question"):
        return []
    return [following.span] if following.span.end - following.span.start <= MAX_ITEM_CHARS else []


def _unit(place: _Place) -> list[Span]:
    """Return the sentences of a short answer, or of a short paragraph that has a heading for itself."""
    structure, span = place.structure, place.span
    at = structure.block_at(span)
    if at is None:
        return []
    block = structure.blocks[at]
    if block.kind not in ("answer", "paragraph") or block.parent is None:
        return []
    over = structure.blocks[block.parent]
    alone = sum(other.parent == block.parent for other in structure.blocks) == 1
    if not alone or over.kind not in ("heading", "question"):
        return []
    most = MAX_ANSWER_CHARS if block.kind == "answer" else MAX_SECTION_CHARS
    if block.span.end - block.span.start > most:
        return []
    return [one for one in sentences_of(place.text, block.span) if can_stand(place.text, one)]


def _around(place: _Place) -> list[Span]:
    """Return the sentences of the prose around a place, between the headings or questions beside it."""
    ordered = sorted(
        (block for block in place.structure.blocks if block.kind in _PROSE | _BOUNDARIES),
        key=lambda block: (block.span.start, -block.span.end),
    )
    before = [block for block in ordered if block.span.end <= place.span.start]
    own = [block for block in ordered if _overlap(block.span, place.span) and block.kind in _PROSE]
    after = [block for block in ordered if block.span.start >= place.span.end]
    if not own:
        return []
    same = place.structure.entry_of(place.span)
    from_entry_above = leaves_out_noun(place.span.of(place.text))
    beside = [
        *([before[-1]] if before and before[-1].kind in _PROSE else []),
        *own,
        *([after[0]] if after and after[0].kind in _PROSE else []),
    ]
    kind = own[0].kind
    return [
        one
        for block in beside
        if (block.kind == kind or block in own)
        and (from_entry_above or place.structure.entry_of(block.span) == same)
        for one in sentences_of(place.text, block.span)
        if (block in own or kind != "item") and can_stand(place.text, one)
    ]


def sentences_of(text: str, span: Span) -> list[Span]:
    """Return the sentences of a part of a text, as spans of the text; the part itself if it has none."""
    found = [Span(span.start + one.start, span.start + one.end) for one in sentences(span.of(text))]
    return found or [span]


def _before(place: _Place, around: Sequence[Span], asked: Span | None) -> list[Span]:
    """Return what a sentence points back to, unless the question above it says that."""
    earlier = [one for one in around if one.end <= place.span.start]
    found: list[Span] = []
    first = place.span
    while earlier and len(found) < MAX_BEFORE and points_back(first.of(place.text)):
        first = earlier.pop()
        if found and found[-1].end - first.start > MAX_BEFORE_CHARS:
            break
        found.insert(0, first)
    if found and (earlier or asked is None):
        return found
    own = place.structure.block_at(place.span)
    if earlier and place.structure.block_at(earlier[-1]) == own:
        last = earlier[-1].of(place.text)
        takes_up = qualifies(place.span.of(place.text)) or is_hearsay(last) or is_verdict(last)
        return [earlier[-1]] if takes_up else []
    if not earlier and asked is not None and not _content(asked.of(place.text)):
        return [*_said_before(place, asked), *found]
    return found


def _content(words: str) -> list[str]:
    return [word for word in words_of(words) if word not in STOP_WORDS]


def _said_before(place: _Place, asked: Span) -> list[Span]:
    """Return the last sentence before a question that names nothing: "Did he?"."""
    blocks = [
        block for block in place.structure.blocks if block.span.end <= asked.start and block.kind in _PROSE
    ]
    last = max(blocks, key=lambda block: block.span.end, default=None)
    return [] if last is None else sentences_of(place.text, last.span)[-1:]


def _after(place: _Place, later: Sequence[Span]) -> list[Span]:
    """Return the sentences that deny, limit or correct one, or that a fragment needs to say something."""
    sentence, block = place.span.of(place.text), place.structure.block_at(place.span)
    found: list[Span] = []
    last, chars = sentence, 0
    for one in later[:MAX_AFTER]:
        words = one.of(place.text)
        chars += len(words)
        beside = place.structure.block_at(one) == block or announces(sentence)
        if chars > MAX_AFTER_CHARS or not (
            answers_to(words, last) or (beside and goes_on(words, last, sentence))
        ):
            break
        found.append(one)
        last = words
    return found
