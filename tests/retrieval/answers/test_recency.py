"""The value in force stands first."""

from dataclasses import replace
from datetime import date

import pytest

from retrieval.answers.candidates import candidates_of
from retrieval.answers.evidence import Evidence
from retrieval.answers.parts import Parts
from retrieval.answers.recency import newest_first
from retrieval.domain.articles import ArticleId, Hit, NewArticle, Passage, PassageId
from retrieval.domain.spans import Span
from retrieval.storage import unstored_article
from retrieval.structure import read_structure

CHANGES = """3.1.0 – 2025-11-27

- The default port is now 8140.

3.0.0 – 2025-06-02

- The default port is 8080.
- Windows 8 is no longer supported.
"""


def evidence_of(text, published=None, number=1, title="Changes"):
    article = unstored_article(NewArticle(text, title=title, published=published), "c")
    article = replace(article, id=ArticleId(number))
    hit = Hit(Passage(PassageId(number), article.id, Span(0, len(text))), article, text, 1.0)
    return [
        Evidence(article, one.span, one.core, one.text, 1.0, one)
        for one in candidates_of(hit, text, Parts(read_structure(text)), [])
    ]


def texts_of(chosen):
    return [one.text.strip("- ") for one in chosen]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What is the default port?", "The default port is now 8140."),
        ("What was the default port of 3.0.0?", "The default port is 8080."),
    ],
)
def test_the_newest_entry_stands_first_unless_another_is_named(question, first):
    evidence = evidence_of(CHANGES)
    older = [one for one in evidence if "8080" in one.text]
    shown = newest_first(question, older, evidence, structure_of=lambda _: read_structure(CHANGES))
    assert texts_of(shown)[0] == first
    assert "The default port is 8080." in texts_of(shown)


@pytest.mark.parametrize(
    ("title", "first"), [("Fares", "The ticket costs 9 euros."), ("Museum", "The ticket costs 7 euros.")]
)
def test_only_an_article_of_the_same_title_is_newer(title, first):
    texts = {1: "The ticket costs 7 euros.", 2: "The ticket costs 9 euros."}
    older = evidence_of(texts[1], date(2024, 1, 1), 1, "Fares")
    newer = evidence_of(texts[2], date(2026, 1, 1), 2, title)
    shown = newest_first(
        "What does the ticket cost?",
        older,
        [*older, *newer],
        structure_of=lambda article: read_structure(texts[article]),
    )
    assert texts_of(shown)[0] == first
