"""The choice among candidates."""

import numpy as np

from retrieval.summaries.candidates import Candidate
from retrieval.summaries.coverage import Coverage, best_alone
from retrieval.summaries.salience import Salience

WEIGHTS = {"bridge": 3.0, "ferry": 2.0, "toll": 2.0, "crack": 1.0}


def salience_of(terms: list[set[str]], lengths: list[int] | None) -> Salience:
    return Salience(
        terms=[frozenset(present) for present in terms],
        weights=WEIGHTS,
        subjects=frozenset(),
        bonuses=[0.0] * len(terms),
        lengths=lengths or [10] * len(terms),
        parts=[0] * len(terms),
        part_worth=0.0,
    )


def coverage(terms: list[set[str]], *, lengths: list[int] | None = None, members=None) -> Coverage:
    salience = salience_of(terms, lengths)
    candidates = [Candidate(one) for one in members or [(at,) for at in range(len(terms))]]
    return Coverage(candidates, salience, salience.bonuses)


def chosen(of: Coverage, limit: float, barred: tuple[int, ...] = (), size: int = 3) -> list[int]:
    flags = np.zeros(size, dtype=bool)
    flags[list(barred)] = True
    return np.flatnonzero(of.choose(limit, flags)).tolist()


def test_what_was_told_is_not_told_again():
    terms = [{"bridge", "ferry"}, {"bridge", "ferry", "crack"}, {"toll", "bridge"}]
    assert chosen(coverage(terms), 20) == [1, 2]


def test_two_sentences_that_say_the_same_are_not_shown_together():
    terms = [{"bridge", "ferry", "toll"}, {"bridge", "ferry", "toll", "crack"}]
    assert chosen(coverage(terms), 100, size=2) == [1]


def test_no_more_words_than_fit():
    of = coverage([{"bridge"}, {"ferry"}, {"toll"}], lengths=[10, 8, 4])
    assert chosen(of, 13) == [1, 2]
    assert chosen(of, 3) == []


def test_the_barred_are_not_chosen():
    assert chosen(coverage([{"bridge"}, {"ferry"}, {"toll"}]), 10, barred=(0, 1)) == [2]


def test_a_sentence_brings_what_it_needs():
    of = coverage([{"crack"}, {"bridge", "toll"}, {"ferry"}], members=[(0,), (0, 1), (2,)])
    assert chosen(of, 20) == [0, 1]


def test_the_best_alone_are_worth_most_a_word():
    terms = [{"bridge"}, {"ferry"}, {"toll"}]
    candidates = [Candidate((at,)) for at in range(3)]
    found = best_alone(candidates, salience_of(terms, [30, 5, 10]), [0.0] * 3, 2)
    assert [one.members for one in found] == [(1,), (2,)]
