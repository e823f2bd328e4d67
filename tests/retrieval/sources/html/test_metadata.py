import json
from datetime import date

import pytest
from web_pages import web_page

from retrieval.sources.html.page import read_page

URL = "https://www.gazette.example/news/bridge"


def read(head="", url=URL, **page):
    return read_page(web_page(head=head, **page), url)


def linked(**fields):
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def meta(name, content, kind="property"):
    return f'<meta {kind}="{name}" content="{content}">'


def test_a_page_that_says_nothing_gets_nothing_invented():
    article = read(attributes="")
    assert (article.author, article.published, article.language) == (None, None, None)
    assert article.site == "gazette.example"


def test_the_only_heading_is_the_title():
    assert read(meta("og:title", "You will not believe this bridge")).title == "Bridge opens to cyclists"


def test_without_a_heading_the_title_loses_the_site_behind_it():
    body = "<p>The harbour bridge opened on Monday after repairs.</p><p>" + "It is open again. " * 20
    article = read(meta("og:site_name", "The Gazette"), body=body)
    assert (article.title, article.site) == ("Bridge opens to cyclists", "The Gazette")


@pytest.mark.parametrize(
    "head",
    [
        linked(**{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ana Ferreira"}}),
        linked(**{"@type": ["Article"], "author": ["Ana Ferreira", {"name": "Ana Ferreira"}]}),
        linked(
            **{
                "@graph": [
                    {"@type": "Article", "author": {"@id": "#a"}},
                    {"@id": "#a", "name": "Ana Ferreira"},
                ]
            }
        ),
        meta("author", "By Ana Ferreira", "name"),
        meta("article:author", "https://social.example/ana") + meta("parsely-author", "Ana Ferreira", "name"),
    ],
)
def test_the_author_is_read_where_pages_name_it(head):
    assert read(head).author == "Ana Ferreira"


def test_several_authors_are_all_named():
    head = linked(**{"@type": "NewsArticle", "author": [{"name": "Ana Ferreira"}, {"name": "Li Wei"}]})
    assert read(head).author == "Ana Ferreira, Li Wei"


def test_a_visible_byline_names_the_author():
    body = "<h1>Bridge opens to cyclists</h1><div class='byline'>By Ana Ferreira | 8 February 2025</div>"
    body += "<p>" + "The harbour bridge opened on Monday after repairs, the council said. " * 5
    assert read(body=body).author == "Ana Ferreira"


@pytest.mark.parametrize(
    "head",
    [
        linked(**{"@type": "NewsArticle", "datePublished": "2025-02-08T23:30:00-05:00"}),
        meta("article:published_time", "2025-02-08T10:00:00Z"),
        meta("datePublished", "February 8, 2025", "itemprop"),
        meta("date", "2025-02-08", "name"),
    ],
)
def test_the_date_is_read_where_pages_name_it(head):
    assert read(head).published == date(2025, 2, 8)


@pytest.mark.parametrize(
    "head",
    [
        meta("date", "03/04/2025", "name"),
        meta("article:published_time", "1970-01-01"),
        meta("article:published_time", "soon"),
        linked(**{"@type": "Organization", "datePublished": "2025-02-08"}),
        '<script type="application/ld+json">{broken</script>',
    ],
)
def test_a_date_that_is_not_certain_is_none(head):
    assert read(head).published is None


def test_dates_and_numbers_in_the_text_are_not_the_date():
    body = (
        "<h1>Bridge opens to cyclists</h1><p>" + "On 3 May 2019 the old bridge closed after 120 years. " * 8
    )
    assert read(body=body).published is None


def test_one_time_on_the_page_is_its_date_but_several_are_not():
    one, other = "<time datetime='2025-02-08T10:00'>", "<time datetime='2024-01-01'>"
    text = "<p>" + "The harbour bridge opened on Monday, the council said. " * 8 + "</p>"
    assert read(body=text + f"<div>{one}Saturday</time></div>").published == date(2025, 2, 8)
    page = f"<html><body>{text}<div>{one}a</time>{other}b</time></div></body></html>".encode()
    assert read_page(page, URL).published is None


def test_a_date_in_the_address_counts_last():
    assert read(url="https://gazette.example/2025/02/08/bridge").published == date(2025, 2, 8)


PUBLISHED = meta("article:published_time", "2024-03-01T10:00:00Z")


@pytest.mark.parametrize(
    "head",
    [
        PUBLISHED + meta("article:modified_time", "2024-03-09T08:00:00Z"),
        linked(**{"@type": "NewsArticle", "datePublished": "2024-03-01", "dateModified": "2024-03-09"}),
    ],
)
def test_the_day_of_the_last_change_is_read(head):
    article = read(head)
    assert (article.published, article.updated) == (date(2024, 3, 1), date(2024, 3, 9))


@pytest.mark.parametrize(
    "head",
    [
        PUBLISHED + meta("article:modified_time", "2024-03-01T12:00:00Z"),
        PUBLISHED + meta("article:modified_time", "2023-01-01"),
        meta("article:modified_time", "2024-03-09"),
        PUBLISHED + meta("article:modified_time", "recently"),
    ],
)
def test_a_change_that_is_none_is_not_told(head):
    assert read(head).updated is None


@pytest.mark.parametrize(
    ("tag", "language"), [("en-US", "en"), ("DE", "de"), ("pt_BR", "pt"), ("und", None), ("", None)]
)
def test_the_declared_language_is_read(tag, language):
    assert read(attributes=f' lang="{tag}"').language == language


def test_the_canonical_address_of_the_same_site_is_taken():
    head = '<link rel="canonical" href="https://gazette.example/2025/bridge?utm_source=x">'
    assert read(head).url == "https://gazette.example/2025/bridge"


@pytest.mark.parametrize(
    "href",
    [
        "https://other.example/story",
        "https://gazette.example.other.example/a",
        "/",
        "https://gazette.example/",
        "",
    ],
)
def test_another_site_or_the_front_page_is_not_taken_as_the_address(href):
    assert read(f'<link rel="canonical" href="{href}">').url == URL


def test_an_uploaded_file_has_no_address_whatever_it_claims():
    article = read('<link rel="canonical" href="https://other.example/story">', url="saved.html")
    assert (article.url, article.site) == (None, None)


def test_entities_and_invisible_characters_in_titles_are_resolved():
    body = (
        "<h1>Bridge &amp;amp; ferry\u200b reopen this week</h1><p>" + "The bridge is open, they said. " * 12
    )
    assert read(body=body).title == "Bridge & ferry reopen this week"
