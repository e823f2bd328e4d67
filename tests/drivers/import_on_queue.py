"""A process that adds articles through the queue of imports, and asks a question now and then.

    import_on_queue.py FOLDER URL NAME COUNT

Every so many articles are the same in every process.
"""

import asyncio
import os
import sys
import time
from pathlib import Path

import fakes
from fakes import small_library

from retrieval.domain import NewArticle

SHARED_EVERY = 5
AT_ONCE = 8
QUESTION_EVERY_S = 0.1


async def start(folder, url, name, count):
    here = Path(__file__)
    found = os.pathsep.join(str(one) for one in (here.parents[2], here.parent, Path(fakes.__file__).parent))
    command = [sys.executable, str(here), str(folder / name), url, name, str(count)]
    return await asyncio.create_subprocess_exec(
        *command,
        env=os.environ | {"PYTHONPATH": found},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


def words_of(name, number):
    return f"The harbor {name}{number} was deepened in {1_000 + number}."


def article(name, number):
    owner = "shared" if number % SHARED_EVERY == 0 else name
    url = f"https://harbor.example/{owner}/{number}"
    return NewArticle(f"{words_of(owner, number)} Ships came later.", title=f"{owner} {number}", url=url)


async def main(folder, url, name, count):
    numbers, added, waits = iter(range(count)), [], []

    async def add(library):
        for number in numbers:
            one = await library.articles.add(article(name, number), collection="ours")
            added.append(one.status)

    async def ask(library):
        while True:
            began = time.perf_counter()
            await library.answers.ask("When was the harbor deepened?", collection="ours")
            waits.append(time.perf_counter() - began)
            await asyncio.sleep(QUESTION_EVERY_S)

    async with (
        small_library(Path(folder), database_url=url, workers=True) as library,
        library.processes.join(),
    ):
        asking = asyncio.create_task(ask(library))
        await asyncio.gather(*(add(library) for _ in range(AT_ONCE)))
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    waits.sort()
    sys.stdout.write(
        f"added={added.count('added')} known={added.count('known')} questions={len(waits)} "
        f"p50_ms={1_000 * waits[len(waits) // 2]:.0f} max_ms={1_000 * waits[-1]:.0f}"
    )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
