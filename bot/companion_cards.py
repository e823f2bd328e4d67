"""What the link companion shows: its two reactions, and the card that says where it listens."""

from collections.abc import Sequence

from bot.cards import Card, Tone, small
from bot.i18n import gettext_noop, t

READ = "\N{PAPERCLIP}"
NOT_READ = "\N{WARNING SIGN}\N{VARIATION SELECTOR-16}"
_SHOWN = 40
_BLIND = gettext_noop(
    "**Nothing happens there yet:** whoever runs me has not let me read messages, which takes the "
    "message-content intent and `DISCORD_MESSAGE_CONTENT=true`. Until then, a message's menu does the same: "
    "Apps, then Add to library or Summarize."
)


def companion_card(channels: Sequence[int], *, reads_messages: bool, lacking: Sequence[str] = ()) -> Card:
    """Return in which channels links are added, and what is missing for it."""
    card = Card(Tone.ANSWERED if channels and reads_messages and not lacking else Tone.NOTHING_FOUND)
    if not channels:
        card.add_text(t("I add posted links in no channel. Choose one: `/companion channel`."))
        return card
    named = ", ".join(f"<#{one}>" for one in channels[:_SHOWN])
    if (more := len(channels) - _SHOWN) > 0:
        named = t("{shown} and {more} more", shown=named, more=more)
    card.add_text(t("**Links posted in {channels} are added to the library.**", channels=named))
    card.add_text("" if reads_messages else t(_BLIND))
    card.add_text(t("There, I still lack: {rights}.", rights=", ".join(lacking)) if lacking else "")
    card.add_text(
        small(
            t(
                "{read} under a message: added; whoever adds the same reaction gets a summary in a thread. "
                "{not_read}: a link could not be added; the menu of the message, Apps, Add to library says "
                "why. End it with `/companion` and `on: False`.",
                read=READ,
                not_read=NOT_READ,
            )
        )
    )
    return card
