from dataclasses import replace
from datetime import date

import pytest
from reports import report

from retrieval.domain.answers import Citation
from retrieval.domain.digests import Story, format_approximate_date, format_source_count
from retrieval.domain.spans import Span


def story(*known):
    articles = tuple(replace(report(n, "It fell.")[0], **one) for n, one in enumerate(known, 1))
    return Story(Citation(1, articles[0], Span(0, 8), "It fell."), articles)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ([{}], "1 source"),
        ([{}, {}], "2 independent sources"),
        ([{"source": 7}, {"source": 7}], "2 articles of 1 source"),
        ([{"site": "A"}, {"site": "a"}, {"site": "B"}], "3 articles of 2 independent sources"),
        ([{"site": "A"}, {"site": "B", "source": 7}, {"site": "A", "source": 7}], "3 articles of 1 source"),
    ],
)
def test_copies_and_articles_of_one_site_are_one_source(known, said):
    assert format_source_count(story(*known)) == said


def test_a_date_is_said_no_more_exactly_than_it_is_known():
    day = date(2026, 6, 1)
    assert [format_approximate_date(day, one) for one in ("day", "week", "month", "year")] == [
        "1 Jun 2026",
        "week of 1 Jun 2026",
        "Jun 2026",
        "2026",
    ]
