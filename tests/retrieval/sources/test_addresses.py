import socket
from ipaddress import ip_address

import pytest
from labelled_cases import load_cases

from retrieval.errors import SourceRefused, SourceUnavailable
from retrieval.sources.addresses import PublicResolver, check_url, is_public

HOSTILE = [case["url"] for case in load_cases("addresses", "refused")]


@pytest.mark.parametrize("url", HOSTILE)
def test_hostile_addresses_are_refused_with_advice(url):
    with pytest.raises(SourceRefused, match=r"[Pp]aste|[Ll]eave out"):
        check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a/story?id=3",
        "http://news.example:80/",
        "http://news.example:443/",
        "https://93.184.216.34/",
        "https://[2606:4700::1111]/",
        "https://bücher.example/",
        "https://news.example./",
    ],
)
def test_public_addresses_pass(url):
    assert check_url(url).host


def test_the_fragment_is_dropped():
    assert str(check_url("https://news.example/a#part")) == "https://news.example/a"


@pytest.mark.parametrize(
    ("url", "allowed"),
    [("http://127.0.0.1:8080/", "127.0.0.1:8080"), ("http://[::1]:8080/", "[::1]:8080")],
)
def test_an_allowed_host_is_exempt_from_address_and_port_rules(url, allowed):
    assert check_url(url, {allowed}).port == 8080


@pytest.mark.parametrize("url", ["http://127.0.0.1:8081/", "http://10.0.0.1:8080/", "ftp://127.0.0.1:8080/"])
def test_the_exemption_covers_one_host_and_port_only(url):
    with pytest.raises(SourceRefused):
        check_url(url, {"127.0.0.1:8080"})


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_open_internet_are_public(address):
    assert is_public(ip_address(address))


class Names:
    """A name server of our own: every name has the addresses given."""

    def __init__(self, *addresses):
        self.addresses = addresses

    async def getaddrinfo(self, host, port, *, family, type):
        if not self.addresses:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, type, 6, "", (one, port))
            for one in self.addresses
        ]


@pytest.fixture
def resolver(monkeypatch):
    def make(*addresses, allowed=()):
        names = Names(*addresses)
        monkeypatch.setattr("retrieval.sources.addresses._name_server", lambda: names)
        return PublicResolver(allowed)

    return make


async def test_the_resolver_returns_the_addresses_it_checked(resolver):
    found = await resolver("93.184.216.34", "2606:4700::1111").resolve("news.example", 443)
    assert [row["host"] for row in found] == ["93.184.216.34", "2606:4700::1111"]


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "::ffff:10.0.0.1"])
async def test_a_name_with_one_private_address_is_refused(resolver, address):
    with pytest.raises(SourceRefused, match="not on the open internet"):
        await resolver("93.184.216.34", address).resolve("rebinding.example", 80)


async def test_an_allowed_name_may_be_private(resolver):
    found = await resolver("10.0.0.7", allowed={"wiki.intranet:80"}).resolve("wiki.intranet", 80)
    assert found[0]["host"] == "10.0.0.7"


async def test_an_unknown_name_is_unavailable(resolver):
    with pytest.raises(SourceUnavailable, match=r"nowhere\.example"):
        await resolver().resolve("nowhere.example", 80)


async def test_localhost_is_refused_by_the_real_resolver():
    with pytest.raises(SourceRefused):
        await PublicResolver().resolve("localhost", 80)
