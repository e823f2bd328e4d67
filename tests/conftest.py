"""Sorts the tests by what they need; whatever is left is quick, and is held to it."""

import sys

import pytest
from hypothesis import settings
from postgres_fixtures import postgres, postgres_url, url

__all__ = ["postgres", "postgres_url", "url"]
"""Here, and in no other conftest: each would start a server of its own."""

KINDS = ("models", "wire", "browser", "slow")
MODELS = {"torch", "onnxruntime", "sentence_transformers", "llama_cpp", "spacy"}
PROCESSES = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.system"}
SOCKETS = {"socket.bind", "socket.connect"}

settings.register_profile("footnote", deadline=None)  # a busy machine is no failure
settings.load_profile("footnote")


class Watch:
    """Notes what a quick test must not do, as Python's audit events report it."""

    def __init__(self):
        self.on = False
        self.seen = []

    def __call__(self, event, arguments):
        if not self.on:
            return
        if event == "import" and arguments[0] in MODELS:
            self.seen.append(f"models: it imports {arguments[0]}")
        elif event in PROCESSES:
            self.seen.append(f"wire: it starts a process ({event})")
        elif event in SOCKETS:
            self.seen.append(f"wire: it uses a socket ({event})")


WATCH = Watch()
sys.addaudithook(WATCH)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if not any(item.get_closest_marker(kind) for kind in KINDS):
            item.add_marker("quick")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    WATCH.seen.clear()
    WATCH.on = item.get_closest_marker("quick") is not None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem):
    if nextitem is None:
        WATCH.on = False  # what the whole session shares, such as a database server, is stopped here
    try:
        return (yield)
    finally:
        WATCH.on = False
        if WATCH.seen:
            pytest.fail(f"this test is not quick; mark it {WATCH.seen[0]}", pytrace=False)
