"""What the link companion shows: its two reactions, and the card that says where it listens."""

from collections.abc import Sequence

from bot.cards import Card, Tone, small

READ = "\N{PAPERCLIP}"
NOT_READ = "\N{WARNING SIGN}\N{VARIATION SELECTOR-16}"
_SHOWN = 40
_BLIND = (
    "**Nothing happens there yet:** whoever runs me has not let me read messages, which takes the "
    "message-content intent and `DISCORD_MESSAGE_CONTENT=true`. Until then, a message's menu does the same: "
    "Apps, then Add to library or Summarize."
)


def companion_card(channels: Sequence[int], *, reads_messages: bool, lacking: Sequence[str] = ()) -> Card:
    """Return in which channels links are added, and what is missing for it."""
    card = Card(Tone.ANSWERED if channels and reads_messages and not lacking else Tone.NOTHING_FOUND)
    if not channels:
        card.add_text("I add posted links in no channel. Choose one: `/companion channel`.")
        return card
    more = f" and {len(channels) - _SHOWN} more" if len(channels) > _SHOWN else ""
    named = ", ".join(f"<#{one}>" for one in channels[:_SHOWN])
    card.add_text(f"**Links posted in {named}{more} are added to the library.**")
    card.add_text("" if reads_messages else _BLIND)
    card.add_text(f"There, I still lack: {', '.join(lacking)}." if lacking else "")
    card.add_text(
        small(
            f"{READ} under a message: added; whoever adds the same reaction gets a summary in a thread. "
            f"{NOT_READ}: a link could not be added; the menu of the message, Apps, Add to library says why. "
            "End it with `/companion` and `on: False`."
        )
    )
    return card
