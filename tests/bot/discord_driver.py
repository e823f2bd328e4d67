"""Builds the bot for a simulated Discord, and reads its cards."""

from dataclasses import dataclass

from simcord.components import walk_components

from bot.client import FootnoteBot
from bot.settings import BotSettings


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
