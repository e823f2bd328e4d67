"""Finds every message of the interface in the source, for the catalogs and for the tests."""

import ast
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_python

KEYWORDS: dict[str, Any] = {
    "t": None,
    "nt": (1, 2),
    "gettext_noop": None,
    "locale_str": None,
}
LIBRARY_KEYWORDS: dict[str, Any] = {"message": None, "plural_message": (1, 2)}
"""Those of ``retrieval/messages.py``; they count where they are imported from there."""
COMMENT_TAGS = ("Translators:",)
LIBRARY_MESSAGES = "retrieval.messages"
ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "retrieval")

Extracted = tuple[int, str | None, Any, list[str]]
"""Line, function, message or messages, comments: what babel wants of a method of extraction."""


def extract_catalog(root: Path = ROOT) -> Catalog:
    """Return a catalog of all messages in the packages below *root*, without translations."""
    catalog = Catalog(charset="utf-8")
    with warnings.catch_warnings():
        # An f-string among the values of a message; as the message itself, a test finds it.
        warnings.filterwarnings("ignore", message=r".*[Ss]kipping f-string")
        _add_all(catalog, root)
    return catalog


def _add_all(catalog: Catalog, root: Path) -> None:
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            with path.open("rb") as file:
                keywords = keywords_in(path.read_text("utf-8"))
                found = extract(_extract, file, keywords, COMMENT_TAGS)  # type: ignore[arg-type]
                for line, message, comments, context in found:
                    place = [(path.relative_to(root).as_posix(), line)]
                    catalog.add(message, None, place, auto_comments=comments, context=context)


def keywords_in(source: str) -> dict[str, Any]:
    """Return the functions that mark messages in a module."""
    modules = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom))
    imported = {name.name for node in modules if node.module == LIBRARY_MESSAGES for name in node.names}
    return KEYWORDS | {name: spec for name, spec in LIBRARY_KEYWORDS.items() if name in imported}


def _extract(
    file: BinaryIO, keywords: Any, comment_tags: Any, options: dict[str, Any]
) -> Iterator[Extracted]:
    yield from extract_python(file, keywords, comment_tags, options)  # type: ignore[arg-type,misc]
    file.seek(0)
    for node, text in find_descriptions(ast.parse(file.read())):
        yield node.lineno, "gettext_noop", text, []


def find_descriptions(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Yield the descriptions of commands: docstrings of callbacks, options, and groups.

    discord.py takes the first paragraph of a docstring as the description of a command.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncFunctionDef) and any(map(_is_command, node.decorator_list)):
            first, _, _ = (ast.get_docstring(node) or "").partition("\n\n")
            yield node, " ".join(first.split())
        if isinstance(node, ast.Call) and _name(node) in ("describe", "Group"):
            wanted = (one for one in node.keywords if _name(node) == "describe" or one.arg == "description")
            yield from _literals(one.value for one in wanted)


def _is_command(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and _name(decorator) == "command"


def _name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _literals(nodes: Iterable[ast.expr]) -> Iterator[tuple[ast.expr, str]]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node, node.value
