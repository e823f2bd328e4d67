"""Whether work grows in proportion to its input, on a machine of any speed.

Work in Python is counted in lines that are run. Where a pattern or another library does it, only time
shows it: then the CPU time of two inputs is compared, never a number of seconds asserted.
"""

import sys
from time import process_time

LARGER = 4
MOST = 9.0
"""Linear work takes 4 times as long for 4 times the input, quadratic work 16 times."""
TRIES = 5
"""What other processes do to the caches spoils a measurement; it never makes quadratic work look linear."""


def work_of(slices):
    """Return how many lines of Python each slice runs."""
    counts = [0]

    def trace(frame, event, argument):
        counts[-1] += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for _ in slices:
            counts += [0]
    finally:
        sys.settrace(before)
    return counts


def lines_of(call, given):
    """Return how many lines of Python a call runs."""

    def run():
        yield call(given)

    return sum(work_of(run()))


def is_linear(call, make, size):
    """Tell whether ``call(make(4 * size))`` takes less than 9 times the CPU time of ``call(make(size))``."""
    small, large = make(size), make(LARGER * size)
    call(small)  # what is made once, such as patterns, is no part of either
    return any(_seconds(call, large) < MOST * _seconds(call, small) for _ in range(TRIES))


def _seconds(call, given):
    started = process_time()
    call(given)
    return process_time() - started
