"""The child process that reads untrusted files: ``python -m retrieval.sandbox``.

Reads one line of JSON and a body from standard input, writes one line of JSON to standard
output. It limits its own memory and time before it touches the body, and is killed by the
system when its parent is gone.
"""

import ctypes
import json
import logging
import signal
import sys

from retrieval.errors import NotReadable, RetrievalError
from retrieval.messages import message
from retrieval.protocols import Fetched
from retrieval.sources.bundles import extract_all
from retrieval.sources.child_replies import write_found, write_refusal, write_reply
from retrieval.sources.readers import extract_article

_PR_SET_PDEATHSIG = 1
_TOO_DEEP = message("This file is nested too deeply to be read. Paste the text instead.")
_TOO_BIG = message("Reading this takes more memory than allowed. Paste the part you need as text instead.")


def reply_to(request: bytes) -> bytes:
    """Return the answer to one request, an error being an answer too."""
    head, _, body = request.partition(b"\n")
    asked = json.loads(head)
    fetched = Fetched(body, asked["url"], asked["content_type"], asked["charset"], asked["password"])
    try:
        if asked["many"]:
            return write_found(extract_all(fetched, patience_s=asked["patience_s"], only=asked["only"]))
        return write_reply(extract_article(fetched, patience_s=asked["patience_s"]))
    except RetrievalError as error:
        return write_refusal(error)
    except RecursionError:
        return write_refusal(NotReadable(_TOO_DEEP))
    except MemoryError:
        return write_refusal(NotReadable(_TOO_BIG))


def main() -> None:
    """Read a request, set limits, answer."""
    _die_with_parent()
    logging.disable()  # what the libraries say about a stranger's file is nobody's business
    request = sys.stdin.buffer.read()
    asked = json.loads(request.partition(b"\n")[0])
    _limit(asked["memory_mb"], asked["cpu_s"])
    sys.stdout.buffer.write(reply_to(request))


def _die_with_parent() -> None:
    if sys.platform != "linux":
        return  # elsewhere the limit on time has to do
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit(memory_mb: int, cpu_s: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    limits = (
        (resource.RLIMIT_AS, memory_mb * 1_000_000),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in limits:
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
