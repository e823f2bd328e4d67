"""The frame of every message: one container with an accent, and a count of the room left.

Discord allows 40 components and 4,000 characters of text in a message of this kind (Components
V2), addresses of links included. ``Card`` counts; what to leave out is the renderers' choice.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Any

import discord
from discord import ui

from bot.i18n import t

MAX_TEXT = 4_000
MAX_COMPONENTS = 40


class Tone(Enum):
    """What the color at a card's edge says."""

    ANSWERED = discord.Color(0x5865F2)
    NOTHING_FOUND = discord.Color(0xF0B232)
    FAILED = discord.Color(0xED4245)
    NEUTRAL = discord.Color(0x80848E)


class Card(ui.LayoutView):
    """A framed message, filled from top to bottom with markdown that is already safe."""

    def __init__(self, tone: Tone) -> None:
        super().__init__(timeout=None)
        self._box: ui.Container[Card] = ui.Container(accent_color=tone.value)
        self.add_item(self._box)
        self.room = MAX_TEXT
        """Characters of text that may still be added."""

    def add_text(self, markdown: str) -> None:
        """Add a paragraph; an empty one is left out.

        Raises:
            ValueError: It does not fit, which is a bug of the caller.
        """
        if markdown:
            self._box.add_item(ui.TextDisplay(self._spend(markdown)))

    def add_section(self, markdown: str, *, open_link: str | None) -> None:
        """Add a paragraph with a button that opens *open_link* beside it, or without one."""
        if open_link is None:
            self.add_text(markdown)
            return
        button: ui.Button[Card] = ui.Button(label=t("Open"), url=open_link)
        self._box.add_item(ui.Section(self._spend(markdown), accessory=button))

    def add_line(self) -> None:
        """Add a thin line."""
        self._box.add_item(ui.Separator(spacing=discord.SeparatorSpacing.small))

    def add_buttons(self, buttons: Iterable[ui.Item[Any]]) -> None:
        """Add a row of up to five buttons; no row for none."""
        row: ui.ActionRow[Card] = ui.ActionRow()
        for button in buttons:
            # A view answers no press: ``dynamic_items`` finds the item by the id of its button.
            row.add_item(button.item if isinstance(button, ui.DynamicItem) else button)
        if row.children:
            self._box.add_item(row)

    def add_footer(self, markdown: str) -> None:
        """Add small print below the frame."""
        if markdown:
            self.add_item(ui.TextDisplay(self._spend(small(markdown))))

    def _spend(self, markdown: str) -> str:
        if len(markdown) > self.room:
            raise ValueError(f"{len(markdown)} characters do not fit into {self.room}")
        self.room -= len(markdown)
        return markdown


def notice(markdown: str, tone: Tone = Tone.NEUTRAL) -> Card:
    """Return a card of one paragraph."""
    card = Card(tone)
    card.add_text(markdown)
    return card


def small(markdown: str) -> str:
    """Return markdown as small print, line by line."""
    return "\n".join(f"-# {line}" for line in markdown.split("\n") if line.strip())
