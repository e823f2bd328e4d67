"""Leases: what exactly one process does, by the clock of the database."""

from retrieval.storage import Connection

LEASE_S = 30.0
"""A process that has not renewed a lease for so long has lost it."""
PROCESS = "process:"
"""First part of the lease that says that a process is alive; its own name follows."""


class LeaseStore:
    """Takes and gives back leases in single statements."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._now = connection.dialect.now

    def take(self, name: str, holder: str, lease_s: float = LEASE_S) -> bool:
        """Take or renew a lease; return whether *holder* has it now."""
        row = self._connection.execute(
            f"INSERT INTO leases (name, holder, until) VALUES (:name, :holder, {self._now} + :lease_s) "  # noqa: S608
            "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until "
            f"WHERE leases.holder = excluded.holder OR leases.until < {self._now} RETURNING holder",
            {"name": name, "holder": holder, "lease_s": lease_s},
        ).fetchone()
        return row is not None

    def give_back(self, name: str, holder: str) -> None:
        """End a lease now, if *holder* has it."""
        self._connection.execute(
            "DELETE FROM leases WHERE name = :name AND holder = :holder", {"name": name, "holder": holder}
        )

    def give_all_back(self, holder: str) -> None:
        """End all leases of a process, also the one that says that it is alive."""
        self._connection.execute("DELETE FROM leases WHERE holder = :holder", {"holder": holder})

    def end_all_others(self, holder: str) -> None:
        """End the leases of all other processes, where there can be none."""
        self._connection.execute("DELETE FROM leases WHERE holder <> :holder", {"holder": holder})

    def forget_ended(self) -> None:
        """Delete what ended long ago: each process that ever was left a row."""
        self._connection.execute(f"DELETE FROM leases WHERE until < {self._now} - 86400")  # noqa: S608


def is_any_alive(connection: Connection, kind: str) -> str:
    """Return the condition that some process of a *kind* is alive."""
    return f"EXISTS (SELECT 1 FROM leases WHERE name LIKE '{kind}%' AND until >= {connection.dialect.now})"  # noqa: S608


def living(connection: Connection) -> str:
    """Return a query of the processes that are alive."""
    return f"SELECT holder FROM leases WHERE name LIKE '{PROCESS}%' AND until >= {connection.dialect.now}"  # noqa: S608
