"""Commands about the library itself: ``list``, ``show``, ``remove``, ``check``, ``rebuild``."""

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from retrieval.cli_filters import (
    AuthorOption,
    LanguageOption,
    SinceOption,
    SiteOption,
    UntilOption,
    filters_of,
)
from retrieval.cli_session import (
    DEFAULT_COLLECTION,
    FAILED,
    CollectionOption,
    DataOption,
    JsonOption,
    Session,
    open_session,
    program_name,
)
from retrieval.domain import Article, CheckReport, Filters
from retrieval.jsonl import whole_characters
from retrieval.rows import article_row, report_row, shown_row, write_row
from retrieval.terminal import Page, print_article, print_article_lines, print_report

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
        attempt = session.run(librarian.injection_findings.find([article], collection=collection)).get(
            article
        )
        if as_json:
            write_row(sys.stdout.buffer, shown_row(found, text, versions, attempt))
        else:
            print_article(found, text, versions, attempt)


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
