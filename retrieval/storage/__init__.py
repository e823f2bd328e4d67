"""The SQLite database: articles, passages, answers, migrations and backups."""

from retrieval.storage.answer_store import NEAREST_KEPT, AnswerRecords
from retrieval.storage.article_reader import digest_of, unstored_article
from retrieval.storage.article_store import ArticleStore, NewPassage, NewQuotation, passage_rows
from retrieval.storage.autocomplete import Catalog, Named
from retrieval.storage.backups import back_up, restore
from retrieval.storage.connection import Connection
from retrieval.storage.damage import damage_report, explain_error, salvage
from retrieval.storage.database import FILE_NAME, PassagesVersion
from retrieval.storage.erasure import ARTICLE_REMOVED
from retrieval.storage.library_file import LibraryState, library_state, open_to_look, require_sound
from retrieval.storage.migrations import STEPS
from retrieval.storage.passage_reader import SearchReader
from retrieval.storage.places import place_of
from retrieval.storage.postgresql_vectors import PostgresVectors
from retrieval.storage.token_codes import decode_tokens, is_coded, turn

__all__ = [
    "ARTICLE_REMOVED",
    "FILE_NAME",
    "NEAREST_KEPT",
    "STEPS",
    "AnswerRecords",
    "ArticleStore",
    "Catalog",
    "Connection",
    "LibraryState",
    "Named",
    "NewPassage",
    "NewQuotation",
    "PassagesVersion",
    "PostgresVectors",
    "SearchReader",
    "back_up",
    "damage_report",
    "decode_tokens",
    "digest_of",
    "explain_error",
    "is_coded",
    "library_state",
    "open_to_look",
    "passage_rows",
    "place_of",
    "require_sound",
    "restore",
    "salvage",
    "turn",
    "unstored_article",
]
