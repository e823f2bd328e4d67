"""The measurements themselves: each prints its figures as it goes."""

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from retrieval.cli.json_rows import answer_row, ranked_ids
from retrieval.domain import Answer, Filters, NewArticle
from retrieval.errors import BadQuestion
from retrieval.librarian import Librarian, answer_from_library, search_library
from retrieval.sources import read_first_line

SAMPLE = 400
SEED = 20_261_123
SPEED_SAMPLE = 100
RANKED = 100


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Read a JSONL file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def sample(rows: Sequence[dict[str, Any]], size: int = SAMPLE) -> list[dict[str, Any]]:
    """Return always the same *size* rows."""
    chosen = list(rows)
    random.Random(SEED).shuffle(chosen)  # noqa: S311 - a fixed sample, not a secret
    return chosen[:size]


async def fill(librarian: Librarian, collection: str, rows: Sequence[dict[str, Any]]) -> None:
    """Import articles unless the collection has them; known ones cost little."""
    for row in rows:
        author, published = read_first_line(row["text"])
        await librarian.articles.add(
            NewArticle(
                row["text"],
                title=row.get("title", ""),
                author=author,
                published=published,
                given_id=str(row.get("id") or row["_id"]),
            ),
            collection=collection,
        )


async def ask(librarian: Librarian, collection: str, question: str) -> Answer:
    """Ask; a question that is refused as a question counts as not answered."""
    try:
        return await librarian.answers.ask(question, collection=collection)
    except BadQuestion:
        return Answer(question=question)


async def measure_answers(librarian: Librarian, folder: Path, scorers: Path, work: Path) -> None:
    """Right answers, citations and refusals, with all sentences shown and with only the first."""
    articles = folder / "passages.jsonl"
    collection = folder.name
    await fill(librarian, collection, rows_of(articles))
    every = rows_of(folder / "questions.jsonl")
    questions = [
        *sample([q for q in every if q["answerable"]]),
        *sample([q for q in every if not q["answerable"]]),
    ]
    answers, firsts, shown = [], [], []
    for question in questions:
        answer = await ask(librarian, collection, question["question"])
        row = {"id": question["id"], **answer_row(answer)}
        answers.append(row)
        firsts.append({**row, "text": "", "citations": row["citations"][:1]})
        shown.append(len(answer.statements))
    work.mkdir(parents=True, exist_ok=True)
    _write(work / f"{collection}.questions.jsonl", questions)
    for name, rows in (("answers", answers), ("first", firsts)):
        _write(work / f"{collection}.{name}.jsonl", rows)
        sys.stdout.write(f"-- {'all sentences shown' if name == 'answers' else 'only the first sentence'}\n")
        _score(
            scorers / "answers.py",
            work / f"{collection}.questions.jsonl",
            work / f"{collection}.{name}.jsonl",
            "--articles",
            articles,
        )
    answered = [count for count in shown if count]
    if answered:
        sys.stdout.write(f"statements an answer: {statistics.mean(answered):.2f}, at most {max(answered)}\n")


async def measure_absent(librarian: Librarian, folder: Path) -> None:
    """Hold half of the titles out: their questions must be refused, the others answered."""
    articles = rows_of(folder / "passages.jsonl")
    asked = sorted({q["article_id"] for q in rows_of(folder / "questions.jsonl")})
    out = set(asked[::2])
    await fill(librarian, "absent", [row for row in articles if row["id"] not in out])
    answerable = [q for q in rows_of(folder / "questions.jsonl") if q["answerable"]]
    for absent in (True, False):
        questions = sample([q for q in answerable if (q["article_id"] in out) == absent])
        found = [(await ask(librarian, "absent", q["question"])).found for q in questions]
        share = sum(found) / len(found)
        said = "refused" if absent else "answered"
        sys.stdout.write(
            f"{'absent' if absent else 'present'} titles: {said} {1 - share if absent else share:.4f} "
            f"of {len(found)}\n"
        )
        sys.stdout.flush()


async def measure_search(librarian: Librarian, folder: Path, scorers: Path, work: Path) -> None:
    """Ranking of articles, beside plain BM25 on the same words in the same run."""
    collection = folder.name
    await fill(librarian, collection, rows_of(folder / "corpus.jsonl"))
    queries = sample(rows_of(folder / "queries.jsonl"))
    wanted = {str(query["_id"]) for query in queries}
    qrels = (folder / "qrels.tsv").read_text("utf-8").splitlines()
    work.mkdir(parents=True, exist_ok=True)
    kept = [qrels[0], *(line for line in qrels[1:] if line.split("\t")[0] in wanted)]
    (work / f"{collection}.qrels.tsv").write_text("\n".join(kept) + "\n", "utf-8")
    ours, words = [], []
    for query in queries:
        hits = await librarian.answers.search(query["text"], collection=collection, limit=RANKED)
        ours.append({"id": query["_id"], "ranked": ranked_ids(hits)[:RANKED]})
        words.append({"id": query["_id"], "ranked": await _by_words(librarian, collection, query["text"])})
    for name, rows in (("footnote", ours), ("bm25", words)):
        _write(work / f"{collection}.{name}.jsonl", rows)
        sys.stdout.write(f"-- {name}\n")
        run = work / f"{collection}.{name}.jsonl"
        _score(scorers / "retrieval.py", work / f"{collection}.qrels.tsv", run)


async def measure_speed(librarian: Librarian, folder: Path) -> None:
    """Times as ratios in one run, over the collection that ``scifact`` filled."""
    resources = librarian.resources
    collection = folder.name
    queries = [q["text"] for q in sample(rows_of(folder / "queries.jsonl"), SPEED_SAMPLE)]
    encoding = await _median(librarian, queries, resources.encoder.encode_query)
    searching = await _median(
        librarian,
        queries,
        lambda q: search_library(resources, q, collection=collection, limit=10),
    )
    asking = await _median(
        librarian, queries, lambda q: answer_from_library(resources, q, collection=collection)
    )
    texts = [row["text"] for row in sample(rows_of(folder / "corpus.jsonl"), SPEED_SAMPLE)]
    started = time.perf_counter()
    for text in texts:
        await librarian.articles.add(NewArticle(text, title="Measured"), collection=f"speed-{time.time_ns()}")
    importing = time.perf_counter() - started
    started = time.perf_counter()
    resources.encoder.encode_passages([f"Measured. {text}" for text in texts])
    bare = time.perf_counter() - started
    sys.stdout.write(
        f"encoding a question {encoding * 1000:.1f} ms\n"
        f"search / encoding the question: {searching / encoding:.2f}\n"
        f"ask / search: {asking / searching:.2f}\n"
        f"import / bare encoder: {importing / bare:.2f}\n"
    )


async def _median(librarian: Librarian, queries: Sequence[str], call: Any) -> float:
    times = []
    for query in queries:
        started = time.perf_counter()
        call(query)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


async def _by_words(librarian: Librarian, collection: str, query: str) -> list[str]:
    found = librarian.resources.searcher.search(
        query, collection=collection, articles=RANKED, filters=Filters(), words_only=True
    )
    return ranked_ids(found)[:RANKED]


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def _score(*command: Path | str) -> None:
    ran = subprocess.run(  # noqa: S603 - the scorer that was named on the command line
        [sys.executable, *map(str, command)], capture_output=True, text=True, check=False
    )
    sys.stdout.write(ran.stdout + ran.stderr)
    sys.stdout.flush()
