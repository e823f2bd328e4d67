"""Checks a drafted text sentence by sentence: markers to citations, support, quotations."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from retrieval.citations import Draft, cite, is_verbatim
from retrieval.claims import Judgement, Source, coverage, sources_in
from retrieval.domain import ArticleId, Checked, Citation, Hit, Span, Statement, Verdict
from retrieval.nlp import is_prose
from retrieval.safety import find_injections
from retrieval.text import DOUBLE, OPENING_DOUBLE, sentences

_NUMBERS = r"\d{1,3}(?:\s*(?:,|;|and|&|-|–)\s*\d{1,3})*"
_FORMS = (
    rf"\[\^?(?:passages?|sources?|articles?|no\.?)?\s*({_NUMBERS})\]"
    rf"|【({_NUMBERS})[^】]{{0,40}}】"
    rf"|\((?:see\s+)?(?:passages?|sources?|articles?|ref\.?)\s*\[?({_NUMBERS})\]?\s*\)"
)
_MARKER = re.compile(rf"\s*(?:{_FORMS})", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")
_NUMBER = re.compile(r"\d{1,3}")
_NESTED = re.compile(r"\[\[(\d{1,3})\]\]\([^)\s]{0,1000}\)")
_LINK = re.compile(
    r"!?\[([^\]\[\n]{0,500})\]\([^)\s]{0,1000}\)|<(?:https?://|@|#|a?:)[^>\s]{0,1000}>|https?://\S+|www\.\S+"
)
"""Bounded: a draft of nothing but brackets would take minutes."""
_TAG = re.compile(r"</?[a-zA-Z][^>\n]{0,200}>")
_MENTION = re.compile(r"@(?=everyone\b|here\b|[&!]?\w)")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_LINE_START = re.compile(r"^[^\S\n]*(?:#{1,6}\s+|>+\s*|[-*•+]\s+|\d{1,2}[.)]\s+)", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|~~|`{1,3})(?=\S)(.+?)(?<=\S)\1")
_SPACE_BEFORE_STOP = re.compile(r"\s+(?=[.,;:!?](?:\s|$))")
_MARKS_AFTER_STOP = re.compile(rf"(?P<stop>[.!?][\"”’)]*)(?P<marks>(?:\s*(?:{_FORMS}))+)", re.IGNORECASE)
_SAID_BY_PASSAGE = re.compile(
    r"^(?:(?:in|according to|based on|as stated in|from) (?:the )?(?:passages?|articles?|texts?|sources?)"
    r"(?: \d{1,2})?(?: provided| given)?,\s+|(?:the )?(?:passages?|texts?|articles?)(?: \d{1,2})? "
    r"(?:states?|says?|mentions?|explains?|notes?|tells? us) that\s+)(?=\S)",
    re.IGNORECASE,
)
"""What a model says about its passages instead of about the world; the markers say it already."""
_WIDEST_RANGE = 10


@dataclass(frozen=True, slots=True)
class Marked:
    """A drafted sentence, and the numbers of the passages it names."""

    text: str
    numbers: tuple[int, ...]


def parse_draft(draft: str) -> list[Marked]:
    """Return the sentences of a draft, in order."""
    draft = _EMPTY_LINES.sub("\n\n", _BLANKS.sub(" ", draft).replace(" \n", "\n"))
    plain = _LINK.sub(_link_text, _NESTED.sub(r"[\1]", draft))
    plain = _LINE_START.sub("", plain).replace("\n", "\n\n")
    plain = _TAG.sub(" ", plain)
    # "… in 1907. [2] The …": the marker belongs to the sentence before it.
    plain = _MARKS_AFTER_STOP.sub(lambda match: match["marks"] + match["stop"], plain)
    found = []
    for span in sentences(plain):
        words = span.of(plain)
        numbers = [number for match in _MARKER.finditer(words) for number in _numbers(match)]
        text = _MENTION.sub("", _EMPHASIS.sub(r"\2", _MARKER.sub("", words)))
        text = _SPACE_BEFORE_STOP.sub("", " ".join(text.split()))
        stated = _SAID_BY_PASSAGE.sub("", text, count=1)
        text = stated[:1].upper() + stated[1:] if stated != text else text
        if any(char.isalnum() for char in text):
            found.append(Marked(text, tuple(dict.fromkeys(numbers))))
    return found


def _link_text(match: re.Match[str]) -> str:
    """Keep the words of a link, and a marker that looks like one, but never an address."""
    return f"[{match[1]}]" if match[1] and match[1].strip("^ ").isdigit() else match[1] or ""


def _numbers(match: re.Match[str]) -> list[int]:
    listed = next(filter(None, match.groups()))
    found = [int(number) for number in _NUMBER.findall(listed)]
    for first, last in _RANGE.findall(listed):
        if 0 < int(last) - int(first) <= _WIDEST_RANGE:
            found += range(int(first), int(last) + 1)
    return sorted(set(found))


Judge = Callable[[str, Sequence[Source], str], Judgement]
"""Holds a sentence against sources of one article; the last word is what stood before it."""
NEAREST = 0.5
"""Least share of a drafted sentence's words in the one that takes its place."""
_FOREIGN = re.compile(
    r"https?:|www\.|[a-z]\.[a-z]{2,}/|discord\.gg|\]\(|<[@#:|/]|@\w|javascript:", re.IGNORECASE
)
"""Addresses and mentions: a card makes its own, and a model has none to give."""
_LOWER_WORD = re.compile(r"(?<![\w’'])[a-z]{2,}|\d")
"""Without one, a draft is a title or a name alone, which says nothing that could be supported."""
_QUOTED = re.compile(rf"[{OPENING_DOUBLE}]([^{DOUBLE}]{{3,}}?)[”\"“»]")


@dataclass(frozen=True, slots=True)
class _Passage:
    hit: Hit
    spans: tuple[Span, ...]
    sources: tuple[Source, ...]


def check_draft(
    draft: str, hits: Sequence[Hit], *, judge: Judge, text_of: Callable[[ArticleId], str]
) -> Checked:
    """Return what the passages support of a draft; citations are numbered from 1 in order of first use."""
    passages = [_read(hit) for hit in hits]
    shown: list[tuple[str, list[Draft]]] = []
    removed: list[str] = []
    kept = replaced = 0
    before = ""
    for sentence in parse_draft(draft):
        support = _find_support(sentence, passages, before, judge)
        if support:
            shown.append((sentence.text, support))
            kept += 1
        else:
            removed.append(sentence.text)
            nearest = _nearest(sentence.text, passages)
            if nearest is not None and all(nearest.text != text for text, _ in shown):
                shown.append((nearest.text, [nearest]))
                replaced += 1
        before = sentence.text
    statements, citations = _number_citations(shown, text_of)
    dropped = len(removed) - replaced
    return Checked(statements, citations, tuple(removed), kept, replaced, dropped)


def _read(hit: Hit) -> _Passage:
    start = hit.passage.span.start
    local, sources = sources_in(hit.text, hit.article.title)
    return _Passage(hit, tuple(Span(start + span.start, start + span.end) for span in local), tuple(sources))


def _find_support(sentence: Marked, passages: Sequence[_Passage], before: str, judge: Judge) -> list[Draft]:
    """Return the sentences that support a drafted one, of the passage that it cites if possible."""
    if not _LOWER_WORD.search(sentence.text) and sentence.text.isascii():
        return []
    if _FOREIGN.search(sentence.text) or find_injections(sentence.text):
        return []
    cited = [passages[number - 1] for number in sentence.numbers if 0 < number <= len(passages)]
    rest = [passage for passage in passages if passage not in cited]
    for passage in (*cited, *rest):
        judgement = judge(sentence.text, passage.sources, before)
        if judgement.verdict is not Verdict.SUPPORTED:
            continue
        found = [passage.spans[at] for at in judgement.sources]
        said = " ".join(passage.sources[at].text for at in judgement.sources)
        if all(is_verbatim(quote, said) for quote in _QUOTED.findall(sentence.text)):
            return [Draft(passage.hit.article, span, "") for span in found]
    return []


def _nearest(sentence: str, passages: Sequence[_Passage]) -> Draft | None:
    """Return the whole sentence of an article that shares most words with a drafted one."""
    best: tuple[float, Draft] | None = None
    for passage in passages:
        start = passage.hit.passage.span.start
        for span, source in zip(passage.spans, passage.sources, strict=True):
            share = coverage(sentence, source.text)
            local = Span(span.start - start, span.end - start)
            if share >= NEAREST and (best is None or share > best[0]) and is_prose(passage.hit.text, local):
                best = share, Draft(passage.hit.article, span, " ".join(source.text.split()))
    return best[1] if best else None


def _number_citations(
    shown: Sequence[tuple[str, list[Draft]]], text_of: Callable[[ArticleId], str]
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Number the citations; each is cut out of the stored text anew, so that it is verbatim."""
    statements: list[Statement] = []
    citations: dict[tuple[ArticleId, Span], Citation] = {}
    for text, drafts in shown:
        numbers = []
        for draft in drafts:
            key = (draft.article.id, draft.span)
            if key not in citations:
                words = draft.span.of(text_of(draft.article.id))
                _, [citation] = cite([Draft(draft.article, draft.span, words)], text_of=text_of)
                citations[key] = replace(citation, number=len(citations) + 1)
            numbers.append(citations[key].number)
        statements.append(Statement(text, tuple(numbers)))
    return tuple(statements), tuple(citations.values())
