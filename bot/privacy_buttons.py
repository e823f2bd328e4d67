"""The buttons under /privacy. Rights, and whose data it is, are asked for again at each press."""

import asyncio
import json
import re
import tempfile
from typing import IO, TYPE_CHECKING, Any, Self, cast

import discord
from discord import ui

from bot.buttons import pressed
from bot.cards import Card, Tone, notice
from bot.cogs.moving import attachable
from bot.custom_ids import PRIVACY_ID, SURE_ID, Deletable
from bot.errors import Reporting
from bot.permissions import Interaction, may_manage, place_in, server_of
from bot.privacy_cards import (
    NOT_THE_ONE,
    NOT_YOURS,
    asked_once_more_card,
    deleted_card,
    exported_card,
    too_large_card,
)
from retrieval.rows import exported_row, write_row

if TYPE_CHECKING:
    from bot.client import FootnoteBot

DATA_FILE, ARTICLES_FILE = "data.json", "library.jsonl"
_IN_MEMORY_BYTES = 10_000_000


class PrivacyButton(ui.DynamicItem[ui.Button[Any]], template=PRIVACY_ID):
    """Exports what is kept, or asks once more before it is deleted."""

    def __init__(self, item: ui.Button[Any], whose: Deletable, *, exports: bool) -> None:
        super().__init__(item)
        self._whose = whose
        self._exports = exports

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button back from its id."""
        whose = cast("Deletable", match["whose"])
        return cls(cast("ui.Button[Any]", item), whose, exports=match["deed"] == "export")

    async def callback(self, interaction: Interaction) -> None:
        """Do it for the one who presses, or for the server in which it is pressed."""
        files: list[discord.File] = []

        async def card(bot: "FootnoteBot") -> Card:
            number = _number(interaction, self._whose)
            if number is None:
                return notice(NOT_YOURS, Tone.FAILED)
            if self._exports:
                return await _exported(bot, interaction, self._whose, number, files)
            return asked_once_more_card(self._whose, number)

        await pressed(interaction, card, opens=True, asks=self._exports)
        async with Reporting(interaction):
            for one in files:  # after the card, which takes the place of "thinking…"
                await interaction.followup.send(file=one, ephemeral=True)


class SureButton(ui.DynamicItem[ui.Button[Any]], template=SURE_ID):
    """Deletes what is kept; its id names whose, so that no other press can mean it."""

    def __init__(self, item: ui.Button[Any], whose: Deletable, number: int) -> None:
        super().__init__(item)
        self._whose = whose
        self._number = number

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button back from its id."""
        return cls(cast("ui.Button[Any]", item), cast("Deletable", match["whose"]), int(match["number"]))

    async def callback(self, interaction: Interaction) -> None:
        """Delete it if it is the presser's, or the server's and the presser may manage it."""

        async def card(bot: "FootnoteBot") -> Card:
            number = _number(interaction, self._whose)
            if number is None:
                return notice(NOT_YOURS, Tone.FAILED)
            if number != self._number:
                return notice(NOT_THE_ONE, Tone.FAILED)
            collection = _collection(self._whose, number)
            if self._whose == "me":
                counts = await bot.librarian.privacy.forget_person(str(number), collection=collection)
            else:
                counts = await bot.librarian.privacy.forget_collection(collection=collection)
            bot.chosen.forget(collection)
            return deleted_card(counts)

        await pressed(interaction, card)


def _number(interaction: Interaction, whose: Deletable) -> int | None:
    """Return the number of the person or the server; ``None`` if that takes a right one lacks."""
    if whose == "me":
        return interaction.user.id
    return server_of(interaction) if may_manage(interaction) else None


def _collection(whose: Deletable, number: int) -> str:
    return place_in(None if whose == "me" else number, number).collection


async def _exported(
    bot: "FootnoteBot", interaction: Interaction, whose: Deletable, number: int, files: list[discord.File]
) -> Card:
    """Return the words above the files, and put those into *files*, if they are not too large."""
    collection, limit = _collection(whose, number), interaction.filesize_limit
    if whose == "me":
        made = [
            await _file(limit, await bot.librarian.privacy.export_person(str(number), collection=collection))
        ]
    else:
        made = [await _file(limit, await bot.librarian.privacy.export_collection(collection=collection))]
    # A person's own articles go to direct messages only: elsewhere, others look over one's shoulder.
    in_own_library = server_of(interaction) is None
    if (whose == "server" or in_own_library) and await bot.librarian.articles.count(collection=collection):
        made.append(await _articles(bot, collection, limit))
    whole = [one for one in made if one is not None]
    if len(whole) < len(made):
        return too_large_card(limit, f"--{'person' if whose == 'me' else 'server'} {number}")
    files.extend(whole)
    return exported_card(len(files))


async def _file(limit: int, data: object) -> discord.File | None:
    with tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as output:
        await asyncio.to_thread(_write_json, output, data)
        return await asyncio.to_thread(attachable, output, limit, DATA_FILE)


async def _articles(bot: "FootnoteBot", collection: str, limit: int) -> discord.File | None:
    with tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as lines:
        async for article, text in bot.librarian.articles.export(collection=collection):
            write_row(lines, exported_row(article, text))  # type: ignore[arg-type]
        return await asyncio.to_thread(attachable, lines, limit, ARTICLES_FILE)


def _write_json(output: IO[bytes], data: object) -> None:
    output.write(json.dumps(data, ensure_ascii=False, indent=1).encode())
