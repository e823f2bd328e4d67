"""What a button or select says in its id is what is read back from it, and no other item reads it."""

import ast
import importlib
import pkgutil
from pathlib import Path
from typing import get_args

import discord
import pytest
from discord import ui

import bot
from bot.cogs.companion.choice import CompanionButton
from bot.formatting.cards import Card, Tone
from bot.views import dynamic_items
from bot.views.actions import ActionsButton
from bot.views.answer_details import AnswerButton, VoteButton, What
from bot.views.article_buttons import AddButton, ArticleButton
from bot.views.articles import ListButton, RemoveButton
from bot.views.digests import LinesButton
from bot.views.dynamic_items import DynamicItem, page_buttons
from bot.views.follow_up import FollowButton, RetryButton, ThreadButton
from bot.views.help import HelpButton, Subject
from bot.views.history import VersionButton
from bot.views.more import MoreButton, NextButton
from bot.views.privacy import PrivacyButton, SureButton
from bot.views.reports import DecideButton, ReportsButton, WrongButton
from bot.views.settings_panel import (
    ButtonChoice,
    ChannelChoice,
    ListChoice,
    PanelButton,
    PanelChannels,
    PanelList,
    PanelRoles,
)
from bot.views.which_article import WhichButton

LARGEST = 10**18 - 1
"""What an id has room for, and more than the library counts."""
DIGEST = "0a1b2c3d4e5f"
ITEMS = [
    (ActionsButton(7), "e:7"),
    (ActionsButton(7, threads=True), "e:7:t"),
    (AddButton(3), "n:3"),
    (CompanionButton(LARGEST, on=True), f"c:{LARGEST}:on"),
    (CompanionButton(5, "Stop", on=False), "c:5:off"),
    *[(HelpButton(one), f"h:{one}") for one in get_args(Subject)],
    (ArticleButton(5, "key", "Key quotes"), "s:5:key"),
    (ArticleButton(5, "ask"), "s:5:ask"),
    *[(AnswerButton(7, what), f"a:7:{what}") for what in get_args(What)],
    *[(AnswerButton(LARGEST, what, 999), f"a:{LARGEST}:{what}:999") for what in get_args(What)],
    (LinesButton(7), "a:7:lines"),
    (LinesButton(7, 0), "a:7:lines:0"),
    (VoteButton(7, 2, True, 0), "o:7:2:y:0"),
    (VoteButton(7, 2, False, 12, chosen=True), "o:7:2:n:12"),
    (MoreButton(7), "m:7"),
    (NextButton(7, 0, "Who paid for it?"), "q:7:0"),
    (FollowButton(7), "f:7"),
    (ThreadButton(7), "t:7"),
    (ThreadButton(7, LARGEST), f"t:7:{LARGEST}"),
    (WhichButton(7, LARGEST), f"whole:7:{LARGEST}"),
    (WrongButton(7), "w:7"),
    (WrongButton(7, LARGEST), f"w:7:{LARGEST}"),
    (RetryButton(6), "y:6"),
    (ListButton(2), "l:2"),
    (RemoveButton(5), "r:5"),
    (VersionButton(5, DIGEST, 2), f"v:5:{DIGEST}:2"),
    (VersionButton(5, DIGEST + "6" * 52), f"v:5:{DIGEST}:0"),
    (DecideButton(4, hidden=False), "d:4:show"),
    (DecideButton(4, "Hide", hidden=True), "d:4:hide"),
    (ReportsButton(1), "p:1"),
    (PrivacyButton("me", "export"), "y:me:export"),
    (PrivacyButton("server", "ask", danger=True), "y:server:ask"),
    (SureButton("server", LARGEST), f"z:server:{LARGEST}"),
    (SureButton("me", 9), "z:me:9"),
    (PanelRoles([1], "Roles"), "g:adders"),
    *[(PanelChannels(name, [1]), f"g:{name}") for name in get_args(ChannelChoice)],
    *[(PanelList(name), f"g:{name}") for name in get_args(ListChoice)],
    *[(PanelButton(name), f"g:{name}") for name in get_args(ButtonChoice)],
]


def all_item_classes():
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if not module.name.startswith(("bot.demo", "bot.__main__")):
            importlib.import_module(module.name)
    return {one for one in subclasses(ui.DynamicItem) if one.__module__.startswith("bot.")} - {
        dynamic_items.DynamicItem,
        dynamic_items.DynamicButton,
    }


def subclasses(kind):
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def values(item):
    """What an item has read from its id."""
    return {name: value for name, value in vars(item).items() if not name.startswith("_") and name != "item"}


@pytest.mark.parametrize(("item", "custom_id"), ITEMS, ids=[custom_id for _, custom_id in ITEMS])
async def test_an_id_is_read_back_as_it_was_written(item, custom_id):
    assert item.custom_id == custom_id
    shown = ui.Button(label="As the message shows it", custom_id=custom_id)
    read = await type(item).from_custom_id(None, shown, type(item).match_id(custom_id))
    assert type(read) is type(item)
    assert values(read) == values(item)
    assert read.item is shown


@pytest.mark.parametrize(("item", "custom_id"), ITEMS, ids=[custom_id for _, custom_id in ITEMS])
def test_an_id_is_read_by_one_class_only(item, custom_id):
    assert [one for one in all_item_classes() if one.match_id(custom_id)] == [type(item)]


def test_every_class_of_an_item_is_among_these():
    assert {type(item) for item, _ in ITEMS} == all_item_classes()


def test_ids_are_read_back_in_one_place():
    defined = {
        path.name
        for path in Path(bot.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == "from_custom_id"
    }
    assert defined == {"dynamic_items.py"}


def test_a_class_without_parse_cannot_be_made():
    class Forgotten(DynamicItem[ui.Button], template=r"x:1"):
        pass

    with pytest.raises(TypeError, match="parse"):
        Forgotten(ui.Button(custom_id="x:1"))


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (0, 1, []),
        (0, 3, [("‹", "l:3", True), ("›", "l:1", False)]),
        (1, 3, [("‹", "l:0", False), ("›", "l:2", False)]),
        (2, 3, [("‹", "l:1", False), ("›", "l:3", True)]),
    ],
)
def test_at_the_ends_one_of_the_page_buttons_is_idle(page, pages, shown):
    made = [one.item for one in page_buttons(page, pages, ListButton)]
    assert [(one.label, one.custom_id, one.disabled) for one in made] == shown


def test_a_card_shows_an_item_as_the_button_that_it_wraps():
    card = Card(Tone.NEUTRAL)
    card.add_buttons([FollowButton(7)])
    [row] = card.to_components()[0]["components"]
    button = ui.Button(label="Follow up", style=discord.ButtonStyle.secondary, custom_id="f:7")
    assert row["components"] == [button.to_component_dict()]
