"""No text of an article, however long or hostile, makes a card that Discord refuses."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from discord.ui import TextDisplay
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.context import Place
from bot.formatting.cards import MAX_COMPONENTS, MAX_TEXT
from bot.views.answer import answer_card
from bot.views.answer_details import (
    QUOTES_PAGE,
    Cited,
    found_quotations_card,
    on_page,
    passage_card,
    quotes_card,
    sources_card,
    spoken_card,
)
from bot.views.articles import added_card, list_card
from bot.views.help import Subject, help_card
from bot.views.more import more_card
from bot.views.quotes import sayings_card, words_card
from bot.views.reports import FAULTS, REPORTS_PAGE, hidden_answer_notice, hidden_card, reports_card
from bot.views.summary import summary_answer, summary_card
from retrieval.domain.answers import Answer, Citation, Context, Statement, Summary
from retrieval.domain.articles import Added, Article, ArticleId, Hit, Passage, PassageId
from retrieval.domain.quotes import Difference, Quotation, Sayings, Wording, WordsCheck
from retrieval.domain.records import Report
from retrieval.domain.spans import Span

pytestmark = pytest.mark.slow

SERVER = Place("guild:1", is_server=True)
SIZES = st.sampled_from([0, 1, 40, 100, 400, 2_000, 6_000])
FILLINGS = st.sampled_from(["word ", "*", "[a](b) ", "見", "<@1> ", "a\n", "\u200b"])
TEXTS = st.builds(lambda filling, size: (filling * (size // len(filling) + 1))[:size], FILLINGS, SIZES)
ADDRESSES = st.sampled_from([None, "https://a.example/", "https://a.example/" + "x" * 480, "bad"])


def make_article(number, text, url):
    return Article(
        id=ArticleId(number),
        collection=SERVER.collection,
        public_id=text or "a1",
        title=text,
        author=text,
        site=text,
        url=url,
        published=date(2024, 1, 1),
        added_at=datetime(2024, 1, 1, tzinfo=UTC),
        language=None,
        digest=str(number),
        chars=1,
    )


@st.composite
def answers(draw):
    articles = [
        make_article(number, draw(TEXTS), draw(ADDRESSES)) for number in range(draw(st.integers(1, 8)))
    ]
    citations, statements, hits = [], [], []
    for number in range(1, draw(st.integers(1, 14)) + 1):
        article = articles[number % len(articles)]
        citations.append(Citation(number, article, Span(number, number + 1), draw(TEXTS)))
        statements.append(Statement(draw(TEXTS), (number,)))
        hits.append(Hit(Passage(PassageId(number), article.id, Span(0, 9)), article, draw(TEXTS), 0.0))
    return Answer(
        question=draw(TEXTS),
        statements=tuple(statements),
        citations=tuple(citations),
        nearest=tuple(hits),
        notes=(draw(TEXTS),) * draw(st.integers(0, 2)),
        library_size=10**6,
        id=10**17,
    )


def check(card):
    texts = [item.content for item in card.walk_children() if isinstance(item, TextDisplay)]
    assert sum(map(len, texts)) <= MAX_TEXT
    assert all(texts)
    assert card.total_children_count <= MAX_COMPONENTS
    card.to_components()


@given(answers())
@settings(max_examples=60, deadline=None)
def test_answers_fit(answer):
    check(answer_card(answer, SERVER))
    check(answer_card(replace(answer, statements=(), citations=()), SERVER))
    check(found_quotations_card(answer))


@given(answers(), TEXTS, st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_words_and_sayings_fit(answer, text, changed, quoted):
    parts = (Difference("same", text), Difference("only asked", text), Difference("only there", "b"))
    wordings = tuple(
        Wording(one.article, one.span, text, one.span, quoted, text, parts if changed else (), (text, text))
        for one in answer.citations[:5]
    )
    check(words_card(WordsCheck(text, wordings, 10**6, 10**6), answer))
    check(words_card(WordsCheck(text, (), 0, 0), answer))
    quotations = tuple(Quotation(one.article, one.span, text, text) for one in answer.citations)
    check(sayings_card(Sayings(text, quotations), answer))
    check(sayings_card(Sayings(text, (), (text,) * 40), answer))


@given(answers(), TEXTS, st.sampled_from([None, 10**17]))
@settings(max_examples=60, deadline=None)
def test_summaries_fit(answer, text, offer):
    article = answer.citations[0].article
    summary = Summary(article, answer.statements, answer.citations, (text,), 10**6)
    check(summary_card(replace(summary_answer(summary, text), id=answer.id), summary, offer=offer))


@given(answers(), st.integers(0, 999), TEXTS)
@settings(max_examples=60, deadline=None)
def test_pages_fit(answer, page, around):
    context = Context(around, around, around, current=False)
    cited = [
        Cited(one, context) for one in answer.citations[on_page(page, len(answer.citations), QUOTES_PAGE)]
    ]
    check(quotes_card(answer, cited, page, {1: True, 2: False}))
    check(passage_card(answer, cited[0]))
    check(sources_card(answer, page))
    check(spoken_card(answer, page))


@given(TEXTS, ADDRESSES, st.integers(0, 999))
@settings(max_examples=40, deadline=None)
def test_cards_of_the_library_fit(text, url, page):
    article = make_article(1, text, url)
    check(list_card([article] * 10, page, 10_000, SERVER))
    check(added_card(Added(article, 3, "added", (text, text)), SERVER))


@pytest.mark.parametrize("place", [SERVER, Place("user:1", is_server=False)])
@pytest.mark.parametrize("subject", get_args(Subject))
def test_help_fits(place, subject):
    check(help_card(place, subject, needed="the role " + "x" * 100, reads_messages=True))


def test_what_does_not_fit_is_said():
    article = make_article(1, "Title", None)
    words = "Many words follow each other here. " * 12
    citations = tuple(Citation(number, article, Span(number, number + 1), words) for number in range(1, 15))
    statements = tuple(Statement(words, (one.number,)) for one in citations)
    card = answer_card(Answer("Why?", statements, citations, library_size=1, id=1), SERVER)
    text = "\n".join(item.content for item in card.walk_children() if isinstance(item, TextDisplay))
    shown = text.count("Many words follow each other here. Many")
    assert 0 < shown < 14 * 12
    assert "more sentences: press Quotes." in text


@given(answers(), st.lists(TEXTS, max_size=2))
@settings(max_examples=60, deadline=None)
def test_longer_answers_fit(answer, questions):
    longer = replace(answer, statements=answer.statements * 2, follow_ups=tuple(questions))
    check(more_card(longer, answer))
    check(more_card(answer, answer))


@given(TEXTS, TEXTS, st.sampled_from(sorted(FAULTS)), st.booleans(), st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_reports_fit(question, words, fault, hides, count):
    link = f"https://discord.com/channels/{10**18}/{10**18}/{10**18}"
    when = datetime(2026, 1, 2, tzinfo=UTC)
    report = Report(10**17, 10**17, question, str(10**18), fault, words, link, when, hides)
    check(reports_card([report] * REPORTS_PAGE, 0, count + REPORTS_PAGE))
    check(hidden_answer_notice(report, words))
    check(hidden_card(report))
