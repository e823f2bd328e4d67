"""The command line of the library, for terminals and for other programs.

``--json`` output is a contract; its shapes are in ``json_rows.py``. Importing this module loads
no model, no index and nothing of Discord, so that ``--help`` comes at once.
"""

import typer

from retrieval.cli import articles, chat, claims, digests, exchange, questions, quotes, records, upkeep
from retrieval.cli.session import run_program

__all__ = ["app", "main"]

app = typer.Typer(
    help="Answer questions about articles with their exact words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("add")(articles.add)
app.command("import")(exchange.import_)
app.command("export")(exchange.export)
app.command("list")(articles.list_)
app.command("show")(articles.show)
app.command("refresh")(upkeep.refresh)
app.command("edit")(upkeep.edit)
app.command("history")(upkeep.history)
app.command("remove")(articles.remove)
app.command("check")(articles.check)
app.command("rebuild")(articles.rebuild)
app.command("backup")(exchange.backup)
app.command("restore")(exchange.restore)
app.command("migrate")(exchange.migrate)
app.add_typer(records.app, name="privacy")
app.command("ask")(questions.ask)
app.command("search")(questions.search)
app.command("summarize")(questions.summarize)
app.command("quotes")(quotes.quotes)
app.command("who")(quotes.who)
app.command("claims")(claims.claims)
app.command("digest")(digests.digest)
app.command("timeline")(digests.timeline)
app.command("opinions")(records.opinions)
app.command("chat")(chat.chat)


def main() -> None:
    """Run the library's commands as a program."""
    run_program(app, "python -m retrieval")
