"""Finds text that addresses language models instead of readers; the patterns are data."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum

from retrieval.domain import ArticleId, Hit, Span
from retrieval.runtime import Slices, yield_after_each
from retrieval.text import (
    blocks_of,
    fold_text,
    load_fragment,
    load_pattern,
    load_patterns,
    paragraphs_in,
    sentence_slices,
)

_DO = load_fragment("injection_patterns", "DO")
_START = load_fragment("injection_patterns", "START")


def _any_of(rules: Sequence[str]) -> str:
    """Return one pattern for all; beginnings in common are tried once, which takes a third of the time."""
    grouped: list[str] = []
    left = list(rules)
    for beginning in (_DO, _START, r"\b"):
        ends = [rule.removeprefix(beginning) for rule in left if rule.startswith(beginning)]
        left = [rule for rule in left if not rule.startswith(beginning)]
        if ends:
            grouped.append(f"{beginning}(?:{'|'.join(ends)})")
    return "|".join((*grouped, *left))


TOKENS = load_pattern("injection_patterns", "tokens")
"""Marks of the templates that chat models and their callers use; all that follows is theirs."""
HEADINGS = load_pattern("injection_patterns", "headings")
"""Headings over orders for a model; the rest of the paragraph is under them."""
ORDERS = load_patterns(
    "injection_patterns",
    (
        "leave_instructions",
        "change_role",
        "address_machine",
        "dictate_answer",
        "leak_secrets",
        "ping_and_link",
    ),
    join=_any_of,
)
"""How orders to language models are worded in English, and marks that mean the same everywhere."""
ORDERS_ABROAD = load_patterns("injection_patterns", ("orders_abroad",), join=_any_of)
"""How they are worded in other languages; accents are folded away before."""
TURN = load_pattern("injection_patterns", "turn", re.IGNORECASE)
"""A line that opens a turn of a chat: who speaks, and what."""
TURN_WORDS = load_pattern("injection_patterns", "turn_words", re.IGNORECASE)
"""What a turn of ``system`` or ``assistant`` says."""
CONTINUES = load_pattern("injection_patterns", "continues")
"""How a sentence begins that goes on giving orders after one that did."""
ABOUT_MACHINES = load_pattern("injection_patterns", "about_machines")
"""Words of a question that is about what a text says to machines."""
LOOKALIKES = str.maketrans("аеорсухіјѕԁӏοαερυνι", "aeopcyxijsdloaepuvi")
MIXED_WORD = re.compile(r"(?<!\w)(?=\w*[a-z])(?=\w*[\u0370-\u04ff\u0500-\u052f])\w+")
"""A word of Latin letters and letters that only look like them."""


RULES = 1
"""Number of this set of rules; what an older set said of an article is asked again."""
_SHOWN_CHARS = 120
_PART_CHARS = 50_000
"""Some 0.15 s of work."""
_CHARS_OF_PARAGRAPH = 20
"""A paragraph costs as much as so many characters more."""
_OVERLAP_CHARS = 1_000
"""Read on behind a block, for an order that begins in it."""
_SLICE_LINES = 50_000
_SLICE_SENTENCES = 500
_ROUNDS = 5
_BEFORE_CHARS = 2_000
"""How far before a passage a heading or an order may stand that reaches into it."""
_EMPHASIS = frozenset("*`~")
_SPEAKERS_OF_A_CHAT = 2
_MACHINES = frozenset(("system", "assistant", "ai", "model", "chatgpt", "tool"))
_SURE_MACHINES = frozenset(("system", "assistant", "developer"))
"""Speakers of whom one line is enough, if it says what they say."""


class Reach(IntEnum):
    """How many sentences of its paragraph an order takes with it."""

    NONE = 0
    ALONE = 1
    """Its own: it is quoted, and what follows talks about it."""
    ORDERS = 2
    """Those behind it that go on giving orders."""
    REST = 3
    """All that follow: it is a heading over them, or opens another's turn."""


Order = tuple[int, int, Reach]
"""Start and end in the paragraph, and how far it reaches."""
_PATTERNS = (
    (TOKENS, Reach.REST),
    (HEADINGS, Reach.REST),
    (ORDERS, Reach.ORDERS),
    (ORDERS_ABROAD, Reach.ORDERS),
)


def find_injections(text: str) -> tuple[Span, ...]:
    """Return the sentences of *text* that speak to a language model or a bot, in order.

    Costs about 3 µs a character; a long text is better looked at by ``find_injections_by_part``.
    """
    return tuple(span for part in find_injections_by_part(text) for span in part)


def find_injections_by_part(text: str) -> Iterator[list[Span]]:
    """Yield the same for some ten thousand characters after the other, so that others get their turn."""
    turns: list[Span] = yield from yield_after_each(_turn_lines(text), [])
    found: list[Span] = []
    first = looked = 0
    for paragraph in paragraphs_in(text):
        while first < len(turns) and turns[first].end <= paragraph.start:
            first += 1
        orders: list[Order] = _inside(turns, first, paragraph)
        quotes = 0
        for block in blocks_of(text, paragraph):
            if looked >= _PART_CHARS:
                yield found
                found, looked = [], 0
            looked += block.end - block.start + _CHARS_OF_PARAGRAPH
            some, marks = _orders(text, paragraph, block, quotes)
            orders += some
            quotes += marks
        if orders:
            words = paragraph.of(text)
            spans = yield from yield_after_each(sentence_slices(words), [])
            found += yield from yield_after_each(_whole_sentences(words, spans, paragraph.start, orders), [])
    yield found


def asks_about_machines(question: str) -> bool:
    """Tell whether a question is about what a text says to machines; then such sentences may answer."""
    return ABOUT_MACHINES.search(_comparable(question)[0]) is not None


def find_first_injection(text: str, spans: Sequence[Span], names: Iterable[str | None]) -> str:
    """Return the first words that address a language model, of *names* or of *spans*; else nothing.

    *names* are what else is shown of an article: its title, author and site.
    """
    named = next((name for name in names if name and find_injections(name)), "")
    return _shorten(named or (spans[0].of(text) if spans else ""))


def readable(hits: Iterable[Hit], text_of: Callable[[ArticleId], str] | None = None) -> list[Hit]:
    """Return these passages as a model may read them; passages of nothing but orders are left out.

    Sentences that address it are blanked, so that offsets into a passage still hold. With *text_of*,
    a passage is judged with the paragraph that it continues. Titles are for ``for_models``.
    """
    kept = []
    for hit in hits:
        text = blank_out(hit.text, _spans_in(hit, text_of(hit.article.id) if text_of else None))
        if any(char.isalnum() for char in text):
            kept.append(replace(hit, text=text))
    return kept


def for_models(text: str) -> str:
    """Return a title, name or answer without the sentences that address a model."""
    spans = find_injections(text)
    return blank_out(text, spans).strip() if spans else text


def choose_for_readers(
    text: str, spans: Sequence[Span], choose: Callable[[Sequence[Span]], list[Span]]
) -> list[Span]:
    """Return what *choose* chooses of *spans*, again without what addresses a model where it chose that.

    Only what was chosen is looked at, so this costs no reading of a whole book. If nothing else is
    there, the orders are what the text says, and stay.
    """
    left, chosen = spans, choose(spans)
    for _ in range(_ROUNDS):
        orders = [one for one in chosen if _is_order(text, one)]
        left = [one for one in left if not touches(one, orders)]
        if not orders or not left:
            break
        chosen = choose(left)
    return [one for one in chosen if not _is_order(text, one)] or chosen


def _is_order(text: str, span: Span) -> bool:
    first = max(0, span.start - _BEFORE_CHARS)
    local = Span(span.start - first, span.end - first)
    return touches(local, find_injections(text[first : span.end]))


def blank_out(text: str, spans: Iterable[Span]) -> str:
    """Return *text* with spaces in place of *spans*; line ends stay, and so do all offsets."""
    chars = list(text)
    for span in spans:
        chars[span.start : span.end] = ("\n" if char == "\n" else " " for char in span.of(text))
    return "".join(chars)


def touches(span: Span, others: Sequence[Span]) -> bool:
    """Tell whether *span* shares a character with any of *others*."""
    return any(span.start < other.end and other.start < span.end for other in others)


def _spans_in(hit: Hit, text: str | None) -> list[Span]:
    """Return the sentences of a passage, counted from its start, that address a model."""
    found = list(find_injections(hit.text))
    if text is None:
        return found
    start, end = hit.passage.span.start, hit.passage.span.end
    first = max(0, start - _BEFORE_CHARS)
    for span in find_injections(text[first:end]):
        inside = (max(span.start + first, start), min(span.end + first, end))
        if inside[0] < inside[1]:
            found.append(Span(inside[0] - start, inside[1] - start))
    return found


def _orders(text: str, paragraph: Span, block: Span, quotes: int) -> tuple[list[Order], int]:
    """Return where a block gives orders, and how far each reaches; also how many marks of quotations it has.

    *quotes* stand before it in its paragraph.
    """
    plain, offsets = _comparable(text[block.start : min(paragraph.end, block.end + _OVERLAP_CHARS)])
    end = block.end - block.start
    shift = block.start - paragraph.start
    found: list[Order] = []
    marks = [at for at, char in enumerate(plain) if char == '"']
    for pattern, reach in _PATTERNS:
        for match in pattern.finditer(plain):
            if offsets[match.start()] >= end:
                break  # the next block has all of it
            quoted = (quotes + bisect_right(marks, match.start())) % 2 == 1
            start = match.end() - len(match[0].lstrip(" ."))
            far = Reach.ALONE if quoted else reach
            found.append((shift + offsets[start], shift + offsets[match.end() - 1] + 1, far))
    return found, sum(offsets[at] < end for at in marks)


def _whole_sentences(
    paragraph: str, spans: Sequence[Span], begins: int, orders: Iterable[Order]
) -> Slices[list[Span]]:
    """Return the sentences of a paragraph in which orders stand, and those that go on with them."""
    reach = [Reach.NONE] * len(spans)
    starts = [span.start for span in spans]
    for start, end, far in orders:
        first = max(0, bisect_right(starts, start) - 1)
        last = max(first, bisect_right(starts, end - 1) - 1)
        for at in range(first, last + 1):
            reach[at] = max(reach[at], far)
    for at in range(1, len(spans)):
        if at % _SLICE_SENTENCES == 0:
            yield
        before = reach[at - 1]
        goes_on = before is Reach.ORDERS and CONTINUES.match(_comparable(spans[at].of(paragraph))[0])
        if before is Reach.REST or goes_on:
            reach[at] = max(reach[at], before)
    return [
        Span(begins + span.start, begins + span.end)
        for span, far in zip(spans, reach, strict=True)
        if far is not Reach.NONE
    ]


def _turn_lines(text: str) -> Slices[list[Span]]:
    """Return the lines that pretend to be turns of a chat with a model."""
    lines: list[tuple[Span, str, bool]] = []
    at = 0
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        if number % _SLICE_LINES == 0:
            yield
        turn = TURN.match(line)
        if turn is not None:
            said = TURN_WORDS.search(turn[2] or "") is not None
            lines.append((Span(at, at + len(line)), turn[1].casefold(), said))
        at += len(line)
    speakers = {speaker for _, speaker, _ in lines}
    is_chat = bool(speakers & _MACHINES) and len(speakers) >= _SPEAKERS_OF_A_CHAT
    return [span for span, speaker, said in lines if is_chat or (said and speaker in _SURE_MACHINES)]


def _inside(turns: Sequence[Span], first: int, paragraph: Span) -> list[Order]:
    """Return the turns from *first* on that lie in a paragraph."""
    found: list[Order] = []
    while first < len(turns) and turns[first].start < paragraph.end:
        start = max(turns[first].start, paragraph.start) - paragraph.start
        found.append((start, turns[first].end - paragraph.start, Reach.REST))
        first += 1
    return found


def _comparable(text: str) -> tuple[str, list[int]]:
    """Return *text* as the patterns read it, and for each of its characters the offset it came from.

    Beyond typography: no accents, no case, no emphasis marks, and no letters of another script that
    only look like those of the word they stand in.
    """
    plain, offsets = fold_text(text)
    chars: list[str] = []
    places: list[int] = []
    for char, offset in zip(plain, offsets, strict=True):
        if text[offset] in _EMPHASIS or unicodedata.combining(char):
            continue
        for one in char.casefold():
            chars.append(one)
            places.append(offset)
    return MIXED_WORD.sub(lambda word: word[0].translate(LOOKALIKES), "".join(chars)), places


def _shorten(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN_CHARS else line[: _SHOWN_CHARS - 1].rstrip() + "…"
