"""What became of a batch, in words; the command line and the cards say it alike."""

from collections.abc import Sequence

from retrieval.domain import Outcome
from retrieval.messages import Message, join_messages, message


def summed_up(outcomes: Sequence[Outcome]) -> Message:
    """Return the counts of a batch in words: "3 added, 1 already known, 2 failed"."""
    counts = {"added": 0, "replaced": 0, "known": 0, "failed": 0}
    for outcome in outcomes:
        counts[outcome.added.status if outcome.added else "failed"] += 1
    said = (
        message("{count:,} added", count=counts["added"]),
        message("{count:,} replaced", count=counts["replaced"]),
        message("{count:,} already known", count=counts["known"]),
        message("{count:,} failed", count=counts["failed"]),
    )
    shown = [one for one in said if one.values["count"]]
    return join_messages(shown) if shown else message("nothing found")
