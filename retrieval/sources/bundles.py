"""Takes the articles out of what holds several: ZIP files and feeds. Runs in the child process."""

import time
import zipfile
import zlib
from collections.abc import Iterator

from retrieval.domain import Found
from retrieval.errors import NotReadable, RetrievalError, SourceRefused
from retrieval.messages import message
from retrieval.protocols import Fetched
from retrieval.sources.archives import member, open_archive
from retrieval.sources.file_types import SEVERAL, Kind, kind_of
from retrieval.sources.readers import extract_article

MAX_ARTICLES = 500
"""Of one ZIP file."""
LEFT = message("There was no time left to read it. Add it by itself.")


def extract_all(
    fetched: Fetched, *, patience_s: float = float("inf"), only: int | None = None
) -> list[Found]:
    """Return every article of a ZIP file or feed; of anything else the one, under the name "".

    *only* reads a single file of a ZIP, by its place among ``files_in``.

    Raises:
        SourceRefused: It is no kind of file that is read, or holds too much.
        NotReadable: It is damaged, or nothing is in it.
    """
    kind = kind_of(fetched.body, fetched.content_type, fetched.url)
    if kind is Kind.FEED:
        from retrieval.sources.feeds import read_feed

        entries = read_feed(fetched.body, fetched.url, fetched.content_type, fetched.charset)
        return [
            Found(
                entry.url or entry.article.title or f"entry {n}", entry.article, url=entry.url, is_entry=True
            )
            for n, entry in enumerate(entries, 1)
        ]
    if kind is Kind.ZIP:
        return list(_in_zip(fetched, time.monotonic() + patience_s, only))
    return [Found("", extract_article(fetched, patience_s=patience_s))]


def files_in(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files of a ZIP that may be articles, in its order.

    Raises:
        NotReadable: There are none.
        SourceRefused: There are too many.
    """
    files = [one for one in archive.infolist() if _is_file(one)]
    if not files:
        raise NotReadable("There is nothing in this ZIP file. Check it, or paste the text instead.")
    if len(files) > MAX_ARTICLES:
        raise SourceRefused(
            message(
                "This ZIP file holds {files:,} files; up to {limit} are read. Split it.",
                files=len(files),
                limit=MAX_ARTICLES,
            )
        )
    return files


def name_of(one: zipfile.ZipInfo) -> str:
    """Return what a file of a ZIP is called, for people."""
    return one.filename.replace("\\", "/")


def _in_zip(fetched: Fetched, deadline: float, only: int | None) -> Iterator[Found]:
    with open_archive(fetched.body) as archive:
        for place, one in enumerate(files_in(archive)):
            if only in (None, place):
                if time.monotonic() > deadline:
                    yield Found(name_of(one), error=NotReadable(LEFT))
                else:
                    yield _read(archive, one, fetched.password, deadline - time.monotonic())


def _read(archive: zipfile.ZipFile, one: zipfile.ZipInfo, password: str | None, patience_s: float) -> Found:
    name = name_of(one)
    try:
        # Only the last part of the name goes on: the whole could pass for an address, and so for a source.
        inner = Fetched(member(archive, one), name.rpartition("/")[2], "", password=password)
        if kind_of(inner.body, "", inner.url) in SEVERAL:
            raise SourceRefused("It holds several articles itself. Unpack it, and add it by itself.")
        return Found(name, extract_article(inner, patience_s=patience_s))
    except RetrievalError as error:
        return Found(name, error=error)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        return Found(name, error=NotReadable("It is damaged inside the ZIP file. Pack it again."))
    except (MemoryError, RecursionError):
        return Found(name, error=NotReadable("It takes more memory than allowed. Paste the part you need."))


def _is_file(one: zipfile.ZipInfo) -> bool:
    """Leave out folders, and what macOS and Windows put beside the files."""
    parts = one.filename.replace("\\", "/").split("/")
    return not (
        one.is_dir() or parts[0] == "__MACOSX" or parts[-1].startswith(".") or parts[-1] == "Thumbs.db"
    )
