import json
import os
import signal
import subprocess
import sys

import pytest

from retrieval.sources.child_replies import read_reply
from retrieval.sources.sandbox import reply_to

pytestmark = pytest.mark.wire

SENTENCE = b"The harbour bridge opened on Monday."
HEAD = {
    "url": "a.txt",
    "content_type": "",
    "charset": None,
    "password": None,
    "many": False,
    "only": None,
    "memory_mb": 1024,
    "cpu_s": 10,
    "patience_s": 5.0,
}


def request(body=SENTENCE, **changed):
    return json.dumps({**HEAD, **changed}).encode() + b"\n" + body


def test_a_request_is_answered_with_an_article():
    assert (
        read_reply(reply_to(request(b"First line here.\nSecond line.\n"))).text
        == "First line here.\nSecond line.\n"
    )


@pytest.mark.parametrize(
    ("raised", "said"), [(RecursionError(), "nested"), (MemoryError(), "memory")], ids=["too deep", "too big"]
)
def test_running_out_of_something_is_an_answer_too(monkeypatch, raised, said):
    def run_out(*args, **kwargs):
        raise raised

    monkeypatch.setattr("retrieval.sources.sandbox.extract_article", run_out)
    assert said in json.loads(reply_to(request()))["text"]


def start(**more):
    return subprocess.Popen(
        [sys.executable, "-m", "retrieval.sources.sandbox"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        **more,
    )


def test_the_process_answers_on_its_standard_output():
    with start() as child:
        said, _ = child.communicate(request(), timeout=20)
    assert read_reply(said).text == SENTENCE.decode()


def test_the_process_writes_no_files(tmp_path):
    with start(cwd=tmp_path, env={"PYTHONPATH": os.getcwd()}) as child:
        child.communicate(request(), timeout=20)
    assert list(tmp_path.iterdir()) == []


PARENT = """
import subprocess, sys
subprocess.Popen([sys.executable, "-m", "retrieval.sources.sandbox"], stdin=subprocess.PIPE)
print("started", flush=True)
input()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="uses prctl")
def test_the_process_dies_with_its_parent():
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout.readline() == b"started\n"
        os.kill(parent.pid, signal.SIGKILL)
        # Both write to one pipe, which ends when the last of them has; pytest's limit ends the wait for it.
        assert parent.stdout.read() == b""
