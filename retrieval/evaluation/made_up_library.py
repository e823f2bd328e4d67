"""Libraries of any size for the benchmark: texts with the word statistics of prose, vectors at random.

Encoding 100,000 passages takes hours on two cores and says nothing about search, so only the shapes
and types of the vectors are real. The texts are sentences of sample articles in a new order, every
second long word exchanged for an invented one; invented words are as unevenly frequent as real ones,
because the full-text search pays for frequent words.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from retrieval.domain import NewArticle, Span
from retrieval.protocols import Encoded, Encoder
from retrieval.runtime import complete
from retrieval.search import fingerprint_of, note_fingerprint
from retrieval.storage import ArticleStore, NewPassage, passage_rows
from retrieval.text import sentences

COLLECTION = "default"
PASSAGES_AN_ARTICLE = 10
SENTENCES_A_PASSAGE = 6
TOKENS_A_PASSAGE = 150
LONG_WORD = 6
WORDS = 30_000
_SYLLABLES = ("ba", "cor", "den", "fil", "gra", "hu", "jin", "kel", "lom", "mar", "nos", "pri", "tes", "vul")


class Texts:
    """Makes articles, the same ones for the same seed."""

    def __init__(self, sources: list[str], seed: int = 7) -> None:
        self._sentences = [span.of(text) for text in sources for span in sentences(text)]
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self._words = ["".join(self._random.choices(_SYLLABLES, k=3)) for _ in range(WORDS)]
        self._weights = np.cumsum(1.0 / np.arange(1, WORDS + 1)).tolist()

    def sentence(self) -> str:
        """Return one sentence."""
        words = self._random.choice(self._sentences).split()
        invented = self._random.choices(self._words, cum_weights=self._weights, k=len(words))
        return " ".join(
            new if len(old) >= LONG_WORD and old.isalpha() and self._random.random() < 0.5 else old
            for old, new in zip(words, invented, strict=True)
        )

    def passages(self, count: int) -> list[str]:
        """Return paragraphs, each as long as a passage."""
        return [" ".join(self.sentence() for _ in range(SENTENCES_A_PASSAGE)) for _ in range(count)]

    def question(self) -> str:
        """Return a question with the words of one sentence."""
        return f"What is known about {' '.join(self.sentence().rstrip('.').split()[:12])}?"


def read_sources(path: Path) -> list[str]:
    """Return the texts of a folder of Markdown articles, or of a JSONL file."""
    if path.is_dir():
        return [file.read_text("utf-8").split("\n---\n", 1)[-1] for file in sorted(path.glob("*.md"))]
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def build_library(folder: Path, passages: int, texts: Texts, encoder: Encoder) -> None:
    """Write a library of that many passages through the store."""
    store = ArticleStore(folder)
    vectors = _vectors(encoder)
    note_fingerprint(store, fingerprint_of(encoder))
    for at in range(0, passages, PASSAGES_AN_ARTICLE):
        parts = texts.passages(min(PASSAGES_AN_ARTICLE, passages - at))
        new = NewArticle("\n\n".join(parts), title=f"Article {at // PASSAGES_AN_ARTICLE + 1}", language="en")
        written, start = [], 0
        for part in parts:
            written.append(NewPassage(Span(start, start + len(part)), next(vectors)))
            start += len(part) + 2
        store.insert(COLLECTION, new, complete(passage_rows(new, written)), [])
    store.close()


def _vectors(encoder: Encoder) -> Iterator[Encoded]:
    """Yield random unit vectors of the encoder's shapes and types."""
    generator = np.random.default_rng(7)
    tokens = None
    if encoder.token_dimension:
        many = generator.standard_normal((200 * TOKENS_A_PASSAGE, encoder.token_dimension)).astype(np.float32)
        many /= np.linalg.norm(many, axis=1, keepdims=True)
        tokens = np.rint(many * 127).astype(np.int8)
    while True:
        vector = generator.standard_normal(encoder.dimension).astype(np.float32)
        part = None
        if tokens is not None:
            begin = int(generator.integers(0, len(tokens) - TOKENS_A_PASSAGE))
            part = tokens[begin : begin + TOKENS_A_PASSAGE]
        yield Encoded(vector / np.linalg.norm(vector), part)
