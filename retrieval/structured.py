"""Reads the JSON-LD that pages carry for search engines: the most honest metadata there is."""

import json
import re
from collections.abc import Iterator
from typing import Any

_ARTICLES = ("article", "blogposting", "report", "review", "newsarticle", "posting", "webpage")
_THREADS = ("Question", "DiscussionForumPosting")
_MAX_BLOCKS = 50
_COUNT = re.compile(r"[0-9]{1,7}")
_MAX_REPLIES = 20
"""Answers to answers to answers that are followed."""


class StructuredArticle:
    """What the JSON-LD blocks of a page say about its article; empty where they say nothing."""

    def __init__(self, blocks: list[str]) -> None:
        nodes = [node for block in blocks[:_MAX_BLOCKS] for node in _nodes(_parsed(block))]
        self._by_id = {
            node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
        }
        found = sorted((node for node in nodes if _rank(node) >= 0), key=_rank, reverse=True)
        self._nodes = found
        self._threads = [node for node in nodes if _is_thread(node)]

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

    def article_body(self) -> str:
        """Return the text of the article, if the page says it to search engines; it may hold markup."""
        bodies = [node.get("articleBody") for node in self._nodes]
        return max((body.strip() for body in bodies if isinstance(body, str)), key=len, default="")

    def is_article(self) -> bool:
        """Tell whether the page says that it is an article, and no thread of a forum."""
        return any(_rank(node) == 1 and not _is_thread(node) for node in self._nodes)

    def is_discussion(self) -> bool:
        """Tell whether the page says that it is a thread, or questions with answers."""
        return bool(self._threads)

    def posts(self) -> list[tuple[str, str]]:
        """Return author and text of the posts of a thread, as far as they are said."""
        return [post for thread in self._threads[:1] for post in self._posts_of(thread)]

    def answers_said(self) -> int:
        """Return how many answers or comments the page says that its thread has."""
        counts = (str(node.get(key)) for node in self._threads for key in ("answerCount", "commentCount"))
        return max((int(one) for one in counts if _COUNT.fullmatch(one)), default=0)

    def is_behind_paywall(self) -> bool:
        """Tell whether the page itself says that only subscribers get all of it."""
        return any(
            str(node.get("isAccessibleForFree", "")).lower() in ("false", "no", "0") for node in self._nodes
        )

    def _posts_of(self, node: dict[str, Any], depth: int = 0) -> Iterator[tuple[str, str]]:
        text = node.get("text") or node.get("articleBody")
        if isinstance(text, str) and text.strip():
            yield next(iter(self._names(node.get("author"))), ""), text
        for key in ("acceptedAnswer", "suggestedAnswer", "comment"):
            below = node.get(key) or ()
            for one in below if isinstance(below, list) else (below,):
                if isinstance(one, dict) and depth < _MAX_REPLIES:
                    yield from self._posts_of(one, depth + 1)

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


def _is_thread(node: dict[str, Any]) -> bool:
    kinds = node.get("@type") or ""
    return any(str(kind) in _THREADS for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _rank(node: dict[str, Any]) -> int:
    """Return 1 for an article, 0 for the page around it, -1 for anything else."""
    kinds = node.get("@type") or ""
    names = [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]
    if any(name == "webpage" for name in names):
        return 0
    return 1 if any(name.endswith(_ARTICLES) for name in names) else -1
