"""Rules about the shape of the code that no linter knows."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LIBRARY = sorted((ROOT / "retrieval").rglob("*.py"))
FILES = sorted([*(ROOT / "bot").rglob("*.py"), *LIBRARY])
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "core", "services", "manager"}
MAX_LINES = 450


def imported(path):
    """Yield what a file imports, each with its module and, of ``from … import``, with the name as well."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(ROOT).parent.parts
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            yield from (module, *(f"{module}.{alias.name}" for alias in node.names))


def imports_any(path, modules):
    """Return which of *modules*, or of what is inside them, a file imports."""
    return {name for name in imported(path) for one in modules if f"{name}.".startswith(f"{one}.")}


def run_python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_has_a_name_that_says_something_and_says_why_it_exists(path):
    source = path.read_text("utf-8")
    assert source.count("\n") <= MAX_LINES
    assert path.stem not in SAYS_NOTHING
    assert ast.get_docstring(ast.parse(source))


def test_retrieval_has_never_heard_of_discord():
    for path in LIBRARY:
        assert not imports_any(path, {"bot", "discord", "simcord"}), path


@pytest.mark.wire
@pytest.mark.parametrize("name", ["retrieval/new.py", "retrieval/new/newer.py"])
@pytest.mark.parametrize("module", ["bot.settings", "discord.ext.commands", "simcord", "pickle", "requests"])
def test_the_linter_refuses_what_retrieval_may_not_import(module, name):
    package, _, imported_name = module.rpartition(".")
    line = f"from {package} import {imported_name}" if package else f"import {module}"
    code = f'"""A module."""\n\n{line}\n\n__all__ = ["{imported_name}"]\n'
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--stdin-filename", name, "-"]
    ran = subprocess.run(command, input=code, capture_output=True, text=True, check=False, cwd=ROOT)
    assert re.findall(r"\b[A-Z]+\d{3}\b", ran.stdout) == ["TID251"], ran.stdout


@pytest.mark.parametrize("module", ["domain", "errors", "messages", "seams"])
def test_the_bottom_of_the_library_stands_on_nothing_of_ours(module):
    [path] = (ROOT / "retrieval").rglob(f"{module}.py")
    below = imports_any(path, {"retrieval.domain", "retrieval.errors", "retrieval.messages"})
    assert imports_any(path, {"retrieval"}) == below


def test_nothing_below_the_librarian_knows_it():
    above = {"retrieval.librarian", "retrieval.wiring", "retrieval.cli"}
    allowed = {"__main__.py", "librarian", "wiring.py", "cli", "evaluation"}
    for path in LIBRARY:
        top = path.relative_to(ROOT / "retrieval").parts[0]
        if top not in allowed and not top.startswith("cli_") and top != "cli.py":
            assert not imports_any(path, above), path


def test_only_the_stores_files_hold_sql():
    with_sql = {"database.py", "library_reader.py", "store.py", "answer_records.py", "catalog.py"}
    with_sql |= {"migrations.py", "housekeeping.py", "search_reader.py", "schedule_store.py"}
    with_sql |= {"upkeep_store.py", "mention_store.py", "preference_store.py", "attempt_store.py"}
    with_sql |= {"open_question_store.py"}
    with_sql |= {"opinion_store.py", "usage_store.py"}
    with_sql |= {"library_file.py", "backups.py", "erasure.py", "damage.py"}
    with_sql |= {"privacy_store.py", "presence_store.py"}
    for path in FILES:
        if path.name not in with_sql:
            assert not imports_any(path, {"sqlite3"}), path


@pytest.mark.wire
def test_importing_the_library_loads_no_model_no_index_and_no_discord():
    code = (
        "import retrieval, retrieval.cli, sys; "
        "heavy = {'torch', 'faiss', 'sentence_transformers', 'onnxruntime', 'discord'} & set(sys.modules); "
        "assert not heavy, heavy"
    )
    ran = run_python(code)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.wire
def test_the_library_works_where_discord_is_not_installed(tmp_path):
    code = (
        "import sys; sys.modules['discord'] = None; sys.argv = ['retrieval', 'list', '--data', "
        f"{str(tmp_path)!r}, '--json']; "
        "from retrieval.cli import main; main()"
    )
    ran = run_python(code)
    assert ran.returncode == 0, ran.stderr
