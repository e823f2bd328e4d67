"""The command line of the library, for terminals and for other programs.

``--json`` output is a contract; its shapes are in ``rows.py``. Importing this module loads
no model, no index and nothing of Discord, so that ``--help`` comes at once.
"""

import typer

from retrieval import (
    cli_articles,
    cli_backups,
    cli_chat,
    cli_claims,
    cli_exchange,
    cli_library,
    cli_opinions,
    cli_overviews,
    cli_privacy,
    cli_questions,
    cli_quotes,
    cli_upkeep,
)
from retrieval.cli_session import run_program

app = typer.Typer(
    help="Answer questions about articles with their exact words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("add")(cli_articles.add)
app.command("import")(cli_exchange.import_)
app.command("export")(cli_exchange.export)
app.command("list")(cli_library.list_)
app.command("show")(cli_library.show)
app.command("refresh")(cli_upkeep.refresh)
app.command("edit")(cli_upkeep.edit)
app.command("history")(cli_upkeep.history)
app.command("remove")(cli_library.remove)
app.command("check")(cli_library.check)
app.command("rebuild")(cli_library.rebuild)
app.command("backup")(cli_backups.backup)
app.command("restore")(cli_backups.restore)
app.add_typer(cli_privacy.app, name="privacy")
app.command("ask")(cli_questions.ask)
app.command("search")(cli_questions.search)
app.command("summarize")(cli_questions.summarize)
app.command("quotes")(cli_quotes.quotes)
app.command("who")(cli_quotes.who)
app.command("claims")(cli_claims.claims)
app.command("digest")(cli_overviews.digest)
app.command("timeline")(cli_overviews.timeline)
app.command("opinions")(cli_opinions.opinions)
app.command("chat")(cli_chat.chat)


def main() -> None:
    """Run the library's commands as a program."""
    run_program(app, "python -m retrieval")
