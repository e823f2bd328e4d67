from dataclasses import replace

import pytest
from fake_librarian import FakeLibrarian

from bot.formatting.article_lines import independent, places
from retrieval.domain.answers import Citation
from retrieval.domain.spans import Span


def article(source, copies=0, site=None):
    made = FakeLibrarian().put("c", site=site)
    return replace(made, id=source * 10 + copies, source=source, copies=copies)


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        ([article(1)], "1 source"),
        ([article(1, 1)], "1 source with 1 copy"),
        ([article(1, 5), article(1, 5)], "1 source with 5 copies"),
        ([article(1), article(2)], "2 independent sources"),
        ([article(1, 5), article(2)], "2 independent sources, one with 5 copies"),
        ([article(1, 5), article(2, 1), article(3)], "3 independent sources, 2 with 6 copies"),
        ([article(1, site="Gazette"), article(2, site="gazette")], "2 articles from 1 source"),
        ([article(1, site="Gazette"), article(2, site="Herald")], "2 independent sources"),
    ],
)
def test_reprints_of_one_text_and_articles_of_one_site_are_one_source(articles, said):
    assert independent(articles) == said


def test_pages_of_documents_and_times_of_recordings_are_named_once():
    paged, plain = replace(FakeLibrarian().put("c"), page_starts=(0, 10, 20)), FakeLibrarian().put("c")
    on_pages = [Citation(1, paged, Span(start, start + 1), "w") for start in (21, 2, 3)]
    at_times = [Citation(1, plain, Span(0, 1), "w", time) for time in ("12:40", "", "12:40")]
    assert places(on_pages) == " · p. 1, 3"
    assert places(at_times) == " · at 12:40"
    assert places(at_times[1:2]) == ""
