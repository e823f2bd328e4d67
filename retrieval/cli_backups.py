"""The commands ``backup`` and ``restore``: a library in one file, and back."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from retrieval.cli_session import DataOption, JsonOption, errors_reported
from retrieval.notices import Notices
from retrieval.rows import write_row
from retrieval.terminal import Page

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="File of the backup.")]


def backup(
    file: FileArgument,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it is there.")] = False,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Copy the whole library, all collections, to one file; the bot may run meanwhile."""
    # Late, because --help must not wait for pydantic and SQLite.
    from retrieval.backups import back_up

    with errors_reported():
        made = back_up(_folder(data), file, replace=force)
        size = file.stat().st_size
        if as_json:
            write_row(sys.stdout.buffer, {"file": str(file), "articles": made.articles, "bytes": size})
        else:
            Page().say(f"Wrote {made.articles:,} articles to {file} ({size / 1e6:,.1f} MB), checked.")


def restore(file: FileArgument, as_json: JsonOption = False, data: DataOption = None) -> None:
    """Put a backup in the library's place; the library that was there is kept beside it."""
    from retrieval import backups

    with errors_reported():
        folder = _folder(data)
        made = backups.restore(folder, file)
        kept = None if made.kept is None else str(made.kept)
        if as_json:
            write_row(sys.stdout.buffer, {"file": str(file), "articles": made.articles, "kept": kept})
            return
        Page().say(f"Restored {made.articles:,} articles from {file} to {folder}.")
        if kept is not None:
            Notices().say(f"What was there is now {kept}; delete it when you no longer need it.")


def _folder(data: Path | None) -> Path:
    from retrieval.settings import load_settings

    return load_settings(**({} if data is None else {"data_dir": data})).data_dir
