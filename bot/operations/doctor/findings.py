"""What ``footnote doctor`` examines, and what it says of each thing."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from bot.settings import BotSettings
from retrieval.domain import Fingerprint
from retrieval.settings import LibrarySettings

State = Literal["ok", "warning", "failed", "unknown"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    what: str
    state: State
    found: str
    advice: str = ""


@dataclass(slots=True)
class Patient:
    """What is examined; the rest is filled in by the first checks."""

    data_dir: Path | None = None
    offline: bool = False
    tries: bool = False
    """Whether the language model is asked questions with known answers."""
    bot: BotSettings | None = field(default=None, repr=False)
    library: LibrarySettings | None = field(default=None, repr=False)
    vectors: Fingerprint | None = None
    """What the encoder that was loaded makes."""


Check = Callable[[Patient], AsyncIterator[Finding]]
