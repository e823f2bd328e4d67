"""What a search reads of the library: passages with their vectors, words, and what filters let through."""

import re
from collections.abc import Sequence

import numpy as np

from retrieval.domain import Article, ArticleId, Filters, Passage, PassageId, Span
from retrieval.errors import ArticleNotFound
from retrieval.messages import message
from retrieval.protocols import Vector
from retrieval.storage.article_reader import LibraryReader
from retrieval.text import content_stems, like_pattern, stem, without_accents, word_set

_MARK = "\x01"
_MARKED = re.compile(rf"([\w’'-]+\.?)[,;)’”]* {_MARK}([^{_MARK}]+){_MARK}")
"""A highlighted word behind another one."""
TITLED = word_set("dr mr mrs ms prof sen rep gov st")
"""Words before names that end with a full stop."""
_CALLED = {"site": message("site"), "author": message("author"), "language": message("language")}


class SearchReader(LibraryReader):
    """Candidates for a question, in one collection, within its filters. Nothing here writes."""

    def filter_articles(self, collection: str, filters: Filters) -> list[ArticleId] | None:
        """Return the articles that pass the filters; ``None`` means all of them.

        Raises:
            ArticleNotFound: The filter names an article, site, author or language that is not here.
        """
        if filters == Filters():
            return None
        conditions, values = ["c.name = ?"], [collection]
        if filters.article_ids:
            rows = [self.article(collection, public_id).id for public_id in filters.article_ids]
            conditions.append(f"a.id IN ({','.join(str(int(row)) for row in rows)})")
        for column, wanted in (
            ("site", filters.site),
            ("author", filters.author),
            ("language", filters.language),
        ):
            if wanted:
                known = self._find_values(collection, column, wanted)
                conditions.append(f"a.{column} IN ({','.join('?' * len(known))})")
                values.extend(known)
        for condition, day in (("a.published >= ?", filters.since), ("a.published <= ?", filters.until)):
            if day:
                conditions.append(condition)
                values.append(day.isoformat())
        return [article.id for article in self._articles(" AND ".join(conditions), tuple(values))]

    def languages(self, collection: str, filters: Filters) -> dict[str, int]:
        """Return how many of the articles that pass the filters say that they are in which language.

        Those that do not say are under the empty string.

        Raises:
            ArticleNotFound: As for ``filter_articles``.
        """
        rows = self._connection.execute(
            f"SELECT coalesce(language, ''), count(*) FROM articles {self._filter_sql(collection, filters)} "  # noqa: S608
            "GROUP BY 1",
            (self.collection_id(collection),),
        )
        return {str(language): int(count) for language, count in rows}

    def openings(self, collection: str, filters: Filters, *, limit: int, chars: int) -> list[str]:
        """Return how articles begin that do not say their language; those read are spread over all.

        Articles of one feed follow each other, so neighbors say little. Takes 10 ms of 10,000 articles.
        """
        spread = "ORDER BY (id * 2654435761) % 4294967296 LIMIT ?3"
        silent = f"{self._filter_sql(collection, filters)} AND coalesce(language, '') = '' {spread}"
        rows = self._connection.execute(
            f"SELECT substr(text, 1, ?2) FROM articles WHERE id IN (SELECT id FROM articles {silent})",  # noqa: S608
            (self.collection_id(collection), chars, limit),
        )
        return [str(row[0]) for row in rows]

    def _filter_sql(self, collection: str, filters: Filters) -> str:
        """Return the condition that the articles of a collection meet; its number is the first value."""
        among = self.filter_articles(collection, filters)
        only = "" if among is None else f" AND id IN ({','.join(str(int(row)) for row in among)})"
        return f"WHERE collection_id = ?1{only}"

    def _find_values(self, collection: str, column: str, wanted: str) -> list[str]:
        """Return the values of *column* that *wanted* means; an author may be part of an author line."""
        rows = self._connection.execute(
            f"SELECT DISTINCT {column} FROM articles WHERE collection_id = ? AND {column} IS NOT NULL",  # noqa: S608
            (self.collection_id(collection),),
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
        table = f"words_{collection_id}"
        only = ""
        if among is not None:
            rows = ",".join(str(int(row)) for row in among)
            only = f"AND rowid IN (SELECT id FROM passages WHERE article_id IN ({rows}))"  # noqa: S608
        found = self._connection.execute(
            f"SELECT rowid, -bm25({table}) FROM {table} WHERE {table} MATCH ? {only} "  # noqa: S608
            "ORDER BY bm25(" + table + ") LIMIT ?",
            (query, limit),
        )
        return [(PassageId(one), float(score)) for one, score in found]

    def count_articles_holding(self, collection: str, word: str) -> int:
        """Return how many articles hold a word, or another form of it; title included."""
        collection_id = self.collection_id(collection)
        if collection_id is None or not word.isalnum():
            return 0
        table = f"words_{collection_id}"
        row = self._connection.execute(
            f"SELECT count(DISTINCT article_id) FROM passages JOIN {table} ON {table}.rowid = passages.id "  # noqa: S608
            f"WHERE {table} MATCH ?",
            (f'"{word}"',),
        ).fetchone()
        return int(row[0])

    def terms_like(self, collection: str, word: str) -> list[str]:
        """Return the stems in the full-text index that begin with the letter that *word* begins with."""
        collection_id = self.collection_id(collection)
        if collection_id is None or not word:
            return []
        self._connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms_{collection_id} "
            f"USING fts5vocab(main, words_{collection_id}, row)"
        )
        rows = self._connection.execute(
            f"SELECT term FROM temp.terms_{collection_id} WHERE term >= ? AND term < ?",  # noqa: S608
            (word[0], chr(ord(word[0]) + 1)),
        )
        return [str(row[0]) for row in rows]

    def forms_of(self, collection: str, word: str, limit: int) -> list[tuple[str, str]]:
        """Return how *word*, or another form of it, is written in up to *limit* passages.

        Each with the word before it. Titles and words that open a sentence are left out: their capitals say
        nothing.
        """
        collection_id = self.collection_id(collection)
        if collection_id is None or not word.isalnum():
            return []
        table = f"words_{collection_id}"
        rows = self._connection.execute(
            f"SELECT highlight({table}, 0, '{_MARK}', '{_MARK}') FROM {table} WHERE {table} MATCH ? LIMIT ?",  # noqa: S608
            (f'"{word}"', limit),
        )
        return [
            (before, form)
            for (text,) in rows
            for before, form in _MARKED.findall(str(text).partition("\n")[2])
            if not before.endswith(".") or before.removesuffix(".").lower() in TITLED
        ]

    def articles_titled(self, collection: str, words: Sequence[str], limit: int) -> list[Article]:
        """Return articles whose title holds all *words*, compared by their stems; newest first."""
        stems = [stem(word) for word in words]
        found = self._articles(
            " AND ".join(["c.name = ?", *("a.title LIKE ?" for _ in stems)]),
            (collection, *(f"%{like_pattern(one)}%" for one in stems)),
            "ORDER BY a.id DESC",
        )
        return [one for one in found if content_stems(one.title).issuperset(stems)][:limit]

    def articles_like(
        self, collection: str, words: str, limit: int, among: Sequence[ArticleId] | None = None
    ) -> list[Article]:
        """Return articles whose text may hold *words*, newest first: their letters in this order.

        Case is not compared. Reads every text: some 0.1 s for 10,000 articles of 3,800 characters.
        """
        only = "" if among is None else f"AND a.id IN ({','.join(str(int(row)) for row in among)})"
        return self._articles(
            f"c.name = ? AND a.text LIKE ? {only}",
            (collection, f"%{like_pattern(words)}%"),
            f"ORDER BY a.id DESC LIMIT {int(limit)}",
        )

    def passages(self, ids: Sequence[PassageId]) -> dict[PassageId, tuple[Passage, bytes | None]]:
        """Return passages with the bytes of their token vectors."""
        marks = ",".join("?" * len(ids))
        rows = self._connection.execute(
            f'SELECT id, article_id, start, "end", tokens FROM passages WHERE id IN ({marks})',  # noqa: S608
            tuple(ids),
        )
        return {
            PassageId(one): (Passage(PassageId(one), ArticleId(article), Span(start, end)), tokens)
            for one, article, start, end, tokens in rows
        }

    def vectors(self, ids: Sequence[PassageId], dimension: int) -> tuple[list[PassageId], Vector]:
        """Return the vectors of those passages that are still there, and their ids in the same order.

        The shape is ``(found, dimension)``.
        """
        found: list[PassageId] = []
        out = np.empty((len(ids), dimension), dtype=np.float32)
        for one in ids:
            row = self._connection.execute("SELECT vector FROM passages WHERE id = ?", (one,)).fetchone()
            if row is not None:
                out[len(found)] = np.frombuffer(row[0], dtype="<f2")
                found.append(one)
        return found, out[: len(found)]
