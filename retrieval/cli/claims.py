"""The command ``claims``: what somebody wrote, checked against the articles."""

import sys
from typing import Annotated

import typer

from retrieval.cli.articles import hint_if_empty
from retrieval.cli.json_rows import citation_row
from retrieval.cli.lookup import BatchOption, Lookup, look_up, one_or_batch
from retrieval.cli.options import ArticlesOption, SinceOption, filters_of
from retrieval.cli.session import (
    DEFAULT_COLLECTION,
    CollectionOption,
    DataOption,
    JsonOption,
    check_articles,
    open_session,
)
from retrieval.cli.terminal import Page, article_line, quote_text
from retrieval.domain import ClaimsCheck, Divergence, Filters, JsonObject, Verdict
from retrieval.sources import required_text

_STYLES = {
    Verdict.SUPPORTED: "green bold",
    Verdict.CORRECTED: "yellow bold",
    Verdict.CONTRADICTED: "red bold",
    Verdict.UNCLEAR: "bold",
    Verdict.NOT_FOUND: "bold",
}


def claims(
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help='What somebody wrote; "-" for standard input.')
    ] = None,
    batch: BatchOption = None,
    as_json: JsonOption = False,
    article: ArticlesOption = None,
    since: SinceOption = None,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Check each claim of a text: supported, corrected later, contradicted, not clearly or not in them."""
    wanted = one_or_batch(sys.stdin.read() if text == "-" else text, batch, "TEXT")
    filters = filters_of(article, Filters(since=since))
    with open_session(collection, data) as session:
        lookup: Lookup[ClaimsCheck] = Lookup(
            call=lambda words: session.librarian.claims.check(words, collection=collection, filters=filters),
            words_of=lambda row: required_text(row, "text"),
            row=lambda check, seconds: {**claims_row(check), "seconds": seconds},
            show=lambda check: _print(check, hint_if_empty(session)),
            models=True,
        )
        check_articles(session, filters)
        look_up(session, lookup, wanted, as_json)


def claims_row(check: ClaimsCheck) -> JsonObject:
    """Describe the claims of a text; ``verdict`` is one of five phrases."""
    return {
        "claims": [
            {
                "text": one.text,
                "verdict": one.verdict.value,
                "at_odds": list(one.at_odds) if one.at_odds else None,
                "differs": _divergence_row(one.divergence),
                **({"read_as": one.read_as.value, "read_by": one.read_by} if one.read_as else {}),
                "citations": [citation_row(citation) for citation in one.citations],
            }
            for one in check.claims
        ],
        "left_out": check.left_out,
    }


def _divergence_row(divergence: Divergence | None) -> JsonObject | None:
    if divergence is None:
        return None
    return {
        "in": divergence.kind.value,
        "claim": divergence.here,
        "article": divergence.there,
        "text": divergence.describe(),
    }


def _print(check: ClaimsCheck, fill_hint: str | None) -> None:
    page = Page()
    if fill_hint:
        page.say(fill_hint, "bold")
    for one in check.claims:
        page.say(f"{one.verdict.value.capitalize()}: {' '.join(one.text.split())}", _STYLES[one.verdict])
        if one.read_as is not None:
            page.say(f"    {one.read_by} reads these sentences so: {one.read_as.value}.", "dim")
        elif one.verdict is Verdict.UNCLEAR:
            page.say("    Close to it, and for you to judge:", "dim")
        if one.divergence is not None:
            page.say(f"    What differs: {one.divergence.describe()}.", "dim")
        for citation in one.citations:
            page.print_indented(quote_text(citation.quote))
            page.print_indented(article_line(citation.article, page=citation.page))
    if check.left_out:
        page.say(f"{check.left_out} more claims were not checked.", "dim")
