"""CONTRIBUTING: its paths exist, its map of the packages is complete, and its recipes work as written."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
if not (ROOT / "retrieval" / "sources").is_dir():
    pytest.skip("the packages that CONTRIBUTING describes do not exist yet", allow_module_level=True)

GUIDE = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
PATH = re.compile(r"`((?:bot|retrieval|tests)/[\w./-]*)`")
STEP = re.compile(
    r"^ *(?P<what>New file|Changes in) `(?P<path>[^`]+)`:\n\n"
    r"(?P<indent> *)```(?:python|diff)\n(?P<body>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)


def recipe(title):
    """Return the steps of a recipe: whether the file is new, its path, and the text or the changes."""
    section = GUIDE.partition(f"\n## Recipe: {title}\n")[2].partition("\n## ")[0]
    return [
        (one["what"] == "New file", one["path"], textwrap.dedent(one["body"]))
        for one in STEP.finditer(section)
    ]


def changed(text, changes):
    """Apply hunks of lines that stay, go and come; the lines that stay or go must be there exactly once."""
    for hunk in changes.split("@@\n"):
        lines = hunk.splitlines()
        assert all(line[:1] in ("", " ", "+", "-") for line in lines), hunk
        before = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
        after = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
        assert text.count(before) == 1, f"not there exactly once:\n{before}"
        text = text.replace(before, after)
    return text


def apply(steps, tree):
    for is_new, name, body in steps:
        path = tree / name
        assert path.exists() is not is_new, name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body if is_new else changed(path.read_text("utf-8"), body), "utf-8")


@pytest.fixture
def tree(tmp_path):
    """A copy of the source tree."""
    for folder in ("bot", "retrieval"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run(tree, *arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    environment |= {"PYTHONPATH": str(tree), "FOOTNOTE_DATA_DIR": str(tree / "library"), "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=tree, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


FILE_TYPE, COMMAND = "add a reader for a file type", "add a command"

READ_A_LETTER = """
import asyncio

import retrieval
from retrieval.settings import LibrarySettings
from retrieval.wiring import open_librarian

LETTER = b"From: Ada Berg <ada@example.org>\\nSubject: The bridge\\n\\nThe city paid for the bridge.\\n"


async def main():
    async with open_librarian(LibrarySettings()) as librarian:
        article = await librarian.articles.read_file("bridge.eml", LETTER)
        print(retrieval.__file__, article.title, article.author, article.text, article.notes, sep="|")


asyncio.run(main())
"""

LIST_COMMANDS = """
import asyncio
from pathlib import Path

from bot.client import FootnoteBot
from bot.settings import BotSettings
from retrieval import LibrarySettings, open_librarian


async def main():
    async with (
        open_librarian(LibrarySettings(data_dir=Path("library"))) as librarian,
        FootnoteBot(librarian, BotSettings(token="unused")) as bot,
    ):
        await bot.add_commands()
        print(*(command.name for command in bot.tree.get_commands()))


asyncio.run(main())
"""


@pytest.mark.wire
def test_the_recipe_for_a_file_type_makes_the_library_read_it(tree):
    steps = recipe(FILE_TYPE)
    apply(steps, tree)
    place, *article = run(tree, "-c", READ_A_LETTER).strip().split("|")
    assert Path(place).is_relative_to(tree)
    assert article == ["The bridge", "Ada Berg", "The city paid for the bridge.", "()"]


@pytest.mark.wire
def test_the_tests_of_the_recipe_for_a_file_type_pass(tree):
    steps = recipe(FILE_TYPE)
    apply(steps, tree)
    (test,) = (name for is_new, name, _ in steps if is_new and name.startswith("tests/"))
    assert "2 passed" in run(tree, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", ".", test)


@pytest.mark.wire
def test_the_recipe_for_a_command_adds_it_on_discord_and_in_the_terminal(tree):
    assert "count" not in run(tree, "-m", "retrieval", "--help")
    apply(recipe(COMMAND), tree)
    assert re.search(r"\bcount +Show how many articles there are", run(tree, "-m", "retrieval", "--help"))
    assert run(tree, "-m", "retrieval", "count").strip() == "0"
    assert "count" in run(tree, "-c", LIST_COMMANDS).split()


@pytest.mark.parametrize(
    ("text", "hunk"),
    [("a\nb\n", " c\n+d\n"), ("a\na\n", " a\n+d\n"), ("a\nb\n", "?\n")],
    ids=["missing", "twice", "no diff"],
)
def test_changes_that_do_not_fit_are_refused(text, hunk):
    with pytest.raises(AssertionError):
        changed(text, hunk)


def test_every_path_of_the_guide_exists():
    made = {name for title in (FILE_TYPE, COMMAND) for _, name, _ in recipe(title)}
    named = set(PATH.findall(GUIDE)) - made
    assert len(named) > 50
    assert not {name for name in named if not (ROOT / name).exists()}


def names_with_their_files():
    """Yield paths with the names there: `name` in `path`, `path` (`name`), `path`: `name`."""
    yield from ((path, name) for name, path in re.findall(r"`([\w.]+)` in `([\w/]+\.py)`", GUIDE))
    for path, names in re.findall(r"`([\w/]+\.py)`(?:: | \()((?:`[\w.]+`(?:, )?)+)", GUIDE):
        yield from ((path, name) for name in re.findall(r"`([\w.]+)`", names))


def test_every_name_of_the_guide_is_in_the_file_that_it_names():
    placed = {(path, name) for path, name in names_with_their_files() if not name.endswith(".py")}
    assert len(placed) > 10
    for path, name in placed:
        last = re.escape(name.rpartition(".")[2])
        assert re.search(
            rf"\b(?:def|class) {last}\b|^{last}\b", (ROOT / path).read_text("utf-8"), re.MULTILINE
        ), name


def test_the_map_has_every_package():
    packages = {
        f"{path.parent.relative_to(ROOT).as_posix()}/"
        for top in ("bot", "retrieval")
        for path in (ROOT / top).glob("*/__init__.py")
    }
    mapped = set(re.findall(r"^\| `([\w/]+/)` \|", GUIDE, re.MULTILINE))
    assert packages <= mapped
