"""Threads of forums, and pages of questions and answers."""

import json

from web_pages import COST, OPENING, web_page

from retrieval.sources.html.page import read_page

QUESTION = (
    "How do I keep the pump of the well from freezing? It stood still twice in January, for a week each."
)
ANSWERS = (
    "Wrap the pipe in wool. I have done so since 1998 and have not lost a day, though the wool must be dry.",
    "Let it drip at night. A litre an hour is enough, and the hens will be glad of the water.",
)


def read(body, head=""):
    return read_page(web_page(body=body, head=head), "https://forum.example/t/1")


def test_answers_of_a_page_of_questions_are_kept_with_their_authors():
    answers = "".join(
        f"<div itemprop='suggestedAnswer' itemscope itemtype='https://schema.org/Answer'>"
        f"<span itemprop='author'>{name}</span><div class='js-post-body' itemprop='text'>"
        f"<p>{text}</p></div></div>"
        for name, text in zip(("Ada", "Bo"), ANSWERS, strict=True)
    )
    body = (
        "<div itemscope itemtype='https://schema.org/Question'><h1>Freezing pumps of garden wells</h1>"
        f"<div itemprop='text' class='js-post-body'><p>{QUESTION}</p></div>"
        f"<div id='answers'>{answers}</div></div>"
    )
    text = read(body).text
    assert text.split("\n\n") == [QUESTION, f"Ada: {ANSWERS[0]}", f"Bo: {ANSWERS[1]}"]


def test_posts_of_a_forum_are_kept():
    posts = "".join(
        f"<article class='message'><a class='username'>{name}</a>"
        f"<div class='bbWrapper'>{text}</div></article>"
        for name, text in zip(("Cy", "Ada", "Bo"), (QUESTION, *ANSWERS), strict=True)
    )
    text = read(posts, "<meta name='generator' content='XenForo'>").text
    assert text.split("\n\n")[1] == f"Ada: {ANSWERS[0]}"
    assert "Bo: Let it drip" in text


def test_replies_on_reddit_are_kept():
    body = (
        "<shreddit-post author='cy'><h1>Freezing pumps of wells</h1><div slot='text-body'>"
        f"<p>{QUESTION}</p></div>"
        "</shreddit-post>"
        + "".join(
            f"<shreddit-comment author='{name}'><div slot='comment'><p>{text}</p></div></shreddit-comment>"
            for name, text in zip(("ada", "bo"), ANSWERS, strict=True)
        )
    )
    assert read(body).text.split("\n\n") == [f"cy: {QUESTION}", f"ada: {ANSWERS[0]}", f"bo: {ANSWERS[1]}"]


def test_answers_that_stand_only_in_json_ld_are_read_there():
    said = {
        "@type": "QAPage",
        "mainEntity": {
            "@type": "Question",
            "text": QUESTION,
            "acceptedAnswer": {"@type": "Answer", "text": ANSWERS[0], "author": {"name": "Ada"}},
            "suggestedAnswer": [{"@type": "Answer", "text": ANSWERS[1]}],
        },
    }
    head = f"<script type='application/ld+json'>{json.dumps(said)}</script>"
    text = read(f"<h1>Freezing pumps</h1><p>{QUESTION}</p>", head).text
    assert text.split("\n\n") == [QUESTION, f"Ada: {ANSWERS[0]}", ANSWERS[1]]


def test_answers_that_are_not_there_are_said_to_be_left_out():
    said = {"@type": "DiscussionForumPosting", "headline": "Freezing pumps", "commentCount": 12}
    head = f"<script type='application/ld+json'>{json.dumps(said)}</script>"
    article = read(f"<p>{OPENING}</p><p>{COST}</p>", head)
    assert any("left out" in note for note in article.notes)


def test_comments_below_an_article_do_not_replace_it():
    head = '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "headline": "x"}</script>'
    comments = "".join(
        f"<div itemscope itemtype='https://schema.org/Comment'><p itemprop='text'>{text}</p></div>"
        for text in ANSWERS
    )
    assert read(f"<p>{OPENING}</p><p>{COST}</p>{comments}", head).text.startswith(OPENING)


def test_a_line_around_the_name_of_a_poster_is_not_the_name():
    posts = "".join(
        f"<div class='post'><div class='postbody'><p class='author'>by <strong><a class='username'>{name}</a>"
        f"</strong> » Mon Mar 03, 2025 9:12 am</p><div class='content'>{text}</div></div></div>"
        for name, text in zip(("Ada", "Bo", "Cy"), (QUESTION, *ANSWERS), strict=True)
    )
    text = read(posts, "<meta name='generator' content='phpBB'>").text
    assert text.split("\n\n") == [f"Ada: {QUESTION}", f"Bo: {ANSWERS[0]}", f"Cy: {ANSWERS[1]}"]


def test_who_is_quoted_stands_above_the_quotation():
    posts = "".join(
        f"<article><a class='username'>{name}</a><div class='bbwrapper'>{text}</div></article>"
        for name, text in (
            ("Ada", QUESTION),
            ("Bo", f"<blockquote><div><cite>Ada wrote:</cite>{QUESTION}</div></blockquote>{ANSWERS[0]}"),
        )
    )
    text = read(posts, "<meta name='generator' content='XenForo'>").text
    assert text.split("\n\n")[1:] == ["Bo: Ada wrote:", QUESTION, ANSWERS[0]]
