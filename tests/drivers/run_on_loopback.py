"""``footnote run`` as a process of its own, on a loopback Discord and without models; started by tests.

    run_on_loopback.py REST_URL GATEWAY_URL STALLS [COMMAND ...]

Only the addresses of Discord and the models are exchanged. Questions are held up as *STALLS* says:
``never``, ``always``, so many seconds, or until the process has been told to ``stop``. *COMMAND* is another
one than ``run``. With ``HURRIED`` in the environment, what happens once in so many seconds happens sooner.
"""

import asyncio
import os
import sys
from functools import partial

import yarl
from discord.ext import tasks
from discord.gateway import DiscordWebSocket
from discord.http import Route
from fakes import SharedWordsReranker, WordHashEncoder

import bot.__main__
import bot.client
import bot.replies
import bot.runner
import retrieval.wiring
from retrieval.librarian import processes
from retrieval.librarian.answers import Answers
from retrieval.processes import LeaseStore

FINISH_IN_VAIN_WITHIN_S = 3.0
LEASE_S = 3.0
ASKED = "a question has reached the library"


def hold_up(stalls):
    stopping, ask, finish = asyncio.Event(), Answers.ask, bot.replies.Replies.finish

    async def held_up(self, question, **options):
        sys.stdout.write(f"{ASKED}\n")  # by then the question is kept
        sys.stdout.flush()
        if stalls[0].isdigit():
            await asyncio.sleep(float(stalls))
        elif stalls != "never":
            await stopping.wait()
        if stalls == "always":
            await asyncio.Event().wait()
        return await ask(self, question, **options)

    async def noted(self, timeout_s):
        stopping.set()
        await finish(self, timeout_s)

    Answers.ask, bot.replies.Replies.finish = held_up, noted


def hurry():
    processes.LEASE_S, processes.RENEW_EVERY_S, processes.STEADY_S = LEASE_S, 0.5, 1.0
    LeaseStore.take.__defaults__ = (LEASE_S,)
    loop = tasks.loop

    def sooner(*, seconds=0.0, minutes=0.0, hours=0.0, **options):
        return loop(seconds=max(0.3, (seconds + 60 * minutes + 3_600 * hours) / 30), **options)

    tasks.loop = sooner

    async def at_once(self, shard_id, *, initial=False):
        pass

    bot.client.FootnoteBot.before_identify_hook = at_once


if __name__ == "__main__":
    if "HURRIED" in os.environ:
        hurry()
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = sys.argv[1], yarl.URL(sys.argv[2])
    retrieval.wiring.model_loaders = lambda settings, **_: (WordHashEncoder, SharedWordsReranker)
    retrieval.wiring.reader_loader = lambda settings: None
    if sys.argv[3] == "always":
        bot.runner.FINISH_WITHIN_S = FINISH_IN_VAIN_WITHIN_S
    bot.runner.FootnoteBot = partial(bot.runner.FootnoteBot, guild_ready_timeout=0.05)
    hold_up(sys.argv[3])
    sys.argv[1:] = sys.argv[4:] or ["run"]
    bot.__main__.main()
