"""Quotations, and words looked for, printed for people."""

from collections.abc import Sequence

from rich.text import Text

from retrieval.cli.terminal import Page, article_line, one_line, print_notes, quoted
from retrieval.domain import Quotation, Sayings, Wording, WordsCheck

_VERDICTS = {
    "exact": "Yes, word for word:",
    "changed": "Not in these words. The nearest in the articles:",
    "absent": "Not in the articles.",
}
_STYLES = {"same": "", "only asked": "red strike", "only there": "green bold"}


def print_quotations(quotations: Sequence[Quotation], notes: Sequence[str], fill_hint: str | None) -> None:
    """Print quotations with their speakers; without any, say why."""
    page = Page()
    if not quotations:
        page.say(fill_hint or "No quotation matches this.")
    for quotation in quotations:
        speaker = one_line(quotation.speaker or "") or "speaker unknown"
        page.print(quoted(quotation.text).append(f" ({speaker})", "bold"))
        page.indented(article_line(quotation.article))
    print_notes(page, notes)


def print_sayings(sayings: Sayings, fill_hint: str | None) -> None:
    """Print what a person is quoted with, story by story; or whom the name can mean."""
    page = Page()
    if sayings.people:
        page.say(f"{sayings.name} can be several people. Ask again with one of these names:")
        for name in sayings.people:
            page.say(f"  {one_line(name)}")
    elif not sayings.quotations:
        page.say(fill_hint or f"Nobody called {sayings.name} is quoted in the articles.")
    else:
        page.say(sayings.name, "bold")
    for story in sayings.stories:
        page.print(article_line(story[0].article))
        for one in story:
            page.indented(quoted(one.text))


def print_words_check(check: WordsCheck, fill_hint: str | None) -> None:
    """Print whether words stand in the articles, and where."""
    page = Page()
    page.say(fill_hint or _VERDICTS[check.verdict], "bold")
    for one in check.wordings:
        _print_wording(page, one)
    if (more := check.count - len(check.wordings)) > 0:
        page.say(f"{more} more places are not shown.", "dim")


def _print_wording(page: Page, one: Wording) -> None:
    page.print(article_line(one.article))
    if one.differences:
        line = Text()
        for part in one.differences:
            marks = {"same": "{}", "only asked": "[-{}-]", "only there": "[+{}+]"}[part.kind]
            line.append(marks.format(one_line(part.text)) + " ", _STYLES[part.kind])
        page.indented(line)
        page.indented(Text("[-only in your words-] [+only in the article+]", "dim"))
    else:
        page.indented(quoted(one.text))
    who = one.speaker or ("speaker unknown" if one.in_quotation else "the article's own words")
    page.indented(Text(one_line(who), "bold"))
    print_notes(page, one.warnings)
