"""Commands for operators: ``sync``, ``invite``, ``doctor``."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from retrieval.cli.session import FAILED, STOPPED, DataOption, JsonOption, report_errors
from retrieval.errors import RetrievalError


def sync(
    server: Annotated[
        int | None,
        typer.Option(
            metavar="ID", help="Only this server, as DISCORD_DEV_GUILD_ID does; they leave the others."
        ),
    ] = None,
    data: DataOption = None,
) -> None:
    """Tell Discord of the commands now; the bot does so by itself when they have changed."""
    with failures_in_full():
        names = asyncio.run(_send_commands(server, data))
        typer.echo(f"Discord was told of {len(names)} commands: {', '.join(names)}.")


def invite() -> None:
    """Print the link with which the bot is put on a server; needs the token, but no network."""
    from bot.settings import load_bot_settings

    with failures_in_full():
        token = load_bot_settings().token.get_secret_value()
        from bot.operations.invite import application_id_of, invite_link

        typer.echo(invite_link(application_id_of(token)))


@contextmanager
def failures_in_full() -> Iterator[None]:
    """Report failures of the body as they are; the way to a token is several lines."""
    try:
        yield
    except RetrievalError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(FAILED) from error
    except KeyboardInterrupt:
        raise typer.Exit(STOPPED) from None


async def _send_commands(server: int | None, data: Path | None) -> list[str]:
    # Late, because --help must not wait for discord.py and the models' libraries.
    from bot.operations.registration import send_commands
    from bot.settings import load_bot_settings
    from retrieval.settings import load_settings
    from retrieval.wiring import open_librarian

    settings = load_bot_settings() if server is None else load_bot_settings(dev_guild_id=server)
    async with open_librarian(load_settings(**({} if data is None else {"data_dir": data}))) as librarian:
        return await send_commands(settings, librarian)


SIGNS = {"ok": "✓", "warning": "!", "failed": "✗", "unknown": "?"}


def doctor(
    as_json: JsonOption = False,
    offline: Annotated[bool, typer.Option("--offline", help="Ask neither Discord nor a model.")] = False,
    try_it: Annotated[
        bool,
        typer.Option("--try", help="Also ask the language model ten questions with known answers."),
    ] = False,
    data: DataOption = None,
) -> None:
    """Look at everything the bot needs, and say what to do; exit code 1 if something has failed."""
    import json
    from dataclasses import asdict

    from bot.operations.doctor.checks import examine
    from bot.operations.doctor.findings import Patient

    with report_errors():
        found = asyncio.run(examine(Patient(data_dir=data, offline=offline, tries=try_it)))
    if as_json:
        sys.stdout.write(json.dumps({"findings": [asdict(one) for one in found]}, ensure_ascii=False) + "\n")
    else:
        for one in found:
            typer.echo(f"{SIGNS[one.state]} {one.what}: {one.found}")
            if one.advice:
                typer.echo(f"    {one.advice}")
    if any(one.state == "failed" for one in found):
        raise typer.Exit(1)
