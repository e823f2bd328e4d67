"""What several processes on one library share: versions, leases, paces, and the queue of imports."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns, then the tables."""
    _count_changes()
    _note_who_is_at_work()
    op.create_table(
        "leases",
        sa.Column("name", sa.Text, primary_key=True),
        _text("holder"),
        _seconds("until"),
    )
    op.create_table(
        "paces",
        sa.Column("pace", sa.Text, primary_key=True),
        sa.Column("who", sa.Text, primary_key=True),
        _seconds("full_at"),
    )
    op.create_table(
        "imports",
        sa.Column("id", NUMBER, sa.Identity(), primary_key=True),
        _text("collection"),
        _text("article"),
        _seconds("queued_at"),
        _text("holder"),
        sa.Column("tries", NUMBER, nullable=False),
        sa.Column("outcome", sa.Text),
        sqlite_autoincrement=True,
    )


def _count_changes() -> None:
    for name in ("version", "removals"):
        op.add_column("collections", sa.Column(name, NUMBER, nullable=False, server_default="0"))


def _note_who_is_at_work() -> None:
    op.add_column("open_questions", sa.Column("holder", sa.Text, nullable=False, server_default=""))
    op.add_column("schedules", sa.Column("claimed_at", sa.Text))
    op.add_column("schedules", sa.Column("delivering", NUMBER))


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _seconds(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Double, nullable=False)
