"""Reads the JSON-LD that pages carry for search engines: the most honest metadata there is."""

import json
from collections.abc import Iterator
from typing import Any

_ARTICLES = ("article", "blogposting", "report", "review", "newsarticle", "posting", "webpage")
_MAX_BLOCKS = 50


class StructuredArticle:
    """What the JSON-LD blocks of a page say about its article; empty where they say nothing."""

    def __init__(self, blocks: list[str]) -> None:
        nodes = [node for block in blocks[:_MAX_BLOCKS] for node in _nodes(_parsed(block))]
        self._by_id = {
            node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
        }
        found = sorted((node for node in nodes if _rank(node) >= 0), key=_rank, reverse=True)
        self._nodes = found

    def text(self, *keys: str) -> str:
        """Return the first of *keys* that holds a string."""
        for node in self._nodes:
            for key in keys:
                value = node.get(key)
                if isinstance(value, list) and value:
                    value = value[0]
                if isinstance(value, str) and value.strip():
                    return value.strip()
        return ""

    def authors(self) -> list[str]:
        """Return the names of the authors, in order, without repetition."""
        for node in self._nodes:
            names = [name for name in self._names(node.get("author") or node.get("creator")) if name]
            if names:
                return list(dict.fromkeys(names))
        return []

    def is_behind_paywall(self) -> bool:
        """Tell whether the page itself says that only subscribers get all of it."""
        return any(
            str(node.get("isAccessibleForFree", "")).lower() in ("false", "no", "0") for node in self._nodes
        )

    def _names(self, value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value.strip()
        elif isinstance(value, list):
            for one in value:
                yield from self._names(one)
        elif isinstance(value, dict):
            name = value.get("name")
            if name is None and isinstance(value.get("@id"), str):
                name = self._by_id.get(value["@id"], {}).get("name")
            if isinstance(name, (str, list)):
                yield from self._names(name)


def _parsed(block: str) -> Any:
    block = block.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    try:
        return json.loads(block, strict=False)
    except (ValueError, RecursionError):
        return None  # a block that is no JSON says nothing


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"):
            if isinstance(value.get(key), (dict, list)):
                yield from _nodes(value[key], depth + 1)


def _rank(node: dict[str, Any]) -> int:
    """Return 1 for an article, 0 for the page around it, -1 for anything else."""
    kinds = node.get("@type") or ""
    names = [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]
    if any(name == "webpage" for name in names):
        return 0
    return 1 if any(name.endswith(_ARTICLES) for name in names) else -1
