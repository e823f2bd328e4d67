"""Commands about who said what: ``quotes`` and ``who``."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.text import Text

from retrieval.cli.articles import hint_if_empty
from retrieval.cli.json_rows import quotation_row, sayings_row, words_check_row
from retrieval.cli.lookup import BatchOption, Lookup, Wanted, look_up
from retrieval.cli.options import SinceOption, filters_of
from retrieval.cli.session import (
    DEFAULT_COLLECTION,
    CollectionOption,
    DataOption,
    JsonOption,
    Session,
    open_session,
)
from retrieval.cli.terminal import Page, article_line, one_line, print_notes, quote_text
from retrieval.domain import Filters, Quotation, Sayings, Wording, WordsCheck
from retrieval.sources import required_id, whole_characters

QUOTES_SHOWN = 20
"""As many as a screen holds; the rest is an option away, and a note says so."""
_VERDICTS = {
    "exact": "Yes, word for word:",
    "changed": "Not in these words. The nearest in the articles:",
    "absent": "Not in the articles.",
}
_STYLES = {"same": "", "only asked": "red strike", "only there": "green bold"}


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


def print_quotations(quotations: Sequence[Quotation], notes: Sequence[str], fill_hint: str | None) -> None:
    """Print quotations with their speakers; without any, say why."""
    page = Page()
    if not quotations:
        page.say(fill_hint or "No quotation matches this.")
    for quotation in quotations:
        speaker = one_line(quotation.speaker or "") or "speaker unknown"
        page.print(quote_text(quotation.text).append(f" ({speaker})", "bold"))
        page.print_indented(article_line(quotation.article))
    print_notes(page, notes)


def print_sayings(sayings: Sayings, fill_hint: str | None) -> None:
    """Print what a person is quoted with, story by story; or whom the name can mean."""
    page = Page()
    if sayings.people:
        page.say(f"{sayings.name} can be several people. Ask again with one of these names:")
        for name in sayings.people:
            page.say(f"  {one_line(name)}")
    elif not sayings.quotations:
        page.say(fill_hint or f"Nobody called {sayings.name} is quoted in the articles.")
    else:
        page.say(sayings.name, "bold")
    for story in sayings.stories:
        page.print(article_line(story[0].article))
        for one in story:
            page.print_indented(quote_text(one.text))


def print_words_check(check: WordsCheck, fill_hint: str | None) -> None:
    """Print whether words stand in the articles, and where."""
    page = Page()
    page.say(fill_hint or _VERDICTS[check.verdict], "bold")
    for one in check.wordings:
        _print_wording(page, one)
    if (more := check.count - len(check.wordings)) > 0:
        page.say(f"{more} more places are not shown.", "dim")


def _print_wording(page: Page, one: Wording) -> None:
    page.print(article_line(one.article))
    if one.differences:
        line = Text()
        for part in one.differences:
            marks = {"same": "{}", "only asked": "[-{}-]", "only there": "[+{}+]"}[part.kind]
            line.append(marks.format(one_line(part.text)) + " ", _STYLES[part.kind])
        page.print_indented(line)
        page.print_indented(Text("[-only in your words-] [+only in the article+]", "dim"))
    else:
        page.print_indented(quote_text(one.text))
    who = one.speaker or ("speaker unknown" if one.in_quotation else "the article's own words")
    page.print_indented(Text(one_line(who), "bold"))
    print_notes(page, one.warnings)
