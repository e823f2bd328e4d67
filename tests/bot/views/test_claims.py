"""The card of checked claims."""

from bot.views.claims import _VERDICTS, SIGNS
from retrieval.domain.claims import Verdict


def test_every_verdict_has_a_sign_and_words():
    assert set(SIGNS) == set(_VERDICTS) == set(Verdict)
    assert len(set(SIGNS.values())) == len(Verdict)
