"""Answers people who speak to the bot: a mention, a reply to an answer, a direct message.

It answers only when spoken to. Discord shows a bot the words of messages that mention it and of
direct messages, without the privileged intent; nothing else is read.
"""

import logging
import re
from datetime import timedelta
from functools import partial

import discord
from discord.ext import commands

from bot.context import Bot, Place, place_in
from bot.errors import error_card, log_error
from bot.formatting import Card, Tone, notice
from bot.guilds import QUIET_HERE, may_speak, question_wait
from bot.i18n import gettext_noop, speak, t
from bot.messages import EditedQuestions, find_pasted_command, strip_pasted_ask
from bot.replies import NOT_SENT, RESTARTING, answer_before, ask_library, record_card, send_card
from bot.views import FollowButton, ThreadButton, find_shown_answer
from retrieval.answers import small_talk
from retrieval.domain import Answer
from retrieval.errors import RetrievalError

HINT = gettext_noop(
    "Ask me something about the articles, such as “@me who paid for the bridge?”, or use `/help`."
)
PASTED = gettext_noop(
    "That arrived as text, not as a command. Type `/{command}` yourself and choose it from the list that "
    "appears."
)

REPLIES_TO_SMALL_TALK = {
    "farewell": gettext_noop("See you."),
    "thanks": gettext_noop("You are welcome."),
    "greeting": HINT,
    "assent": gettext_noop("All right."),
}
"""What is said to words that ask nothing; no article answers them."""

THREAD_MESSAGES = 20
"""Messages of a thread that are looked through for the last answer."""
DM_MEMORY = timedelta(minutes=30)
"""How long a direct message follows up the answer above it without being a reply."""

_log = logging.getLogger(__name__)


class Conversation(commands.Cog):
    """Listens for those who speak to it."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._edits = EditedQuestions()

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot."""
        me = self.bot.user
        if me is None or message.author.bot or not self._is_meant(message, me):
            return
        await self.answer(message)

    async def answer(self, message: discord.Message) -> None:
        """Answer a message as one that is meant for the bot."""
        assert self.bot.user is not None
        question = _strip_mention(message.content, self.bot.user.id)
        self._edits.note(message.id, question)
        await self._respond(message, question)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer a message that was made a question to the bot, or another question, after it was posted."""
        message, me = payload.message, self.bot.user
        if me is None or message.author.bot or not self._is_meant(message, me):
            return
        question = _strip_mention(message.content, me.id)
        if await self._edits.asks_anew(message, question, me.id):
            await self._respond(message, question)

    async def _respond(self, message: discord.Message, question: str) -> None:
        try:
            guild = message.guild
            chosen = self.bot.chosen.now(place_in(guild.id if guild else None, message.author.id).collection)
            speak(chosen.language, guild.preferred_locale if guild else None)
            if not may_speak(self.bot, message):
                await message.add_reaction(QUIET_HERE)
                return
            await self._answer(message, question)
        except (discord.Forbidden, discord.NotFound) as error:
            # The bot may not write here, or the message is gone: there is nobody to tell.
            _log.info("Message %s could not be answered: %r", message.id, error)
        except NOT_SENT as error:
            _log.warning("Message %s was not answered: %r", message.id, error)
        except RetrievalError as error:  # before anything was promised: the database does not answer
            await _reply(message, error_card(error, log_error(error, f"message {message.id}")))

    def _is_meant(self, message: discord.Message, me: discord.ClientUser) -> bool:
        if message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return False
        return message.guild is None or (not message.mention_everyone and me in message.mentions)

    async def _answer(self, message: discord.Message, question: str) -> None:
        if self.bot.replies.stopping:
            await _reply(message, notice(t(RESTARTING)))
            return
        command = find_pasted_command(question)
        question = strip_pasted_ask(question)
        if command is not None and command != "ask" and self.bot.tree.get_command(command) is not None:
            await _reply(message, notice(t(PASTED, command=command)))
            return
        chat = small_talk(question)
        if len(question) < 3 and chat is None:
            await _reply(message, notice(t(HINT)))
            return
        server = message.guild.id if message.guild else None
        if words := await question_wait(self.bot, message.author.id, server):
            await _reply(message, notice(words, Tone.NOTHING_FOUND))
            return
        if chat is not None:
            await _reply(message, notice(t(REPLIES_TO_SMALL_TALK[chat])))
            return
        in_thread = isinstance(message.channel, discord.Thread)
        place = place_in(server, message.author.id, is_thread=in_thread)
        async with self.bot.replies.open_message(message) as reply:
            try:
                before = await self._before(message, place)
                answer = await ask_library(self.bot, reply, place, question, after=before)
                await reply.show(await record_card(self.bot, reply, answer, place))
            except RetrievalError as error:
                await reply.show(error_card(error, log_error(error, f"message {message.id}")))
            except Exception as error:
                await reply.show(error_card(error, log_error(error, f"message {message.id}")))
                raise

    async def _before(self, message: discord.Message, place: Place) -> Answer | None:
        """Return the answer that a message follows up: the one it replies to, or the last one said here."""
        replied = await _fetch_reference(message)
        spoken_to = [replied] if replied is not None else await _list_messages_before(message)
        me = self.bot.user
        own = (find_shown_answer(one) for one in spoken_to if me is not None and one.author.id == me.id)
        number = next((number for number in own if number is not None), None)
        return await answer_before(self.bot, number, place)


async def _reply(message: discord.Message, card: Card) -> None:
    await send_card(partial(message.reply, mention_author=False), card)


def _strip_mention(content: str, me: int) -> str:
    return " ".join(re.sub(rf"<@!?{me}>", " ", content).split())


async def _fetch_reference(message: discord.Message) -> discord.Message | None:
    reference = message.reference
    if reference is None or reference.message_id is None:
        return None
    if isinstance(reference.resolved, discord.Message):
        return reference.resolved
    try:
        return await message.channel.fetch_message(reference.message_id)
    except (discord.NotFound, discord.Forbidden):
        return None


async def _list_messages_before(message: discord.Message) -> list[discord.Message]:
    """Return what was said last, the newest first: in a thread, with the message it was opened under.

    In direct messages, what was said within ``DM_MEMORY``.

    A post of a forum begins with a message of its own, and a thread may have been opened under none.
    """
    channel = message.channel
    if isinstance(channel, discord.DMChannel):
        since = message.created_at - DM_MEMORY
        try:
            return [one async for one in channel.history(before=message, after=since, oldest_first=False)]
        except (discord.NotFound, discord.Forbidden):
            return []
    if not isinstance(channel, discord.Thread):
        return []
    try:
        said = [one async for one in channel.history(limit=THREAD_MESSAGES, before=message)]
    except (discord.NotFound, discord.Forbidden):
        return []
    return said + await _fetch_starter_message(channel)


async def _fetch_starter_message(thread: discord.Thread) -> list[discord.Message]:
    """Return the message that a thread was opened under, if there is one that the bot may read."""
    if not isinstance(thread.parent, discord.TextChannel):
        return []
    try:
        return [await thread.parent.fetch_message(thread.id)]
    except (discord.NotFound, discord.Forbidden):
        return []


async def setup(bot: Bot) -> None:
    """Add the listener and the buttons that go on to the bot."""
    bot.add_dynamic_items(FollowButton, ThreadButton)
    await bot.add_cog(Conversation(bot))
