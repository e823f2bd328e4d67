"""Copies a library in slices, so that a copy that was broken off goes on where it stopped.

A slice is read on both sides and written only where they differ. That makes a second run quick, needs no
notes about how far the first came, and takes up what was written to the source in between. While it is not
complete, a note in the copy keeps everybody else from opening it.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from uuid import uuid4

from retrieval.errors import RetrievalError, StorageError
from retrieval.messages import message
from retrieval.storage.damage import explain_error
from retrieval.storage.database import COPY_NOTE, Database
from retrieval.storage.places import place_of
from retrieval.storage.transfer.addresses import Address
from retrieval.storage.transfer.checking import Checked, compare
from retrieval.storage.transfer.counters import copy_counters
from retrieval.storage.transfer.full_text import Reader, TextReader, TextWriter, Writer
from retrieval.storage.transfer.tables import Contents, TableReader, TableWriter, read_tables

IDENTITY_NOTE = "library"
"""Names a library, so that a copy that was begun can say of what."""
MOST_ROUNDS = 5
"""How often the copy is compared with its source, which others may be writing."""

Report = Callable[[str, int, int], None]
"""Is given what is done, and how many rows of how many."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy did."""

    written: int
    """Rows that were not there yet."""
    checked: Checked


def migrate_library(source: Address, target: Address, report: Report) -> Copied:
    """Copy the library at one address to the other, and compare the two.

    Raises:
        StorageError: There is no library, the target holds something else, or the copy failed; it can be run
            again, and goes on where it stopped.
        LibraryFull: The target's disk is full.
    """
    if source == target:
        raise StorageError("Source and target are the same library. Name another target.")
    if not place_of(source.folder, source.url).exists():
        raise StorageError(
            message("There is no library at {address}. Name the folder or database of one.", address=source)
        )
    with (
        closing(Database(source.folder, source.url)) as reading,
        closing(Database(target.folder, target.url, is_being_copied=True)) as writing,
    ):
        try:
            return copy_library(reading, writing, report)
        except RetrievalError:
            raise
        except Exception as error:
            explained = explain_error(target.folder if source.url else source.folder, error)
            if explained is None:
                raise
            raise explained from error


def copy_library(source: Database, target: Database, report: Report) -> Copied:
    """Make *target*, which is empty or a copy that was begun, a copy of *source*, and compare the two.

    Raises:
        StorageError: The target holds something else, or the copy failed; it can be run again.
    """
    identity = _identify(source)
    _claim(target, identity)
    written = 0
    for _ in range(MOST_ROUNDS):
        with source.snapshot():
            written += _copy_once(source, target, report)
        with source.snapshot():  # a later moment: what was written since then is found to be missing
            checked = compare(pairs_of(source, target), source, target, report)
        if not checked.differing:
            break
    else:
        raise StorageError(
            message(
                "The copy is not what the source holds ({tables}), however often it is brought up to date. "
                "If the bot runs, stop it, and run the same command again: what is copied stays. If it does "
                "not run, please report this.",
                tables=", ".join(checked.differing),
            )
        )
    with target.transaction():
        target.connection.execute("DELETE FROM notes WHERE key = :key", {"key": COPY_NOTE})
    return Copied(written, checked)


def _identify(source: Database) -> str:
    """Return the name of the source, which it is given if it has none."""
    if source.note(IDENTITY_NOTE) is None:
        source.set_note(IDENTITY_NOTE, uuid4().hex)
    return str(source.note(IDENTITY_NOTE))


def _claim(target: Database, identity: str) -> None:
    """Note in the target that it is becoming a copy.

    Raises:
        StorageError: It holds something that is no begun copy of this source.
    """
    noted = target.note(COPY_NOTE)
    if noted is None and _is_empty(target):
        target.set_note(COPY_NOTE, json.dumps({"source": identity}))
    elif noted is None:
        raise StorageError(
            "The target holds a library already, and nothing was changed. Name an empty database or another "
            "folder; to replace it, empty it yourself first."
        )
    elif json.loads(noted)["source"] != identity:
        raise StorageError(
            "The target is the beginning of a copy of another library, and nothing was changed. Name an "
            "empty database or another folder."
        )


def _is_empty(target: Database) -> bool:
    """Tell whether nobody used the target; what an encoder notes when a bot first starts does not count."""
    return not any(
        TableReader(target.connection, one).count()
        for one in read_tables(target.connection)
        if one.name != "notes"
    ) and set(target.notes()) <= {"fingerprint", IDENTITY_NOTE}


def _copy_once(source: Database, target: Database, report: Report) -> int:
    written = 0
    for number in map(source.collection_id, source.collections()):
        assert number is not None
        with target.transaction():
            target.words(number).create()
    for what, reader, writer in pairs_of(source, target):
        total, done = reader.count(), 0
        for within in reader.slices():
            want = reader.rows(within)
            have = writer.rows(within)
            if want != have:
                with _explain(what, want), target.transaction():
                    writer.replace(have, want)
                written += sum(have.get(key) != row for key, row in want.items())
            done += len(want)
            report(f"Copying {what}", done, total)
    _delete_held(source, target)
    copy_counters(source.connection, target)
    return written


def _delete_held(source: Database, target: Database) -> None:
    """Delete collections that the source has no more; what they held is gone by now."""
    for table in read_tables(source.connection):
        reader, writer = TableReader(source.connection, table), TableWriter(target.connection, table)
        for within in reader.slices() if table.is_held else ():
            if gone := writer.rows(within).keys() - reader.rows(within).keys():
                with _explain(table.name, {}), target.transaction():
                    writer.delete(list(gone))


def pairs_of(source: Database, target: Database) -> Iterator[tuple[str, Reader, Writer]]:
    """Yield each table with what reads it there and writes it here, those that others refer to first."""
    for table in read_tables(source.connection):
        yield table.name, TableReader(source.connection, table), TableWriter(target.connection, table)
    for name in source.collections():
        number = source.collection_id(name)
        assert number is not None
        yield f"words of {name}", TextReader(source, number), TextWriter(target, number)


@contextmanager
def _explain(what: str, want: Contents) -> Iterator[None]:
    """Say of which table a failure is, and of which row if PostgreSQL cannot keep it."""
    try:
        yield
    except StorageError as error:
        kept_out = [
            key for key, row in want.items() if any("\0" in one for one in row if isinstance(one, str))
        ]
        if not kept_out:
            raise
        raise StorageError(
            message(
                "Row {number} of {table} holds the character U+0000, which PostgreSQL cannot keep. Remove "
                "that article from the source, then run the same command again.",
                number=", ".join(map(str, kept_out[0])),
                table=what,
            )
        ) from error
    except Exception as error:
        if type(error).__name__ != "IntegrityError":
            raise
        raise StorageError(
            message(
                "The source has changed so much since the copy was begun that it cannot go on ({table}). "
                "Empty the target and run the same command again.",
                table=what,
            )
        ) from error
