"""Small real stand-ins for the models, so that tests need none of them and are exact."""

import hashlib
import re
from contextlib import asynccontextmanager

import numpy as np

from retrieval.protocols import Encoded
from retrieval.settings import load_settings
from retrieval.wiring import open_librarian

WORD = re.compile(r"\w+")


class WordHashEncoder:
    """Each word is a random direction, the same one every time; a text is their mean."""

    name = "word-hash"
    dimension = 64
    token_dimension = 64

    def count_tokens(self, texts):
        return [len(WORD.findall(text)) for text in texts]

    def encode_query(self, text):
        return self.encode_passages([text])[0]

    def encode_passages(self, texts):
        return [self._encode(text) for text in texts]

    def _encode(self, text):
        words = WORD.findall(text.lower()) or ["?"]
        tokens = np.stack([self._direction(word) for word in words])
        mean = tokens.mean(axis=0)
        return Encoded(
            (mean / np.linalg.norm(mean)).astype(np.float32), np.rint(tokens * 127).astype(np.int8)
        )

    def _direction(self, word):
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4])
        vector = np.random.default_rng(seed).standard_normal(self.dimension)
        return vector / np.linalg.norm(vector)


class SharedWordsReranker:
    """A text's score is the share of the question's long words it holds, from -6 to 6."""

    name = "shared-words"

    def scores(self, question, texts):
        wanted = {word for word in WORD.findall(question.lower()) if len(word) > 3}
        shares = [len(wanted & set(WORD.findall(text.lower()))) / max(1, len(wanted)) for text in texts]
        return np.array([12 * share - 6 for share in shares], dtype=np.float32)


@asynccontextmanager
async def small_library(folder, *, pages=None, **settings):
    """Open a librarian with the stand-ins; *pages* fetches and extracts in place of the network."""
    async with open_librarian(
        load_settings(data_dir=folder, **settings),
        load_encoder=WordHashEncoder,
        load_reranker=SharedWordsReranker,
        fetcher=pages,
        extractor=pages,
    ) as librarian:
        yield librarian
