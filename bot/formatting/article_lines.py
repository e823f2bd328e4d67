"""How an article is named on a card: its title, where it is from, and when it is of."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from bot.formatting.links import page_link, passage_link
from bot.formatting.markdown import TITLE_CHARS, cut, one_line, plain, title_markdown
from bot.i18n import format_date, nt, t
from retrieval.domain import Article, Citation, Precision

_SITE_CHARS = 40


def title_link(article: Article, *, linked: bool = True, chars: int = TITLE_CHARS) -> str:
    """Return the title as markdown, as a link to the page if there is one."""
    title = title_markdown(article.title, chars)
    link = page_link(article.url) if linked else None
    return f"[{title}](<{link}>)" if link else title


def citation_link(citation: Citation) -> str | None:
    """Return a link to the cited words: the page of a paged document, else the very passage."""
    page = page_link(citation.article.url)
    if citation.page is not None and page is not None:
        return f"{page.partition('#')[0]}#page={citation.page}"
    return passage_link(citation.article.url, citation.quote)


def format_title_line(article: Article, room: int) -> str:
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
    # Translators: a pattern of Unicode's CLDR for dates; the English one gives 3 Mar 2024.
    return format_date(value, t("d MMM y"))


def rough_day(value: date, precision: Precision) -> str:
    """Return a date no more exact than it is known: "4 Jun 2026", "Jun 2026", "2026"."""
    match precision:
        case "day":
            return day(value)
        case "week":
            return t("week of {day}", day=day(value))
        case "month":
            # Translators: a pattern of Unicode's CLDR for months; the English one gives Mar 2024.
            return format_date(value, t("MMM y"))
        case "year":
            return str(value.year)


def dates(articles: Iterable[Article]) -> str:
    """Say how old the sources are."""
    known = sorted({article.published for article in articles if article.published})
    if not known:
        return t("The sources give no date")
    if len(known) == 1:
        return t("Published {day}", day=day(known[0]))
    return t("Published {first} to {last}", first=day(known[0]), last=day(known[-1]))


def places(citations: Iterable[Citation]) -> str:
    """Return " · p. 4, 7" for words of a document that has pages, " · at 12:40" for those of a recording."""
    cited = list(citations)
    pages = sorted({one.page for one in cited if one.page is not None})
    times = dict.fromkeys(one.time for one in cited if one.time)
    said = t(" · p. ") + ", ".join(map(str, pages)) if pages else ""
    return said + (t(" · at ") + ", ".join(times) if times else "")


def independent(articles: Iterable[Article]) -> str:
    """Say how many sources stand behind an answer.

    Reprints of one text are one source, and so are several articles of one site.
    """
    cited = {article.id: article for article in articles}
    sites: dict[int, str] = {}
    for article in cited.values():
        sites.setdefault(article.source or -article.id, (article.site or "").casefold())
    reprinted = {one.source: one.copies for one in cited.values() if one.copies}
    count = len({site or number for number, site in sites.items()})
    if count == 1:
        several = t("{number} articles from 1 source", number=len(sites)) if len(sites) > 1 else t("1 source")
        copies = format_copy_count(sum(reprinted.values()))
        return several + (t(" with {copies}", copies=copies) if reprinted else "")
    some = t("one") if len(reprinted) == 1 else f"{len(reprinted)}"
    copies = format_copy_count(sum(reprinted.values()))
    more = t(", {some} with {copies}", some=some, copies=copies) if reprinted else ""
    return t("{number} independent sources", number=count) + more


def format_copy_count(number: int) -> str:
    """Return "1 copy", "5 copies"."""
    return nt("{count:,} copy", "{count:,} copies", number)


def format_article_count(number: int) -> str:
    """Return "1 article", "5 articles"."""
    return nt("{count:,} article", "{count:,} articles", number)


def format_sentence_count(number: int) -> str:
    """Return "1 more sentence", "5 more sentences"."""
    return nt("{count:,} more sentence", "{count:,} more sentences", number)


def format_char_count(number: int) -> str:
    """Return "1 character", "5 characters"."""
    return nt("{count:,} character", "{count:,} characters", number)


def page_of(page: int, pages: int) -> str:
    """Return " · page 2 of 3", *page* counting from 0; nothing if there is only one."""
    return t(" · page {page} of {pages:,}", page=page + 1, pages=pages) if pages > 1 else ""


ItemT = TypeVar("ItemT")


def by_article(
    items: Iterable[ItemT], article_of: Callable[[ItemT], Article]
) -> list[tuple[ItemT, Article | None]]:
    """Return items so that those of one article stand together, each with its article if it is the first.

    A card that follows this names every article once.
    """
    groups: dict[int, list[ItemT]] = {}
    for item in items:
        groups.setdefault(article_of(item).id, []).append(item)
    return [
        (item, article_of(item) if item is group[0] else None) for group in groups.values() for item in group
    ]


def cited_articles(citations: Iterable[Citation]) -> list[tuple[Article, list[Citation]]]:
    """Return each cited article once, in order of first use, with the citations of it."""
    found: dict[int, tuple[Article, list[Citation]]] = {}
    for citation in citations:
        found.setdefault(citation.article.id, (citation.article, []))[1].append(citation)
    return list(found.values())
