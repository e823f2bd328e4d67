"""Plain messages get an answer or a hint in the demo; on Discord the bot reads only what it is sent."""

import discord
from discord.ext import commands

from bot.context import Bot
from bot.demo.greeting import QUESTIONS
from bot.formatting import notice
from bot.i18n import t
from bot.messages import find_pasted_command, links_in


class PlainMessages(commands.Cog):
    """Listens to the messages of the demo's channels that do not mention the bot."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a question or a pasted command; say of anything else how to ask."""
        mentioned = self.bot.user is not None and self.bot.user in message.mentions
        if message.guild is None or message.author.bot or mentioned or links_in(message):
            return
        if message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return
        if "?" in message.content or find_pasted_command(message.content) is not None:
            conversation = self.bot.get_cog("Conversation")
            await conversation.answer(message)  # type: ignore[union-attr]
            return
        words = t("Ask me a question about the articles, such as “{question}”", question=QUESTIONS[0])
        await message.reply(view=notice(words), mention_author=False)
