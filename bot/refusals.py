"""What to say to somebody who may not, or cannot, do something here."""

from bot.cards import Tone, notice
from bot.context import Bot, Interaction, place_of
from bot.i18n import t
from bot.markdown import plain
from bot.permissions import curators


async def refuse(interaction: Interaction, bot: Bot, what: str) -> None:
    """Say who may do *what*, a message of the catalogs, to somebody who may not."""
    chosen = bot.chosen.now(place_of(interaction).collection)
    needed = curators(bot.settings.add_role, chosen=bool(chosen.adders))
    await say(
        interaction, t("{what} here takes {needed}. Ask somebody who has it.", what=t(what), needed=needed)
    )


async def say(interaction: Interaction, words: str) -> None:
    """Say something, in the language of the place, to the person alone, as the first answer."""
    card = notice(plain(words), Tone.FAILED)
    await interaction.response.send_message(view=card, ephemeral=True)
