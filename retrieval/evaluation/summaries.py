"""Compare methods of summarizing, by key facts and by ROUGE.

    python -m retrieval.evaluation.summaries DATA SCORERS [--words 45,65,100] [--embeddings] [--read N]

DATA holds ``people/keyfacts.jsonl`` and ``news_summaries/*.jsonl``, SCORERS ``people_texts.py``,
``people_summaries.py`` and ``summaries.py`` (which needs the package rouge-score). Every method
chooses among the same units and fills the same words, so that only the choice differs. ``--embeddings``
adds those that need the encoder (minutes); ``--read N`` prints N of Footnote's own summaries.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.domain import Span
from retrieval.evaluation.measures import rows_of, sample
from retrieval.structure import read_structure
from retrieval.summaries import Unit, choose_sentences, find_units, pieces_of, terms_of
from retrieval.text import sentences

ARTICLES_OF_A_SET = 100
FULL, EXCESS = 0.92, 1.2
DAMPING, STEPS = 0.85, 40
SHOWN = 0.7
"""Weight of the rank beside redundancy in MMR."""

Summarize = Callable[[str, int], list[Span]]


@dataclass(frozen=True, slots=True)
class Article:
    """What the methods look at."""

    spans: list[Span]
    units: list[Unit]
    lengths: list[int]
    near: Any
    """Cosines of the sentences, by tf-idf or by vectors."""


class Reader:
    """Reads articles once for all methods."""

    def __init__(self, encode: Callable[[list[str]], Any] | None = None) -> None:
        self._encode = encode
        self._read: dict[str, Article] = {}

    def __call__(self, text: str) -> Article:
        """Return an article read; the same one the next time."""
        if text not in self._read:
            spans = pieces_of(text, sentences(text))
            words = [span.of(text) for span in spans]
            near = self._encode(words) if self._encode else tf_idf(words)
            self._read[text] = Article(
                spans,
                find_units(text, spans, read_structure(text)),
                [len(one.split()) for one in words],
                near,
            )
        return self._read[text]


def tf_idf(texts: Sequence[str]) -> Any:
    """Return the cosine of each two texts."""
    terms = [terms_of(text) for text in texts]
    places = {term: at for at, term in enumerate(sorted(set().union(*terms)))} if terms else {}
    rarity = Counter(term for present in terms for term in present)
    vectors = np.zeros((len(texts), max(1, len(places))))
    for at, present in enumerate(terms):
        for term in present:
            vectors[at, places[term]] = math.log1p(len(texts) / rarity[term])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors @ vectors.T


def fill(article: Article, words: int, gain: Callable[[Unit, set[int]], float]) -> list[Span]:
    """Take the unit with the greatest gain until the words are used up."""
    chosen: set[int] = set()
    used = 0
    while used < FULL * words:
        fits = []
        for unit in article.units:
            size = sum(article.lengths[at] for at in unit.members if at not in chosen)
            if size and used + size <= (EXCESS if chosen else 1.5) * words:
                fits.append((gain(unit, chosen), unit))
        if not fits:
            break
        unit = max(fits, key=lambda pair: pair[0])[1]
        chosen.update(unit.members)
        used = sum(article.lengths[at] for at in chosen)
    return [article.spans[at] for at in sorted(chosen)]


def lead(read: Reader) -> Summarize:
    """The first sentences that can be read alone."""
    return lambda text, words: fill(read(text), words, lambda unit, _: -unit.members[0])


def lexrank(read: Reader) -> Summarize:
    """LexRank (Erkan and Radev 2004) with maximal marginal relevance (Carbonell and Goldstein 1998)."""

    def summarize(text: str, words: int) -> list[Span]:
        article = read(text)
        links = article.near - np.diag(np.diag(article.near))
        links = links / np.maximum(links.sum(axis=1, keepdims=True), 1e-9)
        rank = np.ones(len(links)) / len(links)
        for _ in range(STEPS):
            rank = (1 - DAMPING) / len(links) + DAMPING * (rank @ links)
        rank = rank / rank.max()

        def gain(unit: Unit, chosen: set[int]) -> float:
            at = unit.members[-1]
            said = max((article.near[at, other] for other in chosen), default=0.0)
            return float(SHOWN * rank[at] - (1 - SHOWN) * said)

        return fill(article, words, gain)

    return summarize


def facility_location(read: Reader) -> Summarize:
    """Each sentence of the text near one of the summary, for what it costs in words (Lin and Bilmes 2011)."""

    def summarize(text: str, words: int) -> list[Span]:
        article = read(text)

        def gain(unit: Unit, chosen: set[int]) -> float:
            said = article.near[list(chosen)].max(axis=0) if chosen else 0.0
            more = np.maximum(article.near[list(unit.members)].max(axis=0) - said, 0.0).sum()
            return float(more) / math.sqrt(sum(article.lengths[at] for at in unit.members))

        return fill(article, words, gain)

    return summarize


def footnote(text: str, words: int) -> list[Span]:
    """Footnote's own."""
    return choose_sentences(text, sentences(text), words=words)


def encoder_cosines() -> Callable[[list[str]], Any]:
    """Return the cosines by the bundled encoder, above their usual level."""
    from retrieval.encoders import load_encoder

    encoder = load_encoder("bundled", models_dir=None, threads=2, direct=True)

    def encode(texts: list[str]) -> Any:
        vectors = np.array([one.vector for one in encoder.encode_passages(texts)])
        cosines = vectors @ vectors.T
        usual = float(np.quantile(cosines, 0.3))
        return np.clip((cosines - usual) / max(1 - usual, 1e-9), 0.0, 1.0)

    return encode


def measure(data: Path, scorers: Path, work: Path, methods: dict[str, Summarize], words: list[int]) -> None:
    """Print the key facts for each length, and ROUGE-1 at the references' own lengths."""
    subprocess.run([sys.executable, scorers / "people_texts.py", work], check=True, capture_output=True)  # noqa: S603 - named on the command line
    articles = rows_of(work / "people.jsonl")
    for name, summarize in methods.items():
        sys.stdout.write(f"== {name}\n")
        for count in words:
            made = [(row["id"], row["text"], summarize(row["text"], count)) for row in articles]
            lines = _run(
                scorers / "people_summaries.py",
                data / "people" / "keyfacts.jsonl",
                _written(work / "summaries.jsonl", made),
                "--articles",
                work / "people.jsonl",
            )
            sys.stdout.write(f"{count:4} words: {' '.join(lines[-2:])}\n")
        for file in sorted((data / "news_summaries").glob("*.jsonl")):
            rows = sample(rows_of(file), ARTICLES_OF_A_SET)
            kept = work / file.name
            kept.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
            made = [
                (row["id"], row["article"], summarize(row["article"], len(row["references"][0].split())))
                for row in rows
            ]
            lines = _run(scorers / "summaries.py", kept, _written(work / "summaries.jsonl", made))
            found = next((line for line in lines if line.startswith("predictions")), lines[-1])
            sys.stdout.write(f"{file.stem}: {found}\n")
        sys.stdout.flush()


def _written(path: Path, made: Sequence[tuple[str, str, list[Span]]]) -> Path:
    rows = [{"id": key, "summary": [span.of(text) for span in spans]} for key, text, spans in made]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def _run(*command: Path | str) -> list[str]:
    ran = subprocess.run(  # noqa: S603 - the scorer that was named on the command line
        [sys.executable, *map(str, command)], capture_output=True, text=True, check=False
    )
    return (ran.stdout + ran.stderr).strip().splitlines() or ["nothing was printed"]


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("scorers", type=Path)
    parser.add_argument("--words", default="45,65,100")
    parser.add_argument("--embeddings", action="store_true")
    parser.add_argument("--read", type=int, default=0)
    arguments = parser.parse_args()
    words = [int(count) for count in arguments.words.split(",")]
    read = Reader()
    methods: dict[str, Summarize] = {
        "lead": lead(read),
        "LexRank and MMR, tf-idf": lexrank(read),
        "facility location, tf-idf": facility_location(read),
        "Footnote": footnote,
    }
    if arguments.embeddings:
        encoded = Reader(encoder_cosines())
        methods["LexRank and MMR, encoder"] = lexrank(encoded)
        methods["facility location, encoder"] = facility_location(encoded)
    with tempfile.TemporaryDirectory() as work:
        measure(arguments.data, arguments.scorers, Path(work), methods, words)
        for row in rows_of(Path(work) / "people.jsonl")[: arguments.read]:
            sys.stdout.write(f"\n{row['id']}\n")
            for span in footnote(row["text"], words[0]):
                sys.stdout.write(f"  {span.of(row['text'])}\n")


if __name__ == "__main__":
    main()
