"""Negation: the words that deny, and whether one sentence denies the very thing that another says.

The words stand in ``data/negation.toml``; all sets below are made of them. They differ where their
purposes do, and each says how.

A "not" somewhere in a sentence denies nothing of a claim: "He was not fined and will play" supports
"He will play". What counts is the word in the scope of the "not": the next content word, or
the last one before it where it closes its clause, as in German.
"""

import re
from collections.abc import Iterable
from functools import cache

from retrieval.nlp.antonyms import is_opposite
from retrieval.text import DOUBLE_ENGLISH, InvalidWordList, content_roots, load_groups, load_words, root

ENGLISH = load_words("negation", "english")
"""The base: English words that deny, without contractions."""
_NOTHING = load_words("negation", "english_nothing")
_NEARLY = load_words("negation", "english_nearly")
_LANGUAGES = load_groups("negation", "languages", disjoint=False)
_SELECTIONS = load_groups("negation", "selections", disjoint=False)
CONTRACTION = r"n[’']t\b"
"""The end of "don't"; it may stand behind any letter."""


def pattern_of(entries: Iterable[str]) -> str:
    """Return alternatives of a pattern for entries of the data file."""
    return "|".join(map(_pattern_of, sorted(entries)))


def _pattern_of(entry: str) -> str:
    if entry.startswith("*"):
        return rf"\w+{_pattern_of(entry[1:])}"
    if entry.endswith("*"):
        return rf"{_pattern_of(entry[:-1])}\w*"
    return re.escape(entry).replace("'", "[’']")


def _check_selections() -> None:
    """Refuse a selection that names a word of no language."""
    known = re.compile("|".join(pattern_of(words) for words in _LANGUAGES.values()))
    for key, entries in _SELECTIONS.items():
        for entry in entries:
            if not known.fullmatch(entry.removesuffix("*")):
                raise InvalidWordList(f"negation.toml: selections.{key} has {entry!r} of no language")


_check_selections()
TOKENS = ENGLISH | {"t"}
"""As words of a sentence that was taken apart: the rest of "don't" is a "t"."""
QUANTIFIED = (ENGLISH - {"without"}) | {"nothing", "hardly"} | frozenset(_SELECTIONS["quantified"])
"""Of a sentence about all or none. Not "without", which opens a phrase; "nowhere", "barely" and "scarcely"
are left out because figures were measured without them."""
_ENGLISH = re.compile(rf"\b(?:{pattern_of(ENGLISH)})\b|{CONTRACTION}", re.IGNORECASE)
FOREIGN_NEGATION = re.compile(
    rf"\b(?:{pattern_of(word for word in _SELECTIONS['sentence'] if word != 'non')}|non(?!-))\b",
    re.IGNORECASE,
)
"""Of other languages, in a sentence of any; "non-profit" is English."""
_ANY = re.compile(rf"{_ENGLISH.pattern}|{FOREIGN_NEGATION.pattern}", re.IGNORECASE)
NEGATION_OF_WORDING = re.compile(
    rf"(?:{pattern_of(ENGLISH | _NOTHING | _NEARLY)}|{pattern_of(_SELECTIONS['wording'])}|\w+n['’]t)$",
    re.IGNORECASE,
)
"""Matches a single word from its beginning; all that turn the meaning of a quotation if they come or go."""
_DOUBTS = re.compile(
    r"\b(?:not only|no longer than|no more than|no fewer than|no less than|not least)\b"
    r"|\bno\s*-\s*brainers?\b",
    re.I,
)
_NEITHER_NOR = re.compile(r"\bneither\b.*?\bnor\b", re.IGNORECASE)
_LEFT_OUT = frozenset(("not only", "not least", "no-brainer"))
_CLAUSE_CHARS = 400
"""Read on either side of a negation; a clause of prose is shorter."""
_CLAUSE_END = re.compile(rf"[,;:.!?(){DOUBLE_ENGLISH}–—]|\b(?:but|while|although|and|who|which|because)\b")
_STILL = frozenset(
    map(
        root,
        """
        yet ever really actually even either longer being get got
        """.split(),  # noqa: SIM905 - one word a line would be a page
    )
)
"""Words between "not" and what it denies."""


LANGUAGES = frozenset({"en", *_LANGUAGES})
"""Languages whose negations are known."""


def is_negated(text: str, language: str) -> bool:
    """Tell whether a sentence in one of ``LANGUAGES`` denies something."""
    return _negation_of(language).search(text) is not None


@cache
def _negation_of(language: str) -> re.Pattern[str]:
    if language == "en":
        words = rf"{pattern_of(ENGLISH | _NOTHING)}|\w+n[’']t"
    else:
        words = pattern_of(_LANGUAGES[language])
    return re.compile(rf"(?<![\w’'])(?:{words})(?![\w’'])", re.IGNORECASE)


def negations(sentence: str) -> int:
    """Return how often a sentence denies; "not only" and "no more than" deny nothing."""
    plain = _NEITHER_NOR.sub(" not ", _DOUBTS.sub("", sentence))
    return len(_ENGLISH.findall(plain))


def drop_pseudo_negations(sentence: str) -> str:
    """Return a sentence without phrases such as "not only", which deny nothing."""
    return _DOUBTS.sub(" ", sentence)


def same_doubts(claim: str, sentence: str) -> bool:
    """Tell whether two sentences hedge alike: "not only made" is more than "made", "no more than" less.

    A claim may leave "not only" and "not least" out.
    """
    mine = {match[0].lower() for match in _DOUBTS.finditer(claim)}
    theirs = {match[0].lower() for match in _DOUBTS.finditer(sentence)}
    return mine <= theirs and theirs - mine <= _LEFT_OUT


def find_negated_roots(sentence: str) -> list[str]:
    """Return the root of the word that each negation of a sentence applies to."""
    plain = drop_pseudo_negations(sentence)
    return [word for match in _ANY.finditer(plain) for word in _bears_on(plain, match)]


def deny_each_other(claim: str, sentence: str) -> bool:
    """Tell whether exactly one of two sentences denies a word of both, or has its opposite.

    A word that a sentence has twice may be meant otherwise each time: it decides nothing.
    """
    mine, theirs = content_roots(claim), content_roots(sentence)
    my_denied, their_denied = find_negated_roots(claim), find_negated_roots(sentence)
    pairs = [
        (one in my_denied) == (other in their_denied)
        for one in set(mine) - set(theirs)
        for other in set(theirs) - set(mine)
        if is_opposite(one, other)
    ]
    if pairs:
        return all(pairs)
    turned = set(my_denied) ^ set(their_denied)
    return any(mine.count(word) == 1 and theirs.count(word) == 1 for word in turned)


def find_opposites(claim: str, sentence: str) -> frozenset[str]:
    """Return the words that a claim denies and whose opposite a sentence says.

    What "rejected" it "did not approve" it. Not the other way round: what was not approved may wait.
    """
    theirs, refused = set(content_roots(sentence)), set(find_negated_roots(sentence))
    return frozenset(
        word
        for word in set(find_negated_roots(claim)) - theirs
        if any(is_opposite(word, other) for other in theirs - refused)
    )


def _bears_on(sentence: str, match: re.Match[str]) -> list[str]:
    after = _CLAUSE_END.split(sentence[match.end() : match.end() + _CLAUSE_CHARS], maxsplit=1)[0]
    behind = [word for word in content_roots(after) if word not in _STILL]
    if behind:
        return behind[:1]
    before = _CLAUSE_END.split(sentence[max(0, match.start() - _CLAUSE_CHARS) : match.start()])[-1]
    return content_roots(before)[-1:]
