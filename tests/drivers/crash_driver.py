"""Runs the command line with small models, and dies where it is told to.

python crash_driver.py WHERE COUNT ARGUMENTS…: the COUNT-th call of WHERE (``module:name``) ends the
process as ``kill -9`` does, before the call (or after it, if COUNT is negative). With ``SQL`` for
WHERE, the COUNT-th statement does, whichever that is.
"""

import importlib
import itertools
import os
import signal
import sqlite3
import sys
from functools import partial, wraps
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "fakes"))

from fakes import SharedWordsReranker, WordHashEncoder

from retrieval import wiring
from retrieval.cli import main


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def die_in_sql(count):
    connect, statements = sqlite3.connect, itertools.count(1)

    def dying(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.set_trace_callback(lambda _: next(statements) == count and die())
        return connection

    sqlite3.connect = dying


def die_in(where, count):
    module, _, name = where.partition(":")
    owner = importlib.import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    original = getattr(owner, last)
    calls = 0

    @wraps(original)
    def dying(*arguments, **options):
        nonlocal calls
        calls += 1
        if calls == count:
            die()
        result = original(*arguments, **options)
        if calls == -count:
            die()
        return result

    setattr(owner, last, dying)


if __name__ == "__main__":
    program, where, count, *rest = sys.argv
    if where == "SQL":
        die_in_sql(int(count))
    else:
        die_in(where, int(count))
    wiring.open_librarian = partial(
        wiring.open_librarian, load_encoder=WordHashEncoder, load_reranker=SharedWordsReranker
    )
    sys.argv = [program, *rest]
    main()
