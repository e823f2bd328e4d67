"""Brings pages and files from the network, and nothing that the rules do not allow."""

import asyncio
from collections.abc import Collection

import aiohttp
from aiohttp import hdrs
from yarl import URL

from retrieval.errors import SourceRefused, SourceUnavailable
from retrieval.messages import Message, message
from retrieval.protocols import Fetched
from retrieval.sources.addresses import PASTE_INSTEAD, PublicResolver, check_url
from retrieval.sources.decompression import Unpacker, too_large
from retrieval.sources.file_types import kind_of, refuse_type
from retrieval.sources.host_rules import check_host

MAX_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_CHUNK_BYTES = 64 * 1024
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; Footnote; reads single articles that people ask it about)",
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/markdown, text/plain, "
    "application/rss+xml, application/atom+xml, application/epub+zip, */*;q=0.1",
    # Only what Unpacker can undo within limits.
    "Accept-Encoding": "gzip, deflate",
}


class GuardedFetcher:
    """Fetches one address at a time on behalf of people who may not mean well.

    Every hop is checked (``addresses.py``), redirects are followed by hand, and time and
    size are limited. No cookies are kept and no proxy is read from the environment.
    Safe to use from several tasks at once; holds no connection between calls.
    """

    def __init__(
        self,
        timeout_s: float = 10.0,
        max_bytes: int = 5_000_000,
        allowed_private_hosts: Collection[str] = (),
    ) -> None:
        self._timeout_s = timeout_s
        self._max_bytes = max_bytes
        self._allowed_private_hosts = frozenset(host.lower() for host in allowed_private_hosts)

    async def fetch(self, url: str) -> Fetched:
        """Return the body behind *url*; all redirects share one time limit.

        Raises:
            SourceRefused: Address, port, kind or size is against the rules.
            SourceUnavailable: The other side failed, or was too slow.
            NotReadable: The body is empty.
        """
        first = check_url(url, self._allowed_private_hosts)
        try:
            async with asyncio.timeout(self._timeout_s), self._session() as session:
                return await self._follow(session, first)
        except TimeoutError as error:
            raise SourceUnavailable(
                message(
                    "{host} did not deliver the page within {seconds:g} seconds. Try again later, or paste "
                    "the text instead.",
                    host=first.host,
                    seconds=self._timeout_s,
                )
            ) from error
        except aiohttp.ClientError as error:
            raise _translate_error(error, first) from error

    def _session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=PublicResolver(self._allowed_private_hosts),
                use_dns_cache=False,
                force_close=True,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=_HEADERS,
            trust_env=False,
            auto_decompress=False,  # Unpacker does it, with a limit
            timeout=aiohttp.ClientTimeout(total=None),  # the one in fetch() covers all hops
        )

    async def _follow(self, session: aiohttp.ClientSession, first: URL) -> Fetched:
        at = first
        seen: set[URL] = set()
        while at not in seen:
            if len(seen) > MAX_REDIRECTS:
                raise SourceRefused(
                    message(
                        "The address redirects more than {limit} times. Give the one where it ends, or paste "
                        "the text instead.",
                        limit=MAX_REDIRECTS,
                    )
                )
            seen.add(at)
            check_host(at.host or "")
            async with session.get(at, allow_redirects=False) as response:
                if response.status not in _REDIRECTS:
                    return await self._read(response, at)
                at = self._next_hop(response, at)
        raise SourceUnavailable(
            message(
                "The address redirects to itself, which happens when a site insists on cookies. {advice}",
                advice=PASTE_INSTEAD,
            )
        )

    def _next_hop(self, response: aiohttp.ClientResponse, at: URL) -> URL:
        location = response.headers.get(hdrs.LOCATION, "")
        if not location:
            raise SourceUnavailable(
                message("{host} redirects to nowhere. Try later, or paste the text instead.", host=at.host)
            )
        try:
            target = str(at.join(URL(location)))
        except ValueError as error:
            raise SourceRefused(
                message(
                    "{host} redirects to an address that makes no sense. {advice}",
                    host=at.host,
                    advice=PASTE_INSTEAD,
                )
            ) from error
        return check_url(target, self._allowed_private_hosts)

    async def _read(self, response: aiohttp.ClientResponse, at: URL) -> Fetched:
        _check_status(response.status, at)
        declared = response.headers.get(hdrs.CONTENT_TYPE, "").partition(";")[0].strip().lower()
        refuse_type(declared)
        if (response.content_length or 0) > self._max_bytes:
            raise too_large(self._max_bytes)
        unpacker = Unpacker(response.headers.get(hdrs.CONTENT_ENCODING, ""), self._max_bytes)
        async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
            unpacker.feed(chunk)
        body = unpacker.finish()
        kind_of(body, declared, str(at))  # refuses what the header hid
        return Fetched(body, str(at), declared, _declared_charset(response))


def _declared_charset(response: aiohttp.ClientResponse) -> str | None:
    try:
        return response.charset
    except RuntimeError:  # aiohttp's way of saying that the parameter is malformed
        return None


def _check_status(status: int, at: URL) -> None:
    if status in (200, 203):
        return
    if status in (404, 410):
        raise _for_good(
            message(
                "There is no page at this address ({status}). Check it, or paste the text instead.",
                status=status,
            )
        )
    if status in (401, 402, 403, 407, 451):
        raise _for_good(
            message(
                "{host} does not let programs read this page ({status}). Open it in a browser and paste "
                "the text instead.",
                host=at.host,
                status=status,
            )
        )
    if status == 429:
        raise SourceUnavailable(
            message(
                "{host} asks for fewer visits (429). Try again in some minutes, or paste the text instead.",
                host=at.host,
            )
        )
    if status >= 500:
        raise SourceUnavailable(
            message(
                "{host} has a problem of its own ({status}). Try again later, or paste the text instead.",
                host=at.host,
                status=status,
            )
        )
    raise _for_good(
        message(
            "{host} answers without a page ({status}). Check the address, or paste the text.",
            host=at.host,
            status=status,
        )
    )


def _for_good(text: Message) -> SourceUnavailable:
    """Return an error of the other side that waiting will not mend."""
    error = SourceUnavailable(text)
    error.transient = False
    return error


def _translate_error(error: aiohttp.ClientError, at: URL) -> SourceUnavailable:
    if isinstance(error, (aiohttp.ClientSSLError, aiohttp.ServerFingerprintMismatch)):
        return _for_good(
            message(
                "The connection to {host} is not safe: its certificate is not valid. Check the address, "
                "or paste the text instead.",
                host=at.host,
            )
        )
    if isinstance(error, aiohttp.ClientConnectorError):
        return SourceUnavailable(
            message("{host} cannot be reached. Try again later, or paste the text instead.", host=at.host)
        )
    return SourceUnavailable(
        message(
            "{host} broke off before the page was complete. Try again later, or paste the text instead.",
            host=at.host,
        )
    )
