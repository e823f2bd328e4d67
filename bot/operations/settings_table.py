"""The table of settings in the operators' page, written from the fields of the settings.

After a field has changed, ``python -m bot.operations.settings_table`` brings the page up to date; a test
fails until then.
"""

from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

import bot
from bot.settings import PREFIX as BOT_PREFIX
from bot.settings import BotSettings
from retrieval.settings import PREFIX, LibrarySettings

PAGE = Path(bot.__file__).with_name("deploy") / "README.md"
BEGIN = "<!-- settings: written by python -m bot.operations.settings_table -->"
END = "<!-- end of settings -->"
_HEAD = "| Name | Default | Meaning |\n|---|---|---|\n"


def settings_table() -> str:
    """Return the table of all settings in Markdown: the bot's first, each in the order of its class."""
    rows = [
        f"| `{prefix}{name.upper()}` | {_default(field)} | {field.description} |\n"
        for prefix, settings in ((BOT_PREFIX, BotSettings), (PREFIX, LibrarySettings))
        for name, field in settings.model_fields.items()
    ]
    return _HEAD + "".join(rows)


def with_settings_table(page: str) -> str:
    """Return *page* with the present table between its two marks.

    Raises:
        ValueError: The page has not each mark once, in this order.
    """
    before, found, rest = page.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not found or not ended or BEGIN in rest or END in after:
        raise ValueError(f"{PAGE} must have the lines {BEGIN!r} and {END!r} once each, in this order.")
    return f"{before}{BEGIN}\n\n{settings_table()}\n{END}{after}"


def _default(field: FieldInfo) -> str:
    """Return a default as one writes it into ``.env``; a dash for none."""
    value = field.default
    if value is None or value == () or value == "" or isinstance(value, SecretStr):
        return "–"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def main() -> None:
    """Write the table into the page."""
    PAGE.write_text(with_settings_table(PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
