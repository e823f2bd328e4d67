"""Takes a sentence that joins claims apart, so that each can be checked by itself."""

from retrieval.parsing import Parsed, Token, describe_verb, is_verb, parse

_JOINS = frozenset(("and", "but"))
_MOST = 3
_FINITE = frozenset(("past", "present", "modal"))


def split_joined_claims(claim: str) -> list[str]:
    """Return the two or three claims that one sentence joins, or nothing if it is one.

    Only clauses that have subjects of their own are taken apart: "Lund won, and her sister came third".
    """
    if any(mark in claim for mark in '“”"'):
        return []
    parts = [part for whole in claim.rstrip(" .").split(";") for part in _split_clauses(whole.strip())]
    return parts if 1 < len(parts) <= _MOST else []


def _split_clauses(words: str) -> list[str]:
    parsed = parse(words)
    roots = [one for one in parsed.tokens if one.relation == "ROOT"]
    if len(roots) != 1 or not _states(parsed, roots[0]) or _reaches_across(parsed, roots[0]):
        return [words]
    starts, at = [], roots[0]
    while True:
        joined = next(
            (one for one in parsed.below(at) if one.relation == "conj" and _states(parsed, one)), None
        )
        link = next((one for one in parsed.below(at) if one.relation == "cc"), None)
        if joined is None or link is None or link.lower not in _JOINS:
            break
        starts.append(link)
        at = joined
    edges = [(0, 0), *((one.start, one.end) for one in starts), (len(words), len(words))]
    pieces = [words[edges[n][1] : edges[n + 1][0]].strip(" ,") for n in range(len(edges) - 1)]
    return [piece[:1].upper() + piece[1:] for piece in pieces]


def _states(parsed: Parsed, verb: Token) -> bool:
    """Tell whether a finite verb has a subject of its own."""
    owns = any(one.relation in {"nsubj", "nsubjpass"} for one in parsed.below(verb))
    return is_verb(verb) and owns and describe_verb(parsed, verb).tense in _FINITE


def _reaches_across(parsed: Parsed, root: Token) -> bool:
    """Tell whether a sentence opens with what may hold for all of its clauses: "In 1990 …", "If …"."""
    subject = next(one for one in parsed.below(root) if one.relation in {"nsubj", "nsubjpass"})
    return parsed.subtree(subject)[0].at > 0
