"""Commands that move articles in and out: ``add``, ``import``, ``export``."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from retrieval.cli_filters import parse_day
from retrieval.cli_session import (
    DEFAULT_COLLECTION,
    FAILED,
    CollectionOption,
    DataOption,
    JsonOption,
    Session,
    complain,
    open_session,
)
from retrieval.domain import Added, Corrections
from retrieval.errors import BadRow, NotReadable, RetrievalError, SourceRefused, StorageError
from retrieval.jsonl import BadLine, Row, article_of, read_rows
from retrieval.rows import added_row, exported_row, write_row
from retrieval.terminal import Page

STDIN = "-"
_BAD = "bad"


def add(  # noqa: PLR0913 - typer makes each option out of a parameter
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE", help="URLs, files, or - for stdin.")],
    title: Annotated[str | None, typer.Option(help="Title; only with one SOURCE.")] = None,
    author: Annotated[str | None, typer.Option(help="Author of every SOURCE.")] = None,
    published: Annotated[
        date | None, typer.Option(parser=parse_day, metavar="DATE", help="Date, as 2025-02-08.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="Address it can be read at; only with one SOURCE.")] = None,
    site: Annotated[str | None, typer.Option(help="Site or publication of every SOURCE.")] = None,
    updated: Annotated[
        date | None, typer.Option(parser=parse_day, metavar="DATE", help="Date of the last change.")
    ] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Language, as en or de.")] = None,
    password: Annotated[str | None, typer.Option(help="Opens a locked PDF; it is not stored.")] = None,
    as_json: JsonOption = False,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Add web pages and files (.html .txt .md .pdf); goes on after a failure."""
    if len(sources) > 1 and (title or url):
        raise typer.BadParameter("--title and --url describe one SOURCE; there are several.")
    if url is not None and not is_web_address(url):
        raise typer.BadParameter("--url must begin with http:// or https://.")
    corrections = Corrections(
        title=title,
        author=author,
        url=url,
        site=site,
        published=published,
        updated=updated,
        language=language,
    )
    failed = False
    with open_session(collection, data) as session:
        for source in sources:
            failed |= not _add_and_report(session, source, corrections, password, as_json)
        if failed:
            raise typer.Exit(FAILED)


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE.jsonl", help="One article a line, or - for stdin.")],
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Import articles from JSON lines; a bad line is reported and skipped."""
    counts: Counter[str] = Counter()
    with open_session(collection, data) as session, opened_input(file) as stream:
        try:
            for line in read_rows(stream):
                counts[_imported(session, line)] += 1
                session.notices.show(_told(counts))
        except RetrievalError as error:
            complain(str(error))
            raise typer.Exit(FAILED) from error
        finally:
            session.notices.say(_told(counts))
        if counts[_BAD] and counts[_BAD] == counts.total():
            raise typer.Exit(FAILED)


def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; without it, stdout.")] = STDIN,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Export articles as JSON lines that import takes back unchanged."""
    with open_session(collection, data) as session, _opened_output(file) as stream:
        count = 0
        for article, text in session.each(session.librarian.export(collection=collection)):
            write_row(stream, exported_row(article, text))
            count += 1
            session.notices.show(f"Exported {count:,}")
        session.notices.say(f"Exported {count:,} articles.")


def add_source(session: Session, source: str, corrections: Corrections, password: str | None = None) -> Added:
    """Add one address, file, or stdin.

    Raises:
        RetrievalError: If it cannot be had, read or stored.
    """
    library, collection = session.librarian, session.collection
    doing = f"Reading {source} …"
    if is_web_address(source):
        return session.run(
            library.add_url(
                source,
                collection=collection,
                corrections=corrections,
                password=password,
                on_progress=session.on_progress,
            ),
            doing,
        )
    name = "pasted.txt" if source == STDIN else Path(source).name
    body = _read_bytes(source, session.max_article_bytes)
    return session.run(
        library.add_file(
            name,
            body,
            collection=collection,
            corrections=corrections,
            password=password,
            on_progress=session.on_progress,
        ),
        doing,
    )


def added_sentence(added: Added) -> str:
    """Say what became of a source."""
    word = {"added": "Added", "known": "Already there", "replaced": "Replaced"}[added.status]
    title = added.article.title or "(no title)"
    return f"{word}: {title} · {added.article.public_id} · {added.passages} passages"


def is_web_address(source: str) -> bool:
    """Tell an address from the name of a file."""
    return source.lower().startswith(("http://", "https://"))


@contextmanager
def opened_input(file: str) -> Iterator[BinaryIO]:
    """Open *file*, or stdin for ``-``.

    Raises:
        NotReadable: If there is no such file.
    """
    if file == STDIN:
        yield sys.stdin.buffer
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115 - closed below; errors of the body are not ours
    except OSError as error:
        raise NotReadable(f"{file}: {_file_problem(error)}") from error
    with stream:
        yield stream


def _add_and_report(
    session: Session, source: str, corrections: Corrections, password: str | None, as_json: bool
) -> bool:
    out = sys.stdout.buffer
    try:
        added = add_source(session, source, corrections, password)
    except RetrievalError as error:
        if as_json:
            write_row(out, {"source": source, "error": str(error)})
        complain(f"{source}: {error}")
        return False
    if as_json:
        write_row(out, added_row(source, added))
    else:
        Page().say(added_sentence(added))
    for note in added.notes:
        session.notices.say(f"{source}: {note}" if as_json else note)
    return True


def _imported(session: Session, line: Row | BadLine) -> str:
    """Import one line and return what became of it; faults of the line are reported."""
    try:
        if isinstance(line, BadLine):
            raise BadRow(line.reason)
        article = article_of(line)
    except BadRow as error:
        session.notices.say(f"Line {line.number} is skipped: {error}")
        return _BAD
    try:
        added = session.run(
            session.librarian.add(article, collection=session.collection),
            f"Reading line {line.number} …",
        )
    except (NotReadable, BadRow) as error:
        session.notices.say(f"Line {line.number} is skipped: {error}")
        return _BAD
    for note in added.notes:
        session.notices.say(f"Line {line.number}: {note}")
    return added.status


def _told(counts: Counter[str]) -> str:
    return (
        f"{counts['added']:,} added, {counts['replaced']:,} replaced, "
        f"{counts['known']:,} already known, {counts[_BAD]:,} bad lines skipped."
    )


def _read_bytes(source: str, max_bytes: int) -> bytes:
    try:
        # One byte more than allowed tells that it is too much, however much it is.
        if source == STDIN:
            body = sys.stdin.buffer.read(max_bytes + 1)
        else:
            with Path(source).open("rb") as file:
                body = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise NotReadable(_file_problem(error)) from error
    if len(body) > max_bytes:
        raise SourceRefused(
            f"It is larger than {max_bytes:,} bytes. Add a part of it, or raise FOOTNOTE_MAX_ARTICLE_BYTES."
        )
    return body


def _file_problem(error: OSError | ValueError) -> str:
    if isinstance(error, IsADirectoryError):
        return "That is a folder. Name the files in it, one by one or as FOLDER/*.txt."
    if isinstance(error, FileNotFoundError):
        return "There is no such file. Check the name, or put https:// before a web address."
    if isinstance(error, PermissionError):
        return "You may not open it. Check its permissions."
    reason = error.strerror if isinstance(error, OSError) else error
    return f"It cannot be used: {reason}. Try another file."


@contextmanager
def _opened_output(file: str) -> Iterator[BinaryIO]:
    """Open stdout for ``-``, else a file that appears under its name only when it is complete."""
    if file == STDIN:
        yield sys.stdout.buffer
        return
    path = Path(file).resolve()
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:  # a pipe or a device, which must not be replaced
                yield stream
            return
        unfinished = path.with_name(f".{path.name}.unfinished")
        try:
            with unfinished.open("wb") as stream:
                yield stream
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StorageError(f"{file}: {_file_problem(error)}") from error
