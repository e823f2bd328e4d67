"""What the parts of the librarian share: the lane, the tools behind it, and the ways to the outside."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from retrieval.catalog import Catalog
from retrieval.lane import Lane, Priority
from retrieval.llm_answerer import LlmAnswerer
from retrieval.seams import Extractor, Fetcher
from retrieval.workshop import Workshop

T = TypeVar("T")


class Desk:
    """Base of ``Intake``, ``Holdings`` and ``Enquiries``; only ``Librarian`` is ever built."""

    def __init__(
        self,
        *,
        lane: Lane,
        workshop: Workshop,
        fetcher: Fetcher,
        extractor: Extractor,
        writer: LlmAnswerer | None = None,
    ) -> None:
        """Use ``wiring.open_librarian`` instead of building one by hand."""
        self._writer = writer
        self._lane = lane
        self._workshop = workshop
        self._fetcher = fetcher
        self._extractor = extractor
        self._catalog = Catalog(workshop.folder)

    @property
    def folder(self) -> Path:
        """Where the library is."""
        return self._workshop.folder

    @property
    def model(self) -> str:
        """The language model that words the answers; empty without one."""
        return self._writer.model.name if self._writer is not None else ""

    @property
    def writer(self) -> LlmAnswerer | None:
        """Who words the answers, for measurements and checks; ``None`` without a language model."""
        return self._writer

    @property
    def workshop(self) -> Workshop:
        """The parts behind the lane, for measurements; nothing else may touch them from outside."""
        return self._workshop

    async def _import(self, call: Callable[[], T]) -> T:
        return await self._lane.run(call, priority=Priority.IMPORT)
