import io

import pytest

from retrieval.cli import stderr as notices
from retrieval.cli.stderr import Notices


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass only when a test says so."""
    now = [0.0]
    monkeypatch.setattr(notices.time, "monotonic", lambda: now[0])
    return now


def test_the_first_second_is_quiet(clock):
    stream = Terminal()
    told = Notices(stream)
    told.show("Reading")
    clock[0] = 1.1
    told.show("Reading on")
    assert stream.getvalue() == "\r\x1b[2KReading on"


def test_progress_makes_room_for_what_stays(clock):
    stream = Terminal()
    told = Notices(stream)
    clock[0] = 2
    told.show("Reading")
    told.say("Line 2 is skipped.")
    assert stream.getvalue().endswith("\r\x1b[2KLine 2 is skipped.\n")


def test_a_file_gets_few_lines_of_progress(clock):
    stream = io.StringIO()
    told = Notices(stream)
    for clock[0] in range(2, 25):
        told.show(f"{clock[0]} s")
    assert stream.getvalue() == "2 s\n12 s\n22 s\n"


def test_foreign_words_cannot_move_the_cursor(clock):
    stream = io.StringIO()
    Notices(stream).say("No file \x1b[2Jx\n.")
    assert stream.getvalue() == "No file x .\n"


def test_a_file_gets_each_notice_once(clock):
    stream = io.StringIO()
    told = Notices(stream)
    for clock[0] in range(2, 40):
        told.show("Loading the models …")
    assert stream.getvalue() == "Loading the models …\n"
