"""Keeps a copy of a library in one file, and puts it back.

A backup is taken with SQLite's own backup interface: it is the library as of one moment, no matter who
writes meanwhile. Nothing gets its final name before it was checked, so neither a full disk nor a
killed process leaves half a file under a name that somebody trusts.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from retrieval.errors import LibraryFull, StorageError
from retrieval.messages import message
from retrieval.storage.library_file import LibraryState, library_state, open_to_look, require_sound
from retrieval.storage.sqlite_file import FILE_NAME, FULL

_PATIENCE_S = 1.0
"""A command that is just ending may close the library; a bot will not."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made, or put back."""

    file: Path
    articles: int
    kept: Path | None = None
    """Where the library is that was there before."""


def back_up(folder: Path, file: Path, *, replace: bool = False) -> Backup:
    """Write the library of *folder* to *file*, checked. It may be in use.

    Raises:
        StorageError: There is no library, it is damaged, or *file* is taken or cannot be written.
        LibraryFull: The disk of *file* is full.
    """
    library = _library_in(folder)
    if file.is_dir():
        raise StorageError(message("{file} is a folder. Name the file to write.", file=file))
    if file.exists() and library.samefile(file):
        raise StorageError(message("{file} is the library itself. Name another file.", file=file))
    if file.exists() and not replace:
        raise StorageError(
            message("{file} is there already. Name another file, or overwrite it with --force.", file=file)
        )
    with _temporary_beside(file) as temporary:
        state = _copy_database(library, temporary)
        os.replace(temporary, file)
        _settle(file.parent)
    return Backup(file, state.articles)


def restore(folder: Path, file: Path) -> Backup:
    """Make *file* the library of *folder*; the one that was there stays beside it under a dated name.

    Raises:
        StorageError: *file* is no sound library that this Footnote can read, or the library is in use.
        LibraryFull: The disk of *folder* is full.
    """
    library = folder / FILE_NAME
    if not file.is_file():
        raise StorageError(message("There is no file {file}. Name one that 'backup' wrote.", file=file))
    if library.exists() and library.samefile(file):
        raise StorageError(
            message("{file} is the library itself. Name a file that 'backup' wrote.", file=file)
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            message("The folder {folder} cannot be made. Choose another with --data.", folder=folder)
        ) from error
    existed = library.exists()
    with _temporary_beside(library) as temporary:
        state = _copy_database(file, temporary, at_rest=not file.with_name(file.name + "-wal").exists())
        _own_like(temporary, library if existed else folder, is_file=existed)
        with _alone_with(library):
            # First, because an index of other vectors may have the very ids of the new library.
            shutil.rmtree(folder / "index", ignore_errors=True)
            kept = _set_aside(library) if existed else None
            os.replace(temporary, library)
            _settle(folder)
    return Backup(file, state.articles, kept)


def _library_in(folder: Path) -> Path:
    library = folder / FILE_NAME
    if not library.is_file():
        raise StorageError(
            message("There is no library in {folder}. Choose another folder with --data.", folder=folder)
        )
    return library


def _copy_database(source: Path, target: Path, *, at_rest: bool = False) -> LibraryState:
    """Copy a database as of one moment, and check the copy: what it has is what the source had."""
    try:
        with open_to_look(source, at_rest=at_rest) as reading, closing(sqlite3.connect(target)) as writing:
            # All pages in one step: in smaller ones it would begin anew at each write of others.
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode = DELETE")  # one file, whole without a log beside it
            state = library_state(writing, source)
            require_sound(writing, source)
    except StorageError as error:
        if getattr(error.__cause__, "sqlite_errorcode", None) in FULL:
            raise LibraryFull(
                message(
                    "There is no room for the copy in {folder}; nothing was changed. Make room there and try "
                    "again.",
                    folder=target.parent,
                )
            ) from error
        raise
    if state.is_newer:
        raise StorageError(
            message("{source} was written by a newer Footnote. Install the newest version.", source=source)
        )
    return state


@contextmanager
def _temporary_beside(file: Path) -> Iterator[Path]:
    """Yield an empty file that only we may read, in the folder of *file*; it is gone afterwards."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".partial", dir=file.parent)
        os.close(handle)
    except OSError as error:
        raise StorageError(
            message(
                "Nothing can be written to {folder}. Check that it is there and yours.", folder=file.parent
            )
        ) from error
    temporary = Path(name)
    try:
        yield temporary
    except OSError as error:
        raise StorageError(
            message("{file} could not be written ({reason}).", file=file, reason=error.strerror)
        ) from error
    finally:
        for leftover in (temporary, *(Path(name + end) for end in ("-journal", "-wal", "-shm"))):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


@contextmanager
def _alone_with(library: Path) -> Iterator[None]:
    """Hold SQLite's own lock, so that nobody else has the library open or can open it meanwhile.

    ``Database`` notices a file that was exchanged while it waited for this lock.

    Raises:
        StorageError: Somebody else has it open.
    """
    with closing(sqlite3.connect(library, isolation_level=None, timeout=_PATIENCE_S)) as connection:
        try:
            # Leaving the write-ahead log needs to be alone, even with those who only read.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise _in_use(library) from error
            mode = "damaged"  # what a backup is for; nobody can work with it, and no lock can be had
        if mode == "wal":  # somebody came in between the two statements
            raise _in_use(library)
        yield


def _in_use(library: Path) -> StorageError:
    return StorageError(
        message(
            "Something is using the library in {folder}: the bot, or another command. "
            "Stop it, then restore again; nothing was changed.",
            folder=library.parent,
        )
    )


def _set_aside(library: Path) -> Path:
    """Give the library a second name, with the log of a damaged one; return that name."""
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    kept, number = library.with_name(f"{library.stem}-before-{stamp}.sqlite3"), 1
    while kept.exists():
        number += 1
        kept = library.with_name(f"{library.stem}-before-{stamp}-{number}.sqlite3")
    for end in ("-wal", "-journal", "-shm"):
        # A log that stays would be taken for one of the new library.
        with suppress(FileNotFoundError):
            os.replace(library.with_name(library.name + end), kept.with_name(kept.name + end))
    try:
        os.link(library, kept)  # a second name: at no moment is there no library
    except OSError:
        os.replace(library, kept)  # some file systems know no second names
    return kept


def _own_like(temporary: Path, model: Path, *, is_file: bool) -> None:
    """Give the new file the owner and rights of the old, or root would lock the bot out."""
    status = model.stat()
    temporary.chmod(status.st_mode & 0o666 if is_file else 0o600)
    if hasattr(os, "chown") and os.geteuid() == 0:
        os.chown(temporary, status.st_uid, status.st_gid)


def _settle(folder: Path) -> None:
    """Make sure that new names in *folder* outlive a power cut, where the system can be asked to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
