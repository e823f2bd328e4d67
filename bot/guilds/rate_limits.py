"""How often one person may ask: an answer with a time in it, not an error.

discord.py's own cool-downs raise; a person is better served by "you can ask again in 8 s".
"""

from bot.context import Bot, Interaction, place_in, server_of
from bot.formatting import Tone, notice
from bot.i18n import t
from bot.state import Pace, SharedLimiter


async def question_wait(bot: Bot, person: int, server: int | None) -> str:
    """Count one question; return what to say when it is too soon, else nothing.

    A server can set the pace of its members, and one for all of them together.
    """
    chosen = bot.chosen.now(place_in(server, person).collection)
    settings = bot.settings
    at_once = settings.questions_at_once if chosen.questions_at_once is None else chosen.questions_at_once
    every_s = settings.question_every_s if chosen.question_every_s is None else chosen.question_every_s
    wait_s = await bot.questions.wait_s(person, Pace(at_once, every_s))
    if wait_s:
        return t("You can ask again in {seconds} s.", seconds=wait_s)
    if server is not None and chosen.questions_an_hour:
        together = Pace(chosen.questions_an_hour, 3_600 / chosen.questions_an_hour)
        wait_s = await bot.server_questions.wait_s(server, together)
        if wait_s:
            return t(
                "This server has used up its questions for this hour. You can ask again in {seconds} s.",
                seconds=wait_s,
            )
    return ""


async def refuse_if_too_soon(interaction: Interaction, limiter: SharedLimiter, deed: str) -> bool:
    """Count one use; when it is too soon, tell the person when to come again and return ``True``.

    *deed* is a message of the catalogs.
    """
    bot = interaction.client
    if limiter is bot.questions:
        words = await question_wait(bot, interaction.user.id, server_of(interaction))
    else:
        wait_s = await limiter.wait_s(interaction.user.id)
        words = t("You can {deed} again in {seconds} s.", deed=t(deed), seconds=wait_s) if wait_s else ""
    if words:
        await interaction.response.send_message(view=notice(words, Tone.NOTHING_FOUND), ephemeral=True)
    return bool(words)
