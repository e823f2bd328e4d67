"""Quotations: the best for a query, all of one speaker, and whether words were really said."""

from dataclasses import replace
from datetime import date

from retrieval.domain import Filters, Quotation, Sayings, WordsCheck
from retrieval.errors import BadQuestion
from retrieval.librarian.articles import find_article
from retrieval.librarian.context import Context
from retrieval.protocols import ABOUT
from retrieval.quotes import check_words, is_speaker, match_people, name_parts
from retrieval.storage import ArticleStore
from retrieval.text import content_words, fold_text

QUOTATIONS_READ = 40
"""Quotations the cross-encoder reads for a query: half a second at most."""
NO_FILTERS = Filters()


class Quotes:
    """Finds quotations, their speakers, and where words stand."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def find(
        self,
        query: str | None = None,
        *,
        collection: str,
        speaker: str | None = None,
        article: str | None = None,
        limit: int | None = 20,
        since: date | None = None,
    ) -> list[Quotation]:
        """Return quotations: the best matches of *query*, or all in the order of the articles.

        With *since*, only those of articles that are known to be of that day or later.

        Raises:
            ArticleNotFound: *article* is not here.
        """

        def read() -> list[Quotation]:
            store = self._context.store
            row = find_article(store, article, collection).id if article is not None else None
            found = store.quotations(collection, row)
            if since:
                found = [q for q in found if q.article.published and q.article.published >= since]
            if speaker:
                found = [q for q in found if q.speaker and is_speaker(speaker, q.speaker)]
            if query and found:
                found = self._rank(query, found)
            return found[:limit]

        return await self._context.lane.run(read)

    async def find_by_speaker(
        self, speaker: str, *, collection: str, filters: Filters = NO_FILTERS
    ) -> Sayings:
        """Return what one person is quoted on, newest article first; or the people the name can mean.

        Raises:
            BadQuestion: There is no name.
            ArticleNotFound: The filters name what is not here.
        """
        if not name_parts(speaker):
            raise BadQuestion("Give the name of the one who spoke.")
        return await self._context.lane.run(
            lambda: _read_sayings(self._context.store, speaker, collection, filters)
        )

    async def check_words(self, words: str, *, collection: str, filters: Filters = NO_FILTERS) -> WordsCheck:
        """Return where *words* stand word for word; else the nearest words, with what differs.

        Raises:
            BadQuestion: There are no words, or too many.
            ArticleNotFound: The filters name what is not here.
        """
        return await self._context.lane.run(
            lambda: check_words(self._context.store, words, collection=collection, filters=filters)
        )

    async def suggest_speakers(self, typed: str, *, collection: str, limit: int = 25) -> list[str]:
        """Return people who are quoted and whose name contains what was typed; never waits for the lane."""
        return await self._context.catalog.suggest_speakers(typed, collection=collection, limit=limit)

    def _rank(self, query: str, found: list[Quotation]) -> list[Quotation]:
        """Order by the cross-encoder; leave out what shares neither a word nor the subject."""
        wanted = set(content_words(query))
        shared = {
            q: len(wanted & set(content_words(f"{q.text} {q.speaker or ''} {q.article.title}")))
            for q in found
        }
        read = sorted(found, key=lambda q: -shared[q])[:QUOTATIONS_READ]
        said = [f"{q.article.title}. {q.speaker or 'Somebody'}: {q.text}" for q in read]
        scores = dict(zip(read, self._context.resources.reranker.scores(query, said), strict=True))
        kept = [q for q in read if shared[q] or scores[q] >= ABOUT]
        return sorted(kept, key=lambda q: -float(scores[q]))


def _read_sayings(store: ArticleStore, typed: str, collection: str, filters: Filters) -> Sayings:
    with store.snapshot():
        among = store.filter_articles(collection, filters)
        found = [
            one
            for one in store.quotations(collection)
            if one.speaker and (among is None or one.article.id in among)
        ]
    people = match_people(typed, [one.speaker for one in found if one.speaker])
    if len(people) != 1:
        return Sayings(typed, (), tuple(sorted(people)))
    ((name, names),) = people.items()
    theirs = [one for one in found if one.speaker in names]
    return Sayings(name, tuple(_by_story([replace(one, speaker=name) for one in theirs])))


def _by_story(found: list[Quotation]) -> list[Quotation]:
    """Order by story, newest first, and within one as in the text; a reprint's same words are left out."""
    newest: dict[int, tuple[str, int]] = {}
    for one in found:
        when = ((one.article.published or one.article.added_at.date()).isoformat(), one.article.id)
        newest[one.article.source] = max(newest.get(one.article.source, ("", 0)), when)
    found = sorted(found, key=lambda one: (-one.article.id, one.span))
    found = sorted(found, key=lambda one: newest[one.article.source], reverse=True)
    once = {(one.article.source or -one.article.id, fold_text(one.text)[0]): one for one in reversed(found)}
    return [one for one in found if any(one is kept for kept in once.values())]
