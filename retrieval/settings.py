"""Settings of the library: everything that ``FOOTNOTE_*`` variables can change.

Built once, in ``wiring.py``, never on import. An unknown ``FOOTNOTE_*`` variable is
refused, because a misspelt limit that silently stays at its default is a trap.
"""

import os
from pathlib import Path
from typing import Any, Literal, Self

from dotenv import dotenv_values
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from retrieval.errors import RetrievalError
from retrieval.messages import message

PREFIX = "FOOTNOTE_"
DATABASE = "postgresql+psycopg://"
VectorSearch = Literal["automatic", "faiss", "pgvector"]
LlmMode = Literal["choose", "write", "off"]


class SettingsError(RetrievalError):
    """A setting is misspelt or out of range."""


class LibrarySettings(BaseModel):
    """Where the library is, which models it uses, and its limits; ``load_settings`` reads them."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    data_dir: Path = Field(Path("library"), description="Folder that holds the library.")
    database_url: SecretStr = Field(
        SecretStr(""),
        description="A PostgreSQL server that several processes share, as "
        "postgresql+psycopg://name:password@host/database; empty: a SQLite file in the folder.",
    )
    workers: bool = Field(
        False, description="Leave the encoding of articles to `footnote worker`; needs the database above."
    )
    vector_search: VectorSearch = Field(
        "automatic",
        description="What finds the nearest vectors of a library in PostgreSQL: 'faiss', in the memory of "
        "each process; 'pgvector', in the server; or 'automatic': pgvector from 200,000 passages on.",
    )
    models_dir: Path | None = Field(
        None, description="Folder with your own copies of the model files; empty: the bundled ones."
    )
    encoder: str = Field(
        "bundled", description="Encoder: 'bundled', or a sentence-transformers model's name or path."
    )
    reranker: str = Field("bundled", description="Cross-encoder: 'bundled', or a model's name or path.")
    threads: int = Field(
        0, ge=0, le=64, description="CPU threads for the models; 0: as many as the machine has, up to 4."
    )
    answer_threshold: float | None = Field(
        None, description="Least score of a sentence that answers; empty: the calibrated one."
    )
    max_articles: int = Field(20_000, ge=1, description="Articles a collection may hold.")
    max_article_bytes: int = Field(
        5_000_000, ge=1_000, description="Largest page or file that is read, after decompression."
    )
    max_waiting: int = Field(64, ge=1, description="Questions that may wait before people are sent away.")
    fetch_timeout_s: float = Field(10.0, gt=0, le=120, description="Time a page may take to arrive.")
    extract_timeout_s: float = Field(
        30.0, gt=0, le=600, description="Time that reading a page or PDF may take."
    )
    extract_memory_mb: int = Field(1_024, ge=256, description="Memory that reading a page or PDF may take.")
    allowed_private_hosts: tuple[str, ...] = Field(
        (), description="Intranet hosts that may be read, as host:port, comma-separated."
    )

    llm_base_url: str | None = Field(
        None, description="Address of an OpenAI-compatible endpoint, as https://host/v1; empty: no model."
    )
    llm_model: str = Field("", description="The language model, as its server calls it.")
    llm_mode: LlmMode = Field(
        "choose",
        description="What the language model does: 'choose' sentences of the articles, 'write' drafts that "
        "are checked, or 'off'.",
    )
    llm_api_key: SecretStr = Field(SecretStr(""), description="Key for the language model's server.")
    llm_temperature: float = Field(0.0, ge=0, le=2, description="How freely the model words its draft.")
    llm_max_tokens: int = Field(400, ge=16, le=8_192, description="Longest draft, in tokens.")
    llm_timeout_s: float = Field(30.0, gt=0, le=600, description="Time a draft may take.")
    llm_concurrency: int = Field(4, ge=1, le=64, description="Drafts that are written at once.")
    llm_tokens_per_day: int | None = Field(
        None, ge=0, description="Tokens that a collection may cost a day (UTC); empty: no limit."
    )
    llm_tokens_per_person: int | None = Field(
        None, ge=0, description="Tokens that a person may cost a day (UTC); empty: no limit."
    )
    llm_passages: int = Field(6, ge=1, le=10, description="Passages that the model reads for an answer.")

    @field_validator("allowed_private_hosts", mode="before")
    @classmethod
    def _split_commas(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @field_validator(
        "models_dir", "answer_threshold", "llm_base_url", "llm_tokens_per_day", "llm_tokens_per_person",
        mode="before",
    )  # fmt: skip
    @classmethod
    def _empty_is_unset(cls, value: Any) -> Any:
        return None if value == "" else value

    @field_validator("llm_base_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("it must begin with http:// or https://")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not value.get_secret_value().startswith(DATABASE):
            raise ValueError(f"it must begin with {DATABASE}, or be empty for SQLite")
        return value

    @model_validator(mode="after")
    def _model_is_named(self) -> Self:
        if self.llm_base_url is not None and not self.llm_model:
            raise ValueError("FOOTNOTE_LLM_BASE_URL is set, so FOOTNOTE_LLM_MODEL must name the model")
        if self.workers and not self.database_url.get_secret_value():
            raise ValueError("FOOTNOTE_WORKERS is set, so FOOTNOTE_DATABASE_URL must name the database")
        return self


def load_settings(**overrides: Any) -> LibrarySettings:
    """Read the environment and ``.env``; keyword arguments win.

    Raises:
        SettingsError: If a variable is unknown or a value is out of range.
    """
    given = _read_variables()
    unknown = sorted(PREFIX + name.upper() for name in given if name not in LibrarySettings.model_fields)
    if unknown:
        raise SettingsError(
            message(
                "There is no setting {setting}. Known ones are listed in .env.example; correct or unset it.",
                setting=unknown[0],
            )
        )
    try:
        return LibrarySettings(**{**given, **overrides})
    except ValidationError as error:
        first = error.errors()[0]
        if not first["loc"]:  # several together
            raise SettingsError(
                message("The settings do not fit together: {problem}.", problem=first["msg"])
            ) from error
        name = PREFIX + str(first["loc"][0]).upper()
        raise SettingsError(
            message("The setting {name} is not usable: {problem}.", name=name, problem=first["msg"])
        ) from error


def _read_variables() -> dict[str, str]:
    """Return the ``FOOTNOTE_*`` variables by the names of the settings; the environment goes before ``.env``.

    Done here, because pydantic-settings is a tenth of a second to import, which every command would wait for.
    """
    variables = {**dotenv_values(".env"), **os.environ}
    upper = {name.upper(): value for name, value in variables.items() if value is not None}
    return {
        name.removeprefix(PREFIX).lower(): value for name, value in upper.items() if name.startswith(PREFIX)
    }
