"""The link companion over a real library: a copy of a story is known by its words."""

import simcord
from discord_driver import Clock, make_bot, text_of
from fakes import small_library

from bot.cogs.companion.cog import READ
from bot.settings import BotSettings
from bot.state.guild_settings import GuildSettings
from retrieval.domain.articles import NewArticle
from retrieval.protocols import Fetched

STORY = " ".join(f"In {1900 + n} the harbor town paid {n} crowns for stone number {n}." for n in range(40))


class Pages:
    """The web, on which every page tells one story."""

    async def fetch(self, url):
        return Fetched(b"", url, "text/html")

    async def extract(self, fetched):
        return NewArticle(f"{STORY} So says {fetched.url}.", title="Stones", url=fetched.url)


async def test_a_reprint_is_pointed_to_the_first_and_a_reaction_brings_its_words(tmp_path):
    settings = BotSettings(_env_file=None, token="x", message_content=True)
    async with (
        small_library(tmp_path, pages=Pages()) as library,
        simcord.run(make_bot(library, Clock(), settings=settings)) as env,
    ):
        guild = env.create_guild("Keepers")
        channel = guild.create_text_channel("talk")
        reader = guild.add_member(env.create_user("rob"))

        chosen = GuildSettings(companion_channels=(channel.id,))
        await env.bot.chosen.put(chosen, f"guild:{guild.id}")
        first = await reader.send(channel, "https://one.example/story")
        await reader.react(first, READ)
        await reader.send(channel, "https://copy.example/story")
        pointer = text_of(env.backend.get_message(channel.id, channel.last_message.id))
        assert pointer.startswith("Nearly the same story was already posted")
        assert pointer.endswith(f"/{guild.id}/{channel.id}/{first.id}")
        [thread] = channel.threads
        assert STORY[:50] in text_of(env.backend.get_message(thread.id, thread.last_message.id))
