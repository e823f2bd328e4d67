"""What became of a batch, in words; the command line and the cards say it alike."""

from collections.abc import Sequence

from retrieval.domain import Outcome


def summed_up(outcomes: Sequence[Outcome]) -> str:
    """Return the counts of a batch in words: "3 added, 1 already known, 2 failed"."""
    counts = {"added": 0, "replaced": 0, "known": 0, "failed": 0}
    for outcome in outcomes:
        counts[outcome.added.status if outcome.added else "failed"] += 1
    words = {"added": "added", "replaced": "replaced", "known": "already known", "failed": "failed"}
    return ", ".join(f"{counts[key]:,} {words[key]}" for key in words if counts[key]) or "nothing found"
