"""Reading the library: articles, passages, vectors, quotations, and the full-text search.

With ``store.py``, ``answer_records.py`` and ``catalog.py`` the only files with SQL about articles.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from retrieval.database import Database
from retrieval.domain import Article, ArticleId, Filters, NewArticle, Passage, PassageId, Quotation, Span
from retrieval.errors import ArticleNotFound
from retrieval.seams import TokenVectors, Vector

ARTICLE_COLUMNS = (
    "a.id, c.name, a.public_id, a.title, a.author, a.site, a.url, a.published, a.added_at, "
    "a.language, a.digest, length(a.text)"
)


class LibraryReader(Database):
    """Everything that can be asked of the database. Nothing here writes."""

    def find_same(self, collection: str, new: NewArticle) -> Article | None:
        """Return the article that *new* is another copy or version of.

        Same given id; else same address; else, if neither has an address, the same text.
        Articles with different given ids are different, whatever else they share.
        """
        queries: list[tuple[str, tuple[str, ...]]] = []
        if new.given_id is not None:
            queries.append(("a.public_id = ?", (new.given_id,)))
        unless_given = " AND a.given = 0" if new.given_id is not None else ""
        if new.url:
            queries.append(("a.url = ?" + unless_given, (new.url,)))
        else:
            queries.append(("a.url IS NULL AND a.given = 0 AND a.digest = ?", (digest_of(new.text),)))
        for condition, values in queries:
            found = self._articles(f"c.name = ? AND {condition}", (collection, *values), "LIMIT 1")
            if found:
                return found[0]
        return None

    def article(self, collection: str, public_id: str) -> Article:
        """Return one article.

        Raises:
            ArticleNotFound: The collection has none under this id.
        """
        found = self._articles("c.name = ? AND a.public_id = ?", (collection, public_id))
        if not found:
            raise ArticleNotFound(
                f"There is no article {public_id!r} here. Choose one from the list of articles."
            )
        return found[0]

    def article_at(self, collection: str, url: str) -> Article | None:
        """Return the article read from *url*, if there is one."""
        found = self._articles("c.name = ? AND a.url = ?", (collection, url), "LIMIT 1")
        return found[0] if found else None

    def articles(self, collection: str, *, offset: int = 0, limit: int = -1) -> list[Article]:
        """Return articles, newest first."""
        return self._articles(
            "c.name = ?", (collection,), f"ORDER BY a.id DESC LIMIT {int(limit)} OFFSET {int(offset)}"
        )

    def articles_by_row(self, rows: Sequence[ArticleId]) -> dict[ArticleId, Article]:
        """Return articles by their rows; missing ones are left out."""
        marks = ",".join("?" * len(rows))
        return {a.id: a for a in self._articles(f"a.id IN ({marks})", tuple(rows))}

    def count(self, collection: str) -> int:
        """Return how many articles a collection has."""
        row = self._connection.execute(
            "SELECT count(*) FROM articles WHERE collection_id = ?", (self.collection_id(collection),)
        ).fetchone()
        return int(row[0])

    def text(self, article: ArticleId, digest: str | None = None) -> str:
        """Return the stored text, or the version of it that *digest* names.

        Raises:
            ArticleNotFound: The article, or this version, was removed.
        """
        row = self._connection.execute(
            "SELECT text FROM articles WHERE id = :id AND (:digest IS NULL OR digest = :digest) UNION ALL "
            "SELECT text FROM versions WHERE article_id = :id AND digest = :digest",
            {"id": article, "digest": digest},
        ).fetchone()
        if row is None:
            raise ArticleNotFound("That article was removed from the library. Ask again for newer sources.")
        return str(row[0])

    def passage_ids(self, collection: str) -> list[PassageId]:
        """Return the ids of all passages of a collection, ascending."""
        rows = self._connection.execute(
            "SELECT p.id FROM passages p JOIN articles a ON a.id = p.article_id "
            "WHERE a.collection_id = ? ORDER BY p.id",
            (self.collection_id(collection),),
        )
        return [PassageId(row[0]) for row in rows]

    def passage_ids_of(self, articles: Sequence[ArticleId]) -> list[PassageId]:
        """Return the ids of the passages of some articles, ascending."""
        found: list[PassageId] = []
        for at in range(0, len(articles), 500):
            part = articles[at : at + 500]
            marks = ",".join("?" * len(part))
            rows = self._connection.execute(
                f"SELECT id FROM passages WHERE article_id IN ({marks})",  # noqa: S608 - only marks
                tuple(part),
            )
            found.extend(PassageId(row[0]) for row in rows)
        return sorted(found)

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

    def filtered_articles(self, collection: str, filters: Filters) -> list[ArticleId] | None:
        """Return the articles that pass the filters; ``None`` means all of them.

        Raises:
            ArticleNotFound: The filter names an article that is not here.
        """
        if filters == Filters():
            return None
        conditions, values = ["c.name = ?"], [collection]
        if filters.article_ids:
            rows = [self.article(collection, public_id).id for public_id in filters.article_ids]
            conditions.append(f"a.id IN ({','.join(str(int(row)) for row in rows)})")
        for condition, value in (
            ("lower(a.site) = lower(?)", filters.site),
            ("a.published >= ?", filters.since and filters.since.isoformat()),
            ("a.published <= ?", filters.until and filters.until.isoformat()),
        ):
            if value:
                conditions.append(condition)
                values.append(value)
        return [article.id for article in self._articles(" AND ".join(conditions), tuple(values))]

    def words_matching(
        self, collection: str, query: str, limit: int, among: Sequence[ArticleId] | None = None
    ) -> list[tuple[PassageId, float]]:
        """Return passages by BM25, best first; higher is better. *query* comes from ``words.py``."""
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

    def quotations(self, collection: str, article: ArticleId | None = None) -> list[Quotation]:
        """Return the quotations of a collection, or of one article, in the order of the texts."""
        only = "AND a.id = ?" if article is not None else ""
        rows = self._connection.execute(
            f'SELECT {ARTICLE_COLUMNS}, q.start, q."end", substr(a.text, q.start + 1, q."end" - q.start), '  # noqa: S608
            "q.speaker, q.speaker_start, q.speaker_end, q.cue_start, q.cue_end "
            "FROM quotations q JOIN articles a ON a.id = q.article_id JOIN collections c "
            f"ON c.id = a.collection_id WHERE c.name = ? {only} ORDER BY a.id DESC, q.start",
            (collection, article) if article is not None else (collection,),
        )
        return [
            Quotation(
                article_of(row[:12]),
                Span(row[12], row[13]),
                row[14],
                row[15],
                _span(row[16], row[17]),
                _span(row[18], row[19]),
            )
            for row in rows
        ]

    def speakers(self, article: ArticleId) -> list[tuple[Span, str]]:
        """Return the quotations of an article whose speaker is known: the words' span, and who."""
        rows = self._connection.execute(
            'SELECT start, "end", speaker FROM quotations WHERE article_id = ? AND speaker IS NOT NULL',
            (article,),
        )
        return [(Span(start, end), str(speaker)) for start, end, speaker in rows]

    def _articles(self, condition: str, values: tuple[object, ...], rest: str = "") -> list[Article]:
        rows = self._connection.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles a JOIN collections c ON c.id = a.collection_id "  # noqa: S608
            f"WHERE {condition} {rest}",
            values,
        )
        return [article_of(row) for row in rows]


def digest_of(text: str) -> str:
    """Return the SHA-256 of the text, which names this version of it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def token_vectors(blob: bytes | None, dimension: int) -> TokenVectors | None:
    """Return the token vectors kept in a blob, shape ``(tokens, dimension)``."""
    return (
        None if blob is None or not dimension else np.frombuffer(blob, dtype=np.int8).reshape(-1, dimension)
    )


def article_of(row: Sequence[object]) -> Article:
    """Build an article from ``ARTICLE_COLUMNS``."""
    (one, collection, public_id, title, author, site, url, published, added_at, language, digest, chars) = row
    return Article(
        id=ArticleId(int(str(one))),
        collection=str(collection),
        public_id=str(public_id),
        title=str(title),
        author=None if author is None else str(author),
        site=None if site is None else str(site),
        url=None if url is None else str(url),
        published=None if published is None else date.fromisoformat(str(published)),
        added_at=datetime.fromisoformat(str(added_at)),
        language=None if language is None else str(language),
        digest=str(digest),
        chars=int(str(chars)),
    )


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)
