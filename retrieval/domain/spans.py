"""A range of an article's stored text: half-open, in Unicode code points."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A non-empty range ``text[start:end]``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse ranges that hold nothing: a citation of nothing is a bug."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or negative span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the characters this span covers in *text*."""
        return text[self.start : self.end]
