"""Whether sentences of an article support a sentence that somebody else wrote, or deny it.

Careful on both sides: "supported" takes the claim's words, every number, year and name of it among
them and in the same order, in one sentence of an article, in a part of one that stands by itself, or in
two of which one depends on the other; the title may hold up to ``1 - SUPPORTED`` of the words.
"contradicted" takes the same words with one thing turned round: a figure of the same unit, a date, a "not",
a word for its opposite, a name where there is room for one only, or who did it to whom. All else is unsure.
"""

import logging
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from retrieval.claims.antecedents import fills_pronoun, only_antecedent, stands_for
from retrieval.claims.contradiction import words_at_odds
from retrieval.claims.divergence import find_divergence
from retrieval.claims.factuality import keeps_all_but_harmless, keeps_frame, select_scope
from retrieval.claims.full_names import complete_names
from retrieval.claims.joined_claims import split_joined_claims
from retrieval.claims.statement import NUMBER, Source, Statement, denies, mend_figures, terms_of
from retrieval.claims.structure import Difference, find_conflict, find_difference
from retrieval.claims.word_order import (
    align_words,
    names_other_letter,
)
from retrieval.domain import Divergence, DivergenceKind, Span, Verdict
from retrieval.nlp import (
    find_opposites,
    refers_back,
    same_doubts,
)
from retrieval.text import (
    LONE_YEAR,
    OPENING_DOUBLE,
    is_english,
    root,
    sentences,
    word_set,
    words_of,
)

_log = logging.getLogger(__name__)
SUPPORTED = 0.7
"""Least share of a claim's words that its sources have; the others stand in the title or say little."""
LIGHT = frozenset(
    map(
        root,
        """
        called known named located place happened occurred also including
        """.split(),  # noqa: SIM905 - one word a line would be a page
    )
)
"""Words that a claim may have and its source need not; none of them has an opposite."""
MOST_NAMED_BEFORE = 3
"""Words of a claim that may stand only in the sentence before, which "it" means."""
FARTHEST = 3
"""Sentences from the first to the last that support parts of a claim: "the mayor" of both is one."""
LONGEST = 3_000
"""Characters of a sentence; what is longer is a table or a list of links, and supports nothing."""
MOST_OTHER_FORMS = 2
"""Words of a claim of which a sentence may have other forms, as far as stems tell: "wrote" of "written"."""
PARSED_CHARS = 800
"""Characters of a sentence that is parsed; a longer one is a list."""
_OBJECT = re.compile(r"\b(?:it|him|them)\b", re.IGNORECASE)
_QUOTED = re.compile(rf"\s*[{OPENING_DOUBLE}]")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their)\b", re.IGNORECASE)
_OTHER_PART = re.compile(r"[;:](?!\d)|,\s+(?:and|but|while|whereas)\s+(?!it\b|he\b|she\b|they\b)")
_TURNING = word_set("been being me my us our you your myself ourselves yourself")
"""Words that stand in no list of a claim's words, and without which it says something else."""
_ASKING = word_set("which what who whom whose how why where when whether")
_IF = re.compile(r"\b(?:if|whether|unless|provided|in case|wenn|falls|ob)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the numbers of the sources it rests on."""

    verdict: Verdict
    sources: tuple[int, ...] = ()
    at_odds: tuple[str, str] | None = None
    """The words of claim and source that cannot both be right."""
    divergence: Divergence | None = None
    """The one thing in which the source differs, if the trees of both tell it."""


UNSURE = Judgement(Verdict.NOT_FOUND)


def judge(claim: str, sources: Sequence[Source], about: str = "") -> Judgement:
    """Hold a claim against sentences of one article.

    *about* is what stood before the claim, for one that says "it". A sentence that joins claims is
    supported if each is.
    """
    sources = [mend_figures(one) for one in sources]
    judged = _judge_sentence(claim, sources, about)
    joins = judged is UNSURE and len(claim) <= PARSED_CHARS and is_english(claim)
    parts = split_joined_claims(claim) if joins else []
    found: set[int] = set()
    for part in parts:
        one = _judge_sentence(part, sources, about)
        if one.verdict is not Verdict.SUPPORTED:
            return judged
        found.update(one.sources)
        about = part
    if not found or max(found) - min(found) > FARTHEST:
        return judged
    return Judgement(Verdict.SUPPORTED, tuple(sorted(found)))


def _judge_sentence(claim: str, sources: Sequence[Source], about: str) -> Judgement:
    read = Statement(claim, about)
    if len(read.terms) < 2 or len(claim) > LONGEST:
        return UNSURE
    short = [at for at, source in enumerate(sources) if len(source.text) <= LONGEST]
    ranked = sorted(short, key=lambda at: -_cover(read, sources[at]))
    for at in ranked[:3]:
        text = sources[at].text
        same = _same_words(claim, text) or _is_between_semicolons(read, text)
        supported = (at,) if same else _find_support(read, sources, at)
        supported = supported or _find_support_by_structure(read, sources, at)
        said = " ".join([sources[at].title, *(sources[one].text for one in supported)])
        if (
            supported
            and not _adds_letters(claim, said)
            and _is_about_the_same(claim, about, sources, supported[-1])
        ):
            return Judgement(Verdict.SUPPORTED, supported)
    for at in ranked[:3]:
        divergence = _find_divergence(read, sources, at)
        if divergence is not None and divergence.excludes:
            words = divergence.here, divergence.there
            return Judgement(Verdict.CONTRADICTED, (at,), words, divergence)
    for at in ranked[:3]:
        odds = words_at_odds(read, sources[at])
        if odds is not None:
            return Judgement(Verdict.CONTRADICTED, (at,), odds, _name_odds(claim, odds))
    return UNSURE


def _is_about_the_same(claim: str, about: str, sources: Sequence[Source], at: int) -> bool:
    """Tell whether a claim's "it" must mean the same as the "it" of a sentence."""
    if not about or not refers_back(claim) or not _PRONOUN.search(claim):
        return True
    context = sources[at - 1].text if at else ""
    if _same_words(about, context):
        return True
    mine = only_antecedent(claim, about)
    if mine is None:
        return False
    if terms_of(about) <= terms_of(sources[at].text):
        return True
    theirs = only_antecedent(sources[at].text, context)
    return theirs is not None and bool(mine & theirs)


def coverage(claim: str, source: str) -> float:
    """Return which share of the words a claim is made of a source has."""
    terms = terms_of(claim)
    return len(terms & terms_of(source)) / len(terms) if terms else 0.0


def sources_in(passage: str, title: str) -> tuple[list[Span], list[Source]]:
    """Return the sentences of a passage, and what they may support."""
    spans = sentences(passage)
    return spans, [Source(span.of(passage), title) for span in spans]


def _cover(claim: Statement, source: Source) -> float:
    return len(claim.terms & terms_of(source.text)) / len(claim.terms)


@dataclass(frozen=True, slots=True)
class _Near:
    """A sentence that comes near to a claim, with the one before if it depends on that."""

    source: Source
    before: str
    """The sentence before, if it is needed."""
    places: tuple[int, ...]
    have: frozenset[str]
    """Roots of all words that may support the claim's, opposites of denied ones among them."""
    swapped: frozenset[str]
    """Words that the claim denies and whose opposite the sentence says."""
    missing: frozenset[str]
    """Words of the claim that the sentence and its title lack."""
    previous: str = ""
    """The sentence before, needed or not."""

    @property
    def said(self) -> str:
        return f"{self.before} {self.source.text}" if self.before else self.source.text


class Veto(StrEnum):
    """Why a sentence does not support a claim, in the order in which it is asked."""

    MISSING_WORDS = "missing words"
    """The claim has words that neither the sentences nor the title have."""
    MOSTLY_TITLE = "mostly title"
    """Too great a share of the claim's words stands in the title alone."""
    ADDED = "added"
    """The claim has a word that turns it and that word lists pass over: "us", "been", "which"."""
    MISSING_NUMBER = "missing number"
    MISSING_NAME = "missing name"
    HEDGE = "hedge"
    """"Not only" or "no more than" stands in one of both."""
    FRAME = "frame"
    """A word that changes what others say is left out or added, or what is left out narrows the rest."""
    ORDER = "order"
    """The claim is about "Hall B", the sentence about "Hall A"."""
    OTHER_SUBJECT = "other subject"
    """The claim's words stand in a part of the sentence that is about another."""
    PRONOUN = "pronoun"
    """The claim names what a pronoun of the sentence need not mean."""
    DENIAL = "denial"
    """Exactly one of both denies."""
    QUESTION = "question"
    """The sentence asks what the claim states."""
    CONDITION = "condition"
    """The sentence sets a condition that the claim does not."""
    OMISSION = "omission"
    """A word is left out that is not known to be harmless, or a figure, time or person is another."""
    ROLES = "roles"
    """By the dependency trees, who did it and to whom it was done are turned round."""
    TAKEN_BACK = "taken back"
    """Behind a "but", somebody says of it that it was otherwise."""
    SUBORDINATE = "subordinate"
    """By the dependency tree, what is claimed is only what was said, tried, refused or planned."""


def _near(claim: Statement, sources: Sequence[Source], at: int) -> _Near:
    source = sources[at]
    swapped = find_opposites(claim.text, source.text) if claim.denies else frozenset()
    have = terms_of(source.text) | terms_of(source.title) | swapped
    missing = claim.terms - have - LIGHT
    if (
        at
        and missing & terms_of(sources[at - 1].text)
        and len(missing) < len(claim.terms) - len(missing)
        and _depends_enough(source.text, len(missing))
    ):
        before = sources[at - 1].text
        return _Near(source, before, (at - 1, at), have | terms_of(before), swapped, missing, before)
    return _Near(source, "", (at,), have, swapped, missing, sources[at - 1].text if at else "")


def _is_mostly_title(claim: Statement, near: _Near) -> bool:
    return len(claim.terms & (terms_of(near.said) | near.swapped)) < SUPPORTED * len(claim.terms)


def _names_another(claim: Statement, near: _Near) -> bool:
    """Tell whether a claim's words stand for a pronoun that may mean somebody or something else.

    The title may name what a sentence without a pronoun is about.
    """
    lacking = claim.terms - terms_of(near.source.text) - near.swapped - LIGHT
    if not lacking or not (near.before or _PRONOUN.search(near.source.text)):
        return False
    pairs = align_words(claim.text, near.source.text)
    if near.before or fills_pronoun(claim.text, near.source.text, lacking, pairs):
        return not stands_for(claim.text, near.source.text, near.previous, lacking, pairs)
    return False


def _differs_in_denial(claim: Statement, near: _Near) -> bool:
    denied = denies(select_scope(claim.text, near.source.text))
    if (claim.denies and not near.swapped) != denied:
        return True
    return not claim.denies and bool(near.before) and denies(near.before)


def _adds(claim: str, said: str) -> bool:
    """Tell whether a claim has a word of few letters and much weight that is nowhere in what is said.

    "Russia had been asked for more time" and "Russia had asked us for more time" hold no other word than
    "Russia had asked for more time".
    """
    words, there = words_of(claim), set(words_of(said))
    asks = bool(words) and words[0] in _ASKING and words[0] not in there
    return bool((set(words) & _TURNING) - there) or asks


def _adds_letters(claim: str, said: str) -> bool:
    """Tell whether a claim has a letter of another alphabet that what is said lacks: "ոot" for "not"."""
    return any(char.isalpha() and not char.isascii() and char not in said for char in claim)


def _asks(claim: Statement, near: _Near) -> bool:
    return near.source.text.rstrip("”\"' ").endswith("?") and not claim.text.rstrip().endswith("?")


def _sets_condition(claim: Statement, near: _Near) -> bool:
    return any(map(_IF.search, (near.before, near.source.text))) and not _IF.search(claim.text)


def _conflict(claim: Statement, sentence: str) -> Difference | None:
    return find_conflict(claim.text, sentence) if _may_be_parsed(claim, sentence) else None


def _may_be_parsed(claim: Statement, sentence: str) -> bool:
    """Tell whether a claim and a sentence are such as the parser was made for."""
    return max(len(sentence), len(claim.text)) <= PARSED_CHARS and is_english(claim.text)


_VETOES: tuple[tuple[Veto, Callable[[Statement, _Near], bool]], ...] = (
    (Veto.MISSING_WORDS, lambda claim, near: bool(claim.terms - near.have - LIGHT)),
    (Veto.MOSTLY_TITLE, _is_mostly_title),
    (Veto.ADDED, lambda claim, near: _adds(claim.text, f"{near.said} {near.source.title}")),
    (Veto.MISSING_NUMBER, lambda claim, near: not claim.numbers <= set(NUMBER.findall(near.source.text))),
    (Veto.MISSING_NAME, lambda claim, near: not claim.names <= near.have),
    (Veto.HEDGE, lambda claim, near: not same_doubts(claim.text, near.source.text)),
    (
        Veto.FRAME,
        lambda claim, near: not keeps_frame(claim.text, near.source.text, turned=bool(near.swapped)),
    ),
    (Veto.ORDER, lambda claim, near: names_other_letter(claim.text, near.source.text)),
    (
        Veto.OTHER_SUBJECT,
        lambda claim, near: _speaks_of_another(claim.text, near.source.text, near.missing),
    ),
    (Veto.PRONOUN, _names_another),
    (Veto.DENIAL, _differs_in_denial),
    (Veto.QUESTION, _asks),
    (Veto.CONDITION, _sets_condition),
    (
        Veto.OMISSION,
        lambda claim, near: not near.swapped and not keeps_all_but_harmless(claim.text, near.source.text),
    ),
    (Veto.ROLES, lambda claim, near: _conflict(claim, near.source.text) is Difference.ROLES),
    (
        Veto.TAKEN_BACK,
        lambda claim, near: _conflict(claim, near.source.text) is Difference.TAKEN_BACK,
    ),
    (Veto.SUBORDINATE, lambda claim, near: _conflict(claim, near.source.text) is Difference.NOT_STATED),
)
_fired: Counter[Veto | Difference] = Counter()


def veto_counts() -> Counter[Veto | Difference]:
    """Return how often each veto was the first to fire since the program started.

    A sentence counts once for itself and once for each of its parts that a claim was compared with.
    """
    return _fired.copy()


def _first_veto(claim: Statement, near: _Near) -> Veto | None:
    """Return the first reason why a sentence does not support a claim."""
    return next((veto for veto, fires in _VETOES if fires(claim, near)), None)


def _find_support(claim: Statement, sources: Sequence[Source], at: int) -> tuple[int, ...]:
    """Return the sentences that support the claim: this one, with the one before if it depends on that."""
    near = _near(claim, sources, at)
    veto = _first_veto(claim, near)
    if veto is None:
        return near.places
    _fired[veto] += 1
    _log.debug("Veto: %s", veto)
    return ()


def _is_between_semicolons(claim: Statement, sentence: str) -> bool:
    """Tell whether a claim stands word for word between two semicolons, whatever the language."""
    parts = sentence.split(";")
    return len(parts) > 1 and any(_same_words(claim.text, part.strip()) for part in parts)


def _find_support_by_structure(claim: Statement, sources: Sequence[Source], at: int) -> tuple[int, ...]:
    """Return the sentences that support the claim if its dependency tree is part of this one's."""
    text, previous = sources[at].text, sources[at - 1].text if at else ""
    if not _may_be_parsed(claim, text):
        return ()
    meant = only_antecedent(text, previous) or frozenset()
    lacking = claim.terms - terms_of(text)
    if len(lacking - meant) > MOST_OTHER_FORMS:
        return ()
    difference = find_difference(claim.text, text)
    if difference is None:
        return (at,)
    completed = complete_names(claim.text, [one.text for one in sources], at) if lacking else None
    if completed is not None and find_difference(claim.text, completed[0]) is None:
        return tuple(sorted({completed[1], at}))
    if lacking & meant:
        difference = find_difference(claim.text, text, meant)
        if difference is None:
            return at - 1, at
    _fired[difference] += 1
    _log.debug("The sentence's tree differs: %s", difference)
    return ()


def _name_odds(claim: str, odds: tuple[str, str]) -> Divergence:
    """Return the words at odds with what they are: a year, another figure, or a denial."""
    kind = DivergenceKind.DATE if re.fullmatch(LONE_YEAR, odds[0]) else DivergenceKind.FIGURE
    return Divergence(DivergenceKind.DENIAL if odds[0] == claim else kind, *odds, excludes=True)


def _find_divergence(claim: Statement, sources: Sequence[Source], at: int) -> Divergence | None:
    """Return the one thing in which a sentence differs from the claim, which it would support otherwise."""
    text, previous = sources[at].text, sources[at - 1].text if at else ""
    if not _may_be_parsed(claim, text):
        return None
    meant = only_antecedent(text, previous) or frozenset()
    before = sources[max(0, at - FARTHEST) : at]
    known = terms_of(sources[at].title).union(*(terms_of(one.text) for one in before))
    completed = complete_names(claim.text, [one.text for one in sources], at)
    if completed is None:
        return find_divergence(claim.text, text, meant, known)
    found = find_divergence(claim.text, completed[0], meant, known)
    return replace(found, there=text) if found is not None and found.there == completed[0] else found


def _same_words(claim: str, sentence: str) -> bool:
    """Tell whether a claim is a sentence of the article, as it stands there."""
    marks = [(bool(_QUOTED.match(one)), one.endswith("?"), NUMBER.findall(one)) for one in (claim, sentence)]
    return marks[0] == marks[1] and words_of(claim) == words_of(sentence)


def _speaks_of_another(claim: str, sentence: str, missing: frozenset[str]) -> bool:
    """Tell whether "it" is what a sentence begins with, and a claim's words stand in a part about another."""
    pairs = align_words(claim, sentence) if missing else None
    return pairs is not None and bool(pairs) and bool(_OTHER_PART.search(sentence, 0, pairs[0][1].start))


def _depends_enough(sentence: str, missing: int) -> bool:
    """Tell whether the sentence before may name what so many words of a claim are about."""
    return missing <= (MOST_NAMED_BEFORE if refers_back(sentence) else bool(_OBJECT.search(sentence)))
