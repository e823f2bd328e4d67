"""Recognizes pages that lead to articles instead of being one: section fronts, archives, search results."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from retrieval.errors import NotReadable
from retrieval.messages import message
from retrieval.sources.urls import is_same_site

Tree = Any
"""An lxml element; lxml has no types of its own."""
MIN_TEASERS = 4
MAX_TEASER_CHARS = 600
"""Headline, picture's caption, a few lines and a date; what is longer is an article."""
_MOST_PROSE = 0.6
"""Share of the prose that stands in teasers from which on a page is a list of them."""
_MAX_LOOKED_AT = 1_000
_MIN_HEADLINE_CHARS = 12
_MIN_LINK_WORDS = 4
_REFUSED = message(
    "This page is a list of articles, not one of them. "
    "Add the address of the article that you want, or that of the site's feed."
)


def check_no_front(tree: Tree, blocks: Sequence[str], url: str) -> None:
    """Refuse a page whose *blocks* are the teasers of articles elsewhere on its site.

    *url* is where the page came from, or a file's name.

    Raises:
        NotReadable: It is such a page.
    """
    prose = {_plain(block): len(block) for block in blocks if re.search(r"[.!?…。！？]\W*$", block)}
    for headlines in (_in_headings(tree, url), _in_links(tree, url)):
        cards = [card for card in _cards(headlines) if card]
        if len(cards) < MIN_TEASERS:
            continue
        shown = "\n".join(cards)
        inside = sum(chars for words, chars in prose.items() if words and words in shown)
        if inside >= _MOST_PROSE * sum(prose.values()):
            raise NotReadable(_REFUSED)


def _in_headings(tree: Tree, url: str) -> list[Tree]:
    """Return the headings that lead to other pages of the site."""
    found = []
    for heading in _some(tree, "h2", "h3", "h4"):
        link = next(heading.iter("a"), None)
        if link is None:
            link = next((one for one in heading.iterancestors() if one.tag == "a"), None)
        long_enough = len("".join(heading.itertext()).strip()) >= _MIN_HEADLINE_CHARS
        if link is not None and long_enough and _leads_away(link, url):
            found.append(heading)
    return found


def _in_links(tree: Tree, url: str) -> list[Tree]:
    """Return the links that read like headlines and do not stand in a paragraph."""
    return [
        link
        for link in _some(tree, "a")
        if len("".join(link.itertext()).split()) >= _MIN_LINK_WORDS
        and _leads_away(link, url)
        and not any(one.tag in ("p", "nav", "footer", "aside") for one in link.iterancestors())
    ]


def _some(tree: Tree, *tags: str) -> Iterator[Tree]:
    for number, element in enumerate(tree.iter(*tags)):
        if number >= _MAX_LOOKED_AT:
            return
        yield element


def _leads_away(link: Tree, url: str) -> bool:
    href = (link.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:", "mailto:")):
        return False
    return "://" not in href[:12] or "://" not in url or is_same_site(href, url)


def _cards(headlines: Sequence[Tree]) -> Iterator[str]:
    """Yield the words of the largest part of the page around each headline that holds no other."""
    holds: Counter[Tree] = Counter(above for one in headlines for above in one.iterancestors())
    for headline in headlines:
        card = headline
        for above in headline.iterancestors():
            if holds[above] > 1 or above.tag in ("body", "main"):
                break
            card = above
        words = " ".join("".join(f"{part} " for part in card.itertext()).split())
        named = " ".join("".join(headline.itertext()).split())
        yield _plain(words) if len(named) < len(words) <= MAX_TEASER_CHARS else ""


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
