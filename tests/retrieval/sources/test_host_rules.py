"""Rules for sources, alone and inside the real fetcher."""

import pytest

from retrieval.errors import SourceRefused
from retrieval.sources.fetch import GuardedFetcher
from retrieval.sources.host_rules import SourceRule, check_host, only_from


@pytest.mark.parametrize("host", ["example.org", "news.example.org", "EXAMPLE.ORG."])
def test_a_domain_stands_for_all_below_it(host):
    with only_from(SourceRule(allowed=("example.org",))):
        check_host(host)
    with (
        only_from(SourceRule(refused=("example.org",))),
        pytest.raises(SourceRefused, match="does not allow"),
    ):
        check_host(host)


@pytest.mark.parametrize("host", ["example.com", "notexample.org", "example.org.evil.example"])
def test_other_hosts_are_not_allowed(host):
    with only_from(SourceRule(allowed=("example.org",))), pytest.raises(SourceRefused, match="only allows"):
        check_host(host)


def test_refusal_wins_and_ends_with_the_block():
    rule = SourceRule(allowed=("example.org",), refused=("bad.example.org",))
    with only_from(rule), pytest.raises(SourceRefused):
        check_host("bad.example.org")
    check_host("bad.example.org")


async def test_the_fetcher_asks_before_it_connects():
    with (
        only_from(SourceRule(refused=("news.example",))),
        pytest.raises(SourceRefused, match="does not allow"),
    ):
        await GuardedFetcher().fetch("https://www.news.example/story")
