"""Writing the library: everything about one article in one transaction.

A process killed at any moment loses at most the article being added.
"""

import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import EllipsisType

import numpy as np

from retrieval.domain import Article, ArticleId, Block, NewArticle, PassageId, Span, block_rows
from retrieval.errors import ArticleNotFound, LibraryFull
from retrieval.messages import message
from retrieval.protocols import Encoded
from retrieval.runtime import Slices
from retrieval.storage.article_reader import digest_of
from retrieval.storage.erasure import erase_from_answers, merge_words
from retrieval.storage.passage_reader import SearchReader
from retrieval.text import SAME_SHARE, Signature, bands_of, estimate_jaccard, segment_words, signature_of

_SLICE_PASSAGES = 200
"""Passages that are made ready for the database in one slice: some ten milliseconds."""


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage on its way in."""

    span: Span
    encoded: Encoded


@dataclass(frozen=True, slots=True)
class PassageRow:
    """What the database keeps of a passage."""

    span: Span
    vector: bytes
    tokens: bytes | None
    words: str
    """For the word index: title and text, with words of scripts without spaces apart."""


def passage_rows(new: NewArticle, passages: Sequence[NewPassage]) -> Slices[list[PassageRow]]:
    """Return the passages as they are written, in slices, since a book has thousands."""
    rows: list[PassageRow] = []
    for at, passage in enumerate(passages, start=1):
        tokens = passage.encoded.tokens
        rows.append(
            PassageRow(
                passage.span,
                passage.encoded.vector.astype("<f2").tobytes(),
                None if tokens is None else tokens.tobytes(),
                segment_words(f"{new.title}\n{passage.span.of(new.text)}"),
            )
        )
        if at % _SLICE_PASSAGES == 0:
            yield
    return rows


@dataclass(frozen=True, slots=True)
class NewQuotation:
    """A quotation on its way in."""

    span: Span
    speaker: str | None
    speaker_span: Span | None
    cue_span: Span | None


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of an article that was written."""

    article: Article
    passages: tuple[PassageId, ...]
    removed: tuple[PassageId, ...]
    """Passages of the version it replaced; no index may keep them."""
    replaced: bool


class ArticleStore(SearchReader):
    """The truth. Not thread-safe; belongs to the lane."""

    def insert(
        self,
        collection: str,
        new: NewArticle,
        passages: Sequence[PassageRow],
        quotations: Sequence[NewQuotation],
        *,
        rewritten: Article | None = None,
        max_articles: int | None = None,
        signature: Signature | EllipsisType | None = ...,
    ) -> Stored:
        """Write an article with everything about it in one transaction.

        Whether it is new is asked again inside, because somebody else may have added it meanwhile.
        One that is not keeps its ids, and its old text becomes a version. *rewritten* names the
        article outright, for one made anew from its own text. *signature* is that of the text, where
        it was made before, since it takes long for a long text.

        Raises:
            ArticleNotFound: *rewritten* was removed.
            LibraryFull: The collection holds *max_articles* already, or the disk is full.
        """
        if isinstance(signature, EllipsisType):
            signature = signature_of(new.text)
        with self.transaction():
            collection_id = self.ensure_collection(collection)
            old = self.find_same(collection, new) if rewritten is None else self._still_there(rewritten)
            if old is None:
                self.check_room(collection, max_articles)
                row, removed = self._insert_row(collection_id, new), []
            else:
                row, removed = old.id, self._replace_row(collection_id, old, new)
            ids = [self._insert_passage(collection_id, row, passage) for passage in passages]
            self._connection.executemany(
                'INSERT INTO quotations (article_id, start, "end", speaker, speaker_start, speaker_end, '
                "cue_start, cue_end) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [_quotation_row(row, quotation) for quotation in quotations],
            )
            self._write_blocks(row, digest_of(new.text), new.blocks)
            self._join_copies(collection_id, row, signature)
            article = self.articles_by_row([row])[row]
        return Stored(article, tuple(ids), tuple(removed), replaced=old is not None)

    def set_blocks(self, article: Article, blocks: Sequence[Block]) -> None:
        """Replace the blocks of an article whose text stays as it is."""
        with self.transaction():
            self._write_blocks(article.id, article.digest, blocks)

    def _write_blocks(self, row: ArticleId, digest: str, blocks: Sequence[Block]) -> None:
        """Write the blocks of a text; those of texts that are no version any more go."""
        self._connection.execute(
            "DELETE FROM structures WHERE article_id = :id AND (digest = :digest OR digest NOT IN "
            "(SELECT digest FROM versions WHERE article_id = :id))",
            {"id": row, "digest": digest},
        )
        if blocks:
            rows = json.dumps(block_rows(blocks), ensure_ascii=False, separators=(",", ":"))
            self._connection.execute("INSERT INTO structures VALUES (?, ?, ?)", (row, digest, rows))

    def remove(self, article: Article) -> list[PassageId]:
        """Delete an article with its versions, and what answers say of it; return the ids of its passages."""
        with self.transaction():
            ids = self._delete_passages(article)
            self._connection.execute("DELETE FROM articles WHERE id = ?", (article.id,))
            collection_id = self.collection_id(article.collection)
            if collection_id is not None:
                erase_from_answers(self._connection, collection_id, article.title)
        return ids

    def purge(self, collection: str) -> Generator[None, None, None]:
        """Overwrite what the word index and the log still hold of removed articles, a slice at a time."""
        collection_id = self.collection_id(collection)
        if collection_id is not None:
            yield from merge_words(self._connection, collection_id)
        self.fold_in()

    def _still_there(self, article: Article) -> Article:
        found = self.articles_by_row([article.id]).get(article.id)
        if found is None:
            raise ArticleNotFound("That article was removed meanwhile. Nothing is left to do.")
        return found

    def check_room(self, collection: str, max_articles: int | None) -> None:
        """Raise ``LibraryFull`` if the collection holds *max_articles* already."""
        if max_articles is not None and self.count(collection) >= max_articles:
            raise LibraryFull(
                message(
                    "This library holds its limit of {limit:,} articles. Remove some, or raise "
                    "FOOTNOTE_MAX_ARTICLES.",
                    limit=max_articles,
                )
            )

    def _insert_row(self, collection_id: int, new: NewArticle) -> ArticleId:
        is_given = new.given_id is not None and not new.id_is_ours
        cursor = self._connection.execute(
            "INSERT INTO articles (collection_id, public_id, given, title, author, site, url, published, "
            "added_at, language, digest, text, updated, page_starts) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                collection_id,
                new.given_id if is_given else f"new-{datetime.now(UTC).timestamp()}",
                is_given,
                *_article_row(new),
            ),
        )
        row = ArticleId(cursor.lastrowid or 0)
        if not is_given:
            public_id = new.given_id or f"a{row}"
            if self._is_taken(collection_id, public_id):
                public_id = f"a{row}"
            while self._is_taken(collection_id, public_id):
                public_id += "x"  # somebody imported an article under this very id
            self._connection.execute("UPDATE articles SET public_id = ? WHERE id = ?", (public_id, row))
        return row

    def _is_taken(self, collection_id: int, public_id: str) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM articles WHERE collection_id = ? AND public_id = ?", (collection_id, public_id)
        ).fetchone()
        return found is not None

    def _replace_row(self, collection_id: int, old: Article, new: NewArticle) -> list[PassageId]:
        self._connection.execute(
            "INSERT OR REPLACE INTO versions (article_id, digest, text, page_starts, replaced_at) "
            "SELECT id, digest, text, page_starts, ? FROM articles WHERE id = ? AND digest != ?",
            (_now(), old.id, digest_of(new.text)),
        )
        self._connection.execute(
            "DELETE FROM versions WHERE article_id = ? AND digest = ?", (old.id, digest_of(new.text))
        )
        removed = self._delete_passages(old)
        self._connection.execute(
            "UPDATE articles SET title = ?, author = ?, site = ?, url = ?, published = ?, added_at = ?, "
            "language = ?, digest = ?, text = ?, updated = ?, page_starts = ? "
            "WHERE id = ? AND collection_id = ?",
            (*_article_row(new, since=old), old.id, collection_id),
        )
        self._connection.execute("DELETE FROM quotations WHERE article_id = ?", (old.id,))
        return removed

    def _join_copies(self, collection_id: int, row: ArticleId, signature: Signature | None) -> None:
        """Give the article the number of the source it is a copy of, or one of its own."""
        self._connection.execute("DELETE FROM bands WHERE article_id = ?", (row,))
        source = None if signature is None else self._source_like(collection_id, row, signature)
        if source is None:
            (taken,) = self._connection.execute(
                "SELECT count(*) FROM articles WHERE collection_id = ? AND source = ? AND id != ?",
                (collection_id, row, row),
            ).fetchone()
            # Negative numbers are no article's id, so that none given later can be the same.
            (lowest,) = self._connection.execute("SELECT min(0, min(source)) FROM articles").fetchone()
            source = lowest - 1 if taken else row
        blob = None if signature is None else signature.astype("<u4").tobytes()
        self._connection.execute(
            "UPDATE articles SET source = ?, signature = ? WHERE id = ?", (source, blob, row)
        )
        if signature is not None:
            self._connection.executemany(
                "INSERT OR IGNORE INTO bands VALUES (?, ?, ?)",
                [(collection_id, band, row) for band in bands_of(signature)],
            )

    def _source_like(self, collection_id: int, row: ArticleId, signature: Signature) -> int | None:
        """Return the number of the source that most resembles the text, if one does enough."""
        bands = bands_of(signature)
        rows = self._connection.execute(
            "SELECT source, signature FROM articles WHERE id != ? AND id IN (SELECT article_id FROM bands "  # noqa: S608
            f"WHERE collection_id = ? AND band IN ({','.join('?' * len(bands))}))",
            (row, collection_id, *bands),
        )
        like = [
            (estimate_jaccard(signature, np.frombuffer(blob, dtype="<u4")), -source) for source, blob in rows
        ]
        share, negative = max(like, default=(0.0, 0))
        return -negative if share >= SAME_SHARE else None

    def _delete_passages(self, article: Article) -> list[PassageId]:
        ids = self.passage_ids_of([article.id])
        collection_id = self.collection_id(article.collection)
        self._connection.executemany(
            f"DELETE FROM words_{collection_id} WHERE rowid = ?",  # noqa: S608 - an integer of our own
            [(one,) for one in ids],
        )
        self._connection.execute("DELETE FROM passages WHERE article_id = ?", (article.id,))
        return ids

    def _insert_passage(self, collection_id: int, row: ArticleId, passage: PassageRow) -> PassageId:
        cursor = self._connection.execute(
            'INSERT INTO passages (article_id, start, "end", vector, tokens) VALUES (?, ?, ?, ?, ?)',
            (row, passage.span.start, passage.span.end, passage.vector, passage.tokens),
        )
        self._connection.execute(
            f"INSERT INTO words_{collection_id} (rowid, words) VALUES (?, ?)",  # noqa: S608
            (cursor.lastrowid, passage.words),
        )
        return PassageId(cursor.lastrowid or 0)


def _article_row(new: NewArticle, since: Article | None = None) -> tuple[object, ...]:
    """Return the columns; an article whose text stays keeps the time at which it was added."""
    digest = digest_of(new.text)
    stays = since is not None and since.digest == digest
    return (
        new.title,
        new.author,
        new.site,
        new.url,
        new.published.isoformat() if new.published else None,
        since.added_at.isoformat() if since is not None and stays else _now(),
        new.language,
        digest,
        new.text,
        new.updated.isoformat() if new.updated else None,
        json.dumps(new.page_starts) if new.page_starts else None,
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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
