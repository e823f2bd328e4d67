"""Rules about the shape of the code that no linter knows."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "retrieval").rglob("*.py")])
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "core", "services", "manager"}
MAX_LINES = 450


def imported(path):
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def run_python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_has_a_name_that_says_something_and_says_why_it_exists(path):
    source = path.read_text("utf-8")
    assert source.count("\n") <= MAX_LINES
    assert path.stem not in SAYS_NOTHING
    assert ast.get_docstring(ast.parse(source))


def test_retrieval_has_never_heard_of_discord():
    for path in (ROOT / "retrieval").rglob("*.py"):
        assert not {name.split(".")[0] for name in imported(path)} & {"bot", "discord", "simcord"}, path


@pytest.mark.parametrize("module", ["domain", "errors", "messages", "seams"])
def test_the_bottom_of_the_library_stands_on_nothing_of_ours(module):
    below = {"retrieval.domain", "retrieval.errors", "retrieval.messages"}
    ours = {name for name in imported(ROOT / "retrieval" / f"{module}.py") if name.startswith("retrieval")}
    assert ours <= below


def test_nothing_below_the_librarian_knows_it():
    above = {"retrieval.librarian", "retrieval.wiring", "retrieval.cli"}
    allowed = {"librarian.py", "wiring.py", "__main__.py"}
    for path in (ROOT / "retrieval").glob("*.py"):
        if path.name not in allowed and not path.name.startswith("cli"):
            assert not set(imported(path)) & above, path


def test_only_the_stores_files_hold_sql():
    with_sql = {"database.py", "library_reader.py", "store.py", "answer_records.py", "catalog.py"}
    with_sql |= {"migrations.py", "housekeeping.py", "search_reader.py", "schedule_store.py"}
    with_sql |= {"upkeep_store.py", "mention_store.py", "preference_store.py", "attempt_store.py"}
    with_sql |= {"open_question_store.py"}
    with_sql |= {"opinion_store.py", "usage_store.py"}
    with_sql |= {"library_file.py", "backups.py"}
    with_sql |= {"privacy_store.py", "presence_store.py"}
    for path in FILES:
        if path.name not in with_sql:
            assert "sqlite3" not in set(imported(path)), path


def test_importing_the_library_loads_no_model_no_index_and_no_discord():
    code = (
        "import retrieval, retrieval.cli, sys; "
        "heavy = {'torch', 'faiss', 'sentence_transformers', 'onnxruntime', 'discord'} & set(sys.modules); "
        "assert not heavy, heavy"
    )
    ran = run_python(code)
    assert ran.returncode == 0, ran.stderr


def test_the_library_works_where_discord_is_not_installed(tmp_path):
    code = (
        "import sys; sys.modules['discord'] = None; sys.argv = ['retrieval', 'list', '--data', "
        f"{str(tmp_path)!r}, '--json']; "
        "from retrieval.cli import main; main()"
    )
    ran = run_python(code)
    assert ran.returncode == 0, ran.stderr
