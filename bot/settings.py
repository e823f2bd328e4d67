"""Settings of the bot: everything that ``DISCORD_*`` variables can change.

Built once, in ``__main__``, never on import. Unlike ``FOOTNOTE_*``, unknown ``DISCORD_*``
variables are not refused: they may belong to other programs.
"""

from typing import Any, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from retrieval.errors import RetrievalError
from retrieval.messages import message
from retrieval.settings import SettingsError

PREFIX = "DISCORD_"
MOST_SHARDS = 10_000
HOW_TO_LOG_IN = """DISCORD_TOKEN is not set; the bot needs one to log in, and five steps lead to it:
  1. Open https://discord.com/developers/applications and press New Application.
  2. On the page Bot, press Reset Token and copy the token. No privileged intent is needed.
  3. Copy .env.example to .env and write the token behind DISCORD_TOKEN=
  4. Start `footnote run` again, open the invite link that it prints, and choose your server.
  5. In the server, type /help.
To look around without a token: footnote demo"""
LOGIN_REFUSED = (
    "Discord refuses the token. Reset it at https://discord.com/developers/applications (page Bot), "
    "then set DISCORD_TOKEN to the new one."
)


class LoginRefused(RetrievalError):
    """Discord does not know the token."""


class BotSettings(BaseSettings):
    """Who the bot is on Discord, who may add articles, and how often people may ask."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True)

    token: SecretStr = Field(SecretStr(""), description="The bot's token; keep it secret.")
    dev_guild_id: int | None = Field(
        None, description="Server that alone gets the commands, at once; for development."
    )
    add_role: str | None = Field(
        None, description="Name or id of a role that may add articles, beside Manage Messages."
    )
    questions_at_once: int = Field(
        5, ge=1, le=100, description="Questions a person may ask before the pace below applies."
    )
    question_every_s: float = Field(
        8.0, ge=0, le=3_600, description="Seconds after which a person may ask one more."
    )
    additions_at_once: int = Field(
        5, ge=1, le=100, description="Articles a person may add before the pace below applies."
    )
    addition_every_s: float = Field(
        20.0, ge=0, le=3_600, description="Seconds after which a person may add one more."
    )
    message_content: bool = Field(
        False, description="Read messages in the channels that servers choose for the link companion."
    )

    shards: str = Field("", description="Shards of this process, as 0-3 or 0,2; empty: all.")
    shard_count: int | None = Field(
        None, ge=1, le=10_000, description="Shards of all processes together; needed with the one above."
    )
    health_port: int = Field(
        0, ge=0, le=65_535, description="Loopback port of /healthz, /readyz and /metrics; 0: none."
    )
    log_questions: bool = Field(False, description="Write questions into the log lines of their answers.")

    @property
    def shard_ids(self) -> list[int] | None:
        """The shards of this process; ``None``: all."""
        return read_shards(self.shards) if self.shards else None

    @model_validator(mode="after")
    def _shards_are_there(self) -> Self:
        ids = self.shard_ids
        if ids is not None and (self.shard_count is None or max(ids) >= self.shard_count):
            raise ValueError("DISCORD_SHARDS needs DISCORD_SHARD_COUNT, and numbers below it")
        return self

    @field_validator("dev_guild_id", "add_role", "shard_count", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: Any) -> Any:
        return None if value == "" else value


def read_shards(typed: str) -> list[int]:
    """Return the numbers of a list as ``0-3,6``, ascending.

    Raises:
        ValueError: It is none.
    """
    found: set[int] = set()
    for part in typed.split(","):
        first, _, last = part.partition("-")
        numbers = range(int(first), int(last or first) + 1)
        if not numbers or len(numbers) > MOST_SHARDS:
            raise ValueError(f"{part!r} is no range of shards")
        found.update(numbers)
    return sorted(found)


def load_bot_settings(*, need_token: bool = True, **overrides: Any) -> BotSettings:
    """Read the environment and ``.env``; keyword arguments win.

    Raises:
        SettingsError: If a value is out of range, or a token is needed
            and missing; the text says how to get one.
    """
    try:
        settings = BotSettings(**overrides)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        if not first["loc"]:  # several together
            raise SettingsError(
                message("The settings do not fit together: {problem}.", problem=first["msg"])
            ) from None
        name = PREFIX + str(first["loc"][0]).upper()
        raise SettingsError(
            message("The setting {name} is not usable: {problem}.", name=name, problem=first["msg"])
        ) from None
    if need_token and not settings.token.get_secret_value().strip():
        raise SettingsError(HOW_TO_LOG_IN)
    return settings
