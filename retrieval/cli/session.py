"""Opens the library for one command, and tells people when that, or anything after it, fails.

Commands are plain functions: they read files and print between calls, with no event loop
in the way, so Ctrl-C works at once everywhere. ``Session.run`` is the only door to the
async library.
"""

import asyncio
import gc
import io
import logging
import os
import secrets
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from retrieval.cli.stderr import QUIET_S, Notices
from retrieval.errors import RetrievalError
from retrieval.sources import whole_characters

if TYPE_CHECKING:
    from retrieval.domain import Filters
    from retrieval.librarian import Librarian
    from retrieval.protocols import Progress


T = TypeVar("T")

GARBAGE_THRESHOLD = 50_000
"""Objects after which cycles are looked for; at Python's 700 that takes .1 of the 2 s of CPU of one ``ask``,
most of it while modules are imported, which leave none."""
FAILED, STOPPED, PIPE_CLOSED = 1, 130, 141
"""Exit codes; the last two are what a shell reports for SIGINT and SIGPIPE."""

CollectionOption = Annotated[
    str,
    typer.Option(
        "--collection", metavar="NAME", help="Collection of articles to work on.", callback=whole_characters
    ),
]
DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Folder of the library; else what FOOTNOTE_DATA_DIR says."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, to stdout.")]
DEFAULT_COLLECTION = "default"

_log = logging.getLogger(__name__)


class UnexpectedError(RetrievalError):
    """A bug; the traceback is in the log under the number in the text."""


@dataclass(frozen=True, slots=True)
class Session:
    """An open library, and how to wait for it."""

    librarian: "Librarian"
    collection: str
    max_article_bytes: int
    _runner: asyncio.Runner
    notices: Notices = field(default_factory=Notices)

    def run(self, work: Coroutine[Any, Any, T], doing: str = "Reading …") -> T:
        """Wait for *work*; *doing* is shown once that takes more than a second.

        Raises:
            UnexpectedError: If it fails in a way that the library does not foresee.
            KeyboardInterrupt: On Ctrl-C, after the work was cancelled.
        """
        try:
            return self._runner.run(_watch_progress(work, doing, self.notices))
        finally:
            self.notices.clear()

    def each(self, items: AsyncIterator[T]) -> Iterator[T]:
        """Iterate over *items*, waiting for one at a time."""
        done = object()

        async def following() -> T | object:
            return await anext(items, done)

        while (item := self.run(following())) is not done:
            yield item  # type: ignore[misc]

    def on_progress(self, progress: "Progress") -> None:
        """Show how far a long job is."""
        share = f": {progress.done:,} of {progress.total:,}" if progress.total else " …"
        self.notices.show(progress.what + share)

    def warm_up(self) -> None:
        """Load the models, so that the time of an answer is the time of an answer."""
        if self.run(self.librarian.articles.count(collection=self.collection)):
            self.run(self.librarian.warm_up(), "Loading the models …")


@contextmanager
def open_session(collection: str, data: Path | None, *, builds: bool = False) -> Iterator[Session]:
    """Open the library; what goes wrong inside ends the program with one line on stderr.

    *builds*: articles come in or are made anew, so that models are loaded the way of all models.
    """
    # Late, because --help must not wait for pydantic and the adapters.
    from retrieval.settings import load_settings
    from retrieval.wiring import open_librarian

    with report_errors():
        settings = load_settings(**({} if data is None else {"data_dir": data}))
        with asyncio.Runner() as runner:
            library = open_librarian(settings, builds=builds)
            librarian = runner.run(_open_library(library))
            session = Session(librarian, collection, settings.max_article_bytes, runner)
            try:
                yield session
            finally:
                session.notices.clear()
                runner.run(_close_session(library))


def check_articles(session: Session, filters: "Filters") -> None:
    """Look up the articles that a question is limited to, before any model is loaded.

    Raises:
        ArticleNotFound: One of them is not in the collection.
    """
    for public_id in filters.article_ids:
        session.run(session.librarian.articles.get(public_id, collection=session.collection))


@contextmanager
def report_errors() -> Iterator[None]:
    """Turn failures of the body into one line on stderr and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except RetrievalError as error:
        complain(str(error))
        raise typer.Exit(FAILED) from error
    except KeyboardInterrupt:
        raise typer.Exit(STOPPED) from None
    except BrokenPipeError:
        _end_quietly()


def run_program(program: typer.Typer, name: str) -> None:
    """Run *program* as a process of its own: any text can be printed, and a bug is one sentence."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.excepthook = _report_bug
    gc.set_threshold(GARBAGE_THRESHOLD)
    program(prog_name=name)


def complain(sentence: str) -> None:
    """Write one line about an error to stderr."""
    Notices().say(f"Error: {sentence}")


def program_name() -> str:
    """Return what the person typed to get here, for hints that can be copied."""
    return "footnote" if Path(sys.argv[0]).stem == "footnote" else "python -m retrieval"


def _report_bug(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    complain(_format_log(error))


def _format_log(error: BaseException) -> str:
    number = secrets.token_hex(4)
    _log.error("error %s", number, exc_info=error)
    return f"Something went wrong that should not; please report error {number} with the lines above."


def _end_quietly() -> NoReturn:
    # Whatever is still buffered has no reader; without this the interpreter complains at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(PIPE_CLOSED)


async def _watch_progress(work: Coroutine[Any, Any, T], doing: str, notices: Notices) -> T:
    hint = asyncio.get_running_loop().call_later(QUIET_S, notices.show, doing)
    try:
        # Gathered, because an unforeseen error must reach the person as one sentence.
        outcome = (await asyncio.gather(work, return_exceptions=True))[0]
    finally:
        hint.cancel()
    match outcome:
        case RetrievalError():
            raise outcome
        case Exception() as error:
            raise UnexpectedError(_format_log(error)) from error
        case BaseException():
            raise outcome
    return outcome


async def _open_library(library: AbstractAsyncContextManager["Librarian"]) -> "Librarian":
    return await library.__aenter__()


async def _close_session(library: AbstractAsyncContextManager["Librarian"]) -> None:
    await library.__aexit__(None, None, None)
