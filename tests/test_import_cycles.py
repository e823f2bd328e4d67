"""No module imports itself, by however many others; imports in functions and for type checking count too."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "retrieval")


def import_graph(root, package):
    """Return, by the name of each module of a package, the modules of the package that it imports."""
    modules = {module_name(path, root): path for path in (root / package).rglob("*.py")}
    return {name: set(imported(name, path, modules)) - {name} for name, path in modules.items()}


def module_name(path, root):
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(name, path, modules):
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            source = ".".join(filter(None, (base, node.module)))
            for alias in node.names:
                one = f"{source}.{alias.name}"
                if one in modules or source in modules:
                    yield one if one in modules else source


def cycle_in(graph):
    """Return the modules of a cycle, the first again at the end; nothing where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_no_import_cycle(package):
    assert cycle_in(import_graph(ROOT, package)) == []


@pytest.mark.parametrize(
    "back",
    [
        "from shelf.book import Book",
        "from shelf import book",
        "import shelf.book",
        "from .book import Book",
        "from . import book",
        "def read():\n    from shelf import book",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shelf.book import Book",
    ],
)
def test_a_cycle_is_found_however_it_is_imported(tmp_path, back):
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "__init__.py").write_text("")
    (shelf / "book.py").write_text("from shelf.page import Page")
    (shelf / "page.py").write_text(back)
    assert set(cycle_in(import_graph(tmp_path, "shelf"))) == {"shelf.book", "shelf.page"}
