import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sources.urls import canonical_url, is_same_site, site_of


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://News.Example:443/Story?utm_source=x&id=3#top", "https://news.example/Story?id=3"),
        ("https://news.example/a?fbclid=1&gclid=2&mc_cid=3&_ga=4", "https://news.example/a"),
        ("https://news.example/a?tag=x&tag=y&igshid=1", "https://news.example/a?tag=x&tag=y"),
        ("https://news.example/a?q=b+c&ref=home", "https://news.example/a?q=b+c&ref=home"),
        ("http://news.example:80", "http://news.example/"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("https://news.example/2024/story/amp/", "https://news.example/2024/story"),
        ("https://news.example/story.amp.html", "https://news.example/story.html"),
        ("https://news.example/story?amp=1", "https://news.example/story"),
        ("https://news.example/amp", "https://news.example/amp"),
        ("https://www.google.com/amp/s/news.example/story", "https://news.example/story"),
        ("https://news-example.cdn.ampproject.org/c/s/news.example/story", "https://news.example/story"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("article.txt", "article.txt"),
        ("http://[::1", "http://[::1"),
        ("", ""),
    ],
)
def test_one_article_has_one_address(url, expected):
    assert canonical_url(url) == expected


@given(
    st.from_regex(
        r"https?://[a-z]{1,5}\.example(/[a-zA-Z0-9%.;=-]{0,6}){0,3}(\?[a-z_=&+%0-9]{0,20})?", fullmatch=True
    )
)
def test_a_canonical_address_stays_as_it_is(url):
    assert canonical_url(canonical_url(url)) == canonical_url(url)


@pytest.mark.parametrize(
    ("url", "other", "same"),
    [
        ("https://www.news.example/a", "http://news.example/b", True),
        ("https://m.news.example/a", "https://amp.news.example/a", True),
        ("https://news.example", "https://news.example.evil.example", False),
        ("https://a.blogs.example", "https://blogs.example", False),
        ("article.txt", "article.txt", False),
    ],
)
def test_sites_are_the_same_only_apart_from_their_usual_prefixes(url, other, same):
    assert is_same_site(url, other) is same


@pytest.mark.parametrize(
    ("url", "site"),
    [("https://www.news.example/a", "news.example"), ("http://m.example/", "m.example"), ("file.txt", "")],
)
def test_the_site_is_the_host_without_its_prefix(url, site):
    assert site_of(url) == site
