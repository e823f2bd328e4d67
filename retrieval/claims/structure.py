"""Whether a sentence says what a claim says, by their dependency trees.

The claim's tree must be part of the sentence's: the same words in the same relations, active and passive
put alike. What the sentence says besides must be harmless: only what is known to be so may be left out, and
a claim adds nothing.
"""

import re
from enum import StrEnum
from itertools import islice

from retrieval.claims.omission import ATTITUDES
from retrieval.claims.remainder import keeps_descriptions, keeps_rest
from retrieval.claims.tree_matching import Match, TreePair, has_all, match_below, match_trees, same_verb
from retrieval.parsing import (
    Parsed,
    Relations,
    Token,
    describe_verb,
    extract_relations,
    find_markers,
    is_stated,
    is_verb,
    parse,
)

_TEARABLE = re.compile(r"\w+(?:-\w+)+")
_OTHER_NAME = re.compile(r"\s+(?:--|[–—])\s*or [\w\s]{1,40}?(?:--|[–—])\s*|\s+\(or [\w\s]{1,40}\)")
"""What a thing is called as well: "two forms – or isotopes – of water"."""
_DETERMINE = frozenset(("det", "poss"))
_MOST_WAYS = 8


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
    root = root_of_claim(mine)
    if root is None:
        return Difference.NO_PREDICATE
    relations = extract_relations(mine)
    found: list[Difference] = []
    for at, part in enumerate(mend_torn_words(claim, sentence).split(";")):
        said = parse(part.strip())
        named = frozenset[str]() if at else meant
        pair = TreePair(mine, said, relations, extract_relations(said), named)
        for token in said.tokens:
            if is_verb(token) and token.lemma == root.lemma:
                difference = _compare(pair, root, token)
                if difference is None:
                    return None
                found.append(difference)
        if root.lemma == "be" and _names_in_apposition(pair, root):
            return None
    return max(found, key=list(Difference).index, default=Difference.NO_PREDICATE)


def _names_in_apposition(pair: TreePair, root: Token) -> bool:
    """Tell whether a sentence has "Helen Marsh, the mayor," for the claim that she is the mayor."""
    verb = describe_verb(pair.claim, root)
    below = [one for one in pair.claim.below(root) if one.relation not in {"punct", "aux"}]
    subject = next((one for one in below if one.relation == "nsubj" and one.pos == "PROPN"), None)
    attribute = next((one for one in below if one.relation == "attr" and one.pos == "NOUN"), None)
    if len(below) != 2 or verb.is_negated or verb.modals or subject is None or attribute is None:
        return False
    for token in pair.said.tokens:
        head = pair.said.head(token)
        if token.relation != "appos" or not is_said_by_article(pair.said, token):
            continue
        for name, noun in ((head, token), (token, head)):
            if noun.pos == "NOUN" and _opens_alike(pair, attribute, noun):
                for match in match_below(pair, subject, name, Match({})):
                    for both in match_below(pair, attribute, noun, match):
                        found = has_all(pair, both, frozenset((root.at,)))
                        if found and keeps_descriptions(pair, both.places):
                            return True
    return False


def _opens_alike(pair: TreePair, own: Token, noun: Token) -> bool:
    """Tell whether both have "a", or both "the" or an owner, and no list follows."""
    listed = any(one.relation == "conj" for one in pair.said.below(noun))
    theirs = _opener(pair.said, noun)
    return bool(theirs) and not listed and _opener(pair.claim, own) == theirs


def _opener(parsed: Parsed, noun: Token) -> str:
    words = (one for one in parsed.below(noun) if one.relation in _DETERMINE)
    first = next(words, None)
    if first is None:
        return ""
    return {"an": "a"}.get(first.lower, first.lower) if first.relation == "det" else "the"


def root_of_claim(claim: Parsed) -> Token | None:
    """Return the verb of a claim; nothing if it has several sentences, asks or quotes."""
    roots = [token for token in claim.tokens if token.relation == "ROOT"]
    if len(roots) != 1 or not is_verb(roots[0]) or _has_quotation(claim) or "?" in claim.text:
        return None
    return roots[0]


def is_said_by_article(said: Parsed, token: Token) -> bool:
    """Tell whether a sentence is no question, and a verb of it in no quotation."""
    return not _asks(said) and not _is_in_quotation(said, token)


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
    planned = verb.lemma == "be" and any(
        one.relation == "xcomp" and any(mark.tag == "TO" for mark in said.below(one))
        for one in said.below(verb)
    )
    for turn in said.tokens[verb.at + 1 :]:
        if turn.relation == "cc" and turn.lower in {"but", "yet"}:
            if planned:  # "was to start in April but has been delayed"
                return True
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
    if not is_stated(said, token) or not is_said_by_article(said, token):
        return Difference.NOT_STATED
    if not same_verb(pair, root, token):
        return Difference.TENSE
    if not any(relation in {"nsubj", "dobj", "expl"} for relation, _ in pair.mine.get(root.at, ())):
        return Difference.ROLES
    found = Difference.ROLES
    for match in islice(match_trees(pair, root, token), _MOST_WAYS):
        if has_all(pair, match):
            if keeps_rest(pair, root, token, match.places):
                return None
            found = Difference.LEFT_OUT
    return found


def _asks(said: Parsed) -> bool:
    return said.text.rstrip(" ”\"'’").endswith("?")


def _has_quotation(parsed: Parsed) -> bool:
    return any(char in parsed.text for char in '“”"„«»')


def _is_in_quotation(said: Parsed, token: Token) -> bool:
    before = said.text[: token.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
