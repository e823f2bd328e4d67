from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from discord.ui import TextDisplay
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.context import Place
from bot.formatting.cards import MAX_COMPONENTS, MAX_TEXT
from bot.views.digests import LINES, digest_answer, lines_card, overview_card, timeline_answer
from retrieval.domain.answers import Citation
from retrieval.domain.articles import Article, ArticleId
from retrieval.domain.digests import Dated, Digest, Disagreement, Story, Timeline
from retrieval.domain.spans import Span

SERVER = Place("guild:1", is_server=True)
TEXTS = st.sampled_from(
    ["It fell.", "word " * 60, "*" * 3_000, "<@1> " * 90, "[a](b) " * 200, "見" * 900, "@everyone"]
)
ADDRESSES = st.sampled_from([None, "https://a.example/", "https://a.example/" + "x" * 480, "bad"])


def cited(number, text, url="https://a.example/", title="A report", **known):
    article = Article(
        id=ArticleId(number),
        collection=SERVER.collection,
        public_id=f"a{number}",
        title=title,
        author=None,
        site=known.pop("site", "a.example"),
        url=url,
        published=date(2026, 6, number % 28 + 1),
        added_at=datetime(2026, 6, 7, tzinfo=UTC),
        language=None,
        digest=str(number),
        chars=len(text),
        **known,
    )
    return Citation(1, article, Span(0, len(text)), text)


def words_on(card):
    return "\n".join(one.content for one in card.walk_children() if isinstance(one, TextDisplay))


@st.composite
def stories(draw):
    sides = tuple(cited(number, draw(TEXTS), draw(ADDRESSES), draw(TEXTS)) for number in (1, 2))
    odds = (Disagreement(draw(st.sampled_from(["figures", "claims"])), sides, (draw(TEXTS), draw(TEXTS))),)
    return Story(sides[1], tuple(one.article for one in sides), odds * draw(st.integers(0, 3)))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(stories(), max_size=6), st.none() | TEXTS, st.integers(0, 5))
def test_no_digest_is_more_than_discord_takes(found, topic, page):
    answer = replace(digest_answer(Digest(topic, tuple(found), 9, 3, 9)), id=7)
    for card in (overview_card(answer, SERVER), lines_card(answer, page) if found else None):
        if card is not None:
            assert len(words_on(card)) <= MAX_TEXT
            assert sum(1 for _ in card.walk_children()) <= MAX_COMPONENTS
            assert "<@1>" not in words_on(card)


def test_both_sides_stand_under_what_they_disagree_on():
    old, new = cited(1, "It cost 1.2 million."), cited(2, "It cost 1.4 million.")
    odds = Disagreement("figures", (old, new), ("1.2 million", "1.4 million"))
    answer = digest_answer(Digest(None, (Story(new, (new.article, old.article), (odds,)),), 2, 0, 2))
    words = words_on(overview_card(answer, SERVER))
    assert "**2 articles from 1 source: a.example**\n> “It cost 1.4 million.” [[1]]" in words
    assert "**They disagree: 1.2 million or 1.4 million?**\n> “It cost 1.2 million.” [[2]]" in words
    assert words.index("“It cost 1.4 million.” [[1]]", words.index("1.2 million or")) > 0
    assert "[[2]](<https://a.example/#:~:text=It%20cost%201.2%20million.>) · 2 Jun 2026" in words


def test_every_line_is_on_one_of_the_pages():
    found = tuple(
        Story(line, (line.article,)) for line in (cited(n, f"Bridge {n} fell.") for n in range(1, 11))
    )
    answer = replace(digest_answer(Digest("bridges", found, 10, 0, 10)), id=7)
    pages = "\n".join(words_on(lines_card(answer, page)) for page in range(-(-10 // LINES)))
    assert all(f"“Bridge {number} fell.”" in pages for number in range(1, 11))


def test_every_article_is_named_once_below_the_lines():
    report = cited(1, "It fell.", title="The fall")
    again = Citation(2, report.article, Span(9, 17), "It broke.")
    found = tuple(Story(line, (line.article,)) for line in (report, again))
    card = overview_card(replace(digest_answer(Digest(None, found, 2, 0, 2)), id=7), SERVER)
    assert words_on(card).count("The fall") == 1
    assert "-# **1, 2** [The fall](<https://a.example/>) · a.example · 2 Jun 2026" in words_on(card)


def test_further_lines_do_not_repeat_those_above():
    found = tuple(
        Story(line, (line.article,)) for line in (cited(n, f"Bridge {n} fell.") for n in range(1, 11))
    )
    answer = replace(digest_answer(Digest("bridges", found, 10, 0, 10)), id=7)
    further = words_on(lines_card(answer, 1))
    shown = [number for number in range(1, 11) if f"“Bridge {number} fell.”" in further]
    assert shown == [5, 6, 7, 8]
    assert "Lines 5 to 8 of 10" in further


def test_a_removed_article_leaves_a_word_instead_of_its_line():
    line = cited(1, "It fell.")
    answer = digest_answer(Digest(None, (Story(line, (line.article,)),), 1, 0, 1))
    words = words_on(lines_card(replace(answer, citations=()), 0))
    assert "That article and its words were removed" in words


def test_articles_that_were_not_read_are_counted():
    line = cited(1, "It fell.")
    answer = digest_answer(Digest(None, (Story(line, (line.article,)),), 1, 40, 41))
    assert "40 older articles were not read" in words_on(overview_card(answer, SERVER))


@pytest.mark.parametrize(
    ("answer", "dated", "words"),
    [
        (
            digest_answer(Digest("x", (), 0, 0, 3)),
            False,
            "nothing about this in the 3 articles of this server",
        ),
        (timeline_answer(Timeline("x", (), 3)), True, "no dated sentence about this"),
        (digest_answer(Digest(None, ())), False, "library is empty"),
    ],
)
def test_finding_nothing_is_said(answer, dated, words):
    assert words in words_on(overview_card(answer, SERVER, dated=dated))


def test_a_timeline_says_its_dates_as_exactly_as_they_are_known():
    line = cited(1, "It fell in March.")
    answer = timeline_answer(Timeline("x", (Dated(date(2026, 3, 1), "month", "in March", line),), 1))
    assert "**Mar 2026 (“in March”)**" in words_on(overview_card(answer, SERVER))
