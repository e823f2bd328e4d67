"""Commands on what readers left: ``opinions`` and ``privacy``."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retrieval.cli.json_rows import answer_row
from retrieval.cli.session import DEFAULT_COLLECTION, CollectionOption, DataOption, JsonOption, open_session
from retrieval.cli.terminal import Page
from retrieval.domain import JsonObject, Opinion, exported_row, write_row
from retrieval.errors import BadQuestion

if TYPE_CHECKING:
    from retrieval.cli.session import Session


def opinions(
    as_json: JsonOption = False, collection: CollectionOption = DEFAULT_COLLECTION, data: DataOption = None
) -> None:
    """Show the answers that readers voted on or reported, the oldest first.

    With --json a line each: the question, the answer with quotes, spans and the digest of the version
    they were cut from, the votes a citation has, and the reports.
    """
    with open_session(collection, data) as session:
        found = session.run(session.librarian.feedback.list_opinions(collection=collection))
        if as_json:
            for opinion in found:
                write_row(sys.stdout.buffer, opinion_row(opinion))
        elif not found:
            Page().say("Nobody has voted on an answer or reported one.")
        else:
            _print(found)


def opinion_row(opinion: Opinion) -> JsonObject:
    """Describe an answer with what readers said of it."""
    answer = opinion.answer
    row = answer_row(answer)
    digests = {citation.number: citation.article.digest for citation in answer.citations}
    for citation in row["citations"]:
        good, bad = opinion.votes.get(citation["number"], (0, 0))
        citation |= {"digest": digests[citation["number"]], "votes_for": good, "votes_against": bad}
    reports = [
        {"fault": one.fault, "words": one.words, "reported_at": one.reported_at.isoformat()}
        for one in opinion.reports
    ]
    return {"question": answer.question, **row, "reports": reports}


def _print(found: list[Opinion]) -> None:
    page = Page()
    for opinion in found:
        page.say(opinion.answer.question, "bold")
        for citation in opinion.answer.citations:
            good, bad = opinion.votes.get(citation.number, (0, 0))
            if good or bad:
                page.say(f"    [{citation.number}] ✓ {good} ✗ {bad}  {' '.join(citation.quote.split())}")
        for report in opinion.reports:
            page.say(f"    reported: {report.fault}{' · ' + report.words if report.words else ''}")


PERSON, SERVER = "user:", "guild:"
"""How the bot names the library of a person, and that of a server."""

app = typer.Typer(help="Take out or delete what is stored about a person or a server.", no_args_is_help=True)
PersonOption = Annotated[str | None, typer.Option("--person", metavar="ID", help="A person's Discord ID.")]
ServerOption = Annotated[str | None, typer.Option("--server", metavar="ID", help="A server's Discord ID.")]


@app.command("export")
def export(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Where to write; else stdout.")] = None,
    person: PersonOption = None,
    server: ServerOption = None,
    data: DataOption = None,
) -> None:
    """Write everything stored about a person or a server: a line of JSON, then a line an article."""
    with open_session("default", data) as session:
        collection = _collection(person, server)
        with nullcontext(sys.stdout.buffer) if file is None else file.open("wb") as output:
            if person is not None:
                write_row(
                    output,
                    session.run(session.librarian.privacy.export_person(person, collection=collection)),
                )
            else:
                write_row(
                    output, session.run(session.librarian.privacy.export_collection(collection=collection))
                )
            for article, text, blocks in session.each(
                session.librarian.articles.export(collection=collection)
            ):
                write_row(output, exported_row(article, text, blocks))


@app.command("delete")
def delete(
    person: PersonOption = None,
    server: ServerOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Delete everything stored about a person or a server; backups are not touched."""
    with open_session("default", data) as session:
        collection = _collection(person, server)
        if not yes and not _ask_for_consent():
            return
        counts = _delete_data(session, person, collection)
        if as_json:
            write_row(sys.stdout.buffer, counts)
            return
        rows = ", ".join(f"{count:,} {table}" for table, count in sorted(counts.items()))
        Page().say(f"Deleted {rows or 'nothing: nothing was stored'}.")


def _delete_data(session: "Session", person: str | None, collection: str) -> dict[str, int]:
    if person is not None:
        return dict(
            session.run(session.librarian.privacy.forget_person(person, collection=collection), "Deleting …")
        )
    return dict(session.run(session.librarian.privacy.forget_collection(collection=collection), "Deleting …"))


def _collection(person: str | None, server: str | None) -> str:
    number = person if server is None else server
    if (person is None) == (server is None) or number is None or not number.isdecimal():
        raise BadQuestion("Name one of --person and --server, with the number that Discord gives it.")
    return f"{SERVER if person is None else PERSON}{number}"


def _ask_for_consent() -> bool:
    return typer.confirm("Delete it all? This cannot be undone.", err=True)
