"""The command ``add``, and adding one source or all that it holds for the commands beside it."""

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
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
from retrieval.domain import FEED_ENTRIES, Added, Corrections, Outcome
from retrieval.errors import NotReadable, SourceRefused
from retrieval.outcomes import summed_up
from retrieval.rows import added_row, write_row
from retrieval.terminal import Page

STDIN = "-"
LimitOption = Annotated[
    int, typer.Option(min=1, max=10_000, help="Of a feed, read only this many of the first entries.")
]


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
    limit: LimitOption = FEED_ENTRIES,
    as_json: JsonOption = False,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Add pages, files (.html .txt .md .pdf .docx .odt .rtf .epub .vtt .srt .ipynb), all in a .zip or feed.

    Goes on after a failure.
    """
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
    with open_session(collection, data, builds=True) as session:
        for source in sources:
            failed |= not _add_and_report(session, source, corrections, password, limit, as_json)
        if failed:
            raise typer.Exit(FAILED)


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
        raise NotReadable(f"{file}: {file_problem(error)}") from error
    with stream:
        yield stream


def sources_in(
    session: Session,
    source: str,
    corrections: Corrections = Corrections(),  # noqa: B008 - frozen and empty
    password: str | None = None,
    limit: int = FEED_ENTRIES,
) -> Iterator[Outcome]:
    """Add one address, file, or stdin, and yield what became of each article in it."""
    name = Path(source).name
    try:
        for outcome in session.each(_outcomes(session, source, corrections, password, limit)):
            inside = source not in (STDIN, outcome.source) and not is_web_address(source)
            if inside and outcome.source.startswith(name):
                outcome = replace(outcome, source=source + outcome.source[len(name) :])
            yield outcome
    except (NotReadable, SourceRefused) as error:  # the file itself cannot be had
        yield Outcome(source, error=error)


def report(session: Session, outcome: Outcome, as_json: bool) -> None:
    """Print what became of one article."""
    out = sys.stdout.buffer
    if outcome.added is None:
        if as_json:
            write_row(out, {"source": outcome.source, "error": str(outcome.error)})
        complain(f"{outcome.source}: {outcome.error}")
        return
    if as_json:
        write_row(out, added_row(outcome.source, outcome.added))
    else:
        Page().say(added_sentence(outcome.added))
    for note in outcome.added.notes:
        session.notices.say(f"{outcome.source}: {note}" if as_json else note)


def _add_and_report(
    session: Session, source: str, corrections: Corrections, password: str | None, limit: int, as_json: bool
) -> bool:
    """Add everything a source holds, a line each; return whether all of it went in."""
    outcomes = []
    for outcome in sources_in(session, source, corrections, password, limit):
        report(session, outcome, as_json)
        outcomes.append(outcome)
    if len(outcomes) > 1:
        session.notices.say(f"{source}: {summed_up(outcomes)}.")
    return all(outcome.added for outcome in outcomes)


def _outcomes(
    session: Session, source: str, corrections: Corrections, password: str | None, limit: int
) -> AsyncIterator[Outcome]:
    library, collection = session.librarian, session.collection
    session.notices.show(f"Reading {source} …")
    if is_web_address(source):
        return library.articles.add_all_at(
            source,
            collection=collection,
            corrections=corrections,
            password=password,
            limit=limit,
            on_progress=session.on_progress,
        )
    return library.articles.add_all_in(
        "pasted.txt" if source == STDIN else Path(source).name,
        _read_bytes(source, session.max_article_bytes),
        collection=collection,
        corrections=corrections,
        password=password,
        limit=limit,
        on_progress=session.on_progress,
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
        raise NotReadable(file_problem(error)) from error
    if len(body) > max_bytes:
        raise SourceRefused(
            f"It is larger than {max_bytes:,} bytes. Add a part of it, or raise FOOTNOTE_MAX_ARTICLE_BYTES."
        )
    return body


def file_problem(error: OSError | ValueError) -> str:
    """Say why a file cannot be used, and what to do."""
    if isinstance(error, IsADirectoryError):
        return "That is a folder. Name the files in it, one by one or as FOLDER/*.txt."
    if isinstance(error, FileNotFoundError):
        return "There is no such file. Check the name, or put https:// before a web address."
    if isinstance(error, PermissionError):
        return "You may not open it. Check its permissions."
    reason = error.strerror if isinstance(error, OSError) else error
    return f"It cannot be used: {reason}. Try another file."
