"""Nearest passages in PostgreSQL itself, with pgvector: one table a collection, and an HNSW index over it.

A process that searches so holds no vectors. The table has the passages of one collection only, so that no
other's are looked through; an article's are left in the middle of the search (pgvector's iterative scan).
HNSW: Malkov and Yashunin, IEEE TPAMI 2020.
"""

from collections.abc import Sequence

import numpy as np

from retrieval.domain import PassageId
from retrieval.protocols import Vector
from retrieval.storage.connection import Connection

SESSION = "-c hnsw.ef_search=400 -c hnsw.iterative_scan=strict_order"
"""Of each connection: 400 neighbors are looked at for 50 that are wanted, of a million vectors .982 of the
exact ones; see RESULTS.md."""
_BUILDING = "1GB"
"""Memory for making an index; a graph that does not fit is made many times slower."""


class PostgresVectors:
    """The vectors of one collection in pgvector, if they are kept there."""

    def __init__(self, connection: Connection, collection_id: int) -> None:
        self._connection = connection
        self._collection_id = int(collection_id)
        self._table = f"vectors_{self._collection_id}"
        self._index = f"{self._table}_nearest"

    def can_be_made(self) -> bool:
        """Tell whether the server has pgvector, and it is installed or we may install it."""
        found = self._connection.execute(
            "SELECT 1 FROM pg_available_extensions WHERE name = 'vector' AND (installed_version IS NOT NULL "
            "OR has_database_privilege(current_database(), 'CREATE'))"
        )
        return found.fetchone() is not None

    def is_begun(self) -> bool:
        """Tell whether new passages must be added to it."""
        return self._exists(self._table)

    def is_made(self) -> bool:
        """Tell whether all passages are in it, and its index is there."""
        return self._exists(self._index) and self._is_valid()

    def _exists(self, name: str) -> bool:
        (found,) = self._connection.execute(
            "SELECT to_regclass(CAST(:name AS TEXT))", {"name": name}
        ).fetchone()
        return found is not None

    def _is_valid(self) -> bool:
        (valid,) = self._connection.execute(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = CAST(CAST(:name AS TEXT) AS REGCLASS)",
            {"name": self._index},
        ).fetchone()
        return bool(valid)

    def begin(self, dimension: int) -> None:
        """Make the table; from now on every new passage is added. Inside a transaction."""
        self._connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        self._connection.execute(
            f"CREATE TABLE IF NOT EXISTS {self._table} "
            "(id BIGINT PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE, "
            # EXTERNAL: not compressed, which would take time and save no room.
            f"vector HALFVEC({int(dimension)}) NOT NULL)"
        )
        self._connection.execute(f"ALTER TABLE {self._table} ALTER COLUMN vector SET STORAGE EXTERNAL")

    def find_missing(self) -> list[PassageId]:
        """Return the passages that are not in the table yet."""
        rows = self._connection.execute(
            "SELECT p.id FROM passages p JOIN articles a ON a.id = p.article_id "  # noqa: S608 - ours
            f"WHERE a.collection_id = :collection AND NOT EXISTS "
            f"(SELECT 1 FROM {self._table} v WHERE v.id = p.id) ORDER BY p.id",
            {"collection": self._collection_id},
        )
        return [PassageId(one) for (one,) in rows]

    def copy(self, ids: Sequence[PassageId]) -> None:
        """Add passages that are still there, with the vectors that are stored. Inside a transaction."""
        rows = self._connection.execute(
            "SELECT id, vector FROM passages WHERE id IN :ids", {"ids": list(ids)}
        )
        found = rows.fetchall()
        self.add([PassageId(one) for one, _ in found], [vector for _, vector in found])

    def build(self) -> None:
        """Make the index, outside of transactions; nobody has to wait. Minutes for a million passages."""
        if self._exists(self._index):
            self._connection.execute(f"DROP INDEX {self._index}")  # a process was killed while it made it
        self._connection.execute(f"SET maintenance_work_mem = '{_BUILDING}'")
        self._connection.execute(
            f"CREATE INDEX CONCURRENTLY {self._index} ON {self._table} USING hnsw (vector halfvec_ip_ops)"
        )
        self._connection.execute("RESET maintenance_work_mem")
        self._connection.execute(f"ANALYZE {self._table}")

    def add(self, ids: Sequence[PassageId], vectors: Sequence[bytes]) -> None:
        """Add passages with their vectors as the database keeps them. Inside a transaction.

        What is deleted from ``passages`` leaves by itself.
        """
        self._connection.executemany(
            f"INSERT INTO {self._table} (id, vector) VALUES (:id, :vector)",  # noqa: S608 - ours
            [
                {"id": one, "vector": _written(np.frombuffer(vector, dtype="<f2").astype(np.float32))}
                for one, vector in zip(ids, vectors, strict=True)
            ],
        )

    def search(
        self, vector: Vector, limit: int, *, among: Sequence[PassageId] | None = None
    ) -> list[tuple[PassageId, float]]:
        """Return up to *limit* passages, best first, only those in *among* when it is given."""
        if limit <= 0 or (among is not None and not among):
            return []
        values = {"vector": _written(vector), "limit": limit}
        only = "" if among is None else "WHERE id IN :among"
        rows = self._connection.execute(
            f"SELECT id, -(vector <#> CAST(:vector AS HALFVEC)) FROM {self._table} {only} "  # noqa: S608 - ours
            "ORDER BY vector <#> CAST(:vector AS HALFVEC) LIMIT :limit",
            values if among is None else {**values, "among": list(among)},
        )
        return [(PassageId(one), float(score)) for one, score in rows]

    def drop(self) -> None:
        """Delete it, if it is there."""
        self._connection.execute(f"DROP TABLE IF EXISTS {self._table}")


def _written(vector: Vector) -> str:
    """Return a vector as pgvector reads it."""
    return f"[{','.join(map(str, vector.tolist()))}]"
