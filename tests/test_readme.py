"""What the pages promise about settings, commands and each other is what the code and the tree have."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from bot.__main__ import app as bot_app
from bot.operations.settings_table import BEGIN, END, PAGE, settings_table, with_settings_table
from retrieval.cli import app

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
LIBRARY = ROOT / "retrieval" / "README.md"
OPERATING = ROOT / "bot" / "deploy" / "README.md"
PAGES = sorted(
    path
    for pattern in ("*.md", ".github/*.md", "bot/**/*.md", "retrieval/**/*.md")
    for path in ROOT.glob(pattern)
    if not path.is_relative_to(ROOT / "bot" / "demo")  # articles of the demo
)
MAX_LINES = 150
LINK = re.compile(r"\]\((?!https?://)(?P<page>[^)#]*)(?:#(?P<anchor>[^)]+))?\)")
FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)


def anchors(page):
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands_of(typer_app):
    groups = [group.name for group in typer_app.registered_groups if group.name]
    return [command.name or command.callback.__name__ for command in typer_app.registered_commands] + groups


def names(page, command):
    return re.search(rf"footnote {command}\b", page.read_text("utf-8"))


def test_the_readme_is_short():
    assert len(README.read_text("utf-8").splitlines()) <= MAX_LINES


def test_the_table_of_settings_is_the_fields():
    assert PAGE == OPERATING
    page = PAGE.read_text("utf-8")
    assert with_settings_table(page) == page


def test_a_changed_field_changes_the_table():
    page = PAGE.read_text("utf-8")
    older = page.replace("The bot's token", "A token")
    assert older != page
    assert with_settings_table(older) == page


@pytest.mark.parametrize("page", ["", BEGIN, f"{END}{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}"])
def test_a_page_without_its_marks_is_refused(page):
    with pytest.raises(ValueError, match="once each"):
        with_settings_table(page)


def test_no_default_in_the_table_is_a_secret():
    rows = [line for line in settings_table().splitlines() if re.search("TOKEN` |API_KEY` ", line)]
    assert len(rows) == 2
    assert all("| – |" in row for row in rows)


@pytest.mark.parametrize("command", commands_of(app))
def test_every_command_of_the_terminal_is_in_the_pages_of_the_library(command):
    assert names(LIBRARY, command)


@pytest.mark.parametrize("command", commands_of(bot_app))
def test_every_command_of_the_bot_is_in_a_page(command):
    assert any(names(page, command) for page in (README, LIBRARY, OPERATING))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_pages_leads_somewhere(page):
    for link in LINK.finditer(FENCE.sub("", page.read_text("utf-8"))):
        target = (page.parent / unquote(link["page"])).resolve() if link["page"] else page
        assert target.exists(), link[0]
        if link["anchor"]:
            assert link["anchor"] in anchors(target), link[0]


def test_there_are_pages_to_check():
    assert {README, LIBRARY, OPERATING, ROOT / ".github" / "CONTRIBUTING.md"} <= set(PAGES)


def test_every_page_can_be_reached_from_the_readme():
    seen, waiting = set(), [README]
    while waiting:
        page = waiting.pop()
        seen.add(page)
        for link in LINK.finditer(page.read_text("utf-8")):
            target = (page.parent / unquote(link["page"])).resolve()
            if link["page"].endswith(".md") and target not in seen:
                waiting.append(target)
    assert set(PAGES) <= seen


@pytest.mark.parametrize("path", ["README.md", ".ci/run", ".github/CONTRIBUTING.md"])
def test_the_commands_take_any_python_that_is_new_enough(path):
    text = (ROOT / path).read_text("utf-8")
    assert "python3 -m venv" in text
    assert not re.search(r"python3\.\d+ -m", text)


def test_an_older_python_is_refused_by_pip_and_the_readme_says_which_is_needed():
    [least] = re.findall(
        r'^requires-python = ">=(3\.\d+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE
    )
    assert f"Python {least} or later" in README.read_text("utf-8")
