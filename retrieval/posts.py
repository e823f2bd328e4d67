"""Posts of social media that an article shows whole, signed and without quotation marks."""

import re
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.text import trimmed

_SIGNATURE = re.compile(
    r"[^\S\n]*\n?[^\S\n]*[—–―-]{1,2}[^\S\n]*(?P<name>[^\s()—–―][^()\n—–―]{0,60}?)[^\S\n]*"
    r"\((?P<handle>@[\w.]{2,40})\)(?P<date>[^\S\n]*,?[^\S\n]*[^\n]{0,40})$",
    re.MULTILINE,
)
_MARKS = "\"“”‘’'"


@dataclass(frozen=True, slots=True)
class Post:
    """The words of a post, and the name under it."""

    words: Span
    name: Span
    end: int
    """Where the signature ends."""


def find_posts(text: str) -> list[Post]:
    """Return the posts of *text*: lines such as ``Good news. — Ann Lee (@annlee) May 3, 2024``."""
    posts: list[Post] = []
    for match in _SIGNATURE.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        start = max(start, posts[-1].end if posts else 0)
        words = trimmed(text, start, match.start())
        while words is not None and text[words.start] in _MARKS:
            words = trimmed(text, words.start + 1, words.end)
        while words is not None and text[words.end - 1] in _MARKS:
            words = trimmed(text, words.start, words.end - 1)
        name = trimmed(text, match.start("name"), match.end("name"))
        if words is not None and name is not None:
            posts.append(Post(words, name, match.end()))
    return posts
