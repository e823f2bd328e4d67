"""Questions that are being answered, kept so that none is lost when the process ends before its answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from retrieval.domain import Filters

KEPT_FOR = timedelta(days=1)
"""A question cut off can be taken up again for so long; then it is forgotten."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What it takes to ask a question anew."""

    question: str
    person: str
    """Who asked, and alone may have it asked anew."""
    where: str
    """Where the answer is awaited, in the words of whoever delivers it; the library does not read it."""
    filters: Filters = Filters()  # noqa: RUF009 - frozen and empty
    after: int | None = None
    """Number of the answer that it follows up."""
    collection: str = ""
    asked_at: datetime | None = None
    id: int | None = None
    """``None`` until it is kept, like the two above."""
