"""The command ``chat``: load the models once, then answer line after line."""

import io
import sys
from contextlib import suppress

from retrieval.cli_articles import report, sources_in
from retrieval.cli_library import fill_hint, print_library
from retrieval.cli_session import (
    DEFAULT_COLLECTION,
    CollectionOption,
    DataOption,
    Session,
    complain,
    open_session,
)
from retrieval.errors import RetrievalError
from retrieval.jsonl import whole_characters
from retrieval.terminal import Page, print_answer

HELP = """\
Ask a question about the articles, or:
  /add PATH-OR-URL  add an article
  /list             list the articles
  /help             show this
  /quit             leave (so do Ctrl-D and Ctrl-C)"""


def chat(collection: CollectionOption = DEFAULT_COLLECTION, data: DataOption = None) -> None:
    """Answer one question after another."""
    with open_session(collection, data) as session:
        session.warm_up()
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        page = Page()
        if sys.stdin.isatty():
            with suppress(ModuleNotFoundError):  # Windows has none; lines are then typed anew
                import readline  # noqa: F401 - gives input() its history
            page.say("Ask a question; /help shows what else there is.", "dim")
        while (line := _next_line()) is not None and line != "/quit":
            if line:
                _respond(session, line)


def _next_line() -> str | None:
    """Return what is typed next; ``None`` at the end of the input or on Ctrl-C."""
    prompt = "> " if sys.stdin.isatty() else ""
    try:
        return whole_characters(input(prompt)).strip()
    except (EOFError, KeyboardInterrupt):
        if prompt:
            Page().print()
        return None


def _respond(session: Session, line: str) -> None:
    session.notices.restart()
    command, _, rest = line.partition(" ")
    try:
        match command:
            case "/help":
                Page().print(HELP)
            case "/list":
                print_library(session)
            case "/add" if rest.strip():
                for outcome in sources_in(session, rest.strip()):
                    report(session, outcome, as_json=False)
            case _ if command.startswith("/"):
                Page().print(HELP)
            case _:
                answer = session.run(session.librarian.ask(line, collection=session.collection))
                print_answer(answer, fill_hint())
                Page().print()
    except RetrievalError as error:
        complain(str(error))
    except KeyboardInterrupt:  # stops this answer, not the chat
        session.notices.say("Stopped.")
