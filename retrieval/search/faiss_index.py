"""Nearest passages with FAISS: one exact index a collection, a cache that may be deleted any time.

It holds numbers of 16 bits, as the database does: half the memory, and less than half the time, of 32 bits.

A file is only read when it is a plain file of the size that the note beside it says, and only
trusted when fingerprint and digest match too; otherwise the index is rebuilt from the vectors in the
database, which takes milliseconds for ten thousand passages.
"""

import hashlib
import json
import logging
import os
import shutil
import stat
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import faiss
import numpy as np

from retrieval.domain import Fingerprint, PassageId
from retrieval.errors import StorageError
from retrieval.messages import message
from retrieval.protocols import Vector

_NOTE_BYTES = 10_000
_SPARE_ROWS = 1_000
"""Passages that another process may have removed since the index was written."""

_log = logging.getLogger(__name__)


class FaissIndex:
    """``IndexScalarQuantizer`` of float16 behind ``IndexIDMap2``; ids are the passages' rows."""

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self._index: faiss.Index = faiss.IndexIDMap2(
            faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        )

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
            for one in (note, path):
                if one.is_dir() and not one.is_symlink():  # of another kind; nothing else may stand here
                    shutil.rmtree(one)
            note.unlink(missing_ok=True)
            temporary = path.with_suffix(f".{os.getpid()}.tmp")
            raw = faiss.serialize_index(self._index).tobytes()
            temporary.write_bytes(raw)
            os.replace(temporary, path)
            temporary.write_text(json.dumps(_make_note(fingerprint, raw)), "utf-8")
            os.replace(temporary, note)
        except OSError as error:
            raise StorageError(
                message(
                    "The search index could not be written to {folder}. The articles are safe; make room or "
                    "correct the folder's permissions.",
                    folder=path.parent,
                )
            ) from error


def load_index(path: Path, fingerprint: Fingerprint, *, passages: int | None = None) -> FaissIndex | None:
    """Return the index kept at *path*, or ``None`` when it is absent, stale or damaged in any way.

    A file that is much larger than an index of so many *passages* is not read.
    """
    try:
        noted = json.loads(_plain_bytes(path.with_suffix(".json"), _NOTE_BYTES))
        raw = _plain_bytes(path, _most_bytes(noted["bytes"], fingerprint, passages))
        if noted != _make_note(fingerprint, raw):
            return None
        index = FaissIndex(fingerprint.dimension)
        held = faiss.deserialize_index(np.frombuffer(raw, dtype=np.uint8))
        if not isinstance(held, faiss.IndexIDMap2) or held.d != fingerprint.dimension:
            return None
        rows = faiss.downcast_index(held.index)
        if not isinstance(rows, faiss.IndexScalarQuantizer) or rows.metric_type != faiss.METRIC_INNER_PRODUCT:
            return None
        if rows.sq.qtype != faiss.ScalarQuantizer.QT_fp16:
            return None
    # Whatever a file can make FAISS raise, MemoryError too: the index is a cache, and is made anew.
    except Exception as error:  # noqa: BLE001
        _log.info("The index %s is made anew: %r", path, error)
        return None
    index._index = held
    return index


def _make_note(fingerprint: Fingerprint, raw: bytes) -> dict[str, object]:
    """Return what is noted beside an index: what made its vectors, and which bytes it is."""
    return {**asdict(fingerprint), "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}


def _most_bytes(noted: int, fingerprint: Fingerprint, passages: int | None) -> int:
    """Return how large an index may be: as was noted, and not of another order than its passages."""
    if passages is None:
        return noted
    row = 2 * fingerprint.dimension + 8  # a vector and its id
    return min(noted, 2 * (passages + _SPARE_ROWS) * row)


def _plain_bytes(path: Path, most: int) -> bytes:
    """Return the bytes of a plain file.

    Raises:
        OSError: It is not there, no plain file (a pipe would wait for ever), or larger than *most*.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(f"{path} is no plain file")
    if status.st_size > most:
        raise OSError(f"{path} is larger than expected")
    return path.read_bytes()
