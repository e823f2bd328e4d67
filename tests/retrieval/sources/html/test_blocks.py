import pytest
from web_pages import CLOSING, COST, OPENING, PARAGRAPHS, web_page

from retrieval.sources.html.blocks import _with_lost_prose
from retrieval.sources.html.page import read_page

LEAD = "Cyclists cross the harbour bridge again after two years of repairs"
URL = "https://www.gazette.example/news/bridge"


def read(body, head=""):
    return read_page(web_page(body=body, head=head), URL).text


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def test_the_standfirst_above_the_article_is_read():
    body = f"<header><h1>Bridge opens to cyclists</h1><div>{LEAD}</div></header>{paragraphs(*PARAGRAPHS)}"
    head = f'<meta property="og:description" content="{LEAD}">'
    assert read(body, head) == "\n\n".join([LEAD, *PARAGRAPHS])


def test_a_description_that_the_page_does_not_show_is_not_read():
    head = '<meta name="description" content="Everything about bridges, in words for search engines only.">'
    assert read(paragraphs(*PARAGRAPHS), head) == "\n\n".join(PARAGRAPHS)


def test_a_standfirst_that_is_the_first_paragraph_is_not_doubled():
    head = f'<meta name="description" content="{OPENING}">'
    assert read(paragraphs(*PARAGRAPHS), head).count(OPENING) == 1


@pytest.mark.parametrize(
    "aside",
    [
        "Read more",
        "Read more: Older bridges of the region and what became of them",
        "Sign up to our free weekly newsletter",
        "Check out more of our stories by signing up to our free weekly newsletter HERE",
        "Follow our desk on Facebook, Twitter and Instagram.",
        "Advertisement",
    ],
)
def test_lines_that_send_the_reader_elsewhere_are_left_out(aside):
    assert read(paragraphs(OPENING, aside, COST, CLOSING)) == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "sentence",
    [
        "Two thousand people subscribe to the council's newsletter, and none had been told.",
        "Readers who want to know more: the council shows its plans in the library.",
        "She told the crowd to follow the rules on the bridge, which a board shows at either end.",
    ],
)
def test_sentences_about_such_things_are_kept(sentence):
    assert sentence in read(paragraphs(OPENING, sentence, COST, CLOSING))


def test_prose_lost_between_two_paragraphs_comes_back_and_nothing_else():
    lost = "The council's plan, its costs and its critics stand on pages of their own."
    careful = ["First.", "Last."]
    generous = [
        "Menu of the site, with a sentence.",
        "First.",
        lost,
        "Share",
        "Last.",
        "More from this site.",
    ]
    assert _with_lost_prose(careful, generous) == ["First.", lost, "Last."]


def test_blocks_in_another_order_are_left_as_they_are():
    assert _with_lost_prose(["One.", "Two.", "Three."], ["Two.", "One.", "Three."]) == [
        "One.",
        "Two.",
        "Three.",
    ]
