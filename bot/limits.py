"""How often one person may ask: an answer with a time in it, not an error.

discord.py's own cool-downs raise; a person is better served by "you can ask again in 8 s".
"""

import math
from collections.abc import Callable

from bot.cards import Tone, notice
from bot.permissions import Interaction

Clock = Callable[[], float]
"""Seconds that only grow, such as ``time.monotonic``."""
MAX_PEOPLE = 10_000


class Limiter:
    """A bucket of *at_once* uses a person, refilled by one every *every_s* seconds.

    Kept as the generic cell rate algorithm does: one number a person, the time at which the
    bucket will be full again.
    """

    def __init__(self, *, at_once: int, every_s: float, clock: Clock) -> None:
        self._slack_s = (at_once - 1) * every_s
        self._every_s = every_s
        self._clock = clock
        self._full_at: dict[int, float] = {}

    def wait_s(self, person: int) -> int:
        """Count one use and return 0, or count nothing and return the whole seconds left to wait."""
        now = self._clock()
        full_at = max(self._full_at.get(person, now), now)
        ahead_s = full_at - now - self._slack_s
        if ahead_s > 0:
            return math.ceil(ahead_s)
        self._full_at[person] = full_at + self._every_s
        if len(self._full_at) > MAX_PEOPLE:
            self._full_at = {who: when for who, when in self._full_at.items() if when > now}
        return 0


async def turned_away(interaction: Interaction, limiter: Limiter, deed: str) -> bool:
    """Count one use; when it is too soon, tell the person when to come again and return ``True``."""
    wait_s = limiter.wait_s(interaction.user.id)
    if wait_s:
        card = notice(f"You can {deed} again in {wait_s} s.", Tone.NOTHING_FOUND)
        await interaction.response.send_message(view=card, ephemeral=True)
    return wait_s > 0
