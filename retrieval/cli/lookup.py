"""One question or a file of them: what ``ask``, ``search``, ``summarize`` and ``quotes`` share."""

import sys
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Annotated, Any, Generic, TypeVar

import typer

from retrieval.cli.articles import opened_input
from retrieval.cli.session import Session
from retrieval.domain import JsonObject, write_row
from retrieval.errors import RetrievalError
from retrieval.sources import BadLine, Row, read_rows, whole_characters

T = TypeVar("T")
BatchOption = Annotated[
    str | None,
    typer.Option("--batch", metavar="FILE.jsonl", help="Answer each line of a file (or -), as JSON."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup(Generic[T]):
    """How one command asks, and how it shows what comes back."""

    call: Callable[[str], Coroutine[Any, Any, T]]
    words_of: Callable[[Row], str]
    """What to call with, for a row of a batch; raises ``BadRow``."""
    row: Callable[[T, float], JsonObject]
    """The JSON of a result that took so many seconds, without its id."""
    show: Callable[[T], None]
    notes: Callable[[T], Sequence[str]] = lambda _: ()
    id_of: Callable[[T], str | None] = lambda _: None
    """The id of a single result's JSON."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Either one thing to look up or a file of them."""

    words: str
    batch: str | None


def one_or_batch(words: str | None, batch: str | None, name: str) -> Wanted:
    """Return what to look up; both or neither is wrong usage."""
    if (words is None) == (batch is None):
        raise typer.BadParameter(f"Give either one {name} or --batch FILE.jsonl.")
    return Wanted(whole_characters(words or ""), batch)


def look_up(session: Session, lookup: Lookup[T], wanted: Wanted, as_json: bool) -> None:
    """Look up what is wanted and print it.

    Raises:
        RetrievalError: If a single lookup fails. A failing row of a batch becomes a row.
    """
    if wanted.batch is not None:
        with opened_input(wanted.batch) as stream:
            for line in read_rows(stream):
                write_row(sys.stdout.buffer, _batch_row(session, lookup, line))
        return
    found, seconds = _timed(session, lookup, wanted.words)
    if not as_json:
        lookup.show(found)
        return
    write_row(sys.stdout.buffer, {"id": lookup.id_of(found), **lookup.row(found, seconds)})
    for note in lookup.notes(found):
        session.notices.say(note)


def _batch_row(session: Session, lookup: Lookup[T], line: Row | BadLine) -> JsonObject:
    if isinstance(line, BadLine):
        return {"id": None, "error": f"Line {line.number} is skipped: {line.reason}"}
    try:
        found, seconds = _timed(session, lookup, lookup.words_of(line))
    except RetrievalError as error:
        return {"id": line.id, "error": str(error)}
    return {"id": line.id, **lookup.row(found, seconds)}


def _timed(session: Session, lookup: Lookup[T], words: str) -> tuple[T, float]:
    started = perf_counter()
    found = session.run(lookup.call(words))
    return found, perf_counter() - started
