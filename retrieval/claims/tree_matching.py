"""Which token of a sentence each token of a claim is, by their dependency trees.

Tokens match if they are the same word in the same relation to the same others, active and passive put
alike. A match may have one odd slot: a figure, date, name or word of the claim with another of its kind
in its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.nlp import is_opposite
from retrieval.parsing import Parsed, Relations, Token, describe_verb, first_joined, is_verb
from retrieval.text import read_number
from retrieval.text import root as root_of

ARTICLES = frozenset(("a", "an", "the"))
DATES = frozenset(("DATE", "TIME"))
_DESCRIPTIONS = frozenset(("amod", "compound", "nummod", "nmod"))
_EMPTY = frozenset(("punct", "aux", "auxpass", "cc", "case", "mark", "preconj", "neg"))
"""Relations that are compared as a part of their verb, or say how others are joined."""
_SMALL = frozenset(("DET", "ADP", "PUNCT", "PART"))
_PARTS = frozenset(("PUNCT", "ADP", "PART", "SPACE", "SYM", "SCONJ"))
_OBJECTS = frozenset(("it", "them", "him", "her"))
_MOST_STEPS = 4_000
"""Pairs of tokens that are compared; a sentence that needs more is a list."""


@dataclass(slots=True)
class TreePair:
    """A claim and a sentence, taken apart."""

    claim: Parsed
    said: Parsed
    mine: Relations
    theirs: Relations
    meant: frozenset[str]
    """Roots of the words that the sentence's first pronoun must mean."""
    may_differ: bool = False
    """Whether a match may have an odd slot."""
    known: frozenset[str] = frozenset()
    """Roots of the words before the sentence, any of which its "it" may mean if slots may be odd."""
    steps: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """Which token of the sentence each token of the claim is, by their numbers."""

    places: Mapping[int, int]
    odd: tuple[int, int] | None = None
    """The one pair of tokens that are not the same word."""


def match_trees(pair: TreePair, root: Token, token: Token) -> Iterator[Match]:
    """Give the ways in which all that depends on a claim's verb depends on one of the sentence."""
    odd = None if root.lemma == token.lemma else (root.at, token.at)
    return _match_below(pair, root, token, Match({root.at: token.at}, odd))


def has_all(pair: TreePair, match: Match, besides: frozenset[int] = frozenset()) -> bool:
    """Tell whether every word of a claim was found that is more than a part of another."""
    return all(
        one.at in match.places or one.at in besides or one.pos in _PARTS or is_empty(one.relation, one)
        for one in pair.claim.tokens
    )


def same_verb(pair: TreePair, own: Token, token: Token) -> bool:
    """Tell whether two verbs have the same tense, modality, aspect and polarity."""
    mine, theirs = describe_verb(pair.claim, own), describe_verb(pair.said, token)
    mine, theirs = replace(mine, is_passive=False), replace(theirs, is_passive=False)
    if mine == theirs:
        return True
    first = first_joined(pair.said, token)
    described = first.relation == "acl" and first.tag == token.tag == "VBN" and not theirs.is_negated
    return (
        described and mine.tense == "past" and not (mine.is_perfect or mine.is_progressive or mine.is_negated)
    )


def is_empty(relation: str, token: Token) -> bool:
    """Tell whether a token needs no match of its own."""
    return relation in _EMPTY or (relation == "det" and token.lower in ARTICLES)


def _denies_noun(parsed: Parsed, token: Token) -> bool:
    """Tell whether a "not" is no part of a verb, which is compared with it: "has not sixty seconds"."""
    return token.relation == "neg" and not is_verb(parsed.head(token))


def match_below(pair: TreePair, own: Token, token: Token, found: Match) -> Iterator[Match]:
    """Give the ways to add a token, and all below it, to a match."""
    return _match(pair, own, token, found)


def _match(pair: TreePair, own: Token, token: Token, found: Match) -> Iterator[Match]:
    """Give the ways to add to *found* a token, and all below it."""
    pair.steps += 1
    if own.at in found.places or token.at in found.places.values():
        if found.places.get(own.at) == token.at:
            yield found
        return
    if pair.steps > _MOST_STEPS or not _joins_alike(pair, own, token):
        return
    if not _same_word(pair, own, token):
        if pair.may_differ and found.odd is None and _are_of_a_kind(pair, own, token):
            yield from _match_odd(pair, own, token, found)
        return
    if own.lower != token.lower and (_is_meant(pair, own, token) or stands_before(pair, own, token)):
        whole = {one.at: token.at for one in pair.claim.subtree(own)}
        yield replace(found, places={**found.places, **whole})
        return
    yield from _match_below(pair, own, token, replace(found, places={**found.places, own.at: token.at}))


def _match_odd(pair: TreePair, own: Token, token: Token, found: Match) -> Iterator[Match]:
    """Give the matches with an odd pair; what belongs to a name is a part of it."""
    places = {**found.places, own.at: token.at}
    if is_name(pair.claim, own):
        named = (one for one in pair.claim.below(own) if one.pos == "PROPN" and one.relation == "compound")
        places |= {one.at: token.at for one in named}
    yield from _match_below(pair, own, token, Match(places, (own.at, token.at)))


def _match_below(pair: TreePair, own: Token, token: Token, found: Match) -> Iterator[Match]:
    below = ((relation, pair.claim.tokens[child]) for relation, child in pair.mine.get(own.at, ()))
    children = [
        (relation, child)
        for relation, child in below
        if not is_empty(relation, child) or _denies_noun(pair.claim, child)
        if found.odd is None or found.places.get(child.at) != found.odd[1]
    ]
    yield from _match_children(pair, children, token, found)


def _match_children(
    pair: TreePair, children: Sequence[tuple[str, Token]], token: Token, found: Match
) -> Iterator[Match]:
    if not children:
        yield found
        return
    (relation, child), *rest = children
    for other_relation, other in _candidates(pair, relation, token):
        there = pair.said.tokens[other]
        if _same_relation(relation, other_relation, child):
            for more in _match(pair, child, there, found):
                yield from _match_children(pair, rest, token, more)
        elif pair.may_differ and relation.startswith("prep:") and there.lower == "there":
            whole = {one.at: other for one in pair.claim.subtree(child)}
            yield from _match_children(pair, rest, token, replace(found, places={**found.places, **whole}))


def _candidates(pair: TreePair, relation: str, token: Token) -> Iterator[tuple[str, int]]:
    """Give what depends on a token; phrases with a preposition also of its nouns, which parsers mix up."""
    yield from pair.theirs.get(token.at, ())
    if relation.startswith("prep:") and is_verb(token):
        for _, child in pair.theirs.get(token.at, ()):
            if pair.said.tokens[child].relation in {"dobj", "attr", "dative", "pobj"}:
                yield from (one for one in pair.theirs.get(child, ()) if one[0].startswith("prep:"))
    if relation.startswith("prep:") and relation != "prep:of" and token.relation == "dobj":
        verb = pair.said.head(token)
        yield from (one for one in pair.theirs.get(verb.at, ()) if one[0].startswith("prep:"))
    if relation == "conj":
        first = first_joined(pair.said, token)
        yield from (
            ("conj", one.at)
            for one in pair.said.tokens
            if one.at != token.at and first_joined(pair.said, one) is first and one.relation == "conj"
        )


def _joins_alike(pair: TreePair, own: Token, token: Token) -> bool:
    mine = {one.lower for one in pair.claim.below(own) if one.relation in {"cc", "preconj"}}
    theirs = {one.lower for one in pair.said.below(token) if one.relation in {"cc", "preconj"}}
    return mine <= theirs or not (mine | theirs) & {"or", "nor"}


def _same_relation(own: str, other: str, child: Token) -> bool:
    if own == other:
        return True
    both = {own, other}
    if child.entity in DATES and both <= {"npadvmod", "prep:on", "prep:in", "advmod"}:
        return True
    return (
        both <= _DESCRIPTIONS
        or both <= {"attr", "acomp"}
        or both <= {"poss", "prep:of"}
        or both <= {"dative", "prep:to"}
        or both <= {"nsubj", "expl"}
    )


def _same_word(pair: TreePair, own: Token, token: Token) -> bool:
    if is_verb(own):
        return (
            own.lemma == token.lemma
            and (own.pos == token.pos or token.pos in {"VERB", "AUX"})
            and (own.relation == "ROOT" or same_verb(pair, own, token))
        )
    if own.lower == token.lower:
        return True
    if own.pos == token.pos == "NUM" and read_number(own.lower) is not None:
        return read_number(own.lower) == read_number(token.lower)
    return _is_meant(pair, own, token) or stands_before(pair, own, token)


def stands_before(pair: TreePair, own: Token, token: Token) -> bool:
    """Tell whether a claim names for the object "it" of a sentence what stands before that."""
    if not pair.known or token.lower not in _OBJECTS or own.pos not in {"NOUN", "PROPN"}:
        return False
    return {root_of(one.lower) for one in pair.claim.subtree(own) if one.pos not in _SMALL} <= pair.known


def _are_of_a_kind(pair: TreePair, own: Token, token: Token) -> bool:
    """Tell whether two words fill a slot of the same kind, and not both can be right."""
    if own.pos == token.pos == "NUM":
        numbers = read_number(own.lower), read_number(token.lower)
        return None not in numbers and (own.entity in DATES) == (token.entity in DATES)
    if is_name(pair.claim, own) and is_name(pair.said, token):
        if (own.entity in DATES) != (token.entity in DATES):
            return False
        return not _names(pair.claim, own) & _names(pair.said, token)
    return is_opposite(root_of(own.lower), root_of(token.lower))


def is_name(parsed: Parsed, token: Token) -> bool:
    """Tell whether a word is a name; taggers take a rare one that begins a sentence for a noun."""
    if token.pos == "PROPN":
        return True
    bare = not any(one.relation in {"det", "amod", "poss", "prep"} for one in parsed.below(token))
    return token.at == 0 and token.tag == "NN" and token.relation in {"nsubj", "nsubjpass"} and bare


def _names(parsed: Parsed, token: Token) -> set[str]:
    """Return the words of a name, of those also that are joined by hyphens."""
    words = [one.lower for one in parsed.subtree(token) if is_name(parsed, one)]
    return {part for word in words for part in (word, *word.split("-"))} - {"-"}


def _is_meant(pair: TreePair, own: Token, token: Token) -> bool:
    """Tell whether a claim names what the first pronoun of a sentence must mean."""
    if not pair.meant or token.pos != "PRON" or own.pos not in {"NOUN", "PROPN"}:
        return False
    if any(one.pos in {"NOUN", "PROPN", "PRON"} for one in pair.said.tokens[: token.at]):
        return False
    named = {root_of(one.lower) for one in pair.claim.subtree(own) if one.pos not in _SMALL}
    return named <= pair.meant
