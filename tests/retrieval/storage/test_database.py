import sqlite3
import subprocess
import sys

import pytest

from retrieval.storage.article_reader import LibraryReader
from retrieval.storage.database import FILE_NAME, Database
from retrieval.storage.migrations import STEPS

pytestmark = pytest.mark.wire

OPEN = (
    "import sys; from pathlib import Path; from retrieval.storage.database import Database; "
    "Database(Path(sys.argv[1])).close()"
)


def test_several_processes_may_make_a_library_at_once(tmp_path):
    for number in range(3):
        folder = tmp_path / str(number)
        together = [subprocess.Popen([sys.executable, "-c", OPEN, str(folder)]) for _ in range(4)]
        assert [process.wait(60) for process in together] == [0] * 4


def test_a_library_has_the_newest_shape(tmp_path):
    database = Database(tmp_path)
    (version,) = database.connection.execute("PRAGMA user_version").fetchone()
    database.close()
    assert version == len(STEPS)


def test_a_library_of_the_first_shape_is_brought_up_to_date(tmp_path):
    tmp_path.mkdir(exist_ok=True)
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.executescript(STEPS[0])
    connection.execute("PRAGMA user_version = 1")
    connection.execute("INSERT INTO collections (name) VALUES ('ours')")
    connection.execute(
        "INSERT INTO articles (collection_id, public_id, given, title, added_at, digest, text) "
        "VALUES (1, 'a1', 0, 'Old', '2024-03-01T10:00:00+00:00', 'x', 'Some text.')"
    )
    connection.commit()
    connection.close()
    reader = LibraryReader(tmp_path)
    article = reader.article("ours", "a1")
    reader.close()
    assert (article.title, article.source, article.copies, article.page_starts) == ("Old", 1, 0, ())
