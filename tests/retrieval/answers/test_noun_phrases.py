import pytest

from retrieval.answers.noun_phrases import noun_phrases


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("Who built the Lower Fenwick footbridge?", ["the Lower Fenwick footbridge"]),
        ("How was smallpox wiped out?", []),
        ("What did Ada Berg say about the harbor?", ["Ada Berg", "the harbor"]),
        ("When did Tambora erupt?", ["Tambora"]),
        ("When did Harrison invent H4?", ["Harrison", "H4"]),
        ("Why did the Lower Fenwick footbridge collapse?", ["the Lower Fenwick footbridge"]),
        ("When did the harbor of Port Elgin flood the town?", ["the harbor of Port Elgin", "the town"]),
        ("How can Ada Berg help?", ["Ada Berg"]),
        ("What about the second one?", []),
        ("When was it?", []),
    ],
)
def test_phrases_end_before_verbs_and_prepositions(question, phrases):
    assert [one.text for one in noun_phrases(question)] == phrases
