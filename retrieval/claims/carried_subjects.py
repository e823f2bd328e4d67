"""Whether what a claim carries on from the sentence before it is what an article speaks of.

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
    the deciding sentences or right before them; where it only points ("the haze"), the title counts as
    well. A claim whose pronoun has nothing before it that it could stand for is about nothing.

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
    points = any(token.lower in _POINTING and token.relation == "det" for token in mine.tokens)
    if not stands_for and not points:
        return True
    first = min(at)
    near = " ".join(sources[one].text for one in range(max(0, first - 1), max(at) + 1))
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


def _subject_roots(parsed: Parsed) -> set[str]:
    roots = [one for one in parsed.tokens if one.relation == "ROOT"]
    subjects = [one for root in roots for one in parsed.below(root) if one.relation in _SUBJECTS]
    words = [one for subject in subjects for one in parsed.subtree(subject)]
    found = set(content_roots(" ".join(one.text for one in words if one.pos not in {"PRON", "DET"})))
    names = " ".join(one.text for one in parsed.tokens if one.pos == "PROPN")
    return found or set(content_roots(names))  # "At Krakatoa it was worse"
