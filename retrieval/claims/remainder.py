"""What a sentence says besides a claim whose tree is a part of its own, and whether that is harmless.

Whatever is not known to be harmless may change what the rest says: "almost all", "in theory", "Vice
President". Known are, by grammar, when and where one event was, who else had part in it by name, why it
happened, asides that say more of a thing, and the adverbs and adjectives of ``data/omissions.toml``.
"""

import re
from collections.abc import Mapping

from retrieval.claims.omission import tail_is_harmless
from retrieval.claims.tree_matching import ARTICLES, DATES, TreePair
from retrieval.nlp import TITLES
from retrieval.parsing import (
    Parsed,
    Token,
    describe_verb,
    find_markers,
    first_joined,
    is_stated,
    is_verb,
)
from retrieval.text import load_words

_TAIL = re.compile(r"[,;–—(]|\s[–—(-]")
_LINKS = frozenset(("prep", "agent", "dative"))
_PARTS_OF_VERBS = frozenset(("punct", "auxpass", "aux", "case", "cc", "expl"))
_NOUN_PARTS = frozenset(("det", "nummod", "appos", "amod", "compound", "nmod"))
_WHO = frozenset(("who", "whom", "which", "that"))
_POINTS = frozenset(("this", "these", "those"))
_PLACES = frozenset(("GPE", "LOC", "FAC"))
_WHEN = frozenset(("in", "on", "at", "during"))
_WHERE = frozenset(("in", "at", "near"))
_NAMED = {
    "from": frozenset(("PERSON", "ORG", "GPE", "LOC")),
    "to": frozenset(("PERSON", "ORG", "GPE", "LOC")),
    "for": frozenset(("MONEY", "DATE", "TIME")),
    "by": frozenset(("PERSON", "ORG", "PERCENT")),
}
"""Kinds of names that say with a preposition where from, to whom or for how much something was done."""
_ADVERBS = load_words("omissions", "adverbs")
_ADJECTIVES = load_words("omissions", "adjectives")
_MARKERS = load_words("structure", "clauses")
_CONCESSIVE = load_words("structure", "concessive")
_ADJUNCTS = load_words("structure", "adjuncts")
_ROLES = load_words("nouns", "male") | load_words("nouns", "female") | load_words("nouns", "people")
_GENERAL = load_words("structure", "general")
_OPENING = 4
"""Words of ", two of which"."""


def keeps_rest(pair: TreePair, root: Token, token: Token, matched: Mapping[int, int]) -> bool:
    """Tell whether all that a sentence says besides a claim is harmless.

    Args:
        pair: Both.
        root: The claim's verb.
        token: The same verb in the sentence.
        matched: Which token of the sentence each token of the claim is.
    """
    rest = _Remainder(pair, frozenset(matched.values()), single=is_single_event(pair, root))
    for own, other in matched.items():
        mine, here = pair.claim.tokens[own], pair.said.tokens[other]
        if here.pos == "PRON" and mine.lower != here.lower:
            continue
        if not all(rest.may_drop(mine, here, child) for child in pair.said.below(here)):
            return False
    return rest.opens_harmless(token) and rest.joins_harmless(token)


def keeps_descriptions(pair: TreePair, matched: Mapping[int, int]) -> bool:
    """Tell whether what a sentence says of nouns that a claim has too is harmless, whatever the verb is."""
    rest = _Remainder(pair, frozenset(matched.values()), single=False)
    return all(
        rest.may_drop(pair.claim.tokens[own], pair.said.tokens[other], child)
        for own, other in matched.items()
        for child in pair.said.below(pair.said.tokens[other])
    )


class _Remainder:
    """The tokens of a sentence that no token of a claim is."""

    def __init__(self, pair: TreePair, used: frozenset[int], *, single: bool) -> None:
        self.pair = pair
        self.said = pair.said
        self.used = used
        self.single = single
        """Whether the claim says what happened once."""
        self.last = max(used)
        tail = pair.said.text[pair.said.tokens[self.last].end :]
        self.has_harmless_tail = bool(_TAIL.match(tail)) and tail_is_harmless(tail)

    def may_drop(self, own: Token, head: Token, child: Token) -> bool:
        """Tell whether what depends on a token that the claim has is known to be harmless."""
        below = self.said.below(child)
        if child.at in self.used or child.relation in _PARTS_OF_VERBS:
            return True
        if self._is_in_harmless_tail(child):
            return True
        if child.relation in _LINKS and any(one.at in self.used for one in below):
            return self._links_alike(child)
        if any(one.relation == "appos" and one.at in self.used for one in below):
            return True
        if child.relation in _NOUN_PARTS:
            return self._may_drop_description(own, head, child)
        if child.relation in {"relcl", "acl"}:
            if _follows_comma(self.said, child):
                return _opens_relative(self.said, child)
            return child.relation == "relcl" and _is_one_of_many(self.pair, own, head)
        if child.relation in {"conj", "advcl", "mark", "neg", "agent"} or child.lower in _WHO:
            return self._may_drop_clause(head, child)
        return self._is_adverbial(head, child)

    def _is_in_harmless_tail(self, child: Token) -> bool:
        """Tell whether a phrase stands behind all that the claim has, and a comma, and changes none of it."""
        return self.has_harmless_tail and all(one.at > self.last for one in self.said.subtree(child))

    def _links_alike(self, link: Token) -> bool:
        """Tell whether a preposition of both stands for no more: not "only in", "from A to B"."""
        below = [one for one in self.said.below(link) if one.at not in self.used]
        turn = next((one.at for one in below if one.relation == "cc" and one.lower == "but"), None)
        return not any(
            one.relation in {"advmod", "neg", "prep"} and (turn is None or one.at < turn) for one in below
        )

    def _may_drop_description(self, own: Token, head: Token, child: Token) -> bool:
        if child.relation == "det":
            named = any(one.lower == "the" for one in self.pair.claim.below(own))
            return child.lower in ARTICLES or (named and child.lower in _POINTS)
        if child.relation == "nummod":
            return _is_partitive(self.said, head)
        if child.relation == "appos":
            states = (
                one.tag in {"VBD", "VBZ", "VBP"} and one.relation != "relcl"
                for one in self.said.subtree(child)
            )
            denied = any(one.relation == "neg" for one in self.said.below(head))
            return (denied or _follows_comma(self.said, child)) and not any(states)
        if self._is_first_name(head, child):
            return True
        return child.lower in _ADJECTIVES and (self.single or head.pos == "PROPN")

    def _is_first_name(self, head: Token, child: Token) -> bool:
        """Tell whether a word is a first name, or a title before a name without any."""
        if child.at > head.at:
            return False
        before = [one for one in self.said.below(head) if one.relation in {"amod", "compound", "nmod"}]
        kept = [one for one in before if one.at in self.used]
        if any(one.lower in _ROLES or (_is_title(one) and one.at > child.at) for one in (*kept, head)):
            return False  # "Honorary Colonel Falk", "Queen Mother Anne"
        if head.pos == "PROPN" and _is_title(child):
            return not any(_is_title(one) for one in kept)
        if head.entity != "PERSON":
            return False
        return child.entity == "PERSON" or all(one.entity == "PERSON" for one in kept)

    def _may_drop_clause(self, head: Token, child: Token) -> bool:
        if child.relation == "conj":
            return _may_drop_joined(self.said, head, child)
        if child.relation == "advcl":
            return _is_harmless_clause(self.said, child, single=self.single)
        if child.relation == "mark":
            return head.relation == "advcl" or child.lower == "that"
        if child.relation == "neg":
            return is_verb(head) or self._denies_another(head, child)
        return child.relation == "agent" or head.relation == "relcl"

    def _denies_another(self, noun: Token, negation: Token) -> bool:
        """Tell whether "not" denies another than a noun: "Tausch, not his cousin, was sentenced"."""
        below = self.said.below(noun)
        others = [one for one in below if one.relation == "appos" and one.at > negation.at]
        return negation.at > noun.at and bool(others) and not any(one.at in self.used for one in others)

    def _is_adverbial(self, head: Token, child: Token) -> bool:
        """Tell whether a phrase says when or where the one event of a claim was, or who had part in it."""
        if child.relation == "advmod" and child.lower in _ADVERBS and not self.said.children[child.at]:
            return True
        if self._is_aside(child) or self._denies_another_phrase(child):
            return True
        if not self.single:
            return False
        if is_verb(head) and _tells_when(self.said, child):
            return not self._is_dated(head)
        noun = _only_object(self.said, child)
        if noun is None:
            return False
        if noun.entity in DATES and child.lower in _WHEN:
            return not self._is_dated(head)
        if noun.entity in _PLACES and noun.pos == "PROPN" and child.lower in _WHERE:
            return True
        bears = is_verb(head) or (head.relation == "dobj" and child.lower == "from")
        return bears and noun.entity in _NAMED.get(child.lower, ())

    def _denies_another_phrase(self, link: Token) -> bool:
        """Tell whether a phrase says where or when it was not: "in Norway, but not in Denmark"."""
        denied = any(
            one.relation == "neg" and self.said.tokens[one.at - 1].lower == "but"
            for one in self.said.below(link)
        )
        others = [one for one in self.said.below(self.said.head(link)) if one.relation == "prep"]
        kept = any(inner.at in self.used for one in others for inner in self.said.below(one))
        return link.relation == "prep" and denied and kept

    def _is_aside(self, child: Token) -> bool:
        """Tell whether a phrase set off by a comma compares, or says what something was in spite of."""
        words = self.said.subtree(child)
        end = words[-1].at + 1
        opens = words[0].at == 0 and end < len(self.said.tokens) and self.said.tokens[end].text == ","
        if not opens and not _follows_comma(self.said, child):
            return False
        if any(is_verb(one) for one in words):
            return False
        lowered = [one.lower for one in words]
        compares = "than" in lowered or lowered.count("as") > 1
        return compares or words[0].lower in _ADJUNCTS

    def _is_dated(self, verb: Token) -> bool:
        """Tell whether a claim has a date of what the sentence may give several dates of."""
        return any(
            one.entity in DATES and one.at in self.used
            for child in self.said.below(verb)
            for one in (child, *self.said.below(child))
            if child.relation in {"prep", "npadvmod"}
        )

    def opens_harmless(self, verb: Token) -> bool:
        """Tell whether a phrase that begins a sentence holds for no more than it depends on.

        "In Europe it rained, and prices rose".
        """
        opener = self.said.tokens[0]
        if opener.relation != "prep" or opener.head == verb.at:
            return True
        if any(one.at in self.used for one in self.said.subtree(opener)):
            return True
        return self.single and _tells_when(self.said, opener)

    def joins_harmless(self, verb: Token) -> bool:
        """Tell whether nothing holds for a verb that stands with one it is joined to: "unless …"."""
        first = first_joined(self.said, verb)
        joined = (
            one
            for one in self.said.tokens
            if is_verb(one) and first_joined(self.said, one) is first and one.at != verb.at
        )
        return all(
            self._is_kept_apart(verb, other, child) for other in joined for child in self.said.below(other)
        )

    def _is_kept_apart(self, verb: Token, other: Token, child: Token) -> bool:
        """Tell whether what depends on one of two joined verbs leaves true what the other says."""
        if child.relation == "parataxis" or (child.relation == "mark" and child.lower not in _MARKERS):
            return False
        if child.relation == "advcl":
            subjects = any(one.relation in {"nsubj", "nsubjpass"} for one in self.said.below(other))
            apart = other.at > verb.at and subjects and not _follows_comma(self.said, child)
            return (apart and child.at > other.at) or _is_harmless_clause(self.said, child, single=True)
        opens = other.at < verb.at and child.at < other.at
        if not opens or child.at in self.used or child.relation not in {"prep", "advmod", "npadvmod"}:
            return True
        return self.single and _tells_when(self.said, child)


def _is_title(token: Token) -> bool:
    return token.lower.rstrip(".") in TITLES


def _may_drop_joined(said: Parsed, head: Token, child: Token) -> bool:
    first = first_joined(said, head)
    group = [one for one in said.tokens if first_joined(said, one) is first]
    joins = {link.lower for one in group for link in said.below(one) if link.relation in {"cc", "preconj"}}
    if not joins or not joins <= {"and", "so", "&"}:  # "but" may take back what stands before it
        return False
    return is_verb(child) if is_verb(head) else head.relation == "dobj" and joins == {"and"}


def _tells_when(said: Parsed, child: Token) -> bool:
    if child.relation in {"npadvmod", "advmod"}:
        return child.entity in DATES or child.lower in _ADVERBS
    noun = _only_object(said, child)
    return noun is not None and noun.entity in DATES and child.lower in _WHEN


def _only_object(said: Parsed, link: Token) -> Token | None:
    """Return the noun of a phrase with a preposition if nothing else is in it that is stated."""
    below = said.below(link)
    if link.relation not in _LINKS or len(below) != 1 or below[0].relation != "pobj":
        return None
    return None if any(is_verb(one) for one in said.subtree(below[0])) else below[0]


def _is_harmless_clause(said: Parsed, clause: Token, *, single: bool) -> bool:
    """Tell whether a clause says why or when the one event of a claim happened, or what stands against it."""
    marks = find_markers(said, clause)
    if clause.tag == "VBG" and not marks:
        negated = describe_verb(said, clause).is_negated
        return single and not negated and clause.at > clause.head and _follows_comma(said, clause)
    if len(marks) != 1 or marks[0] not in _MARKERS or not is_stated(said, clause):
        return False
    if single or (marks[0] in _CONCESSIVE and _follows_comma(said, clause)):
        return True
    return marks[0] == "because" and not describe_verb(said, said.head(clause)).is_negated


def _is_partitive(said: Parsed, noun: Token) -> bool:
    """Tell whether a noun is that of "two of its five piers"."""
    link = said.head(noun)
    definite = any(one.relation in {"det", "poss"} for one in said.below(noun))
    return definite and noun.relation == "pobj" and link.lower == "of" and said.head(link).pos == "NUM"


def _is_one_of_many(pair: TreePair, own: Token, noun: Token) -> bool:
    """Tell whether a claim says that there is one such thing: "He bought a car that had been stolen"."""
    article = any(one.lower in {"a", "an"} for one in pair.said.below(noun))
    verb = pair.claim.head(own)
    plain = is_verb(verb) and not describe_verb(pair.claim, verb).is_negated
    return article and plain and noun.relation in {"attr", "dobj"}


def _follows_comma(said: Parsed, child: Token) -> bool:
    left = min(one.at for one in said.subtree(child))
    opens = said.tokens[left].text == "("
    return opens or (left > 0 and said.tokens[left - 1].text in {",", "(", "–", "—"})


def _opens_relative(said: Parsed, clause: Token) -> bool:
    """Tell whether a clause says more of a noun: ", two of which failed", ", built by Brandt"."""
    words = said.subtree(clause)
    if clause.relation == "acl":
        return clause.tag == "VBN" and all(one.relation == "advmod" for one in words if one.at < clause.at)
    return any(one.tag in {"WP", "WDT", "WRB", "WP$"} for one in words[:_OPENING])


def is_single_event(pair: TreePair, root: Token) -> bool:
    """Tell whether a claim says what happened once, and not what holds of all of a kind."""
    verb = describe_verb(pair.claim, root)
    if verb.tense != "past" or verb.is_negated or verb.is_progressive or root.pos == "AUX":
        return False
    if any(one.lower in _GENERAL or one.tag in {"JJS", "JJR", "RBR", "RBS"} for one in pair.claim.tokens):
        return False
    subjects = [
        pair.claim.tokens[c]
        for r, c in pair.mine.get(root.at, ())
        if pair.claim.tokens[c].relation in {"nsubj", "nsubjpass"}
    ]
    return bool(subjects) and all(
        one.pos in {"PROPN", "PRON"}
        or any(d.relation in {"det", "poss", "nummod"} for d in pair.claim.below(one))
        for one in subjects
    )
