"""What a terminal program says beside its output: on stderr, and little of it."""

import shutil
import sys
import time
from typing import TextIO

from retrieval.cli.terminal import one_line

QUIET_S = 1.0
"""Nothing is said about work that takes less."""
_REDRAW_S = 0.1
_REPEAT_S = 10.0
"""Where stderr is a file or a pipe, each progress line stays; so they come seldom."""


class Notices:
    """Lines for the person at the terminal, and one line of progress that replaces itself."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._drawn = False
        self._written = ""
        self.restart()

    def restart(self) -> None:
        """Count the first quiet second from now."""
        self._started = time.monotonic()
        self._last = float("-inf")

    def show(self, progress: str) -> None:
        """Say how far the work is, once it has taken more than a second."""
        now = time.monotonic()
        pause_s = _REDRAW_S if self._terminal else _REPEAT_S
        if now - self._started < QUIET_S or now - self._last < pause_s:
            return
        self._last = now
        if not self._terminal and progress == self._written:
            return  # it stays there to be read
        self._written = progress
        if self._terminal:
            columns = shutil.get_terminal_size().columns
            self._stream.write("\r\x1b[2K" + one_line(progress)[: columns - 1])
            self._drawn = True
        else:
            self._stream.write(one_line(progress) + "\n")
        self._stream.flush()

    def say(self, sentence: str) -> None:
        """Write one line that stays."""
        self.clear()
        self._stream.write(one_line(sentence) + "\n")
        self._stream.flush()

    def clear(self) -> None:
        """Take the line of progress away."""
        if self._drawn:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
            self._drawn = False
