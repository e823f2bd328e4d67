"""Takes the article out of bytes, in a process of its own that can be stopped."""

import asyncio
import json
import os
import sys
from pathlib import Path

from retrieval.domain import Found, NewArticle
from retrieval.errors import LibraryBusy, NotReadable
from retrieval.messages import message
from retrieval.protocols import Fetched
from retrieval.sources.child_replies import ChildStopped, read_found, read_reply
from retrieval.sources.file_types import Kind, kind_of

MAX_CHILDREN = 2
"""Children at once; each may take all the memory it is allowed."""
MAX_LOST = 3
"""Files of one ZIP that may each use up a child before the rest is left."""
_READING_SHARE = 0.7
"""Share of the time limit after which a PDF is read no further, so that what was read is not lost."""


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
        return read_reply(await self._ask_child(fetched, many=False))

    async def extract_all(self, fetched: Fetched) -> list[Found]:
        """Return every article of a ZIP file or feed; of anything else the one, under the name "".

        Raises:
            SourceRefused, NotReadable, LibraryBusy: As ``extract``, for the file as a whole.
        """
        if kind_of(fetched.body, fetched.content_type, fetched.url) is not Kind.ZIP:
            return read_found(await self._ask_child(fetched, many=True))
        try:
            return read_found(await self._ask_child(fetched, many=True))
        except ChildStopped:
            # One hostile file takes the child with it; alone, it takes only itself.
            return await self._one_by_one(fetched)

    async def _one_by_one(self, fetched: Fetched) -> list[Found]:
        from retrieval.sources.archives import open_archive
        from retrieval.sources.bundles import LEFT, files_in, name_of

        with open_archive(fetched.body) as archive:
            names = [name_of(one) for one in files_in(archive)]
        found: list[Found] = []
        lost = 0
        for place, name in enumerate(names):
            if lost >= MAX_LOST:
                found.append(Found(name, error=NotReadable(LEFT)))
                continue
            try:
                found += read_found(await self._ask_child(fetched, many=True, only=place))
            except ChildStopped as error:
                found.append(Found(name, error=error))
                lost += 1
        return found

    async def _ask_child(self, fetched: Fetched, *, many: bool, only: int | None = None) -> bytes:
        kind_of(fetched.body, fetched.content_type, fetched.url)  # cheap, and needs no child
        async with self._turns:
            child = await _child()
            try:
                async with asyncio.timeout(self._timeout_s):
                    said, _ = await child.communicate(self._request(fetched, many=many, only=only))
            except TimeoutError as error:
                raise ChildStopped(
                    message(
                        "Reading this took longer than {seconds:g} seconds, so it was stopped. "
                        "Paste the part you need as text instead.",
                        seconds=self._timeout_s,
                    )
                ) from error
            finally:
                if child.returncode is None:
                    child.kill()
                    await child.wait()
        return said

    def _request(self, fetched: Fetched, *, many: bool, only: int | None) -> bytes:
        """Return one line of JSON and the body behind it."""
        head = {
            "url": fetched.url,
            "content_type": fetched.content_type,
            "charset": fetched.charset,
            "password": fetched.password,
            "many": many,
            "only": only,
            "cpu_s": max(1, round(self._timeout_s)),
            "memory_mb": self._memory_mb,
            "patience_s": self._timeout_s * _READING_SHARE,
        }
        return json.dumps(head).encode() + b"\n" + fetched.body


async def _child() -> asyncio.subprocess.Process:
    try:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-E", "-s", "-m", "retrieval.sources.sandbox"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parents[2],  # noqa: ASYNC240 - a path is made, no disk is touched
            env=_environment(),
            start_new_session=True,  # Ctrl-C in a terminal is the parent's affair
        )
    except OSError as error:
        raise LibraryBusy("The machine is too busy to read anything now. Try again in a minute.") from error


def _environment() -> dict[str, str]:
    """Return what the child gets to see: no token, no key, no proxy."""
    kept = ("SYSTEMROOT", "TZ")  # without the first, Python does not start on Windows
    return {"PYTHONUTF8": "1", **{name: os.environ[name] for name in kept if name in os.environ}}
