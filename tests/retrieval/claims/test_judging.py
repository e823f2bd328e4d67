"""When a sentence supports a claim, when it denies it, and when it does neither."""

import re
from pathlib import Path

import pytest

from retrieval.claims.entailment import Source, judge, sources_in
from retrieval.domain.claims import Verdict

pytestmark = pytest.mark.models  # parses

SAMPLES = sorted((Path(__file__).parents[3] / "bot" / "demo" / "articles").glob("*.md"))
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
WAS = re.compile(r"\b(was|were) (?!not\b)")


def verdict(claim, *sentences):
    return judge(claim, [Source(one) for one in sentences]).verdict


def sample_sentences():
    """Yield each sentence of the sample articles with all sentences of its article."""
    for path in SAMPLES:
        text = path.read_text(encoding="utf-8").split("---", 2)[2]
        _, sources = sources_in(text, "")
        for source in sources:
            yield source.text, sources


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The council approved the second pier.", "The council rejected the second pier."),
        ("The council approves the second pier.", "The council did not approve the second pier."),
        ("The second pier was never opened to ships.", "The second pier was opened to ships."),
        ("The old pier survived the great flood.", "The old pier did not survive the great flood."),
        ("No pier was built in Orrin in 1907.", "A pier was built in Orrin in 1907."),
        ("The council did not reject the second pier.", "The council rejected the second pier."),
        ("Der Rat genehmigte den zweiten Pier.", "Der Rat genehmigte den zweiten Pier nicht."),
        ("The keeper of the lighthouse is 61 years old.", "The keeper of the lighthouse is 58 years old."),
    ],
)
def test_what_turns_a_claim_round_contradicts_it(claim, sentence):
    assert verdict(claim, sentence) is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (
            "Berg will sail with the crew for the race at Orrin.",
            "Berg was not fined and will sail with the crew for the race at Orrin.",
        ),
        (
            "Holm entered the harbor through a side gate.",
            "Holm entered the harbor through a side gate for pilots, who are not asked for a pass.",
        ),
        (
            "The crew must take risks in the race at Orrin.",
            "The crew must not be afraid to take risks in the race at Orrin.",
        ),
        (
            "The keeper was told by the council to close the gate.",
            "The keeper was told by the council to close the gate and did not ask why.",
        ),
        (
            "A stranger had never won the race at Orrin.",
            "A stranger had never seen the race at Orrin, and nobody would help him.",
        ),
        (
            "The council approved the second pier.",
            "The council did not reject the second pier.",
        ),
        (
            "Ships may pass the second pier at Orrin.",
            "Ships pass the second pier at Orrin; the first pier ships do not pass.",
        ),
    ],
)
def test_a_denial_of_something_else_contradicts_nothing(claim, sentence):
    assert verdict(claim, sentence) is not Verdict.CONTRADICTED


@pytest.mark.parametrize("torn", ["1, 056 ships", "$ 1, 056"])
def test_a_number_written_with_a_space_is_the_whole_one(torn):
    whole, half = torn.replace(", ", ","), torn.replace("1, ", "")
    said = f"The harbor of Orrin took {torn} in."
    assert verdict(f"The harbor of Orrin took {whole} in.", said) is Verdict.SUPPORTED
    assert verdict(f"The harbor of Orrin took {half} in.", said) is not Verdict.SUPPORTED


def test_what_was_rejected_was_not_approved():
    assert verdict("The council did not approve the pier.", "The council rejected the pier.") is (
        Verdict.SUPPORTED
    )


def test_what_was_not_approved_may_not_have_been_rejected():
    assert verdict("The council rejected the pier.", "The council did not approve the pier.") is (
        Verdict.NOT_FOUND
    )


def test_a_verb_in_another_time_says_something_else():
    assert verdict("The council approves the pier of Orrin.", "The council approved the pier of Orrin.") is (
        Verdict.NOT_FOUND
    )


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The human pilots came to Orrin.", "The humane pilots came to Orrin."),
        ("The final race began at Orrin.", "The finale race began at Orrin."),
    ],
)
def test_another_word_with_an_e_is_another_word(claim, sentence):
    assert verdict(claim, sentence) is Verdict.NOT_FOUND


def test_sentences_of_one_article_do_not_contradict_each_other():
    wrong = [
        text
        for text, sources in sample_sentences()
        if judge(text, [one for one in sources if one.text != text]).verdict is Verdict.CONTRADICTED
    ]
    assert wrong == []


def test_every_sentence_of_an_article_that_is_long_enough_is_never_contradicted_by_it():
    verdicts = [judge(text, sources).verdict for text, sources in sample_sentences()]
    assert Verdict.CONTRADICTED not in verdicts
    assert verdicts.count(Verdict.SUPPORTED) >= 0.85 * len(verdicts)


@pytest.mark.parametrize(
    ("pattern", "edit", "least_caught"),
    [
        (YEAR, lambda found: str(int(found[0]) - 3), 0.6),
        (WAS, lambda found: f"{found[1]} not ", 0.6),
    ],
    ids=["another year", "a not"],
)
def test_an_edited_sentence_is_never_supported_and_mostly_contradicted(pattern, edit, least_caught):
    edited = [
        (pattern.sub(edit, text), sources)
        for text, sources in sample_sentences()
        if len(pattern.findall(text)) == 1 and " not " not in text
    ]
    verdicts = [judge(claim, sources).verdict for claim, sources in edited]
    assert len(verdicts) >= 15
    assert Verdict.SUPPORTED not in verdicts
    assert verdicts.count(Verdict.CONTRADICTED) >= least_caught * len(verdicts)
