"""Undoes the compression of a response without ever holding more than is allowed."""

import zlib

from retrieval.errors import SourceRefused, SourceUnavailable
from retrieval.messages import message

_GZIP = 16 + zlib.MAX_WBITS
_ZLIB = zlib.MAX_WBITS
_BARE_DEFLATE = -zlib.MAX_WBITS


class Unpacker:
    """Collects a body chunk by chunk, and refuses it as soon as it is too large.

    Both what arrives and what it unpacks to are counted; a chunk that would unpack to
    gigabytes is stopped one byte past the limit.
    """

    def __init__(self, content_encoding: str, max_bytes: int) -> None:
        """Prepare for *content_encoding*, the header's value, empty for none.

        Raises:
            SourceUnavailable: If it names a compression that was not asked for.
        """
        encoding = content_encoding.strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise SourceUnavailable(
                "The site sends its pages in a form that cannot be unpacked. Paste the text instead."
            )
        self._deflate = encoding == "deflate"
        self._packed = encoding not in ("", "identity")
        self._stream = None if self._deflate or not self._packed else zlib.decompressobj(_GZIP)
        self._max_bytes = max_bytes
        self._received = 0
        self._unpacked = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Take in one chunk.

        Raises:
            SourceRefused: If the body is larger than allowed.
            SourceUnavailable: If it cannot be unpacked.
        """
        self._received += len(chunk)
        if self._received > self._max_bytes:
            raise too_large(self._max_bytes)
        if not self._packed:
            self._unpacked += chunk
            return
        try:
            self._unpack(chunk)
        except zlib.error as error:
            raise _damage_error() from error

    def _unpack(self, chunk: bytes) -> None:
        while chunk:
            if self._stream is None:
                # Some servers send deflate without the zlib header that the standard asks for.
                has_header = not self._deflate or chunk[0] & 0x0F == zlib.DEFLATED
                wbits = _GZIP if not self._deflate else _ZLIB if has_header else _BARE_DEFLATE
                self._stream = zlib.decompressobj(wbits)
            room = self._max_bytes - len(self._unpacked)
            self._unpacked += self._stream.decompress(chunk, room + 1)
            if len(self._unpacked) > self._max_bytes:
                raise too_large(self._max_bytes)
            if not self._stream.eof:
                return
            chunk = self._stream.unused_data.lstrip(b"\x00")
            if chunk and self._deflate:
                raise _damage_error()
            if chunk:  # gzip may consist of several members
                self._stream = None

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            SourceUnavailable: If it broke off.
        """
        if self._packed and self._received and (self._stream is None or not self._stream.eof):
            raise _damage_error()
        return bytes(self._unpacked)


def too_large(max_bytes: int) -> SourceRefused:
    """Return the error for a body over *max_bytes*."""
    return SourceRefused(
        message(
            "This is larger than the {megabytes:.3g} MB that may be read. Paste the part you need instead.",
            megabytes=max_bytes / 1_000_000,
        )
    )


def _damage_error() -> SourceUnavailable:
    return SourceUnavailable("The page arrived damaged. Try again later, or paste the text instead.")
