"""Commands that keep articles in repair: ``refresh``, ``edit``, ``history``."""

import sys
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

import typer

from retrieval.cli.articles import ArticleArgument
from retrieval.cli.json_rows import edited_row, history_row, refreshed_row
from retrieval.cli.options import parse_day
from retrieval.cli.session import (
    DEFAULT_COLLECTION,
    FAILED,
    CollectionOption,
    DataOption,
    JsonOption,
    Session,
    complain,
    open_session,
)
from retrieval.cli.terminal import Page
from retrieval.domain import PAGES_AT_ONCE, STALE_DAYS, Changes, Refreshed, Version, write_row
from retrieval.errors import RetrievalError
from retrieval.sources import whole_characters


def refresh(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Which articles; without any, those that --older-than names."),
    ] = None,
    older_than: Annotated[
        int, typer.Option(min=0, max=36_500, metavar="DAYS", help="Pages that nobody looked at for so long.")
    ] = STALE_DAYS,
    limit: Annotated[
        int, typer.Option(min=1, max=10_000, help="Without ID, read only so many pages.")
    ] = PAGES_AT_ONCE,
    as_json: JsonOption = False,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Read the pages of articles again; what changed replaces the old text, which stays citable."""
    with open_session(collection, data, builds=True) as session:
        if articles:
            whole = [
                _refresh_article(session, whole_characters(public_id), as_json) for public_id in articles
            ]
            if not all(whole):
                raise typer.Exit(FAILED)
            return
        done: list[Refreshed] = []
        for one in session.each(
            session.librarian.upkeep.refresh_stale(
                collection=collection, days=older_than, limit=limit, on_progress=session.on_progress
            )
        ):
            done.append(one)
            _report(one, as_json)
        from retrieval.indexing import counts  # late: --help must not wait for it

        session.notices.say(f"{counts(done)}.".capitalize())
        if done and all(one.error for one in done):
            raise typer.Exit(FAILED)


def edit(  # noqa: PLR0913 - typer makes each option out of a parameter
    article: ArticleArgument,
    title: Annotated[str | None, typer.Option(help="The title it was published under.")] = None,
    author: Annotated[str | None, typer.Option(help='Who wrote it; "" for nobody known.')] = None,
    published: Annotated[
        date | None, typer.Option(parser=parse_day, metavar="DATE", help="Date, as 2025-02-08.")
    ] = None,
    undated: Annotated[bool, typer.Option("--undated", help="It has no known date.")] = False,
    url: Annotated[str | None, typer.Option(help='Address it can be read at; "" for none.')] = None,
    as_json: JsonOption = False,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Correct an article's title, author, date or address; a refresh keeps what was corrected."""
    if undated and published:
        raise typer.BadParameter("--undated and --published contradict each other.")
    if title is None and author is None and published is None and url is None and not undated:
        raise typer.BadParameter("Say what to correct: --title, --author, --published, --undated or --url.")
    with open_session(collection, data, builds=True) as session:
        from retrieval.indexing import metadata_of  # late, likewise

        wanted = metadata_of(session.run(session.librarian.articles.get(article, collection=collection)))
        wanted = replace(
            wanted,
            title=wanted.title if title is None else whole_characters(title),
            author=wanted.author if author is None else whole_characters(author),
            published=None if undated else published or wanted.published,
            url=wanted.url if url is None else url,
        )
        edited = session.run(session.librarian.upkeep.edit(article, wanted, collection=collection))
        if as_json:
            write_row(sys.stdout.buffer, edited_row(edited))
        else:
            what = ", ".join(edited.fields) or "nothing, it says so already"
            Page().say(f"Corrected: {what} · {edited.after.title} · {edited.after.public_id}")


def history(
    article: ArticleArgument,
    as_json: JsonOption = False,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Show what each new text of an article changed, sentence by sentence, and what was corrected."""
    with open_session(collection, data) as session:
        library = session.librarian
        versions = session.run(library.upkeep.list_versions(article, collection=collection))
        edits = session.run(library.upkeep.list_edits(article, collection=collection))
        found = [
            (one, session.run(library.upkeep.compare(article, one.digest, collection=collection)))
            for one in versions
        ]
        if as_json:
            write_row(sys.stdout.buffer, history_row(article, found, edits))
            return
        for version, changes in found:
            _print_changes(version, changes)
        for one in edits:
            was, now = one.was or "(none)", one.now or "(none)"
            Page().say(f"{_format_moment(one.edited_at)}: {one.field} corrected: {was} → {now}")
        if not found and not edits:
            Page().say("This article is as it was when it was added.")


def _print_changes(version: Version, changes: Changes) -> None:
    page = Page()
    page.say(f"{_format_moment(version.replaced_at)}: a new text replaced {version.digest[:12]}", "bold")
    for change in changes.found:
        for mark, words in (("-", change.before), ("+", change.after)):
            if words:
                page.say(f"{mark} {words}")
    if changes.too_many:
        page.say("The two texts are too long and too different to be compared.")


def _format_moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _refresh_article(session: Session, public_id: str, as_json: bool) -> bool:
    """Read one article's page again and report the outcome; return whether that went well."""
    try:
        work = session.librarian.upkeep.refresh(public_id, collection=session.collection)
        done = session.run(work, f"Reading the page of {public_id} again …")
    except RetrievalError as error:
        if as_json:
            write_row(sys.stdout.buffer, {"id": public_id, "error": str(error)})
        complain(f"{public_id}: {error}")
        return False
    _report(done, as_json)
    return True


def _report(one: Refreshed, as_json: bool) -> None:
    """Print the outcome for one page."""
    if as_json:
        write_row(sys.stdout.buffer, refreshed_row(one))
    if one.error is not None:
        complain(f"{one.before.public_id}: {one.error}")
        return
    if as_json:
        return
    if one.text_changed:
        word = "Changed, and now much shorter" if one.much_shorter else "Changed"
    else:
        word = f"Changed: {', '.join(one.fields)}" if one.fields else "Unchanged"
    Page().say(f"{word}: {one.before.title or '(no title)'} · {one.before.public_id}")
