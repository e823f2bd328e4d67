import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from fakes import small_library
from typer.testing import CliRunner

from retrieval.cli import app
from retrieval.domain.articles import NewArticle
from retrieval.storage.database import FILE_NAME, Database
from retrieval.storage.migrations import STEPS

TEXT = "The harbor was deepened in 1907. The town paid for it. Ships of any size came after that."
WRITER = """
import sqlite3, sys, time
from pathlib import Path
from retrieval.storage.database import Database
database = Database(Path(sys.argv[1]))
for number in range(100_000):
    with database.transaction():
        for half in ("left", "right"):
            database.connection.execute(
                "INSERT OR REPLACE INTO notes VALUES (:half, :number)", {"half": half, "number": str(number)}
            )
            database.connection.execute(
                "INSERT INTO notes VALUES (:key, :value)", {"key": f"{half}-{number}", "value": "x" * 2_000}
            )
    if number == 0:
        print("writing", flush=True)
"""
HOLDER = """
import sys
from pathlib import Path
from retrieval.storage.database import Database
database = Database(Path(sys.argv[1]))
database.note("nothing")
print("open", flush=True)
sys.stdin.read()
"""
ON_A_FULL_DISK = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
sys.argv = ["footnote", *sys.argv[1:]]
from retrieval.cli import main
main()
"""


def command(*words, fails=0):
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == fails, (result.output, result.exception)
    return result


async def stock(folder, *titles):
    async with small_library(folder) as librarian:
        for title in titles:
            await librarian.articles.add(NewArticle(text=f"{title}. {TEXT}", title=title), collection="ours")


async def contents(folder):
    async with small_library(folder) as librarian:
        answer = await librarian.answers.ask("When was the harbor deepened?", collection="ours")
        articles = await librarian.articles.list(collection="ours")
        report = await librarian.maintenance.check()
        return sorted(article.title for article in articles), answer.text, report.faults


def begun(code, *words):
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert process.stdout.readline()
    return process


@pytest.fixture
async def library(tmp_path):
    folder = tmp_path / "library"
    await stock(folder, "Harbor", "Bridge")
    return folder


@pytest.fixture
def saved(library, tmp_path):
    command("backup", tmp_path / "saved.sqlite3", "--data", library)
    return tmp_path / "saved.sqlite3"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


async def test_what_was_backed_up_comes_back(library, saved, tmp_path):
    before = await contents(library)
    await stock(library, "Later")
    result = json.loads(command("restore", saved, "--data", library, "--json").stdout)
    assert await contents(library) == before
    assert (before[0], before[2], result["articles"]) == (["Bridge", "Harbor"], (), 2)
    old = tmp_path / "old"
    old.mkdir()
    shutil.copy(result["kept"], old / FILE_NAME)
    assert (await contents(old))[0] == ["Bridge", "Harbor", "Later"]


async def test_a_backup_makes_a_library_where_none_was(saved, tmp_path):
    result = command("restore", saved, "--data", tmp_path / "new" / "place")
    assert "Restored 2 articles" in result.stdout
    assert (await contents(tmp_path / "new" / "place"))[0] == ["Bridge", "Harbor"]


async def test_no_index_of_the_old_library_stays(library, saved):
    (library / "index").mkdir(exist_ok=True)
    (library / "index" / "1.faiss").write_bytes(b"of other vectors")
    command("restore", saved, "--data", library)
    assert not (library / "index").exists()


def test_a_backup_is_one_file_that_only_its_owner_reads(saved, tmp_path):
    assert names(tmp_path) == ["library", "saved.sqlite3"]
    assert saved.stat().st_mode & 0o777 == 0o600


@pytest.mark.wire
def test_a_backup_while_another_process_writes_is_of_one_moment(library, tmp_path):
    with begun(WRITER, library) as writer:
        try:
            for number in range(5):
                command("backup", tmp_path / f"{number}.sqlite3", "--data", library)
        finally:
            writer.kill()
    for number in range(5):
        connection = sqlite3.connect(tmp_path / f"{number}.sqlite3")
        notes = dict(connection.execute("SELECT key, value FROM notes"))
        connection.close()
        assert notes["left"] == notes["right"]
        assert f"right-{notes['right']}" in notes


@pytest.mark.parametrize("again", [["--force"], []], ids=["forced", "not forced"])
def test_a_file_is_overwritten_only_by_force(library, saved, again):
    saved.write_text("mine")
    result = command("backup", saved, "--data", library, *again, fails=0 if again else 1)
    assert (saved.read_bytes()[:6] == b"SQLite") is bool(again)
    assert again or "overwrite it with --force" in result.stderr


def test_the_library_is_never_its_own_backup(library):
    result = command("backup", library / FILE_NAME, "--data", library, "--force", fails=1)
    assert "is the library itself" in result.stderr
    result = command("restore", library / FILE_NAME, "--data", library, fails=1)
    assert "is the library itself" in result.stderr


def test_there_is_nothing_to_back_up_before_the_first_article(tmp_path):
    result = command("backup", tmp_path / "a.sqlite3", "--data", tmp_path / "none", fails=1)
    assert "There is no library in" in result.stderr
    assert names(tmp_path) == []


@pytest.mark.wire
def test_a_library_in_use_is_not_replaced(library, saved):
    before = (library / FILE_NAME).stat().st_ino
    with begun(HOLDER, library) as holder:
        result = command("restore", saved, "--data", library, fails=1)
        holder.communicate()
    assert "Something is using the library" in result.stderr
    assert (library / FILE_NAME).stat().st_ino == before
    command("restore", saved, "--data", library)


def run_script(path, script):
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


def broken(saved, how):
    whole = saved.read_bytes()
    if how == "text":
        saved.write_text("Dear diary, today I made no backup. " * 50)
    elif how == "cut":
        saved.write_bytes(whole[: len(whole) // 2])
    elif how == "scratched":
        saved.write_bytes(whole[:8192] + b"\xaa" * 12_288 + whole[20_480:])
    elif how == "empty":
        saved.write_bytes(b"")
    elif how == "another":
        saved.unlink()
        run_script(saved, "CREATE TABLE plants (name TEXT); PRAGMA user_version = 2")
    elif how == "newer":
        run_script(saved, f"PRAGMA user_version = {len(STEPS) + 1}")
    elif how == "gone":
        saved.unlink()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("text", "is not a library: it is not a SQLite database"),
        ("cut", "is damaged|cannot be read"),
        ("scratched", "is damaged|cannot be read"),
        ("empty", "is a database, but not a Footnote library"),
        ("another", "is a database, but not a Footnote library"),
        ("newer", "was written by a newer Footnote"),
        ("gone", "There is no file"),
    ],
)
async def test_what_is_no_sound_backup_changes_nothing(library, saved, how, said):
    broken(saved, how)
    before = (library / FILE_NAME).read_bytes(), names(library)
    result = command("restore", saved, "--data", library, fails=1)
    assert any(words in " ".join(result.stderr.split()) for words in said.split("|")), result.stderr
    assert ((library / FILE_NAME).read_bytes(), names(library)) == before


async def test_a_damaged_library_can_be_replaced_and_is_kept(library, saved):
    (library / FILE_NAME).write_bytes(b"\xaa" * 30_000)
    (library / f"{FILE_NAME}-wal").write_bytes(b"a log that must not be taken for one of the new library")
    kept = Path(json.loads(command("restore", saved, "--data", library, "--json").stdout)["kept"])
    assert kept.read_bytes() == b"\xaa" * 30_000
    assert kept.with_name(kept.name + "-wal").exists()
    assert (await contents(library))[0] == ["Bridge", "Harbor"]


@pytest.mark.wire
@pytest.mark.parametrize("word", ["backup", "restore"])
def test_a_full_disk_leaves_everything_as_it_was(library, saved, tmp_path, word):
    before = names(tmp_path), names(library), (library / FILE_NAME).read_bytes(), saved.read_bytes()
    force = ["--force"] if word == "backup" else []
    ran = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, word, saved, "--data", library, *force],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        check=False,
    )
    assert (ran.returncode, "There is no room for the copy" in ran.stderr) == (1, True), ran.stderr
    assert (names(tmp_path), names(library), (library / FILE_NAME).read_bytes(), saved.read_bytes()) == before


def test_an_older_backup_is_brought_up_to_date_when_it_is_opened(tmp_path):
    old = tmp_path / "old.sqlite3"
    connection = sqlite3.connect(old)
    connection.executescript(STEPS[0] + "PRAGMA user_version = 1")
    connection.close()
    command("restore", old, "--data", tmp_path / "library")
    database = Database(tmp_path / "library")
    assert database.connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
    database.close()


@pytest.mark.wire
@pytest.mark.slow
def test_a_process_that_waits_while_a_library_is_exchanged_gets_the_new_one(library, saved, monkeypatch):
    run_script(saved, "INSERT INTO notes VALUES ('which', 'the backup')")
    waiting = []

    def exchange(source, target, replace=os.replace):
        if Path(target).name == FILE_NAME:
            code = HOLDER.replace("print(", "print(database.note('which'), ") + "\n"
            waiting.append(
                subprocess.Popen(
                    [sys.executable, "-c", code, str(library)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    text=True,
                    cwd=Path(__file__).parents[3],
                )
            )
            with pytest.raises(subprocess.TimeoutExpired):  # it has the old file open and waits for our lock
                waiting[0].wait(2)
        replace(source, target)

    monkeypatch.setattr(os, "replace", exchange)
    command("restore", saved, "--data", library)
    assert waiting[0].communicate(timeout=60)[0].startswith("the backup")
