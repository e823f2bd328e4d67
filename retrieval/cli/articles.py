"""Commands on articles: ``add``, ``list``, ``show``, ``remove``, ``check``, ``rebuild``."""

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from retrieval.cli.json_rows import added_row, report_row, shown_row
from retrieval.cli.options import (
    AuthorOption,
    LanguageOption,
    SinceOption,
    SiteOption,
    UntilOption,
    filters_of,
    parse_day,
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
    program_name,
)
from retrieval.cli.terminal import Page, print_article, print_article_lines, print_report
from retrieval.domain import (
    FEED_ENTRIES,
    Added,
    Article,
    CheckReport,
    Corrections,
    Filters,
    Outcome,
    article_row,
    summarize_outcomes,
    write_row,
)
from retrieval.errors import NotReadable, SourceRefused
from retrieval.messages import plural_message
from retrieval.sources import whole_characters

_AT_ONCE = 500

ArticleArgument = Annotated[
    str,
    typer.Argument(metavar="ID", help="Id of an article, as list shows it.", callback=whole_characters),
]


def list_(
    as_json: JsonOption = False,
    site: SiteOption = None,
    author: AuthorOption = None,
    language: LanguageOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """List the articles, newest first."""
    filters = filters_of(None, Filters(site=site, author=author, language=language, since=since, until=until))
    with open_session(collection, data) as session:
        if as_json:
            rows = [article_row(article) for article in all_articles(session, filters)]
            write_row(sys.stdout.buffer, {"articles": rows})
        else:
            print_library(session, filters)


def show(
    article: ArticleArgument,
    version: Annotated[
        str | None,
        typer.Option(metavar="DIGEST", help="An earlier text, by how its digest begins."),
    ] = None,
    as_json: JsonOption = False,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Show an article with its text, or with a text that it had before."""
    with open_session(collection, data) as session:
        librarian = session.librarian
        found = session.run(librarian.articles.get(article, collection=collection))
        versions = session.run(librarian.upkeep.list_versions(article, collection=collection))
        if version is None:
            text = session.run(librarian.articles.get_text(article, collection=collection))
        else:
            digest = _digest_like(version, [found.digest, *(one.digest for one in versions)])
            text = session.run(librarian.upkeep.get_version_text(article, digest, collection=collection))
        injection = session.run(librarian.injection_findings.find([article], collection=collection)).get(
            article
        )
        if as_json:
            structure = session.run(
                librarian.upkeep.get_structure(
                    article, collection=collection, digest=None if version is None else digest
                )
            )
            write_row(sys.stdout.buffer, shown_row(found, text, versions, injection, structure.blocks))
        else:
            print_article(found, text, versions, injection)


def remove(
    article: ArticleArgument,
    as_json: JsonOption = False,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Remove an article."""
    with open_session(collection, data) as session:
        removed = session.run(session.librarian.articles.remove(article, collection=collection))
        if as_json:
            write_row(sys.stdout.buffer, article_row(removed))
        else:
            Page().say(f"Removed: {removed.title or '(no title)'} · {removed.public_id}")


def check(as_json: JsonOption = False, data: DataOption = None, collection: CollectionOption = "") -> None:
    """Check every article and passage of the library; exit code 0 when all is sound."""
    with open_session(collection, data) as session:
        _report(session.run(session.librarian.maintenance.check(), "Checking …"), as_json)


def rebuild(as_json: JsonOption = False, data: DataOption = None, collection: CollectionOption = "") -> None:
    """Make passages, vectors and caches anew from the articles' texts."""
    with open_session(collection, data, builds=True) as session:
        _report(
            session.run(session.librarian.maintenance.rebuild(session.on_progress), "Rebuilding …"), as_json
        )


def _digest_like(typed: str, digests: list[str]) -> str:
    found = [digest for digest in digests if digest.startswith(typed.lower())]
    if len(found) != 1:
        raise typer.BadParameter("--version names no single text of this article; show lists them.")
    return found[0]


def all_articles(session: Session, filters: Filters) -> Iterator[Article]:
    """Yield the articles of the session's collection that pass the filters, newest first."""
    offset = 0
    while some := session.run(
        session.librarian.articles.list(
            collection=session.collection, offset=offset, limit=_AT_ONCE, filters=filters
        )
    ):
        yield from some
        offset += len(some)


def print_library(session: Session, filters: Filters = Filters()) -> None:  # noqa: B008 - frozen and empty
    """Print one line an article, or how to get the first one."""
    if not session.run(session.librarian.articles.count(collection=session.collection)):
        Page().say(fill_hint())
    elif not print_article_lines(all_articles(session, filters)):
        Page().say("No article is of that time.")


def fill_hint() -> str:
    """Return what to say when there is no article yet."""
    name = program_name()
    return f"The library is empty. Fill it with: {name} add FILE-OR-URL, or: {name} import FILE.jsonl"


def hint_if_empty(session: Session) -> str | None:
    """Return how to fill the library if that is why nothing was found."""
    return (
        None if session.run(session.librarian.articles.count(collection=session.collection)) else fill_hint()
    )


def _report(report: CheckReport, as_json: bool) -> None:
    if as_json:
        write_row(sys.stdout.buffer, report_row(report))
    else:
        print_report(report)
    if report.faults:
        raise typer.Exit(FAILED)


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


def describe_added(added: Added) -> str:
    """Describe the outcome for a source."""
    word = {"added": "Added", "known": "Already there", "replaced": "Replaced"}[added.status]
    title = added.article.title or "(no title)"
    passages = plural_message("{count:,} passage", "{count:,} passages", count=added.passages)
    return f"{word}: {title} · {added.article.public_id} · {passages}"


def is_web_address(source: str) -> bool:
    """Tell an address from the name of a file."""
    return source.lower().startswith(("http://", "https://"))


@contextmanager
def open_input(file: str) -> Iterator[BinaryIO]:
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
    """Add one address, file, or stdin, and yield the outcome for each article in it."""
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
    """Print the outcome for one article."""
    out = sys.stdout.buffer
    if outcome.added is None:
        if as_json:
            write_row(out, {"source": outcome.source, "error": str(outcome.error)})
        complain(f"{outcome.source}: {outcome.error}")
        return
    if as_json:
        write_row(out, added_row(outcome.source, outcome.added))
    else:
        Page().say(describe_added(outcome.added))
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
        session.notices.say(f"{source}: {summarize_outcomes(outcomes)}.")
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
