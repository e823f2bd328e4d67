"""Links that open an article at the very words, with text fragments (``#:~:text=``).

The grammar is that of https://wicg.github.io/scroll-to-text-fragment/. A browser that finds
the words scrolls to them and marks them; any other opens the page at its top.
"""

from urllib.parse import quote, urlsplit, urlunsplit

MAX_LINK_CHARS = 512
"""Discord's limit for the address of a button; longer ones inside a text waste its room too."""
EXACT_WORDS = 12
"""Longer quotes are named by their first and last words: fewer ways to differ from the page."""
_EDGE_WORDS = (6, 4, 3)
_EDGE_CHARS = 12
"""Edge of a quote in a script without spaces, where a "word" may be a whole paragraph."""
_URL_SAFE = "-._~:/?#!$&'*+,;=%"


def page_link(url: str | None) -> str | None:
    """Return *url* in a form that cannot leave a markdown link, or ``None`` when it is no web page's.

    Addresses with a user name are refused: ``https://bank.example@evil.example`` is made to deceive.
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError:  # UnicodeError is one
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or ":" in host:
        return None
    site = quote(host, safe=".-_") + (f":{port}" if port else "")
    place = quote(urlunsplit(("", "", parts.path, parts.query, parts.fragment)), _URL_SAFE, errors="replace")
    link = f"{parts.scheme}://{site}{place}"
    return link if len(link) <= MAX_LINK_CHARS else None


def passage_link(url: str | None, words: str, max_chars: int = MAX_LINK_CHARS) -> str | None:
    """Return a link to *words* on the page, to the page alone if that is all that fits, or ``None``."""
    page = page_link(url)
    if page is None or len(page) > max_chars:
        return None
    page = page.split(":~:", 1)[0]
    joint = ":~:text=" if "#" in page else "#:~:text="
    for directive in _directives(words):
        link = page + joint + directive
        if len(link) <= max_chars:
            return link
    return page


def _directives(words: str) -> list[str]:
    """Return ways to name a quote, the most exact first."""
    lines = [line.split() for line in words.splitlines() if line.strip()]
    if not lines:
        return []
    first, last = lines[0], lines[-1]
    count = sum(map(len, lines))
    if len(lines) == 1 and count <= EXACT_WORDS and len(" ".join(first)) <= EXACT_WORDS * 10:
        return [_percent_encode(" ".join(first))]
    if max(map(len, first)) > 3 * _EDGE_CHARS:
        whole = " ".join(words.split())
        return [
            f"{_percent_encode(whole[:_EDGE_CHARS].strip())},{_percent_encode(whole[-_EDGE_CHARS:].strip())}"
        ]
    ranges = [
        f"{_percent_encode(' '.join(first[:edge]))},{_percent_encode(' '.join(last[-edge:]))}"
        for edge in _EDGE_WORDS
        if len(lines) > 1 or count > 2 * edge
    ]
    return [*ranges, _percent_encode(" ".join(first[: _EDGE_WORDS[0]]))]


def _percent_encode(words: str) -> str:
    """Percent-encode everything but letters and digits; ``-`` is part of the grammar."""
    return quote(words, safe="", errors="replace").replace("-", "%2D")
