"""Laws of digests and timelines: whatever an article holds, every line is its exact words."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import report

from retrieval.digests.overview import story_of
from retrieval.digests.timeline import find_dated_sentences, in_order

pytestmark = pytest.mark.slow

SENTENCES = st.sampled_from(
    [
        "The council met on Thursday, 4 June, in the old mill.",
        "The bridge cost 1.4 million pounds in 2025.",
        "The bridge cost 1.9 million pounds in 2025.",
        "“The nine pounds were right all along,” the treasurer said yesterday.",
        "But she refused.",
        "MORE STORIES",
        "It was “never” opened\nin March 1991.",
        "Wer hat am 3. Mai gesprochen?",
        "見る。",
    ]
)
TEXTS = st.lists(SENTENCES, max_size=6).map(" ".join) | st.text(max_size=300)
DAYS = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TEXTS, DAYS), min_size=1, max_size=4))
def test_every_line_of_a_story_is_verbatim(found):
    reports = [report(number, text, day) for number, (text, day) in enumerate(found, 1)]
    texts = {article.id: text for article, text in reports}
    story = story_of([article for article, _ in reports], texts)
    if story is None:
        assert not any(text.strip() for text in texts.values())
        return
    for one in [story.line, *(side for odds in story.disagreements for side in odds.sides)]:
        assert one.span.of(texts[one.article.id]) == one.quote


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TEXTS, DAYS), max_size=4), st.sampled_from(["bridge", "council mill", "?"]))
def test_a_timeline_is_verbatim_and_in_order(found, topic):
    reports = [report(number, text, day) for number, (text, day) in enumerate(found, 1)]
    texts = {article.id: text for article, text in reports}
    timeline = in_order([one for a, text in reports for one in find_dated_sentences(a, text, topic=topic)])
    assert [one.day for one in timeline] == sorted(one.day for one in timeline)
    for one in timeline:
        assert one.citation.span.of(texts[one.citation.article.id]) == one.citation.quote
        assert one.words in one.citation.quote
