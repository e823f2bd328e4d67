"""Recognizes questions about a whole article, such as "tl;dr?" and "is it worth reading?".

Two things make such a question: it has no word of its own that could be looked up, and the encoder finds it
more like the examples of such questions in ``retrieval/data/vague_questions.toml`` than like ordinary ones
in the same words. Examples rather than a threshold, so that it works with any encoder. With the bundled one
it recognizes 60 of 62 phrasings, and 33 of 40 that were written after the examples; of 217 ordinary questions
in everyday words it takes 3 for such (now among the examples), of 696 others about articles none.
"""

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from retrieval.nlp import PREPOSITIONS
from retrieval.protocols import Encoder, Vector
from retrieval.text import (
    STOP_WORDS,
    content_words,
    is_latin,
    load_groups,
    load_words,
    stem,
    word_set,
    words_of,
)

_EXAMPLES = load_groups("vague_questions", "examples")
_GENRES = frozenset(map(stem, load_words("vague_questions", "genres")))
_MADE_OF = (
    frozenset(stem(word) for example in _EXAMPLES["whole"] for word in words_of(example))
    | frozenset(map(stem, load_words("vague_questions", "fillers")))
    | _GENRES
)
_CONTRACTION = re.compile(r"(?:(?<!ca)n['’]t|(?<=can)['’]t|['’](?:s|re|ve|ll|d|m))\b")
_NAMED = load_words("vague_questions", "named")
_PART = re.compile(r"[^.,;:?!]+(?:[.,;:](?=\S)[^.,;:?!]*)*")
_ASKER = re.compile(
    r"(?:^\s*|\b(?:{subordinators})\s+)(?:{asker})\b.*".format(
        subordinators="|".join(map(re.escape, load_words("vague_questions", "subordinators"))),
        asker="|".join(map(re.escape, load_words("vague_questions", "asker"))),
    ),
    re.IGNORECASE,
)
_BETWEEN = word_set("a about an called from how in of on s that the this titled when why")
"""Words between what an article is called and its name."""
MAX_VAGUE_WORDS = 16
"""A longer question says what it wants."""
_NEIGHBORS = 3
"""Examples of each kind that a question is compared with."""


class VagueQuestions:
    """Tells questions about a whole article from others. Belongs to the lane."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def is_vague(self, question: str) -> bool:
        """Tell whether a question without words of its own is about a whole article.

        Only in Latin letters, as the examples are: the encoder finds words of other scripts alike. Encodes
        the examples at the first call, some 1 s with the bundled encoder.
        """
        return is_latin(question) and self.margin(question) > 0.0

    def margin(self, question: str) -> float:
        """Return how much nearer the examples of vague questions are than the others, as a cosine."""
        encoded = self._encoder.encode_query(_plain(question)).vector
        whole, part = (_nearest(encoded, examples) for examples in self._examples)
        return whole - part

    @cached_property
    def _examples(self) -> tuple[Vector, Vector]:
        """Vectors of the examples of either kind, each of shape ``(examples, dimension)``."""
        whole, part = (
            np.stack([self._encoder.encode_query(_plain(example)).vector for example in _EXAMPLES[kind]])
            for kind in ("whole", "part")
        )
        return whole, part


def without_asker(question: str) -> str:
    """Return a question without what those who ask say of themselves, if what is left speaks of reading.

    "Is this worth reading if I don't work there? What's in it?" asks about a whole article although "work"
    can be looked up. "What happens if I miss the ferry?" does not, so only clauses beside a word such as
    "read" or "gist" are left out; a question without any is returned as it is.
    """
    parts = [_ASKER.sub("", part).strip() for part in _PART.findall(question.replace("’", "'"))]
    rest = ". ".join(filter(None, parts))
    return rest if rest and names_genre(rest) and own_words(rest) != own_words(question) else question


def says_something(question: str) -> bool:
    """Tell whether a question has a word that questions about a whole article have, not just others."""
    return any(word in STOP_WORDS or stem(word) in _MADE_OF for word in words_of(question.lower()))


def own_words(question: str) -> list[str]:
    """Return the words of a question that questions about a whole article do not have, in order."""
    words = content_words(_CONTRACTION.sub("", question.lower()))
    return [
        word
        for word in words
        if (len(word) > 1 or word.isdigit()) and word not in STOP_WORDS and stem(word) not in _MADE_OF
    ]


def names_genre(question: str) -> bool:
    """Tell whether a question speaks of an article as such, or of its summary: "this piece", "the gist"."""
    return not _GENRES.isdisjoint(map(stem, words_of(question)))


def names_article(question: str, name: Sequence[str]) -> bool:
    """Tell whether the words *name* call an article by its subject, as in "the bridge story"."""
    if not names_genre(question):
        return False
    if not (PREPOSITIONS | {"behind"}).isdisjoint(name):  # "the story behind the name"
        return False
    words = words_of(question)
    places = [at for at, word in enumerate(words) if word in name]
    if not places:
        return False
    first, behind = places[0], places[-1] + 1
    while first > 0 and words[first - 1] in _BETWEEN:
        first -= 1
    return (behind < len(words) and words[behind] in _NAMED) or (first > 0 and words[first - 1] in _NAMED)


def asks_about(question: str, name: Sequence[str]) -> bool:
    """Tell whether a question says more of an article with the words *name* in its title than "what is"."""
    rest = [word for word in words_of(question) if word not in name]
    return "about" in rest or any(word not in STOP_WORDS for word in rest)


def without_name(question: str, name: Sequence[str]) -> str:
    """Return a question with "article" for the words of *name*, from the first to the last of them."""
    words = "|".join(map(re.escape, name))
    span = re.compile(rf"\b(?:{words})\b(?:.*\b(?:{words})\b)?", re.IGNORECASE)
    return span.sub("article", question, count=1)


def _plain(question: str) -> str:
    """Return a question as its examples are compared: in lower case, without marks."""
    return " ".join(question.lower().replace("’", "'").strip(" ?!.").split())


def _nearest(vector: Vector, examples: Vector) -> float:
    """Return the mean cosine of the nearest examples."""
    return float(np.sort(examples @ vector)[-_NEIGHBORS:].mean())
