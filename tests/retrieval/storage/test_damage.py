"""Libraries that are really damaged: every command says which file, what is safe, and what to do."""

import asyncio
import json
import random
import shutil
from contextlib import suppress

import pytest
from fakes import SharedWordsReranker, WordHashEncoder, small_library
from typer.testing import CliRunner

from retrieval import wiring
from retrieval.cli import app
from retrieval.domain.articles import NewArticle
from retrieval.errors import LibraryDamaged, RetrievalError
from retrieval.storage.database import FILE_NAME

pytestmark = pytest.mark.slow
PAGE = 4_096
ARTICLES = [
    NewArticle(
        "\n\n".join(f"The harbor of {name} was deepened in {1900 + n} by {100 + n} men." for n in range(60)),
        title=f"The harbor of {name}",
    )
    for name in ("Arn", "Bern", "Cern", "Dorn", "Ern", "Forn")
]
QUESTION = "When was the harbor of Bern deepened?"
COMMANDS = {
    "ask": ["ask", QUESTION],
    "search": ["search", "harbor"],
    "list": ["list"],
    "show": ["show", "a2"],
    "summarize": ["summarize", "a2"],
    "quotes": ["quotes"],
    "who": ["who", "Jenner"],
    "digest": ["digest"],
    "timeline": ["timeline", "harbor"],
    "opinions": ["opinions"],
    "claims": ["claims", "The harbor of Bern was deepened in 1903."],
    "check": ["check"],
    "export": ["export"],
    "history": ["history", "a2"],
    "edit": ["edit", "a2", "--title", "x"],
    "remove": ["remove", "a2"],
    "rebuild": ["rebuild"],
}
"""Each as one types it."""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound")

    async def fill():
        async with small_library(folder) as library:
            for article in ARTICLES:
                await library.articles.add(article, collection="default")
            answer = await library.answers.ask(QUESTION, collection="default")
            await library.answers.record(answer, collection="default")

    asyncio.run(fill())
    return folder


@pytest.fixture
def command(monkeypatch):
    real = wiring.open_librarian
    monkeypatch.setattr(
        wiring,
        "open_librarian",
        lambda settings, **how: real(
            settings, **{**how, "load_encoder": WordHashEncoder, "load_reranker": SharedWordsReranker}
        ),
    )
    runner = CliRunner()
    return lambda folder, *words: runner.invoke(app, [*words, "--data", str(folder)])


def with_bytes(library, folder, change):
    """Copy a library, and change its file."""
    shutil.copytree(library, folder)
    path = folder / FILE_NAME
    raw = bytearray(path.read_bytes())
    path.write_bytes(change(raw))
    return folder


def overwritten(seed, length):
    """Random bytes over a random page, or over a part of one; never over the first."""

    def change(raw):
        rng = random.Random(seed)
        at = rng.randrange(PAGE, len(raw) - length)
        at -= at % PAGE if length == PAGE else 0
        raw[at : at + length] = rng.randbytes(length)
        return raw

    return change


def headless(raw):
    raw[:100] = bytes(100)
    return raw


def cut_short(raw):
    return raw[: len(raw) // 2]


def emptied(raw):
    return raw[:0]


DAMAGES = {
    "header": headless,
    "truncated": cut_short,
    "emptied": emptied,
    **{f"page-{seed}": overwritten(seed, PAGE) for seed in range(8)},
    **{f"part-{seed}": overwritten(seed, 100) for seed in range(4)},
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_no_command_ends_with_a_bug(library, tmp_path, command, damage):
    for number, words in enumerate(COMMANDS.values()):
        folder = with_bytes(library, tmp_path / str(number), DAMAGES[damage])
        done = command(folder, *words)
        assert isinstance(done.exception, SystemExit | None), words
        assert "Something went wrong" not in done.stderr, words
        assert "Traceback" not in done.stderr
        if "damaged" in done.stderr:
            assert done.exit_code == 1
            for said in (str(folder / FILE_NAME), "are safe", "restore FILE"):
                assert said in done.stderr


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "check"])
@pytest.mark.parametrize("damage", ["header", "truncated", "emptied"])
def test_every_command_says_which_file_what_is_safe_and_what_to_do(library, tmp_path, command, damage, name):
    folder = with_bytes(library, tmp_path / "x", DAMAGES[damage])
    done = command(folder, *COMMANDS[name])
    assert done.exit_code == 1
    assert f"The library's file {folder / FILE_NAME} is damaged" in done.stderr
    assert "Backups and exported files are safe" in done.stderr


def text_damaged(raw):
    """Alter one text where SQLite does not notice."""
    assert b"Dorn was" in raw
    return raw.replace(b"Dorn was", b"D\xffrn was")


def test_export_saves_what_can_be_read_and_says_what_cannot(library, tmp_path, command):
    folder = with_bytes(library, tmp_path / "x", text_damaged)
    file = tmp_path / "saved.jsonl"
    done = command(folder, "export", str(file))
    assert done.exit_code == 1
    titles = [json.loads(line)["title"] for line in file.read_text().splitlines()]
    assert sorted(titles) == [one.title for one in ARTICLES if "Dorn" not in one.title]
    assert len(titles) == len(set(titles))
    assert "Exported 5 articles. 1 could not be read." in done.stderr
    again = command(tmp_path / "new", "import", str(file))
    assert "5 added" in again.stderr


def without_list_of_tables(raw):
    """Zeros over the pages that the list of tables points at: some tables are no longer known."""
    kinds = b"CREATE TABLE", b"CREATE INDEX"
    for at in range(PAGE, len(raw), PAGE):
        page = raw[at : at + PAGE]
        if sum(page.count(kind) for kind in kinds) > 2 and b"CREATE TABLE articles" not in page:
            raw[at : at + PAGE] = bytes(PAGE)
    return raw


@pytest.mark.parametrize("damage", [lambda raw: raw[: -len(raw) // 3], without_list_of_tables])
def test_what_is_left_of_a_file_cut_short_or_without_some_tables_is_saved(library, tmp_path, command, damage):
    folder = with_bytes(library, tmp_path / "x", damage)
    checked = command(folder, "check")
    assert checked.exit_code == 1
    assert "can still be read, and 'export FILE' saves" in checked.stdout
    file = tmp_path / "saved.jsonl"
    done = command(folder, "export", str(file))
    assert done.exit_code == 1
    titles = {one.title for one in ARTICLES}
    assert file.read_text().splitlines()
    assert all(json.loads(line)["title"] in titles for line in file.read_text().splitlines())


def test_an_altered_text_is_not_quoted(library, tmp_path, command):
    def altered(raw):
        at = raw.index(b"harbor of Bern was deepened in 1907")
        raw[at : at + 6] = b"forest"
        return raw

    folder = with_bytes(library, tmp_path / "x", altered)
    for words in (["show", "a2"], ["summarize", "a2"]):
        done = command(folder, *words)
        assert "forest" not in done.stdout
        assert "was altered" in done.stderr
    checked = command(folder, "check")
    assert checked.exit_code == 1
    assert "a2 is not the one that was added" in checked.stdout


def passages_damaged(raw):
    return overwritten(3, PAGE)(raw)


def test_check_counts_what_can_still_be_read(library, tmp_path, command):
    folder = with_bytes(library, tmp_path / "x", passages_damaged)
    done = command(folder, "check")
    assert done.exit_code == 1
    assert "articles can still be read, and 'export FILE' saves them" in done.stdout
    assert str(folder / FILE_NAME) in done.stdout.replace("\n", "")


@pytest.mark.parametrize("damage", ["header", "truncated", "page-1"])
def test_restore_puts_a_backup_in_place_of_a_damaged_library(library, tmp_path, command, damage):
    backup = tmp_path / "backup.sqlite3"
    assert command(library, "backup", str(backup)).exit_code == 0
    folder = with_bytes(library, tmp_path / "x", DAMAGES[damage])
    assert command(folder, "restore", str(backup)).exit_code == 0
    assert command(folder, "check").exit_code == 0
    assert command(folder, "ask", QUESTION).exit_code == 0


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_library_calls_of_the_bot_raise_what_is_foreseen(library, tmp_path, damage):
    folder = with_bytes(library, tmp_path / "x", DAMAGES[damage])

    async def use():
        said = []
        async with small_library(folder) as librarian:
            for call in (
                lambda: librarian.size(),
                lambda: librarian.answers.ask(QUESTION, collection="default"),
                lambda: librarian.answers.recall(1, collection="default"),
                lambda: librarian.articles.list(collection="default"),
                lambda: librarian.articles.suggest("har", collection="default", limit=5),
                lambda: librarian.quotes.suggest_speakers("A", collection="default"),
                lambda: librarian.preferences.get(collection="default"),
                lambda: librarian.privacy.export_person("1", collection="default"),
                lambda: librarian.notes.get("x"),
            ):
                try:
                    await call()
                except RetrievalError as error:
                    said.append(str(error))
        return said

    # What is not foreseen is raised through; so is damage that shows when the caches are written.
    with suppress(LibraryDamaged):
        assert all("damaged" in one for one in asyncio.run(use()))


def test_a_bug_is_no_damage(library, tmp_path):
    folder = with_bytes(library, tmp_path / "x", lambda raw: raw)

    async def use():
        async with small_library(folder) as librarian:
            await librarian.size()
            with pytest.raises(ZeroDivisionError):
                await librarian._context.lane.run(lambda: 1 // 0)

    asyncio.run(use())
