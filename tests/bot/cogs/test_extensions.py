"""Cogs are discord.py extensions: loaded by name, in one order, by any number of bots of a process."""

import ast
import inspect
from pathlib import Path

import pytest
from discord_driver import make_bot
from fake_librarian import FakeLibrarian

import bot
import bot.client
from bot.cogs import BACKGROUND, COMMANDS, EXTENSIONS
from retrieval.errors import LibraryBusy

COMMAND_NAMES = [
    "ask",
    "help",
    "summarize",
    "quote",
    "who",
    "article",
    "digest",
    "timeline",
    "companion",
    "reports",
    "settings",
    "privacy",
    "Summarize",
    "Add to library",
    "Ask about this",
    "Check against articles",
]


def names_of(tree):
    return [command.name for command in tree._get_all_commands(guild=None)]


async def test_the_commands_are_loaded_in_the_order_in_which_discord_is_sent_them():
    async with make_bot(FakeLibrarian()) as one:
        await one.add_commands()
        assert tuple(one.extensions) == COMMANDS
        assert names_of(one.tree) == COMMAND_NAMES


async def test_the_subcommands_of_article_keep_their_order():
    async with make_bot(FakeLibrarian()) as one:
        await one.add_commands()
        names = [child.name for child in one.tree.get_command("article").commands]
    assert names == ["pinned", "export", "refresh", "edit", "history", "add", "list", "info", "remove"]


async def test_two_bots_of_a_process_share_no_command_and_end_apart():
    async with make_bot(FakeLibrarian()) as second:
        async with make_bot(FakeLibrarian()) as first:
            await first.add_commands()
            await second.add_commands()
            for name in ("ask", "article", "digest"):
                assert first.tree.get_command(name) is not second.tree.get_command(name)
            assert first.tree.get_command("article").get_command("edit").binding.bot is first
            assert second.tree.get_command("article").get_command("edit").binding.bot is second
        assert names_of(first.tree) == []
        assert names_of(second.tree) == COMMAND_NAMES
    assert names_of(second.tree) == []


async def test_every_extension_can_be_loaded_and_taken_out_again():
    async with make_bot(FakeLibrarian()) as one:
        for name in EXTENSIONS:
            await one.load_extension(name)
            await one.unload_extension(name)
        assert not one.cogs
        assert names_of(one.tree) == []


async def test_what_the_library_says_at_the_start_is_not_wrapped(monkeypatch):
    librarian = FakeLibrarian()

    async def busy():
        raise LibraryBusy("Another process is migrating the library.")

    monkeypatch.setattr(librarian.pending_questions, "interrupt_orphaned", busy)
    async with make_bot(librarian) as one:
        with pytest.raises(LibraryBusy, match="migrating"):
            await one.load(EXTENSIONS)


def test_every_module_with_a_setup_is_an_extension_and_only_those():
    folder = Path(bot.__file__).parent / "cogs"
    with_setup = {
        ".".join(("bot", *path.relative_to(folder.parent).with_suffix("").parts))
        for path in folder.rglob("*.py")
        if any(
            isinstance(node, ast.AsyncFunctionDef) and node.name == "setup"
            for node in ast.parse(path.read_text("utf-8")).body
        )
    }
    assert sorted(with_setup) == sorted(EXTENSIONS)
    assert (*COMMANDS, *BACKGROUND) == EXTENSIONS


def test_nothing_imports_an_extension():
    for path in Path(bot.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                named = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
                assert not named & set(EXTENSIONS), path


def test_a_cog_inherits_from_no_other_cog():
    for path in (Path(bot.__file__).parent / "cogs").rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                assert len(node.bases) <= 1, path
                assert all(
                    ast.unparse(base) in {"commands.Cog", "Form", "DynamicButton"} for base in node.bases
                ), path


def test_the_client_names_no_cog():
    assert "cogs." not in inspect.getsource(bot.client)
