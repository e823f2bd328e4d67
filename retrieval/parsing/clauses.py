"""What depends on what in a sentence, put alike for active and passive, and which clauses it states as facts.

Relations are ClearNLP's, with these changes: the subject of a passive is an object, what follows its "by"
the subject; a preposition joins its noun to what it depends on ("prep:in"); a verb joined to another by
"and" has its subject, what is joined to a noun depends on the same verbs; "who" is whom it refers to.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.parsing.parser import Parsed, Token

Relations = Mapping[int, Sequence[tuple[str, int]]]
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
_NOUNS = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_LINKS = frozenset(("prep", "agent", "dative"))
_ALWAYS_FACTS = frozenset(("because", "since", "although", "though", "whereas"))
"""Conjunctions of clauses that are stated as facts."""
_FACTS_IN_PAST = frozenset(("after", "before", "while", "when", "as", "where"))
"""Conjunctions of clauses that are so stated of what is past; "when ice melts" says what would be."""
_TENSES = {"VBD": "past", "VBP": "present", "VBZ": "present", "MD": "modal"}


@dataclass(frozen=True, slots=True)
class Verb:
    """How a clause is stated."""

    tense: str
    """``past``, ``present``, ``modal``, ``infinitive`` or ``participle``."""
    modals: frozenset[str]
    is_perfect: bool
    is_progressive: bool
    is_negated: bool
    is_passive: bool


def extract_relations(parsed: Parsed) -> Relations:
    """Return for each token what depends on it, as pairs of a relation and a token."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for token in parsed.tokens:
        if token.relation not in {"ROOT", "punct"} and not _is_link(parsed, token):
            head, relation = _governor(parsed, token)
            found[head].append((relation, token.at))
    for token in parsed.tokens:
        if token.relation == "conj":
            _share(parsed, token, found)
        elif token.relation == "appos" and token.pos in _NOUNS:
            _share_nouns(parsed, token, parsed.head(token), found)
        elif token.relation in {"relcl", "acl"}:
            _refer(parsed, token, found)
    return found


def _governor(parsed: Parsed, token: Token) -> tuple[int, str]:
    """Return what a token depends on, and how."""
    head = parsed.head(token)
    while head.relation in {"aux", "auxpass"}:
        head = parsed.head(head)  # a subject that the parser gave to "are" of "are missing"
    if head.relation in _LINKS and token.relation not in {"pobj", "pcomp"}:
        inner = next((one for one in parsed.below(head) if one.relation in {"pobj", "pcomp"}), None)
        return (inner or parsed.head(head)).at, token.relation  # "only on Monday"
    if head.relation in _LINKS:
        return _through_preposition(parsed, token)
    if token.relation in {"nsubjpass", "csubjpass"}:
        return head.at, "dobj"
    if token.relation in {"advcl", "relcl"}:
        return head.at, f"{token.relation}:{' '.join(find_markers(parsed, token))}"
    return head.at, token.relation


def _through_preposition(parsed: Parsed, token: Token) -> tuple[int, str]:
    """Return what a noun depends on by its preposition, as in "prep:out of"."""
    link = parsed.head(token)
    outer = parsed.head(link)
    if link.relation == "agent" and token.relation == "pobj":
        return outer.at, "nsubj"
    if link.relation == "dative":
        return outer.at, "dative"
    words = [link.lower]
    while outer.relation in _LINKS:
        if outer.at == link.at - 1:
            words.insert(0, outer.lower)
        link, outer = outer, parsed.head(outer)
    return outer.at, f"prep:{' '.join(words)}"


def _is_link(parsed: Parsed, token: Token) -> bool:
    """Tell whether a token only links a noun to what it depends on."""
    return token.relation in _LINKS and any(
        one.relation in {"pobj", "pcomp", "prep"} for one in parsed.below(token)
    )


def find_markers(parsed: Parsed, clause: Token) -> list[str]:
    """Return the words that join a clause to another: "because", "even if"."""
    below = parsed.below(clause)
    marks = [one for one in below if one.relation == "mark" or one.tag in {"WRB", "WDT", "WP"}]
    return [one.lower for one in marks if one.at < clause.at]


def _share(parsed: Parsed, token: Token, found: dict[int, list[tuple[str, int]]]) -> None:
    """Give a joined verb the subject of the first, and a joined noun the verbs of the first."""
    first = first_joined(parsed, token)
    if is_verb(token):
        if not any(one.relation in _SUBJECTS for one in parsed.below(token)):
            subjects = [one.at for one in parsed.below(first) if one.relation in _SUBJECTS]
            if first.relation == "acl" and token.tag == first.tag == "VBN":
                found[token.at].append(("dobj", first.head))  # "planted by monks and cut down"
            relation = "dobj" if describe_verb(parsed, token).is_passive else "nsubj"
            found[token.at].extend((relation, one) for one in subjects)
    elif token.pos in _NOUNS and first.pos in _NOUNS:
        _share_nouns(parsed, token, first, found)


def _share_nouns(parsed: Parsed, token: Token, first: Token, found: dict[int, list[tuple[str, int]]]) -> None:
    """Let a noun depend on what another depends on, which it is joined to or says more of."""
    if any(one.relation == "neg" for one in (*parsed.below(first), *parsed.below(token))):
        return  # "Marsh, not her brother, resigned"
    for head, children in list(found.items()):
        for relation, child in list(children):
            if child == first.at and relation not in {"conj", "appos"} and head != token.at:
                found[head].append((relation, token.at))


def first_joined(parsed: Parsed, token: Token) -> Token:
    """Return the first of the words that "and" joins."""
    while token.relation == "conj":
        token = parsed.head(token)
    return token


def _refer(parsed: Parsed, token: Token, found: dict[int, list[tuple[str, int]]]) -> None:
    """Put whom it refers to in the place of "who", and give participles what they describe."""
    noun = parsed.head(token)
    if token.relation == "acl":
        if token.tag == "VBN":
            found[token.at].append(("dobj", noun.at))
        elif token.tag == "VBG":
            found[token.at].append(("nsubj", noun.at))
        return
    for relation, child in list(found.get(token.at, ())):
        if parsed.tokens[child].lower in {"who", "which", "that", "whom"}:
            found[token.at].append((relation, noun.at))


def is_verb(token: Token) -> bool:
    """Tell whether a token is a verb, or the "is" of a sentence without another."""
    return token.pos == "VERB" or (token.pos == "AUX" and token.relation not in {"aux", "auxpass"})


def describe_verb(parsed: Parsed, token: Token) -> Verb:
    """Return tense, modality, aspect, polarity and voice of a verb; a joined participle has the first's."""
    below = parsed.below(token)
    auxiliaries = [one for one in below if one.relation in {"aux", "auxpass"} and one.at < token.at]
    negated = sum(one.relation == "neg" for one in below) % 2 == 1
    finite = auxiliaries[0] if auxiliaries else token
    infinitive = any(one.tag == "TO" for one in auxiliaries) or token.tag == "VB"
    tense = _TENSES.get(finite.tag, "infinitive" if infinitive else "participle")
    if not auxiliaries and token.relation == "conj" and token.tag in {"VBN", "VBG", "VB"}:
        first = parsed.head(token)
        above = describe_verb(parsed, first)
        if first.tag == token.tag and is_verb(first):
            return replace(above, is_negated=above.is_negated != negated)
        if above.tense == "past" and token.tag == "VBN" and not above.is_passive:
            tense = "past"  # taggers mix up "studied" and "has studied"
    return Verb(
        tense,
        frozenset(one.lemma for one in auxiliaries if one.tag == "MD"),
        any(one.lemma == "have" for one in auxiliaries),
        token.tag == "VBG" and any(one.lemma == "be" for one in auxiliaries),
        negated,
        any(one.relation == "auxpass" for one in auxiliaries),
    )


def is_stated(parsed: Parsed, token: Token) -> bool:
    """Tell whether a sentence states a clause as a fact: not as said, tried, supposed, or on a condition.

    Args:
        parsed: The sentence.
        token: The verb of the clause.
    """
    past = describe_verb(parsed, token).tense in {"past", "participle"}
    while token.relation != "ROOT":
        head = parsed.head(token)
        relation = token.relation
        if relation in {"ccomp", "xcomp", "pcomp", "csubj", "csubjpass", "parataxis", "dep", "intj", "meta"}:
            return False
        if relation == "advcl" and not _states_adverbial(parsed, token, past=past):
            return False
        if relation == "acl" and not _describes(parsed, token):
            return False
        if relation == "relcl" and not _states_relative(parsed, token):
            return False
        if relation == "relcl" and head.pos == "PROPN" and _is_set_off(parsed, token):
            return not _is_denied(parsed, head)
        if relation == "conj" and not _joins_facts(parsed, token):
            return False
        if relation in {"acl", "relcl", "advcl"} and (
            is_verb(head) and describe_verb(parsed, head).is_negated
        ):
            return False
        token = head
    return True


def _describes(parsed: Parsed, clause: Token) -> bool:
    """Tell whether a participle says what was done to a noun: not "the myth that it can be seen"."""
    below = {one.relation for one in parsed.below(clause)}
    return clause.tag == "VBN" and not below & {"mark", "aux", "auxpass", "neg", *_SUBJECTS}


def _is_set_off(parsed: Parsed, clause: Token) -> bool:
    """Tell whether a comma parts a relative clause from a name: it is stated, whatever the rest is."""
    first = parsed.subtree(clause)[0].at
    return first > 0 and parsed.tokens[first - 1].text == ","


def _is_denied(parsed: Parsed, name: Token) -> bool:
    return any(one.relation == "neg" for one in parsed.below(name))


def _states_relative(parsed: Parsed, clause: Token) -> bool:
    """Tell whether a clause says of whom it refers to; "a rumor that …" looks like one that does not."""
    words = parsed.subtree(clause)
    before = parsed.tokens[words[0].at - 1].text if words[0].at else ""
    markers = find_markers(parsed, clause) or [one.lower for one in words if one.tag in {"WP", "WDT"}][:1]
    if set(markers) & {"that", "where", "when"}:
        return False  # what is so where or when something else is
    noun = parsed.head(clause)
    known = noun.pos == "PROPN" or any(one.relation in {"det", "poss"} for one in parsed.below(noun))
    return before == "," or ("who" in markers and known)  # "workers who strike" are not all workers


def _states_adverbial(parsed: Parsed, clause: Token, *, past: bool) -> bool:
    marks = set(find_markers(parsed, clause))
    if len(marks) != 1 or any(
        one.relation == "advmod" and one.at < clause.at
        for one in parsed.below(clause)
        if one.lower not in marks and one.lower in {"even", "only", "not", "just"}
    ):
        return False
    return bool(marks & _ALWAYS_FACTS) or (past and bool(marks & _FACTS_IN_PAST))


def _joins_facts(parsed: Parsed, token: Token) -> bool:
    """Tell whether "and" or "but" joins a word to the ones before it, and not "or"."""
    here = parsed.head(token)
    joins = [one for one in (*parsed.below(here), *parsed.below(token)) if one.relation in {"cc", "preconj"}]
    return all(one.lower in {"and", "but", "so", "yet", "&"} for one in joins)
