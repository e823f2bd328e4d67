"""Looks up a question, or a follow-up, in a collection. Everything here runs on the lane."""

import re
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace

from retrieval.answers import (
    MAX_QUESTION_CHARS,
    THRESHOLD,
    AnswerLength,
    FollowUp,
    LibraryPassages,
    answer_from,
    listed_number,
    respell_names,
    says_nothing_alone,
)
from retrieval.domain import Answer, ArticleId, Filters, Hit, Span
from retrieval.errors import ArticleNotFound
from retrieval.librarian.resources import Resources
from retrieval.text import content_words, is_english

NO_FILTERS = Filters()
_GIVES_REASON = re.compile(r"\b(?:because|due to|owing to)\b|[a-z]: [a-z]")
EASE = 0.75
"""A follow-up is mostly answered where the last answer was, and says too little of itself to score high:
what would be unsure elsewhere answers it there. Of 17 follow-ups of people 12 are right so and 9 without,
and none more misleads."""
RARE = 0.05
"""Share of the articles that a word for a subject is in at most."""


@dataclass(frozen=True, slots=True)
class LibraryVocabulary:
    """The words of a collection, and those that the encoder knows as such; an ``answers.Vocabulary``."""

    resources: Resources
    collection: str

    def terms_like(self, word: str) -> list[str]:
        """Return stems that begin with the same letter."""
        return self.resources.store.terms_like(self.collection, word)

    def forms_of(self, word: str, limit: int) -> list[tuple[str, str]]:
        """Return how a word is written, with the word before it."""
        return self.resources.store.forms_of(self.collection, word, limit)

    def is_common(self, word: str) -> bool:
        """Tell whether a word is one of the language."""
        return self.resources.is_common(word)

    def is_known(self, word: str) -> bool:
        """Tell whether a passage holds a word, or another form of it."""
        return bool(self.resources.store.words_matching(self.collection, f'"{word}"', 1))


def answer_from_library(
    resources: Resources,
    question: str,
    *,
    collection: str,
    filters: Filters = NO_FILTERS,
    omitted: frozenset[tuple[ArticleId, Span]] = frozenset(),
    ease: float = 0.0,
) -> Answer:
    """Answer a checked question on the lane, with the size of the collection that was asked.

    Sentences in *omitted* answer nothing; others may be *ease* less sure than elsewhere.
    """
    threshold = resources.settings.answer_threshold
    if ease:
        threshold = (THRESHOLD if threshold is None else threshold) - ease
    store = resources.store
    size = store.count(collection)
    if size == 0:
        return Answer(question=question)
    # May load models and write: before the snapshot.
    source, reranker = LibraryPassages(store, resources.searcher, collection, filters), resources.reranker
    reader = resources.reader
    with store.snapshot():
        answer = answer_from(
            question,
            source,
            load_reranker=lambda: reranker,
            load_reader=lambda: reader,
            threshold=threshold,
            length=AnswerLength(omitted=omitted),
        )
    return replace(answer, library_size=size)


def look_up_respelled(
    resources: Resources, follow_up: FollowUp, *, collection: str, filters: Filters
) -> tuple[FollowUp, Answer]:
    """Answer a question on the lane; if it is refused, with a misspelt name as the titles read write it."""
    answer = answer_from_library(resources, follow_up.text, collection=collection, filters=filters)
    if answer.found:
        return follow_up, answer
    text = respell_names(follow_up.text, [hit.article.title for hit in answer.nearest])
    if not text:
        return follow_up, answer
    again = answer_from_library(resources, text, collection=collection, filters=filters)
    return (FollowUp(text, clean=True), again) if again.found else (follow_up, answer)


def search_library(
    resources: Resources, query: str, *, collection: str, limit: int, filters: Filters = NO_FILTERS
) -> list[Hit]:
    """Return passages on the lane, up to the one that names the last of *limit* articles."""
    if resources.store.count(collection) == 0:
        return []
    searcher = resources.searcher  # may load models and write: before the snapshot
    with resources.store.snapshot():
        return searcher.search(
            query,
            collection=collection,
            articles=limit,
            filters=filters,
            words_only=not is_english(query),
            exactly=True,
        )


def look_up(
    resources: Resources, follow_up: FollowUp, after: Answer | None, *, collection: str, filters: Filters
) -> Answer:
    """Answer on the lane, in the article that the answer before is from if only that can be meant."""
    if after is None:
        return answer_from_library(resources, follow_up.text, collection=collection, filters=filters)
    question, narrowed, where, fuller = follow_up.text, filters, follow_up.where, follow_up.fuller
    if (number := listed_number(question)) is not None:
        question, narrowed = after.understood or after.question, _within(_listed(after, number), filters)
        where, fuller = "there", ()
    elif where != "anywhere" and not says_nothing_alone(question):
        narrowed = _within(_talked_about(after), filters)
    if narrowed == filters and not filters.article_ids:
        if where == "there":
            return _nothing(resources, question, after, collection)
        return answer_from_library(resources, question, collection=collection, filters=filters)
    with suppress(ArticleNotFound) if narrowed != filters else nullcontext():
        answer = _look_up_there(resources, question, fuller, after, collection, narrowed)
        if where == "there":
            answer = _with_reason(answer, after)
        if answer.found or where == "there" or narrowed == filters:
            return answer
        if not _changes_subject(resources, question, narrowed, collection):
            return answer
    if where == "there first":
        return answer_from_library(resources, question, collection=collection, filters=filters)
    return _nothing(resources, question, after, collection)


def _look_up_there(
    resources: Resources,
    question: str,
    fuller: Sequence[str],
    after: Answer,
    collection: str,
    filters: Filters,
) -> Answer:
    """Answer a follow-up, or else one of its fuller readings, whichever is answered best.

    With the words of the question before in it, what answered that would answer again, so such a reading
    is not answered with what was said.
    """
    plain = answer_from_library(resources, question, collection=collection, filters=filters, ease=EASE)
    if plain.found:
        return plain
    answers = [plain]
    said = _said_spans(after)
    for reading in fuller:
        found = answer_from_library(
            resources, reading[:MAX_QUESTION_CHARS], collection=collection, filters=filters, omitted=said
        )
        answers.append(replace(found, question=question))
    return max(answers, key=_sureness)


def _sureness(answer: Answer) -> tuple[bool, bool, float]:
    """Return what orders the answers to readings of one question: found, unsure, nothing; then the score."""
    return answer.found, answer.unsure, answer.score if answer.score is not None else 0.0


def _said_spans(after: Answer) -> frozenset[tuple[ArticleId, Span]]:
    return frozenset((one.article.id, one.span) for one in after.citations)


def _changes_subject(resources: Resources, question: str, narrowed: Filters, collection: str) -> bool:
    """Tell whether a question has a word for what other articles are about: rare, and not in this one."""
    store = resources.store
    rare = max(1, round(RARE * store.count(collection)))
    here = store.filter_articles(collection, narrowed)
    return any(
        not store.words_matching(collection, f'"{word}"', 1, here)
        and 0 < store.count_articles_holding(collection, word) <= rare
        for word in content_words(question)
    )


def _nothing(resources: Resources, question: str, after: Answer | None, collection: str) -> Answer:
    return Answer(
        question=question,
        nearest=after.nearest if after is not None else (),
        library_size=resources.store.count(collection),
    )


def _talked_about(after: Answer) -> list[str]:
    """Return the id of the article that an answer is from, or that was read alone for a refusal."""
    if after.citations:
        return [after.citations[0].article.public_id]
    read = {hit.article.public_id for hit in after.nearest}
    return list(read) if len(read) == 1 else []


def _with_reason(answer: Answer, after: Answer) -> Answer:
    """Return an answer, but to "why" none that was said before, unless it gives a reason."""
    asks_why = answer.question.lower().startswith("why ")
    repeats = asks_why and _only_repeats(answer, after)
    repeats = repeats and not any(_GIVES_REASON.search(one.quote) for one in answer.citations)
    return replace(answer, statements=(), citations=()) if repeats else answer


def _only_repeats(answer: Answer, after: Answer) -> bool:
    """Tell whether all that an answer cites was said before."""
    said = {one.quote for one in after.citations}
    return answer.found and all(one.quote in said for one in answer.citations)


def _within(public_ids: Sequence[str], filters: Filters) -> Filters:
    """Return filters that leave one article, unless the question is about chosen ones anyway."""
    return (
        filters if filters.article_ids or not public_ids else replace(filters, article_ids=tuple(public_ids))
    )


def _listed(after: Answer, number: int) -> list[str]:
    """Return the id of the article that an answer, or a refusal, lists at that place; none without it."""
    listed = [one.article for one in after.citations] or [hit.article for hit in after.nearest]
    ids = list(dict.fromkeys(article.public_id for article in listed))
    return [ids[number]] if -len(ids) <= number < len(ids) else []
