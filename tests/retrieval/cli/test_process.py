import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.wire

HERE = Path(__file__).parents[2] / "drivers"
DRIVER = [sys.executable, str(HERE / "cli_driver.py")]


def start(*command, **options):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, **{**pipes, **options}, cwd=HERE.parent.parent)


def test_the_command_line_loads_no_model_and_no_discord():
    script = "import sys, retrieval.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    heavy = {
        "torch",
        "faiss",
        "sentence_transformers",
        "onnxruntime",
        "numpy",
        "discord",
        "simcord",
        "pydantic",
    }
    assert not heavy & set(loaded.stdout.split())


def test_the_module_runs():
    shown = subprocess.run([sys.executable, "-m", "retrieval", "--help"], capture_output=True, text=True)
    assert shown.returncode == 0
    assert "summarize" in shown.stdout


@pytest.mark.parametrize("command", ["list", "export"])
def test_a_reader_that_stops_ends_the_program_quietly(command):
    with start(*DRIVER, command, "--collection", "full") as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_batch_answers_come_while_the_batch_is_still_being_written():
    with start(*DRIVER, "ask", "--json", "--batch", "-", "--collection", "full") as process:
        for number in range(2):
            process.stdin.write(json.dumps({"id": number, "question": "Article 0 is"}).encode() + b"\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert (answer["id"], answer["found"]) == (number, True)
        process.stdin.close()
        assert process.wait() == 0


def test_ctrl_c_while_an_import_waits_for_more_says_what_is_done():
    with start(*DRIVER, "import", "-") as process:
        process.stdin.write(b'{"id": 1, "text": "One."}\nbad\n')
        process.stdin.flush()
        assert process.stderr.readline().startswith(b"Line 2 is skipped")
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().startswith(b"1 added, 0 replaced, 0 already known, ")
        assert process.wait() == 130


def test_ctrl_c_at_the_prompt_ends_a_chat_well():
    keyboard, terminal = pty.openpty()
    with start(*DRIVER, "chat", stdin=terminal, stdout=terminal) as process:
        os.close(terminal)
        shown = b""
        while not shown.endswith(b"> "):
            shown += os.read(keyboard, 1)
        process.send_signal(signal.SIGINT)
        os.write(keyboard, b"\n")  # readline misses a signal that comes just before it waits for keys
        assert process.stderr.read() == b""
        assert process.wait() == 0
    os.close(keyboard)


def test_any_text_can_be_printed_in_any_encoding():
    environment = {"PYTHONIOENCODING": "ascii"}
    row = json.dumps({"id": "ü", "text": "Ein Bär 🐻 sagt “ja”."}).encode()
    with start(*DRIVER, "add", "-", "--title", "Bär 🐻", env=environment) as process:
        out, err = process.communicate(row)
    assert (process.returncode, err) == (0, b"")
    assert out.startswith(b"Added: B\\xe4r")


def test_json_is_utf_8_in_any_encoding():
    with start(
        *DRIVER, "add", "-", "--title", "Bär", "--json", env={"PYTHONIOENCODING": "latin-1"}
    ) as process:
        out, _ = process.communicate(b"Words.")
    assert json.loads(out.decode())["title"] == "Bär"


def test_a_name_that_is_no_unicode_is_one_line():
    with start(*DRIVER, "add", b"no\xff.txt") as process:
        out, err = process.communicate()
    assert (process.returncode, out) == (1, b"")
    assert err.count(b"\n") == 1
