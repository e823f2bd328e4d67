"""Nearest passages with FAISS: one exact index a collection, a cache that may be deleted any time.

A file is only trusted when the fingerprint beside it matches; otherwise the index is rebuilt from
the vectors in the database, which takes milliseconds for ten thousand passages.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import faiss
import numpy as np

from retrieval.domain import Fingerprint, PassageId
from retrieval.errors import StorageError
from retrieval.messages import message
from retrieval.seams import Vector


class FaissIndex:
    """``IndexFlatIP`` behind ``IndexIDMap2``; ids are the passages' rows."""

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self._index: faiss.Index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    def add(self, ids: Sequence[PassageId], vectors: Vector) -> None:
        """Add ``vectors`` of shape ``(len(ids), dimension)``."""
        if len(ids):
            self._index.add_with_ids(
                np.ascontiguousarray(vectors, dtype=np.float32), np.asarray(ids, dtype=np.int64)
            )

    def remove(self, ids: Sequence[PassageId]) -> None:
        """Remove what is there; unknown ids are ignored."""
        if len(ids):
            self._index.remove_ids(faiss.IDSelectorBatch(np.asarray(ids, dtype=np.int64)))

    def search(
        self, vector: Vector, limit: int, *, among: Sequence[PassageId] | None = None
    ) -> list[tuple[PassageId, float]]:
        """Return up to *limit* passages, best first, only those in *among* when it is given."""
        if not self._index.ntotal or limit <= 0 or (among is not None and not among):
            return []
        parameters = None
        if among is not None:
            # Filter inside the search: dropping hits afterwards would return too few.
            selector = faiss.IDSelectorBatch(np.asarray(among, dtype=np.int64))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # its stub lacks it
        # A pool that waits for cores which the models use costs 20 times the search itself. Set here,
        # because OpenMP keeps the number for each calling thread.
        faiss.omp_set_num_threads(1)
        scores, ids = self._index.search(
            np.ascontiguousarray(vector, dtype=np.float32)[None, :], limit, params=parameters
        )
        # Short lists are filled up with -1.
        return [
            (PassageId(int(one)), float(score))
            for one, score in zip(ids[0], scores[0], strict=True)
            if one != -1
        ]

    def ids(self) -> set[PassageId]:
        """Return every id held."""
        if not self._index.ntotal:
            return set()
        held = faiss.vector_to_array(self._index.id_map)  # type: ignore[attr-defined]
        return {PassageId(int(one)) for one in held}

    def save(self, path: Path, fingerprint: Fingerprint) -> None:
        """Write index and fingerprint, each under a temporary name first.

        The fingerprint goes last: an index without one is never trusted.

        Raises:
            StorageError: The folder cannot be written.
        """
        note = path.with_suffix(".json")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            note.unlink(missing_ok=True)
            temporary = path.with_suffix(f".{os.getpid()}.tmp")
            temporary.write_bytes(faiss.serialize_index(self._index).tobytes())
            os.replace(temporary, path)
            temporary.write_text(json.dumps(asdict(fingerprint)), "utf-8")
            os.replace(temporary, note)
        except OSError as error:
            raise StorageError(
                message(
                    "The search index could not be written to {folder}. The articles are safe; make room or "
                    "correct the folder's permissions.",
                    folder=path.parent,
                )
            ) from error


def load_index(path: Path, fingerprint: Fingerprint) -> FaissIndex | None:
    """Return the index kept at *path*, or ``None`` when it is absent, stale or damaged."""
    try:
        noted = json.loads(path.with_suffix(".json").read_text("utf-8"))
        if noted != asdict(fingerprint):
            return None
        raw = np.frombuffer(path.read_bytes(), dtype=np.uint8)
        index = FaissIndex(fingerprint.dimension)
        index._index = faiss.deserialize_index(raw)
        if index._index.d != fingerprint.dimension:
            return None
    except (OSError, ValueError, RuntimeError):  # FAISS raises RuntimeError for damaged bytes
        return None
    return index
