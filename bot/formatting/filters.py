"""What a question is narrowed to, read from a command's options and said on its card."""

from datetime import date

from bot.formatting.article_lines import day
from bot.formatting.markdown import cut, one_line, plain
from bot.i18n import t
from retrieval.domain import Article, Filters
from retrieval.errors import BadQuestion
from retrieval.sources import read_date

_NAME_CHARS = 60


def filters_from(
    within: Article | None = None,
    *,
    site: str | None = None,
    author: str | None = None,
    language: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Filters:
    """Return the filters that a command's options ask for.

    Raises:
        BadQuestion: A day cannot be read, or the days are the wrong way round.
    """
    first, last = _day(since), _day(until)
    if first and last and first > last:
        raise BadQuestion(t("`since` is later than `until`. Swap them, and ask again."))
    ids = (within.public_id,) if within else ()
    return Filters(ids, site=site, author=author, language=language, since=first, until=last)


def describe_filters(filters: Filters) -> str:
    """Say what is left of the library, as in "by A. Berg, since 1 Mar 2024"; empty for all of it."""
    parts = [
        t("on {site}", site=_name(filters.site)) if filters.site else "",
        t("by {author}", author=_name(filters.author)) if filters.author else "",
        t("in the language {language}", language=_name(filters.language)) if filters.language else "",
        t("since {day}", day=day(filters.since)) if filters.since else "",
        t("until {day}", day=day(filters.until)) if filters.until else "",
    ]
    return ", ".join(filter(None, parts))


def _day(typed: str | None) -> date | None:
    if not typed or not typed.strip():
        return None
    found = read_date(typed)
    if found is None:
        raise BadQuestion(t("Give days as 2025-02-08 or 8 February 2025."))
    return found


def _name(words: str) -> str:
    return plain(cut(one_line(words), _NAME_CHARS))
