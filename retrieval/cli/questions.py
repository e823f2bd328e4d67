"""Commands that ask the library: ``ask``, ``search``, ``summarize``."""

from collections.abc import Coroutine
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from retrieval.cli.articles import fill_hint, hint_if_empty
from retrieval.cli.json_rows import answer_row, search_row, summary_row
from retrieval.cli.lookup import BatchOption, Lookup, look_up, one_or_batch
from retrieval.cli.options import (
    ArticlesOption,
    AuthorOption,
    LanguageOption,
    SinceOption,
    SiteOption,
    UntilOption,
    filters_of,
)
from retrieval.cli.session import (
    DEFAULT_COLLECTION,
    FAILED,
    CollectionOption,
    DataOption,
    JsonOption,
    check_articles,
    open_session,
)
from retrieval.cli.terminal import print_answer, print_hits, print_summary
from retrieval.domain import Answer, Filters, Hit, Summary
from retrieval.errors import ArticleNotFound
from retrieval.sources import Row, optional_id, required_id, required_text, whole_characters

if TYPE_CHECKING:
    from retrieval.librarian import Librarian
    from retrieval.summaries import Length as SummaryLength


ExtractiveOption = Annotated[
    bool, typer.Option("--extractive", help="The articles' own sentences, whatever model is set.")
]
NOT_KEPT = "This article is not in the library. Keep it with the command add."


class Length(StrEnum):
    """How long a summary is."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


def ask(  # noqa: PLR0913 - typer makes each option out of a parameter
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="What you want to know.")] = None,
    batch: BatchOption = None,
    as_json: JsonOption = False,
    article: ArticlesOption = None,
    site: SiteOption = None,
    author: AuthorOption = None,
    language: LanguageOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    extractive: ExtractiveOption = False,
    fail_if_not_found: Annotated[
        bool,
        typer.Option("--fail-if-not-found", help="Exit with 1 if the articles do not answer; else with 0."),
    ] = False,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Answer a question in the articles' own words, or in those of a language model that they carry."""
    wanted = one_or_batch(question, batch, "QUESTION")
    filters = filters_of(
        article, Filters(site=site, author=author, language=language, since=since, until=until)
    )
    with open_session(collection, data) as session:
        from retrieval.answers import normalize_question  # late, as what opens a session

        def call_row(row: Row, after: Answer | None) -> Coroutine[Any, Any, Answer]:
            article = optional_id(row, "article")
            within = filters if article is None else replace(filters, article_ids=(article,))
            return session.librarian.answers.ask(
                required_text(row, "question"),
                collection=collection,
                filters=within,
                after=after,
                extractive=extractive,
            )

        lookup: Lookup[Answer] = Lookup(
            call=lambda words: session.librarian.answers.ask(
                words, collection=collection, filters=filters, extractive=extractive
            ),
            call_row=call_row,
            words_of=_question_of,
            row=lambda answer, seconds: {**answer_row(answer), "seconds": seconds},
            show=lambda answer: print_answer(answer, fill_hint()),
            notes=lambda answer: answer.notes,
            check=normalize_question,
            found=lambda answer: answer.found,
            models=True,
        )
        check_articles(session, filters)
        if not look_up(session, lookup, wanted, as_json) and fail_if_not_found:
            raise typer.Exit(FAILED)


def search(  # noqa: PLR0913 - typer makes each option out of a parameter
    query: Annotated[str | None, typer.Argument(metavar="QUERY", help="What to look for.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="How many articles.")] = 10,
    batch: BatchOption = None,
    as_json: JsonOption = False,
    article: ArticlesOption = None,
    site: SiteOption = None,
    author: AuthorOption = None,
    language: LanguageOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Find the articles, and the passages in them, that fit a query best."""
    wanted = one_or_batch(query, batch, "QUERY")
    filters = filters_of(
        article, Filters(site=site, author=author, language=language, since=since, until=until)
    )
    with open_session(collection, data) as session:
        from retrieval.answers import normalize_question  # late, as what opens a session

        lookup: Lookup[list[Hit]] = Lookup(
            call=lambda words: session.librarian.answers.search(
                words, collection=collection, limit=limit, filters=filters
            ),
            words_of=lambda row: required_text(row, "query"),
            row=lambda hits, seconds: {**search_row(hits, limit), "seconds": seconds},
            show=lambda hits: print_hits(hits, limit, hint_if_empty(session)),
            check=lambda words: normalize_question(words, longest=None),
            models=True,
        )
        check_articles(session, filters)
        look_up(session, lookup, wanted, as_json)


def summarize(  # noqa: PLR0913 - typer makes each option out of a parameter
    article: Annotated[
        str | None, typer.Argument(metavar="ID|URL|FILE", help="An article's id or address, or a file.")
    ] = None,
    length: Annotated[Length, typer.Option(help="How long.")] = Length.MEDIUM,
    words: Annotated[int | None, typer.Option(min=1, help="About how many words, instead.")] = None,
    focus: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What it should lean to: a question or a topic.")
    ] = None,
    extractive: ExtractiveOption = False,
    batch: BatchOption = None,
    as_json: JsonOption = False,
    collection: CollectionOption = DEFAULT_COLLECTION,
    data: DataOption = None,
) -> None:
    """Summarize an article in its own sentences; one that is not in the library is read, not kept."""
    wanted = one_or_batch(article, batch, "ID, URL or FILE")
    focus = focus and whole_characters(focus)
    with open_session(collection, data) as session:
        lookup: Lookup[Summary] = Lookup(
            call=lambda source: _summary(
                session.librarian,
                source,
                collection,
                length=length.value,
                words=words,
                focus=focus,
                extractive=extractive,
            ),
            words_of=required_id,
            row=lambda summary, seconds: {**summary_row(summary), "seconds": seconds},
            show=print_summary,
            notes=lambda summary: summary.notes,
            id_of=lambda summary: summary.article.public_id or None,
        )
        look_up(session, lookup, wanted, as_json)


def _question_of(row: Row) -> str:
    """Return the question of a row; raises ``BadRow`` as well if what it is asked of can be no id."""
    question = required_text(row, "question")
    for key in ("article", "after"):
        optional_id(row, key)
    return question


async def _summary(
    librarian: "Librarian",
    source: str,
    collection: str,
    *,
    length: "SummaryLength",
    words: int | None,
    focus: str | None,
    extractive: bool,
) -> Summary:
    """Summarize what the library has under *source*; else read the page or file behind it."""
    try:
        return await librarian.summaries.summarize(
            source, collection=collection, length=length, words=words, focus=focus, extractive=extractive
        )
    except ArticleNotFound:
        if "://" in source:
            new = await librarian.articles.read_url(source)
        elif (body := _file_bytes(source)) is not None:
            new = await librarian.articles.read_file(Path(source).name, body)
        else:
            raise
    summary = await librarian.summaries.summarize_new(
        new, collection=collection, length=length, words=words, focus=focus, extractive=extractive
    )
    return replace(summary, notes=(*summary.notes, NOT_KEPT))


def _file_bytes(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError):  # no such file, or no name of one
        return None
