"""What a language model wrote, and what is left of it when the gate has held it against the articles."""

from dataclasses import dataclass
from datetime import date

from retrieval.domain import Citation, Statement


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a call to a language model cost."""

    prompt: int = 0
    completion: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.prompt + self.completion

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(self.prompt + other.prompt, self.completion + other.completion)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a collection's questions cost today."""

    day: date
    """In UTC."""
    calls: int
    tokens: Tokens
    budget: int | None
    """Tokens that a day may cost; ``None``: as many as are asked for."""


@dataclass(frozen=True, slots=True)
class Written:
    """A whole text by a language model."""

    text: str
    tokens: Tokens = Tokens()
    cut: bool = False
    """Whether it ended at the limit of tokens instead of where the model meant to end."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft behind the gate: only what the articles carry, each statement with its citations."""

    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    removed: tuple[str, ...] = ()
    """The drafted sentences that are not shown, as plain text."""
    kept: int = 0
    replaced: int = 0
    """Drafted sentences in whose place the nearest sentence of an article stands."""
    dropped: int = 0

    @property
    def enough(self) -> bool:
        """Whether at least half of the draft survived; of less, nothing is shown."""
        return self.kept > 0 and 2 * self.kept >= self.kept + self.replaced + self.dropped
