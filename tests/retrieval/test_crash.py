"""A process killed in the middle of an import leaves a library that is whole."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import small_library

from retrieval.domain.articles import NewArticle

pytestmark = pytest.mark.wire

HERE = Path(__file__).parents[1] / "drivers"
DRIVER = [sys.executable, str(HERE / "crash_driver.py")]
NOWHERE = ["SQL", "0"]


def text_of(number):
    sentences = [f"Lighthouse {number} has {n} steps, and its keeper counts them. " for n in range(60)]
    return " " + "".join(sentences) + "“All of them,” said Ann Keeper.\n"


TEXTS = {f"n{number}": text_of(number) for number in range(12)}


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    file = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    file.write_text("".join(json.dumps({"id": one, "text": text}) + "\n" for one, text in TEXTS.items()))
    return file


@pytest.fixture(scope="module")
def imported(articles, tmp_path_factory):
    """A library after an import that nothing disturbed; to be copied."""
    folder = tmp_path_factory.mktemp("imported") / "library"
    done = command(NOWHERE, "import", str(articles), "--data", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def command(where, *arguments):
    return subprocess.run([*DRIVER, *where, *arguments], capture_output=True, cwd=HERE, timeout=60)


async def assert_whole_and_completed(folder, least):
    """Check what is there, then add everything again."""
    async with small_library(folder) as librarian:
        assert (await librarian.maintenance.check()).faults == ()
        found = {a.public_id: text async for a, text, _ in librarian.articles.export(collection="default")}
        assert len(found) >= least
        assert found.items() <= TEXTS.items()
        for one, text in TEXTS.items():
            added = await librarian.articles.add(NewArticle(text=text, given_id=one), collection="default")
            assert added.status == ("known" if one in found else "added")
        assert (await librarian.maintenance.check()).faults == ()
        hits = await librarian.answers.search("lighthouse steps", collection="default", limit=len(TEXTS))
        assert {hit.article.public_id for hit in hits} == set(TEXTS)
        assert len(await librarian.quotes.find(collection="default", limit=None)) == len(TEXTS)


@pytest.mark.parametrize(
    ("where", "count", "least"),
    [
        *(("SQL", count, 0) for count in (1, 5, 15, 40, 70, 100, 130, 160)),
        ("retrieval.storage.article_store:ArticleStore.insert", 4, 3),
        ("retrieval.storage.article_store:ArticleStore.insert", -5, 5),
        ("retrieval.storage.article_store:ArticleStore.close", 1, 12),
    ],
)
async def test_a_killed_import_loses_at_most_one_article(articles, tmp_path, where, count, least):
    folder = tmp_path / "library"
    killed = command([where, str(count)], "import", str(articles), "--data", str(folder))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    await assert_whole_and_completed(folder, least)


@pytest.mark.parametrize(
    ("where", "count"), [("SQL", 150), ("SQL", 250), ("os:replace", 1), ("os:replace", -1)]
)
async def test_a_killed_rebuild_loses_nothing(imported, tmp_path, where, count):
    folder = tmp_path / "library"
    shutil.copytree(imported, folder)
    killed = command([where, str(count)], "rebuild", "--data", str(folder))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    await assert_whole_and_completed(folder, least=12)


async def test_an_import_killed_from_outside_while_it_waits_loses_nothing(tmp_path):
    lines = [json.dumps({"id": one, "text": text}) + "\n" for one, text in TEXTS.items()]
    folder = tmp_path / "library"
    arguments = [*DRIVER, *NOWHERE, "import", "-", "--data", str(folder)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=HERE) as process:
        process.stdin.write("".join([*lines[:5], "nonsense\n"]).encode())
        process.stdin.flush()
        # a slow machine shows how far it is before that
        assert any(b"Line 6" in line for line in process.stderr)
        process.kill()
    await assert_whole_and_completed(folder, least=5)


def test_the_command_line_agrees_after_a_kill(articles, tmp_path):
    options = ["--data", str(tmp_path / "library")]
    command(["SQL", "150"], "import", str(articles), *options)
    assert command(NOWHERE, "check", *options).returncode == 0
    again = command(NOWHERE, "import", str(articles), *options)
    assert (again.returncode, again.stdout) == (0, b"")
    listed = command(NOWHERE, "list", "--json", *options).stdout
    assert {article["id"] for article in json.loads(listed)["articles"]} == set(TEXTS)
