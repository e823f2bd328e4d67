"""The claims of a text that somebody wrote, each checked against the articles.

A claim is a sentence that says how something is: no question, no greeting, no opinion. "Not in the
articles" is the answer in doubt: a wrong "contradicted" sets people against each other.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from retrieval.citations import Draft, cite
from retrieval.claims.carried_subjects import keeps_subject
from retrieval.claims.divergence import explain
from retrieval.claims.entailment import Judgement, judge, sources_in
from retrieval.claims.statement import Source
from retrieval.domain import ArticleId, Claim, Hit, Span, Verdict
from retrieval.nlp import can_stand, refers_back, with_context
from retrieval.protocols import Reranker
from retrieval.text import content_words, sentences

MOST = 8
"""Claims of a text that are checked; each costs a search."""
PASSAGES = 6
NEAREST_PASSAGES = 4
"""Passages in which the sentence nearest to a claim is looked for, the best ones."""
NEAR = 0.0
"""Least score of that sentence, the cross-encoder's logit. Of 44 claims on 12 articles, each sentence of the
claim's own article scored at least this, and none of the other articles did."""
MAX_CHARS = 8_000
_LEAST_WORDS = 3
_ATTITUDE = re.compile(
    r"^(?:(?:and|but|so|also|well|btw|by the way|actually|in fact|fun fact|apparently)\b[,:]?\s+)*"
    r"(?:(?:I|we)\s+(?:think|thought|believe|guess|heard|read|know|learned|remember|bet|am sure|was told)"
    r"(?:\s+(?:somewhere|once|today|yesterday))?(?:\s+that)?\s+"
    r"|(?:did you know|remember)\s+that\s+|(?:they|people|some) say(?:\s+that)?\s+"
    r"|it is said that\s+|(?:the|this) article says(?:\s+that)?\s+)?",
    re.IGNORECASE,
)
_OF_THE_WRITER = re.compile(
    r"^(?:I|I['’](?:m|ve|d|ll)|we|we['’](?:re|ve|d|ll)|you|you['’](?:re|ve|d|ll)|my|our|your|please|let['’]?s"
    r"|thanks?|thank|hello|hi|hey|lol|wow)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(r"https?://\S+|<a?:\w+:\d+>|^\s*(?:>+|[-*•]|\d+[.)]|#+)\s+|[*_~`|]{1,3}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asserted:
    """A claim to be checked, and the sentence before it when it speaks of "it"."""

    text: str
    about: str = ""
    before: str = ""
    """The sentence before it in the text, whatever it says."""

    @property
    def query(self) -> str:
        """What to search for."""
        return f"{self.about} {self.text}".strip()


def extract_claims(text: str) -> list[Asserted]:
    """Return the claims that a text makes, in order."""
    plain = _NOISE.sub("", text[:MAX_CHARS])
    found: list[Asserted] = []
    before = last = ""
    for span in sentences(plain):
        words = " ".join(span.of(plain).split())
        claim = _ATTITUDE.sub("", words, count=1)
        is_statement = words.lower().startswith("did you know")
        if (
            (words.endswith("?") and not is_statement)
            or _OF_THE_WRITER.match(claim)
            or len(content_words(claim)) < _LEAST_WORDS
        ):
            last = claim
            continue
        about = before if refers_back(claim) else ""
        found.append(Asserted(claim[0].upper() + claim[1:], about, last))
        before, last = about or claim, claim
    return found


def check_claim(
    claim: Asserted, hits: Sequence[Hit], *, text_of: Callable[[ArticleId], str], first_number: int
) -> Claim:
    """Return what passages say to a claim; support anywhere wins over denial elsewhere."""
    denial: tuple[Judgement, Hit, list[Span]] | None = None
    for hit in hits[:PASSAGES]:
        spans, sources = _sources(hit)
        judgement = judge(claim.text, sources, claim.about)
        if judgement.sources and not keeps_subject(claim.text, claim.before, sources, judgement.sources):
            continue
        if judgement.verdict is Verdict.SUPPORTED:
            return _claim(claim, judgement, hit, spans, text_of, first_number)
        if judgement.verdict is Verdict.CONTRADICTED and denial is None:
            denial = judgement, hit, spans
    if denial is not None:
        return _claim(claim, *denial, text_of, first_number)
    return Claim(claim.text, Verdict.NOT_FOUND)


def cite_nearest(
    claim: Asserted,
    hits: Sequence[Hit],
    *,
    reranker: Reranker,
    text_of: Callable[[ArticleId], str],
    first_number: int,
) -> Claim:
    """Return an undecided claim with the one sentence that comes nearest to it, if one comes near.

    Nothing is decided by it: the sentence is shown so that a reader can, and "not in the articles" is
    said only where nothing comes near.
    """
    found = []
    for hit in hits[:NEAREST_PASSAGES]:
        start = hit.passage.span.start
        spans = [Span(start + one.start, start + one.end) for one in sentences(hit.text)]
        text = text_of(hit.article.id)
        found += [(hit.article, one) for one in spans if can_stand(text, one)]
    read = [f"{article.title}. {span.of(text_of(article.id))}".removeprefix(". ") for article, span in found]
    scores = reranker.scores(claim.query, read)
    best = max(range(len(found)), key=lambda at: scores[at], default=None)
    if best is None or scores[best] < NEAR:
        return Claim(claim.text, Verdict.NOT_FOUND)
    article, span = found[best]
    text = text_of(article.id)
    earlier = [one for other, one in found if other.id == article.id and one.end <= span.start]
    whole = with_context(text, span, max(earlier, default=None))
    _, citations = cite([Draft(article, whole, whole.of(text))], text_of=text_of)
    numbered = tuple(replace(one, number=first_number) for one in citations)
    if not numbered:
        return Claim(claim.text, Verdict.NOT_FOUND)
    differs = explain(claim.text, span.of(text), whole.of(text))
    return Claim(claim.text, Verdict.UNCLEAR, numbered, divergence=differs)


def denial_of(claim: Asserted, hits: Sequence[Hit]) -> tuple[tuple[str, str] | None, list[Draft]]:
    """Return the sentences of the first passage that contradicts a claim, and the words at odds."""
    for hit in hits:
        spans, sources = _sources(hit)
        judgement = judge(claim.text, sources, claim.about)
        if judgement.verdict is Verdict.CONTRADICTED:
            said = [(spans[at], sources[at].text) for at in judgement.sources]
            return judgement.at_odds, [Draft(hit.article, span, text) for span, text in said]
    return None, []


def find_supporting_passages(claim: Asserted, hits: Sequence[Hit]) -> list[Hit]:
    """Return the passages that support a claim."""
    judged = ((hit, judge(claim.text, _sources(hit)[1], claim.about)) for hit in hits)
    return [hit for hit, judgement in judged if judgement.verdict is Verdict.SUPPORTED]


def add_newer_statements(
    claim: Claim,
    newer: Sequence[Draft],
    at_odds: tuple[str, str] | None,
    *,
    text_of: Callable[[ArticleId], str],
) -> Claim:
    """Return a supported claim with what a newer article says against it, the newer words first."""
    _, said = cite(newer, text_of=text_of)
    if not said:
        return claim
    first_number = claim.citations[0].number
    both = [*said, *claim.citations]
    numbered = tuple(replace(one, number=first_number + at) for at, one in enumerate(both))
    return Claim(claim.text, Verdict.CORRECTED, numbered, at_odds)


def _sources(hit: Hit) -> tuple[list[Span], list[Source]]:
    start = hit.passage.span.start
    local, sources = sources_in(hit.text, hit.article.title)
    return [Span(start + span.start, start + span.end) for span in local], sources


def _claim(
    claim: Asserted,
    judgement: Judgement,
    hit: Hit,
    spans: Sequence[Span],
    text_of: Callable[[ArticleId], str],
    first_number: int,
) -> Claim:
    """Cite the sentences a verdict rests on; a verdict without a citation is none."""
    text = text_of(hit.article.id)
    drafts = [Draft(hit.article, spans[at], spans[at].of(text)) for at in judgement.sources]
    _, citations = cite(drafts, text_of=text_of)
    if not citations:
        return Claim(claim.text, Verdict.NOT_FOUND)
    numbered = tuple(replace(one, number=first_number + at) for at, one in enumerate(citations))
    return Claim(claim.text, judgement.verdict, numbered, judgement.at_odds, judgement.divergence)
