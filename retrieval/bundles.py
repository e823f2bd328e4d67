"""Takes the articles out of what holds several: ZIP files and feeds. Runs in the child process."""

import time
import zipfile
import zlib
from collections.abc import Iterator

from retrieval.archive import member, opened
from retrieval.domain import Found
from retrieval.errors import NotReadable, RetrievalError, SourceRefused
from retrieval.extract import extract_article
from retrieval.kinds import SEVERAL, Kind, kind_of
from retrieval.seams import Fetched

MAX_ARTICLES = 500
"""Of one ZIP file."""
_LEFT = "There was no time left to read it. Add it by itself."


def extract_all(fetched: Fetched, *, patience_s: float = float("inf")) -> list[Found]:
    """Return every article of a ZIP file or feed; of anything else the one, under the name "".

    Raises:
        SourceRefused: It is no kind of file that is read, or holds too much.
        NotReadable: It is damaged, or nothing is in it.
    """
    kind = kind_of(fetched.body, fetched.content_type, fetched.url)
    if kind is Kind.FEED:
        from retrieval.feeds import read_feed

        entries = read_feed(fetched.body, fetched.url, fetched.content_type, fetched.charset)
        return [Found(entry.url or entry.article.title, entry.article, url=entry.url) for entry in entries]
    if kind is Kind.ZIP:
        return list(_in_zip(fetched, time.monotonic() + patience_s))
    return [Found("", extract_article(fetched, patience_s=patience_s))]


def _in_zip(fetched: Fetched, deadline: float) -> Iterator[Found]:
    with opened(fetched.body) as archive:
        files = [one for one in archive.infolist() if _is_file(one)]
        if not files:
            raise NotReadable("There is nothing in this ZIP file. Check it, or paste the text instead.")
        if len(files) > MAX_ARTICLES:
            raise SourceRefused(
                f"This ZIP file holds {len(files):,} files; up to {MAX_ARTICLES} are read. Split it."
            )
        for one in files:
            name = one.filename.replace("\\", "/")
            if time.monotonic() > deadline:
                yield Found(name, error=NotReadable(_LEFT))
                continue
            try:
                inner = Fetched(member(archive, one.filename), name, "", password=fetched.password)
                if kind_of(inner.body, "", name) in SEVERAL:
                    raise SourceRefused("It holds several articles itself. Unpack it, and add it by itself.")
                yield Found(name, extract_article(inner, patience_s=deadline - time.monotonic()))
            except RetrievalError as error:
                yield Found(name, error=error)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
                yield Found(name, error=NotReadable("It is damaged inside the ZIP file. Pack it again."))


def _is_file(one: zipfile.ZipInfo) -> bool:
    """Leave out folders, and what macOS and Windows put beside the files."""
    parts = one.filename.replace("\\", "/").split("/")
    return not (
        one.is_dir() or parts[0] == "__MACOSX" or parts[-1].startswith(".") or parts[-1] == "Thumbs.db"
    )
