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
from retrieval.errors import ArticleNotFound, LibraryFull, StorageError
from retrieval.messages import message
from retrieval.protocols import Encoded
from retrieval.runtime import Slices
from retrieval.storage.article_reader import digest_of
from retrieval.storage.erasure import erase_from_answers
from retrieval.storage.passage_reader import SearchReader
from retrieval.storage.token_codes import encode_tokens
from retrieval.text import SAME_SHARE, Signature, bands_of, estimate_jaccard, segment_words, signature_of

_SLICE_PASSAGES = 200
"""Passages that are made ready for the database in one slice: some ten milliseconds."""
_VECTORS_A_SLICE = 1_000
"""Vectors that are copied into pgvector in one slice: some tenths of a second."""


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
                None if tokens is None else encode_tokens(tokens),
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
            ids = self._insert_passages(collection_id, row, passages)
            self._connection.executemany(
                'INSERT INTO quotations (article_id, start, "end", speaker, speaker_start, speaker_end, '
                "cue_start, cue_end) VALUES (:article, :start, :end, :speaker, :speaker_start, "
                ":speaker_end, :cue_start, :cue_end)",
                [_quotation_row(row, quotation) for quotation in quotations],
            )
            self._write_blocks(row, digest_of(new.text), new.blocks)
            self._join_copies(collection_id, row, signature)
            self.count_change(collection_id, removes=bool(removed))
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
            self._connection.execute(
                "INSERT INTO structures (article_id, digest, blocks) VALUES (:id, :digest, :blocks)",
                {"id": row, "digest": digest, "blocks": rows},
            )

    def remove(self, article: Article) -> list[PassageId]:
        """Delete an article with its versions, and what answers say of it; return the ids of its passages."""
        with self.transaction():
            ids = self._delete_passages(article)
            self._connection.execute("DELETE FROM articles WHERE id = :id", {"id": article.id})
            collection_id = self.collection_id(article.collection)
            if collection_id is not None:
                self.count_change(collection_id, removes=True)
                erase_from_answers(self._connection, collection_id, article.title)
        return ids

    def make_vectors(self, collection: str, dimension: int) -> Generator[tuple[int, int], None, None]:
        """Have the database itself search the vectors of a collection; yield how many of how many it holds.

        Can be broken off at any moment, and begun again. The last step, the index, is the longest.

        Raises:
            StorageError: It cannot: there is no pgvector, or the user may not install it.
        """
        number = self.collection_id(collection)
        vectors = None if number is None else self.vectors_in_database(number)
        if vectors is None or not vectors.can_be_made():
            raise StorageError(
                message(
                    "The database cannot search vectors: it needs PostgreSQL with the extension pgvector. "
                    "Install it there, or set FOOTNOTE_VECTOR_SEARCH=faiss."
                )
            )
        with self.transaction():
            vectors.begin(dimension)
        missing = vectors.find_missing()
        for at in range(0, len(missing), _VECTORS_A_SLICE):
            yield at, len(missing)
            with self.transaction():
                vectors.copy(missing[at : at + _VECTORS_A_SLICE])
        yield len(missing), len(missing)
        try:
            vectors.build()
        except self._place.errors as error:
            raise self._place.explain_write(error) from error

    def purge(self, collection: str) -> Generator[None, None, None]:
        """Overwrite what the word index and the log still hold of removed articles, a slice at a time."""
        collection_id = self.collection_id(collection)
        if collection_id is not None:
            yield from self.words(collection_id).merge()
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
                    "This library has reached its limit of {limit:,} articles. Remove some, or raise "
                    "FOOTNOTE_MAX_ARTICLES.",
                    limit=max_articles,
                )
            )

    def _insert_row(self, collection_id: int, new: NewArticle) -> ArticleId:
        is_given = new.given_id is not None and not new.id_is_ours
        inserted = self._connection.execute(
            "INSERT INTO articles (collection_id, public_id, given, title, author, site, url, published, "
            "added_at, language, digest, text, updated, page_starts) "
            "VALUES (:collection_id, :public_id, :given, :title, :author, :site, :url, :published, "
            ":added_at, :language, :digest, :text, :updated, :page_starts) RETURNING id",
            {
                "collection_id": collection_id,
                "public_id": new.given_id if is_given else f"new-{datetime.now(UTC).timestamp()}",
                "given": int(is_given),
                **_article_row(new),
            },
        )
        row = ArticleId(inserted.fetchone()[0])
        if not is_given:
            public_id = new.given_id or f"a{row}"
            if self._is_taken(collection_id, public_id):
                public_id = f"a{row}"
            while self._is_taken(collection_id, public_id):
                public_id += "x"  # somebody imported an article under this very id
            self._connection.execute(
                "UPDATE articles SET public_id = :public_id WHERE id = :id",
                {"public_id": public_id, "id": row},
            )
        return row

    def _is_taken(self, collection_id: int, public_id: str) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM articles WHERE collection_id = :collection_id AND public_id = :public_id",
            {"collection_id": collection_id, "public_id": public_id},
        ).fetchone()
        return found is not None

    def _replace_row(self, collection_id: int, old: Article, new: NewArticle) -> list[PassageId]:
        values = {"id": old.id, "digest": digest_of(new.text), "now": _now()}
        # Deleted first, so that a text that comes back and goes again counts as the newest.
        self._connection.execute(
            "DELETE FROM versions WHERE article_id = :id AND digest IN (:digest, :old)",
            {**values, "old": old.digest},
        )
        self._connection.execute(
            "INSERT INTO versions (article_id, digest, text, page_starts, replaced_at) "
            "SELECT id, digest, text, page_starts, :now FROM articles WHERE id = :id AND digest <> :digest",
            values,
        )
        removed = self._delete_passages(old)
        self._connection.execute(
            "UPDATE articles SET title = :title, author = :author, site = :site, url = :url, "
            "published = :published, added_at = :added_at, language = :language, digest = :digest, "
            "text = :text, updated = :updated, page_starts = :page_starts "
            "WHERE id = :id AND collection_id = :collection_id",
            {**_article_row(new, since=old), "id": old.id, "collection_id": collection_id},
        )
        self._connection.execute("DELETE FROM quotations WHERE article_id = :id", {"id": old.id})
        return removed

    def _join_copies(self, collection_id: int, row: ArticleId, signature: Signature | None) -> None:
        """Give the article the number of the source it is a copy of, or one of its own."""
        self._connection.execute("DELETE FROM bands WHERE article_id = :id", {"id": row})
        source = None if signature is None else self._source_like(collection_id, row, signature)
        if source is None:
            (taken,) = self._connection.execute(
                "SELECT count(*) FROM articles "
                "WHERE collection_id = :collection_id AND source = :id AND id <> :id",
                {"collection_id": collection_id, "id": row},
            ).fetchone()
            source = self._unused_source() if taken else row
        blob = None if signature is None else signature.astype("<u4").tobytes()
        self._connection.execute(
            "UPDATE articles SET source = :source, signature = :signature WHERE id = :id",
            {"source": source, "signature": blob, "id": row},
        )
        if signature is not None:
            self._connection.executemany(
                "INSERT INTO bands (collection_id, band, article_id) VALUES (:collection_id, :band, :id) "
                "ON CONFLICT DO NOTHING",
                [{"collection_id": collection_id, "band": band, "id": row} for band in bands_of(signature)],
            )

    def _unused_source(self) -> int:
        """Return a negative number, which is no article's id, so that none given later can be the same."""
        (lowest,) = self._connection.execute("SELECT min(source) FROM articles").fetchone()
        return int(min(0, lowest)) - 1

    def _source_like(self, collection_id: int, row: ArticleId, signature: Signature) -> int | None:
        """Return the number of the source that most resembles the text, if one does enough."""
        rows = self._connection.execute(
            "SELECT source, signature FROM articles WHERE id <> :id AND id IN "
            "(SELECT article_id FROM bands WHERE collection_id = :collection_id AND band IN :bands)",
            {"id": row, "collection_id": collection_id, "bands": bands_of(signature)},
        )
        like = [
            (estimate_jaccard(signature, np.frombuffer(blob, dtype="<u4")), -source) for source, blob in rows
        ]
        share, negative = max(like, default=(0.0, 0))
        return -negative if share >= SAME_SHARE else None

    def _delete_passages(self, article: Article) -> list[PassageId]:
        ids = self.passage_ids_of([article.id])
        collection_id = self.collection_id(article.collection)
        if collection_id is not None:
            self.words(collection_id).remove(ids)
        self._connection.execute("DELETE FROM passages WHERE article_id = :id", {"id": article.id})
        return ids

    def _insert_passages(
        self, collection_id: int, row: ArticleId, passages: Sequence[PassageRow]
    ) -> list[PassageId]:
        """Write all passages of an article that has none; ids ascend in their order."""
        self._connection.executemany(
            'INSERT INTO passages (article_id, start, "end", vector, tokens) '
            "VALUES (:article, :start, :end, :vector, :tokens)",
            [
                {
                    "article": row,
                    "start": passage.span.start,
                    "end": passage.span.end,
                    "vector": passage.vector,
                    "tokens": passage.tokens,
                }
                for passage in passages
            ],
        )
        ids = self.passage_ids_of([row])
        self.words(collection_id).add(
            [(one, passage.words) for one, passage in zip(ids, passages, strict=True)]
        )
        vectors = self.vectors_in_database(collection_id)
        if vectors is not None and vectors.is_begun():
            vectors.add(ids, [passage.vector for passage in passages])
        return ids


def _article_row(new: NewArticle, since: Article | None = None) -> dict[str, object]:
    """Return the columns; an article whose text stays keeps the time at which it was added."""
    digest = digest_of(new.text)
    stays = since is not None and since.digest == digest
    return {
        "title": new.title,
        "author": new.author,
        "site": new.site,
        "url": new.url,
        "published": new.published.isoformat() if new.published else None,
        "added_at": since.added_at.isoformat() if since is not None and stays else _now(),
        "language": new.language,
        "digest": digest,
        "text": new.text,
        "updated": new.updated.isoformat() if new.updated else None,
        "page_starts": json.dumps(new.page_starts) if new.page_starts else None,
    }


def _quotation_row(row: ArticleId, quotation: NewQuotation) -> dict[str, object]:
    speaker, cue = quotation.speaker_span, quotation.cue_span
    return {
        "article": row,
        "start": quotation.span.start,
        "end": quotation.span.end,
        "speaker": quotation.speaker,
        "speaker_start": speaker and speaker.start,
        "speaker_end": speaker and speaker.end,
        "cue_start": cue and cue.start,
        "cue_end": cue and cue.end,
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
