"""The command ``chat``: load the models once, then answer line after line."""

import io
import sys
from contextlib import suppress

from retrieval.cli.articles import fill_hint, print_library, report, sources_in
from retrieval.cli.session import (
    DEFAULT_COLLECTION,
    CollectionOption,
    DataOption,
    Session,
    complain,
    open_session,
)
from retrieval.cli.terminal import Page, print_answer
from retrieval.domain import Answer
from retrieval.errors import RetrievalError
from retrieval.sources import whole_characters

HELP = """\
Ask a question about the articles; "and who paid for it?" follows it up. Or:
  /add PATH-OR-URL  add an article
  /list             list the articles
  /help             show this
  /quit             leave (so do quit, bye, Ctrl-D and Ctrl-C)"""


def chat(collection: CollectionOption = DEFAULT_COLLECTION, data: DataOption = None) -> None:
    """Answer one question after another."""
    from retrieval.answers import small_talk  # late: --help must not wait for it

    with open_session(collection, data) as session:
        session.warm_up()
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        page = Page()
        if sys.stdin.isatty():
            with suppress(ModuleNotFoundError):  # Windows has none; lines are then typed anew
                import readline  # noqa: F401 - gives input() its history
            page.say("Ask a question; /help shows what else there is.", "dim")
        before: Answer | None = None
        while (line := _next_line()) is not None and line != "/quit":
            match small_talk(line):
                case "farewell":
                    break
                case "thanks":
                    page.say("You are welcome.", "dim")
                case "greeting":
                    page.say("Hello. Ask a question about the articles.", "dim")
                case None if line:
                    before = _respond(session, line, before) or before


def _next_line() -> str | None:
    """Return what is typed next; ``None`` at the end of the input or on Ctrl-C."""
    prompt = "> " if sys.stdin.isatty() else ""
    try:
        return whole_characters(input(prompt)).strip()
    except (EOFError, KeyboardInterrupt):
        if prompt:
            Page().print()
        return None


def _respond(session: Session, line: str, before: Answer | None) -> Answer | None:
    """Do what a line says; return the answer if it was a question. It may follow up the one *before*."""
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
                asking = session.librarian.answers.ask(line, collection=session.collection, after=before)
                answer = session.run(asking)
                print_answer(answer, fill_hint())
                Page().print()
                return answer
    except RetrievalError as error:
        complain(str(error))
    except KeyboardInterrupt:  # stops this answer, not the chat
        session.notices.say("Stopped.")
    return None
