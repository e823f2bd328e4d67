"""What the services of a librarian share: the lane, the resources behind it, and the ways to the outside."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from retrieval.librarian.resources import Resources
from retrieval.processes import Statements
from retrieval.protocols import Extractor, Fetcher
from retrieval.runtime import Lane, Priority
from retrieval.settings import LibrarySettings
from retrieval.storage import ArticleStore, Catalog

if TYPE_CHECKING:
    from retrieval.llm import ChosenAnswers, LlmAnswerer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a service is built with."""

    lane: Lane
    resources: Resources
    """Touched by calls on the lane only."""
    catalog: Catalog
    statements: Statements
    """The database, for what does not wait for the lane."""
    fetcher: Fetcher
    extractor: Extractor
    llm: "LlmAnswerer | None" = None
    """Writes answers; ``None`` without a language model."""
    chosen: "ChosenAnswers | None" = None
    """Has their sentences chosen instead; ``None`` without a language model, or where it writes."""
    process: str = field(default_factory=lambda: uuid4().hex)
    """Name of this process among those that share the library."""

    @property
    def store(self) -> ArticleStore:
        """The database, for calls on the lane."""
        return self.resources.store

    @property
    def settings(self) -> LibrarySettings:
        """The settings that the library was opened with."""
        return self.resources.settings

    def run_import(self, call: Callable[[], T]) -> Coroutine[Any, Any, T]:
        """Run a call on the lane behind every question that waits."""
        return self.lane.run(call, priority=Priority.IMPORT)
