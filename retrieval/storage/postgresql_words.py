"""Full text of PostgreSQL: a ``tsvector`` a passage, one table a collection, ranked by BM25.

Words are split as SQLite's tokenizer splits them, and Porter's stemmer is the same, so that both databases
find the same passages. PostgreSQL's own ranks know nothing of how rare a word is, so that BM25 is computed
here, from what is kept of each passage: its length, and how often it has the words that it has twice or more.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from retrieval.domain import ArticleId, PassageId
from retrieval.storage.connection import Connection
from retrieval.storage.word_index import LEAST_RARE, MARK, forms_in
from retrieval.text import without_accents

_K1, _B = 1.2, 0.75
"""As in FTS5."""
_QUOTED = re.compile(r'"([^"]*)"')
_LEXEME = re.compile(r"'((?:[^']|'')+)'")
_NO_WORD = re.compile(r"[\W_]+")
_TOTALS = ((" passages", "count(*)"), (" words", "sum(size)"))
"""Rows among the terms that no word can be, and what of all passages they hold: counting takes long."""
_RARE_PASSAGES = 4_000
"""As ``RARE_PASSAGES`` of ``word_index``; PostgreSQL takes some 6 µs to rank a passage."""
_RANKED = 400
"""Of these, by the rarer words, so many are ranked by all words."""


class PostgresWords:
    """The words of one collection's passages."""

    def __init__(self, connection: Connection, collection_id: int) -> None:
        self._connection = connection
        self._table = f"words_{int(collection_id)}"
        self._terms = f"terms_{int(collection_id)}"

    def create(self) -> None:
        """Make the index if it is not there."""
        for statement in (
            # MAIN: of a long row the words go elsewhere, which ranking does not read.
            f"CREATE TABLE IF NOT EXISTS {self._table} (id BIGINT PRIMARY KEY, words TEXT NOT NULL, "
            "lexemes TSVECTOR STORAGE MAIN NOT NULL, repeated JSONB, size INTEGER NOT NULL)",
            f"CREATE INDEX IF NOT EXISTS {self._table}_lexemes ON {self._table} USING gin (lexemes)",
            f'CREATE TABLE IF NOT EXISTS {self._terms} (term TEXT COLLATE "C" PRIMARY KEY, '
            "passages BIGINT NOT NULL)",
        ):
            self._connection.execute(statement)

    def drop(self) -> None:
        """Delete the index."""
        self._connection.execute(f"DROP TABLE IF EXISTS {self._table}, {self._terms}")

    def add(self, words: Sequence[tuple[PassageId, str]]) -> None:
        """Add passages."""
        self._connection.executemany(
            f"INSERT INTO {self._table} (id, words, lexemes, repeated, size) "  # noqa: S608 - ours
            "SELECT CAST(:id AS BIGINT), CAST(:words AS TEXT), lexemes, (SELECT jsonb_object_agg(lexeme, "
            "cardinality(positions)) FROM unnest(lexemes) WHERE cardinality(positions) > 1), "
            "CAST(:size AS INTEGER) FROM to_tsvector('footnote', :plain) AS lexemes",
            [
                {"id": one, "words": text, "plain": plain, "size": plain.count(" ") + 1}
                for one, text in words
                for plain in (_plain(text),)
            ],
        )
        self._count([one for one, _ in words], "+")

    def remove(self, passages: Sequence[PassageId]) -> None:
        """Delete passages."""
        self._count(passages, "-")
        self._connection.execute(
            f"DELETE FROM {self._table} WHERE id IN :ids",  # noqa: S608 - ours
            {"ids": list(passages)},
        )

    def _count(self, passages: Sequence[PassageId], sign: str) -> None:
        """Keep how many passages hold each word: what makes a word rare."""
        self._connection.execute(
            f"INSERT INTO {self._terms} AS t (term, passages) SELECT lexeme, {sign}count(*) "  # noqa: S608
            f"FROM {self._table}, unnest(lexemes) WHERE id IN :ids GROUP BY lexeme ORDER BY lexeme "
            "ON CONFLICT (term) DO UPDATE SET passages = t.passages + excluded.passages",
            {"ids": list(passages)},
        )
        for term, what in _TOTALS:
            values = {"term": term, "ids": list(passages)}
            changed = self._connection.execute(
                f"UPDATE {self._terms} SET passages = passages {sign} "  # noqa: S608 - ours
                f"(SELECT coalesce({what}, 0) FROM {self._table} WHERE id IN :ids) WHERE term = :term",
                values,
            )
            if sign == "+" and not changed.rowcount:
                # The first time of all passages, those that earlier versions of Footnote added too.
                self._connection.execute(
                    f"INSERT INTO {self._terms} (term, passages) "  # noqa: S608 - ours
                    f"SELECT CAST(:term AS TEXT), coalesce({what}, 0) FROM {self._table}",
                    {"term": term},
                )
        if sign == "-":
            self._connection.execute(f"DELETE FROM {self._terms} WHERE passages <= 0")  # noqa: S608

    def passages(self) -> set[PassageId]:
        """Return all passages that are in it."""
        rows = self._connection.execute(f"SELECT id FROM {self._table}")  # noqa: S608 - ours
        return {PassageId(row[0]) for row in rows}

    def last_of(self, above: int, limit: int) -> PassageId | None:
        """Return the last of the first *limit* passages above a number; ``None`` if there are none."""
        (last,) = self._connection.execute(
            f"SELECT max(id) FROM (SELECT id FROM {self._table} WHERE id > :above "  # noqa: S608 - ours
            "ORDER BY id LIMIT :limit) AS next",
            {"above": above, "limit": limit},
        ).fetchone()
        return None if last is None else PassageId(last)

    def texts(self, above: int, up_to: int) -> dict[PassageId, str]:
        """Return the words of the passages above a number, up to another one, as they were added."""
        rows = self._connection.execute(
            f"SELECT id, words FROM {self._table} WHERE id > :above AND id <= :up_to",  # noqa: S608 - ours
            {"above": above, "up_to": up_to},
        )
        return {PassageId(one): str(words) for one, words in rows}

    def matching(
        self, query: str, limit: int, among: Sequence[ArticleId] | None = None
    ) -> list[tuple[PassageId, float]]:
        """Return passages by BM25, best first; higher is better."""
        phrases = [plain for quoted in _QUOTED.findall(query) if (plain := _plain(quoted))]
        if not phrases:
            return []
        values: dict[str, object] = {f"phrase{at}": phrase for at, phrase in enumerate(phrases)}
        queries = [f"phraseto_tsquery('footnote', CAST(:phrase{at} AS TEXT))" for at in range(len(phrases))]
        weights, counts, average = self._weights(queries, values)
        if not weights:
            return []
        values |= {f"term{at}": term for at, term in enumerate(weights)}
        values |= {f"lexeme{at}": "'" + term.replace("'", "''") + "'" for at, term in enumerate(weights)}
        only = ""
        if among is not None:
            only = "AND id IN (SELECT id FROM passages WHERE article_id IN :among)"
            values["among"] = list(among)
        rare = range(len(weights)) if among is not None else _rare(counts)
        looked_up = " || ".join(f"CAST(:lexeme{at} AS TSQUERY)" for at in rare)
        if len(rare) == len(weights):
            looked_up = " || ".join(queries)
        every = _score(range(len(weights)), list(weights.values()))
        found = (
            f"SELECT id, lexemes, repeated, "  # noqa: S608 - ours
            f"{_K1} * (1 - {_B} + {_B} * size / CAST(:average AS DOUBLE PRECISION)) AS short "
            f"FROM {self._table} WHERE lexemes @@ ({looked_up}) {only}"
        )
        if len(rare) < len(weights):
            best = _score(rare, list(weights.values()))
            found = f"SELECT * FROM ({found}) AS found ORDER BY {best} DESC LIMIT {_RANKED}"  # noqa: S608 - ours
        rows = self._connection.execute(
            f"SELECT id, {every} AS score FROM ({found}) AS found ORDER BY score DESC, id LIMIT :limit",  # noqa: S608
            {**values, "limit": limit, "average": average},
        )
        return [(PassageId(one), float(score)) for one, score in rows]

    def _weights(
        self, queries: Sequence[str], values: dict[str, object]
    ) -> tuple[dict[str, float], list[int], float]:
        """Return how much each word of a query counts, how many passages hold it, and their mean length."""
        parsed = self._connection.execute(
            f"SELECT {', '.join(f'CAST({one} AS TEXT)' for one in queries)}",
            values,
        ).fetchone()
        asked = Counter(term.replace("''", "'") for one in parsed for term in _LEXEME.findall(str(one)))
        held = dict(
            map(
                tuple,
                self._connection.execute(
                    f"SELECT term, passages FROM {self._terms} WHERE term IN :terms",  # noqa: S608 - ours
                    {"terms": [*asked, *(term for term, _ in _TOTALS)]},
                ),
            )
        )
        totals = [held.pop(term, None) for term, _ in _TOTALS]
        if None in totals:
            totals = list(
                self._connection.execute(f"SELECT count(*), sum(size) FROM {self._table}").fetchone()  # noqa: S608
            )
        count, words = (int(one or 0) for one in totals)
        weights = {
            # FTS5 counts a word for each time it is asked for, in whichever form.
            str(term): asked[term] * max(math.log((count - n + 0.5) / (n + 0.5)), 1e-6)
            for term, n in held.items()
        }
        return weights, list(held.values()), words / count if count else 1.0

    def count_articles_holding(self, word: str) -> int:
        """Return how many articles hold a word, or another form of it."""
        row = self._connection.execute(
            f"SELECT count(DISTINCT article_id) FROM passages p JOIN {self._table} w ON w.id = p.id "  # noqa: S608
            "WHERE lexemes @@ phraseto_tsquery('footnote', :word)",
            {"word": _plain(word)},
        ).fetchone()
        return int(row[0])

    def terms_between(self, first: str, end: str) -> list[str]:
        """Return the stems from *first* up to *end*, which is left out."""
        rows = self._connection.execute(
            f"SELECT term FROM {self._terms} WHERE term >= :first AND term < :end ORDER BY term",  # noqa: S608
            {"first": first, "end": end},
        )
        return [str(row[0]) for row in rows]

    def forms_of(self, word: str, limit: int) -> list[tuple[str, str]]:
        """Return how *word*, or another form of it, is written in passages, and the word before it."""
        options = f"StartSel={MARK}, StopSel={MARK}, HighlightAll=true"
        rows = self._connection.execute(
            "SELECT ts_headline('footnote', words, phraseto_tsquery('footnote', :word), "  # noqa: S608 - ours
            f"CAST(:options AS TEXT)) FROM (SELECT words FROM {self._table} "
            "WHERE lexemes @@ phraseto_tsquery('footnote', :word) ORDER BY id LIMIT :limit) AS found",
            {"word": _plain(word), "options": options, "limit": limit},
        )
        return forms_in(str(text) for (text,) in rows)

    def merge(self) -> Iterator[None]:
        """Do nothing: the server overwrites what was deleted when it vacuums."""
        return iter(())


def _rare(counts: Sequence[int]) -> list[int]:
    """Return which words passages are looked up by: all, unless too many passages hold one of them."""
    rare: list[int] = []
    matches = 0
    for at in sorted(range(len(counts)), key=lambda at: counts[at]):
        if len(rare) >= LEAST_RARE and matches >= _RANKED and matches + counts[at] > _RARE_PASSAGES:
            break
        rare.append(at)
        matches += counts[at]
    return rare


def _score(words: Sequence[int], weights: Sequence[float]) -> str:
    """Return the SQL of BM25 for some of the words."""
    return " + ".join(
        f"CASE WHEN lexemes @@ CAST(:lexeme{at} AS TSQUERY) THEN {weights[at] * (_K1 + 1)} / (1 + short / "
        f"coalesce(CAST(repeated ->> CAST(:term{at} AS TEXT) AS DOUBLE PRECISION), 1)) ELSE 0 END"
        for at in words
    )


def _plain(text: str) -> str:
    """Return the words of a text with a space between, as SQLite's tokenizer sees them."""
    return _NO_WORD.sub(" ", without_accents(text)).strip()
