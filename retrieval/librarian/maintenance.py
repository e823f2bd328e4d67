"""Whole-library checks, and a rebuild of everything that is derived from the texts."""

from sqlite3 import DatabaseError

from retrieval.domain import CheckReport
from retrieval.errors import LibraryDamaged
from retrieval.indexing import check_library
from retrieval.librarian.context import Context
from retrieval.protocols import OnProgress
from retrieval.runtime import report_progress_to
from retrieval.storage import damage_report, explain_error


class Maintenance:
    """Checks and rebuilds a library, behind every question that waits."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def check(self) -> CheckReport:
        """Read everything and report what is wrong; a missing or stale cache is no fault."""
        context = self._context

        def check() -> CheckReport:
            folder = context.resources.folder
            try:
                store = context.store
            except (DatabaseError, LibraryDamaged) as error:  # it cannot even be opened
                told = error if isinstance(error, LibraryDamaged) else explain_error(folder, error)
                if not isinstance(told, LibraryDamaged):
                    raise
                return damage_report(folder, str(error.__cause__ or error))
            return check_library(store, folder)

        return await context.run_import(check)

    async def rebuild(self, on_progress: OnProgress | None = None) -> CheckReport:
        """Make everything that can be made from the texts anew: passages, vectors, quotations, indexes."""
        slices = await self._context.run_import(self._context.resources.rebuild)
        return await self._context.lane.run_in_slices(report_progress_to(slices, on_progress, "Rebuilding"))
