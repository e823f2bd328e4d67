"""The words of a sentence that say something, as summaries compare them."""

from retrieval.text import COMPOUND, load_words, summary_stem

_STOP = load_words("stop_words", "summaries")


def terms_of(sentence: str) -> frozenset[str]:
    """Return the stems of a sentence's words, without those that say little."""
    found = map(summary_stem, COMPOUND.findall(sentence))
    return frozenset(word for word in found if len(word) > 2 and word not in _STOP)
