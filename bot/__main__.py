"""The program ``footnote``: the bot, its demo, and the library's own commands."""

import asyncio
import logging
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.operations.cli import doctor, failures_in_full, invite, sync
from retrieval.cli import app as library_commands
from retrieval.cli.session import report_errors, run_program
from retrieval.errors import RetrievalError

HELP = """Answer questions about articles on Discord, with the exact words behind every sentence.

\b
Look around, without a token:    footnote demo
Put the bot on your server:      footnote run      (it says what it needs)
Use the library here:            footnote add https://example.org/article
                                 footnote ask "When was the harbor deepened?"

A server's articles are its own: --collection guild:ID works on those of the server with that id.
Settings are environment variables or lines of a file .env; .env.example lists them all.
"""

app = typer.Typer(
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def run(
    shards: Annotated[
        str | None, typer.Option(help="Shards of this process, as 0-3; else DISCORD_SHARDS, or all.")
    ] = None,
    of: Annotated[int | None, typer.Option(help="Shards of all processes together.")] = None,
) -> None:
    """Put the bot on Discord until SIGTERM or Ctrl-C."""
    # Late, because --help must not wait for discord.py.
    import discord

    from bot import runner
    from bot.settings import load_bot_settings
    from retrieval.settings import load_settings

    given: dict[str, Any] = {
        name: one for name, one in (("shards", shards), ("shard_count", of)) if one is not None
    }
    with failures_in_full():
        settings, library = load_bot_settings(**given), load_settings()
        discord.utils.setup_logging(level=logging.INFO)
        asyncio.run(runner.run(settings, library))


@app.command()
def worker() -> None:
    """Encode the articles that bots put into the queue, until SIGTERM or Ctrl-C; needs PostgreSQL."""
    from bot import runner
    from bot.settings import load_bot_settings
    from retrieval.settings import load_settings

    with failures_in_full():
        settings, library = load_bot_settings(need_token=False), load_settings()
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        asyncio.run(runner.run_worker(settings, library))


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the page on this machine; 0: any free one.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    data: Annotated[
        Path | None, typer.Option(help="Keep the demo's library in this folder; else nothing is kept.")
    ] = None,
    scripted_model: Annotated[
        bool,
        typer.Option("--scripted-model", help="Let a stand-in for a language model choose the sentences."),
    ] = False,
) -> None:
    """Try the bot in the browser, on a simulated Discord: no token, no network."""
    with report_errors():
        try:
            import simcord  # noqa: F401 - the demo's only door to know whether it can start
        except ModuleNotFoundError as error:
            raise RetrievalError(
                'The demo needs the simulated Discord: pip install "footnote[demo]"'
            ) from error
        from bot.demo import serve

        serve(port=port, open_browser=browser, data_dir=data, with_model=scripted_model)


app.command("sync")(sync)
app.command("invite")(invite)
app.command("doctor")(doctor)
app.add_typer(library_commands)


def main() -> None:
    """Run the program."""
    run_program(app, "footnote")


if __name__ == "__main__":
    main()
