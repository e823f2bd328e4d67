"""How work is scheduled: one worker thread, progress, timings, and who is asking."""

from retrieval.runtime.current_user import asking, privately, set_current_user
from retrieval.runtime.lane import Lane, Priority
from retrieval.runtime.progress import report_progress, report_progress_to
from retrieval.runtime.slices import Slices, complete, yield_after_each
from retrieval.runtime.timings import Timings, collect_timings, stage

__all__ = [
    "Lane",
    "Priority",
    "Slices",
    "Timings",
    "asking",
    "collect_timings",
    "complete",
    "privately",
    "report_progress",
    "report_progress_to",
    "set_current_user",
    "stage",
    "yield_after_each",
]
