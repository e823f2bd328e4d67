"""How a library is named on the command line: a folder, or an address of either database."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from retrieval.errors import StorageError
from retrieval.messages import message
from retrieval.storage.sqlite_file import FILE_NAME

_SQLITE = "sqlite:///"
_POSTGRESQL = "postgresql+psycopg://"
_SHORT = ("postgresql://", "postgres://")
"""How other programs write it."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where one library is."""

    folder: Path
    """Of the file; of no meaning for a server."""
    url: str = ""
    """Of a PostgreSQL server; empty: a SQLite file."""

    def __str__(self) -> str:
        """Return it as people may see it: without the password."""
        return make_url(self.url).render_as_string(hide_password=True) if self.url else str(self.folder)


def read_address(text: str) -> Address:
    """Return what *text* names.

    Raises:
        StorageError: It is no folder, no library's file, and no address of a database that we know.
    """
    for beginning in _SHORT:
        if text.startswith(beginning):
            text = _POSTGRESQL + text.removeprefix(beginning)
    if text.startswith(_POSTGRESQL):
        try:
            make_url(text)
        except (ArgumentError, ValueError) as error:
            raise _unknown(text) from error
        return Address(Path(), text)
    if "://" in text and not text.startswith(_SQLITE):
        raise _unknown(text)
    path = Path(text.removeprefix(_SQLITE))
    if path.name == FILE_NAME:
        path = path.parent
    if path.is_file():
        raise StorageError(
            message(
                "{path} is a file. Name the folder of a library; 'restore' puts a backup into one.",
                path=path,
            )
        )
    return Address(path.absolute())


def _unknown(text: str) -> StorageError:
    scheme = text.partition("://")[0]
    return StorageError(
        message(
            "A library cannot be at an address of {scheme}. Name a folder, sqlite:///folder, or "
            "postgresql+psycopg://name:password@host/database.",
            scheme=scheme,
        )
    )
