"""What the words and the sentences of an article are worth in a summary of it.

Worth comes from the article alone: words that come back and that stand early, and marks of a sentence that
tells a fact. No model is loaded. Tried beside it, without gain: nearness of sentence vectors to each other
(LexRank) and to all tokens of the article, and how well a sentence answers "What happened?" and ten questions
like it for the cross-encoder; that agrees with key facts by .1 at most (Pearson), early words by .41.

The constants were chosen among some 500 settings on the 26 articles of "people" and 218 of news_summaries.
Most of them move a figure by less than .01; what is best on one half of the 26 covers as
much on the other half as the mean of all settings.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.summaries.terms import terms_of
from retrieval.text import COMPOUND, load_words, summary_stem

_SPEAKERS = load_words("stop_words", "speakers")
_EARLY_SENTENCES = 6.0
"""How far "early" reaches; the worth of standing early falls to a third over so many sentences."""

_ONCE = 0.1
_EARLY = 0.6
_TITLE = 0.7
"""What a word is worth that stands once, early, or in the title, where coming back e times is worth 1."""
_CHANCE_BIAS = -2.59
_CHANCE_ROOM = 0.68
_CHANCE_OFTEN = 0.98
_CHANCE_EARLY = 2.18
_CHANCE_NAME = 0.26
_CHANCE_DIGIT = 0.31
"""The chance that a word stands in an editor's summary: a logistic regression on half of 398 news articles,
area under the curve .814 on the other half. It counts as much as the weights above; without it ROUGE-1 is a
point lower, without them key facts are .03 fewer at 45 words."""
_FIRST = 0.4
_FIRST_SENTENCES = 2.0
_NEAR_FIRST = 0.3
"""What the first sentence is worth a word beside its words, where all words that fit are worth 2; without
these two, ROUGE-1 is one to two points lower."""
_COMES_BACK = 0.3
"""Part of a sentence's words that other sentences have too; with less it sets a scene, and standing early is
worth less. No more than .003 of any figure depends on it."""
_FIGURES = 0.2
_PARAGRAPH = 0.25
"""What a figure in a sentence, and the beginning of a paragraph, are worth."""
_SPEAKS = 0.3
_END = 0.2
_END_SENTENCES = 3.0
"""What "I" or "you", an exclamation mark and the very end, mostly asides and invitations, take away."""
_BRIEF = 0.3
_USUAL_WORDS = 20
_BRIEF_WORDS = 12
"""Brief sentences are worth more, down to twelve words; without it, most summaries are two long sentences and
one in three is the opening."""
_SUBJECTS = 8
_PARTS = 2
_PART = 0.1
"""That a summary has a sentence of each half of the article is worth so much."""
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Salience:
    """What is worth telling of an article. All lists are by sentence."""

    terms: list[frozenset[str]]
    """The stems."""
    weights: dict[str, float]
    """What telling a stem is worth; those that fit into a summary have 2 in all."""
    subjects: frozenset[str]
    """The stems that say what the article is about."""
    bonuses: list[float]
    """What a sentence is worth beside its words, a word."""
    lengths: list[int]
    """Words."""
    parts: list[int]
    """In which part of the article it stands, from 0."""
    part_worth: float
    """What it is worth to have a sentence of a part."""


def weigh(text: str, spans: Sequence[Span], words: int, title: str) -> Salience:
    """Return what the sentences *spans* of *text* are worth in a summary of about *words* words."""
    sentences = [span.of(text) for span in spans]
    terms = [terms_of(sentence) for sentence in sentences]
    lengths = [len(sentence.split()) for sentence in sentences]
    names = frozenset(
        summary_stem(word)
        for sentence in sentences
        for word in COMPOUND.findall(sentence)[1:]
        if word[0].isupper()
    )
    counts = Counter(term for present in terms for term in present)
    weights = _term_weights(terms, counts, names, words, terms_of(title))
    size = len(spans)
    return Salience(
        terms=terms,
        weights=weights,
        subjects=_subjects(weights, counts),
        bonuses=[
            _facts(text, span, lengths[at])
            + _place(at, size, sum(counts[term] > 1 for term in terms[at]) / max(1, len(terms[at])))
            for at, span in enumerate(spans)
        ],
        lengths=lengths,
        parts=[at * _PARTS // size for at in range(size)],
        part_worth=_PART,
    )


def _subjects(weights: dict[str, float], counts: Counter[str]) -> frozenset[str]:
    """Return the stems that are worth most of those that come back, or of all if none does."""
    back = [term for term in weights if counts[term] > 1] or list(weights)
    return frozenset(sorted(back, key=lambda term: (-weights[term], term))[:_SUBJECTS])


def _term_weights(
    terms: Sequence[frozenset[str]],
    counts: Counter[str],
    names: frozenset[str],
    words: int,
    titled: frozenset[str],
) -> dict[str, float]:
    early: dict[str, float] = dict.fromkeys(counts, 0.0)
    for at, present in enumerate(terms):
        soon = math.exp(-at / _EARLY_SENTENCES)
        for term in present:
            early[term] += soon
    base = _CHANCE_BIAS + _CHANCE_ROOM * math.log(max(1, words) / max(20, len(counts)))
    worth, chances = {}, {}
    for term, count in counts.items():
        often, soon = math.log(count), math.log1p(early[term])
        worth[term] = often + _ONCE + _EARLY * soon + _TITLE * (term in titled)
        logit = base + _CHANCE_OFTEN * often + _CHANCE_EARLY * soon + _TITLE * (term in titled)
        logit += _CHANCE_NAME * (term in names) + _CHANCE_DIGIT * term[0].isdigit()
        chances[term] = 1 / (1 + math.exp(-logit))
    most_worth, most_chances = _most(worth, words), _most(chances, words)
    return {term: worth[term] / most_worth + chances[term] / most_chances for term in counts}


def _most(weights: dict[str, float], words: int) -> float:
    """Return what the best terms are worth that a summary of so many words can hold."""
    return sum(sorted(weights.values(), reverse=True)[: max(1, words)])


def _place(at: int, size: int, returning: float) -> float:
    """Return what its place is worth to sentence *at* of *size*, of whose words so many come back."""
    early = _FIRST * math.exp(-at / _FIRST_SENTENCES) + _NEAR_FIRST * math.exp(-at / _EARLY_SENTENCES)
    return early * min(1.0, returning / _COMES_BACK) - _END * math.exp((at + 1 - size) / _END_SENTENCES)


def _facts(text: str, span: Span, length: int) -> float:
    """Return what the form of a sentence of *length* words says of its worth."""
    sentence = span.of(text)
    speaks = sentence.endswith("!") or any(word.lower() in _SPEAKERS for word in COMPOUND.findall(sentence))
    worth = _FIGURES * bool(_FIGURE.search(sentence)) - _SPEAKS * speaks
    worth += _PARAGRAPH * _begins_paragraph(text, span)
    return worth + _BRIEF * math.log(_USUAL_WORDS / max(_BRIEF_WORDS, length))


def _begins_paragraph(text: str, span: Span) -> bool:
    return span.start == 0 or "\n" in text[max(0, span.start - 3) : span.start]
