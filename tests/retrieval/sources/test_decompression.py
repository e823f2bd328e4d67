import gzip
import zlib

import pytest

from retrieval.errors import SourceRefused, SourceUnavailable
from retrieval.sources.decompression import Unpacker

TEXT = b"The harbour bridge opened to cyclists on Monday. " * 40


def unpacked(encoding, body, max_bytes=1_000_000, step=7):
    unpacker = Unpacker(encoding, max_bytes)
    for at in range(0, len(body), step):
        unpacker.feed(body[at : at + step])
    return unpacker.finish()


def bare_deflate(text):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(text) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("X-GZIP", gzip.compress(TEXT)),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\x00" * 20),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", bare_deflate(TEXT)),
    ],
    ids=range(8),  # gzip writes the time down, and the processes of a run must agree on the names
)
def test_a_body_comes_back_whole(encoding, body):
    assert unpacked(encoding, body) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_stopped_one_byte_past_the_limit(encoding):
    pack = gzip.compress if encoding == "gzip" else zlib.compress
    unpacker = Unpacker(encoding, 100_000)
    with pytest.raises(SourceRefused, match="larger than"):
        unpacker.feed(pack(b"\x00" * 50_000_000))
    assert len(unpacker._unpacked) == 100_001


def test_what_arrives_is_limited_too():
    with pytest.raises(SourceRefused, match="larger than"):
        unpacked("", b"x" * 1_001, max_bytes=1_000)


def test_many_empty_members_are_limited_by_what_arrives():
    with pytest.raises(SourceRefused):
        unpacked("gzip", gzip.compress(b"") * 100, max_bytes=1_000, step=64)


@pytest.mark.parametrize("body", [gzip.compress(TEXT)[:-10], b"no gzip at all"], ids=["cut", "other"])
def test_a_damaged_body_is_unavailable(body):
    with pytest.raises(SourceUnavailable, match="damaged"):
        unpacked("gzip", body)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_other_compressions_are_not_accepted(encoding):
    with pytest.raises(SourceUnavailable, match="unpacked"):
        Unpacker(encoding, 1_000)


def test_an_empty_body_is_no_fault():
    assert unpacked("gzip", b"") == b""
