"""What to say to somebody who may not, or cannot, do something here."""

from typing import TYPE_CHECKING

from bot.cards import Tone, notice
from bot.markdown import plain
from bot.permissions import Interaction, curators, place_of
from bot.words import t

if TYPE_CHECKING:
    from bot.client import FootnoteBot


async def refuse(interaction: Interaction, bot: "FootnoteBot", what: str) -> None:
    """Say who may do *what*, to somebody who may not."""
    chosen = bot.chosen.now(place_of(interaction).collection)
    needed = curators(bot.settings.add_role, chosen=bool(chosen.adders))
    await say(
        interaction, t("{what} here takes {needed}. Ask somebody who has it.", what=t(what), needed=needed)
    )


async def say(interaction: Interaction, words: str) -> None:
    """Say something to the person alone, as the first answer."""
    card = notice(plain(t(words)), Tone.FAILED)
    await interaction.response.send_message(view=card, ephemeral=True)
