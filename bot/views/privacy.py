"""What /privacy shows: what is kept, the question before it is deleted, and what was."""

import asyncio
import json
import re
import tempfile
from collections import Counter
from typing import IO, Literal, Self, cast

import discord

from bot.context import AnyInteraction, Bot, Interaction, place_in, server_of
from bot.errors import Reporting
from bot.formatting import Card, Tone, notice, small
from bot.guilds import may_manage
from bot.i18n import gettext_noop, nt, t
from bot.messages import attachable
from bot.replies import send_file
from bot.views.dynamic_items import DynamicButton
from bot.views.presses import answer_press
from retrieval.domain import exported_row, write_row

NOT_YOURS = gettext_noop("You need the permission Manage Server to export or delete a server's data.")
NOT_THE_ONE = gettext_noop(
    "That button is for somebody else, or for another server. Use `/privacy` yourself."
)

Deletable = Literal["me", "server"]
"""What is kept of the one who presses · of the server where it is pressed."""
DATA_FILE, ARTICLES_FILE = "data.json", "library.jsonl"
_IN_MEMORY_BYTES = 10_000_000


class PrivacyButton(DynamicButton, template=r"y:(?P<whose>me|server):(?P<deed>export|ask)"):
    """Exports what is kept, or asks once more before it is deleted."""

    def __init__(
        self, whose: Deletable, deed: Literal["export", "ask"], label: str = "", *, danger: bool = False
    ) -> None:
        style = discord.ButtonStyle.danger if danger else discord.ButtonStyle.secondary
        super().__init__(f"y:{whose}:{deed}", label, style=style)
        self.whose = whose
        self.deed = deed

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(cast("Deletable", match["whose"]), "export" if match["deed"] == "export" else "ask")

    async def callback(self, interaction: AnyInteraction) -> None:
        """Do it for the one who presses, or for the server in which it is pressed."""
        files: list[discord.File] = []

        async def card(bot: Bot) -> Card:
            number = _number(interaction, self.whose)
            if number is None:
                return notice(t(NOT_YOURS), Tone.FAILED)
            if self.deed == "export":
                return await _export(bot, interaction, self.whose, number, files)
            return confirm_deletion_card(self.whose, number)

        await answer_press(interaction, card, opens=True, asks=self.deed == "export")
        async with Reporting(interaction):
            for one in files:  # after the card, which takes the place of "thinking…"
                await send_file(interaction, one)


class SureButton(DynamicButton, template=r"z:(?P<whose>me|server):(?P<number>[0-9]{1,20})"):
    """Deletes what is kept; its id names whose, so that no other press can mean it."""

    def __init__(self, whose: Deletable, number: int) -> None:
        super().__init__(f"z:{whose}:{number}", t("Delete everything"), style=discord.ButtonStyle.danger)
        self.whose = whose
        self.number = number

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(cast("Deletable", match["whose"]), int(match["number"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Delete it if it is the presser's, or the server's and the presser may manage it."""

        async def card(bot: Bot) -> Card:
            number = _number(interaction, self.whose)
            if number is None:
                return notice(t(NOT_YOURS), Tone.FAILED)
            if number != self.number:
                return notice(t(NOT_THE_ONE), Tone.FAILED)
            collection = _collection(self.whose, number)
            if self.whose == "me":
                counts = await bot.librarian.privacy.forget_person(str(number), collection=collection)
            else:
                counts = await bot.librarian.privacy.forget_collection(collection=collection)
            bot.chosen.forget(collection)
            return deleted_card(counts)

        await answer_press(interaction, card)


def privacy_card(*, manages: bool, in_server: bool) -> Card:
    """Return what is kept, with a button for everything one may do about it."""
    card = Card(Tone.NEUTRAL)
    card.add_text(
        t(
            "**What I keep about you**, in any server or in direct messages: the questions you asked with my "
            "answers, your votes and reports, which articles you corrected, and the library you have in "
            "direct messages with me. No messages, no names: only the number that Discord gives you."
        )
    )
    card.add_buttons(
        [
            PrivacyButton("me", "export", t("Export my data")),
            PrivacyButton("me", "ask", t("Delete my data"), danger=True),
        ]
    )
    if in_server:
        card.add_line()
        card.add_text(
            t(
                "**What I keep about this server**: its articles, the answers given here, settings and "
                "scheduled digests. If I am removed, it is deleted after 30 days; adding me again stops that."
            )
        )
        card.add_text("" if manages else small(t("Anyone with Manage Server can export and delete it.")))
    if manages:
        card.add_buttons(
            [
                PrivacyButton("server", "export", t("Export this server's data")),
                PrivacyButton("server", "ask", t("Delete this server's data"), danger=True),
            ]
        )
    return card


def confirm_deletion_card(whose: Deletable, number: int) -> Card:
    """Return what deleting means, with the button that does it."""
    card = Card(Tone.FAILED)
    if whose == "me":
        card.add_text(
            t(
                "**Delete everything I keep about you?** The answers to your questions, in every server, "
                "your votes and reports, and your own library with its articles. Corrections that you made "
                "to a server's articles stay, without you. Buttons under those answers stop working."
            )
        )
    else:
        card.add_text(
            t(
                "**Delete everything I keep about this server?** All its articles, all answers given here, "
                "its settings and scheduled digests, for everybody. Buttons under old answers stop working."
            )
        )
    card.add_text(small(t("This cannot be undone. Export it first if you may want it back.")))
    card.add_buttons([SureButton(whose, number)])
    return card


def deleted_card(counts: Counter[str]) -> Card:
    """Return what was deleted."""
    named = _list_counts(counts)
    if not named:
        return notice(t("There was nothing to delete."), Tone.ANSWERED)
    named_all = ", ".join(named)
    return notice(t("**Deleted:** {named}, and everything made from them.", named=named_all), Tone.ANSWERED)


def _list_counts(counts: Counter[str]) -> list[str]:
    """Say how much was deleted of the tables that mean something to people; the others follow from them."""
    said = {
        "articles": nt("{count:,} article", "{count:,} articles", counts["articles"]),
        "answers": nt("{count:,} answer", "{count:,} answers", counts["answers"]),
        "votes": nt("{count:,} vote", "{count:,} votes", counts["votes"]),
        "reports": nt("{count:,} report", "{count:,} reports", counts["reports"]),
        "edits": nt("{count:,} correction", "{count:,} corrections", counts["edits"]),
        "open_questions": nt("{count:,} open question", "{count:,} open questions", counts["open_questions"]),
        "schedules": nt("{count:,} scheduled digest", "{count:,} scheduled digests", counts["schedules"]),
    }
    return [words for table, words in said.items() if counts[table]]


def exported_card(files: int) -> Card:
    """Return the words above the files."""
    if files == 1:
        said = t("The file holds everything, for your eyes only. Save it: this message will disappear.")
    else:
        said = t("The files hold everything, for your eyes only. Save them: this message will disappear.")
    return notice(said, Tone.ANSWERED)


def too_large_card(limit: int, option: str) -> Card:
    """Return how to get what Discord does not let through."""
    return notice(
        t(
            "Even packed, that is larger than the {limit:.0f} MB that Discord lets me attach here. "
            "Whoever runs me can export it in a terminal: `footnote privacy export {option}`",
            limit=limit / 1e6,
            option=option,
        ),
        Tone.FAILED,
    )


def _number(interaction: Interaction, whose: Deletable) -> int | None:
    """Return the number of the person or the server; ``None`` if that takes a right one lacks."""
    if whose == "me":
        return interaction.user.id
    return server_of(interaction) if may_manage(interaction) else None


def _collection(whose: Deletable, number: int) -> str:
    return place_in(None if whose == "me" else number, number).collection


async def _export(
    bot: Bot, interaction: Interaction, whose: Deletable, number: int, files: list[discord.File]
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


async def _articles(bot: Bot, collection: str, limit: int) -> discord.File | None:
    with tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as lines:
        async for article, text, blocks in bot.librarian.articles.export(collection=collection):
            write_row(lines, exported_row(article, text, blocks))  # type: ignore[arg-type]
        return await asyncio.to_thread(attachable, lines, limit, ARTICLES_FILE)


def _write_json(output: IO[bytes], data: object) -> None:
    output.write(json.dumps(data, ensure_ascii=False, indent=1).encode())
