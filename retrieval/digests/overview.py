"""Many articles at once: what they report, where they disagree, and what happened when.

Everything here runs on the lane, in slices, so that a digest of hundreds of articles does not keep
anybody's question waiting.
"""

from collections.abc import Generator, Sequence
from datetime import datetime
from typing import Protocol

from retrieval.citations import Draft, cite
from retrieval.digests.contradictions import Found, disagreements
from retrieval.digests.event_clustering import cluster_articles, likeness
from retrieval.digests.timeline import find_dated_sentences, in_order
from retrieval.digests.topics import on_topic
from retrieval.domain import Article, ArticleId, Dated, Digest, Disagreement, Filters, Span, Story, Timeline
from retrieval.errors import ArticleNotFound
from retrieval.protocols import Reranker
from retrieval.safety import choose_for_readers
from retrieval.search import Searcher
from retrieval.storage import ArticleStore
from retrieval.summaries import choose_line
from retrieval.text import content_stems, is_english, sentences

MOST_ARTICLES = 300
"""Articles a digest reads, the newest; six seconds, in slices of up to .2 s."""
TOPIC_ARTICLES = 60
"""Articles that are looked at for a topic."""
LINE_WORDS = 24
"""A story's line is the sentence of about so many words that stands for the article."""
MOST_COMPARED = 8
"""Reports of one story that are compared with each other; every pair is."""

Slices = Generator[tuple[int, int], None, "Digest"]


class Library(Protocol):
    """What is read of a library that is open."""

    @property
    def store(self) -> ArticleStore:
        """The database."""
        ...

    @property
    def searcher(self) -> Searcher:
        """The search."""
        ...

    @property
    def reranker(self) -> Reranker:
        """The cross-encoder."""
        ...


class Overviews:
    """Makes digests and timelines of one library. Belongs to the lane."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def digest(
        self, topic: str | None, *, collection: str, filters: Filters, added_since: datetime | None
    ) -> Slices:
        """Yield how far it is, and return the digest."""
        size = self._library.store.count(collection)
        if size == 0:
            return Digest(topic, ())
        articles, left = self._select_articles(topic, collection, filters, added_since)
        texts: dict[ArticleId, str] = {}
        for done, article in enumerate(articles):
            yield done, 2 * len(articles)
            try:
                texts[article.id] = self._library.store.text(article.id, article.digest)
            except ArticleNotFound:  # removed, or replaced, since it was listed
                continue
        articles = [one for one in articles if one.id in texts]
        stories: list[Story] = []
        for members in cluster_articles(articles, [texts[one.id] for one in articles]):
            yield len(articles) + len(stories), 2 * len(articles)
            story = story_of([articles[at] for at in members], texts)
            stories.extend([story] if story else [])
        stories.sort(key=_rank)
        return Digest(topic, tuple(stories), len(articles), left, size)

    def timeline(
        self, topic: str, *, collection: str, filters: Filters
    ) -> Generator[tuple[int, int], None, Timeline]:
        """Yield how far it is, and return the timeline."""
        size = self._library.store.count(collection)
        if size == 0:
            return Timeline(topic, ())
        articles = self._on_topic(topic, collection, filters)
        dated: list[Dated] = []
        for done, article in enumerate(articles):
            yield done, len(articles)
            try:
                text = self._library.store.text(article.id, article.digest)
            except ArticleNotFound:
                continue
            dated.extend(find_dated_sentences(article, text, topic=topic))
        return Timeline(topic, in_order(dated), size)

    def _select_articles(
        self, topic: str | None, collection: str, filters: Filters, added_since: datetime | None
    ) -> tuple[list[Article], int]:
        """Return the articles for a digest, newest first, and how many there were too many."""
        store = self._library.store
        if topic is not None:
            articles = self._on_topic(topic, collection, filters)
            return [one for one in articles if added_since is None or one.added_at >= added_since], 0
        among = store.filter_articles(collection, filters)
        if added_since is not None:
            new = store.articles_since(collection, added_since)
            articles = [one for one in new if among is None or one.id in set(among)]
            return articles[:MOST_ARTICLES], max(0, len(articles) - MOST_ARTICLES)
        if among is None:
            articles = store.articles(collection, limit=MOST_ARTICLES)
            return articles, store.count(collection) - len(articles)
        newest = sorted(among, reverse=True)[:MOST_ARTICLES]
        return list(store.articles_by_row(newest).values()), len(among) - len(newest)

    def _on_topic(self, topic: str, collection: str, filters: Filters) -> list[Article]:
        """Return the articles on a topic, best first."""
        searcher = self._library.searcher
        english = is_english(topic)
        hits = searcher.search(
            topic, collection=collection, articles=TOPIC_ARTICLES, filters=filters, words_only=not english
        )
        reranker = self._library.reranker if english else None
        return [hit.article for hit in on_topic(topic, hits, reranker)]


def _line(article: Article, text: str) -> list[Span]:
    """Return the sentence that stands for an article, if it has one."""

    def choose(among: Sequence[Span]) -> list[Span]:
        line = choose_line(text, among, words=LINE_WORDS, title=article.title)
        return [line] if line is not None else []

    return choose_for_readers(text, _below_headline(article, text), choose)


def story_of(members: Sequence[Article], texts: dict[ArticleId, str]) -> Story | None:
    """Return the story of some articles, worded as in its best report; ``None`` if none holds a sentence."""
    ordered = _best_first(members, texts)
    for best in ordered:
        text = texts[best.id]
        chosen = _line(best, text)
        _, lines = cite([Draft(best, span, span.of(text)) for span in chosen], text_of=texts.__getitem__)
        if lines:
            rest = [one for one in ordered if one.id != best.id]
            found = disagreements([(one, texts[one.id]) for one in ordered[:MOST_COMPARED]])
            cited = tuple(one for one in (_cite(one, texts) for one in found) if one)
            return Story(lines[0], (best, *rest), cited)
    return None


def _below_headline(article: Article, text: str) -> list[Span]:
    """Return the sentences that say more than the title, which many texts begin with."""
    spans = sentences(text)
    title = content_stems(article.title)
    return [span for span in spans if not content_stems(span.of(text)) <= title] or spans


def _best_first(members: Sequence[Article], texts: dict[ArticleId, str]) -> list[Article]:
    """Order reports by how much they share with the others; equals by date, the latest first."""
    if len(members) < 2:
        return list(members)
    shared = likeness(members, [texts[one.id] for one in members]).sum(axis=1)
    order = sorted(
        range(len(members)),
        key=lambda at: (-round(float(shared[at]), 3), -_ordinal(members[at]), members[at].id),
    )
    return [members[at] for at in order]


def _cite(found: Found, texts: dict[ArticleId, str]) -> Disagreement | None:
    _, citations = cite(found.drafts, text_of=texts.__getitem__)
    return Disagreement(found.kind, citations, found.at_odds) if len(citations) == len(found.drafts) else None


def _rank(story: Story) -> tuple[int, int, int, int]:
    return -story.sources, -len(story.articles), -max(map(_ordinal, story.articles)), story.line.article.id


def _ordinal(article: Article) -> int:
    return article.published.toordinal() if article.published else 0
