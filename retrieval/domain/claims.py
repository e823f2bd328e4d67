"""What the articles say to claims: values that programs without the models can read, too."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.domain.answers import Citation
from retrieval.messages import Message, message


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
    RELATIONS = "relations"
    """The same words depend on each other otherwise."""
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

    def describe(self) -> Message:
        """Return what differs, in words that an interface can translate."""
        here, there = self.here, self.there
        match self.kind, bool(there):
            case DivergenceKind.FIGURE, True:
                return message("the figure differs: {there}, not {here}", here=here, there=there)
            case DivergenceKind.FIGURE, False:
                return message("the sentence does not have the figure {here}", here=here)
            case DivergenceKind.DATE, True:
                return message("the date differs: {there}, not {here}", here=here, there=there)
            case DivergenceKind.DATE, False:
                return message("the sentence does not have the date {here}", here=here)
            case DivergenceKind.NAME, True:
                return message("the name differs: {there}, not {here}", here=here, there=there)
            case DivergenceKind.NAME, False:
                return message("the sentence does not name {here}", here=here)
            case DivergenceKind.OPPOSITE, _:
                return message("the sentence says the opposite: {there}, not {here}", here=here, there=there)
            case DivergenceKind.WORDS, _:
                return message("the sentence does not say: {here}", here=here)
        return _DESCRIPTIONS[self.kind]


_DESCRIPTIONS = {
    DivergenceKind.DENIAL: message("one denies what the other says"),
    DivergenceKind.ROLES: message("who did it, and to whom, differs"),
    DivergenceKind.RELATIONS: message("the same words stand there in other relations to each other"),
    DivergenceKind.NOT_STATED: message("the sentence has it only as said, asked, tried or supposed"),
    DivergenceKind.TIME: message("the sentence speaks of another time, or of what may be"),
    DivergenceKind.LEFT_OUT: message("the sentence says more, which may limit it"),
}


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
