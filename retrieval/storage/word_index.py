"""Full text of SQLite: FTS5, one table a collection.

No query can cross collections so, and word statistics are a collection's own.
"""

import re
from collections.abc import Generator, Iterable, Sequence

from retrieval.domain import ArticleId, PassageId
from retrieval.storage.connection import Connection
from retrieval.text import word_set

MARK = "\x01"
_MARKED = re.compile(rf"([\w’'-]+\.?)[,;)’”]* {MARK}([^{MARK}]+){MARK}")
"""A highlighted word behind another one."""
TITLED = word_set("dr mr mrs ms prof sen rep gov st")
"""Words before names that end with a full stop."""
FEW_PASSAGES = 50
"""With 30,000 passages, a query of 12 words took 0.4 ms for each of a few passages, and 20 ms for all."""
MANY_PASSAGES = 8_000
"""Matches that are all ranked: 5 ms. Among more of them, those with the rarer words of a query come first."""
RARE_PASSAGES = 5_000
"""Matches of the rarer words, together. Of 100,000 passages a question matched 55,000, which took 33 ms,
three times what encoding it takes; now 11 ms, and the best 50 are the same but for 1 in 150. On SciFact,
with as small a share of its passages (1 in 20), recall@50 of the words alone goes from .898 to .891,
recall@10 from .811 to .809."""
MOST_COMMON = 10_000
"""Words that are remembered to be common."""
LEAST_RARE = 2
"""Words that are taken for rare however common they are."""
_PAGES = 64
"""Pages of the word index that are written anew in one slice: some ten milliseconds."""


class WordIndex:
    """The words of one collection's passages."""

    def __init__(self, connection: Connection, collection_id: int) -> None:
        self._connection = connection
        self._table = f"words_{int(collection_id)}"
        self._common: set[str] = set()
        """Words that too many passages hold; counting them takes longest."""

    def create(self) -> None:
        """Make the index if it is not there."""
        self._connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {self._table} "
            'USING fts5(words, tokenize = "porter unicode61 remove_diacritics 2")'
        )

    def drop(self) -> None:
        """Delete the index."""
        self._connection.execute(f"DROP TABLE IF EXISTS {self._table}")

    def add(self, words: Sequence[tuple[PassageId, str]]) -> None:
        """Add passages."""
        self._connection.executemany(
            f"INSERT INTO {self._table} (rowid, words) VALUES (:id, :words)",  # noqa: S608 - ours
            [{"id": one, "words": text} for one, text in words],
        )

    def remove(self, passages: Sequence[PassageId]) -> None:
        """Delete passages; their words stay on disk until ``merge``."""
        self._connection.executemany(
            f"DELETE FROM {self._table} WHERE rowid = :id",  # noqa: S608 - ours
            [{"id": one} for one in passages],
        )

    def passages(self) -> set[PassageId]:
        """Return all passages that are in it."""
        rows = self._connection.execute(f"SELECT rowid FROM {self._table}")  # noqa: S608 - ours
        return {PassageId(row[0]) for row in rows}

    def last_of(self, above: int, limit: int) -> PassageId | None:
        """Return the last of the first *limit* passages above a number; ``None`` if there are none."""
        (last,) = self._connection.execute(
            f"SELECT max(rowid) FROM (SELECT rowid FROM {self._table} WHERE rowid > :above "  # noqa: S608 - ours
            "ORDER BY rowid LIMIT :limit) AS next",
            {"above": above, "limit": limit},
        ).fetchone()
        return None if last is None else PassageId(last)

    def texts(self, above: int, up_to: int) -> dict[PassageId, str]:
        """Return the words of the passages above a number, up to another one, as they were added."""
        rows = self._connection.execute(
            f"SELECT rowid, words FROM {self._table} WHERE rowid > :above AND rowid <= :up_to",  # noqa: S608 - ours
            {"above": above, "up_to": up_to},
        )
        return {PassageId(one): str(words) for one, words in rows}

    def matching(
        self, query: str, limit: int, among: Sequence[ArticleId] | None = None
    ) -> list[tuple[PassageId, float]]:
        """Return passages by BM25, best first; higher is better."""
        if among is None and len(rare := self._rare_words(query, limit)) < query.count(" OR ") + 1:
            return self._matching_rare(query, " OR ".join(rare), limit)
        only = ""
        if among is not None:
            # A plus keeps SQLite from running the whole query once for each of these rows.
            plus = "" if self._are_few(among) else "+"
            only = f"AND {plus}rowid IN (SELECT id FROM passages WHERE article_id IN :among)"  # noqa: S608
        found = self._connection.execute(
            f"SELECT rowid, -bm25({self._table}) FROM {self._table} WHERE {self._table} MATCH :query "  # noqa: S608
            f"{only} ORDER BY bm25({self._table}) LIMIT :limit",
            {"query": query, "limit": limit, **({} if among is None else {"among": list(among)})},
        )
        return [(PassageId(one), float(score)) for one, score in found]

    def _rare_words(self, query: str, limit: int) -> list[str]:
        """Return the words of a query that passages are looked up by: all, unless too many match."""
        words = query.split(" OR ")
        if len(words) <= LEAST_RARE:
            return words
        if self._common.isdisjoint(words) and self._count(query, MANY_PASSAGES) < MANY_PASSAGES:
            return words
        counts = {
            word: RARE_PASSAGES if word in self._common else self._count(word, RARE_PASSAGES)
            for word in words
        }
        if len(self._common) < MOST_COMMON:
            self._common.update(word for word, count in counts.items() if count == RARE_PASSAGES)
        rare: list[str] = []
        matches = 0
        for word in sorted(counts, key=lambda word: counts[word]):
            if len(rare) >= LEAST_RARE and matches >= limit and matches + counts[word] > RARE_PASSAGES:
                break
            rare.append(word)
            matches += counts[word]
        return rare

    def _count(self, query: str, most: int) -> int:
        """Return how many passages match a query, counting no further than *most*."""
        (count,) = self._connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {self._table} WHERE {self._table} MATCH :query "  # noqa: S608
            "LIMIT :most)",
            {"query": query, "most": most},
        ).fetchone()
        return int(count)

    def _matching_rare(self, query: str, rare: str, limit: int) -> list[tuple[PassageId, float]]:
        """Return the passages with any of the *rare* words, by BM25 of all words.

        FTS5 adds up what it finds on both sides of ``AND``, so that the rare words count twice, less once.
        """
        found = self._connection.execute(
            f"WITH rare AS MATERIALIZED (SELECT rowid AS id, bm25({self._table}) AS score "  # noqa: S608 - ours
            f"FROM {self._table} WHERE {self._table} MATCH :rare) "
            "SELECT twice.id, rare.score - twice.score AS score FROM "
            f"(SELECT rowid AS id, bm25({self._table}) AS score FROM {self._table} "
            f"WHERE {self._table} MATCH :twice LIMIT -1) AS twice "
            "JOIN rare ON rare.id = twice.id ORDER BY score DESC LIMIT :limit",
            {"rare": rare, "twice": f"({rare}) AND ({query})", "limit": limit},
        )
        return [(PassageId(one), float(score)) for one, score in found]

    def _are_few(self, articles: Sequence[ArticleId]) -> bool:
        """Tell whether articles have so few passages that asking for each is quicker than asking for all."""
        if len(articles) > FEW_PASSAGES:
            return False
        (count,) = self._connection.execute(
            "SELECT count(*) FROM passages WHERE article_id IN :articles", {"articles": list(articles)}
        ).fetchone()
        return int(count) <= FEW_PASSAGES

    def count_articles_holding(self, word: str) -> int:
        """Return how many articles hold a word, or another form of it."""
        row = self._connection.execute(
            f"SELECT count(DISTINCT article_id) FROM passages JOIN {self._table} "  # noqa: S608 - ours
            f"ON {self._table}.rowid = passages.id WHERE {self._table} MATCH :word",
            {"word": f'"{word}"'},
        ).fetchone()
        return int(row[0])

    def terms_between(self, first: str, end: str) -> list[str]:
        """Return the stems from *first* up to *end*, which is left out."""
        self._connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms_of_{self._table} "
            f"USING fts5vocab(main, {self._table}, row)"
        )
        rows = self._connection.execute(
            f"SELECT term FROM temp.terms_of_{self._table} WHERE term >= :first AND term < :end",  # noqa: S608
            {"first": first, "end": end},
        )
        return [str(row[0]) for row in rows]

    def forms_of(self, word: str, limit: int) -> list[tuple[str, str]]:
        """Return how *word*, or another form of it, is written in passages, and the word before it."""
        rows = self._connection.execute(
            f"SELECT highlight({self._table}, 0, '{MARK}', '{MARK}') FROM {self._table} "  # noqa: S608
            f"WHERE {self._table} MATCH :word LIMIT :limit",
            {"word": f'"{word}"', "limit": limit},
        )
        return forms_in(str(text) for (text,) in rows)

    def merge(self) -> Generator[None, None, None]:
        """Write the index anew, a few pages a slice: deleted words stay in it until then."""
        pages = -_PAGES  # negative: merge everything, however little
        while True:
            before = self._connection.driver.total_changes
            self._connection.execute(
                f"INSERT INTO {self._table} ({self._table}, rank) VALUES ('merge', :pages)",  # noqa: S608
                {"pages": pages},
            )
            if self._connection.driver.total_changes - before < 2:  # what FTS5's documentation calls the end
                return
            pages = _PAGES
            yield


def forms_in(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return the marked words of passages, each with the word before it; those of titles are left out."""
    return [
        (before, form)
        for text in texts
        for before, form in _MARKED.findall(text.partition("\n")[2])
        if not before.endswith(".") or before.removesuffix(".").lower() in TITLED
    ]
