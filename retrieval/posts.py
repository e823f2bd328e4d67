"""Posts of social media that an article shows whole, signed and without quotation marks."""

import re
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.quotation_marks import ENGLISH
from retrieval.text import trimmed

# It begins at the dash and every run is bounded: a pattern that begins with blanks takes cubic time
# on a long row of them.
_SIGNATURE = re.compile(
    r"[—–―-]{1,2}[^\S\n]{0,8}(?P<name>[^\s()—–―][^()\n—–―]{0,60}?)[^\S\n]{0,8}"
    r"\((?P<handle>@[\w.]{2,40})\)(?P<date>[^\n]{0,50})$",
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
    for match in _SIGNATURE.finditer(text) if "(@" in text else ():
        end = _end_of_words(text, match.start())
        start = text.rfind("\n", 0, end) + 1
        start = max(start, posts[-1].end if posts else 0)
        words = trimmed(text, start, end)
        while words is not None and text[words.start] in ENGLISH:
            words = trimmed(text, words.start + 1, words.end)
        while words is not None and text[words.end - 1] in ENGLISH:
            words = trimmed(text, words.start, words.end - 1)
        name = trimmed(text, match.start("name"), match.end("name"))
        if words is not None and name is not None:
            posts.append(Post(words, name, match.end()))
    return posts


def _end_of_words(text: str, at: int) -> int:
    """Step back from a signature over blanks and one line break."""
    breaks = 0
    while at > 0 and text[at - 1].isspace() and (text[at - 1] != "\n" or not breaks):
        breaks += text[at - 1] == "\n"
        at -= 1
    return at
