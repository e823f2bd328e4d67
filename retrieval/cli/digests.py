"""Commands over many articles at once: ``digest`` and ``timeline``."""

import sys
from time import perf_counter
from typing import Annotated

import typer
from rich.text import Text

from retrieval.cli.articles import hint_if_empty
from retrieval.cli.json_rows import digest_row, timeline_row
from retrieval.cli.options import SinceOption, SiteOption, UntilOption, filters_of
from retrieval.cli.session import DEFAULT_COLLECTION, CollectionOption, DataOption, JsonOption, open_session
from retrieval.cli.terminal import Page, article_line, one_line
from retrieval.domain import (
    Citation,
    Digest,
    Disagreement,
    Filters,
    Timeline,
    format_approximate_date,
    format_source_count,
    write_row,
)
from retrieval.sources import whole_characters


def digest(
    topic: Annotated[
        str | None, typer.Argument(metavar="[TOPIC]", help="What it should be about; else everything.")
    ] = None,
    as_json: JsonOption = False,
    site: SiteOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Show what many articles report, a cited line a story, and where they disagree."""
    filters = filters_of(None, Filters(site=site, since=since, until=until))
    wanted = whole_characters(topic) if topic is not None else None
    with open_session(collection, data) as session:
        started = perf_counter()
        found = session.run(
            session.librarian.digests.create(
                wanted, collection=collection, filters=filters, on_progress=session.on_progress
            )
        )
        if as_json:
            write_row(sys.stdout.buffer, {**digest_row(found), "seconds": perf_counter() - started})
        else:
            _print_digest(found, hint_if_empty(session))


def timeline(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="What it should be about.")],
    as_json: JsonOption = False,
    site: SiteOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Show what happened when: the dated sentences about a topic, in order."""
    filters = filters_of(None, Filters(site=site, since=since, until=until))
    wanted = whole_characters(topic)
    with open_session(collection, data) as session:
        started = perf_counter()
        found = session.run(
            session.librarian.digests.create_timeline(
                wanted, collection=collection, filters=filters, on_progress=session.on_progress
            )
        )
        if as_json:
            write_row(sys.stdout.buffer, {**timeline_row(found), "seconds": perf_counter() - started})
        else:
            _print_timeline(found, hint_if_empty(session))


def _print_digest(digest: Digest, fill_hint: str | None) -> None:
    page = Page()
    if not digest.stories:
        page.say(fill_hint or "Nothing in the library matches this.")
    for story in digest.stories:
        if story.worded:
            page.say(story.worded)
        page.print(_format_quotation(story.line).append(f" ({format_source_count(story)})", "bold"))
        for article in story.articles:
            page.print_indented(article_line(article))
        for disagreement in story.disagreements:
            _print_disagreement(page, disagreement)
    if digest.articles_left:
        page.say(f"{digest.articles_left:,} older articles were not read; narrow it with --since.", "dim")


def _print_disagreement(page: Page, disagreement: Disagreement) -> None:
    page.print_indented(Text("They disagree:", "bold"))
    for side in disagreement.sides:
        page.print_indented(_format_quotation(side), by=6)
        page.print_indented(article_line(side.article), by=8)


def _print_timeline(timeline: Timeline, fill_hint: str | None) -> None:
    page = Page()
    if not timeline.statements:
        page.say(fill_hint or "No sentence with a date matches this.")
    for one in timeline.statements:
        date = Text(format_approximate_date(one.day, one.precision), "bold").append(
            f" (“{one_line(one.words)}”)", "dim"
        )
        page.print(date)
        page.print_indented(_format_quotation(one.citation))
        page.print_indented(article_line(one.citation.article, page=one.citation.page))


def _format_quotation(citation: Citation) -> Text:
    return Text(f"“{one_line(citation.quote)}”", "italic")
