"""What the articles say to claims: values that programs without the models can read, too."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.domain.answers import Citation


class Verdict(StrEnum):
    """What the articles say to a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    CORRECTED = "corrected later"
    """An article supports it, and a newer one says otherwise."""
    UNCLEAR = "not clearly in the articles"
    """The strict test decides nothing; the sentence that comes nearest is cited."""
    NOT_FOUND = "not in the articles"


class DivergenceKind(StrEnum):
    """In what a sentence differs from a claim."""

    FIGURE = "figure"
    DATE = "date"
    NAME = "name"
    OPPOSITE = "opposite"
    """A word and its opposite."""
    DENIAL = "denial"
    """Exactly one of both denies."""
    ROLES = "roles"
    """Who did it and to whom it was done are exchanged."""
    NOT_STATED = "not stated"
    """The sentence has it only as said, tried, planned, feared or supposed."""
    TIME = "time"
    """One says what was, the other what is, will or may be."""
    LEFT_OUT = "left out"
    """The sentence says more, which may change what the rest says."""
    WORDS = "words"
    """The claim says what the sentence does not."""


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first thing in which a sentence differs from a claim."""

    kind: DivergenceKind
    here: str = ""
    """The words of the claim."""
    there: str = ""
    """The words of the sentence."""
    excludes: bool = False
    """Whether claim and sentence cannot both be true."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence somebody wrote, and what the articles say to it."""

    text: str
    verdict: Verdict
    citations: tuple[Citation, ...] = ()
    """If it was corrected, those of the newer article come first."""
    at_odds: tuple[str, str] | None = None
    """The words of the claim and of the article that cannot both be right."""
    divergence: Divergence | None = None
    """In what the cited sentence differs from the claim, unless it supports it."""
    read_as: Verdict | None = None
    """How a language model reads the cited sentences where the strict test does not decide."""
    read_by: str = ""
    """That model; empty without one."""


@dataclass(frozen=True, slots=True)
class ClaimsCheck:
    """All claims of a text."""

    claims: tuple[Claim, ...]
    left_out: int = 0
    """Claims beyond the most that are checked."""
    library_size: int = 0
