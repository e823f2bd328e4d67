"""Whether a sentence says what a claim says, by their dependency trees.

The claim's tree must be part of the sentence's: the same words in the same relations, active and passive
put alike. What the sentence says besides must be harmless: only what is known to be so may be left out, and
a claim adds nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import islice

from retrieval.claims.omission import ATTITUDES
from retrieval.claims.remainder import ARTICLES, DATES, TreePair, keeps_rest
from retrieval.parsing import (
    Parsed,
    Relations,
    Token,
    describe_verb,
    extract_relations,
    find_markers,
    first_joined,
    is_stated,
    is_verb,
    parse,
)
from retrieval.text import root as root_of

_DESCRIPTIONS = frozenset(("amod", "compound", "nummod", "nmod"))
_EMPTY = frozenset(("punct", "aux", "auxpass", "cc", "case", "mark", "preconj", "neg"))
"""Relations that are compared as a part of their verb, or say how others are joined."""
_SMALL = frozenset(("DET", "ADP", "PUNCT", "PART"))
_PARTS = frozenset(("PUNCT", "ADP", "PART", "SPACE", "SYM", "SCONJ"))
_TEARABLE = re.compile(r"\w+(?:-\w+)+")
_OTHER_NAME = re.compile(r"\s+(?:--|[–—])\s*or [\w\s]{1,40}?(?:--|[–—])\s*|\s+\(or [\w\s]{1,40}\)")
"""What a thing is called as well: "two forms – or isotopes – of water"."""
_MOST_WAYS = 8
_MOST_STEPS = 4_000
"""Pairs of tokens that are compared; a sentence that needs more is a list."""


class Difference(StrEnum):
    """Why a claim's tree is not part of a sentence's; the first one that was found."""

    NO_PREDICATE = "other predicate"
    NOT_STATED = "not stated"
    ROLES = "other roles"
    TENSE = "other tense or polarity"
    LEFT_OUT = "left out"
    TAKEN_BACK = "taken back"


def find_difference(claim: str, sentence: str, meant: frozenset[str] = frozenset()) -> Difference | None:
    """Return why a sentence does not say what a claim says; nothing if it does."""
    mine = parse(claim)
    roots = [token for token in mine.tokens if token.relation == "ROOT"]
    if len(roots) != 1 or not is_verb(roots[0]) or _has_quotation(mine) or "?" in claim:
        return Difference.NO_PREDICATE
    relations = extract_relations(mine)
    found: list[Difference] = []
    for at, part in enumerate(mend_torn_words(claim, sentence).split(";")):
        said = parse(part.strip())
        named = frozenset[str]() if at else meant
        pair = TreePair(mine, said, relations, extract_relations(said), named)
        for token in said.tokens:
            if is_verb(token) and token.lemma == roots[0].lemma:
                difference = _compare(pair, roots[0], token)
                if difference is None:
                    return None
                found.append(difference)
    return max(found, key=list(Difference).index, default=Difference.NO_PREDICATE)


def mend_torn_words(claim: str, sentence: str) -> str:
    """Return a sentence in which "well - known" is written as a claim has it.

    Texts that went through a tokenizer have such blanks.
    """
    for word in {match[0] for match in _TEARABLE.finditer(claim)}:
        torn = re.escape(word).replace(r"\-", r"\s?-\s?")
        sentence = re.sub(rf"(?<!\w){torn}(?!\w)", word, sentence, flags=re.IGNORECASE)
    return _OTHER_NAME.sub(" ", sentence)


def find_conflict(claim: str, sentence: str) -> Difference | None:
    """Return what in the trees speaks against a claim that has the words of a sentence; nothing if in doubt.

    Only where both have the claim's verb: the sentence turns who did it and to whom round, or everywhere
    makes the verb depend on another that the claim leaves out: "refused to sign".
    """
    mine = parse(claim)
    verbs = [one for one in mine.tokens if is_verb(one) and one.tag.startswith("VB")]
    root = next((one for one in verbs if one.relation == "ROOT"), verbs[0] if verbs else None)
    if root is None:
        return None
    parts = [parse(part.strip()) for part in sentence.split(";")]
    same = [(said, one) for said in parts for one in said.tokens if is_verb(one) and one.lemma == root.lemma]
    if not same:
        return None
    lemmas = {token.lemma for token in mine.tokens}
    if all(_depends_on_other(said, one, lemmas) for said, one in same):
        return Difference.NOT_STATED
    if all(_is_taken_back(said, one) for said, one in same):
        return Difference.TAKEN_BACK
    return Difference.ROLES if all(_turns_round(mine, root, said, one) for said, one in same) else None


def _depends_on_other(said: Parsed, verb: Token, lemmas: set[str]) -> bool:
    """Tell whether a verb is what another is about that a claim does not have."""
    while verb.relation == "conj":
        if verb.tag != said.head(verb).tag:
            return False  # "ordered the firm to pay and banned …" is often read as "to banned"
        verb = said.head(verb)
    head = said.head(verb)
    if verb.relation == "relcl" and set(find_markers(said, verb)) & {"where", "when"}:
        return head.lemma not in lemmas  # "in the north, where most are young"
    subordinate = verb.relation == "xcomp" or (verb.relation == "ccomp" and head.at < verb.at)
    return subordinate and is_verb(head) and head.lemma not in lemmas


def _is_taken_back(said: Parsed, verb: Token) -> bool:
    """Tell whether behind a verb, and a "but", stands what its subject says or thinks of it.

    Told by the order of the words; "identified him when …, but later said …" is often parsed otherwise.
    """
    for turn in said.tokens[verb.at + 1 :]:
        if turn.relation == "cc" and turn.lower in {"but", "yet"}:
            rest = (one for one in said.tokens[turn.at + 1 :] if one.pos not in {"ADV", "AUX", "PUNCT"})
            after = next(rest, None)
            if after is not None and is_verb(after) and after.lower in ATTITUDES:
                return True
    return False


def _turns_round(mine: Parsed, root: Token, said: Parsed, verb: Token) -> bool:
    own, theirs = extract_relations(mine), extract_relations(said)
    subject, thing = _words(mine, own, root, "nsubj"), _words(mine, own, root, "dobj")
    doer, done = _words(said, theirs, verb, "nsubj"), _words(said, theirs, verb, "dobj")
    return bool(subject & done and thing & doer) and not (subject & doer or thing & done)


def _words(parsed: Parsed, relations: Relations, verb: Token, relation: str) -> frozenset[str]:
    return frozenset(parsed.tokens[at].lower for own, at in relations.get(verb.at, ()) if own == relation)


def _compare(pair: TreePair, root: Token, token: Token) -> Difference | None:
    said = pair.said
    if not is_stated(said, token) or _asks(said) or _is_in_quotation(said, token):
        return Difference.NOT_STATED
    if not _same_verb(pair, root, token):
        return Difference.TENSE
    if not any(relation in {"nsubj", "dobj", "expl"} for relation, _ in pair.mine.get(root.at, ())):
        return Difference.ROLES
    found = Difference.ROLES
    for matched in islice(_match(pair, root, token, {}), _MOST_WAYS):
        if _has_all(pair, matched):
            if keeps_rest(pair, root, token, matched):
                return None
            found = Difference.LEFT_OUT
    return found


def _has_all(pair: TreePair, matched: Mapping[int, int]) -> bool:
    """Tell whether every word of a claim was found that is more than a part of another."""
    return all(
        one.at in matched or one.pos in _PARTS or _is_empty(one.relation, one) for one in pair.claim.tokens
    )


def _same_verb(pair: TreePair, own: Token, token: Token) -> bool:
    mine, theirs = describe_verb(pair.claim, own), describe_verb(pair.said, token)
    mine, theirs = replace(mine, is_passive=False), replace(theirs, is_passive=False)
    if mine == theirs:
        return True
    described = token.relation == "acl" and token.tag == "VBN" and not theirs.is_negated
    return (
        described and mine.tense == "past" and not (mine.is_perfect or mine.is_progressive or mine.is_negated)
    )


def _match(pair: TreePair, own: Token, token: Token, found: Mapping[int, int]) -> Iterator[Mapping[int, int]]:
    """Give which token of the sentence each token of the claim is: *found*, and all below *own*."""
    pair.steps += 1
    if own.at in found or token.at in found.values():
        if found.get(own.at) == token.at:
            yield found
        return
    if pair.steps > _MOST_STEPS or not (_same_word(pair, own, token) and _joins_alike(pair, own, token)):
        return
    if own.lower != token.lower and _is_meant(pair, own, token):
        yield {**found, **{one.at: token.at for one in pair.claim.subtree(own)}}
        return
    children = [
        (relation, pair.claim.tokens[child])
        for relation, child in pair.mine.get(own.at, ())
        if not _is_empty(relation, pair.claim.tokens[child])
    ]
    yield from _match_children(pair, children, token, {**found, own.at: token.at})


def _match_children(
    pair: TreePair, children: Sequence[tuple[str, Token]], token: Token, found: Mapping[int, int]
) -> Iterator[Mapping[int, int]]:
    if not children:
        yield found
        return
    (relation, child), *rest = children
    for other_relation, other in _candidates(pair, relation, token):
        if _same_relation(relation, other_relation, child):
            for more in _match(pair, child, pair.said.tokens[other], found):
                yield from _match_children(pair, rest, token, more)


def _candidates(pair: TreePair, relation: str, token: Token) -> Iterator[tuple[str, int]]:
    """Give what depends on a token; phrases with a preposition also of its nouns, which parsers mix up."""
    yield from pair.theirs.get(token.at, ())
    if relation.startswith("prep:") and is_verb(token):
        for _, child in pair.theirs.get(token.at, ()):
            if pair.said.tokens[child].relation in {"dobj", "attr", "dative", "pobj"}:
                yield from (one for one in pair.theirs.get(child, ()) if one[0].startswith("prep:"))
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
            and (own.relation == "ROOT" or _same_verb(pair, own, token))
        )
    if own.lower == token.lower:
        return True
    return _is_meant(pair, own, token)


def _is_meant(pair: TreePair, own: Token, token: Token) -> bool:
    """Tell whether a claim names what the first pronoun of a sentence must mean."""
    if not pair.meant or token.pos != "PRON" or own.pos not in {"NOUN", "PROPN"}:
        return False
    if any(one.pos in {"NOUN", "PROPN", "PRON"} for one in pair.said.tokens[: token.at]):
        return False
    named = {root_of(one.lower) for one in pair.claim.subtree(own) if one.pos not in _SMALL}
    return named <= pair.meant


def _is_empty(relation: str, token: Token) -> bool:
    if relation in _EMPTY:
        return True
    return relation == "det" and token.lower in ARTICLES


def _asks(said: Parsed) -> bool:
    return said.text.rstrip(" ”\"'’").endswith("?")


def _has_quotation(parsed: Parsed) -> bool:
    return any(char in parsed.text for char in '“”"„«»')


def _is_in_quotation(said: Parsed, token: Token) -> bool:
    before = said.text[: token.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
