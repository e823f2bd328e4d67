"""Settings of the library: everything that ``FOOTNOTE_*`` variables can change.

Built once, in ``wiring.py``, never on import. An unknown ``FOOTNOTE_*`` variable is
refused, because a misspelt limit that silently stays at its default is a trap.
"""

import os
from pathlib import Path
from typing import Annotated, Any

from dotenv import dotenv_values
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from retrieval.errors import RetrievalError

PREFIX = "FOOTNOTE_"


class SettingsError(RetrievalError):
    """A setting is misspelt or out of range."""


class LibrarySettings(BaseSettings):
    """Where the library is, which models it uses, and its limits."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(Path("library"), description="Folder that holds the library.")
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
    allowed_private_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Intranet hosts that may be read, as host:port, comma-separated."
    )

    @field_validator("allowed_private_hosts", mode="before")
    @classmethod
    def _split_commas(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @field_validator("models_dir", "answer_threshold", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: Any) -> Any:
        return None if value == "" else value


def load_settings(**overrides: Any) -> LibrarySettings:
    """Read the environment and ``.env``; keyword arguments win.

    Raises:
        SettingsError: If a variable is unknown or a value is out of range.
    """
    known = {PREFIX + name.upper() for name in LibrarySettings.model_fields}
    given = {name.upper() for name in (*os.environ, *dotenv_values(".env"))}
    unknown = sorted(name for name in given if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsError(
            f"There is no setting {unknown[0]}. Known ones are listed in .env.example; correct or unset it."
        )
    try:
        return LibrarySettings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise SettingsError(f"The setting {name} is not usable: {first['msg']}.") from error
