"""The part of ``/article`` that hands a whole library out as a file."""

import asyncio
import tempfile
from typing import IO

import discord
from discord import app_commands
from discord.ext import commands

from bot.context import Bot, Interaction, Reply, place_of
from bot.formatting import Tone, notice, small
from bot.guilds import may_curate, refuse_if_too_soon
from bot.i18n import gettext_noop, nt, t
from bot.messages import attachable
from bot.replies import send_file
from bot.views import refuse
from retrieval.domain import exported_row, write_row
from retrieval.protocols import Progress

FILE_NAME = "library.jsonl"
_IN_MEMORY_BYTES = 10_000_000
"""Of the lines that are being written; more goes to a temporary file."""


class Moving(commands.Cog):
    """The subcommand that exports; ``Curating`` holds it."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command(name="export")
    async def export(self, interaction: Interaction) -> None:
        """Get all articles with their exact texts as a file that `footnote import` reads."""
        if not may_curate(interaction, self.bot.settings.add_role):
            await refuse(interaction, self.bot, gettext_noop("Exporting the library"))
            return
        if await refuse_if_too_soon(interaction, self.bot.additions, gettext_noop("export")):
            return
        async with self.bot.replies.open(interaction, private=True) as reply:
            place, limit = place_of(interaction), interaction.filesize_limit
            total = await self.bot.librarian.articles.count(collection=place.collection)
            if not total:
                await reply.show(notice(t("There is no article to export yet.")))
                return
            with tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as lines:
                count = await self._write(lines, reply, place.collection, total)
                file = await asyncio.to_thread(attachable, lines, limit, FILE_NAME)
            if file is None:
                await reply.show(notice(_too_large(limit, place.collection), Tone.FAILED))
                return
            await reply.show(
                _render_export(count, zipped=file.filename.endswith(".zip"), library=place.library)
            )
            await send_file(interaction, file)

    async def _write(self, lines: IO[bytes], reply: Reply, collection: str, total: int) -> int:
        count = 0
        async for article, text, blocks in self.bot.librarian.articles.export(collection=collection):
            write_row(lines, exported_row(article, text, blocks))  # type: ignore[arg-type]
            count += 1
            reply.progress(Progress(t("Writing the articles"), count, max(count, total)))
        return count


def _render_export(count: int, *, zipped: bool, library: str) -> discord.ui.LayoutView:
    what = nt(
        "**{count:,} article of {library}**, one line of JSON each, with the exact texts.",
        "**{count:,} articles of {library}**, one line of JSON each, with the exact texts.",
        count,
        library=library,
    )
    command = "`footnote import library.jsonl`"
    how = t("Unpack it, then {command}", command=command) if zipped else command
    hint = t("{how} imports it into another library. The texts belong to their authors.", how=how)
    return notice(f"{what}\n{small(hint)}", Tone.ANSWERED)


def _too_large(limit: int, collection: str) -> str:
    command = f"`footnote export library.jsonl --collection {collection}`"
    return t(
        "Even packed, the library is larger than the {limit:.0f} MB that Discord lets me attach here. "
        "Whoever runs me can export it in a terminal: {command}",
        limit=limit / 1e6,
        command=command,
    )
