"""How an article is named on a card: its title, where it is from, and when it is of."""

from collections.abc import Iterable
from datetime import date

from bot.links import page_link
from bot.markdown import TITLE_CHARS, cut, one_line, plain, title_markdown
from retrieval.domain import Article, Citation

_SITE_CHARS = 40


def title_link(article: Article, *, linked: bool = True, chars: int = TITLE_CHARS) -> str:
    """Return the title as markdown, as a link to the page if there is one."""
    title = title_markdown(article.title, chars)
    link = page_link(article.url) if linked else None
    return f"[{title}](<{link}>)" if link else title


def named(article: Article, room: int) -> str:
    """Return title and origin, the title as a link if that fits into *room* characters."""
    linked = title_link(article) + origin(article)
    return linked if len(linked) <= room else title_link(article, linked=False) + origin(article)


def origin(article: Article) -> str:
    """Return " · site · date" with what is known of it."""
    parts = [plain(cut(one_line(article.site), _SITE_CHARS))] if article.site else []
    if article.published:
        parts.append(day(article.published))
    return "".join(f" · {part}" for part in parts if part)


def day(value: date) -> str:
    """Return a date as "3 Mar 2024"."""
    return f"{value.day} {value:%b %Y}"


def dates(articles: Iterable[Article]) -> str:
    """Say how old the sources are."""
    known = sorted({article.published for article in articles if article.published})
    if not known:
        return "The sources give no date"
    if len(known) == 1:
        return f"Sources of {day(known[0])}"
    return f"Sources from {day(known[0])} to {day(known[-1])}"


def cited_articles(citations: Iterable[Citation]) -> list[tuple[Article, list[int]]]:
    """Return each cited article once, in order of first use, with the numbers that cite it."""
    found: dict[int, tuple[Article, list[int]]] = {}
    for citation in citations:
        found.setdefault(citation.article.id, (citation.article, []))[1].append(citation.number)
    return list(found.values())
