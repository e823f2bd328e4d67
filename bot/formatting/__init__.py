"""Text for Discord: markdown, links, dates, the layout of a card."""

from bot.formatting.article_lines import (
    by_article,
    citation_link,
    cited_articles,
    counted_articles,
    counted_chars,
    counted_sentences,
    dates,
    day,
    independent,
    named,
    origin,
    page_of,
    pages,
    rough_day,
    title_link,
)
from bot.formatting.cards import Card, Tone, notice, small
from bot.formatting.filters import filters_from, said
from bot.formatting.links import page_link, passage_link
from bot.formatting.markdown import cut, fit, fit_end, one_line, plain, quoted, title_markdown, title_text

__all__ = [
    "Card",
    "Tone",
    "by_article",
    "citation_link",
    "cited_articles",
    "counted_articles",
    "counted_chars",
    "counted_sentences",
    "cut",
    "dates",
    "day",
    "filters_from",
    "fit",
    "fit_end",
    "independent",
    "named",
    "notice",
    "one_line",
    "origin",
    "page_link",
    "page_of",
    "pages",
    "passage_link",
    "plain",
    "quoted",
    "rough_day",
    "said",
    "small",
    "title_link",
    "title_markdown",
    "title_text",
]
