"""The command ``doctor``."""

import asyncio
import sys
from typing import Annotated

import typer

from retrieval.cli_session import DataOption, JsonOption, errors_reported

SIGNS = {"ok": "✓", "warning": "!", "failed": "✗", "unknown": "?"}


def doctor(
    as_json: JsonOption = False,
    offline: Annotated[bool, typer.Option("--offline", help="Ask neither Discord nor a model.")] = False,
    data: DataOption = None,
) -> None:
    """Look at everything the bot needs, and say what to do; exit code 1 if something has failed."""
    import json
    from dataclasses import asdict

    from bot.doctor import examine
    from bot.findings import Patient

    with errors_reported():
        found = asyncio.run(examine(Patient(data_dir=data, offline=offline)))
    if as_json:
        sys.stdout.write(json.dumps({"findings": [asdict(one) for one in found]}, ensure_ascii=False) + "\n")
    else:
        for one in found:
            typer.echo(f"{SIGNS[one.state]} {one.what}: {one.found}")
            if one.advice:
                typer.echo(f"    {one.advice}")
    if any(one.state == "failed" for one in found):
        raise typer.Exit(1)
