"""The commands ``privacy export`` and ``privacy delete``: what is stored about a person or a server."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retrieval.cli_session import DataOption, JsonOption, open_session
from retrieval.errors import BadQuestion
from retrieval.rows import exported_row, write_row
from retrieval.terminal import Page

if TYPE_CHECKING:
    from retrieval.cli_session import Session

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
            for article, text in session.each(session.librarian.articles.export(collection=collection)):
                write_row(output, exported_row(article, text))


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
        if not yes and not _agreed():
            return
        counts = _deleted(session, person, collection)
        if as_json:
            write_row(sys.stdout.buffer, counts)
            return
        rows = ", ".join(f"{count:,} {table}" for table, count in sorted(counts.items()))
        Page().say(f"Deleted {rows or 'nothing: nothing was stored'}.")


def _deleted(session: "Session", person: str | None, collection: str) -> dict[str, int]:
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


def _agreed() -> bool:
    return typer.confirm("Delete it all? This cannot be undone.", err=True)
