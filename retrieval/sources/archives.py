"""ZIP files, looked into without trusting them: what is inside, within limits on number and size."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from retrieval.errors import NotReadable, SourceRefused
from retrieval.messages import message

MAX_MEMBERS = 5_000
MAX_UNPACKED_BYTES = 100_000_000
"""Of all members together; a book with its pictures stays below, a bomb does not."""
LOCKED = message("This file is locked with a password. Save a copy without one, or paste the text instead.")
_AES = 99
"""How WinZip marks what it locked."""
_DAMAGED = message("This file is damaged. Open and save it again, or paste the text instead.")


@contextmanager
def open_archive(body: bytes) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP file; what goes wrong inside is damage.

    Raises:
        SourceRefused: It has too many members, or unpacks to too much.
        NotReadable: It is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise SourceRefused(
                    message(
                        "This file holds {members:,} others; up to {limit:,} are looked at. Split it.",
                        members=len(members),
                        limit=MAX_MEMBERS,
                    )
                )
            if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
                raise SourceRefused(
                    message(
                        "This file unpacks to more than {megabytes} MB. "
                        "Add the parts that you need one by one.",
                        megabytes=MAX_UNPACKED_BYTES // 1_000_000,
                    )
                )
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise NotReadable(_DAMAGED) from error


def member(archive: zipfile.ZipFile, which: str | zipfile.ZipInfo) -> bytes:
    """Return the bytes of one member; of several with one name, *which* says the one.

    Raises:
        KeyError: There is none of this name.
        NotReadable: It is locked.
    """
    known = archive.getinfo(which) if isinstance(which, str) else which
    if is_locked(known):
        raise NotReadable(LOCKED)
    return archive.read(known)


def is_locked(one: zipfile.ZipInfo) -> bool:
    """Tell whether a member needs a password."""
    return bool(one.flag_bits & 0x1) or one.compress_type == _AES
