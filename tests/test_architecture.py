"""Rules about the shape of the code that no linter knows."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LIBRARY = sorted((ROOT / "retrieval").rglob("*.py"))
FILES = sorted([*(ROOT / "bot").rglob("*.py"), *LIBRARY])
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "core", "services", "manager"}
MAX_LINES = 450
MAX_MODULES = 25


def module_name(path, root):
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def run_python(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_has_a_name_that_says_something_and_says_why_it_exists(path):
    source = path.read_text("utf-8")
    assert source.count("\n") <= MAX_LINES
    assert path.stem not in SAYS_NOTHING
    assert ast.get_docstring(parsed(module_name(path, ROOT)))


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


MODULES = {module_name(path, ROOT): path for path in FILES}
PACKAGES = {name for name, path in MODULES.items() if path.name == "__init__.py"}
OPEN_MODULES = {
    "bot.operations.cli": "its package exports nothing, so that --help does not wait for discord.py",
    "bot.operations.health": "as bot.operations.cli",
    "bot.operations.invite": "as bot.operations.cli",
    "retrieval.cli.json_rows": "the shapes of --json, which measurements read too",
    "retrieval.cli.session": "what the bot's command line shares with the library's",
    "retrieval.sources.fetch": "loads aiohttp; wiring imports it for the first page",
}
"""Modules that other packages may import past the ``__init__`` of their own, and why."""


@cache
def parsed(name):
    return ast.parse(MODULES[name].read_text("utf-8"))


@cache
def imports_from(name):
    """Return the ``from … import`` statements of a module, those inside functions too."""
    return [node for node in ast.walk(parsed(name)) if isinstance(node, ast.ImportFrom)]


@cache
def names_imported_by(package):
    """Return what modules outside a package import from it."""
    return {
        alias.name
        for other in MODULES
        if not f"{other}.".startswith(f"{package}.") or other.endswith(".__main__")
        for node in imports_from(other)
        if node.module == package
        for alias in node.names
    }


def top_package(name):
    return ".".join(name.split(".")[:2])


def exported(package):
    """Return ``__all__`` of a package; nothing if it has none."""
    for node in parsed(package).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return ast.literal_eval(node.value)
    return []


def past_the_package(name):
    """Yield the modules of other packages that a module imports although a package stands before them."""
    for node in imports_from(name):
        modules = [node.module]
        if node.module in PACKAGES:
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [one for one in modules if one.rpartition(".")[2] not in exported(node.module)]
        for module in modules:
            is_inside = module in MODULES and module not in PACKAGES and module.count(".") > 1
            if is_inside and top_package(module) != top_package(name):
                yield module


@pytest.mark.parametrize("name", sorted(MODULES))
def test_other_packages_import_the_package(name):
    assert set(past_the_package(name)) <= set(OPEN_MODULES)


def test_every_exception_is_needed():
    assert {module for name in MODULES for module in past_the_package(name)} == set(OPEN_MODULES)


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_a_package_says_what_it_is_for_and_exports_names_that_others_use(package):
    tree = parsed(package)
    assert (ast.get_docstring(tree) or "").split("\n")[0].endswith(".")
    names = exported(package)
    assert len(names) == len(set(names))  # ruff sorts them
    defined = {name.asname or name.name for node in imports_from(package) for name in node.names}
    defined |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    defined |= {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    assert set(names) <= defined
    if package == "retrieval":
        return  # the names for programs that use the library
    assert set(names) <= names_imported_by(package)


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_a_folder_holds_no_more_modules_than_one_can_look_through(package):
    assert len([*MODULES[package].parent.glob("*.py")]) - 1 <= MAX_MODULES


@pytest.mark.wire
def test_the_contracts_on_imports_hold():
    ran = lint_imports(ROOT)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.wire
def test_each_contract_on_imports_can_be_broken(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("bot", "retrieval"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    for path, line in PLANTED.items():
        with (tmp_path / path).open("a", encoding="utf-8") as file:
            file.write(line)
    verdicts = re.findall(r"^(.+) (KEPT|BROKEN)(?: \(.*\))?$", lint_imports(tmp_path).stdout, re.MULTILINE)
    assert dict(verdicts) == dict.fromkeys(contract_names(), "BROKEN")


PLANTED = {
    "bot/formatting/links.py": "if TYPE_CHECKING:\n    from bot.views import Card\n",
    "bot/cogs/ask.py": "import bot.cogs.quotes\n",
    "retrieval/text/tokens.py": "def late():\n    from retrieval.search import Searcher\n",
    "retrieval/domain/claims.py": "import sqlite3\n",
    "retrieval/llm/client.py": "import discord\n",
    "retrieval/quotes/grammar.py": "def late():\n    import spacy\n",
    "retrieval/sources/pdf/tables.py": "from retrieval.sources.readers import extract_article\n",
}
"""One line for each contract: in a function, for type checking, and at the top of the file."""


def contract_names():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def lint_imports(tree):
    """Check the contracts in a source tree."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", code, "--no-cache"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tree)


@pytest.mark.wire
def test_importing_the_library_loads_no_model_no_index_and_no_discord():
    code = (
        "import sys, retrieval, retrieval.cli, retrieval.librarian, retrieval.wiring, bot.__main__; "
        "heavy = {'torch', 'faiss', 'sentence_transformers', 'onnxruntime', 'discord', 'spacy'}; "
        "heavy &= set(sys.modules); "
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
