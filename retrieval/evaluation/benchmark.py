"""Measure speed, memory and size of libraries of several sizes, as ratios that hold on any machine.

    python -m retrieval.evaluation.benchmark [--sizes 1000,10000,100000] [--texts FILE.jsonl]

Each time stands beside the cost of the bare encoder, measured in turns with it in the same process,
because another machine, or a busy one, slows both. Start-up and memory are those of one
``ask`` in a process of its own, beside a process that only imports sentence-transformers.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from retrieval.domain import NewArticle
from retrieval.evaluation.made_up_library import COLLECTION, Texts, build_library, read_sources
from retrieval.indexing import encode_in_slices, ingest
from retrieval.librarian import Resources, answer_from_library, search_library
from retrieval.protocols import Encoder, Reader, Reranker
from retrieval.search import encoded_text, passage_spans
from retrieval.settings import load_settings
from retrieval.storage import FILE_NAME
from retrieval.text import sentences
from retrieval.wiring import model_loaders, reader_loader

SAMPLES = Path(__file__).parents[2] / "bot" / "demo" / "articles"
MB = 1_000_000
ASK_EVERY = 5
"""Questions searched for each one that is also answered: the cross-encoder is slow."""

_LAUNCHER = """
import os, subprocess, sys, time
started = time.perf_counter()
process = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - started, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Starts the process that is measured. In between, because Linux counts a parent's memory as its child's."""

Loaders = tuple[Callable[[], Encoder], Callable[[], Reranker]]


@dataclass(frozen=True, slots=True)
class Process:
    """What a process of its own took."""

    seconds: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Measured:
    """One column of the table. Times in seconds, one for each run."""

    passages: int
    encoding: list[float]
    searching: list[float]
    asking: list[float]
    database_bytes: int
    index_bytes: int
    importing: Process | None
    one_shot: Process | None


def measure_size(
    folder: Path,
    passages: int,
    texts: Texts,
    loaders: Loaders,
    *,
    questions: int,
    processes: int,
    load_reader: Callable[[], Reader] | None = None,
) -> Measured:
    """Build a library of that many passages in *folder*, and measure it."""
    load_encoder, load_reranker = loaders
    resources = Resources(
        load_settings(data_dir=folder),
        load_encoder=load_encoder,
        load_reranker=load_reranker,
        load_reader=load_reader,
    )
    build_library(folder, passages, texts, resources.encoder)
    encoding, searching, asking = _question_times(resources, texts, questions)
    resources.close()
    shots = [_ask_once(folder, texts.question()) for _ in range(processes)]
    imports = [run_process("-c", "import sentence_transformers") for _ in range(processes)]
    return Measured(
        passages,
        encoding,
        searching,
        asking,
        (folder / FILE_NAME).stat().st_size,
        sum(file.stat().st_size for file in (folder / "index").glob("*.faiss")),
        _typical(imports),
        _typical(shots),
    )


def measure_import(folder: Path, texts: Texts, loaders: Loaders, *, articles: int) -> float:
    """Return the seconds of the bare encoder as a share of the whole import's, for the same passages.

    The median over the articles; which of the two goes first changes from one to the next.
    """
    resources = Resources(load_settings(data_dir=folder), load_encoder=loaders[0], load_reranker=loaders[1])
    encoder = resources.encoder
    encoder.encode_passages(texts.passages(5))  # the first ones are slow
    shares = []
    for number in range(articles):
        new = NewArticle("\n\n".join(texts.passages(5)), title=f"Measured {number}", language="en")
        spans = passage_spans(new.text, sentences(new.text), encoder.count_tokens)
        read = [encoded_text(new, span) for span in spans]
        adding = ingest(
            new,
            collection=COLLECTION,
            store=resources.store,
            searcher=resources.searcher,
            encoder=encoder,
            max_articles=articles + 1,
        )
        calls: dict[str, Callable[[], object]] = {
            # In the slices of an import: one large batch is padded more, and slower.
            "bare": partial(list, encode_in_slices(read, encoder)),
            "whole": partial(list, adding),
        }
        order = ("bare", "whole") if number % 2 else ("whole", "bare")
        seconds = {name: _seconds(calls[name]) for name in order}
        shares.append(seconds["bare"] / seconds["whole"])
    resources.close()
    return statistics.median(shares)


def table(measured: Sequence[Measured], import_share: float) -> str:
    """Return the Markdown table."""
    rows = [
        ("", *(f"{one.passages:,} passages" for one in measured)),
        ("---", *("---:" for _ in measured)),
        ("Encoding a question, p50", *(f"{_p50(one.encoding) * 1e3:.1f} ms" for one in measured)),
    ]
    for name, field in (("Search", "searching"), ("Answer", "asking")):
        for share, at in (("p50", _p50), ("p95", _p95)):
            rows.append((f"{name}, {share}", *(_ratio(getattr(m, field), m.encoding, at) for m in measured)))
    rows += [
        (
            "One-shot `ask`, of importing sentence-transformers",
            *(_over(m.one_shot, m.importing) for m in measured),
        ),
        ("Peak memory of that `ask`", *(_memory(m.one_shot) for m in measured)),
        ("Index file", *(f"{m.index_bytes / MB:,.1f} MB" for m in measured)),
        ("Database", *(f"{m.database_bytes / MB:,.1f} MB" for m in measured)),
        ("Import, speed as a share of the bare encoder's", *(f"{import_share:.0%}" for _ in measured)),
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def run_process(*arguments: str) -> Process:
    """Run Python with *arguments* and return what it took.

    Raises:
        RuntimeError: It failed.
    """
    ran = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", _LAUNCHER, *arguments], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise RuntimeError(f"python {' '.join(arguments)} failed: {ran.stderr}")
    seconds, peak = ran.stdout.split()
    return Process(float(seconds), int(peak) * (1 if sys.platform == "darwin" else 1024))


def _question_times(
    resources: Resources, texts: Texts, questions: int
) -> tuple[list[float], list[float], list[float]]:
    asked = [texts.question() for _ in range(questions)]
    encoding, searching, asking = [], [], []
    search = partial(search_library, resources, collection=COLLECTION, limit=10)
    ask = partial(answer_from_library, resources, collection=COLLECTION)
    ask(asked[0])  # loads the models and the index
    for at, question in enumerate(asked):
        encoding.append(_seconds(partial(resources.encoder.encode_query, question)))
        searching.append(_seconds(partial(search, question)))
        if at % ASK_EVERY == 0:
            asking.append(_seconds(partial(ask, question)))
    return encoding, searching, asking


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _ask_once(folder: Path, question: str) -> Process:
    return run_process("-m", "retrieval", "ask", question, "--data", str(folder))


def _typical(runs: Sequence[Process]) -> Process | None:
    if not runs:
        return None
    return Process(statistics.median(one.seconds for one in runs), max(one.peak_bytes for one in runs))


def _p50(times: Sequence[float]) -> float:
    return statistics.median(times)


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


def _ratio(times: Sequence[float], encoding: Sequence[float], at: Callable[[Sequence[float]], float]) -> str:
    return f"{at(times) * 1e3:.1f} ms, {at(times) / _p50(encoding):.1f} × encoding"


def _over(one: Process | None, other: Process | None) -> str:
    return f"{one.seconds:.1f} s, {one.seconds / other.seconds:.2f} ×" if one and other else "–"


def _memory(process: Process | None) -> str:
    return f"{process.peak_bytes / 1e9:.2f} GB" if process else "–"


def main() -> None:
    """Parse the command line, measure, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="1000,10000,100000", help="passages, separated by commas")
    parser.add_argument("--texts", type=Path, default=SAMPLES, help="JSONL, or a folder of Markdown")
    parser.add_argument("--questions", type=int, default=50)
    parser.add_argument("--processes", type=int, default=3, help="runs of each process; 0: none")
    parser.add_argument("--articles", type=int, default=20, help="articles imported, of five paragraphs")
    arguments = parser.parse_args()
    loaders = model_loaders(load_settings())
    texts = Texts(read_sources(arguments.texts))
    measured = []
    with tempfile.TemporaryDirectory() as temporary:
        share = measure_import(Path(temporary, "import"), texts, loaders, articles=arguments.articles)
        for size in (int(size) for size in arguments.sizes.split(",")):
            sys.stderr.write(f"Measuring {size:,} passages …\n")
            measured.append(
                measure_size(
                    Path(temporary, str(size)),
                    size,
                    texts,
                    loaders,
                    questions=arguments.questions,
                    processes=arguments.processes,
                    load_reader=reader_loader(load_settings()),
                )
            )
    sys.stdout.write(table(measured, share))


if __name__ == "__main__":
    main()
