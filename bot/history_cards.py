"""Cards about what became of an article since it came: refreshed, corrected, changed."""

import re
from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher
from functools import partial
from typing import Self

from bot.buttons import pressed
from bot.cards import Card, Tone, small
from bot.context import AnyInteraction, Bot, Place, place_of
from bot.dynamic_items import MAX_PAGES, DynamicButton, page_buttons
from bot.library_cards import what_fits
from bot.markdown import cut, fit, one_line, plain, quoted
from bot.sources import day, origin, title_link
from bot.words import counted
from retrieval.changes import Change, Changes
from retrieval.domain import Article, Version
from retrieval.errors import ArticleNotFound
from retrieval.upkeep import Edit, Edited, Refreshed, counts

CHANGES_A_PAGE = 6
_VERSIONS_SHOWN = 5
"""As many buttons as Discord puts into one row."""
_EDITS_SHOWN = 5
_VALUE_CHARS = 120
_REASON_CHARS = 160
_TITLE_CHARS = 80
_ROOM_LEFT = 500
_LEGEND = "~~Struck out~~: only in the earlier text. __**Underlined**__: only in the later one."
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
                raise ArticleNotFound("That earlier text is no longer kept. See `/article history`.")
            changes = await library.upkeep.compare(article.public_id, old.digest, collection=collection)
            return changes_card(article, old, changes, self.page)

        await pressed(interaction, card)


def refreshed_card(done: Refreshed, changes: Changes | None) -> Card:
    """Return what became of an article whose page was read again."""
    article = done.after or done.before
    card = Card(Tone.ANSWERED if done.text_changed else Tone.NEUTRAL)
    card.add_text(f"**{title_link(article)}**{origin(article)}")
    if done.text_changed:
        told = _told(changes) if changes is not None else "the text is another"
        card.add_text(f"The page has changed: {told}.")
    elif not done.fields:
        card.add_text("The page says what it said before; nothing changed.")
    if done.fields:
        card.add_text(f"Also new: {', '.join(done.fields)}." if done.text_changed else _only(done))
    if done.much_shorter:
        card.add_text(
            f"**It is much shorter now:** {done.before.chars:,} characters before, {article.chars:,} now. "
            "If the page is damaged or asks for money, its earlier text is still under `/article history`."
        )
    card.add_text(small(fit("\n".join(map(one_line, done.notes)), _ROOM_LEFT)))
    if done.text_changed:
        card.add_text(small("Answers given before still open the words they cited."))
        card.add_buttons([VersionButton(article.id, done.before.digest, label="What changed")])
    return card


def all_refreshed_card(done: Sequence[Refreshed], left: int, days: int, place: Place) -> Card:
    """Return what became of all pages that were read again, and how many wait for their turn."""
    if not done:
        words = f"Every page in {place.library} was looked at in the last {counted(days, 'day')}."
        card = Card(Tone.NEUTRAL)
        card.add_text(words)
        return card
    card = Card(Tone.ANSWERED if any(one.error is None for one in done) else Tone.FAILED)
    card.add_text(f"**{counted(len(done), 'page')} read again: {counts(done)}.**")
    changed = [one for one in done if one.text_changed or one.fields]
    failed = [one for one in done if one.error is not None]
    if failed:
        card.add_text(
            "Not read; these articles stay as they were:\n" + what_fits([*map(_failure, failed)], 1_500)
        )
    if changed:
        lines = [_changed_line(one) for one in changed]
        card.add_text("Changed:\n" + what_fits(lines, card.room - _ROOM_LEFT))
        card.add_text(small("`/article history` shows what changed; old answers still open the old words."))
    if left:
        card.add_text(small(f"{counted(left, 'more page')} waited for so long: do this again for the next."))
    return card


def edited_card(edited: Edited, place: Place) -> Card:
    """Return what was corrected in an article."""
    article = edited.after
    card = Card(Tone.ANSWERED if edited.fields else Tone.NEUTRAL)
    card.add_text(f"**{title_link(article)}**{origin(article)}")
    if not edited.fields:
        card.add_text("Nothing was changed: it says so already.")
        return card
    lines = [
        f"{name.capitalize()}: {_value(getattr(edited.before, name))} → {_value(getattr(article, name))}"
        for name in edited.fields
    ]
    card.add_text("\n".join(lines))
    card.add_text(small(f"Corrected in {place.library}; the text is untouched, and a refresh keeps this."))
    return card


def history_card(article: Article, versions: Sequence[Version], edits: Sequence[Edit]) -> Card:
    """Return the texts an article had, with a button for what each new one changed, and corrections."""
    card = Card(Tone.NEUTRAL)
    card.add_text(f"**{title_link(article)}**{origin(article)}")
    if not versions and not edits:
        card.add_text("It is as it was when it was added.")
        return card
    lines = [f"Now: {counted(article.chars, 'character')}"]
    lines += [
        f"Until {_day(one.replaced_at)}: {counted(one.chars, 'character')}"
        for one in versions[:_VERSIONS_SHOWN]
    ]
    if (more := len(versions) - _VERSIONS_SHOWN) > 0:
        lines.append(small(f"+ {counted(more, 'older text')}; `footnote history` in a terminal shows all."))
    card.add_text("\n".join(lines))
    if edits:
        shown = [_edit(one) for one in reversed(edits[-_EDITS_SHOWN:])]
        more = len(edits) - len(shown)
        rest = [small(f"+ {counted(more, 'older correction')}")] if more > 0 else []
        card.add_text("\n".join([*shown, *rest]))
    card.add_buttons(
        VersionButton(article.id, one.digest, label=f"Changed {_day(one.replaced_at)}")
        for one in versions[:_VERSIONS_SHOWN]
    )
    return card


def changes_card(article: Article, version: Version, changes: Changes, page: int) -> Card:
    """Return one page of what the text that followed *version* changed."""
    card = Card(Tone.NEUTRAL)
    card.add_text(f"**{title_link(article)}**{origin(article)}")
    card.add_text(f"The text of {_day(version.replaced_at)} against the one before: {_told(changes)}.")
    if not changes.found:
        return card
    pages = -(-len(changes.found) // CHANGES_A_PAGE)
    page = min(page, pages - 1)
    card.add_text(small(_LEGEND))
    room = (card.room - _ROOM_LEFT) // CHANGES_A_PAGE
    for one in changes.found[page * CHANGES_A_PAGE : (page + 1) * CHANGES_A_PAGE]:
        card.add_text(quoted(_shown(one, room)))
    card.add_text(small(f"Page {page + 1} of {pages}") if pages > 1 else "")
    card.add_buttons(
        page_buttons(page, min(pages, MAX_PAGES * 10), partial(VersionButton, article.id, version.digest))
    )
    return card


def _told(changes: Changes) -> str:
    if changes.too_many:
        return "so much that it cannot be told sentence by sentence"
    parts = [
        f"{counted(count, 'sentence')} {kind}"
        for kind in ("reworded", "added", "removed")
        if (count := changes.count(kind))
    ]
    return ", ".join(parts) or "only spaces or the order of lines"


def _shown(change: Change, room: int) -> str:
    """Return a change in the texts' words, with what came and what went marked."""
    if change.kind == "added":
        return f"__{fit(one_line(change.after), room - 4)}__"
    if change.kind == "removed":
        return f"~~{fit(one_line(change.before), room - 4)}~~"
    before, after = one_line(change.before), one_line(change.after)
    if (
        max(len(before), len(after)) <= room
        and len(marked := _reworded(before.split(), after.split())) <= room
    ):
        return marked
    half = room // 2 - 6
    return f"~~{fit(before, half)}~~\n__{fit(after, half)}__"


def _reworded(before: Sequence[str], after: Sequence[str]) -> str:
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


def _only(done: Refreshed) -> str:
    return f"The text is the same; new is what it says of itself: {', '.join(done.fields)}."


def _changed_line(one: Refreshed) -> str:
    what = "text" if one.text_changed else ", ".join(one.fields)
    shorter = ", **much shorter now**" if one.much_shorter else ""
    return f"{title_link(one.after or one.before, chars=_TITLE_CHARS)}: {what}{shorter}"


def _failure(one: Refreshed) -> str:
    return (
        f"{title_link(one.before, chars=_TITLE_CHARS)}: {plain(cut(one_line(str(one.error)), _REASON_CHARS))}"
    )


def _edit(one: Edit) -> str:
    who = f" by <@{one.editor}>" if one.editor.isdecimal() else ""
    return f"{_day(one.edited_at)}: {one.field} corrected{who}: {_value(one.was)} → {_value(one.now)}"


def _value(value: object) -> str:
    return "none" if value is None else f"“{plain(cut(one_line(str(value)), _VALUE_CHARS))}”"


def _day(moment: datetime) -> str:
    return day(moment.date())
