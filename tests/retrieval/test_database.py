import subprocess
import sys

from retrieval.database import Database
from retrieval.migrations import STEPS

OPEN = (
    "import sys; from pathlib import Path; from retrieval.database import Database; "
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
