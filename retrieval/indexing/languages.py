"""Which languages the articles of a collection are in.

Most pages say theirs. Of those that do not, the beginnings of some are read: a few milliseconds.
"""

from collections import Counter

from retrieval.domain import Filters
from retrieval.storage import SearchReader
from retrieval.text import detect_language, primary

OPENINGS = 40
"""Articles whose text is read; their shares stand for all that do not say."""
OPENING_CHARS = 600
NEARLY_NONE = 0.05
"""Share of the articles in a language from which on a question in it is looked up as it is."""


def foreign_to(language: str, reader: SearchReader, collection: str, filters: Filters) -> str:
    """Return the language of most articles if (nearly) none is in *language*; else nothing.

    Raises:
        ArticleNotFound: The filters name something that is not here.
    """
    counts = _count_languages(reader, collection, filters)
    most = max(counts, key=lambda one: counts[one], default="")
    whole = sum(counts.values())
    if most in ("", language) or counts[language] > NEARLY_NONE * whole or 2 * counts[most] < whole:
        return ""
    return most


def _count_languages(reader: SearchReader, collection: str, filters: Filters) -> Counter[str]:
    """Return articles by language; those in none that is known are under the empty string."""
    counts: Counter[str] = Counter()
    silent = 0
    for tag, count in reader.languages(collection, filters).items():
        if tag:
            counts[primary(tag)] += count
        else:
            silent = count
    if silent:
        texts = reader.openings(collection, filters, limit=OPENINGS, chars=OPENING_CHARS)
        found = Counter(map(detect_language, texts))
        for language, count in found.items():
            counts[language] += round(silent * count / len(texts))
    return counts
