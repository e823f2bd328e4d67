"""Reads forum threads and pages of questions and answers: every post, with the name of who wrote it.

The extraction of articles keeps the first post and takes the answers for readers' comments.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from retrieval.sources.html.elements import element_blocks, html_blocks
from retrieval.sources.html.metadata import StructuredArticle

Tree = Any
"""An lxml element; lxml has no types of its own."""
MAX_POSTS = 500
_CLASSES = frozenset(
    (
        *("bbwrapper", "postcontent", "post_body", "post__content", "commtext", "js-post-body", "cooked"),
        *("post-body", "forum-post-body", "topic-body-content", "post-text", "message-content"),
    )
)
"""Of the elements that hold a post: XenForo, vBulletin, MyBB, Discourse, Hacker News, Stack Exchange."""
_FORUM = re.compile(
    r"phpbb|discourse|xenforo|vbulletin|mybb|nodebb|flarum|simple machines|\bsmf\b|invision|vanilla|fluxbb"
    r"|lemmy|reddit|stack ?exchange|stack ?overflow|hacker news",
    re.IGNORECASE,
)
_TYPES = ("schema.org/question", "schema.org/qapage", "schema.org/discussionforumposting")
_POST_TYPES = ("schema.org/question", "schema.org/answer", "schema.org/comment", "discussionforumposting")
_LEFT_OUT = "The answers below the first post could not be read from this page and were left out."
_MANY = f"The discussion is very long; only its first {MAX_POSTS} posts were read."
_SOME = "The page shows only a part of the discussion; its {} posts were read, further answers left out."
_NAME = re.compile(r"author|user-?name|hnuser|poster|message-name|\bcreator\b", re.IGNORECASE)
_MAX_NAME_CHARS = 60


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a thread."""

    author: str
    """Empty if the page does not name it."""
    blocks: tuple[str, ...]


def read_discussion(tree: Tree, linked: StructuredArticle) -> tuple[list[str], tuple[str, ...]]:
    """Return the blocks of all posts of a page and notes; no blocks if it is no discussion.

    *linked* is what the page says to search engines; a thread that stands only there is read there.
    """
    posts = _posts(tree) if _is_forum(tree, linked) else []
    said = [Post(author, tuple(html_blocks(text))) for author, text in linked.posts()]
    if len(said) > len(posts):
        posts = said
    posts = [post for post in posts if post.blocks]
    if len(posts) < 2:
        return [], (_LEFT_OUT,) if linked.answers_said() and _is_forum(tree, linked) else ()
    blocks = [
        f"{post.author}: {block}" if at == 0 and post.author else block
        for post in posts[:MAX_POSTS]
        for at, block in enumerate(post.blocks)
    ]
    left = linked.answers_said() > len(posts) - 1
    notes = (_MANY,) if len(posts) > MAX_POSTS else (_SOME.format(len(posts)),) if left else ()
    return blocks, notes


def _is_forum(tree: Tree, linked: StructuredArticle) -> bool:
    if linked.is_discussion() or next(tree.iter("shreddit-post", "shreddit-comment"), None) is not None:
        return True
    if any(
        kind in (one.get("itemtype") or "").lower()
        for one in tree.iterfind(".//*[@itemtype]")
        for kind in _TYPES
    ):
        return True
    said = [
        meta.get("content") or ""
        for meta in tree.iterfind(".//meta[@name]")
        if (meta.get("name") or "").lower() in ("generator", "application-name")
    ]
    said += [meta.get("content") or "" for meta in tree.iterfind(".//meta[@property='og:site_name']")]
    body = tree.find(".//body")
    said += [tree.getroottree().getroot().get("id") or "", body.get("id") or "" if body is not None else ""]
    return any(_FORUM.search(value) for value in said)


def _posts(tree: Tree) -> list[Post]:
    """Return the posts in the order of the page; what a post holds is no other post."""
    found: list[Tree] = []
    inside: set[Tree] = set()
    for element in tree.iter():
        if not isinstance(element.tag, str) or not _is_post(element):
            continue
        if any(above in inside for above in element.iterancestors()):
            continue
        inside.add(element)
        found.append(element)
        if len(found) > MAX_POSTS:
            break
    holds = Counter(above for one in found for above in one.iterancestors())
    return [Post(_author_of(one, holds), tuple(element_blocks(one))) for one in found]


def _is_post(element: Tree) -> bool:
    if element.get("itemprop") in ("text", "articleBody"):
        return any(_is_post_type(above) for above in element.iterancestors())
    names = {name.lower() for name in (element.get("class") or "").split()}
    if names & _CLASSES or element.get("component") == "post/content":
        return not _has_said_text(element)
    if element.get("slot") in ("comment", "text-body"):  # Reddit
        return True
    above = element.getparent()
    around = (above.get("class") or "") if above is not None else ""
    return ("content" in names and "postbody" in f"{around} {_class_of_grandparent(element)}") or (
        "md" in names and "usertext-body" in around
    )


def _has_said_text(element: Tree) -> bool:
    return element.find(".//*[@itemprop='text']") is not None


def _class_of_grandparent(element: Tree) -> str:
    above = element.getparent()
    above = above.getparent() if above is not None else None
    return (above.get("class") or "") if above is not None else ""


def _is_post_type(element: Tree) -> bool:
    said = (element.get("itemtype") or "").lower()
    return any(kind in said for kind in _POST_TYPES)


def _author_of(post: Tree, holds: Counter[Tree]) -> str:
    """Return the name beside a post: the nearest in the part of the page that holds no other post."""
    for above in post.iterancestors():
        if holds[above] > 1:
            return ""
        name = above.get("author") or next(_names_in(above, post), "")  # the first: Reddit
        if name:
            return str(name)
    return ""


def _names_in(around: Tree, post: Tree) -> Iterator[str]:
    own = set(post.iter())
    for number, one in enumerate(around.iter()):
        if number > 2_000:
            return
        if one in own or not isinstance(one.tag, str):
            continue
        if one.get("itemprop") in ("author", "name") or _NAME.search(one.get("class") or ""):
            name = " ".join("".join(one.itertext()).split())
            if _has_inner_name(one):  # "by wren, 3 May, 11:40" around the name
                continue
            if name and len(name) <= _MAX_NAME_CHARS:
                yield name


def _has_inner_name(element: Tree) -> bool:
    """Say whether another element inside is the name alone: phpBB's "by wren » 3 May, 11:40" holds one."""
    return any(
        one is not element and _NAME.search(one.get("class") or "") and "".join(one.itertext()).strip()
        for one in element.iter("a", "span", "strong", "b", "cite")
    )
