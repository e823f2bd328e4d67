"""Choosing the channels of the companion: the card that names them, and buttons for the channel at hand."""

import re
from collections.abc import Sequence
from typing import Self

import discord

from bot.context import AnyInteraction, Bot, Interaction, place_of
from bot.formatting import Card, Tone, notice, small
from bot.guilds import may_manage
from bot.i18n import gettext_noop, t
from bot.views import DynamicButton, answer_press

READ = "\N{PAPERCLIP}"
NOT_READ = "\N{WARNING SIGN}\N{VARIATION SELECTOR-16}"
NEEDS_MANAGE_SERVER = gettext_noop(
    "You need the permission Manage Server to choose channels. Ask somebody who has it."
)
_SHOWN = 40
_NAME_CHARS = 50
_BLIND = gettext_noop(
    "**Nothing happens there yet:** whoever runs me has not let me read messages, which takes the "
    "message-content intent and `DISCORD_MESSAGE_CONTENT=true`. Until then, a message's menu does the same: "
    "Apps, then Add to library or Summarize."
)


class CompanionButton(DynamicButton, template=r"c:(?P<channel>[0-9]{1,20}):(?P<on>on|off)"):
    """Chooses a channel for the companion, or lets it go, if the one who presses may."""

    def __init__(self, channel_id: int, label: str = "", *, on: bool) -> None:
        super().__init__(f"c:{channel_id}:{'on' if on else 'off'}", label)
        self.channel_id = channel_id
        self.on = on

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["channel"]), on=match["on"] == "on")

    async def callback(self, interaction: AnyInteraction) -> None:
        """Keep the choice, and show all of them."""

        async def card(bot: Bot) -> Card:
            channel = interaction.guild.get_channel(self.channel_id) if interaction.guild else None
            if not may_manage(interaction) or not isinstance(channel, discord.TextChannel):
                return notice(t(NEEDS_MANAGE_SERVER), Tone.FAILED)
            return await choose_channel(bot, interaction, channel, on=self.on)

        await answer_press(interaction, card)


async def choose_channel(
    bot: Bot, interaction: Interaction, channel: discord.TextChannel | None, *, on: bool
) -> Card:
    """Choose a channel or let it go, ``None`` for neither, and return the card of those chosen."""
    collection = place_of(interaction).collection
    settings = await bot.chosen.of(collection)
    if channel is not None:
        others = tuple(one for one in settings.companion_channels if one != channel.id)
        channels = (*others, channel.id) if on else others
        settings = settings.model_copy(update={"companion_channels": channels})
        await bot.chosen.put(settings, collection)
    return companion_card(
        settings.companion_channels,
        reads_messages=bot.reads_messages,
        lacking=_list_missing_permissions(channel) if channel is not None and on else [],
        here=_text_channel(interaction.channel),
    )


def companion_card(
    channels: Sequence[int],
    *,
    reads_messages: bool,
    lacking: Sequence[str] = (),
    here: discord.TextChannel | None = None,
) -> Card:
    """Return in which channels links are added, what is missing for it, and a button for *here*."""
    card = Card(Tone.ANSWERED if channels and reads_messages and not lacking else Tone.NOTHING_FOUND)
    if channels:
        named = ", ".join(f"<#{one}>" for one in channels[:_SHOWN])
        if (more := len(channels) - _SHOWN) > 0:
            named = t("{shown} and {more} more", shown=named, more=more)
        card.add_text(t("**Links posted in {channels} are added to the library.**", channels=named))
    else:
        card.add_text(
            t(
                "**I do not add posted links in any channel yet.** Press the button for this channel, or "
                "choose another with `/companion channel`."
            )
        )
    card.add_text("" if reads_messages else t(_BLIND))
    card.add_text(t("There, I still lack: {rights}.", rights=", ".join(lacking)) if lacking else "")
    card.add_text(
        small(
            t(
                "{read} under a message means that its link was added; anybody who adds the same reaction "
                "gets a summary in a thread. {not_read} means that a link could not be added; the message's "
                "menu, Apps, Add to library tells you why.",
                read=READ,
                not_read=NOT_READ,
            )
        )
    )
    if here is not None:
        on = here.id not in channels
        name = here.name[:_NAME_CHARS]
        label = t("Add links posted in #{name}", name=name) if on else t("Stop in #{name}", name=name)
        card.add_buttons([CompanionButton(here.id, label, on=on)])
    return card


def _text_channel(channel: object) -> discord.TextChannel | None:
    """Return a text channel, or the one that a thread belongs to."""
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    return channel if isinstance(channel, discord.TextChannel) else None


def _list_missing_permissions(channel: discord.TextChannel) -> list[str]:
    """Return the rights that the bot lacks in a channel for all that the companion does."""
    mine = channel.permissions_for(channel.guild.me)
    needed = {
        t("View Channel"): mine.view_channel,
        t("Read Message History"): mine.read_message_history,
        t("Add Reactions"): mine.add_reactions,
        t("Send Messages"): mine.send_messages,
        t("Create Public Threads"): mine.create_public_threads,
        t("Send Messages in Threads"): mine.send_messages_in_threads,
    }
    return [name for name, granted in needed.items() if not granted]
