"""The truth: one SQLite file with articles, passages, vectors and quotations.

All SQL about articles is here and in ``answer_records.py`` and ``catalog.py``. Only ever used on
the lane, except ``catalog.py``. Everything about one article is written in one transaction, so a
process killed at any moment loses at most the article being added.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from retrieval.domain import Article, ArticleId, Filters, NewArticle, Passage, PassageId, Quotation, Span
from retrieval.errors import ArticleNotFound, LibraryFull, StorageError
from retrieval.migrations import create_words_table, migrate
from retrieval.seams import Encoded, TokenVectors, Vector
from retrieval.words import indexed_words

FILE_NAME = "footnote.sqlite3"
BUSY_TIMEOUT_S = 30
ARTICLE_COLUMNS = (
    "a.id, c.name, a.public_id, a.title, a.author, a.site, a.url, a.published, a.added_at, "
    "a.language, a.digest, length(a.text)"
)
_FULL_CODES = {sqlite3.SQLITE_FULL}


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage on its way in."""

    span: Span
    encoded: Encoded


@dataclass(frozen=True, slots=True)
class NewQuotation:
    """A quotation on its way in."""

    span: Span
    speaker: str | None
    speaker_span: Span | None
    cue_span: Span | None


def digest_of(text: str) -> str:
    """Return the SHA-256 of the text, which names this version of it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class ArticleStore:
    """Reads and writes articles. Not thread-safe; belongs to the lane."""

    def __init__(self, folder: Path) -> None:
        """Open or create the database in *folder*.

        Raises:
            StorageError: The folder cannot be written, or the file is no library.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                folder / FILE_NAME, isolation_level=None, timeout=BUSY_TIMEOUT_S, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            migrate(self._connection)
        except (OSError, sqlite3.Error) as error:
            raise StorageError(
                f"The library in {folder} cannot be opened. Check that the folder exists, that you may "
                "write to it and that there is room, or choose another with --data."
            ) from error

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for the other files that hold SQL."""
        return self._connection

    def close(self) -> None:
        """Close the database; the write-ahead log is folded in."""
        self._connection.close()

    def data_version(self) -> int:
        """Return a number that changes when another process wrote."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything inside, or nothing.

        Raises:
            LibraryFull: The disk is full.
            StorageError: The database cannot be written.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if getattr(error, "sqlite_errorcode", None) in _FULL_CODES:
                raise LibraryFull(
                    "The disk is full; nothing was changed. Make room and try again."
                ) from error
            raise StorageError(
                "The library could not be written; nothing was changed. "
                "Check the folder's permissions and its disk, then try again."
            ) from error

    # -- collections -------------------------------------------------------

    def collection_id(self, name: str) -> int | None:
        """Return the collection's row, or ``None`` while it holds nothing."""
        row = self._connection.execute("SELECT id FROM collections WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else None

    def collections(self) -> list[str]:
        """Return the names of all collections."""
        return [name for (name,) in self._connection.execute("SELECT name FROM collections ORDER BY id")]

    def ensure_collection(self, name: str) -> int:
        """Return the collection's row, making it if need be. Inside a transaction."""
        self._connection.execute("INSERT OR IGNORE INTO collections (name) VALUES (?)", (name,))
        found = self.collection_id(name)
        assert found is not None
        create_words_table(self._connection, found)
        return found

    # -- articles ----------------------------------------------------------

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

    def insert(
        self,
        collection: str,
        new: NewArticle,
        passages: Sequence[NewPassage],
        quotations: Sequence[NewQuotation],
        *,
        instead_of: Article | None = None,
    ) -> tuple[Article, list[PassageId]]:
        """Write an article with everything about it in one transaction.

        With *instead_of*, that article keeps its ids and its old text becomes a version.
        """
        with self.transaction():
            collection_id = self.ensure_collection(collection)
            if instead_of is None:
                row = self._insert_row(collection_id, new)
            else:
                row = instead_of.id
                self._replace_row(collection_id, instead_of, new)
            ids = [self._insert_passage(collection_id, row, new, passage) for passage in passages]
            self._connection.executemany(
                'INSERT INTO quotations (article_id, start, "end", speaker, speaker_start, speaker_end, '
                "cue_start, cue_end) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [_quotation_row(row, quotation) for quotation in quotations],
            )
        return self.articles_by_row([row])[row], ids

    def remove(self, article: Article) -> list[PassageId]:
        """Delete an article with its versions; return the ids its passages had."""
        with self.transaction():
            ids = self._delete_passages(article)
            self._connection.execute("DELETE FROM articles WHERE id = ?", (article.id,))
        return ids

    def _articles(self, condition: str, values: tuple[object, ...], rest: str = "") -> list[Article]:
        rows = self._connection.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles a JOIN collections c ON c.id = a.collection_id "  # noqa: S608
            f"WHERE {condition} {rest}",
            values,
        )
        return [article_of(row) for row in rows]

    def _insert_row(self, collection_id: int, new: NewArticle) -> ArticleId:
        cursor = self._connection.execute(
            "INSERT INTO articles (collection_id, public_id, given, title, author, site, url, published, "
            "added_at, language, digest, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                collection_id,
                new.given_id if new.given_id is not None else f"new-{datetime.now(UTC).timestamp()}",
                new.given_id is not None,
                *_article_row(new),
            ),
        )
        row = ArticleId(cursor.lastrowid or 0)
        if new.given_id is None:
            public_id = f"a{row}"
            while self._connection.execute(
                "SELECT 1 FROM articles WHERE collection_id = ? AND public_id = ?", (collection_id, public_id)
            ).fetchone():
                public_id += "x"  # somebody imported an article under this very id
            self._connection.execute("UPDATE articles SET public_id = ? WHERE id = ?", (public_id, row))
        return row

    def _replace_row(self, collection_id: int, old: Article, new: NewArticle) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO versions (article_id, digest, text, replaced_at) "
            "SELECT id, digest, text, ? FROM articles WHERE id = ? AND digest != ?",
            (_now(), old.id, digest_of(new.text)),
        )
        self._connection.execute(
            "DELETE FROM versions WHERE article_id = ? AND digest = ?", (old.id, digest_of(new.text))
        )
        self._delete_passages(old)
        self._connection.execute(
            "UPDATE articles SET title = ?, author = ?, site = ?, url = ?, published = ?, added_at = ?, "
            "language = ?, digest = ?, text = ? WHERE id = ? AND collection_id = ?",
            (*_article_row(new), old.id, collection_id),
        )
        self._connection.execute("DELETE FROM quotations WHERE article_id = ?", (old.id,))

    def _delete_passages(self, article: Article) -> list[PassageId]:
        ids = self.passage_ids_of([article.id])
        collection_id = self.collection_id(article.collection)
        self._connection.executemany(
            f"DELETE FROM words_{collection_id} WHERE rowid = ?",  # noqa: S608 - an integer of our own
            [(one,) for one in ids],
        )
        self._connection.execute("DELETE FROM passages WHERE article_id = ?", (article.id,))
        return ids

    def _insert_passage(
        self, collection_id: int, row: ArticleId, new: NewArticle, passage: NewPassage
    ) -> PassageId:
        tokens = passage.encoded.tokens
        cursor = self._connection.execute(
            'INSERT INTO passages (article_id, start, "end", vector, tokens) VALUES (?, ?, ?, ?, ?)',
            (
                row,
                passage.span.start,
                passage.span.end,
                passage.encoded.vector.astype("<f2").tobytes(),
                None if tokens is None else tokens.tobytes(),
            ),
        )
        self._connection.execute(
            f"INSERT INTO words_{collection_id} (rowid, words) VALUES (?, ?)",  # noqa: S608
            (cursor.lastrowid, indexed_words(f"{new.title}\n{passage.span.of(new.text)}")),
        )
        return PassageId(cursor.lastrowid or 0)

    # -- passages ----------------------------------------------------------

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

    def vectors(self, ids: Sequence[PassageId], dimension: int) -> Vector:
        """Return the vectors of passages, in the order of *ids*, shape ``(len(ids), dimension)``."""
        out = np.empty((len(ids), dimension), dtype=np.float32)
        for row, one in enumerate(ids):
            (blob,) = self._connection.execute("SELECT vector FROM passages WHERE id = ?", (one,)).fetchone()
            out[row] = np.frombuffer(blob, dtype="<f2")
        return out

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
            only = f"AND rowid IN (SELECT id FROM passages WHERE article_id IN ({rows}))"
        found = self._connection.execute(
            f"SELECT rowid, -bm25({table}) FROM {table} WHERE {table} MATCH ? {only} "  # noqa: S608
            "ORDER BY bm25(" + table + ") LIMIT ?",
            (query, limit),
        )
        return [(PassageId(one), float(score)) for one, score in found]

    # -- quotations --------------------------------------------------------

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

    # -- notes -------------------------------------------------------------

    def note(self, key: str) -> str | None:
        """Return a small fact kept with the library."""
        row = self._connection.execute("SELECT value FROM notes WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def set_note(self, key: str, value: str) -> None:
        """Keep a small fact with the library."""
        with self.transaction():
            self._connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (key, value))


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


def _article_row(new: NewArticle) -> tuple[object, ...]:
    return (
        new.title,
        new.author,
        new.site,
        new.url,
        new.published.isoformat() if new.published else None,
        _now(),
        new.language,
        digest_of(new.text),
        new.text,
    )


def _quotation_row(row: ArticleId, quotation: NewQuotation) -> tuple[object, ...]:
    speaker, cue = quotation.speaker_span, quotation.cue_span
    return (
        row,
        quotation.span.start,
        quotation.span.end,
        quotation.speaker,
        speaker and speaker.start,
        speaker and speaker.end,
        cue and cue.start,
        cue and cue.end,
    )


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def token_vectors(blob: bytes | None, dimension: int) -> TokenVectors | None:
    """Return the token vectors kept in a blob, shape ``(tokens, dimension)``."""
    return (
        None if blob is None or not dimension else np.frombuffer(blob, dtype=np.int8).reshape(-1, dimension)
    )
