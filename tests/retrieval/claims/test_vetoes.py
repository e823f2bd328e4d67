"""Which veto keeps a sentence from supporting a claim, and how often each fired."""

import logging

import pytest

from retrieval.claims.entailment import LIGHT, Source, Veto, judge, veto_counts
from retrieval.claims.structure import Difference
from retrieval.domain.claims import Verdict
from retrieval.text.stemming import root
from retrieval.text.word_lists import load_pairs

pytestmark = pytest.mark.models  # parses

CASES = [
    (Veto.MISSING_WORDS, "The council approved the second pier.", ["The council approved the pier."], ""),
    (
        Veto.MOSTLY_TITLE,
        "The council approved the second pier of Orrin.",
        ["Orrin stands."],
        "The council approved the second pier",
    ),
    (Veto.ADDED, "Russia had asked us for more time.", ["Russia had asked for more time."], ""),
    (
        Veto.MISSING_NUMBER,
        "The motion passed by 11 votes to 4.",
        ["The motion passed by 11 votes."],
        "The motion that 4 opposed",
    ),
    (Veto.MISSING_NAME, "The old pier at Place was opened.", ["The old pier was opened."], ""),
    (
        Veto.HEDGE,
        "Ten of the forty applicants were admitted.",
        ["No more than ten of the forty applicants were admitted."],
        "",
    ),
    (Veto.FRAME, "Berg won the race.", ["Berg hopes that he won the race."], ""),
    (Veto.ORDER, "Hall B was closed in the evening.", ["Hall A was closed in the evening."], "Hall B"),
    (
        Veto.OTHER_SUBJECT,
        "The bridge was closed in March.",
        ["The bridge opened in May.", "It opened, and the road was closed in March."],
        "",
    ),
    (
        Veto.PRONOUN,
        "Oracle was fined 9 million dollars in May.",
        ["Microsoft sued Oracle over the patent.", "It was fined 9 million dollars in May."],
        "",
    ),
    (Veto.DENIAL, "A pier was built in Orrin in 1907.", ["No pier was built in Orrin in 1907."], ""),
    (Veto.QUESTION, "The council sold the pier.", ["Council sold the pier?"], ""),
    (
        Veto.CONDITION,
        "The ship reached the harbor in the evening.",
        ["The ship reached the harbor in the evening, provided it sailed."],
        "",
    ),
    (
        Veto.OMISSION,
        "The mayor opened the bridge in May.",
        ["The zorbish mayor opened the bridge in May."],
        "",
    ),
    (
        Veto.TAKEN_BACK,
        "A witness identified Drago.",
        ["A witness identified Drago when she was shown photographs, but later said she had been mistaken."],
        "",
    ),
]


def fired(claim, sentences, title=""):
    """Return the verdict, and how often each veto fired for it."""
    before = veto_counts()
    judged = judge(claim, [Source(one, title) for one in sentences])
    return judged.verdict, veto_counts() - before


BY_TREES = {Veto.ROLES, Veto.SUBORDINATE}
"""Held against what the other vetoes let pass, of which no case is known; tried in ``test_structure.py``."""


def test_every_other_veto_has_a_case():
    assert [veto for veto, *_ in CASES] == [veto for veto in Veto if veto not in BY_TREES]


@pytest.mark.parametrize(("veto", "claim", "sentences", "title"), CASES)
def test_the_first_veto_of_a_sentence_is_counted(veto, claim, sentences, title):
    verdict, counts = fired(claim, sentences, title)
    assert verdict is not Verdict.SUPPORTED
    assert counts[veto] >= 1


def test_a_sentence_against_which_several_speak_counts_for_the_first():
    _, counts = fired("Berg sold 40 boats.", ["Did Holm never sell 41 houses if asked?"])
    assert set(counts) == {Veto.MISSING_WORDS}


def test_nothing_is_counted_when_a_sentence_supports_the_claim():
    verdict, counts = fired("The council closed the pier.", ["The council of Orrin closed the pier in May."])
    assert verdict is Verdict.SUPPORTED
    assert not counts


def test_the_log_names_the_veto_and_nothing_of_the_texts(caplog):
    with caplog.at_level(logging.DEBUG, logger="retrieval.claims.entailment"):
        judge("The council approved the second pier.", [Source("The council approved the pier.")])
    assert caplog.messages
    differences = {f"The sentence's tree differs: {one}" for one in Difference}
    assert set(caplog.messages) <= {f"Veto: {veto}" for veto in Veto} | differences
    assert f"Veto: {Veto.MISSING_WORDS}" in caplog.messages


def test_the_counts_are_a_copy():
    veto_counts()[Veto.QUESTION] += 1_000_000
    assert veto_counts()[Veto.QUESTION] < 1_000_000


def test_no_word_that_a_source_may_lack_has_an_opposite():
    """Such a word could turn a claim round without any veto."""
    assert not LIGHT & {root(word) for pair in load_pairs("antonyms", "pairs") for word in pair}
