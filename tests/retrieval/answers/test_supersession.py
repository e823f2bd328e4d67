"""What corrects or amends a sentence."""

from datetime import UTC, date, datetime

import pytest

from retrieval.answers import add_context
from retrieval.citations import Draft
from retrieval.domain import Article, ArticleId, Hit, Passage, PassageId, Span
from retrieval.structure import read_structure

RULES = (
    "Bylaw on market stalls\n\nSection 2\n\nA stall may be 3 metres wide.\n\nSection 3\n\n"
    "(1) Stalls open at six.\n(2) Stalls close at noon.\n\nSection 4\n\nThe fee is 12 crowns a day."
)
CHANGES = (
    "The council of Orsa has amended the bylaw on market stalls.\n\n"
    "- In Section 2 the words “3 metres” become “4 metres”.\n- Section 3 paragraph 2 is deleted.\n\n"
    "The mayor was absent."
)
REPORT = "The hall opened on Sunday. The roof of the hall cost nine million crowns. It leaks."
CORRECTION = (
    "In “Concert hall opens” we wrote that the roof of the hall cost nine million crowns. "
    "It cost seven million."
)
TITLES = {
    1: "Bylaw on market stalls",
    2: "Council changes the bylaw on market stalls",
    3: "Concert hall opens",
}
TEXTS = {1: RULES, 2: CHANGES, 3: REPORT, 4: CORRECTION}
DATES = {1: date(2020, 1, 1), 2: date(2025, 1, 1), 3: date(2025, 2, 1), 4: date(2025, 2, 8)}


def article(number, published=None):
    return Article(
        ArticleId(number), "c", f"a{number}", TITLES.get(number, "Corrections"), None, None, None,
        published or DATES[number], datetime(2026, 1, 1, tzinfo=UTC), "en", "d", 9,
    )  # fmt: skip


def shown(number, sentence, question="What did the roof of the hall cost?", **published):
    hits = []
    for other, text in TEXTS.items():
        span = Span(0, len(text))
        found = article(other, published.get(f"a{other}"))
        hits.append(Hit(Passage(PassageId(other), found.id, span), found, text, 1.0))
    start = TEXTS[number].index(sentence)
    draft = Draft(article(number), Span(start, start + len(sentence)), sentence)
    found = add_context(
        question,
        [draft],
        text_of=TEXTS.__getitem__,
        structure_of=lambda one: read_structure(TEXTS[one]),
        hits=hits,
    )
    return [(one.article.id, one.text) for one in found]


@pytest.mark.parametrize(
    ("sentence", "change"),
    [
        ("A stall may be 3 metres wide.", "- In Section 2 the words “3 metres” become “4 metres”."),
        ("(2) Stalls close at noon.", "- Section 3 paragraph 2 is deleted."),
    ],
)
def test_an_amendment_stands_before_the_words_that_it_changes(sentence, change):
    assert shown(1, sentence) == [(2, change), (1, sentence)]


@pytest.mark.parametrize("sentence", ["(1) Stalls open at six.", "The fee is 12 crowns a day."])
def test_what_is_not_amended_stands_alone(sentence):
    assert shown(1, sentence) == [(1, sentence)]


def test_a_correction_stands_before_what_was_wrong():
    wrong = "The roof of the hall cost nine million crowns."
    [(first, said), second] = shown(3, wrong)
    assert (first, second) == (4, (3, wrong))
    assert said.startswith("In “Concert hall opens” we wrote")


def test_a_correction_of_what_was_not_asked_about_stands_behind_what_was():
    found = shown(3, "The roof of the hall cost nine million crowns.", question="Who sang on Sunday?")
    assert [article for article, _ in found] == [3, 4]


def test_an_older_article_corrects_nothing():
    wrong = "The roof of the hall cost nine million crowns."
    assert shown(3, wrong, a4=date(2024, 1, 1)) == [(3, wrong)]
