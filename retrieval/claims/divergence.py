"""In what one thing a sentence differs from a claim that it would support otherwise.

By the dependency trees of both: all words of the claim stand in the sentence in the same relations but for
one slot, a "not", or who did it to whom. Whether the two cannot both be true is told apart: two people may
have signed a letter, and only one was the last to leave.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from retrieval.claims.remainder import keeps_rest
from retrieval.claims.structure import (
    Difference,
    find_difference,
    is_said_by_article,
    mend_torn_words,
    root_of_claim,
)
from retrieval.claims.tree_matching import (
    DATES,
    Match,
    TreePair,
    has_all,
    is_name,
    match_trees,
    stands_before,
)
from retrieval.domain import Divergence, DivergenceKind
from retrieval.nlp import SPEECH_VERBS, is_opposite
from retrieval.parsing import (
    Parsed,
    Relations,
    Token,
    describe_verb,
    extract_relations,
    is_stated,
    is_verb,
    parse,
)
from retrieval.text import LONE_YEAR, LOWER_MONTH, LOWER_WEEKDAY, YEAR, content_roots, quantities, read_number
from retrieval.text import root as stem_of

_KINDS = {
    Difference.NOT_STATED: DivergenceKind.NOT_STATED,
    Difference.TENSE: DivergenceKind.TIME,
    Difference.ROLES: DivergenceKind.RELATIONS,
}
_MOST_WORDS = 3
"""Words of a claim that are named because the sentence lacks them."""
_MOST_WAYS = 8
_UNIQUE_TAGS = frozenset(("JJS", "RBS"))
_KINDS_OF_DATES = tuple(map(re.compile, (YEAR, r"\d{1,2}", LOWER_MONTH, LOWER_WEEKDAY)))
_SUBJECTS = frozenset(("nsubj", "dobj"))
_MARKS = frozenset(("mark", "complm"))


def find_divergence(
    claim: str, sentence: str, meant: frozenset[str] = frozenset(), known: frozenset[str] = frozenset()
) -> Divergence | None:
    """Return the one thing in which a sentence differs from a claim; nothing if there is more, or none.

    Args:
        claim: What somebody wrote.
        sentence: One of an article.
        meant: Roots of the words that the sentence's first pronoun must mean.
        known: Roots of the words shortly before it: where it denies, "it" may be any of them.
    """
    mine = parse(claim)
    root = root_of_claim(mine)
    if root is None:
        return None
    relations = extract_relations(mine)
    for at, part in enumerate(mend_torn_words(claim, sentence).split(";")):
        text = part.strip()
        said = parse(text)
        pair = TreePair(
            mine, said, relations, extract_relations(said), frozenset() if at else meant, True, known
        )
        for token in said.tokens:
            if is_verb(token) and (found := _compare(pair, root, token, reported=False)):
                return found
        for clause in _reported_of_oneself(said):
            inner = parse(clause)
            pair = replace(pair, said=inner, theirs=extract_relations(inner), meant=frozenset(), steps=0)
            for token in inner.tokens:
                if is_verb(token) and (found := _compare(pair, root, token, reported=True)):
                    return replace(found, there=text)
    return None


def explain(claim: str, sentence: str, shown: str = "") -> Divergence:
    """Return the first thing that keeps a sentence from saying what a claim says, for a person to read.

    Args:
        claim: What somebody wrote.
        sentence: The one of an article that comes nearest.
        shown: That sentence with those that are shown with it.
    """
    shown = shown or sentence
    found = find_divergence(claim, sentence) or _find_other_figure(claim, shown)
    if found is not None:
        return found
    said = set(content_roots(shown))
    mine = parse(claim)
    missing = [one for one in mine.tokens if set(content_roots(one.text)) - said]
    names = [one for one in missing if one.pos == "PROPN"]
    if names:
        first = names[0]
        whole = mine.head(first) if first.relation == "compound" else first
        return Divergence(DivergenceKind.NAME, _phrase(mine, whole))
    if missing:
        return Divergence(DivergenceKind.WORDS, ", ".join(one.text for one in missing[:_MOST_WORDS]))
    difference = find_difference(claim, sentence) or Difference.LEFT_OUT
    return Divergence(_KINDS.get(difference, DivergenceKind.LEFT_OUT))


def _find_other_figure(claim: str, sentence: str) -> Divergence | None:
    """Return a figure of a claim that a sentence lacks, with the one of the same unit if there is one."""
    there = quantities(sentence)
    numbers = {one.value for one in there}
    for mine in quantities(claim):
        if mine.value not in numbers:
            same = [one for one in there if one.unit == mine.unit]
            other = sentence[same[0].start : same[0].end] if len(same) == 1 else ""
            return Divergence(DivergenceKind.FIGURE, claim[mine.start : mine.end], other)
    years = re.findall(LONE_YEAR, sentence)
    for year in re.findall(LONE_YEAR, claim):
        if year not in years:
            return Divergence(DivergenceKind.DATE, year, years[0] if len(years) == 1 else "")
    return None


def _compare(pair: TreePair, root: Token, token: Token, *, reported: bool) -> Divergence | None:
    """Return in what a clause differs from a claim; of what somebody *reported*, only what it denies."""
    opposite = root.lemma != token.lemma
    if opposite and not is_opposite(stem_of(root.lower), stem_of(token.lower)):
        return None
    if not is_stated(pair.said, token) or not is_said_by_article(pair.said, token):
        return None
    mine, theirs = describe_verb(pair.claim, root), describe_verb(pair.said, token)
    described = token.relation == "acl" and token.tag == "VBN" and mine.tense == "past"
    if mine.modals or theirs.modals or not (mine.tense == theirs.tense or described):
        return None
    if not (reported or described) and mine.is_perfect != theirs.is_perfect:
        return None
    denied = mine.is_negated != theirs.is_negated
    if not denied and (reported or not _is_definite(pair, root)):
        return None
    for match in islice(match_trees(pair, root, token), _MOST_WAYS):
        if not has_all(pair, match) or not keeps_rest(pair, root, token, match.places):
            continue
        if denied and match.odd is None:
            return Divergence(DivergenceKind.DENIAL, pair.claim.text, pair.said.text, excludes=True)
        if not denied and match.odd is not None and not _fills_pronoun(pair, match):
            return _describe(pair, root, match)
    return None if denied or opposite or reported else _find_exchange(pair, root, token)


def _fills_pronoun(pair: TreePair, match: Match) -> bool:
    """Tell whether a match takes a pronoun of the sentence for what stands somewhere before."""
    pairs = ((pair.claim.tokens[own], pair.said.tokens[other]) for own, other in match.places.items())
    return any(mine.pos != "PRON" and stands_before(pair, mine, there) for mine, there in pairs)


def _is_definite(pair: TreePair, root: Token) -> bool:
    """Tell whether a claim says what definite ones did once, or are: not what holds of some of a kind."""
    if describe_verb(pair.claim, root).tense != "past" and root.pos != "AUX":
        return False
    subjects = [pair.claim.tokens[at] for name, at in pair.mine.get(root.at, ()) if name in _SUBJECTS]
    return all(
        one.pos in {"PRON", "NUM"}
        or is_name(pair.claim, one)
        or any(of.relation in {"det", "poss", "nummod"} for of in pair.claim.below(one))
        for one in subjects
        if pair.claim.tokens[one.at].relation in {"nsubj", "nsubjpass"}
    )


def _describe(pair: TreePair, root: Token, match: Match) -> Divergence | None:
    if match.odd is None:
        return None
    own, other = pair.claim.tokens[match.odd[0]], pair.said.tokens[match.odd[1]]
    here, there = _phrase(pair.claim, own), _phrase(pair.said, other)
    if own.entity in DATES and own.pos in {"NUM", "PROPN"}:
        return Divergence(DivergenceKind.DATE, here, there, excludes=_are_dates_of_a_kind(own, other))
    if own.pos == "NUM":
        if not _are_far_apart(own, other):
            return None
        return Divergence(DivergenceKind.FIGURE, here, there, excludes=True)
    if is_name(pair.claim, own):
        return Divergence(DivergenceKind.NAME, here, there, excludes=_leaves_room_for_one(pair, own, root))
    return Divergence(DivergenceKind.OPPOSITE, here, there, excludes=True)


def _are_dates_of_a_kind(own: Token, other: Token) -> bool:
    """Tell whether two parts of dates are both years, days, months or weekdays: a Friday may be in May."""
    return any(kind.fullmatch(own.lower) and kind.fullmatch(other.lower) for kind in _KINDS_OF_DATES)


def _phrase(parsed: Parsed, token: Token) -> str:
    """Return a word as a reader knows it: a whole name, a number with what it counts."""
    if token.pos == "NUM" and token.relation == "nummod":
        head = parsed.head(token)
        words = parsed.subtree(token)
        if 0 < head.at - token.at <= 2:
            return parsed.text[words[0].start : head.end]
    if token.pos == "PROPN" and token.entity:
        words = [one for one in parsed.subtree(token) if one.entity == token.entity]
        return parsed.text[words[0].start : words[-1].end]
    return token.text


def _are_far_apart(own: Token, other: Token) -> bool:
    """Tell whether two numbers differ by more than rounding: 8,000 and 8,214 need not."""
    one, two = read_number(own.lower), read_number(other.lower)
    if one is None or two is None:
        return False
    return abs(one - two) >= max(_last_place(one), _last_place(two))


def _last_place(number: Decimal) -> Decimal:
    """Return the worth of the last digit that counts; of round numbers from 100 on, half of it."""
    exponent = int(number.normalize().as_tuple().exponent)
    worth = Decimal(10) ** exponent
    return worth / 2 if exponent > 1 else min(worth, Decimal(1))


def _leaves_room_for_one(pair: TreePair, own: Token, root: Token) -> bool:
    """Tell whether a claim is about the one that did or was something: "took most of", "was the last to".

    Only then another name contradicts it: two may have voted for a motion.
    """
    arguments = [root.at, *(at for _, at in pair.mine.get(root.at, ()))]
    near = {at for head in arguments for at in (head, *pair.claim.children[head])}
    others = [pair.claim.tokens[at] for at in near if at != own.at]
    if any(one.tag in _UNIQUE_TAGS or one.entity == "ORDINAL" or one.lower == "only" for one in others):
        return True
    if root.lemma != "be" or own.relation not in {"nsubj", "attr"}:
        return False
    attributes = [one for one in pair.claim.below(root) if one.relation == "attr"]
    return any(
        one is own or any(of.relation == "det" and of.lower == "the" for of in pair.claim.below(one))
        for one in attributes
    )


def _find_exchange(pair: TreePair, root: Token, token: Token) -> Divergence | None:
    """Return that a sentence exchanges two of the names or nouns of a claim, and has all of its words.

    It excludes the claim if both have a figure or date, for the one event of that kind: who praised
    another may be praised by him, too.
    """
    mine = _nouns_by_role(pair.claim, pair.mine, root)
    theirs = _nouns_by_role(pair.said, pair.theirs, token)
    subject, doer = mine.get("nsubj"), theirs.get("nsubj")
    if not subject or not doer or subject & doer:
        return None
    if {one.lemma for one in pair.claim.tokens} - {one.lemma for one in pair.said.tokens} - _HELPERS:
        return None
    for relation, words in mine.items():
        if relation != "nsubj" and words & doer and subject & theirs.get(relation, frozenset()):
            told = any(one.pos == "NUM" or one.entity in DATES for one in pair.claim.tokens)
            return Divergence(DivergenceKind.ROLES, pair.claim.text, pair.said.text, excludes=told)
    return None


_HELPERS = frozenset(("be", "by", "the", "a", "an", "have", "."))
"""Words that a passive has and an active has not."""


def _nouns_by_role(parsed: Parsed, relations: Relations, verb: Token) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for relation, at in relations.get(verb.at, ()):
        if parsed.tokens[at].pos in {"NOUN", "PROPN"}:
            found[relation].add(parsed.tokens[at].lemma)
    return {relation: frozenset(words) for relation, words in found.items()}


def _reported_of_oneself(said: Parsed) -> Iterator[str]:
    """Give what somebody says of himself, with his name: "He had not felt lonely" as "Collins had not"."""
    for verb in said.tokens:
        head = said.head(verb)
        if verb.relation != "ccomp" or head.lower not in SPEECH_VERBS or not is_stated(said, head):
            continue
        if describe_verb(said, head).is_negated or describe_verb(said, head).modals:
            continue
        names = [one for one in said.below(head) if one.relation == "nsubj" and one.pos == "PROPN"]
        own = [one for one in said.below(verb) if one.relation == "nsubj" and one.lower in {"he", "she"}]
        if len(names) == len(own) == 1:
            name = " ".join(one.text for one in said.subtree(names[0]))
            words = [one for one in said.subtree(verb) if one.relation not in _MARKS]
            yield " ".join(name if one is own[0] else one.text for one in words)
