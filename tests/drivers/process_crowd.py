"""Several processes on one PostgreSQL library, killed while forty people ask and digests are due.

    process_crowd.py POSTGRES_URL

does so at ten moments and imports 2,000 articles, some minutes; the tests do less of the same.
"""

import asyncio
import os
import re
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord_payloads as payloads
import fakes
import import_on_queue
import run_on_loopback
from fakes import small_library
from loopback_discord import LoopbackDiscord, custom_ids
from loopback_gateway import TOKEN

from bot.replies.reply import PRESS_RETRY
from retrieval.digests import Schedule
from retrieval.domain import NewArticle

QUESTION = "When was the harbor deepened?"
ANSWER = "deepened in 1904"
PEOPLE = 40
PATIENCE_S = 90
SHARDS = {"one": "0-1", "two": "2-3"}
HERE = Path(run_on_loopback.__file__).parent


@dataclass
class Tally:
    """What became of the questions of all rounds."""

    answered: int = 0
    retried: int = 0
    unheard: int = 0
    """Their process was gone before it acknowledged them; Discord says so itself."""
    digests: int = 0
    doubled: int = 0
    """Posts that Discord recognized by their nonce."""
    seconds: list = field(default_factory=list)
    """From a kill to the last question settled."""


class Crowd:
    def __init__(self, discord, folder, url):
        self.discord, self.folder, self.url = discord, folder, url
        self.running = {}
        self.tally = Tally()
        self._people = 1_000

    async def start(self, name, command, *, stalls="0.05", said="is ready in", **settings):
        """Start a process; return once it is ready."""
        log = self.folder / f"{name}-{time.monotonic()}.log"
        found = os.pathsep.join(str(one) for one in (HERE.parents[1], HERE, Path(fakes.__file__).parent))
        known = {"PYTHONPATH": found, "DISCORD_TOKEN": TOKEN, "HURRIED": "1"}
        known |= {"FOOTNOTE_DATABASE_URL": self.url, "FOOTNOTE_DATA_DIR": str(self.folder / name), **settings}
        with log.open("wb") as out:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                str(HERE / "run_on_loopback.py"),
                self.discord.rest_url,
                self.discord.gateway_url,
                stalls,
                *command,
                cwd=self.folder,
                env=os.environ | known,
                stdout=out,
                stderr=out,
            )
        self.running[name] = process
        await until(lambda: said in log.read_text() or process.returncode is not None)
        assert process.returncode is None, log.read_text()
        return process

    async def start_bot(self, name):
        return await self.start(name, ["run", "--shards", SHARDS[name], "--of", "4"])

    async def stop(self):
        for process in self.running.values():
            if process.returncode is None:
                process.terminate()
        await asyncio.gather(*(process.wait() for process in self.running.values()))

    async def round(self, librarian, victim, moment_s):
        """Ask, let digests be due, kill a process *moment_s* later, and see to it that nothing is lost."""
        discord, guilds = self.discord, self.discord.guilds
        before = len(discord.happened)
        for guild in guilds:
            await librarian.digests.set_schedule(due(guild))
        asked = []
        for number in range(PEOPLE):
            self._people += 1
            guild = guilds[number % len(guilds)]
            asked.append(
                (self._people, guild, await discord.slash(self._people, "ask", guild, question=QUESTION))
            )
        await asyncio.sleep(moment_s)
        self.running[victim].kill()
        await self.running[victim].wait()
        killed_at = time.monotonic()
        heard = [one for one in asked if one[2].acknowledged]
        await self.start_bot(victim)
        heard += [one for one in asked if one[2].acknowledged and one not in heard]
        await until(lambda: all(is_settled(one) for *_, one in heard), lambda: states(heard))
        self.tally.seconds.append(time.monotonic() - killed_at)
        for person, guild, one in heard:
            if one.said[-1] == PRESS_RETRY:
                self.tally.retried += 1
                await self._retry(person, guild, one)
            else:
                self.tally.answered += 1
        self.tally.unheard += PEOPLE - len(heard)
        await until(lambda: len(self._digests(before)) >= len(guilds), lambda: self._digests(before))
        await until_idle(librarian)
        assert sorted(self._digests(before)) == sorted(payloads.channel_of(guild) for guild in guilds)
        self.tally.digests += len(guilds)
        self.tally.doubled += sum(one[0] == "doubled" for one in discord.happened[before:])

    async def _retry(self, person, guild, asked):
        card = asked.cards[-1]
        again = await self.discord.press(person, custom_ids(card)["Retry"], card, guild)
        await until(lambda: again.said and ANSWER in again.said[-1], lambda: again.said)

    def _digests(self, since):
        happened = self.discord.happened[since:]
        return [one[1] for one in happened if one[0] == "posted" and "Digest of" in one[2]]


def due(guild):
    """A digest of everything that is new since yesterday, due now."""
    before = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
    channel = int(payloads.channel_of(guild))
    return Schedule(f"guild:{guild}", channel, "daily", 0, 0, "UTC", None, before, before)


def is_settled(asked):
    return bool(asked.said) and (ANSWER in asked.said[-1] or asked.said[-1] == PRESS_RETRY)


def states(asked):
    return [one.said[-1:] for *_, one in asked if not is_settled(one)]


async def until(is_so, explain=lambda: ""):
    give_up_at = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < give_up_at, explain()
        await asyncio.sleep(0.05)


async def until_idle(librarian):
    """Wait until no digest is under way."""
    give_up_at = time.monotonic() + PATIENCE_S
    while any(one.claimed_at for one in await librarian.digests.list_schedules()):
        assert time.monotonic() < give_up_at
        await asyncio.sleep(0.05)


@asynccontextmanager
async def crowd(folder, url):
    """Yield two bots with two shards each on one library, and the library."""
    discord = LoopbackDiscord(shards=4)
    async with small_library(folder / "own", database_url=url) as librarian, discord.open():
        text = "The harbor was deepened in 1904. Ships were larger by then."
        for guild in discord.guilds:
            await librarian.articles.add(NewArticle(text, title="Harbor"), collection=f"guild:{guild}")
        one = Crowd(discord, folder, url)
        try:
            await asyncio.gather(*(one.start_bot(name) for name in SHARDS))
            yield one, librarian
        finally:
            await one.stop()


async def import_and_ask(folder, url, count):
    """Let two processes add *count* articles each, a fifth of them the same, while a worker is killed.

    Returns:
        The seconds it took, and what the two said of their questions.
    """
    one = Crowd(LoopbackDiscord(), folder, url)
    async with small_library(folder / "own", database_url=url) as librarian, one.discord.open():
        await one.start("worker 1", ["worker"], said="worker is ready")
        began = time.monotonic()
        importers = [await import_on_queue.start(folder, url, name, count) for name in ("a", "b")]
        done = 0
        while done < count // 2:
            done = await librarian.articles.count(collection="ours")
            await asyncio.sleep(0.05)
        one.running["worker 1"].kill()
        await one.start("worker 2", ["worker"], said="worker is ready")
        said = [(await process.communicate())[0].decode() for process in importers]
        seconds = time.monotonic() - began
        await one.stop()
        assert [process.returncode for process in importers] == [0, 0], said
        expected = 2 * count - len(range(0, count, import_on_queue.SHARED_EVERY))
        assert await librarian.articles.count(collection="ours") == expected
        assert (await librarian.maintenance.check()).faults == ()
        for name in ("a", "b"):
            words = import_on_queue.words_of(name, count - 1)
            hits = await librarian.answers.search(words, collection="ours", limit=1)
            assert words in hits[0].text
        return seconds, [re.findall(r"\S+=\S+", one) for one in said]


async def main(url):
    folder = Path(tempfile.mkdtemp(prefix="crowd"))
    async with crowd(folder, url) as (people, librarian):
        for number in range(10):
            await people.round(librarian, ("one", "two")[number % 2], 0.08 * number)
        sys.stdout.write(f"{people.tally}\n")
    seconds, said = await import_and_ask(folder, url, 1_112)
    sys.stdout.write(f"2,001 articles in {seconds:.0f} s; {said}\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
