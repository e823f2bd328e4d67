"""What a search reads of the library: passages with their vectors, words, and what filters let through."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from retrieval.domain import Article, ArticleId, Filters, Passage, PassageId, Span
from retrieval.errors import ArticleNotFound
from retrieval.messages import message
from retrieval.protocols import Vector
from retrieval.storage.article_reader import LibraryReader
from retrieval.text import content_stems, like_pattern, stem, without_accents

_CALLED = {"site": message("site"), "author": message("author"), "language": message("language")}

_VECTORS_AT_ONCE = 1_000
"""Rows of vectors that one statement reads: less than a megabyte."""


class SearchReader(LibraryReader):
    """Candidates for a question, in one collection, within its filters. Nothing here writes."""

    def filter_articles(self, collection: str, filters: Filters) -> list[ArticleId] | None:
        """Return the articles that pass the filters; ``None`` means all of them.

        Raises:
            ArticleNotFound: The filter names an article, site, author or language that is not here.
        """
        if filters == Filters():
            return None
        conditions = ["c.name = :collection"]
        values: dict[str, Any] = {"collection": collection}
        if filters.article_ids:
            conditions.append("a.id IN :rows")
            values["rows"] = [self.article(collection, public_id).id for public_id in filters.article_ids]
        for column, wanted in (
            ("site", filters.site),
            ("author", filters.author),
            ("language", filters.language),
        ):
            if wanted:
                conditions.append(f"a.{column} IN :{column}")
                values[column] = self._find_values(collection, column, wanted)
        for condition, name, day in (
            ("a.published >= :since", "since", filters.since),
            ("a.published <= :until", "until", filters.until),
        ):
            if day:
                conditions.append(condition)
                values[name] = day.isoformat()
        return [article.id for article in self._articles(" AND ".join(conditions), values)]

    def languages(self, collection: str, filters: Filters) -> dict[str, int]:
        """Return how many of the articles that pass the filters say that they are in which language.

        Those that do not say are under the empty string.

        Raises:
            ArticleNotFound: As for ``filter_articles``.
        """
        condition, values = self._filter_sql(collection, filters)
        rows = self._connection.execute(
            f"SELECT coalesce(language, ''), count(*) FROM articles {condition} GROUP BY 1",  # noqa: S608
            values,
        )
        return {str(language): int(count) for language, count in rows}

    def openings(self, collection: str, filters: Filters, *, limit: int, chars: int) -> list[str]:
        """Return how articles begin that do not say their language; those read are spread over all.

        Articles of one feed follow each other, so neighbors say little. Takes 10 ms of 10,000 articles.
        """
        condition, values = self._filter_sql(collection, filters)
        spread = "ORDER BY (id * 2654435761) % 4294967296 LIMIT :limit"
        silent = f"{condition} AND coalesce(language, '') = '' {spread}"
        rows = self._connection.execute(
            "SELECT substr(text, 1, :chars) FROM articles "  # noqa: S608 - only marks
            f"WHERE id IN (SELECT id FROM articles {silent}) ORDER BY id",
            {**values, "chars": chars, "limit": limit},
        )
        return [str(row[0]) for row in rows]

    def _filter_sql(self, collection: str, filters: Filters) -> tuple[str, dict[str, Any]]:
        """Return the condition that the articles of a collection meet, and its values."""
        values: dict[str, Any] = {"collection_id": self.collection_id(collection)}
        among = self.filter_articles(collection, filters)
        if among is None:
            return "WHERE collection_id = :collection_id", values
        return "WHERE collection_id = :collection_id AND id IN :among", {**values, "among": among}

    def _find_values(self, collection: str, column: str, wanted: str) -> list[str]:
        """Return the values of *column* that *wanted* means; an author may be part of an author line."""
        rows = self._connection.execute(
            f"SELECT DISTINCT {column} FROM articles "  # noqa: S608 - one of three words of our own
            f"WHERE collection_id = :collection_id AND {column} IS NOT NULL",
            {"collection_id": self.collection_id(collection)},
        )
        known, sought = [str(row[0]) for row in rows], without_accents(wanted)
        exact = [one for one in known if without_accents(one) == sought]
        found = exact or [one for one in known if column == "author" and sought in without_accents(one)]
        if not found:
            raise ArticleNotFound(
                message(
                    "No article here has the {column} {wanted!r}. Leave it out, or see the list of articles.",
                    column=_CALLED[column],
                    wanted=wanted,
                )
            )
        return found

    def words_matching(
        self, collection: str, query: str, limit: int, among: Sequence[ArticleId] | None = None
    ) -> list[tuple[PassageId, float]]:
        """Return passages by BM25, best first; higher is better. *query* comes from ``retrieval.text``."""
        collection_id = self.collection_id(collection)
        if collection_id is None or not query:
            return []
        return self.words(collection_id).matching(query, limit, among)

    def count_articles_holding(self, collection: str, word: str) -> int:
        """Return how many articles hold a word, or another form of it; title included."""
        collection_id = self.collection_id(collection)
        if collection_id is None or not word.isalnum():
            return 0
        return self.words(collection_id).count_articles_holding(word)

    def terms_like(self, collection: str, word: str) -> list[str]:
        """Return the stems in the full-text index that begin with the letter that *word* begins with."""
        collection_id = self.collection_id(collection)
        if collection_id is None or not word:
            return []
        return self.words(collection_id).terms_between(word[0], chr(ord(word[0]) + 1))

    def forms_of(self, collection: str, word: str, limit: int) -> list[tuple[str, str]]:
        """Return how *word*, or another form of it, is written in up to *limit* passages.

        Each with the word before it. Titles and words that open a sentence are left out: their capitals say
        nothing.
        """
        collection_id = self.collection_id(collection)
        if collection_id is None or not word.isalnum():
            return []
        return self.words(collection_id).forms_of(word, limit)

    def articles_titled(self, collection: str, words: Sequence[str], limit: int) -> list[Article]:
        """Return articles whose title holds all *words*, compared by their stems; newest first."""
        stems = [stem(word) for word in words]
        like = self._connection.dialect.like
        patterns = {f"part{at}": f"%{like_pattern(one)}%" for at, one in enumerate(stems)}
        found = self._articles(
            " AND ".join(["c.name = :collection", *(f"a.title {like} :{name}" for name in patterns)]),
            {"collection": collection, **patterns},
            "ORDER BY a.id DESC",
        )
        return [one for one in found if content_stems(one.title).issuperset(stems)][:limit]

    def articles_like(
        self, collection: str, words: str, limit: int, among: Sequence[ArticleId] | None = None
    ) -> list[Article]:
        """Return articles whose text may hold *words*, newest first: their letters in this order.

        Case is not compared. Reads every text: some 0.1 s for 10,000 articles of 3,800 characters.
        """
        only = "" if among is None else "AND a.id IN :among"
        values = {"collection": collection, "pattern": f"%{like_pattern(words)}%", "limit": limit}
        return self._articles(
            f"c.name = :collection AND a.text {self._connection.dialect.like} :pattern {only}",
            values if among is None else {**values, "among": list(among)},
            "ORDER BY a.id DESC LIMIT :limit",
        )

    def passages(self, ids: Sequence[PassageId]) -> dict[PassageId, tuple[Passage, bytes | None]]:
        """Return passages with the bytes of their token vectors."""
        rows = self._connection.execute(
            'SELECT id, article_id, start, "end", tokens FROM passages WHERE id IN :ids', {"ids": list(ids)}
        )
        return {
            PassageId(one): (Passage(PassageId(one), ArticleId(article), Span(start, end)), tokens)
            for one, article, start, end, tokens in rows
        }

    def vectors(self, ids: Sequence[PassageId], dimension: int) -> tuple[list[PassageId], Vector]:
        """Return the vectors of those passages that are still there, and their ids in the same order.

        The shape is ``(found, dimension)``.
        """
        out = np.empty((len(ids), dimension), dtype=np.float32)
        found: list[PassageId] = []
        for at in range(0, len(ids), _VECTORS_AT_ONCE):
            rows = self._connection.execute(
                "SELECT id, vector FROM passages WHERE id IN :ids",
                {"ids": list(ids[at : at + _VECTORS_AT_ONCE])},
            )
            vectors = dict(map(tuple, rows))
            for one in ids[at : at + _VECTORS_AT_ONCE]:
                if one in vectors:
                    out[len(found)] = np.frombuffer(vectors[one], dtype="<f2")
                    found.append(one)
        return found, out[: len(found)]
