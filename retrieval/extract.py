"""Takes the article out of bytes, in a process of its own that can be stopped."""

import asyncio
import json
import os
import sys
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from retrieval.domain import NewArticle
from retrieval.errors import LibraryBusy, NotReadable, RetrievalError, SourceRefused
from retrieval.kinds import Kind, kind_of, said_kind, suffix_of
from retrieval.seams import Fetched

MAX_CHILDREN = 2
"""Children at once; each may take all the memory it is allowed."""
_READING_SHARE = 0.7
"""Share of the time limit after which a PDF is read no further, so that what was read is not lost."""
_TOO_SLOW = (
    "Reading this took longer than {:g} seconds, so it was stopped. Paste the part you need as text instead."
)
_STOPPED = "Reading this took too much memory or failed. Paste the part you need as text instead."


def extract_article(fetched: Fetched, *, patience_s: float = float("inf")) -> NewArticle:
    """Return the article in *fetched*: tidied text, and the metadata that is really there.

    Pure and synchronous; takes some 30 ms for a page, and long for a hostile one, which is
    why ``SandboxedExtractor`` runs it elsewhere. ``fetched.url`` may be a file's name, or
    empty. A PDF is not read on after *patience_s*; a note says so.

    Raises:
        SourceRefused: If it is no kind of file that is read.
        NotReadable: If there is no article in it.
    """
    # Each reader brings a library of its own; only the one that is needed is loaded.
    kind = kind_of(fetched.body, fetched.content_type, fetched.url)
    if kind is Kind.PDF:
        from retrieval.pdf import read_pdf

        article = read_pdf(fetched.body, fetched.url, patience_s, fetched.password)
    elif kind is Kind.MARKDOWN:
        from retrieval.markdown import read_markdown

        article = read_markdown(fetched.body, fetched.url, fetched.charset)
    elif kind is Kind.TEXT:
        from retrieval.plain_text import read_text

        article = read_text(fetched.body, fetched.url, fetched.charset)
    else:
        from retrieval.pages import read_page

        article = read_page(fetched.body, fetched.url, fetched.charset)
    return _with_kind_note(article, kind, fetched)


def _with_kind_note(article: NewArticle, kind: Kind, fetched: Fetched) -> NewArticle:
    said = said_kind(fetched.content_type, fetched.url)
    if said is None or said is kind:
        return article
    name = suffix_of(fetched.url) or fetched.content_type
    note = f"It is called {name}, but it is {kind.value}; it was read as that."
    return replace(article, notes=(note, *article.notes))


class SandboxedExtractor:
    """Runs ``extract_article`` in a child process with limits on time and memory.

    The child inherits no environment, speaks JSON over pipes, and is killed when the time is
    over or the caller is cancelled; it dies with its parent. Starting it costs about 0.5 s.
    """

    def __init__(self, timeout_s: float = 30.0, memory_mb: int = 1_024) -> None:
        self._timeout_s = timeout_s
        self._memory_mb = memory_mb
        self._turns = asyncio.Semaphore(MAX_CHILDREN)

    async def extract(self, fetched: Fetched) -> NewArticle:
        """Return the tidied text and the metadata that is really there.

        Raises:
            SourceRefused: It is no kind of file that is read.
            NotReadable: There is no article in it, or reading it took too much time or memory.
            LibraryBusy: No process can be started.
        """
        kind_of(fetched.body, fetched.content_type, fetched.url)  # cheap, and needs no child
        async with self._turns:
            child = await _child()
            try:
                async with asyncio.timeout(self._timeout_s):
                    said, _ = await child.communicate(self._request(fetched))
            except TimeoutError as error:
                raise NotReadable(_TOO_SLOW.format(self._timeout_s)) from error
            finally:
                if child.returncode is None:
                    child.kill()
                    await child.wait()
        return read_reply(said)

    def _request(self, fetched: Fetched) -> bytes:
        """Return one line of JSON and the body behind it."""
        head = {
            "url": fetched.url,
            "content_type": fetched.content_type,
            "charset": fetched.charset,
            "password": fetched.password,
            "cpu_s": max(1, round(self._timeout_s)),
            "memory_mb": self._memory_mb,
            "patience_s": self._timeout_s * _READING_SHARE,
        }
        return json.dumps(head).encode() + b"\n" + fetched.body


async def _child() -> asyncio.subprocess.Process:
    try:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-E", "-s", "-m", "retrieval.sandbox"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parent.parent,  # noqa: ASYNC240 - a path is made, no disk is touched
            env=_environment(),
            start_new_session=True,  # Ctrl-C in a terminal is the parent's affair
        )
    except OSError as error:
        raise LibraryBusy("The machine is too busy to read anything now. Try again in a minute.") from error


def _environment() -> dict[str, str]:
    """Return what the child gets to see: no token, no key, no proxy."""
    kept = ("SYSTEMROOT", "TZ")  # without the first, Python does not start on Windows
    return {"PYTHONUTF8": "1", **{name: os.environ[name] for name in kept if name in os.environ}}


def write_reply(article: NewArticle) -> bytes:
    """Return *article* as the child sends it."""
    fields = asdict(article)
    for day in ("published", "updated"):
        fields[day] = fields[day].isoformat() if fields[day] else None
    return json.dumps({"article": fields}).encode()


def write_refusal(error: RetrievalError) -> bytes:
    """Return *error* as the child sends it."""
    return json.dumps({"refused": isinstance(error, SourceRefused), "text": str(error)}).encode()


def read_reply(said: bytes) -> NewArticle:
    """Return the article that a child sent, or raise the error that it sent.

    The child has read what strangers wrote, so nothing in the reply is trusted beyond its types.

    Raises:
        SourceRefused: If the child said so.
        NotReadable: If the child said so, or its reply makes no sense because it was stopped.
    """
    try:
        reply = json.loads(said)
        if "article" in reply:
            return _article(reply["article"])
        refused, text = bool(reply["refused"]), str(reply["text"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotReadable(_STOPPED) from error
    raise (SourceRefused if refused else NotReadable)(text)


def _article(fields: dict[str, Any]) -> NewArticle:
    def text_or_none(name: str) -> str | None:
        return None if fields[name] is None else str(fields[name])

    def day_or_none(name: str) -> date | None:
        day = text_or_none(name)
        return date.fromisoformat(day) if day else None

    return NewArticle(
        text=str(fields["text"]),
        title=str(fields["title"]),
        author=text_or_none("author"),
        site=text_or_none("site"),
        url=text_or_none("url"),
        published=day_or_none("published"),
        updated=day_or_none("updated"),
        language=text_or_none("language"),
        page_starts=tuple(int(start) for start in fields["page_starts"]),
        notes=tuple(str(note) for note in fields["notes"]),
    )
