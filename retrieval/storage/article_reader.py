"""Reading the library: articles, passages, vectors, quotations, and the full-text search.

With ``article_store.py``, ``answer_store.py`` and ``autocomplete.py`` the only files with SQL about articles.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from retrieval.domain import (
    Article,
    ArticleId,
    Block,
    NewArticle,
    PassageId,
    Quotation,
    Span,
    Version,
    read_block_rows,
)
from retrieval.errors import ArticleNotFound
from retrieval.messages import message
from retrieval.storage.connection import Values
from retrieval.storage.database import Database

ARTICLE_COLUMNS = (
    "a.id, c.name, a.public_id, a.title, a.author, a.site, a.url, a.published, a.added_at, "
    "a.language, a.digest, length(a.text), a.updated, a.page_starts, a.source, "
    "(SELECT count(*) FROM articles o WHERE o.collection_id = a.collection_id AND o.source = a.source) - 1, "
    "a.given"
)
_ALL = 2**62
_FIELDS = (
    "id", "collection", "public_id", "title", "author", "site", "url", "published", "added_at",
    "language", "digest", "chars", "updated", "page_starts", "source", "copies", "given",
)  # fmt: skip


class LibraryReader(Database):
    """Everything that can be asked of the database. Nothing here writes."""

    def find_same(self, collection: str, new: NewArticle) -> Article | None:
        """Return the article that *new* is another copy or version of.

        Same given id; else same address; else, if neither has an address, the same text.
        Articles with different given ids are different, whatever else they share.
        """
        queries: list[tuple[str, Values]] = []
        is_given = new.given_id is not None and not new.id_is_ours
        if is_given:
            queries.append(("a.public_id = :public_id", {"public_id": str(new.given_id)}))
        unless_given = " AND a.given = 0" if is_given else ""
        if new.url:
            queries.append(("a.url = :url" + unless_given, {"url": new.url}))
        else:
            same_text = "a.url IS NULL AND a.given = 0 AND a.digest = :digest"
            queries.append((same_text, {"digest": digest_of(new.text)}))
        for condition, values in queries:
            found = self._articles(
                f"c.name = :collection AND {condition}", {"collection": collection, **values}, "LIMIT 1"
            )
            if found:
                return found[0]
        return None

    def article(self, collection: str, public_id: str) -> Article:
        """Return one article.

        Raises:
            ArticleNotFound: The collection has none under this id.
        """
        found = self._articles(
            "c.name = :collection AND a.public_id = :public_id",
            {"collection": collection, "public_id": public_id},
        )
        if not found:
            raise ArticleNotFound(
                message(
                    "There is no article {article!r} here. Choose one from the list of articles.",
                    article=public_id,
                )
            )
        return found[0]

    def article_numbered(self, collection: str, number: int) -> Article:
        """Return the article with this row.

        Raises:
            ArticleNotFound: It was removed, or is of another collection.
        """
        found = (
            self._articles("c.name = :collection AND a.id = :id", {"collection": collection, "id": number})
            if number < 2**63
            else []
        )
        if not found:
            raise ArticleNotFound("That article is no longer here. See the list of articles.")
        return found[0]

    def article_at(self, collection: str, url: str) -> Article | None:
        """Return the article read from *url*, if there is one."""
        found = self._articles(
            "c.name = :collection AND a.url = :url", {"collection": collection, "url": url}, "LIMIT 1"
        )
        return found[0] if found else None

    def articles(self, collection: str, *, offset: int = 0, limit: int = -1) -> list[Article]:
        """Return articles, newest first."""
        # Any number that both databases take for "all": only SQLite knows a negative limit.
        part = {"limit": limit if limit >= 0 else _ALL, "offset": offset}
        return self._articles(
            "c.name = :collection",
            {"collection": collection, **part},
            "ORDER BY a.id DESC LIMIT :limit OFFSET :offset",
        )

    def articles_since(self, collection: str, moment: datetime) -> list[Article]:
        """Return articles that were added, or got a new text, at *moment* in UTC or later; newest first."""
        stamp = moment.isoformat(timespec="seconds")
        return self._articles(
            "c.name = :collection AND a.added_at >= :stamp",
            {"collection": collection, "stamp": stamp},
            "ORDER BY a.id DESC",
        )

    def articles_by_row(self, rows: Sequence[ArticleId]) -> dict[ArticleId, Article]:
        """Return articles by their rows, in that order; missing ones are left out."""
        found = {a.id: a for a in self._articles("a.id IN :rows", {"rows": list(rows)})}
        return {row: found[row] for row in rows if row in found}

    def count(self, collection: str) -> int:
        """Return how many articles a collection has."""
        row = self._connection.execute(
            "SELECT count(*) FROM articles WHERE collection_id = :collection_id",
            {"collection_id": self.collection_id(collection)},
        ).fetchone()
        return int(row[0])

    def list_added_before(self, collection: str, moment: datetime) -> list[str]:
        """Return the ids of articles that were added before *moment*, oldest first."""
        rows = self._connection.execute(
            "SELECT public_id FROM articles WHERE collection_id = :collection_id AND added_at < :stamp "
            "ORDER BY added_at, id",
            {
                "collection_id": self.collection_id(collection),
                "stamp": moment.astimezone(UTC).isoformat(timespec="seconds"),
            },
        )
        return [str(row[0]) for row in rows]

    def total(self) -> int:
        """Return how many articles all collections have together."""
        return int(self._connection.execute("SELECT count(*) FROM articles").fetchone()[0])

    def text(self, article: ArticleId, digest: str | None = None) -> str:
        """Return the stored text, or the version of it that *digest* names.

        Raises:
            ArticleNotFound: The article, or this version, was removed.
            LibraryDamaged: It is not the text that was added.
        """
        row = self._connection.execute(
            "SELECT text, digest FROM articles WHERE id = :id "
            "AND (CAST(:digest AS TEXT) IS NULL OR digest = :digest) "
            "UNION ALL SELECT text, digest FROM versions WHERE article_id = :id AND digest = :digest",
            {"id": article, "digest": digest},
        ).fetchone()
        if row is None:
            raise ArticleNotFound("That article was removed from the library. Ask again for newer sources.")
        return self._unaltered(article, *row)

    def texts(self, articles: Sequence[ArticleId]) -> dict[ArticleId, str]:
        """Return the stored texts of those articles that are still there.

        Raises:
            LibraryDamaged: One is not the text that was added.
        """
        rows = self._connection.execute(
            "SELECT id, text, digest FROM articles WHERE id IN :articles", {"articles": list(articles)}
        )
        return {ArticleId(one): self._unaltered(ArticleId(one), text, noted) for one, text, noted in rows}

    def _unaltered(self, article: ArticleId, text: str, noted: str) -> str:
        """Return the text if it is the one that was added: nothing else is ever quoted."""
        if digest_of(text) != noted:
            raise self._place.explain_altered(
                message("the text of the article in row {number} was altered", number=article)
            )
        return text

    def blocks(self, article: ArticleId, digest: str) -> tuple[Block, ...]:
        """Return the blocks that were read with a text of an article; none if only the text shows them.

        Blocks that make no sense for the text are none: they are an aid, and the text is the truth.
        """
        row = self._connection.execute(
            "SELECT blocks FROM structures WHERE article_id = :id AND digest = :digest",
            {"id": article, "digest": digest},
        ).fetchone()
        if row is None:
            return ()
        try:
            return read_block_rows(json.loads(row[0]), len(self.text(article, digest)))
        except ValueError:
            return ()

    def versions(self, article: ArticleId) -> list[Version]:
        """Return the texts an article had before, newest first."""
        rows = self._connection.execute(
            "SELECT digest, replaced_at, length(text) FROM versions WHERE article_id = :id "  # noqa: S608 - a dialect's word
            f"ORDER BY replaced_at DESC, {self._connection.dialect.oldest_first} DESC",
            {"id": article},
        )
        return [Version(digest, datetime.fromisoformat(when), chars) for digest, when, chars in rows]

    def version_pages(self, article: ArticleId, digest: str) -> tuple[int, ...]:
        """Return where the pages of an earlier text begin."""
        row = self._connection.execute(
            "SELECT page_starts FROM versions WHERE article_id = :id AND digest = :digest",
            {"id": article, "digest": digest},
        ).fetchone()
        return page_starts_of(row[0]) if row else ()

    def count_passages(self, collection: str) -> int:
        """Return how many passages a collection has."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM passages WHERE article_id IN "
            "(SELECT id FROM articles WHERE collection_id = :collection_id)",
            {"collection_id": self.collection_id(collection)},
        ).fetchone()
        return int(count)

    def passage_ids(self, collection: str, *, after: int = 0) -> list[PassageId]:
        """Return the ids of all passages of a collection, ascending; only those *after* a number."""
        rows = self._connection.execute(
            "SELECT p.id FROM passages p JOIN articles a ON a.id = p.article_id "
            "WHERE a.collection_id = :collection_id AND p.id > :after ORDER BY p.id",
            {"collection_id": self.collection_id(collection), "after": after},
        )
        return [PassageId(row[0]) for row in rows]

    def passage_ids_of(self, articles: Sequence[ArticleId]) -> list[PassageId]:
        """Return the ids of the passages of some articles, ascending."""
        rows = self._connection.execute(
            "SELECT id FROM passages WHERE article_id IN :articles ORDER BY id", {"articles": list(articles)}
        )
        return [PassageId(row[0]) for row in rows]

    def quotations(self, collection: str, article: ArticleId | None = None) -> list[Quotation]:
        """Return the quotations of a collection, or of one article, in the order of the texts."""
        only = "AND a.id = :article" if article is not None else ""
        rows = self._connection.execute(
            f'SELECT {ARTICLE_COLUMNS}, q.start, q."end", '  # noqa: S608
            'substr(a.text, CAST(q.start + 1 AS INTEGER), CAST(q."end" - q.start AS INTEGER)), '
            "q.speaker, q.speaker_start, q.speaker_end, q.cue_start, q.cue_end "
            "FROM quotations q JOIN articles a ON a.id = q.article_id JOIN collections c "
            f"ON c.id = a.collection_id WHERE c.name = :collection {only} ORDER BY a.id DESC, q.start",
            {"collection": collection, **({} if article is None else {"article": article})},
        )
        return [
            Quotation(
                article_of(row),
                Span(start, end),
                words,
                speaker,
                _span(speaker_start, speaker_end),
                _span(cue_start, cue_end),
            )
            for *row, start, end, words, speaker, speaker_start, speaker_end, cue_start, cue_end in rows
        ]

    def speakers(self, article: ArticleId) -> list[tuple[Span, str]]:
        """Return the quotations of an article whose speaker is known: the words' span, and who."""
        rows = self._connection.execute(
            'SELECT start, "end", speaker FROM quotations '
            "WHERE article_id = :id AND speaker IS NOT NULL ORDER BY id",
            {"id": article},
        )
        return [(Span(start, end), str(speaker)) for start, end, speaker in rows]

    def _articles(self, condition: str, values: Values, rest: str = "") -> list[Article]:
        rows = self._connection.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles a JOIN collections c ON c.id = a.collection_id "  # noqa: S608
            f"WHERE {condition} {rest}",
            values,
        )
        return [article_of(row) for row in rows]


def digest_of(text: str) -> str:
    """Return the SHA-256 of the text, which names this version of it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def article_of(row: Sequence[Any]) -> Article:
    """Build an article from ``ARTICLE_COLUMNS``."""
    fields = dict(zip(_FIELDS, row, strict=True))
    return Article(
        id=ArticleId(fields["id"]),
        collection=fields["collection"],
        public_id=fields["public_id"],
        title=fields["title"],
        author=fields["author"],
        site=fields["site"],
        url=fields["url"],
        published=_day(fields["published"]),
        added_at=datetime.fromisoformat(fields["added_at"]),
        language=fields["language"],
        digest=fields["digest"],
        chars=fields["chars"],
        updated=_day(fields["updated"]),
        page_starts=page_starts_of(fields["page_starts"]),
        source=fields["source"],
        copies=fields["copies"],
        given=bool(fields["given"]),
    )


def page_starts_of(column: str | None) -> tuple[int, ...]:
    """Read the column in which the beginnings of pages are kept."""
    return tuple(json.loads(column)) if column else ()


def _day(column: str | None) -> date | None:
    return None if column is None else date.fromisoformat(column)


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def unstored_article(new: NewArticle, collection: str) -> Article:
    """Return the article that *new* would be, without an id: nobody can ask the library for it."""
    return Article(
        id=ArticleId(0),
        collection=collection,
        public_id="",
        title=new.title,
        author=new.author,
        site=new.site,
        url=new.url,
        published=new.published,
        added_at=datetime.now(UTC),
        language=new.language,
        digest=digest_of(new.text),
        chars=len(new.text),
        updated=new.updated,
        page_starts=new.page_starts,
    )
