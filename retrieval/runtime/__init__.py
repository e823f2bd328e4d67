"""How work is scheduled: one worker thread, progress, timings, and who is asking."""

from retrieval.runtime.current_user import asked_by, asking, privately
from retrieval.runtime.lane import Lane, Priority
from retrieval.runtime.progress import reporting, tell
from retrieval.runtime.slices import Slices, complete, pausing
from retrieval.runtime.timings import Timings, collecting, stage

__all__ = [
    "Lane",
    "Priority",
    "Slices",
    "Timings",
    "asked_by",
    "asking",
    "collecting",
    "complete",
    "pausing",
    "privately",
    "reporting",
    "stage",
    "tell",
]
