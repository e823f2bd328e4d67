"""Cards about changes of an article since it came: refreshed, corrected, changed."""

import re
from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher
from functools import partial
from typing import Self

from bot.context import AnyInteraction, Bot, Place, place_of
from bot.formatting import (
    Card,
    Tone,
    cut,
    day,
    fit,
    format_block_quote,
    format_char_count,
    one_line,
    origin,
    plain,
    small,
    title_link,
)
from bot.i18n import gettext_noop, nt, t, translate_error, translate_message
from bot.views.articles import what_fits
from bot.views.dynamic_items import MAX_PAGES, DynamicButton, page_buttons
from bot.views.presses import answer_press
from retrieval.domain import Article, Change, Changes, Edit, Edited, Refreshed, Version
from retrieval.errors import ArticleNotFound

CHANGES_A_PAGE = 6
_VERSIONS_SHOWN = 5
"""As many buttons as Discord puts into one row."""
_EDITS_SHOWN = 5
_VALUE_CHARS = 120
_REASON_CHARS = 160
_TITLE_CHARS = 80
_ROOM_LEFT = 500
_LEGEND = gettext_noop("~~Struck out~~: only in the earlier text. __**Underlined**__: only in the later one.")
_FIELDS = {
    "title": gettext_noop("title"),
    "author": gettext_noop("author"),
    "site": gettext_noop("site"),
    "published": gettext_noop("published"),
    "updated": gettext_noop("updated"),
    "url": gettext_noop("url"),
}
"""What is known of an article, as it is named on a card."""
DIGEST_SHOWN = 12


class VersionButton(
    DynamicButton,
    template=rf"v:(?P<article>[0-9]{{1,18}}):(?P<digest>[0-9a-f]{{{DIGEST_SHOWN}}}):(?P<page>[0-9]{{1,4}})",
):
    """Shows what replaced a text of an article, a page at a time.

    ``v:5:0a1b2c3d4e5f:2`` turns to the third page of what followed the text of article 5 whose digest
    begins so.
    """

    def __init__(self, article: int, digest: str, page: int = 0, label: str = "") -> None:
        self.digest = digest[:DIGEST_SHOWN]
        super().__init__(f"v:{article}:{self.digest}:{page}", label)
        self.article = article
        self.page = page

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["article"]), match["digest"], int(match["page"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Show the page to the one who pressed."""
        collection = place_of(interaction).collection

        async def card(bot: Bot) -> Card:
            library = bot.librarian
            article = await library.articles.get_numbered(self.article, collection=collection)
            versions = await library.upkeep.list_versions(article.public_id, collection=collection)
            old = next((one for one in versions if one.digest.startswith(self.digest)), None)
            if old is None:
                raise ArticleNotFound(t("That earlier text is no longer kept. See `/article history`."))
            changes = await library.upkeep.compare(article.public_id, old.digest, collection=collection)
            return changes_card(article, old, changes, self.page)

        await answer_press(interaction, card)


def refreshed_card(done: Refreshed, changes: Changes | None) -> Card:
    """Return the outcome for an article whose page was read again."""
    article = done.after or done.before
    card = Card(Tone.ANSWERED if done.text_changed else Tone.NEUTRAL)
    card.add_text(f"**{title_link(article)}**{origin(article)}")
    if done.text_changed:
        summary = _summarize_changes(changes) if changes is not None else t("the text is different")
        card.add_text(t("The page has changed: {changes}.", changes=summary))
    elif not done.fields:
        card.add_text(t("The page has not changed."))
    if done.fields:
        fields = _join_fields(done.fields)
        card.add_text(
            t("Also new: {fields}.", fields=fields)
            if done.text_changed
            else t(
                "The text is the same; what the page says about itself has changed: {fields}.", fields=fields
            )
        )
    if done.much_shorter:
        card.add_text(
            t(
                "**It is much shorter now:** {before:,} characters before, {now:,} now. If the page is "
                "damaged or asks for money, its earlier text is still under `/article history`.",
                before=done.before.chars,
                now=article.chars,
            )
        )
    notes = "\n".join(one_line(translate_message(note)) for note in done.notes)
    card.add_text(small(fit(notes, _ROOM_LEFT)))
    if done.text_changed:
        card.add_text(small(t("Earlier answers still show the words they cited.")))
        card.add_buttons([VersionButton(article.id, done.before.digest, label=t("What changed"))])
    return card


def all_refreshed_card(done: Sequence[Refreshed], left: int, days: int, place: Place) -> Card:
    """Return the outcome for all pages that were read again, and how many wait for their turn."""
    if not done:
        words = nt(
            "Every page in {library} was looked at in the last {count:,} day.",
            "Every page in {library} was looked at in the last {count:,} days.",
            days,
            library=place.library,
        )
        card = Card(Tone.NEUTRAL)
        card.add_text(words)
        return card
    card = Card(Tone.ANSWERED if any(one.error is None for one in done) else Tone.FAILED)
    read = nt("{count:,} page read again", "{count:,} pages read again", len(done))
    card.add_text(f"**{read}: {_counts(done)}.**")
    changed = [one for one in done if one.text_changed or one.fields]
    failed = [one for one in done if one.error is not None]
    if failed:
        card.add_text(
            t("Not read; these articles stay as they were:")
            + "\n"
            + what_fits([*map(_failure, failed)], 1_500)
        )
    if changed:
        lines = [_change_line(one) for one in changed]
        card.add_text(t("Changed:") + "\n" + what_fits(lines, card.room - _ROOM_LEFT))
        card.add_text(
            small(t("`/article history` shows what changed; earlier answers still show the old words."))
        )
    if left:
        waiting = nt(
            "{count:,} more page is due: run this again to read it.",
            "{count:,} more pages are due: run this again for the next.",
            left,
        )
        card.add_text(small(waiting))
    return card


def edited_card(edited: Edited, place: Place) -> Card:
    """Return what was corrected in an article."""
    article = edited.after
    card = Card(Tone.ANSWERED if edited.fields else Tone.NEUTRAL)
    card.add_text(f"**{title_link(article)}**{origin(article)}")
    if not edited.fields:
        card.add_text(t("Nothing to change: it already says that."))
        return card
    lines = [
        f"{_field_heading(name)}: {_value(getattr(edited.before, name))} → {_value(getattr(article, name))}"
        for name in edited.fields
    ]
    card.add_text("\n".join(lines))
    card.add_text(
        small(
            t(
                "Corrected in {library}; the text is untouched, and a refresh keeps this.",
                library=place.library,
            )
        )
    )
    return card


def history_card(article: Article, versions: Sequence[Version], edits: Sequence[Edit]) -> Card:
    """Return the texts an article had, with a button for what each new one changed, and corrections."""
    card = Card(Tone.NEUTRAL)
    card.add_text(f"**{title_link(article)}**{origin(article)}")
    if not versions and not edits:
        card.add_text(t("It has not changed since it was added."))
        return card
    lines = [t("Now: {chars}", chars=format_char_count(article.chars))]
    lines += [
        t("Until {day}: {chars}", day=_day(one.replaced_at), chars=format_char_count(one.chars))
        for one in versions[:_VERSIONS_SHOWN]
    ]
    if (more := len(versions) - _VERSIONS_SHOWN) > 0:
        older = nt(
            "+ {count:,} older text; `footnote history` in a terminal shows all.",
            "+ {count:,} older texts; `footnote history` in a terminal shows all.",
            more,
        )
        lines.append(small(older))
    card.add_text("\n".join(lines))
    if edits:
        shown = [_edit(one) for one in reversed(edits[-_EDITS_SHOWN:])]
        more = len(edits) - len(shown)
        older = nt("+ {count:,} older correction", "+ {count:,} older corrections", more)
        card.add_text("\n".join([*shown, *([small(older)] if more > 0 else [])]))
    card.add_buttons(
        VersionButton(article.id, one.digest, label=t("Changed {day}", day=_day(one.replaced_at)))
        for one in versions[:_VERSIONS_SHOWN]
    )
    return card


def changes_card(article: Article, version: Version, changes: Changes, page: int) -> Card:
    """Return one page of what the text that followed *version* changed."""
    card = Card(Tone.NEUTRAL)
    card.add_text(f"**{title_link(article)}**{origin(article)}")
    card.add_text(
        t(
            "The text of {day} compared with the one before: {changes}.",
            day=_day(version.replaced_at),
            changes=_summarize_changes(changes),
        )
    )
    if not changes.found:
        return card
    pages = -(-len(changes.found) // CHANGES_A_PAGE)
    page = min(page, pages - 1)
    card.add_text(small(t(_LEGEND)))
    room = (card.room - _ROOM_LEFT) // CHANGES_A_PAGE
    for one in changes.found[page * CHANGES_A_PAGE : (page + 1) * CHANGES_A_PAGE]:
        card.add_text(format_block_quote(_format_change(one, room)))
    card.add_text(small(t("Page {page} of {pages}", page=page + 1, pages=pages)) if pages > 1 else "")
    card.add_buttons(
        page_buttons(page, min(pages, MAX_PAGES * 10), partial(VersionButton, article.id, version.digest))
    )
    return card


def _summarize_changes(changes: Changes) -> str:
    if changes.too_many:
        return t("too much to list sentence by sentence")
    reworded, added, removed = (changes.count(kind) for kind in ("reworded", "added", "removed"))
    parts = [
        nt("{count:,} sentence reworded", "{count:,} sentences reworded", reworded) if reworded else "",
        nt("{count:,} sentence added", "{count:,} sentences added", added) if added else "",
        nt("{count:,} sentence removed", "{count:,} sentences removed", removed) if removed else "",
    ]
    return ", ".join(filter(None, parts)) or t("only spaces or the order of lines")


def _counts(refreshed: Sequence[Refreshed]) -> str:
    """Return the counts in words: "2 changed, 5 unchanged, 1 failed"."""
    changed = sum(one.text_changed or bool(one.fields) for one in refreshed)
    failed = sum(one.error is not None for one in refreshed)
    unchanged = len(refreshed) - changed - failed
    parts = [
        t("{number:,} changed", number=changed) if changed else "",
        t("{number:,} unchanged", number=unchanged) if unchanged else "",
        t("{number:,} failed", number=failed) if failed else "",
    ]
    return ", ".join(filter(None, parts)) or t("nothing to do")


def _format_change(change: Change, room: int) -> str:
    """Return a change in the texts' words, with what came and what went marked."""
    if change.kind == "added":
        return f"__{fit(one_line(change.after), room - 4)}__"
    if change.kind == "removed":
        return f"~~{fit(one_line(change.before), room - 4)}~~"
    before, after = one_line(change.before), one_line(change.after)
    if (
        max(len(before), len(after)) <= room
        and len(marked := _mark_differences(before.split(), after.split())) <= room
    ):
        return marked
    half = room // 2 - 6
    return f"~~{fit(before, half)}~~\n__{fit(after, half)}__"


def _mark_differences(before: Sequence[str], after: Sequence[str]) -> str:
    parts = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(plain(" ".join(after[c:d])))
            continue
        if a < b:
            parts.append(f"~~{plain(' '.join(before[a:b]))}~~")
        if c < d:
            parts.append(f"__**{plain(' '.join(after[c:d]))}**__")
    return " ".join(parts)


def _join_fields(fields: Sequence[str]) -> str:
    return ", ".join(t(_FIELDS[name]) for name in fields)


def _field_heading(field: str) -> str:
    name = t(_FIELDS[field])
    return name[0].upper() + name[1:]


def _change_line(one: Refreshed) -> str:
    what = t("text") if one.text_changed else _join_fields(one.fields)
    shorter = t(", **much shorter now**") if one.much_shorter else ""
    return f"{title_link(one.after or one.before, chars=_TITLE_CHARS)}: {what}{shorter}"


def _failure(one: Refreshed) -> str:
    assert one.error is not None
    reason = plain(cut(one_line(translate_error(one.error)), _REASON_CHARS))
    return f"{title_link(one.before, chars=_TITLE_CHARS)}: {reason}"


def _edit(one: Edit) -> str:
    if one.editor.isdecimal():
        editor = f"<@{one.editor}>"
        field = t("{field} corrected by {person}", field=t(_FIELDS[one.field]), person=editor)
    else:
        field = t("{field} corrected", field=t(_FIELDS[one.field]))
    return f"{_day(one.edited_at)}: {field}: {_value(one.was)} → {_value(one.now)}"


def _value(value: object) -> str:
    return t("none") if value is None else f"“{plain(cut(one_line(str(value)), _VALUE_CHARS))}”"


def _day(moment: datetime) -> str:
    return day(moment.date())
