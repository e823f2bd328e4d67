"""What readers leave: opinions and reports on answers, and questions that wait to be answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from retrieval.domain.answers import Answer
from retrieval.domain.articles import Filters

MAX_WORDS = 1_000
"""Characters of a report that are kept."""
Fault = Literal["quote", "answer", "article", "hide"]
"""The quote does not support the sentence · it does not answer · the article is wrong or old · it should
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
    """Number of a citation to how many say that it supports its statement, and how many that it does not."""
    reports: tuple[Report, ...]


KEPT_FOR = timedelta(days=1)
"""A question cut off can be taken up again for so long; then it is forgotten."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What it takes to ask a question anew."""

    question: str
    person: str
    """Who asked, and alone may have it asked anew."""
    where: str
    """Where the answer is awaited, in the words of the one that delivers it; the library does not read it."""
    filters: Filters = Filters()  # noqa: RUF009 - frozen and empty
    after: int | None = None
    """Number of the answer that it follows up."""
    collection: str = ""
    asked_at: datetime | None = None
    id: int | None = None
    """``None`` until it is kept, like the two above."""
