"""The shape that the numbered steps of SQLite end with, for a database that never took them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables."""
    _make_articles()
    _make_parts_of_articles()
    _make_answers()
    _make_records_of_articles()
    _make_records_of_collections()
    if op.get_bind().dialect.name == "postgresql":
        _make_what_sqlite_has_itself()


def _number() -> sa.Column[int]:
    """Return the key: numbers that are never given twice."""
    return sa.Column("id", NUMBER, sa.Identity(), primary_key=True)


def _refers(column: str, to: str, **options: Any) -> sa.Column[int]:
    return sa.Column(column, NUMBER, sa.ForeignKey(f"{to}.id", ondelete="CASCADE"), nullable=False, **options)


def _text(name: str, *, empty: bool = False, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=empty, **options)


def _integer(name: str, *, empty: bool = False, **options: Any) -> sa.Column[int]:
    return sa.Column(name, NUMBER, nullable=empty, **options)


def _make_articles() -> None:
    op.create_table("collections", _number(), _text("name", unique=True), sqlite_autoincrement=True)
    op.create_table(
        "articles",
        _number(),
        sa.Column("collection_id", NUMBER, sa.ForeignKey("collections.id"), nullable=False),
        _text("public_id"),
        _integer("given"),
        _text("title"),
        _text("author", empty=True),
        _text("site", empty=True),
        _text("url", empty=True),
        _text("published", empty=True),
        _text("added_at"),
        _text("language", empty=True),
        _text("digest"),
        _text("text"),
        _text("updated", empty=True),
        _text("page_starts", empty=True),
        _integer("source", server_default="0"),
        sa.Column("signature", sa.LargeBinary),
        sa.UniqueConstraint("collection_id", "public_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("articles_by_url", "articles", ["collection_id", "url"])
    op.create_index("articles_by_digest", "articles", ["collection_id", "digest"])
    op.create_index("articles_by_source", "articles", ["collection_id", "source"])
    op.create_index("article_sites", "articles", ["collection_id", "site"])
    op.create_index("article_authors", "articles", ["collection_id", "author"])


def _make_parts_of_articles() -> None:
    op.create_table(
        "versions",
        # Only orders what was replaced in the same second; SQLite's rows have such a number anyway.
        sa.Column("number", NUMBER, sa.Identity()),
        _refers("article_id", "articles", primary_key=True),
        _text("digest", primary_key=True),
        _text("text"),
        _text("replaced_at"),
        _text("page_starts", empty=True),
    )
    op.create_table(
        "passages",
        _number(),
        _refers("article_id", "articles", index=True),
        _integer("start"),
        _integer("end"),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("tokens", sa.LargeBinary),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "quotations",
        _number(),
        _refers("article_id", "articles", index=True),
        _integer("start"),
        _integer("end"),
        _text("speaker", empty=True),
        *(_integer(name, empty=True) for name in ("speaker_start", "speaker_end", "cue_start", "cue_end")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "bands",
        _integer("collection_id", primary_key=True, autoincrement=False),
        _integer("band", primary_key=True, autoincrement=False),
        _refers("article_id", "articles", primary_key=True, index=True),
    )
    op.create_table(
        "structures",
        _refers("article_id", "articles", primary_key=True),
        _text("digest", primary_key=True),
        _text("blocks"),
    )


def _make_answers() -> None:
    op.create_table(
        "answers",
        _number(),
        sa.Column("collection_id", NUMBER, sa.ForeignKey("collections.id"), nullable=False),
        _text("given_at"),
        _text("question"),
        _text("body"),
        _text("hidden_at", empty=True),
        sa.Column("asker", sa.Text, nullable=False, server_default="", index=True),
        _integer("private", server_default="0"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "votes",
        _refers("answer_id", "answers", primary_key=True),
        _integer("number", primary_key=True, autoincrement=False),
        _text("person", primary_key=True, index=True),
        _integer("supports"),
        _text("voted_at"),
    )
    op.create_table(
        "reports",
        _number(),
        _refers("answer_id", "answers", index=True),
        _text("person", index=True),
        _text("fault"),
        _text("words"),
        _text("link"),
        _text("reported_at"),
        _text("settled_at", empty=True),
        sqlite_autoincrement=True,
    )


def _make_records_of_articles() -> None:
    op.create_table(
        "edits",
        _number(),
        _refers("article_id", "articles", index=True),
        _text("field"),
        _text("was", empty=True),
        _text("now", empty=True),
        _text("edited_at"),
        _text("editor"),
        sqlite_autoincrement=True,
    )
    for name, columns in (
        ("page_looks", ("looked_at",)),
        ("mentions", ("place", "mentioned_at")),
        ("attempts", ("looked_at", "words")),
    ):
        op.create_table(
            name,
            _refers("article_id", "articles", primary_key=True, autoincrement=False),
            *(_text(column) for column in columns),
        )


def _make_records_of_collections() -> None:
    op.create_table(
        "schedules",
        _refers("collection_id", "collections", primary_key=True, autoincrement=False),
        _integer("channel"),
        _text("every"),
        _integer("weekday"),
        _integer("hour"),
        _text("zone"),
        _text("topic", empty=True),
        _text("last_slot"),
        _text("covered_until"),
        _integer("failures"),
    )
    op.create_table(
        "preferences",
        _refers("collection_id", "collections", primary_key=True, autoincrement=False),
        _text("body"),
    )
    op.create_table(
        "open_questions",
        _number(),
        _refers("collection_id", "collections"),
        _text("asked_at", index=True),
        _text("person", index=True),
        _text("where"),
        _text("question"),
        _text("filters"),
        _integer("after", empty=True),
        _integer("cut_off"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "presences",
        _text("collection", primary_key=True),
        _text("greeted_at", empty=True),
        _text("left_at", empty=True),
    )
    op.create_table(
        "usage",
        _number(),
        _refers("collection_id", "collections"),
        _text("person"),
        _text("day"),
        _integer("prompt"),
        _integer("completion"),
        sqlite_autoincrement=True,
    )
    op.create_index("usage_by_collection", "usage", ["collection_id", "day"])
    op.create_index("usage_by_person", "usage", ["person", "day"])
    op.create_table("notes", _text("key", primary_key=True), _text("value"))


def _make_what_sqlite_has_itself() -> None:
    """Make a number that grows with each write, and the stemmer that FTS5 has."""
    op.execute(
        "CREATE TABLE library_version "
        "(version BIGINT NOT NULL, library UUID NOT NULL DEFAULT gen_random_uuid())"
    )
    op.execute("INSERT INTO library_version (version) VALUES (0)")
    op.execute("CREATE TEXT SEARCH DICTIONARY footnote_porter (TEMPLATE = snowball, LANGUAGE = porter)")
    op.execute("CREATE TEXT SEARCH CONFIGURATION footnote (COPY = simple)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION footnote ALTER MAPPING FOR asciiword, word, numword "
        "WITH footnote_porter"
    )
