"""What the command line prints for people: answers, articles and reports, safe for a terminal."""

import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from retrieval.cli.json_rows import ASK_OTHERWISE, REFUSED, UNSURE, near_lines, ranked_ids, reading_line
from retrieval.domain import (
    Answer,
    Article,
    CheckReport,
    Citation,
    Hit,
    Summary,
    Version,
    format_short_day,
    lay_out,
)
from retrieval.messages import count_articles, plural_message

_ESCAPE_SEQUENCE = re.compile(
    # Strings, such as window titles. One that never ends must not hide the rest of the article.
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]{0,4096}(?:\x1b\\|\x9c)"
    # Colors and movements of the cursor.
    r"|(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|\x1b[ -/]{0,8}[0-~]?"
)
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def display_text(text: str) -> str:
    """Return *text* without escape sequences, control characters and marks that turn its direction.

    Line breaks and tabs stay; half characters become U+FFFD.
    """
    return "".join(_display_value(char) for char in _ESCAPE_SEQUENCE.sub("", text))


def one_line(text: str) -> str:
    """Return *text* fit for a terminal, with all white space as single spaces."""
    return " ".join(display_text(text).split())


def _display_value(char: str) -> str:
    if char in "\n\t":
        return char
    if char in _BIDI_CONTROLS:
        return ""
    match unicodedata.category(char):
        case "Cc":
            return " " if char in "\r\v\f\x1c\x1d\x1e\x1f\x85" else ""
        case "Zl" | "Zp":
            return "\n"
        case "Cs":
            return "\ufffd"
        case _:
            return char


class Page(Console):
    """stdout for people."""

    def __init__(self) -> None:
        super().__init__(
            file=sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=not sys.stdout.isatty()
        )

    def on_broken_pipe(self) -> None:
        """Leave it to the command, which knows the exit code."""
        raise

    def say(self, text: str = "", style: str = "") -> None:
        """Print one line of our own or of foreign text."""
        self.print(Text(one_line(text), style=style))

    def print_indented(self, text: Text, by: int = 4) -> None:
        """Print *text* with a margin; where lines are not wrapped, only the first one has it."""
        if self.soft_wrap:
            self.print(Text(" " * by).append_text(text))
        else:
            self.print(Padding(text, (0, 0, 0, by)))


def print_answer(answer: Answer, fill_hint: str) -> None:
    """Print an answer and its sources, or what was nearest, or how to fill an empty library."""
    page = Page()
    _print_head(page, answer)
    if answer.found:
        _print_lines(page, answer)
        for text in filter(None, (one.translation for one in answer.statements)):
            page.say(f"Translated by {answer.chosen_by}: {text}", "dim")
        page.print()
        _print_sources(page, answer.citations, shown=_shown(answer))
    elif not answer.library_size:
        page.say(fill_hint)
    elif answer.kind == "which_article":
        _print_choices(page, answer)
        return
    elif answer.unsure:
        page.say(UNSURE, "bold")
        _print_lines(page, answer)
        page.print()
        _print_sources(page, answer.citations, shown=_shown(answer))
    else:
        page.say(REFUSED, "bold")
        if near := near_lines(answer):
            page.say("The nearest passages:")
            for line in near:
                page.print_indented(Text(one_line(line)))
        page.say(ASK_OTHERWISE, "dim")
    for text in answer.originals:
        page.say(f"Before translation: {text}", "dim")
    _print_wording(page, answer.written_by, answer.removed, answer.chosen_by)
    print_notes(page, answer.notes)


_STYLES = {"path": "dim", "question": "italic", "time": "dim", "footnote": "dim", "header_row": "dim"}


def _print_lines(page: Page, answer: Answer) -> None:
    """Print statements with their context around them, a line each as they are read; what answers is bold."""
    for line in lay_out(answer.shown_statements, answer.citations):
        text = Text(style=_STYLES.get(line.kind, ""))
        for at, piece in enumerate(line.pieces):
            marks = "".join(f"[{number}]" for number in piece.numbers)
            between = "" if not at else " › " if line.kind == "path" else " "
            dated = f"{piece.text} · {_day(piece.day)}" if piece.day is not None else piece.text
            words = Text(one_line(f"{dated} {marks}"))
            for answering in piece.statement.emphasis if piece.statement is not None else ():
                start = words.plain.find(one_line(answering))
                if start >= 0 and answering.strip():
                    words.stylize("bold", start, start + len(one_line(answering)))
            text.append(between).append_text(words)
        page.print(text)


def _shown(answer: Answer) -> str:
    return " ".join(line.text for line in lay_out(answer.shown_statements, answer.citations))


def _print_choices(page: Page, answer: Answer) -> None:
    """Print the articles that a question about a whole article may mean."""
    for note in answer.notes:
        page.say(note, "bold")
    for number, hit in enumerate(answer.nearest, start=1):
        page.say(f"{number}. {article_line(hit.article).plain}")
    page.say("Name it in the question, or say --article ID; in a chat, “the second one” will do.", "dim")


def _print_head(page: Page, answer: Answer) -> None:
    if answer.understood:
        page.say(f"Understood as: {answer.understood}", "dim")
    if answer.warning:
        page.say(answer.warning, "yellow")
    if line := reading_line(answer):
        page.say(line, "bold")


def _print_wording(page: Page, model: str, removed: Sequence[str], chosen_by: str) -> None:
    if chosen_by:
        page.say(f"The articles' own sentences, chosen by {chosen_by}.", "dim")
    if model:
        page.say(f"Worded by {model}, each sentence checked against the words behind it.", "dim")
    for text in removed:
        page.say(f"Left out, no article says it: {text}", "dim strike")


def print_hits(hits: Sequence[Hit], limit: int, fill_hint: str | None) -> None:
    """Print the best passage of each of the first *limit* articles; without any, say why."""
    page = Page()
    if not hits:
        page.say(fill_hint or "Nothing in the library matches this.")
    best = {hit.article.public_id: hit for hit in reversed(hits)}
    _print_hits(page, [best[public_id] for public_id in ranked_ids(hits)[:limit]])


def print_summary(summary: Summary) -> None:
    """Print a summary under its article's title, and the sentences it stands on."""
    page = Page()
    page.print(article_line(summary.article))
    page.say(summary.text)
    # Its sentences are the article's own; only words that stand otherwise there need showing.
    _print_sources(page, [cited for cited in summary.citations if cited.quote not in summary.text])
    _print_wording(page, summary.written_by, summary.removed, summary.chosen_by)
    print_notes(page, summary.notes)


def print_article(
    article: Article, text: str, versions: Sequence[Version] = (), injection: str | None = None
) -> None:
    """Print what is known of an article, its earlier texts, then a text."""
    page = Page()
    page.say(article.title or "(no title)", "bold")
    known = [
        ("Author", article.author),
        ("Site", article.site),
        ("Address", article.url),
        ("Published", _day(article.published)),
        ("Updated", _day(article.updated)),
        ("Language", article.language),
        ("Pages", str(len(article.page_starts)) if article.page_starts else None),
        ("Copies", f"{article.copies} more of the same text" if article.copies else None),
        ("Id", article.public_id),
    ]
    for name, value in known:
        if value:
            page.say(f"{name}: {value}", "dim")
    for one in versions:
        when = f"{one.replaced_at:%Y-%m-%d %H:%M}"
        page.say(f"Earlier text: {one.digest[:12]}, {one.chars:,} characters, replaced {when} UTC", "dim")
    if injection:
        page.say(f"Addresses language models: “{injection}” (never followed, never read by one)", "yellow")
    page.print()
    page.print(Text(display_text(text)))


def print_article_lines(articles: Iterable[Article]) -> int:
    """Print one line an article, its id first; return how many there were."""
    page = Page()
    count = 0
    for count, article in enumerate(articles, 1):  # noqa: B007 - the last number is the answer
        page.print(
            Text()
            .append(one_line(article.public_id) + "  ", "bold")
            .append_text(article_line(article, id_last=False))
        )
    return count


def print_report(report: CheckReport) -> None:
    """Print whether the library is sound."""
    page = Page()
    for fault in report.faults:
        page.say(fault, "red")
    state = "The library is sound" if not report.faults else "The library has faults"
    articles = count_articles(report.articles)
    passages = plural_message("{count:,} passage", "{count:,} passages", count=report.passages)
    page.say(f"{state}: {articles}, {passages}.", "bold")
    print_notes(page, report.notes)


def article_line(article: Article, *, id_last: bool = True, page: int | None = None, time: str = "") -> Text:
    """Return title, page or time, site, date and id in one line."""
    line = Text(one_line(article.title) or "(no title)")
    on = f"p. {page}" if page else f"at {time}" if time else None
    rest = [on, article.site, _day(article.published), article.public_id if id_last else None]
    for part in filter(None, rest):
        line.append(" · " + one_line(part), "dim")
    return line


def _print_sources(page: Page, citations: Sequence[Citation], shown: str = "") -> None:
    """Print each source once, with those of its words that were not *shown* before."""
    sources: dict[str, list[Citation]] = {}
    for citation in citations:
        where = article_line(citation.article, page=citation.page, time=citation.time)
        sources.setdefault(where.plain, []).append(citation)
    for cited in sources.values():
        numbers = "".join(f"[{citation.number}]" for citation in cited)
        where = article_line(cited[0].article, page=cited[0].page, time=cited[0].time)
        page.print(Text().append(f"{numbers} ", "bold").append_text(where))
        for citation in cited:
            if one_line(citation.quote) not in one_line(shown):
                page.print_indented(quote_text(citation.quote))
        if url := cited[0].article.url:
            page.print_indented(Text(one_line(url), "dim"))


def _print_hits(page: Page, hits: Sequence[Hit]) -> None:
    for hit in hits:
        page.print(article_line(hit.article))
        page.print_indented(Text(one_line(hit.text)))


def print_notes(page: Page, notes: Iterable[str]) -> None:
    """Print notes, one a line."""
    for note in notes:
        page.say(note, "dim")


def quote_text(words: str) -> Text:
    """Return words between quotation marks."""
    return Text().append(f"“{one_line(words)}”", "italic")


def _day(day: date | None) -> str | None:
    return format_short_day(day) if day else None
