"""How often one person may ask: an answer with a time in it, not an error.

discord.py's own cool-downs raise; a person is better served by "you can ask again in 8 s".
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, cast

from bot.cards import Tone, notice
from bot.permissions import Interaction, place_in, server_of
from bot.words import t

if TYPE_CHECKING:
    from bot.client import FootnoteBot

Clock = Callable[[], float]
"""Seconds that only grow, such as ``time.monotonic``."""
MAX_PEOPLE = 10_000


class Pace(NamedTuple):
    """How many uses at once, and after how many seconds one more."""

    at_once: int
    every_s: float


class Limiter:
    """A bucket of *at_once* uses a person or server, refilled by one every *every_s* seconds.

    Kept as the generic cell rate algorithm does: one number a person, the time at which the
    bucket will be full again.
    """

    def __init__(self, *, at_once: int, every_s: float, clock: Clock) -> None:
        self._pace = Pace(at_once, every_s)
        self._clock = clock
        self._full_at: dict[int, float] = {}

    def wait_s(self, who: int, pace: Pace | None = None) -> int:
        """Count one use and return 0, or count nothing and return the whole seconds left to wait.

        *pace* is used instead of the limiter's own.
        """
        now = self._clock()
        pace = pace or self._pace
        full_at = max(self._full_at.get(who, now), now)
        ahead_s = full_at - now - (pace.at_once - 1) * pace.every_s
        if ahead_s > 0:
            return math.ceil(ahead_s)
        self._full_at[who] = full_at + pace.every_s
        if len(self._full_at) > MAX_PEOPLE:
            self._full_at = {one: when for one, when in self._full_at.items() if when > now}
        return 0


def question_wait(bot: "FootnoteBot", person: int, server: int | None) -> str:
    """Count one question; return what to say when it is too soon, else nothing.

    A server can set the pace of its members, and one for all of them together.
    """
    chosen = bot.chosen.now(place_in(server, person).collection)
    settings = bot.settings
    at_once = settings.questions_at_once if chosen.questions_at_once is None else chosen.questions_at_once
    every_s = settings.question_every_s if chosen.question_every_s is None else chosen.question_every_s
    wait_s = bot.questions.wait_s(person, Pace(at_once, every_s))
    if wait_s:
        return t("You can ask again in {seconds} s.", seconds=wait_s)
    if server is not None and chosen.questions_an_hour:
        together = Pace(chosen.questions_an_hour, 3_600 / chosen.questions_an_hour)
        wait_s = bot.server_questions.wait_s(server, together)
        if wait_s:
            return t(
                "This server has asked all its questions of this hour. The next is free in {seconds} s.",
                seconds=wait_s,
            )
    return ""


async def turned_away(interaction: Interaction, limiter: Limiter, deed: str) -> bool:
    """Count one use; when it is too soon, tell the person when to come again and return ``True``."""
    bot = cast("FootnoteBot", interaction.client)
    if limiter is bot.questions:
        words = question_wait(bot, interaction.user.id, server_of(interaction))
    else:
        wait_s = limiter.wait_s(interaction.user.id)
        words = t("You can {deed} again in {seconds} s.", deed=t(deed), seconds=wait_s) if wait_s else ""
    if words:
        await interaction.response.send_message(view=notice(words, Tone.NOTHING_FOUND), ephemeral=True)
    return bool(words)
