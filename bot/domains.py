"""Site names as people type them: with or without scheme, path, "www." and foreign letters."""

import re

import yarl

from retrieval.errors import BadQuestion
from retrieval.messages import message

_HOST = re.compile(r"(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


def read_domains(typed: str) -> tuple[str, ...]:
    """Return the domains of a text, each once, in order.

    Raises:
        BadQuestion: One of them is none.
    """
    words = [word for word in re.split(r"[\s,;]+", typed.strip()) if word]
    return tuple(dict.fromkeys(_domain(word) for word in words))


def _domain(word: str) -> str:
    address = word if "://" in word else f"https://{word}"
    try:
        host = (yarl.URL(address).raw_host or "").lower().rstrip(".")
    except ValueError:
        host = ""
    host = host.removeprefix("www.").removeprefix("*.")
    if not _HOST.fullmatch(host):
        raise BadQuestion(message("“{word}” is no site. Write one a line, as example.org.", word=word[:60]))
    return host
