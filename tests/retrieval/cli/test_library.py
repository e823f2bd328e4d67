from datetime import UTC, datetime

import pytest

from retrieval.domain.articles import Version

pytest_plugins = ["cli_fixtures"]


def test_list_shows_the_newest_first(stocked):
    lines = stocked("list").stdout.splitlines()
    assert lines == ["m  [bold]Moon[/]", "r  Rivers · example.org"]


def test_list_as_json(stocked):
    [moon, rivers] = stocked.json("list")["articles"]
    assert moon["id"] == "m"
    assert rivers == {
        "id": "r",
        "title": "Rivers",
        "author": None,
        "site": "example.org",
        "url": "https://example.org/r",
        "published": None,
    }


def test_an_empty_library_says_how_to_fill_it(terminal):
    assert "import FILE.jsonl" in terminal("list").stdout
    assert terminal.json("list") == {"articles": []}


def test_collections_are_kept_apart(stocked):
    assert stocked.json("list", "--collection", "other") == {"articles": []}


def test_show_gives_the_exact_text_as_json(stocked):
    shown = stocked.json("show", "m")
    known = ["id", "title", "author", "site", "url", "published", "language", "text", "updated"]
    assert list(shown) == [*known, "page_starts", "blocks", "copies", "versions", "addresses_models"]
    assert shown["text"] == "The \x1b[31mMoon\x1b[0m is far. It shines."
    assert shown["blocks"] == [{"kind": "paragraph", "start": 0, "end": len(shown["text"])}]


def test_show_lists_earlier_texts_and_shows_one(stocked):
    then = datetime(2025, 2, 8, 10, 30, tzinfo=UTC)
    stocked.librarian.upkeep.earlier = [Version("abc" * 20, then, 1_200), Version("def" * 20, then, 900)]
    assert (
        "Earlier text: abcabcabcabc, 1,200 characters, replaced 2025-02-08 10:30 UTC"
        in stocked("show", "m").stdout
    )
    assert f"The text of {'def' * 20}." in stocked("show", "m", "--version", "DEF").stdout
    assert "names no single text" in stocked("show", "m", "--version", "x", fails=2).stderr


def test_show_says_what_an_article_tells_language_models(stocked):
    assert "language models" not in stocked("show", "m").stdout
    assert stocked.json("show", "m")["addresses_models"] is None
    stocked.librarian.injection_findings.words = {"m": "Ignore \x1b[31mthe above."}
    assert "Addresses language models: “Ignore the above.” (never followed" in stocked("show", "m").stdout
    assert stocked.json("show", "m")["addresses_models"] == "Ignore \x1b[31mthe above."


def test_show_takes_escape_codes_out_for_people(stocked):
    shown = stocked("show", "m").stdout
    assert "The Moon is far. It shines." in shown
    assert "[bold]Moon[/]" in shown


@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_unknown_article_is_one_line(stocked, command):
    result = stocked(command, "nobody", fails=1)
    assert (
        result.stderr == "Error: There is no article 'nobody' here. Choose one from the list of articles.\n"
    )
    assert result.stdout == ""


def test_remove_removes(stocked):
    assert stocked("remove", "r").stdout == "Removed: Rivers · r\n"
    assert stocked.json("remove", "m")["id"] == "m"
    assert stocked.json("list") == {"articles": []}


@pytest.mark.parametrize("command", ["check", "rebuild"])
def test_a_sound_stocked(stocked, command):
    assert stocked(command).stdout.startswith("The library is sound: 2 articles")
    assert stocked.json(command) == {
        "articles": 2,
        "passages": 2,
        "faults": [],
        "notes": ["A cache will be built."],
    }


def test_faults_are_an_exit_code(stocked):
    stocked.librarian.maintenance.faults = ("An article has no text.",)
    assert "An article has no text." in stocked("check", fails=1).stdout
    assert stocked.json("check", fails=1)["faults"] == ["An article has no text."]


def test_data_names_the_folder(stocked, tmp_path):
    stocked("list", "--data", tmp_path / "there")
    assert stocked.librarian.settings.data_dir == tmp_path / "there"


def test_a_misspelt_setting_is_one_line(stocked, monkeypatch):
    monkeypatch.setenv("FOOTNOTE_DATA_DRI", "x")
    result = stocked("list", fails=1)
    assert result.stderr.startswith("Error: There is no setting FOOTNOTE_DATA_DRI.")
    assert result.stderr.count("\n") == 1
