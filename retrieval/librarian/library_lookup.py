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
from retrieval.domain import Answer, ArticleId, ContextPart, Filters, Hit, Span, Statement
from retrieval.errors import ArticleNotFound
from retrieval.librarian.resources import Resources
from retrieval.text import content_words, is_english

NO_FILTERS = Filters()
_GIVES_REASON = re.compile(r"\b(?:because|due to|owing to)\b|[a-z]: [a-z]")
EASE = 0.75
"""A follow-up is mostly answered where the last answer was, and says too little of itself to score high:
what would be unsure elsewhere answers it there. Of 17 follow-ups of people 12 are right so and 9 without,
and none more misleads."""
FEWEST_LISTED = 2
"""Items of an answer among which "the second one" can be."""
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
    part = _part_of_list(after, listed_number(follow_up.text))
    if part is not None:
        return replace(part, question=follow_up.text, library_size=resources.store.count(collection))
    return _look_up_after(resources, follow_up, after, collection, filters)


def _look_up_after(
    resources: Resources, follow_up: FollowUp, after: Answer, collection: str, filters: Filters
) -> Answer:
    """Look up what refers to the answer before, or may."""
    question, narrowed, where, fuller = follow_up.text, filters, follow_up.where, follow_up.fuller
    if (number := listed_number(question)) is not None:
        question, narrowed = (
            after.understood or after.question,
            _within(_find_by_place(after, number), filters),
        )
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


def _part_of_list(after: Answer, number: int | None) -> Answer | None:
    """Return the part of a list that "the second one" means; ``None`` if the answer before shows no list."""
    if number is None:
        return None
    cited = {one.number: one for one in after.citations}
    items: dict[int, tuple[ContextPart, ...]] = {}
    for one in after.statements:
        above = tuple(part for part in one.context if part.kind == "lead_in")
        items |= {one.numbers[0]: above} if above else {}
        own = cited[one.numbers[0]]
        above = above or (ContextPart("lead_in", own.article, own.span, own.quote, own.number),)
        items |= {part.number: above for part in one.context if part.kind == "item"}
    if len(items) < FEWEST_LISTED or len({cited[one].article.id for one in items}) > 1:
        return None
    order = sorted(items, key=lambda one: cited[one].span.start)
    if not -len(order) <= number < len(order):
        return None
    meant = order[number]
    kept = [meant, *(part.number for part in items[meant])]
    numbers = {one: at for at, one in enumerate(kept, start=1)}
    text = " ".join(cited[meant].quote.split())
    return Answer(
        question=after.question,
        statements=(Statement(text, (meant,), context=items[meant]).renumber(numbers),),
        citations=tuple(replace(cited[one], number=numbers[one]) for one in kept),
        nearest=after.nearest,
    )


def _find_by_place(after: Answer, number: int) -> list[str]:
    """Return the id of the article that an answer, or a refusal, lists at that place; none without it."""
    listed = [one.article for one in after.citations] or [hit.article for hit in after.nearest]
    ids = list(dict.fromkeys(article.public_id for article in listed))
    return [ids[number]] if -len(ids) <= number < len(ids) else []
