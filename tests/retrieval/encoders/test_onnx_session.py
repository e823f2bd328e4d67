"""The bundled models without sentence-transformers: the same numbers, and nothing of torch."""

import subprocess
import sys

import numpy as np
import pytest

from retrieval.encoders.encoder import load_encoder
from retrieval.encoders.reranker import load_reranker

pytestmark = pytest.mark.models

QUESTION = "Who led the works?"
TEXTS = [
    "The engineer Maria Brandt led the works.",
    "The river rises in the western hills. " * 30,
    "",
    "Der Hafen wurde 1931 vertieft.",
    "東京は日本の首都です。",
    "a",
    *(
        f"In {year} the harbor was deepened by {year % 7} meters" + ", again" * (year % 11)
        for year in (1931, 1935, 1944, 1948)
    ),
    "word " * 600,
]


def both(load):
    return (load("bundled", models_dir=None, threads=1, direct=direct) for direct in (False, True))


def test_vectors_are_equal_bit_for_bit():
    slow, direct = both(load_encoder)
    assert direct.name == slow.name
    for one, other in zip(slow.encode_passages(TEXTS), direct.encode_passages(TEXTS), strict=True):
        assert np.array_equal(one.vector, other.vector)
        assert np.array_equal(one.tokens, other.tokens)
    for text in TEXTS:
        one, other = slow.encode_query(text), direct.encode_query(text)
        assert np.array_equal(one.vector, other.vector)
        assert np.array_equal(one.tokens, other.tokens)


def test_logits_are_equal_bit_for_bit():
    slow, direct = both(load_reranker)
    assert direct.name == slow.name
    for question in (QUESTION, "When was the harbor deepened?", ""):
        assert np.array_equal(slow.scores(question, TEXTS), direct.scores(question, TEXTS))
    assert direct.scores(QUESTION, []).shape == (0,)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("library")
    article = folder / "harbor.md"
    article.write_text(
        "# The harbor\n\nThe harbor was deepened in 1931. “It was high time,” said Maria "
        "Brandt, the engineer. "
        "The town paid for the works, which took two years and cost it dearly.\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "retrieval", "add", str(article), "--data", str(folder / "data")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "data"


def modules_after(library, *command):
    """Run a command in a process of its own; return the heavy modules it imported, and what it printed."""
    code = (
        "import sys; sys.argv = ['retrieval', *sys.argv[1:]]\n"
        "from retrieval.cli import app\n"
        "try: app()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "names = {'torch', 'transformers', 'sentence_transformers', 'onnxruntime', 'aiohttp', 'sklearn'}\n"
        "names |= {'py3langid', 'datasketch', 'trafilatura', 'openai', 'lxml', 'retrieval.llm'}\n"
        "names |= {'retrieval.claims', 'retrieval.digests', 'retrieval.quotes', 'retrieval.summaries'}\n"
        "names |= {'faiss', 'babel', 'pydantic_settings', 'tokenizers'}\n"
        "heavy = names & set(sys.modules)\n"
        "print(*sorted(heavy), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command, "--data", str(library)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split()), done.stdout


@pytest.mark.parametrize(
    "command", [("ask", "When was the harbor deepened?"), ("search", "What were the harbor works?")]
)
def test_asking_once_imports_no_torch(library, command):
    heavy, printed = modules_after(library, *command)
    assert "1931" in printed
    assert heavy == {"onnxruntime", "tokenizers"}


@pytest.mark.parametrize(
    ("command", "needed"),
    [
        (("list",), set()),
        (("show", "a1"), set()),
        (("summarize", "a1"), {"retrieval.summaries"}),
        (("quotes",), {"retrieval.quotes"}),
    ],
)
def test_reading_the_library_loads_no_model(library, command, needed):
    heavy, printed = modules_after(library, *command)
    assert "harbor" in printed
    assert heavy == needed
