"""Summaries in a thread under the message that posted a link, each message once."""

from collections import OrderedDict

import discord

from bot.context import Bot, place_in
from bot.formatting import title_text
from bot.views import THREAD_EXISTS, THREAD_NAME_CHARS, find_shown_answer, kept_summary_card
from retrieval.domain import Summary
from retrieval.errors import ArticleNotFound

REMEMBERED = 1_000
"""Messages that were seen to; older ones are recognized by what stands in their threads."""
_LOOKED_THROUGH = 30


class ThreadSummaries:
    """Opens threads and puts summaries into them."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._seen: OrderedDict[int, None] = OrderedDict()

    async def show(self, message: discord.Message, links: list[str]) -> None:
        """Summarize the articles behind a message's links in its thread, unless that was done before.

        Raises:
            discord.HTTPException: No thread may be opened here, or nothing written into it.
        """
        if message.id in self._seen:
            return
        self._remember(message.id)  # before the first wait, so that two reactions make one summary
        try:
            await self._show(message, links)
        except Exception:
            self._seen.pop(message.id, None)
            raise

    async def _show(self, message: discord.Message, links: list[str]) -> None:
        assert message.guild is not None
        collection = place_in(message.guild.id, message.author.id).collection
        made: list[Summary] = []
        for url in links:
            try:
                summary = await self._bot.librarian.summaries.summarize(url, collection=collection)
            except ArticleNotFound:
                continue  # it was not added, or was removed since
            made.append(summary)
        if not made:
            return
        where = await self._where(message, made[0].article.title)
        if where is None:
            return
        for summary in made:
            card = await kept_summary_card(self._bot.librarian, summary, collection=collection)
            if where.id == message.channel.id:
                await message.reply(view=card, mention_author=False)
            else:
                await where.send(view=card)

    async def _where(self, message: discord.Message, title: str) -> discord.Thread | None:
        """Return the thread to write into, opened if need be; ``None`` if a summary stands there already."""
        if isinstance(message.channel, discord.Thread):  # threads have no threads
            thread: discord.Thread | None = message.channel
        elif (thread := message.thread) is None:
            try:
                return await message.create_thread(name=title_text(title, THREAD_NAME_CHARS))
            except discord.HTTPException as error:
                if error.code != THREAD_EXISTS:
                    raise
            thread = await self._fetch_thread(message.id)  # one that has gone to sleep
        if thread is None or await self._stands(thread, message):
            return None
        return thread

    async def _stands(self, thread: discord.Thread, message: discord.Message) -> bool:
        """Tell whether the bot has summarized *message* in the thread, perhaps before a restart."""
        me, of_its_own = self._bot.user, thread.id != message.channel.id
        async for one in thread.history(limit=_LOOKED_THROUGH, after=message, oldest_first=True):
            about = of_its_own or (one.reference is not None and one.reference.message_id == message.id)
            if me is not None and one.author.id == me.id and about and find_shown_answer(one) is not None:
                return True
        return False

    async def _fetch_thread(self, thread_id: int) -> discord.Thread | None:
        channel = await self._bot.fetch_channel(thread_id)
        return channel if isinstance(channel, discord.Thread) else None

    def _remember(self, message_id: int) -> None:
        self._seen[message_id] = None
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
