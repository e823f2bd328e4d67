"""Options that narrow a question or a list to some of the articles."""

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from retrieval.domain import Filters
from retrieval.sources import read_date, whole_characters


def parse_day(words: str) -> date:
    """Return the day that an option names; anything else is wrong usage."""
    day = read_date(words)
    if day is None:
        raise typer.BadParameter("Give a date as 2025-02-08.")
    return day


ArticlesOption = Annotated[
    list[str] | None, typer.Option("--article", metavar="ID", help="Only this article; can be repeated.")
]
SiteOption = Annotated[str | None, typer.Option("--site", help="Only articles of this site.")]
AuthorOption = Annotated[str | None, typer.Option("--author", help="Only articles by this author.")]
LanguageOption = Annotated[
    str | None, typer.Option("--language", metavar="CODE", help="Only articles in this language, as en.")
]
SinceOption = Annotated[
    date | None,
    typer.Option("--since", parser=parse_day, metavar="DATE", help="Only articles of this day or later."),
]
UntilOption = Annotated[
    date | None,
    typer.Option("--until", parser=parse_day, metavar="DATE", help="Only articles of this day or earlier."),
]


def filters_of(article: list[str] | None, rest: Filters) -> Filters:
    """Return *rest* with these articles; wrong usage if its days are the wrong way round."""
    if rest.since and rest.until and rest.since > rest.until:
        raise typer.BadParameter("--since is later than --until.")
    return replace(
        rest,
        article_ids=tuple(whole_characters(public_id) for public_id in article or ()),
        site=rest.site and whole_characters(rest.site),
        author=rest.author and whole_characters(rest.author),
        language=rest.language and whole_characters(rest.language),
    )
