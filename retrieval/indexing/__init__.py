"""Putting articles into the library and keeping them up to date."""

from retrieval.indexing.changes import changes
from retrieval.indexing.ingest import (
    apply_corrections,
    check_readable,
    encode_in_slices,
    ingest,
    is_same,
)
from retrieval.indexing.languages import foreign_to
from retrieval.indexing.maintenance import as_new, check_library, rebuild_library
from retrieval.indexing.upkeep import (
    MAX_TITLE_CHARS,
    UpkeepStore,
    counts,
    metadata_of,
    with_edits,
)

__all__ = [
    "MAX_TITLE_CHARS",
    "UpkeepStore",
    "apply_corrections",
    "as_new",
    "changes",
    "check_library",
    "check_readable",
    "counts",
    "encode_in_slices",
    "foreign_to",
    "ingest",
    "is_same",
    "metadata_of",
    "rebuild_library",
    "with_edits",
]
