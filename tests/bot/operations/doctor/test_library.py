"""What the doctor says of a library, and that it leaves it as it was."""

import importlib.metadata
import json
import os
import shutil
import sqlite3

import pytest
from fakes import WordHashEncoder, small_library

from bot.operations.doctor.checks import _discord, _disk
from bot.operations.doctor.discord import DiscordAsked
from bot.operations.doctor.findings import Patient
from bot.operations.doctor.library import look_at_library, look_at_packages
from bot.settings import BotSettings
from retrieval.domain.articles import NewArticle
from retrieval.search.searcher import fingerprint_of
from retrieval.settings import LibrarySettings
from retrieval.storage.database import FILE_NAME
from retrieval.storage.library_file import library_state, open_to_look
from retrieval.storage.migrations import STEPS


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path / "library") as librarian:
        text = "The harbor was deepened in 1907. The town paid for it."
        await librarian.articles.add(NewArticle(text=text, title="Harbor"), collection="default")
    return tmp_path / "library"


def patient(folder):
    vectors = fingerprint_of(WordHashEncoder())
    return Patient(library=LibrarySettings(_env_file=None, data_dir=folder), vectors=vectors)


async def looked(who, look=look_at_library):
    return {one.what: one async for one in look(who)}


def write(library, statement):
    connection = sqlite3.connect(library / FILE_NAME)
    connection.execute(statement)
    connection.commit()
    connection.close()


async def test_a_sound_library_is_ok_and_left_as_it_was(library):
    before = (library / FILE_NAME).read_bytes()
    found = await looked(patient(library))
    assert [(what, one.state) for what, one in found.items()] == [
        ("library", "ok"), ("vectors", "ok"), ("indexes", "ok"),
    ]  # fmt: skip
    assert found["library"].found == "1 article, sound"
    assert (library / FILE_NAME).read_bytes() == before


async def test_a_library_of_an_older_footnote_is_not_migrated(library):
    write(library, f"PRAGMA user_version = {len(STEPS) - 1}")
    before = (library / FILE_NAME).read_bytes()
    found = (await looked(patient(library)))["library"]
    assert (found.state, "1 step behind" in found.found) == ("ok", True)
    assert (library / FILE_NAME).read_bytes() == before


async def test_a_library_of_a_newer_footnote_fails(library):
    write(library, f"PRAGMA user_version = {len(STEPS) + 1}")
    found = (await looked(patient(library)))["library"]
    assert (found.state, "newest version" in found.advice) == ("failed", True)


async def test_pages_that_were_overwritten_are_found(library):
    path = library / FILE_NAME
    path.write_bytes(path.read_bytes()[:8192] + os.urandom(path.stat().st_size - 8192))
    assert (await looked(patient(library)))["library"].state == "failed"


async def test_a_library_that_is_not_there_is_not_made(tmp_path):
    assert (await looked(patient(tmp_path / "new")))["library"].state == "ok"
    assert not (tmp_path / "new").exists()


async def test_vectors_of_another_encoder_fail(library, monkeypatch):
    monkeypatch.setattr(WordHashEncoder, "name", "another")
    found = (await looked(patient(library)))["vectors"]
    assert (found.state, "footnote rebuild" in found.advice) == ("failed", True)


async def test_an_index_of_other_vectors_is_told_from_a_fresh_one(library):
    with open_to_look(library / FILE_NAME) as connection:
        noted = json.loads(library_state(connection, library).fingerprint)
    note = library / "index" / "1.json"
    note.parent.mkdir(exist_ok=True)
    note.write_text(json.dumps(noted))
    assert (await looked(patient(library)))["indexes"].found == "1 kept"
    note.write_text(json.dumps({**noted, "dimension": 9}))
    assert (await looked(patient(library)))["indexes"].found == "0 kept, 1 missing or stale"


@pytest.mark.parametrize(("free", "state"), [(10**7, "failed"), (10**8, "warning"), (10**11, "ok")])
async def test_a_disk_that_fills_up_is_reported(tmp_path, monkeypatch, free, state):
    usage = type(shutil.disk_usage(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 0, free))
    assert (await looked(patient(tmp_path), _disk))["disk"].state == state


async def test_a_package_of_another_version_is_named(monkeypatch):
    stated = ["rich>=1", "typer>=99", 'missing-one; extra == "demo"']
    monkeypatch.setattr(importlib.metadata, "requires", lambda _: stated)
    (found,) = [one async for one in look_at_packages(Patient())]
    assert found.found.startswith("typer is ")


def test_a_server_for_development_without_the_bot_fails():
    settings = BotSettings(_env_file=None, token="x", dev_guild_id=6)
    asked = DiscordAsked(name="footnote", servers=1, ids=frozenset({5}))
    assert ("servers", "failed") in {(one.what, one.state) for one in _discord(asked, settings)}
