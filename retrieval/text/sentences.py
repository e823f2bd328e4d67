"""Sentences and paragraphs of a text as spans; every character belongs to its place."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from sentencex import segment

from retrieval.domain import Span
from retrieval.runtime import Slices, complete
from retrieval.text.quotation_marks import CLOSING

_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*|\n(?=\s*(?:[-*•–]|\d+[.)])\s)")
_ROW = re.compile(r"[^\n]*\S[^\S\n]\|[^\S\n]\S[^\n]*")
"""A line of a table, as ``tables.py`` writes it."""
_ITEM = re.compile(r"(?:[-*•–]|\d{1,3}[.)])\s")
_LEADS_IN = (":", "：")
_ENDS_SENTENCE = re.compile(rf"[.!?…。！？؟।][{CLOSING})\]]*$")
MAX_LISTING_CHARS = 600
"""Lead-in and items that are one sentence together; the items of a longer list stand alone."""
_MAX_UNPUNCTUATED_CHARS = 300
"""Lines without the end of a sentence, as of a transcript; more of them are cut at line ends."""
_LINES_TOGETHER_CHARS = 160
_PUNCTUATION = re.compile(r"[^\w\s'’-]")
_ONLY_CLOSING = re.compile(rf"[\s{CLOSING})\]]*$")
_ENDS_WITH_ABBREVIATION = re.compile(
    r"\b(?:vol|fig|no|nos|pp?|ch|sec|art|ca?|cf|approx|est|al|op|ed|eds|vs)\.\s*$", re.IGNORECASE
)
_ENDS_WITH_POINT = re.compile(r"[^\W\d_]\.\s*$|\.\s?\.\s?\.\s*$")
_ENDS_WITH_HOUR = re.compile(r"\d\s?[ap]\.m\.\s*$", re.IGNORECASE)
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
MAX_SENTENCE_CHARS = 1_200
"""A longer "sentence" is a table or a listing; it is cut at a line or a space."""

MAX_WIDE_CHARS = 300
"""The same in Chinese, Japanese or Korean, where each character is a token of the encoder."""

_MAX_BLOCK_CHARS = 20_000
"""A paragraph of so many quotation marks takes the splitter 0.1 s, one of a million would take minutes."""
_SLICE_CHARS = 40_000
_CHARS_OF_PARAGRAPH = 10
"""A short paragraph costs as much as so many characters more."""
_SLICE_PARAGRAPHS = 50_000
_SLICE_SENTENCES = 5_000
_HEAD_CHARS = 4_000
_LEFT_BEHIND = re.compile(r"\s([“„‘\"(\[]+|«\s?)\Z")
"""An opening mark that the splitter leaves at the end of a sentence, where its quotation is not closed."""
_STOPS = tuple(".!?…。")
_LOOK_BACK = 40
"""Characters of a sentence that tell whether it goes on."""


def sentences(text: str, language: str = "en") -> list[Span]:
    """Return the sentences of *text* in order, without surrounding white space.

    Paragraph breaks, rows of tables and list items end a sentence; only a lead-in such as "He
    sold:" goes on in items that are no sentences themselves. Every character that is not white
    space lies in exactly one sentence.
    """
    return complete(sentence_slices(text, language))


def sentence_slices(text: str, language: str = "en") -> Slices[list[Span]]:
    """Find the same, in slices of at most some tenths of a second."""
    found: list[Span] = []
    listing, open_listing = 0, False  # where the last lead-in begins, and whether its items are read now
    read = 0
    for paragraph in paragraphs_in(text):
        read += paragraph.end - paragraph.start + _CHARS_OF_PARAGRAPH
        if read >= _SLICE_CHARS:
            read = 0
            yield
        words = paragraph.of(text)
        if open_listing and _goes_on(words) and paragraph.end - listing <= MAX_LISTING_CHARS:
            found[-1] = Span(listing, paragraph.end)
            continue
        found += yield from _sentences_of(text, paragraph, language)
        open_listing = words.endswith(_LEADS_IN) and not _ROW.match(words)
        listing = found[-1].start if found else 0
    return found


def _goes_on(item: str) -> bool:
    """Tell an item of a list that is a part of the sentence before it."""
    return _ITEM.match(item) is not None and "\n\n" not in item and not _ENDS_SENTENCE.search(item[-8:])


def is_own_title(title: str, text: str) -> bool:
    """Tell whether a title is one, and not the first sentence of *text*, whole or cut, for want of one.

    A sentence before every other makes each of them seem to say what only the first does.
    """
    words = title.removesuffix("…").rstrip(" .,;:")
    if not words:
        return False
    for line in text[:_HEAD_CHARS].splitlines():
        before, found, rest = " ".join(line.split()).partition(words)
        if found and not before.strip("#=*_-~ "):
            return not (title.endswith("…") or rest[:1] in _STOPS or (words[-1] in _STOPS and rest))
    return True


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of *text* in order, without surrounding white space."""
    return list(paragraphs_in(text))


def paragraph_slices(text: str) -> Slices[list[Span]]:
    """Find the same, in slices."""
    found: list[Span] = []
    for paragraph in paragraphs_in(text):
        found.append(paragraph)
        if len(found) % _SLICE_PARAGRAPHS == 0:
            yield
    return found


def paragraphs_in(text: str) -> Iterator[Span]:
    """Yield the same one by one."""
    start = 0
    gaps = (gap.end() for gap in _PARAGRAPH_BREAK.finditer(text))
    for end in chain(gaps, (len(text),)):
        span = trim_span(text, start, end)
        if span is not None:
            yield from _rows_apart(text, span)
        start = end


def _rows_apart(text: str, paragraph: Span) -> Iterable[Span]:
    """Yield a paragraph, or each row of a table and what stands between rows."""
    if " | " not in paragraph.of(text):
        yield paragraph
        return
    start = at = paragraph.start
    for line in paragraph.of(text).splitlines(keepends=True):
        end = at + len(line)
        if _ROW.match(line):
            yield from (span for span in (trim_span(text, start, at), trim_span(text, at, end)) if span)
            start = end
        at = end
    if (rest := trim_span(text, start, paragraph.end)) is not None:
        yield rest


def trim_span(text: str, start: int, end: int) -> Span | None:
    """Return ``start..end`` without white space at either end; ``None`` if nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _sentences_of(text: str, paragraph: Span, language: str) -> Slices[list[Span]]:
    # sentencex 1.0.32 was compared with pysbd 0.3.4 on 20 passages of our own with quotations, initials,
    # hours and abbreviations: each cut 16 of them rightly, neither lost a character, and pysbd took
    # 46 ms for what takes sentencex 0.4. What both get wrong ("vol. 2", "5 a.m. Monday") is mended here.
    pieces: list[tuple[int, int]] = []
    at = paragraph.start
    for number, block in enumerate(blocks_of(text, paragraph)):
        if number:
            yield
        for piece in segment(language, block.of(text)):
            end = at + len(piece)
            previous = text[max(pieces[-1][0], at - _LOOK_BACK) : at] if pieces else ""
            upper = bool(pieces) and _begins_upper(text[pieces[-1][0] : pieces[-1][0] + _LOOK_BACK])
            if pieces and _belongs_to_previous(previous, piece, upper):
                pieces[-1] = (pieces[-1][0], end)
            else:
                begin = _begin_of(text, pieces[-1][0], at) if pieces else at
                pieces[-1:] = [(start, begin) for start, _ in pieces[-1:]]
                pieces.append((begin, end))
            at = end
    if at != paragraph.end:  # the splitter lost characters; a whole paragraph is still right
        pieces = [(paragraph.start, paragraph.end)]
    found: list[Span] = []
    for start, end in pieces:
        for a, b in _cut_long(text, start, end):
            span = trim_span(text, a, b)
            if span is not None:
                found.append(span)
                if len(found) % _SLICE_SENTENCES == 0:
                    yield
    return found


def _begin_of(text: str, previous: int, at: int) -> int:
    """Return where the sentence at *at* begins, behind the one at *previous*: with its opening mark."""
    opening = _LEFT_BEHIND.search(text, max(previous, at - 4), at)
    return opening.start(1) if opening else at


def blocks_of(text: str, paragraph: Span) -> Iterator[Span]:
    """Yield a paragraph in blocks that end with a sentence if they can.

    For what takes a time that goes with the square of the text's length.
    """
    start = paragraph.start
    while paragraph.end - start > _MAX_BLOCK_CHARS:
        limit = start + _MAX_BLOCK_CHARS
        cut = max(text.rfind(stop, start + 1, limit) for stop in (". ", "? ", "! ", "\n", "。")) + 1
        if cut <= start:
            cut = text.rfind(" ", start + 1, limit) + 1
        if cut <= start:
            cut = limit
        yield Span(start, cut)
        start = cut
    yield Span(start, paragraph.end)


def _belongs_to_previous(previous: str, piece: str, begins_upper: bool) -> bool:
    if _ONLY_CLOSING.match(piece):
        return True
    if begins_upper and _ENDS_WITH_POINT.search(previous) and _begins_small(piece):
        return True
    if _ENDS_WITH_HOUR.search(previous) and _DAY.match(piece):
        return True
    return bool(_ENDS_WITH_ABBREVIATION.search(previous)) and piece[:1].isdigit()


def _begins_upper(words: str) -> bool:
    first = next((char for char in words if char.isalpha()), "")
    return first.isupper()


def _begins_small(piece: str) -> bool:
    """Tell what begins no sentence in a text whose sentences begin with capitals; "iPhone" may."""
    return piece.startswith("&") or (piece[:1].islower() and not piece[1:2].isupper())


def _cut_long(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    if end - start > _MAX_UNPUNCTUATED_CHARS and _PUNCTUATION.search(text, start, end) is None:
        yield from _lines_together(text, start, end)
        return
    while end - start > MAX_WIDE_CHARS:
        wide = _is_wide(text[start : start + MAX_WIDE_CHARS])
        limit = start + (MAX_WIDE_CHARS if wide else MAX_SENTENCE_CHARS)
        if end <= limit:
            break
        cut = max(text.rfind("\n", start + 1, limit), text.rfind("。", start + 1, limit))
        if cut <= start:
            cut = text.rfind(" ", start + 1, limit)
        if cut <= start:
            cut = limit - 1
        yield start, cut + 1
        start = cut + 1
    yield start, end


def _lines_together(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Yield a few lines at a time of a text without punctuation; words where the lines are long."""
    while end - start > _LINES_TOGETHER_CHARS:
        limit = start + _LINES_TOGETHER_CHARS
        cut = text.rfind("\n", start + 1, limit)
        if cut <= start:
            cut = text.rfind(" ", start + 1, limit)
        if cut <= start:
            cut = limit - 1
        yield start, cut + 1
        start = cut + 1
    yield start, end


def _is_wide(text: str) -> bool:
    """Tell scripts that write a word, or nearly one, with each character."""
    return 2 * sum("\u2e80" <= char <= "\uffdc" for char in text) > len(text)


def surroundings(text: str, span: Span, around: int) -> tuple[int, int]:
    """Return where *around* sentences before and after *span* begin and end."""
    spans = sentences(text)
    before = [s.start for s in spans if s.end <= span.start]
    after = [s.end for s in spans if s.start >= span.end]
    start = before[-around:][0] if before and around else span.start
    end = after[:around][-1] if after and around else span.end
    return start, end
