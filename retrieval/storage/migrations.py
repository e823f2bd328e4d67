"""The shape of a library: numbered steps of SQLite, and revisions of Alembic's in ``revisions/versions``.

A step or revision, once released, never changes. A revision may be a step as well, which says so in
``alembic_version``: SQLite then needs no Alembic, which takes a third of a second to import.
"""

import sqlite3
from pathlib import Path

import sqlalchemy
from sqlalchemy import inspect

from retrieval.errors import StorageError
from retrieval.storage.connection import Connection

STEPS: tuple[str, ...] = (
    """
    CREATE TABLE collections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE
    );
    CREATE TABLE articles (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        collection_id INTEGER NOT NULL REFERENCES collections(id),
        public_id TEXT NOT NULL,
        given INTEGER NOT NULL,          -- 1: the public id came with the article
        title TEXT NOT NULL,
        author TEXT,
        site TEXT,
        url TEXT,
        published TEXT,
        added_at TEXT NOT NULL,
        language TEXT,
        digest TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (collection_id, public_id)
    );
    CREATE INDEX articles_by_url ON articles (collection_id, url);
    CREATE INDEX articles_by_digest ON articles (collection_id, digest);
    CREATE TABLE versions (              -- texts that were replaced; old answers cite them
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        digest TEXT NOT NULL,
        text TEXT NOT NULL,
        replaced_at TEXT NOT NULL,
        PRIMARY KEY (article_id, digest)
    );
    CREATE TABLE passages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        vector BLOB NOT NULL,            -- float16
        tokens BLOB                      -- int8, rows of token_dimension
    );
    CREATE INDEX passages_by_article ON passages (article_id);
    CREATE TABLE quotations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        speaker TEXT,
        speaker_start INTEGER,
        speaker_end INTEGER,
        cue_start INTEGER,
        cue_end INTEGER
    );
    CREATE INDEX quotations_by_article ON quotations (article_id);
    CREATE TABLE answers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        collection_id INTEGER NOT NULL REFERENCES collections(id),
        given_at TEXT NOT NULL,
        question TEXT NOT NULL,
        body TEXT NOT NULL               -- JSON, see answer_records.py
    );
    CREATE TABLE notes (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    );
    """,
    """
    ALTER TABLE articles ADD COLUMN updated TEXT;
    ALTER TABLE articles ADD COLUMN page_starts TEXT;                 -- JSON list; NULL: has no pages
    ALTER TABLE articles ADD COLUMN source INTEGER NOT NULL DEFAULT 0; -- same number: copies of one source
    ALTER TABLE articles ADD COLUMN signature BLOB;                   -- MinHash, 32-bit integers
    ALTER TABLE versions ADD COLUMN page_starts TEXT;
    UPDATE articles SET source = id;
    CREATE INDEX articles_by_source ON articles (collection_id, source);
    CREATE INDEX article_names ON articles (collection_id, title, site, public_id);  -- what is offered
    CREATE INDEX article_sites ON articles (collection_id, site);                    -- while one types,
    CREATE INDEX article_authors ON articles (collection_id, author);                -- without the texts
    CREATE TABLE bands (                 -- articles with an equal band may be copies of each other
        collection_id INTEGER NOT NULL,
        band INTEGER NOT NULL,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        PRIMARY KEY (collection_id, band, article_id)
    ) WITHOUT ROWID;
    CREATE INDEX bands_by_article ON bands (article_id);
    """,
    """
    CREATE TABLE schedules (             -- digests that are posted daily or weekly; see schedules.py
        collection_id INTEGER PRIMARY KEY REFERENCES collections(id) ON DELETE CASCADE,
        channel INTEGER NOT NULL,
        every TEXT NOT NULL,
        weekday INTEGER NOT NULL,
        hour INTEGER NOT NULL,
        zone TEXT NOT NULL,
        topic TEXT,
        last_slot TEXT NOT NULL,         -- UTC; set before sending, so that no slot is posted twice
        covered_until TEXT NOT NULL,     -- UTC
        failures INTEGER NOT NULL
    );
    """,
    """
    ALTER TABLE answers ADD COLUMN hidden_at TEXT;   -- NULL: shown
    CREATE TABLE votes (                 -- whether a citation carries what it stands behind
        answer_id INTEGER NOT NULL REFERENCES answers(id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        person TEXT NOT NULL,
        supports INTEGER NOT NULL,
        voted_at TEXT NOT NULL,
        PRIMARY KEY (answer_id, number, person)
    ) WITHOUT ROWID;
    CREATE INDEX votes_by_person ON votes (person);
    CREATE TABLE reports (               -- "something is wrong with this answer"
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        answer_id INTEGER NOT NULL REFERENCES answers(id) ON DELETE CASCADE,
        person TEXT NOT NULL,
        fault TEXT NOT NULL,
        words TEXT NOT NULL,
        link TEXT NOT NULL,
        reported_at TEXT NOT NULL,
        settled_at TEXT                  -- NULL: nobody has decided
    );
    CREATE INDEX reports_by_answer ON reports (answer_id);
    CREATE INDEX reports_by_person ON reports (person);
    """,
    """
    CREATE TABLE edits (                 -- what people corrected; see upkeep.py
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        field TEXT NOT NULL,
        was TEXT,
        now TEXT,
        edited_at TEXT NOT NULL,
        editor TEXT NOT NULL             -- empty: the command line
    );
    CREATE INDEX edits_by_article ON edits (article_id);
    CREATE TABLE page_looks (            -- when an article's page was last read again, or tried to be
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        looked_at TEXT NOT NULL
    );
    CREATE TABLE mentions (              -- where an article's link was first posted; see mention_store.py
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        place TEXT NOT NULL,
        mentioned_at TEXT NOT NULL
    );
    """,
    """
    CREATE TABLE preferences (           -- what a collection's people chose; JSON of the bot's
        collection_id INTEGER PRIMARY KEY REFERENCES collections(id) ON DELETE CASCADE,
        body TEXT NOT NULL
    );
    """,
    """
    CREATE TABLE attempts (              -- articles that were looked at for orders to language models
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        looked_at TEXT NOT NULL,         -- digest of what decides: text, names and rules
        words TEXT NOT NULL              -- the first such words; empty: none
    );
    """,
    """
    CREATE TABLE open_questions (        -- what is being answered; see reopening.py
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        collection_id INTEGER NOT NULL REFERENCES collections(id) ON DELETE CASCADE,
        asked_at TEXT NOT NULL,          -- UTC
        person TEXT NOT NULL,
        "where" TEXT NOT NULL,
        question TEXT NOT NULL,
        filters TEXT NOT NULL,           -- JSON
        after INTEGER,                   -- number of the answer that it follows up
        cut_off INTEGER NOT NULL         -- 1: nobody is answering it any more
    );
    CREATE INDEX open_questions_by_day ON open_questions (asked_at);
    CREATE INDEX open_questions_by_person ON open_questions (person);
    """,
    """
    ALTER TABLE answers ADD COLUMN asker TEXT NOT NULL DEFAULT '';   -- empty: nobody, or not known
    CREATE INDEX answers_by_asker ON answers (asker);
    CREATE TABLE presences (             -- when a place was greeted, and when it was left; see presences.py
        collection TEXT PRIMARY KEY,     -- by name: a place may be known before it holds anything
        greeted_at TEXT,                 -- UTC
        left_at TEXT                     -- UTC; NULL: still there
    );
    """,
    """
    CREATE TABLE usage (                 -- what each call of the language model cost; see usage_store.py
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        collection_id INTEGER NOT NULL REFERENCES collections(id) ON DELETE CASCADE,
        person TEXT NOT NULL,            -- empty: nobody, or of an earlier day
        day TEXT NOT NULL,               -- UTC
        prompt INTEGER NOT NULL,         -- tokens
        completion INTEGER NOT NULL
    );
    CREATE INDEX usage_by_collection ON usage (collection_id, day);
    CREATE INDEX usage_by_person ON usage (person, day);
    """,
    """
    ALTER TABLE answers ADD COLUMN private INTEGER NOT NULL DEFAULT 0;   -- 1: for its asker alone
    """,
    """
    CREATE TABLE structures (            -- blocks read with a text; else the text shows them
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        digest TEXT NOT NULL,            -- of the text or version that the blocks are of
        blocks TEXT NOT NULL,            -- JSON
        PRIMARY KEY (article_id, digest)
    );
    """,
    # Raises the number, so that a Footnote that does not know of Alembic refuses the library.
    """
    CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    );
    INSERT INTO alembic_version (version_num) VALUES ('0001');
    """,
    # Revision 0002; see its script.
    """
    ALTER TABLE collections ADD COLUMN version INTEGER NOT NULL DEFAULT 0;    -- changes of passages
    ALTER TABLE collections ADD COLUMN removals INTEGER NOT NULL DEFAULT 0;   -- those that removed some
    ALTER TABLE open_questions ADD COLUMN holder TEXT NOT NULL DEFAULT '';    -- the process that answers
    ALTER TABLE schedules ADD COLUMN claimed_at TEXT;     -- UTC; NULL: nothing is being delivered
    ALTER TABLE schedules ADD COLUMN delivering INTEGER;  -- number of the answer that is
    CREATE TABLE leases (                -- what one process alone does; see processes/leases.py
        name TEXT PRIMARY KEY,
        holder TEXT NOT NULL,
        until REAL NOT NULL              -- seconds since 1970 by the clock of the database
    );
    CREATE TABLE paces (                 -- how often somebody did something; see processes/paces.py
        pace TEXT NOT NULL,
        who TEXT NOT NULL,               -- a person, or a place
        full_at REAL NOT NULL,           -- as leases.until
        PRIMARY KEY (pace, who)
    );
    CREATE TABLE imports (               -- articles that wait to be encoded; see processes/imports.py
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        collection TEXT NOT NULL,
        article TEXT NOT NULL,           -- JSON; empty once it is done
        queued_at REAL NOT NULL,         -- as leases.until
        holder TEXT NOT NULL,            -- the process that encodes it; empty: none yet
        tries INTEGER NOT NULL,
        outcome TEXT                     -- JSON; NULL: not done
    );
    UPDATE alembic_version SET version_num = '0002';
    """,
)
_UPGRADING = 1_907_331
"""Any number: of the lock that processes of Footnote take before they change tables."""
REVISIONS: tuple[str, ...] = ("0001", "0002")
"""All revisions, in order; a test compares them with the scripts, and what they make with ``STEPS``."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the database to the newest shape, each step in a transaction of its own.

    Raises:
        StorageError: It was written by a newer Footnote.
    """
    while (version := _version(connection)) < len(STEPS):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Asked again: another process may have taken this step while we waited for the lock.
            if _version(connection) == version:
                for statement in _statements(STEPS[version]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    if version > len(STEPS):
        raise StorageError("This library was written by a newer Footnote. Install the newest version.")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _statements(step: str) -> list[str]:
    statements, begun = [], ""
    for line in step.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            statements.append(begun)
            begun = ""
    return statements


def bring_up_to_date(connection: Connection) -> None:
    """Take the revisions that are left, in one transaction.

    Raises:
        StorageError: It was written by a newer Footnote.
    """
    if is_newest(connection.sqlalchemy):
        return
    connection.execute(connection.dialect.begin_writing[0])
    try:
        if connection.dialect.name == "postgresql":  # SQLite's BEGIN has locked already
            connection.execute("SELECT pg_advisory_xact_lock(:key)", {"key": _UPGRADING})
        upgrade(connection.sqlalchemy)
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def upgrade(connection: sqlalchemy.Connection) -> None:
    """Take the revisions that the database has not taken yet. Inside a transaction of the caller's.

    Raises:
        StorageError: It was written by a newer Footnote.
    """
    taken = _current_revision(connection)
    if taken == REVISIONS[-1]:
        return
    if taken is not None and taken not in REVISIONS:
        raise StorageError("This library was written by a newer Footnote. Install the newest version.")
    from alembic import command  # late: takes a third of a second, once a version of Footnote
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "revisions"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def is_newest(connection: sqlalchemy.Connection) -> bool:
    """Tell whether no revision is left to take."""
    return _current_revision(connection) == REVISIONS[-1]


def _current_revision(connection: sqlalchemy.Connection) -> str | None:
    """Return the last revision that the database has taken; ``None`` if it has no shape at all."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])
