"""The one list of what the library stores about whom; a test compares it with the database's tables.

A new table must be added here before the tests pass, and with it to what people can take out and delete.
"""

from dataclasses import dataclass
from typing import Literal

Whose = Literal["collection", "name", "article", "answer", "note", "nobody"]
"""By the collection's row · by its name · through an article · through an answer
· by the collection that a note, in JSON, says it is of; most are of none · of no collection."""
Deletion = Literal["delete", "blank"]
"""The row is the person's · the row is the collection's, and only the name in it is the person's."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A table: whose rows they are, and which column names a person."""

    table: str
    whose: Whose
    person: str | None = None
    deletion: Deletion = "delete"
    taken_out: bool = False
    """Whether the export of a collection holds its rows; articles have a file of their own."""


HOLDINGS: tuple[Holding, ...] = (
    # In the order in which rows may be deleted: what refers to others before what it refers to.
    Holding("votes", "answer", person="person", taken_out=True),
    Holding("reports", "answer", person="person", taken_out=True),
    Holding("open_questions", "collection", person="person"),
    Holding("answers", "collection", person="asker", taken_out=True),
    Holding("edits", "article", person="editor", deletion="blank", taken_out=True),
    Holding("usage", "collection", person="person", deletion="blank"),
    Holding("mentions", "article", taken_out=True),
    Holding("attempts", "article"),
    Holding("page_looks", "article"),
    Holding("quotations", "article"),
    Holding("passages", "article"),
    Holding("structures", "article"),
    Holding("versions", "article"),
    Holding("bands", "collection"),
    Holding("articles", "collection"),
    Holding("schedules", "collection", taken_out=True),
    Holding("preferences", "collection", taken_out=True),
    Holding("presences", "name"),
    Holding("imports", "name"),
    Holding("paces", "nobody", person="who"),
    Holding("leases", "nobody"),
    Holding("notes", "note", taken_out=True),
)
NAMES_SOMEBODY = frozenset(
    {
        "person",
        "asker",
        "editor",
        "user",
        "user_id",
        "voter",
        "owner",
        "member",
        "reporter",
        "moderator",
        "who",
    }
)
"""What a column that names a person is called; ``articles.author`` is the author of a published text."""
