"""One question or a file of them: what ``ask``, ``search``, ``summarize`` and ``quotes`` share."""

import sys
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Annotated, Any, BinaryIO, Generic, TypeVar

import typer

from retrieval.cli.articles import STDIN, open_input
from retrieval.cli.session import Session
from retrieval.domain import JsonObject, write_row
from retrieval.errors import BadRow, RetrievalError
from retrieval.messages import message
from retrieval.sources import BadLine, Row, optional_id, read_rows, whole_characters

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
    call_row: Callable[[Row, T | None], Coroutine[Any, Any, T]] | None = None
    """Called for a row of a batch instead, where rows may follow up others: with the row, and the result
    of the one above it that it names under ``after``."""
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


@dataclass(slots=True)
class _Batch(Generic[T]):
    """What the rows of a batch can follow up."""

    named: set[str] | None = None
    """Ids that rows of the file name under ``after``; ``None`` where it is read only once."""
    below: set[str] = field(default_factory=set)
    """Ids of rows that are still to come, as far as that is known."""
    failed: set[str] = field(default_factory=set)
    results: dict[str, T] = field(default_factory=dict)
    """Of the rows so far that others name."""

    def keep(self, number: str | int, result: T | None) -> None:
        """Keep the result of a row under its id; ``None`` if it failed."""
        key = str(number)
        self.below.discard(key)
        if result is None:
            self.failed.add(key)
            self.results.pop(key, None)
        elif self.named is None or key in self.named:
            self.results[key] = result

    def followed_by(self, row: Row) -> T | None:
        """Return the result that a row follows up; ``None`` if it follows none.

        Raises:
            BadRow: What it names under ``after`` is no row above it that was answered.
        """
        after = optional_id(row, "after")
        if after is None or after in self.results:
            return None if after is None else self.results[after]
        if after in self.failed:
            raise BadRow(message('The row "{after}", which it follows up, has no answer.', after=after))
        raise BadRow(self.misplaced(after))

    def misplaced(self, after: str) -> str:
        """Return what is wrong with a row that follows up *after*, which does not stand above it."""
        if after in self.below:
            return message('The row "{after}", which it follows up, must stand above it.', after=after)
        return message('No row above it has the id "{after}", which it follows up.', after=after)


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
            batch: _Batch[T] = _Batch()
            if wanted.batch != STDIN and stream.seekable():
                batch = _read_ahead(session, lookup, stream)
            return _answer_lines(session, lookup, stream, batch)
    lookup.check(wanted.words)
    if lookup.models:
        session.warm_up()
    found, seconds = _time_call(session, lookup.call(wanted.words))
    if not as_json:
        lookup.show(found)
        return lookup.found(found)
    write_row(sys.stdout.buffer, {"id": lookup.id_of(found), **lookup.row(found, seconds)})
    for note in lookup.notes(found):
        session.notices.say(note)
    return lookup.found(found)


def _read_ahead(session: Session, lookup: Lookup[T], stream: BinaryIO) -> _Batch[T]:
    """Say which lines of a batch cannot be looked up, before the first one is; return which ids there are."""
    named: set[str] = set()
    batch: _Batch[T] = _Batch(named)
    problems: list[tuple[int, str]] = []
    follow_others: list[tuple[int, str]] = []
    for line in read_rows(stream):
        if problem := _problem(lookup, line):
            problems.append((line.number, problem))
        elif isinstance(line, Row) and lookup.call_row and (after := optional_id(line, "after")) is not None:
            named.add(after)
            if after not in batch.below:  # so far the rows above it
                follow_others.append((line.number, after))
        batch.below.add(str(_id_of(line)))
    problems += [(number, batch.misplaced(after)) for number, after in follow_others]
    for number, problem in sorted(problems):
        session.notices.say(f"Line {number} is skipped: {problem}")
    stream.seek(0)
    return batch


def _answer_lines(session: Session, lookup: Lookup[T], stream: BinaryIO, batch: _Batch[T]) -> bool:
    """Print a row for each line of a batch; models are loaded when the first one needs them."""
    loaded, all_found = not lookup.models, True
    for line in read_rows(stream):
        if not loaded and _problem(lookup, line) is None:
            session.warm_up()
            loaded = True
        all_found &= _answer_line(session, lookup, line, batch)
    return all_found


def _problem(lookup: Lookup[T], line: Row | BadLine) -> str | None:
    if isinstance(line, BadLine):
        return line.reason
    try:
        lookup.check(lookup.words_of(line))
    except RetrievalError as error:
        return str(error)
    return None


def _id_of(line: Row | BadLine) -> str | int:
    """Return the id of a row, or else the number of its line."""
    return line.number if isinstance(line, BadLine) or line.id is None else line.id


def _answer_line(session: Session, lookup: Lookup[T], line: Row | BadLine, batch: _Batch[T]) -> bool:
    """Print the row of one line, under its id or else its number; return whether something was found."""
    out, number = sys.stdout.buffer, _id_of(line)
    if isinstance(line, BadLine):
        batch.keep(number, None)
        write_row(out, {"id": number, "error": f"Line {line.number} is skipped: {line.reason}"})
        return False
    try:
        words = lookup.words_of(line)
        if lookup.call_row is None:
            call = lookup.call(words)
        else:
            call = lookup.call_row(line, batch.followed_by(line))
        found, seconds = _time_call(session, call)
    except RetrievalError as error:
        batch.keep(number, None)
        write_row(out, {"id": number, "error": str(error)})
        return False
    if lookup.call_row is not None:
        batch.keep(number, found)
    write_row(out, {"id": number, **lookup.row(found, seconds)})
    return lookup.found(found)


def _time_call(session: Session, call: Coroutine[Any, Any, T]) -> tuple[T, float]:
    started = perf_counter()
    found = session.run(call)
    return found, perf_counter() - started
