"""Commands that move whole libraries: ``import``, ``export``, ``backup``, ``restore``, ``migrate``."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from retrieval.cli.articles import (
    STDIN,
    LimitOption,
    file_problem,
    is_web_address,
    open_input,
    report,
    sources_in,
)
from retrieval.cli.session import (
    DEFAULT_COLLECTION,
    FAILED,
    CollectionOption,
    DataOption,
    JsonOption,
    Session,
    complain,
    open_session,
    report_errors,
)
from retrieval.cli.stderr import Notices
from retrieval.cli.terminal import Page
from retrieval.domain import FEED_ENTRIES, exported_row, write_row
from retrieval.errors import BadRow, LibraryDamaged, NotReadable, RetrievalError, StorageError
from retrieval.messages import count_articles
from retrieval.sources import BadLine, Row, article_of, read_rows

_BAD = "bad"
_LOWER = (b"pk\x03\x04", b"<?xml", b"<rss", b"<feed", b"<rdf")
"""How a ZIP file or a feed begins; JSON lines begin with a brace."""


def import_(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="JSON lines (or - for stdin), a .zip, or a feed: a file or its address."
        ),
    ],
    limit: LimitOption = FEED_ENTRIES,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Import many articles at once; what cannot be read is reported and skipped."""
    if is_web_address(file) or _holds_several(file):
        with open_session(collection, data, builds=True) as session:
            _import_all(session, file, limit)
        return
    counts: Counter[str] = Counter()
    with open_session(collection, data, builds=True) as session, open_input(file) as stream:
        try:
            for line in read_rows(stream):
                counts[_import_line(session, line)] += 1
                session.notices.show(_describe_import(counts))
        except RetrievalError as error:
            complain(str(error))
            raise typer.Exit(FAILED) from error
        finally:
            session.notices.say(_describe_import(counts))
        if counts[_BAD] and counts[_BAD] == counts.total():
            raise typer.Exit(FAILED)


def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; without it, stdout.")] = STDIN,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Export articles as JSON lines that import takes back unchanged."""
    with open_session(collection, data) as session, _open_output(file) as stream:
        done: set[int] = set()
        try:
            for article, text, blocks in session.each(
                session.librarian.articles.export(collection=collection)
            ):
                write_row(stream, exported_row(article, text, blocks))
                done.add(article.id)
                session.notices.show(f"Exported {len(done):,}")
        except LibraryDamaged as error:
            lost = _salvage(session, stream, done)
            complain(str(error))
            damage = f" {lost:,} could not be read." if lost else ""
            session.notices.say(f"Exported {count_articles(len(done))}.{damage}")
        else:
            session.notices.say(f"Exported {count_articles(len(done))}.")
            return
    raise typer.Exit(FAILED)  # after the file has its name


def _salvage(session: Session, stream: BinaryIO, done: set[int]) -> int:
    """Write what can still be read of a damaged library and is not *done*; return how many are lost."""
    lost = 0
    for one in session.each(session.librarian.articles.salvage(collection=session.collection)):
        if one is None:
            lost += 1
        elif one[0].id not in done:
            write_row(stream, exported_row(*one))
            done.add(one[0].id)
    return lost


def _holds_several(file: str) -> bool:
    """Tell a ZIP file or a feed from JSON lines by how it begins."""
    if file == STDIN:
        return False
    try:
        with Path(file).open("rb") as stream:
            return stream.read(100).lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_LOWER)
    except OSError:
        return False  # opened_input says why


def _import_all(session: Session, source: str, limit: int) -> None:
    """Add everything in a ZIP file or feed; it is a failure only if nothing went in."""
    counts: Counter[str] = Counter()
    for outcome in sources_in(session, source, limit=limit):
        counts[outcome.added.status if outcome.added else _BAD] += 1
        if outcome.added is None:
            session.notices.say(f"{outcome.source} is skipped: {outcome.error}")
        else:
            report(session, outcome, as_json=False)
    session.notices.say(_describe_import(counts).replace("bad lines", "bad articles"))
    if counts[_BAD] == counts.total():
        raise typer.Exit(FAILED)


def _import_line(session: Session, line: Row | BadLine) -> str:
    """Import one line and return the outcome; faults of the line are reported."""
    try:
        if isinstance(line, BadLine):
            raise BadRow(line.reason)
        article = article_of(line)
    except BadRow as error:
        session.notices.say(f"Line {line.number} is skipped: {error}")
        return _BAD
    try:
        added = session.run(
            session.librarian.articles.add(article, collection=session.collection),
            f"Reading line {line.number} …",
        )
    except (NotReadable, BadRow) as error:
        session.notices.say(f"Line {line.number} is skipped: {error}")
        return _BAD
    for note in added.notes:
        session.notices.say(f"Line {line.number}: {note}")
    return added.status


def _describe_import(counts: Counter[str]) -> str:
    return (
        f"{counts['added']:,} added, {counts['replaced']:,} replaced, "
        f"{counts['known']:,} already known, {counts[_BAD]:,} bad lines skipped."
    )


@contextmanager
def _open_output(file: str) -> Iterator[BinaryIO]:
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
        raise StorageError(f"{file}: {file_problem(error)}") from error


FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="File of the backup.")]


def backup(
    file: FileArgument,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it is there.")] = False,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Copy the whole library, all collections, to one file; the bot may run meanwhile."""
    # Late, because --help must not wait for pydantic and SQLite.
    from retrieval.storage import back_up

    with report_errors():
        _require_file()
        made = back_up(_folder(data), file, replace=force)
        size = file.stat().st_size
        if as_json:
            write_row(sys.stdout.buffer, {"file": str(file), "articles": made.articles, "bytes": size})
        else:
            Page().say(f"Wrote {count_articles(made.articles)} to {file} ({size / 1e6:,.1f} MB), checked.")


def restore(file: FileArgument, as_json: JsonOption = False, data: DataOption = None) -> None:
    """Put a backup in the library's place; the library that was there is kept beside it."""
    from retrieval.storage import restore as restore_library

    with report_errors():
        _require_file()
        folder = _folder(data)
        made = restore_library(folder, file)
        kept = None if made.kept is None else str(made.kept)
        if as_json:
            write_row(sys.stdout.buffer, {"file": str(file), "articles": made.articles, "kept": kept})
            return
        Page().say(f"Restored {count_articles(made.articles)} from {file} to {folder}.")
        if kept is not None:
            Notices().say(f"What was there is now {kept}; delete it when you no longer need it.")


def migrate(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The library to copy; it stays as it is.")],
    target: Annotated[str, typer.Argument(metavar="TARGET", help="Where to: an empty database or folder.")],
    as_json: JsonOption = False,
) -> None:
    r"""Copy a whole library into another database, from SQLite to PostgreSQL or back.

    SOURCE and TARGET are each the folder of a library (or sqlite:///folder), or a PostgreSQL database as
    postgresql+psycopg://name:password@host/database. Without the password, PGPASSWORD or ~/.pgpass is
    asked for it, and it does not stand in the list of processes.

    Stop the bot first, or what it writes after the copy stays in the source alone. Everything is copied:
    articles with their numbers, vectors, answers, votes, settings. At the end both are read again and
    compared: rows, digests and a sample of searches. A copy that was broken off goes on where it stopped
    when the same command is run again; until it is complete, nothing else opens the target.

    \b
    Examples:
      footnote migrate library postgresql+psycopg://footnote@localhost/footnote
      footnote migrate postgresql+psycopg://footnote@localhost/footnote library-2
    """
    from retrieval.storage.transfer import migrate_library, read_address

    with report_errors():
        notices = Notices()
        to = read_address(target)
        try:
            copied = migrate_library(
                read_address(source),
                to,
                lambda what, done, total: notices.show(f"{what}: {done:,} of {total:,}"),
            )
        finally:
            notices.clear()
        checked = copied.checked
        if as_json:
            row = {"written": copied.written, **asdict(checked)}
            row.pop("differing")  # nothing, or it had failed
            write_row(sys.stdout.buffer, row)
            return
        Page().say(
            f"Copied {count_articles(checked.rows['articles'])} with all that belongs to them to {to}: "
            f"{copied.written:,} rows written, {sum(checked.rows.values()):,} compared, all the same; "
            f"{checked.equal} of {checked.searches} searches find the same passages."
        )
        if checked.equal < checked.searches:
            notices.say("The others differ: the two databases take some words apart in different ways.")
        setting = "FOOTNOTE_DATABASE_URL" if to.url else "FOOTNOTE_DATA_DIR"
        notices.say(f"Set {setting} to it, then start the bot. The source is as it was.")


def _require_file() -> None:
    """Raise ``StorageError`` if the library is in a server, whose own tools keep and restore it."""
    from retrieval.settings import load_settings

    if load_settings().database_url.get_secret_value():
        raise StorageError(
            "This library is in PostgreSQL, which has its own tools: 'pg_dump --format=custom --file=FILE "
            "DATABASE' keeps it, and 'pg_restore --dbname=DATABASE FILE' puts it back. 'footnote migrate' "
            "copies it into a folder, where 'backup' works; 'footnote export' writes the articles."
        )


def _folder(data: Path | None) -> Path:
    from retrieval.settings import load_settings

    return load_settings(**({} if data is None else {"data_dir": data})).data_dir
