"""Sentences that say less than an article's, or its words put otherwise: carried, or made up.

``carried.txt`` and ``not_carried.txt`` hold sentences of articles at the margin, each followed by
claims that share nearly all of its words.
"""

from itertools import groupby
from pathlib import Path

import pytest

from retrieval.support import judge, sources_in
from retrieval.verdicts import Verdict


def pairs(name):
    """Return each claim of a file with the sentence that it stands under."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    sentence, all_pairs = "", []
    for is_claim, found in groupby(lines, key=lambda line: line.startswith(" ")):
        if is_claim:
            all_pairs += [(line.strip(), sentence) for line in found]
        else:
            sentence = list(found)[-1]
    return all_pairs


def verdict(claim, text):
    _, sources = sources_in(text, "")
    return judge(claim, sources).verdict


@pytest.mark.parametrize(("claim", "text"), pairs("not_carried.txt"))
def test_what_a_sentence_does_not_say_is_never_supported_by_it(claim, text):
    assert verdict(claim, text) is not Verdict.SUPPORTED


@pytest.mark.parametrize(("claim", "text"), pairs("carried.txt"))
def test_what_a_sentence_says_in_fewer_words_is_supported_by_it(claim, text):
    assert verdict(claim, text) is Verdict.SUPPORTED
