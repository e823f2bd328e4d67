import io
import json
import random
import zipfile

from discord_driver import text_of
from fake_librarian import TEXT

from bot.cogs import article_export as moving


async def export(place, who=None):
    return await (who or place.curator).slash(place.channel, "article export")


async def the_file(result):
    [message] = [one for one in result.followups if one.attachments]
    assert message.ephemeral
    [file] = message.attachments
    return file.filename, await file.read()


async def test_the_library_comes_as_lines_that_import_reads(place):
    place.librarian.put(place.collection, "Second")
    place.librarian.put("guild:1", "Their secret")
    result = await export(place)
    assert result.response.ephemeral
    assert "**2 articles of this server" in text_of(result.response)
    name, body = await the_file(result)
    rows = [json.loads(line) for line in body.decode().splitlines()]
    assert name == "library.jsonl"
    assert [row["title"] for row in rows] == ["Harbor history", "Second"]
    assert rows[0]["text"] == TEXT


async def test_a_library_too_large_for_discord_comes_packed(place, monkeypatch):
    limit_to(monkeypatch, 4_000)
    for number in range(60):
        place.librarian.put(place.collection, f"Number {number}")
    name, body = await the_file(await export(place))
    assert name == "library.jsonl.zip"
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert len(archive.read("library.jsonl").splitlines()) == 61


async def test_a_library_too_large_even_packed_says_how_to_get_it(place, monkeypatch):
    limit_to(monkeypatch, 4_000)
    noise = random.Random(1)
    place.librarian.put(place.collection, text="".join(noise.choices("abcdefghijklmnopqrstuvwxyz", k=40_000)))
    result = await export(place)
    assert f"footnote export library.jsonl --collection {place.collection}" in text_of(result.response)
    assert not [one for one in result.followups if one.attachments]


async def test_an_empty_library_has_nothing_to_export(place):
    place.librarian.shelf.clear()
    assert "no article to export" in text_of((await export(place)).response)


async def test_exporting_takes_a_right(place):
    result = await export(place, place.reader)
    assert "Exporting the library requires the permission" in text_of(result.response)
    assert result.ephemeral


def limit_to(monkeypatch, most):
    whole = moving.attachable
    monkeypatch.setattr(moving, "attachable", lambda lines, limit, name: whole(lines, most, name))
