"""The check of drafts by a language model: the model drafts, the articles decide.

Each drafted sentence is held against the sentences of the passages that were read. It is shown if
one or two of them, of one article, carry it: these, not the passage, are what it cites. Else the
sentence of an article that comes nearest stands in its place, word for word; else nothing does.
A sentence that addresses a model carries nothing, and a draft that gives orders, pings or links is
not carried by anything.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.citations import Draft, cite, is_verbatim
from retrieval.domain import ArticleId, Citation, Hit, Span, Statement
from retrieval.drafts import Checked
from retrieval.injections import addressed
from retrieval.marked import Marked, marked_sentences
from retrieval.quotation_marks import DOUBLE, OPENING_DOUBLE
from retrieval.standalone import is_prose
from retrieval.support import Judgement, Source, coverage, sources_in
from retrieval.verdicts import Verdict

Judge = Callable[[str, Sequence[Source], str], Judgement]
"""Holds a sentence against sources of one article; the last word is what stood before it."""
NEAREST = 0.5
"""Least share of a drafted sentence's words in the one that takes its place."""
_FOREIGN = re.compile(
    r"https?:|www\.|[a-z]\.[a-z]{2,}/|discord\.gg|\]\(|<[@#:|/]|@\w|javascript:", re.IGNORECASE
)
"""Addresses and mentions: a card makes its own, and a model has none to give."""
_LOWER_WORD = re.compile(r"(?<![\w’'])[a-z]{2,}|\d")
"""Without one, a draft is a title or a name alone, which says nothing that could be carried."""
_QUOTED = re.compile(rf"[{OPENING_DOUBLE}]([^{DOUBLE}]{{3,}}?)[”\"“»]")


@dataclass(frozen=True, slots=True)
class _Passage:
    hit: Hit
    spans: tuple[Span, ...]
    sources: tuple[Source, ...]


def check_draft(
    draft: str, hits: Sequence[Hit], *, judge: Judge, text_of: Callable[[ArticleId], str]
) -> Checked:
    """Return what the passages carry of a draft; citations are numbered from 1 in order of first use."""
    passages = [_read(hit) for hit in hits]
    shown: list[tuple[str, list[Draft]]] = []
    removed: list[str] = []
    kept = replaced = 0
    before = ""
    for sentence in marked_sentences(draft):
        carried = _carried(sentence, passages, before, judge)
        if carried:
            shown.append((sentence.text, carried))
            kept += 1
        else:
            removed.append(sentence.text)
            nearest = _nearest(sentence.text, passages)
            if nearest is not None and all(nearest.text != text for text, _ in shown):
                shown.append((nearest.text, [nearest]))
                replaced += 1
        before = sentence.text
    statements, citations = _numbered(shown, text_of)
    dropped = len(removed) - replaced
    return Checked(statements, citations, tuple(removed), kept, replaced, dropped)


def _read(hit: Hit) -> _Passage:
    start = hit.passage.span.start
    local, sources = sources_in(hit.text, hit.article.title)
    return _Passage(hit, tuple(Span(start + span.start, start + span.end) for span in local), tuple(sources))


def _carried(sentence: Marked, passages: Sequence[_Passage], before: str, judge: Judge) -> list[Draft]:
    """Return the sentences that carry a drafted one, of the passage that it cites if possible."""
    if not _LOWER_WORD.search(sentence.text) and sentence.text.isascii():
        return []
    if _FOREIGN.search(sentence.text) or addressed(sentence.text):
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


def _numbered(
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
                citations[key] = Citation(len(citations) + 1, citation.article, citation.span, citation.quote)
            numbers.append(citations[key].number)
        statements.append(Statement(text, tuple(numbers)))
    return tuple(statements), tuple(citations.values())
