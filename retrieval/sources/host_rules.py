"""Which sites a community wants articles from, given to the fetcher by the one who acts for it.

The rule holds for everything fetched inside the block, redirects and the pages of a feed included.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from retrieval.errors import SourceRefused
from retrieval.messages import message


@dataclass(frozen=True, slots=True)
class SourceRule:
    """Domains, each with all below it; refused ones win over allowed ones."""

    allowed: tuple[str, ...] = ()
    """Empty: all."""
    refused: tuple[str, ...] = ()

    def check(self, host: str) -> None:
        """Let *host* pass.

        Raises:
            SourceRefused: The community does not want it.
        """
        if _is_among(host, self.refused):
            raise SourceRefused(
                message(
                    "This server does not allow articles from {host}. Ask the people who run it.", host=host
                )
            )
        if self.allowed and not _is_among(host, self.allowed):
            raise SourceRefused(
                message("This server only allows articles from {sites}.", sites=", ".join(self.allowed[:5]))
            )


_rule: ContextVar[SourceRule | None] = ContextVar("source_rule", default=None)


@contextmanager
def only_from(rule: SourceRule) -> Iterator[None]:
    """Fetch inside only what *rule* lets pass."""
    token = _rule.set(rule)
    try:
        yield
    finally:
        _rule.reset(token)


def check_host(host: str) -> None:
    """Check a host against the rule of the one who asked; raises ``SourceRefused``."""
    rule = _rule.get()
    if rule is not None:
        rule.check(host.lower().rstrip("."))


def _is_among(host: str, domains: Sequence[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
