"""A library of articles that answers with the exact words; it has never heard of Discord.

The librarian and its settings are imported when they are first asked for (PEP 562): any module of this
package imports this file, and must not load NumPy and the models' libraries by that.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from retrieval.errors import (
    AnswererUnavailable,
    AnswerHidden,
    AnswerNotFound,
    ArticleNotFound,
    BadQuestion,
    BadRow,
    IndexMismatch,
    LibraryBusy,
    LibraryDamaged,
    LibraryFull,
    ModelFailed,
    ModelMissing,
    NotReadable,
    QuestionNotFound,
    ReportNotFound,
    RetrievalError,
    SourceError,
    SourceRefused,
    SourceUnavailable,
    StorageError,
)

if TYPE_CHECKING:
    from retrieval.librarian import Librarian
    from retrieval.settings import LibrarySettings, SettingsError
    from retrieval.wiring import open_librarian

__all__ = [
    "AnswerHidden",
    "AnswerNotFound",
    "AnswererUnavailable",
    "ArticleNotFound",
    "BadQuestion",
    "BadRow",
    "IndexMismatch",
    "Librarian",
    "LibraryBusy",
    "LibraryDamaged",
    "LibraryFull",
    "LibrarySettings",
    "ModelFailed",
    "ModelMissing",
    "NotReadable",
    "QuestionNotFound",
    "ReportNotFound",
    "RetrievalError",
    "SettingsError",
    "SourceError",
    "SourceRefused",
    "SourceUnavailable",
    "StorageError",
    "open_librarian",
]

_HOMES = {
    "Librarian": "retrieval.librarian",
    "LibrarySettings": "retrieval.settings",
    "SettingsError": "retrieval.settings",
    "open_librarian": "retrieval.wiring",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
