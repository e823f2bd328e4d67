"""Whether what a claim refers back to is what an article speaks of.

"Cowpox is mild. It killed 300 million people" says so of cowpox, word for word as an article says it of
smallpox. What the sentence before is about has to stand where the article says the same.
"""

from collections.abc import Sequence

from retrieval.claims.statement import Source
from retrieval.parsing import Parsed, Token, parse
from retrieval.text import content_roots, is_english

_POINTING = frozenset(("the", "this", "that", "these", "those", "such"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_OF_WRITER_AND_READER = frozenset(("i", "me", "my", "we", "us", "our", "you", "your"))


def keeps_subject(claim: str, before: str, sources: Sequence[Source], at: Sequence[int]) -> bool:
    """Tell whether the sentences that decide a claim may be about what the sentence before it is about.

    Where the claim has a pronoun of the third person, every word of that sentence's subject must stand in
    the deciding sentences, or right before them if those name no subject; where its own subject only
    points ("the haze"), right before them or in the title. A claim whose pronoun has nothing before it
    that it could stand for is about nothing.

    Args:
        claim: A sentence of a text that is checked.
        before: The sentence before it in that text; empty if it is the first one.
        sources: The sentences of a passage, in order.
        at: The places of those that decide the claim.
    """
    if not is_english(claim):
        return True
    mine = parse(claim)
    stands_for = any(_carries(mine, token) for token in mine.tokens)
    if not before:
        return not any(_carries(mine, one) for one in mine.tokens[:1] if one.relation in _SUBJECTS)
    if not stands_for and not any(_points(mine, one) for one in _subjects(mine)):
        return True
    first = min(at)
    opens = first if stands_for and _names_subject(sources[first].text) else max(0, first - 1)
    near = " ".join(sources[one].text for one in range(opens, max(at) + 1))
    near = near if stands_for else f"{sources[first].title} {near}"
    return _subject_roots(parse(before)) <= set(content_roots(near))


def _carries(parsed: Parsed, token: Token) -> bool:
    """Tell whether a word is a pronoun of the third person that no subject earlier in its sentence may be."""
    personal = token.tag in {"PRP", "PRP$"} and token.lower not in _OF_WRITER_AND_READER
    standing = token.lower in _POINTING and token.pos == "PRON" and token.relation in _SUBJECTS
    if not personal and not standing:
        return False
    earlier = parsed.tokens[: token.at]
    return not any(one.relation in _SUBJECTS and one.pos in {"PROPN", "NOUN"} for one in earlier)


def _names_subject(sentence: str) -> bool:
    """Tell whether a sentence has a noun or name as a subject, which a pronoun of it means rather."""
    return any(one.relation in _SUBJECTS and one.pos in {"PROPN", "NOUN"} for one in parse(sentence).tokens)


def _points(parsed: Parsed, subject: Token) -> bool:
    """Tell whether a subject is a common noun behind "the" or the like."""
    opened = any(one.relation == "det" and one.lower in _POINTING for one in parsed.below(subject))
    return subject.pos == "NOUN" and opened


def _subjects(parsed: Parsed) -> list[Token]:
    roots = [one for one in parsed.tokens if one.relation == "ROOT"]
    return [one for root in roots for one in parsed.below(root) if one.relation in _SUBJECTS]


def _subject_roots(parsed: Parsed) -> set[str]:
    words = [one for subject in _subjects(parsed) for one in parsed.subtree(subject)]
    found = set(content_roots(" ".join(one.text for one in words if one.pos not in {"PRON", "DET"})))
    names = " ".join(one.text for one in parsed.tokens if one.pos == "PROPN")
    return found or set(content_roots(names))  # "At Krakatoa it was worse"
