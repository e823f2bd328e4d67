"""Builds the bot for a simulated Discord, and reads its cards."""

from dataclasses import dataclass

from discord import ui
from simcord.components import walk_components

from bot.client import FootnoteBot
from bot.settings import BotSettings

ANSWER_BUTTONS = "Quotes · More · Follow up · ⋯"


@dataclass
class Clock:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


def make_bot(librarian, clock=None, *, settings=None, **options):
    settings = settings or BotSettings(_env_file=None, token="x", add_role="Librarians")
    return FootnoteBot(librarian, settings, clock=clock or Clock(), shard_count=1, **options)


def text_of(message):
    """All text of a card."""
    parts = walk_components(message.components)
    return "\n".join(one["content"] for one in parts if one["type"] == 10)


def buttons_of(message):
    """Label to custom_id or address."""
    return {
        one["label"]: one.get("custom_id") or one.get("url")
        for one in walk_components(message.components)
        if one["type"] == 2
    }


def accent_of(message):
    return next(one["accent_color"] for one in walk_components(message.components) if one["type"] == 17)


async def press_other(member, answer, label):
    """Press one of the actions that ⋯ opens."""
    return await member.click((await member.click(answer, label="⋯")).response, label=label)


async def press_forged(place, custom_id, who=None, channel=None):
    """Press a button that only looks like ours, on a message of the bot."""
    message = await planted(place, custom_id, channel or place.channel)
    return await (who or place.reader).click(message, custom_id=custom_id)


async def planted(place, custom_id, channel):
    """A message of the bot with a button that has this id."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.ActionRow(ui.Button(label="x", custom_id=custom_id)))
    view.stop()
    return await place.env.bot.get_channel(channel.id).send(view=view)


async def told(place):
    """What the server's owner was sent: the text of each card."""
    backend = place.env.backend
    channel = backend.dm_channels.get(backend.guilds[place.guild.id].owner_id)
    if channel is None:
        return []
    messages = [one async for one in (await place.env.bot.fetch_channel(channel)).history()]
    cards = [[part.to_dict() for part in message.components] for message in messages]
    return ["\n".join(one["content"] for one in walk_components(card) if one["type"] == 10) for card in cards]
