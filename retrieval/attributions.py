"""The librarian's answers about wording: did they really say this, and what did this person say."""

from dataclasses import replace

from retrieval.desk import Desk
from retrieval.domain import Filters, Quotation
from retrieval.errors import BadQuestion
from retrieval.exact_words import check_words
from retrieval.people_named import name_parts, people_meant
from retrieval.sayings import Sayings, WordsCheck
from retrieval.store import ArticleStore
from retrieval.text import folded

NO_FILTERS = Filters()


class Attributions(Desk):
    """Holds what is said about somebody's words against the articles. Needs no model."""

    async def check_words(self, words: str, *, collection: str, filters: Filters = NO_FILTERS) -> WordsCheck:
        """Return where *words* stand word for word; else the nearest words, with what differs.

        Raises:
            BadQuestion: There are no words, or too many.
            ArticleNotFound: The filters name what is not here.
        """
        return await self._lane.run(
            lambda: check_words(self._workshop.store, words, collection=collection, filters=filters)
        )

    async def who(self, speaker: str, *, collection: str, filters: Filters = NO_FILTERS) -> Sayings:
        """Return what one person is quoted on, newest article first; or the people the name can mean.

        Raises:
            BadQuestion: There is no name.
            ArticleNotFound: The filters name what is not here.
        """
        if not name_parts(speaker):
            raise BadQuestion("Give the name of the one who spoke.")
        return await self._lane.run(lambda: _sayings(self._workshop.store, speaker, collection, filters))

    async def suggest_speakers(self, typed: str, *, collection: str, limit: int = 25) -> list[str]:
        """Return people who are quoted and whose name contains what was typed; never waits for the lane."""
        return await self._catalog.suggest_speakers(typed, collection=collection, limit=limit)


def _sayings(store: ArticleStore, typed: str, collection: str, filters: Filters) -> Sayings:
    with store.snapshot():
        among = store.filtered_articles(collection, filters)
        found = [
            one
            for one in store.quotations(collection)
            if one.speaker and (among is None or one.article.id in among)
        ]
    people = people_meant(typed, [one.speaker for one in found if one.speaker])
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
    once = {(one.article.source or -one.article.id, folded(one.text)[0]): one for one in reversed(found)}
    return [one for one in found if any(one is kept for kept in once.values())]
