"""One question or a file of them: what ``ask``, ``search``, ``summarize`` and ``quotes`` share."""

import sys
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Annotated, Any, BinaryIO, Generic, TypeVar

import typer

from retrieval.cli.articles import STDIN, open_input
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
    check: Callable[[str], object] = lambda _: None
    """Raises for words that cannot be looked up, before any model is loaded."""
    found: Callable[[T], bool] = lambda _: True
    """Whether a result is one."""
    models: bool = False
    """Whether models are loaded first, so that no row's time has their loading in it."""


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


def look_up(session: Session, lookup: Lookup[T], wanted: Wanted, as_json: bool) -> bool:
    """Look up what is wanted and print it; return whether everything was found.

    What is wrong with the input is said before models are loaded.

    Raises:
        RetrievalError: If a single lookup fails. A failing row of a batch becomes a row.
    """
    if wanted.batch is not None:
        with open_input(wanted.batch) as stream:
            if wanted.batch != STDIN and stream.seekable():
                _say_problems(session, lookup, stream)
            return _answer_lines(session, lookup, stream)
    lookup.check(wanted.words)
    if lookup.models:
        session.warm_up()
    found, seconds = _time_call(session, lookup, wanted.words)
    if not as_json:
        lookup.show(found)
        return lookup.found(found)
    write_row(sys.stdout.buffer, {"id": lookup.id_of(found), **lookup.row(found, seconds)})
    for note in lookup.notes(found):
        session.notices.say(note)
    return lookup.found(found)


def _say_problems(session: Session, lookup: Lookup[T], stream: BinaryIO) -> None:
    """Say which lines of a batch cannot be looked up, before the first one is."""
    for line in read_rows(stream):
        if problem := _problem(lookup, line):
            session.notices.say(f"Line {line.number} is skipped: {problem}")
    stream.seek(0)


def _answer_lines(session: Session, lookup: Lookup[T], stream: BinaryIO) -> bool:
    """Print a row for each line of a batch; models are loaded when the first one needs them."""
    loaded, all_found = not lookup.models, True
    for line in read_rows(stream):
        if not loaded and _problem(lookup, line) is None:
            session.warm_up()
            loaded = True
        all_found &= _answer_line(session, lookup, line)
    return all_found


def _problem(lookup: Lookup[T], line: Row | BadLine) -> str | None:
    if isinstance(line, BadLine):
        return line.reason
    try:
        lookup.check(lookup.words_of(line))
    except RetrievalError as error:
        return str(error)
    return None


def _answer_line(session: Session, lookup: Lookup[T], line: Row | BadLine) -> bool:
    """Print the row of one line, under its id or else its number; return whether something was found."""
    out = sys.stdout.buffer
    if isinstance(line, BadLine):
        write_row(out, {"id": line.number, "error": f"Line {line.number} is skipped: {line.reason}"})
        return False
    number = line.number if line.id is None else line.id
    try:
        found, seconds = _time_call(session, lookup, lookup.words_of(line))
    except RetrievalError as error:
        write_row(out, {"id": number, "error": str(error)})
        return False
    write_row(out, {"id": number, **lookup.row(found, seconds)})
    return lookup.found(found)


def _time_call(session: Session, lookup: Lookup[T], words: str) -> tuple[T, float]:
    started = perf_counter()
    found = session.run(lookup.call(words))
    return found, perf_counter() - started
