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


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence somebody wrote, and what the articles say to it."""

    text: str
    verdict: Verdict
    citations: tuple[Citation, ...] = ()
    """If it was corrected, those of the newer article come first."""
    at_odds: tuple[str, str] | None = None
    """The words of the claim and of the article that cannot both be right."""
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
