from pathlib import Path

import pytest

from bot.settings import BotSettings, load_bot_settings
from retrieval.settings import LibrarySettings, SettingsError, load_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """No .env of the person who runs the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)


def _examples():
    lines = EXAMPLE.read_text().splitlines()
    pairs = (line.removeprefix("# ").partition("=") for line in lines if "=" in line)
    return {name: value for name, _, value in pairs if name.startswith(("DISCORD_", "FOOTNOTE_"))}


def _fields():
    for settings, prefix in ((BotSettings, "DISCORD_"), (LibrarySettings, "FOOTNOTE_")):
        for name, field in settings.model_fields.items():
            yield prefix + name.upper(), settings, name, field


def test_the_example_names_every_setting_and_no_other():
    assert set(_examples()) == {variable for variable, *_ in _fields()}


def test_the_example_shows_the_defaults(monkeypatch):
    for variable, value in _examples().items():
        monkeypatch.setenv(variable, value)
    read = {BotSettings: load_bot_settings(need_token=False), LibrarySettings: load_settings()}
    for _, settings, name, field in _fields():
        assert getattr(read[settings], name) == field.default


def test_the_example_describes_every_setting():
    text = EXAMPLE.read_text()
    assert [field.description for *_, field in _fields() if f"# {field.description}\n" not in text] == []


def test_a_missing_token_is_answered_with_the_way_to_one():
    with pytest.raises(SettingsError, match=r"DISCORD_TOKEN is not set.*\n  1\. .*[\s\S]*5\. "):
        load_bot_settings()


def test_a_setting_that_is_no_number_is_named_without_its_value(monkeypatch):
    monkeypatch.setenv("DISCORD_DEV_GUILD_ID", "my server")
    with pytest.raises(SettingsError, match="DISCORD_DEV_GUILD_ID") as caught:
        load_bot_settings(token="t")
    assert "my server" not in str(caught.value)


def test_the_token_is_not_printed(monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "s3cret")
    assert "s3cret" not in repr(load_bot_settings())


def test_the_environment_goes_before_the_file_and_case_does_not_matter(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("FOOTNOTE_MAX_ARTICLES=7\nfootnote_threads=3\nFOOTNOTE_LLM_BASE_URL=\n")
    monkeypatch.setenv("FOOTNOTE_MAX_ARTICLES", "8")
    monkeypatch.setenv("FOOTNOTE_ALLOWED_PRIVATE_HOSTS", "wiki:80, Intranet:8080")
    read = load_settings()
    assert (read.max_articles, read.threads, read.llm_base_url) == (8, 3, None)
    assert read.allowed_private_hosts == ("wiki:80", "intranet:8080")
    assert load_settings(max_articles=9).max_articles == 9
