"""What /privacy shows: what is kept, the question before it is deleted, and what was."""

from collections import Counter

from bot.cards import Card, Tone, notice, small
from bot.custom_ids import Deletable, privacy_button, sure_button
from bot.words import counted, t

NOT_YOURS = "The data of a server takes the permission Manage Server."
NOT_THE_ONE = "That button is for somebody else, or for another server. Use `/privacy` yourself."
_NAMES = {
    "articles": "article",
    "answers": "answer",
    "votes": "vote",
    "reports": "report",
    "edits": "correction",
    "open_questions": "open question",
    "schedules": "scheduled digest",
}
"""Tables that mean something to people; the others are made from these."""


def privacy_card(*, manages: bool, in_server: bool) -> Card:
    """Return what is kept, with a button for everything one may do about it."""
    card = Card(Tone.NEUTRAL)
    where = "in any server or in direct messages"
    card.add_text(
        f"**What I keep of you**, {where}: the questions you asked with my answers, your votes and reports, "
        "which articles you corrected, and the library you have in direct messages with me. "
        "No messages, no names: only the number that Discord gives you."
    )
    card.add_buttons(
        [
            privacy_button("me", "export", "Export my data"),
            privacy_button("me", "ask", "Delete my data", danger=True),
        ]
    )
    if in_server:
        card.add_line()
        card.add_text(
            "**What I keep of this server**: its articles, the answers given here, settings and scheduled "
            "digests. If I am removed, it is deleted after 30 days; adding me again stops that."
        )
        card.add_text("" if manages else small("Whoever may manage the server can export and delete it."))
    if manages:
        card.add_buttons(
            [
                privacy_button("server", "export", "Export this server's data"),
                privacy_button("server", "ask", "Delete this server's data", danger=True),
            ]
        )
    return card


def asked_once_more_card(whose: Deletable, number: int) -> Card:
    """Return what deleting means, with the button that does it."""
    card = Card(Tone.FAILED)
    if whose == "me":
        card.add_text(
            "**Delete everything I keep of you?** The answers to your questions, in every server, your votes "
            "and reports, and your own library with its articles. Corrections that you made to a server's "
            "articles stay, without you. Buttons under those answers stop working."
        )
    else:
        card.add_text(
            "**Delete everything I keep of this server?** All its articles, all answers given here, its "
            "settings and scheduled digests, for everybody. Buttons under old answers stop working."
        )
    card.add_text(small("This cannot be undone. Export it first if you may want it back."))
    card.add_buttons([sure_button(whose, number)])
    return card


def deleted_card(counts: Counter[str]) -> Card:
    """Return what was deleted."""
    named = [counted(counts[table], word) for table, word in _NAMES.items() if counts[table]]
    if not named:
        return notice("There was nothing to delete.", Tone.ANSWERED)
    named_all = ", ".join(named)
    return notice(t("**Deleted:** {named}, and everything made from them.", named=named_all), Tone.ANSWERED)


def exported_card(files: int) -> Card:
    """Return the words above the files."""
    if files == 1:
        said = "The file holds everything, for your eyes only. Save it: this message goes."
    else:
        said = "The files hold everything, for your eyes only. Save them: this message goes."
    return notice(said, Tone.ANSWERED)


def too_large_card(limit: int, option: str) -> Card:
    """Return how to get what Discord does not let through."""
    return notice(
        t(
            "Even packed, that is larger than the {limit} MB that Discord lets me attach here. "
            "Whoever runs me can export it in a terminal: `footnote privacy export {option}`",
            limit=f"{limit / 1e6:.0f}",
            option=option,
        ),
        Tone.FAILED,
    )
