"""Files that people attach: refused before the download if they would be refused anyway, then read."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import PurePath
from typing import IO

import aiohttp
import discord

from bot.i18n import t
from retrieval.errors import RetrievalError, SourceRefused
from retrieval.messages import message

ARTICLE_KINDS = (
    *(".html", ".htm", ".txt", ".md", ".pdf", ".docx", ".odt", ".rtf", ".epub", ".vtt", ".srt", ".ipynb"),
)
KINDS = (*ARTICLE_KINDS, ".zip", ".rss", ".atom", ".xml", ".json")
"""Those, and what holds several articles."""


class FileNotFetched(RetrievalError):
    """Discord did not hand over an attachment."""

    transient = True


async def read_attachment(file: discord.Attachment, max_bytes: int, kinds: Sequence[str] = KINDS) -> bytes:
    """Return the bytes of an attachment.

    Raises:
        SourceRefused: It is no kind of file that is read, or too large.
        FileNotFetched: Discord did not hand it over.
    """
    _check_file(file, max_bytes, kinds)
    try:
        return await file.read()
    except (discord.HTTPException, aiohttp.ClientError) as error:
        raise FileNotFetched(t("Discord did not hand me the file. Please attach it again.")) from error


def is_readable(file: discord.Attachment, kinds: Sequence[str] = ARTICLE_KINDS) -> bool:
    """Tell whether a file has a name of a kind that is read."""
    return PurePath(file.filename).suffix.lower() in kinds


def _check_file(file: discord.Attachment, max_bytes: int, kinds: Sequence[str]) -> None:
    """Refuse what would be refused anyway, before it is downloaded."""
    if not is_readable(file, kinds):
        raise SourceRefused(
            message(
                "I read {kinds} files; {name} is none of these. Convert it, or paste its text.",
                kinds=", ".join(kinds),
                name=file.filename,
            )
        )
    if file.size > max_bytes:
        raise SourceRefused(
            message(
                "The file has {size:.1f} MB; I read up to {limit:.1f} MB. Attach a smaller part.",
                size=file.size / 1e6,
                limit=max_bytes / 1e6,
            )
        )


def attachable(lines: IO[bytes], limit: int, name: str) -> discord.File | None:
    """Return the lines as a file for Discord, packed if need be; ``None`` if even that is too large."""
    size = lines.tell()
    lines.seek(0)
    if size <= limit:
        return discord.File(io.BytesIO(lines.read()), name)
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as member,
    ):
        while chunk := lines.read(1 << 20):
            member.write(chunk)
            if packed.tell() > limit:
                break
    if packed.tell() > limit:
        return None
    packed.seek(0)
    return discord.File(packed, f"{name}.zip")
