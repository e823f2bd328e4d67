"""The card of checked claims."""

import pytest

from bot.i18n import use_language
from bot.views.claims import _VERDICTS, SIGNS, _claim
from retrieval.domain.claims import Claim, Divergence, DivergenceKind, Verdict


def test_every_verdict_has_a_sign_and_words():
    assert set(SIGNS) == set(_VERDICTS) == set(Verdict)
    assert len(set(SIGNS.values())) == len(Verdict)


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_differs_stands_below_the_claim(language):
    differs = Divergence(DivergenceKind.NAME, "Holm")
    with use_language(language):
        shown = _claim(Claim("Holm left.", Verdict.UNCLEAR, divergence=differs))
    line = "What differs: the sentence does not name Holm"
    if language == "de":
        line = "Was abweicht: der Satz nennt Holm nicht"
    assert shown.splitlines()[-1] == f"-# {line}"


def test_words_at_odds_are_shown_once():
    differs = Divergence(DivergenceKind.DATE, "1912", "1907", excludes=True)
    shown = _claim(Claim("It fell in 1912.", Verdict.CONTRADICTED, (), ("1912", "1907"), differs))
    assert (shown.count("1907"), "differs" in shown) == (1, False)
