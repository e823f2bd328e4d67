"""Commands about who said what: ``quotes`` and ``who``."""

from typing import Annotated

import typer

from retrieval.cli.articles import hint_if_empty
from retrieval.cli.json_rows import quotation_row, sayings_row, words_check_row
from retrieval.cli.lookup import BatchOption, Lookup, Wanted, look_up
from retrieval.cli.options import SinceOption, filters_of
from retrieval.cli.quote_terminal import print_quotations, print_sayings, print_words_check
from retrieval.cli.session import (
    DEFAULT_COLLECTION,
    CollectionOption,
    DataOption,
    JsonOption,
    Session,
    open_session,
)
from retrieval.domain import Filters, Quotation, Sayings, WordsCheck
from retrieval.sources import required_id, whole_characters

QUOTES_SHOWN = 20
"""As many as a screen holds; the rest is an option away, and the reader is told."""


def quotes(  # noqa: PLR0913 - typer makes each option out of a parameter
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="What the quotations are about.")
    ] = None,
    speaker: Annotated[str | None, typer.Option(help="Who said it.")] = None,
    article: Annotated[str | None, typer.Option(metavar="ID", help="Only of this article.")] = None,
    since: SinceOption = None,
    exact: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Did somebody really say or write this?")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=0, help=f"How many at most; else {QUOTES_SHOWN}, or all of an article. 0: all."),
    ] = None,
    batch: BatchOption = None,
    as_json: JsonOption = False,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Find who said what, in their exact words."""
    if exact is not None:
        if query is not None or speaker is not None or batch is not None:
            raise typer.BadParameter("--exact goes with --article and --since only.")
        filters = filters_of([article] if article else None, Filters(since=since))
        with open_session(collection, data) as session:
            _check(session, whole_characters(exact), filters, collection, as_json)
        return
    if batch is not None and article is not None:
        raise typer.BadParameter("With --batch, the file names the articles; leave --article out.")
    shown = QUOTES_SHOWN if limit is None and not (article or batch) else limit or None
    with open_session(collection, data) as session:
        lookup: Lookup[list[Quotation]] = Lookup(
            call=lambda public_id: session.librarian.quotes.find(
                query,
                collection=collection,
                speaker=speaker,
                article=public_id or None,
                since=since,
                limit=shown and shown + 1,  # one more tells whether there are more
            ),
            words_of=required_id,
            row=lambda found, _: {"quotes": [quotation_row(quotation) for quotation in found[:shown]]},
            show=lambda found: print_quotations(
                found[:shown], _there_are_more(found, shown), hint_if_empty(session)
            ),
            notes=lambda found: _there_are_more(found, shown),
            id_of=lambda _: article,
        )
        look_up(session, lookup, Wanted(whole_characters(article or ""), batch), as_json)


def _there_are_more(found: list[Quotation], shown: int | None) -> tuple[str, ...]:
    if shown is None or len(found) <= shown:
        return ()
    return (f"These are the first {shown}; there are more. See all with --limit 0.",)


def who(
    speaker: Annotated[str, typer.Argument(metavar="SPEAKER", help="Who spoke, in full or by surname.")],
    since: SinceOption = None,
    as_json: JsonOption = False,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Show what one person is quoted on, story by story, the newest first."""
    filters = filters_of(None, Filters(since=since))
    with open_session(collection, data) as session:
        lookup: Lookup[Sayings] = Lookup(
            call=lambda name: session.librarian.quotes.find_by_speaker(
                name, collection=collection, filters=filters
            ),
            words_of=required_id,
            row=lambda found, _: sayings_row(found),
            show=lambda found: print_sayings(found, hint_if_empty(session)),
        )
        look_up(session, lookup, Wanted(whole_characters(speaker), None), as_json)


def _check(session: Session, words: str, filters: Filters, collection: str, as_json: bool) -> None:
    lookup: Lookup[WordsCheck] = Lookup(
        call=lambda wanted: session.librarian.quotes.check_words(
            wanted, collection=collection, filters=filters
        ),
        words_of=required_id,
        row=lambda found, _: words_check_row(found),
        show=lambda found: print_words_check(found, hint_if_empty(session)),
    )
    look_up(session, lookup, Wanted(words, None), as_json)
