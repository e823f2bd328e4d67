"""Finds quotations in an article, posts included, and leaves out titles, markup and scare quotes."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.quotes.attribution import (
    Attribution,
    Line,
    attribute,
    find_continued_speaker,
    find_introduced_speaker,
    last_sentence,
    line_at,
    lines_of,
    words_before,
)
from retrieval.quotes.coreference import People
from retrieval.quotes.grammar import WINDOW
from retrieval.runtime import Slices, complete
from retrieval.text import (
    CAPITAL,
    COUNTED,
    ENGLISH,
    MASK,
    STOPS,
    UNSPACED,
    Stretch,
    Token,
    stretch_slices,
    tokens_of,
    trim_span,
)

_SLICE_CHARS = 40_000
_SLICE_STRETCHES = 2_000
_CHARS_OF_ATTRIBUTION = 200
"""Deciding who speaks takes as long as reading so many characters."""

# It begins at the dash and every run is bounded: a pattern that begins with blanks takes cubic time
# on a long row of them.
_SIGNATURE = re.compile(
    r"[—–―-]{1,2}[^\S\n]{0,8}(?P<name>[^\s()—–―][^()\n—–―]{0,60}?)[^\S\n]{0,8}"
    r"\(@[\w.]{2,40}\)[^\n]{0,50}$",
    re.MULTILINE,
)
_HANDLE = re.compile(r"\(@[\w.]{2,40}\)[^\n]{0,50}$", re.MULTILINE)
_SIGNATURE_CHARS = 80
"""At most so many stand in a signature before its handle."""
_MARKS = "\"“”‘’'"


@dataclass(frozen=True, slots=True)
class Post:
    """The words of a post, and the name under it."""

    words: Span
    name: Span
    end: int
    """Where the signature ends."""


def find_posts(text: str) -> list[Post]:
    """Return the posts of *text*: lines such as ``Good news. — Ann Lee (@annlee) May 3, 2024``."""
    posts: list[Post] = []
    for handle in _HANDLE.finditer(text):
        end = posts[-1].end if posts else 0
        match = _SIGNATURE.search(text, max(end, handle.start() - _SIGNATURE_CHARS), handle.end())
        post = _post(text, match, end) if match is not None else None
        if post is not None:
            posts.append(post)
    return posts


def _post(text: str, signature: re.Match[str], after: int) -> Post | None:
    end = _end_of_words(text, signature.start())
    start = max(text.rfind("\n", 0, end) + 1, after)
    while start < end and (text[start].isspace() or text[start] in ENGLISH):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ENGLISH):
        end -= 1
    name = trim_span(text, signature.start("name"), signature.end("name"))
    if start == end or name is None:
        return None
    return Post(Span(start, end), name, signature.end())


def _end_of_words(text: str, at: int) -> int:
    """Step back from a signature over blanks and one line break."""
    breaks = 0
    while at > 0 and text[at - 1].isspace() and (text[at - 1] != "\n" or not breaks):
        breaks += text[at - 1] == "\n"
        at -= 1
    return at


_SMALL = re.compile(r"(?:an?|the|and|or|but|of|in|on|at|to|for|from|with|by|as|vs|de|la|no)$")
_BEFORE_TITLE = re.compile(
    r"(?:[’']s?|\b(?:on|of|in|edits|hosts?|titled|entitled|named|nicknamed|nickname|dubbed|show|program|podcast|series"
    r"|film|movie|book|novel|memoir|song|album|single|play|musical|episode|column|magazine|newspaper|hit"
    r"|documentary|video|watch(?:ed|ing)?|sang|sings?|starr(?:ed|ing) in"
    r"|game|exhibition|anthem|poem|article|essay|report|paper|blog))[\s,]*$",
    re.IGNORECASE,
)
_AFTER_TITLE = re.compile(
    r"[\"”’'»]?\s*(?:theme|radio|show|program|podcast|song|movie|film|series|host|anchor|column|album|book|novel"
    r"|magazine|website|tour|actor|actress|star|director|author|episode"
    r"|,? (?:a|an|the) (?:\d{4} )?(?:film|book"
    r"|song|show|novel|series|documentary|album|movie|memoir|HBO|Netflix|BBC|collection))\b"
)
_NAMED_BY = re.compile(
    r"\b(?:phrases?|words?|terms?|slogans?|expressions?|likes? of|mottos?|chants? of|cries of"
    r"|promise of)\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
_SCARE_WORDS = 1
"""Up to so many words without a verb of speech are left out. On news_quotes half of the single
words are scare quotes; two words would cost a point of F1 (.966 and .972 on its halves)."""
_UNSAID_WORDS = 3
"""Up to so many words without any mention of a speaker: none of 8 in half of news_quotes had been said."""


def is_markup(text: str, stretch: Stretch) -> bool:
    """Return whether the marks belong to markup that was left in the text."""
    start = stretch.outer.start
    return text[max(0, start - 1) : start] == "=" or not COUNTED.search(stretch.inner.of(text))


def is_title(text: str, stretch: Stretch) -> bool:
    """Return whether the words are the title of a work, or a name given between names."""
    inner = stretch.inner.of(text)
    before = text[max(0, stretch.outer.start - 40) : stretch.outer.start]
    after = text[stretch.outer.end : stretch.outer.end + 40]
    words = COUNTED.findall(inner)
    between_names = re.search(rf"[{CAPITAL}][\w.]*\s$", before) and re.match(rf"\s[{CAPITAL}]\w", after)
    if words == [inner] and inner[0].isupper() and between_names:
        return True
    capital = all(word[0].isupper() or word[0].isdigit() or _SMALL.match(word) for word in words)
    if not capital or len(words) > 10 or inner.rstrip()[-1:] in "?!" or not words[0][0].isupper():
        return False
    if len(words) == 1 and not _AFTER_TITLE.match(after):
        return False
    return bool(_BEFORE_TITLE.search(before) or _AFTER_TITLE.match(after))


def is_scare(text: str, stretch: Stretch, *, mentioned: bool, cued: bool) -> bool:
    """Return whether so few words, with or without a speaker and a cue, are only held at a distance."""
    count = _word_count(stretch.inner.of(text))
    if _NAMED_BY.search(text[max(0, stretch.outer.start - 30) : stretch.outer.start]):
        return False
    return (count <= _SCARE_WORDS and not cued) or (count <= _UNSAID_WORDS and not mentioned)


def _word_count(words: str) -> int:
    """Count words; in scripts without spaces, every two characters are one."""
    return max(len(COUNTED.findall(words)), len(UNSPACED.findall(words)) // 2)


_SPEECHLESS = re.compile(
    r"(?:\b(?:his|her|its|their|my|our)|[’']s?)\s(?:[a-z\-]+\s){0,2}"
    r"(?:foot|feet|hands?|legs?|arms?|head|heart|eyes?|face|voice|death|birth|illness|decision|strategy|attacks?"
    r"|visit|victory|defeat|loss|career|habits?|papers|house|home|car)$"
)
_NO_NOUNS = {"any", "every", "each", "no", "the", "a", "an"}
"""Words cut off from the noun they belong to."""
_HEADING_WORDS = 3


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """Quoted words without their marks, and who said them as far as the text tells."""

    span: Span
    speaker: str | None = None
    """The name in full where the article gives it."""
    speaker_span: Span | None = None
    """The mention beside the quotation; a pronoun when the text has one."""
    cue_span: Span | None = None


def find_quotations(
    text: str, sentences: Sequence[Span], language: str | None = None
) -> list[FoundQuotation]:
    """Return the direct quotations of *text* in order; spans never overlap.

    In other languages than English (``language`` is an ISO 639-1 code) the quotations are
    found by their marks and have no speaker. *sentences* are not read: splitters cut inside
    quotations, so clauses are read from the words around them.
    """
    return complete(quotation_slices(text, language))


def quotation_slices(text: str, language: str | None = None) -> Slices[list[FoundQuotation]]:
    """Find the same, in slices of about a tenth of a second."""
    posts = find_posts(text)
    yield
    every = yield from stretch_slices(text)
    stretches = yield from _drop_markup(text, every, posts)
    masked = _mask_marks(text, stretches)
    english = language is None or language.startswith("en")
    attributions: Sequence[Attribution | None] = [None] * len(stretches)
    people = People()
    if english:
        attributions = yield from _attributions(text, masked, stretches)
        yield from _read_people(people, masked)
        named = [who.mention for who in attributions if who is not None and who.kind == "name"]
        people.add_speakers(named, text)
        yield
    found = [FoundQuotation(post.words, post.name.of(text), post.name) for post in posts]
    for at, (stretch, who) in enumerate(zip(stretches, attributions, strict=True), start=1):
        cued = who is not None and who.cue is not None
        if not is_title(text, stretch) and not is_scare(text, stretch, mentioned=who is not None, cued=cued):
            found.append(_make_quotation(text, stretch, who, people))
        if at % _SLICE_STRETCHES == 0:
            yield
    return sorted(found, key=lambda quotation: quotation.span.start)


def _drop_markup(text: str, stretches: Sequence[Stretch], posts: Sequence[Post]) -> Slices[list[Stretch]]:
    kept: list[Stretch] = []
    ends = [post.end for post in posts]
    for at, stretch in enumerate(stretches, start=1):
        if not is_markup(text, stretch) and not _in_post(stretch, posts, ends):
            kept.append(stretch)
        if at % _SLICE_STRETCHES == 0:
            yield
    return kept


def _read_people(people: People, masked: str) -> Slices[None]:
    read = 0
    for span in lines_of(masked):
        people.read(tokens_of(masked, span.start, span.end))
        read += span.end - span.start
        if read >= _SLICE_CHARS:
            read = 0
            yield


def _in_post(stretch: Stretch, posts: Sequence[Post], ends: Sequence[int]) -> bool:
    at = bisect_right(ends, stretch.outer.start)
    return at < len(posts) and posts[at].words.start < stretch.outer.end


def _make_quotation(text: str, stretch: Stretch, who: Attribution | None, people: People) -> FoundQuotation:
    if who is None or _cannot_speak(who.mention.of(text)):
        return FoundQuotation(stretch.inner)
    if who.kind == "pronoun":
        name = people.behind_pronoun(who.mention, text)
    elif who.kind == "name":
        name = people.full_name(who.mention, text)
    else:
        name = " ".join(who.mention.of(text).split())
    return FoundQuotation(stretch.inner, name, who.mention, who.cue)


def _cannot_speak(mention: str) -> bool:
    """Return whether a subject is a thing or deed of somebody ("her right foot"), a heading, or no noun."""
    shouted = mention.isupper() and len(mention.split()) >= _HEADING_WORDS
    return shouted or mention.lower() in _NO_NOUNS or bool(_SPEECHLESS.search(mention))


def _mask_marks(text: str, stretches: Sequence[Stretch]) -> str:
    pieces: list[str] = []
    at = 0
    for stretch in stretches:
        pieces.append(text[at : stretch.outer.start])
        pieces.append(MASK * (stretch.outer.end - stretch.outer.start))
        at = stretch.outer.end
    pieces.append(text[at:])
    return "".join(pieces)


def _attributions(text: str, masked: str, stretches: Sequence[Stretch]) -> Slices[list[Attribution | None]]:
    found: list[Attribution | None] = []
    lines = lines_of(masked)
    line: Line | None = None
    read = 0
    for at, stretch in enumerate(stretches):
        while line is None or stretch.outer.start >= line.span.end:
            span = next(lines)
            if stretch.outer.start < span.end:
                line = line_at(masked, span)
                read += span.end - span.start
        who = attribute(text, masked, line, stretch)
        if who is None:
            previous = stretches[at - 1] if at else None
            who = _from_before(text, masked, line, stretch, previous, found[-1] if found else None)
        found.append(who)
        read += _CHARS_OF_ATTRIBUTION
        if read >= _SLICE_CHARS:
            read = 0
            yield
    for at in range(len(stretches) - 2, -1, -1):
        if found[at] is None and stretches[at].continues:
            found[at] = found[at + 1]
    return found


def _ends_sentence(text: str, previous: Stretch, words: Sequence[Token]) -> bool:
    """Return whether the sentence of the quotation before ends with it."""
    stops = text[previous.inner.end - 1] in STOPS or (bool(words) and words[0].text in STOPS)
    return stops and bool(words) and (words[0].text in STOPS or words[0].is_capital)


def _from_before(
    text: str,
    masked: str,
    line: Line,
    stretch: Stretch,
    previous: Stretch | None,
    before: Attribution | None,
) -> Attribution | None:
    if previous is not None:
        between = text[previous.outer.end : stretch.outer.start]
        if previous.continues:
            return before
        if "\n" not in between:
            first = line.quotation_at.get(previous.outer.start, -1) + 1
            last = max(first, line.quotation_at.get(stretch.outer.start, 0))
            words = line.words[max(first, last - WINDOW) : last]
            return find_continued_speaker(text, words, before, ended=_ends_sentence(text, previous, words))
    at = line.quotation_at.get(stretch.outer.start, 0)
    if at:
        return find_introduced_speaker(last_sentence(line.words, at))
    end = line.span.start
    while end > 0 and masked[end - 1].isspace():
        end -= 1
    if masked[max(0, end - 1) : end] != ":":
        return None
    words = words_before(masked, end)
    return find_introduced_speaker(last_sentence(words, len(words)))
