"""Whole-library checks, and a rebuild of everything that is derived from the texts."""

from retrieval.domain import CheckReport
from retrieval.indexing import check_library
from retrieval.librarian.context import Context
from retrieval.protocols import OnProgress
from retrieval.runtime import report_progress_to


class Maintenance:
    """Checks and rebuilds a library, behind every question that waits."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def check(self) -> CheckReport:
        """Read everything and report what is wrong; a missing or stale cache is no fault."""
        context = self._context
        return await context.run_import(
            lambda: check_library(lambda: context.store, context.resources.folder)
        )

    async def rebuild(self, on_progress: OnProgress | None = None) -> CheckReport:
        """Make everything that can be made from the texts anew: passages, vectors, quotations, indexes."""
        slices = await self._context.run_import(self._context.resources.rebuild)
        return await self._context.lane.run_in_slices(report_progress_to(slices, on_progress, "Rebuilding"))
