"""Answers questions about a whole article ("tl;dr?", "what's this about?") with a summary of it.

Which article is meant: the only one that is asked, the one named by its title, the one of the answer before,
the only one there is. Otherwise the answer asks which one, with some to choose from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.answers import (
    MAX_VAGUE_WORDS,
    asks_about,
    listed_number,
    names_article,
    names_genre,
    own_words,
    says_something,
    without_asker,
    without_name,
)
from retrieval.domain import Answer, Article, ArticleId, Filters, Hit, NewArticle, Summary
from retrieval.errors import ArticleNotFound
from retrieval.librarian.context import Context
from retrieval.librarian.resources import Resources
from retrieval.messages import message
from retrieval.storage import ArticleStore
from retrieval.text import content_stems, stem

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.librarian.summaries import Summaries

CHOICES = 5
"""Articles to choose from, as many as a row of buttons holds."""
PASSAGES = 20
"""Passages in which an article's subject is looked up."""
WHICH = message("This asks about a whole article. Which one?")


@dataclass(frozen=True, slots=True)
class Subject:
    """Of what a summary is asked."""

    article: Article | None = None
    """``None``: the question does not say."""
    choices: tuple[Hit, ...] = ()
    """The beginnings of the articles that may be meant."""
    library_size: int = 0


class SummaryAnswers:
    """Summaries in the form of answers."""

    def __init__(self, context: Context, load_summaries: "Callable[[], Summaries]") -> None:
        self._context = context
        self._load_summaries = load_summaries

    def find_subject(
        self, question: str, *, collection: str, filters: Filters, after: Answer | None = None
    ) -> Subject | None:
        """Return, on the lane, of what *question* asks a summary; ``None`` if it asks something else.

        Raises:
            ArticleNotFound: The filters name an article that is not here.
        """
        return _subject(self._context.resources, question, collection, filters, after)

    async def answer(
        self, subject: Subject, question: str, *, collection: str, extractive: bool = False
    ) -> Answer:
        """Return the summary that a question asks, or ask of which article."""
        if subject.article is None:
            return Answer(
                question=question,
                nearest=subject.choices,
                notes=(WHICH,),
                library_size=subject.library_size,
                kind="which_article",
            )
        summary = await self._load_summaries().summarize(
            subject.article.public_id, collection=collection, extractive=extractive
        )
        return _as_answer(summary, question, subject.library_size)

    async def answer_new(self, question: str, article: NewArticle, *, collection: str) -> Answer | None:
        """Return the summary of a text that is not kept, if *question* is about all of it; else ``None``."""

        def is_vague() -> bool:
            known = content_stems(f"{article.title}\n{article.text}")
            return _is_vague(self._context.resources, question, known)

        if not await self._context.lane.run(is_vague):
            return None
        summary = await self._load_summaries().summarize_new(article, collection=collection)
        return _as_answer(summary, question, 1)

    async def lengthen(self, answer: Answer, *, collection: str) -> Answer:
        """Return a longer summary of the article that an answer summarizes; the same if that is gone."""
        try:
            summary = await self._load_summaries().summarize(
                answer.citations[0].article.public_id, collection=collection, length="long"
            )
        except (ArticleNotFound, IndexError):
            return answer
        return replace(
            _as_answer(summary, answer.question, answer.library_size), understood=answer.understood
        )


def _as_answer(summary: Summary, question: str, library_size: int) -> Answer:
    note = message("This is a summary of “{title}”.", title=summary.article.title)
    return Answer(
        question=question,
        statements=summary.statements,
        citations=summary.citations,
        notes=(note, *summary.notes),
        library_size=library_size,
        written_by=summary.written_by,
        removed=summary.removed,
        chosen_by=summary.chosen_by,
        kind="summary",
    )


def _subject(
    resources: Resources, question: str, collection: str, filters: Filters, after: Answer | None
) -> Subject | None:
    """Return of what a question asks a summary; ``None`` if it asks something else."""
    store = resources.store
    size = store.count(collection)
    if size == 0 or len(question.split()) > MAX_VAGUE_WORDS:
        return None
    if after is not None and after.kind == "which_article":
        chosen = _chosen(question, [hit.article for hit in after.nearest])
        current = store.articles_by_row([chosen.id]).get(chosen.id) if chosen else None
        if current is not None:
            return Subject(current, library_size=size)
    elif after is not None and listed_number(question) is not None:
        return None
    asked = store.filter_articles(collection, filters)
    question = without_asker(question)
    own = own_words(question)
    known = [word for word in own if store.words_matching(collection, f'"{word}"', 1)]
    if any(word not in known and resources.is_common(word) for word in own):
        return None
    if known:
        named = _named(store, question, known, collection, asked)
        if not named or not resources.vague_questions.is_vague(without_name(question, known)):
            return None
        return _one_of(store, named, size)
    if (
        not says_something(question)
        or not _may_be_vague(question, after)
        or not resources.vague_questions.is_vague(question)
    ):
        return None
    return _one_of(store, _talked_about(store, collection, asked, after), size)


def _talked_about(
    store: ArticleStore, collection: str, asked: Sequence[ArticleId] | None, after: Answer | None
) -> list[Article]:
    """Return what a question without a name is about: the article that is asked, or was talked about.

    Without either, what was read last and the newest articles.
    """
    if asked is not None:
        return list(store.articles_by_row(asked[: CHOICES + 1]).values())
    if after is not None and after.citations:
        return list(store.articles_by_row([after.citations[0].article.id]).values())
    near = [hit.article.id for hit in after.nearest] if after is not None else []
    return [*store.articles_by_row(near).values(), *store.articles(collection, limit=CHOICES + 1)]


def _is_vague(resources: Resources, question: str, known: frozenset[str]) -> bool:
    """Tell whether a question is about all of a text that holds the words with the stems *known*."""
    question = without_asker(question)
    own = own_words(question)
    if len(question.split()) > MAX_VAGUE_WORDS or not known.isdisjoint(map(stem, own)):
        return False
    return not any(map(resources.is_common, own)) and resources.vague_questions.is_vague(question)


def _may_be_vague(question: str, after: Answer | None) -> bool:
    """Tell whether a question can be about a whole article: in a conversation only if it names one as such.

    "What happened?" behind an answer asks for what happened then.
    """
    talks = after is not None and after.kind == "answer" and after.found
    return not talks or names_genre(question)


def _named(
    store: ArticleStore,
    question: str,
    known: Sequence[str],
    collection: str,
    asked: Sequence[ArticleId] | None,
) -> list[Article]:
    """Return the articles that a question names, by all of it that can be looked up.

    By their titles, newest first; or, where no title holds it, by what they are about, the best first.
    Without a word such as "article" or "summary" beside it, only a whole title names one.
    """
    found = store.articles_titled(collection, known, limit=CHOICES + 1)
    if asked is not None:
        found = [article for article in found if article.id in asked]
    if not names_article(question, known):
        words = content_stems(question)
        whole = [article for article in found if content_stems(article.title) <= words]
        return whole if len(known) > 1 and asks_about(question, known) else []
    if found:
        return found
    query = " AND ".join(f'"{word}"' for word in known)
    ids = [one for one, _ in store.words_matching(collection, query, PASSAGES, asked)]
    passages = store.passages(ids)
    about = list(dict.fromkeys(passages[one][0].article_id for one in ids if one in passages))
    return list(store.articles_by_row(about[: CHOICES + 1]).values())


def _one_of(store: ArticleStore, articles: Sequence[Article], size: int) -> Subject | None:
    """Return the only one of some articles, or all to choose from; ``None`` without any."""
    distinct = list({article.id: article for article in articles}.values())
    if not distinct:
        return None
    if len(distinct) == 1:
        return Subject(distinct[0], library_size=size)
    return Subject(choices=tuple(_beginnings(store, distinct[:CHOICES])), library_size=size)


def _beginnings(store: ArticleStore, articles: Sequence[Article]) -> list[Hit]:
    """Return the first passage of each article."""
    hits = []
    for article in articles:
        ids = store.passage_ids_of([article.id])[:1]
        for passage, _ in store.passages(ids).values():
            hits.append(Hit(passage, article, passage.span.of(store.text(article.id)), 0.0))
    return hits


def _chosen(question: str, choices: Sequence[Article]) -> Article | None:
    """Return which of several articles a reply to "which one?" names: by its place or its title."""
    number = listed_number(question)
    if number is not None:
        return choices[number] if -len(choices) <= number < len(choices) else None
    words = content_stems(" ".join(own_words(question))) - {"one"}
    fitting = [one for one in choices if words and words <= content_stems(one.title)]
    return fitting[0] if len(fitting) == 1 else None
