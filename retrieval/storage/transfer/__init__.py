"""Copies a library from one database to another, either way."""

from retrieval.storage.transfer.addresses import read_address
from retrieval.storage.transfer.copying import migrate_library

__all__ = ["migrate_library", "read_address"]
