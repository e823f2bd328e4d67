"""Which edits of messages ask the bot something: a mention that was added, a question that was corrected.

Discord sends an edit also when it adds a preview to a link, and again for every change of one letter;
only other words than those answered already count, and only soon after the message was posted.
"""

from datetime import timedelta

import discord
from discord.utils import utcnow

EDITED_WITHIN = timedelta(minutes=15)
"""An older message is history; who edits it is not waiting for an answer."""
REMEMBERED = 1_000
"""Messages whose question is remembered, the newest."""
LOOKED_THROUGH = 50
"""Messages after one that a restart made us forget, in which its answer is looked for."""


class EditedQuestions:
    """Remembers what was asked by which message."""

    def __init__(self) -> None:
        self._asked: dict[int, str] = {}

    def note(self, message_id: int, question: str) -> None:
        """Remember what a message asks, because it is being answered."""
        self._asked.pop(message_id, None)
        self._asked[message_id] = question
        while len(self._asked) > REMEMBERED:
            del self._asked[next(iter(self._asked))]

    async def asks_anew(self, message: discord.Message, question: str, me: int) -> bool:
        """Tell whether an edited message asks what was not answered yet, and remember it if so."""
        if message.edited_at is None or utcnow() - message.created_at > EDITED_WITHIN:
            return False
        known = self._asked.get(message.id)
        if known == question:
            return False
        self.note(message.id, question)  # before the first wait, so that a second edit is compared with it
        return known is not None or not await _is_answered(message, me)


async def _is_answered(message: discord.Message, me: int) -> bool:
    """Tell whether the bot replied to a message of which nothing is remembered."""
    try:
        async for one in message.channel.history(limit=LOOKED_THROUGH, after=message, oldest_first=True):
            replied = one.reference.message_id if one.reference else None
            if one.author.id == me and replied == message.id:
                return True
    except (discord.NotFound, discord.Forbidden):
        return True  # where the answers cannot be seen, none is given twice
    return False
