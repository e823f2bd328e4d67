"""What readers think of answers: votes on citations, and reports that something is wrong."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from retrieval.domain import Answer

MAX_WORDS = 1_000
"""Characters of a report that are kept."""
Fault = Literal["quote", "answer", "article", "hide"]
"""The quote does not carry the sentence · it does not answer · the article is wrong or old · it should
not be shown here."""


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody said is wrong with an answer."""

    id: int
    answer_id: int
    question: str
    person: str
    """Who said so, as the caller calls people."""
    fault: Fault
    words: str
    """What they added in words of their own; may be empty."""
    link: str
    """Where the answer was shown; empty if unknown."""
    reported_at: datetime
    hides: bool
    """Whether the answer is hidden."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """An answer with everything readers said of it: a case to measure by."""

    answer: Answer
    votes: dict[int, tuple[int, int]]
    """Number of a citation to how many say that it carries its statement, and how many that it does not."""
    reports: tuple[Report, ...]
