"""Buttons and selects that outlive the process: all they need to know is in their ``custom_id``.

Each is one class, which owns the template of its id, builds the id from typed values, and reads them back.
After a restart discord.py finds the class by its template; see its ``examples/views/dynamic_counter.py``.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Generic, Self, TypeVar, cast

import discord
from discord import ui

ItemT = TypeVar("ItemT", bound=ui.Item[Any])
NEVER = r"(?!)"
"""Matches no id: discord.py wants a template of abstract classes too."""
MAX_PAGES = 1_000
"""What the three digits of a page in an id can count; pages count from 0."""


class DynamicItem(ui.DynamicItem[ItemT], ABC, Generic[ItemT], template=NEVER):
    """An item that is read back from its id, whatever process sent it."""

    @classmethod
    @abstractmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the item whose id has matched the template."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the item back from its id; what is shown of it stays as the message has it."""
        parsed = cls.parse(match)
        parsed.item = cast("ItemT", item)
        return parsed

    @classmethod
    def match_id(cls, custom_id: str) -> re.Match[str] | None:
        """Return the match of an id, as discord.py looks for it; ``None`` if it is another item's."""
        return cls.__discord_ui_compiled_template__.fullmatch(custom_id)


class DynamicButton(DynamicItem[ui.Button[Any]], ABC, template=NEVER):
    """A button that is read back from its id. *label* is shown as it is given."""

    def __init__(
        self,
        custom_id: str,
        label: str = "",
        *,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    ) -> None:
        super().__init__(ui.Button(label=label or None, style=style, custom_id=custom_id))


def page_buttons(page: int, pages: int, turn_to: Callable[[int], DynamicButton]) -> Sequence[DynamicButton]:
    """Return ‹ and › from what *turn_to* makes for a page; nothing when there is one page."""
    if pages < 2:
        return ()
    # A row needs distinct ids, so at the ends the idle button names a page that is not there.
    back, forth = turn_to(page - 1 if page else pages), turn_to(page + 1)
    back.item.label, back.item.disabled = "‹", page == 0
    forth.item.label, forth.item.disabled = "›", page + 1 >= pages
    return (back, forth)
