"""The librarian: one object a process that holds the services of a library.

Async, because callers wait for the network and for their turn; everything that burns CPU runs on
the lane. Discord is unknown here: a collection is a plain string.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.librarian.answers import Answers
from retrieval.librarian.article_upkeep import ArticleUpkeep
from retrieval.librarian.articles import Articles
from retrieval.librarian.context import Context
from retrieval.librarian.feedback import Feedback
from retrieval.librarian.import_queue import ImportQueue
from retrieval.librarian.injection_findings import InjectionFindings
from retrieval.librarian.maintenance import Maintenance
from retrieval.librarian.mentions import Mentions
from retrieval.librarian.notes import Notes
from retrieval.librarian.pending_questions import PendingQuestions
from retrieval.librarian.preferences import Preferences
from retrieval.librarian.privacy import Privacy
from retrieval.librarian.processes import Processes
from retrieval.librarian.resources import Resources
from retrieval.librarian.usage import TokenBudget, UsageMeter
from retrieval.messages import message
from retrieval.protocols import OnProgress
from retrieval.runtime import Priority, report_progress
from retrieval.settings import LlmMode

if TYPE_CHECKING:
    from retrieval.librarian.claims import Claims
    from retrieval.librarian.digests import Digests
    from retrieval.librarian.quotes import Quotes
    from retrieval.librarian.summaries import Summaries
    from retrieval.llm import LlmAnswerer


class Librarian:
    """Opens a library's services; each is a small object over one shared context."""

    def __init__(self, context: Context) -> None:
        """Use ``wiring.open_librarian`` instead of building one by hand."""
        budget = TokenBudget(context)
        self._context = context
        self.answers = Answers(context, budget, lambda: self.summaries)
        self.processes = Processes(context)
        self.imports = ImportQueue(context, self.processes)
        self.articles = Articles(context, self.imports)
        self.upkeep = ArticleUpkeep(context, self.articles)
        self._budget = budget
        self.feedback = Feedback(context)
        self.privacy = Privacy(context)
        self.usage = UsageMeter(context)
        self.preferences = Preferences(context)
        self.mentions = Mentions(context)
        self.pending_questions = PendingQuestions(context)
        self.injection_findings = InjectionFindings(context)
        self.notes = Notes(context)
        self.maintenance = Maintenance(context)

    @cached_property
    def summaries(self) -> "Summaries":
        """Summarizes articles; imported late, as questions need none of it."""
        from retrieval.librarian.summaries import Summaries

        return Summaries(self._context, self._budget)

    @cached_property
    def quotes(self) -> "Quotes":
        """Finds quotations and their speakers; imported late, as questions need none of it."""
        from retrieval.librarian.quotes import Quotes

        return Quotes(self._context)

    @cached_property
    def claims(self) -> "Claims":
        """Compares claims with the articles; imported late, as questions need none of it."""
        from retrieval.librarian.claims import Claims

        return Claims(self._context, self._budget)

    @cached_property
    def digests(self) -> "Digests":
        """Overviews of many articles; imported late, as questions need none of it."""
        from retrieval.librarian.digests import Digests

        return Digests(self._context, self._budget)

    @property
    def folder(self) -> Path:
        """The folder of the library."""
        return self._context.resources.folder

    @property
    def model(self) -> str:
        """The name of the language model that chooses or writes the answers; empty without one."""
        return self.llm.model.name if self.llm is not None else ""

    @property
    def llm(self) -> "LlmAnswerer | None":
        """What writes the answers, for measurements and checks; ``None`` without a language model."""
        return self._context.llm

    @property
    def mode(self) -> LlmMode:
        """What the language model does: ``choose`` or ``write``; ``off`` without one."""
        return "off" if self.llm is None else self._context.settings.llm_mode

    @property
    def resources(self) -> Resources:
        """The parts behind the lane, for measurements; nothing else may touch them from outside."""
        return self._context.resources

    @property
    def waiting(self) -> int:
        """Questions that wait for their turn."""
        return self._context.lane.waiting

    async def warm_up(self, on_progress: OnProgress | None = None) -> None:
        """Load the models now, some 10 s, instead of at the first question."""
        lane, resources = self._context.lane, self._context.resources
        report_progress(on_progress, message("Loading the models"), 0, 3)
        await lane.run(lambda: resources.encoder)
        report_progress(on_progress, message("Loading the models"), 1, 3)
        await lane.run(lambda: resources.reranker)
        report_progress(on_progress, message("Loading the models"), 2, 3)
        await lane.run(lambda: resources.reader)
        report_progress(on_progress, message("Loading the models"), 3, 3)

    async def size(self) -> int:
        """Return how many articles all collections hold together; fails if the library does not answer."""
        return await self._context.lane.run(lambda: self._context.store.total(), priority=Priority.NOTE)

    async def close(self) -> None:
        """Write the caches and close the database."""
        await self._context.catalog.close()
        await self._context.statements.close()
        if self.llm is not None:
            await self.llm.model.close()
        await self._context.run_import(self._context.resources.close)
