"""Decides which addresses may be read, so that no one can point the bot at its own network.

A URL is parsed once, by the library that also sends the request, and every host is checked
twice: address literals here, names in a resolver whose answer is the one that is connected to.
"""

import asyncio
import re
import socket
from collections.abc import Collection
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from retrieval.errors import SourceRefused, SourceUnavailable
from retrieval.messages import message

PASTE_INSTEAD = message("Paste the text or upload the file instead.")
MAX_URL_CHARS = 2_000

# Written out rather than asked of `ipaddress`, whose lists change between patch releases.
_REFUSED_IPV4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier NAT; one cloud's metadata service lives here
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's host agent behind a public-looking address
        "169.254.0.0/16",  # link-local, most clouds' metadata service
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # relays from IPv6
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_PUBLIC_IPV6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_REFUSED_IPV6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, among them Teredo
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "3fff::/20",  # documentation
    )
)
_NAME = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether *address* belongs to the open internet, looking inside IPv4-in-IPv6 forms."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _REFUSED_IPV4)
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
    return address in _PUBLIC_IPV6 and not any(address in network for network in _REFUSED_IPV6)


def check_url(url: str, allowed_private_hosts: Collection[str] = ()) -> URL:
    """Return *url* parsed and without its fragment, if its own words already permit reading it.

    Names are not looked up here; ``PublicResolver`` does that when the connection is made.
    *allowed_private_hosts* are ``host:port`` pairs exempt from the address and port rules.

    Raises:
        SourceRefused: If scheme, port, login part or address literal is against the rules.
    """
    parsed = _parse_url(url)
    if parsed.scheme not in ("http", "https"):
        raise SourceRefused(
            message("Only http and https addresses can be read. {advice}", advice=PASTE_INSTEAD)
        )
    if parsed.user is not None or parsed.password is not None:
        raise SourceRefused("An address with a login in it cannot be read. Leave out the part before the @.")
    host, port = parsed.raw_host or "", parsed.port or 0
    exempt = is_exempt(host, port, allowed_private_hosts)
    if not exempt and port not in (80, 443):
        raise SourceRefused(
            message(
                "Only the ports 80 and 443 may be read, not {port}. {advice}", port=port, advice=PASTE_INSTEAD
            )
        )
    literal = _literal(host)
    if literal is not None and not exempt and not is_public(literal):
        raise _private(host)
    return parsed.with_fragment(None)


def is_exempt(host: str, port: int, allowed_private_hosts: Collection[str]) -> bool:
    """Tell whether the operator allowed this very host and port (IPv6 in brackets)."""
    shown = f"[{host}]" if ":" in host else host.removesuffix(".")
    return f"{shown}:{port}" in allowed_private_hosts


def _parse_url(url: str) -> URL:
    unreadable = SourceRefused(
        "This is not an address that can be read. Check it, or paste the text instead."
    )
    if len(url) > MAX_URL_CHARS:
        raise SourceRefused(
            message(
                "This address is longer than {limit:,} characters. {advice}",
                limit=MAX_URL_CHARS,
                advice=PASTE_INSTEAD,
            )
        )
    url = url.strip(" \t\r\n")
    # The parser drops line ends inside an address; another program may not. Refuse instead.
    if _UNPRINTABLE.search(url):
        raise unreadable
    try:
        parsed = URL(url)
        host = parsed.raw_host
    except ValueError as error:
        raise unreadable from error
    if parsed.scheme in ("http", "https"):
        if not host:
            raise unreadable
        if ":" not in host and not (_NAME.fullmatch(host) and len(host) <= 254):
            raise unreadable
    return parsed


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    """Return the address *host* spells, ``None`` for a name; refuse the unusual spellings."""
    try:
        if ":" in host:
            return IPv6Address(host.replace("%25", "%"))
        if not _NUMBER.fullmatch(host.removesuffix(".").rpartition(".")[2]):
            return None
        # 127.1, 2130706433, 0x7f.1, 0177.0.0.1 and 127.0.0.1. all reach 127.0.0.1 somewhere.
        return IPv4Address(host)
    except AddressValueError as error:
        raise SourceRefused(
            message(
                "The host of this address is a number in an unusual spelling. {advice}", advice=PASTE_INSTEAD
            )
        ) from error


def _private(host: str) -> SourceRefused:
    return SourceRefused(
        message(
            "{host} is not on the open internet, so it is not read. {advice}", host=host, advice=PASTE_INSTEAD
        )
    )


def _name_server() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


class PublicResolver(AbstractResolver):
    """Looks up names and refuses those with any address off the open internet.

    The connection is made to the very addresses returned here, so a name that changes its
    mind between check and connection (DNS rebinding) gains nothing.
    """

    def __init__(self, allowed_private_hosts: Collection[str] = ()) -> None:
        self._allowed_private_hosts = allowed_private_hosts

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of *host*, all of them checked.

        Raises:
            SourceRefused: If one of them is private.
            SourceUnavailable: If there is no such name.
        """
        found = await self._look_up(host, port, family)
        exempt = is_exempt(host, port, self._allowed_private_hosts)
        results: list[ResolveResult] = []
        for kind, address in found:
            if not exempt and not is_public(address):
                raise _private(host)
            results.append(
                ResolveResult(
                    hostname=host,
                    host=str(address),
                    port=port,
                    family=kind,
                    proto=0,
                    flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
                )
            )
        return results

    async def _look_up(
        self, host: str, port: int, family: socket.AddressFamily
    ) -> list[tuple[socket.AddressFamily, IPv4Address | IPv6Address]]:
        missing = message(
            "No site is known under the name {host}. Check the address, or paste the text instead.", host=host
        )
        try:
            rows = await _name_server().getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise SourceUnavailable(missing) from error
        found: list[tuple[socket.AddressFamily, IPv4Address | IPv6Address]] = []
        for kind, _, _, _, endpoint in rows:
            if kind == socket.AF_INET:
                found.append((kind, IPv4Address(endpoint[0])))
            elif kind == socket.AF_INET6:
                found.append((kind, IPv6Address(endpoint[0])))
        if not found:
            raise SourceUnavailable(missing)
        return found

    async def close(self) -> None:
        """Hold nothing, so there is nothing to close."""
