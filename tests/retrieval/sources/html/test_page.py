import pytest
from web_pages import CLOSING, COST, OPENING, PARAGRAPHS, web_page

from retrieval.errors import NotReadable
from retrieval.sources.html.page import read_page

URL = "https://www.gazette.example/news/bridge"


def read(body=None, **page):
    return read_page(web_page(body=body, **page), URL).text


def test_paragraphs_are_kept_apart_and_menus_left_out():
    assert read() == "\n\n".join(PARAGRAPHS)


def test_lists_quotes_and_tables_keep_their_parts_apart():
    body = (
        f"<p>{OPENING}</p><h2>Prices</h2>"
        "<ul><li>Cars pay <b>three</b> euros.</li><li>Bikes pay nothing.</li></ul>"
        f"<blockquote><p>It is done.</p><p>At last.</p></blockquote><p>{COST}</p>"
        "<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2023</td><td>1.5 million</td></tr></table>"
        f"<p>First line<br>second line of it.</p><p>{CLOSING}</p>"
    )
    assert read(body) == "\n\n".join(
        [
            OPENING,
            "Prices",
            "- Cars pay three euros.\n- Bikes pay nothing.",
            "It is done.",
            "At last.",
            COST,
            "Year: 2023 | Cost: 1.5 million",
            "First line\nsecond line of it.",
            CLOSING,
        ]
    )


def test_words_stay_whole_across_markup_and_comments():
    words = "Co\u00adope\u200bration on H<sub>2</sub>O &amp; wind<!-- c --> power: a <a href='/x'>link</a>."
    body = f"<p>{OPENING}</p><p>{words}</p><p>{COST}</p>"
    assert "Cooperation on H2O & wind power: a link." in read(body)


def test_comments_of_readers_scripts_and_styles_are_left_out():
    body = (
        "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + "<script>alert('x')</script><style>p{}</style><section id='comments'><h3>Comments</h3>"
        + "<p class='comment'>Nobody asked the drivers about any of this, as usual.</p></section>"
    )
    assert read(body) == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("encoding", "declared"), [("cp1252", "iso-8859-1"), ("utf-8", "utf-8"), ("koi8-r", "koi8-r")]
)
def test_the_encoding_declared_in_the_page_is_used(encoding, declared):
    word = "Мост открыт" if encoding == "koi8-r" else "café"
    head = f'<meta charset="{declared}">'
    page = web_page(head=head, body=f"<p>{word}: {CLOSING}</p><p>{'The council said so. ' * 12}</p>")
    assert word in read_page(page.decode().encode(encoding), URL).text


WALLS = {
    "login": "<h1>Welcome back</h1><p>Please sign in to read on.</p><input type='password'>",
    "JavaScript": "<noscript>You need to enable JavaScript to run this app.</noscript>",
    "person": f"<h1>Just a moment...</h1><p>Verifying you are human. {'It takes a while. ' * 18}</p>",
    "cookies": f"<p>We use cookies. {'Accept all cookies or manage them in the settings. ' * 8}</p>",
    "subscribers": f"<p>{OPENING}</p><p>Subscribe to continue reading this story today.</p>",
    "too little": "<p>Nothing much here.</p>",
}


@pytest.mark.parametrize("reason", WALLS)
def test_a_wall_is_named_and_not_taken_for_an_article(reason):
    page = f"<html><head><title>Gazette</title></head><body>{WALLS[reason]}</body></html>".encode()
    with pytest.raises(NotReadable, match=reason) as caught:
        read_page(page, URL)
    assert "paste the text" in str(caught.value)


def test_a_menu_is_no_article():
    links = "".join(f"<li><a href='/{n}'>Section number {n} of this site</a></li>" for n in range(60))
    with pytest.raises(NotReadable, match="too little"):
        read_page(f"<html><body><ul>{links}</ul></body></html>".encode(), URL)


def test_an_article_about_subscriptions_is_read():
    papers = " ".join(f"Paper number {n} lost readers in the last year." for n in range(12))
    body = f"<p>{OPENING}</p><p>Readers who subscribe to read papers are fewer each year.</p><p>{papers}</p>"
    assert "subscribe to read" in read(body)


def test_a_paywalled_page_is_read_as_far_as_it_goes_with_a_note():
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    )
    article = read_page(web_page(head=head), URL)
    assert "subscribers" in article.notes[0]


@pytest.mark.parametrize(
    "page", [b"<html></html>", b"<!-- only a comment -->", b"<html>" + b"<div>" * 5_000, b"<p"]
)
def test_a_page_without_content_is_not_readable(page):
    with pytest.raises(NotReadable):
        read_page(page, URL)


GATE = (
    "<div class='paywall-overlay' id='gate'><p>This post is for paid subscribers</p>"
    "<button>Subscribe</button><p>Already a paid subscriber? Sign in</p></div>"
)


def test_a_wall_that_the_extraction_leaves_out_is_named():
    with pytest.raises(NotReadable, match="for subscribers"):
        read(f"<p>{OPENING}</p><p>{CLOSING}</p>{GATE}")
    paragraphs = "".join(f"<p>{number}. {OPENING}</p>" for number in range(12))
    article = read_page(web_page(body=paragraphs + GATE), URL)
    assert [str(note) for note in article.notes] == [
        "The page asks for a subscription; perhaps it showed only a part."
    ]


def test_a_short_heading_is_the_title_without_the_site_behind_it():
    page = web_page(body=f"<h1>Bridge</h1><p>{OPENING}</p><p>{COST}</p><p>{CLOSING}</p>").replace(
        b"Bridge opens to cyclists | The Gazette", b"Bridge - Wikipedia"
    )
    assert read_page(page, URL).title == "Bridge"
