"""Measure whether sentences by machines about an article are told apart: supported by it, or not.

    python -m retrieval.evaluation.faithfulness DATA [--out FILE] [--misjudged]
    python -m retrieval.evaluation.faithfulness DATA --answers

DATA holds ``articles.jsonl`` (id, text) and ``samples.jsonl`` (id, set, article_id, text, label). A
sample counts as supported if the articles support each of its sentences. Printed for each set: the
balanced accuracy and both recalls. ``--misjudged`` prints what was called supported and is not, with
the words it was held to rest on: a mistake of the worst kind. FILE gets ``{"id", "label"}`` a line.

With ``--answers`` DATA holds ``passages.jsonl`` and ``questions.jsonl`` with ``long_answers`` by people:
as good as a draft can be. Printed: how many of their sentences the passage supports, and of how many
answers at least half, which is what the gate asks of a draft.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from retrieval.claims import Source, judge, sources_in
from retrieval.domain import Verdict
from retrieval.evaluation.measures import rows_of
from retrieval.llm import parse_draft
from retrieval.text import sentences


def is_supported(text: str, sources: Sequence[Source]) -> tuple[bool, list[str]]:
    """Return whether each sentence of a text is supported, and the words that support it."""
    before = ""
    behind: list[str] = []
    for span in sentences(text):
        claim = span.of(text)
        judgement = judge(claim, sources, before)
        if judgement.verdict is not Verdict.SUPPORTED:
            return False, behind
        behind += [sources[at].text for at in judgement.sources]
        before = claim
    return bool(behind), behind


def measure(data: Path, out: Path | None, *, misjudged: bool) -> None:
    """Judge all samples and print a line a set."""
    texts = {row["id"]: row["text"] for row in rows_of(data / "articles.jsonl")}
    sources = {key: sources_in(text, "")[1] for key, text in texts.items()}
    counts: dict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    lines = []
    for row in rows_of(data / "samples.jsonl"):
        found, behind = is_supported(row["text"], sources[row["article_id"]])
        counts[row["set"]][bool(row["label"]), found] += 1
        lines.append(json.dumps({"id": row["id"], "label": int(found)}))
        if misjudged and found and not row["label"]:
            sys.stdout.write(f"{row['set']}: {row['text']}\n    {' … '.join(behind)}\n")
    if out is not None:
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    for name, count in sorted(counts.items()):
        kept = _share(count[True, True], count[True, False])
        caught = _share(count[False, False], count[False, True])
        sys.stdout.write(
            f"{name}: {count.total()} samples, balanced accuracy {(kept + caught) / 2:.3f}, "
            f"supported kept {kept:.3f}, unsupported caught {caught:.3f}\n"
        )


def measure_answers(data: Path) -> None:
    """Hold one answer by people to each question against its passage, and print a line."""
    passages = {row["id"]: row for row in rows_of(data / "passages.jsonl")}
    answers = supported = total = enough = 0
    for row in rows_of(data / "questions.jsonl"):
        if not row.get("long_answers"):
            continue
        passage = passages[row["article_id"]]
        _, sources = sources_in(passage["text"], passage["title"])
        found, before = [], ""
        for sentence in parse_draft(row["long_answers"][0]):
            found.append(judge(sentence.text, sources, before).verdict is Verdict.SUPPORTED)
            before = sentence.text
        answers, total, supported = answers + 1, total + len(found), supported + sum(found)
        enough += bool(sum(found)) and 2 * sum(found) >= len(found)
    sys.stdout.write(
        f"{answers} answers by people: at least half carried {_share(enough, answers - enough):.2f}; "
        f"{total} sentences: carried {_share(supported, total - supported):.2f}\n"
    )


def _share(these: int, others: int) -> float:
    return these / (these + others) if these + others else 0.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(
        prog="python -m retrieval.evaluation.faithfulness",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--out", type=Path, metavar="FILE")
    parser.add_argument("--misjudged", action="store_true", help="print what was wrongly called supported")
    parser.add_argument("--answers", action="store_true", help="measure answers by people instead")
    chosen = parser.parse_args(arguments)
    needed = "questions.jsonl" if chosen.answers else "samples.jsonl"
    if not (chosen.data / needed).is_file():
        sys.exit(f"{chosen.data} has no {needed}: give the folder of the data.")
    if chosen.answers:
        measure_answers(chosen.data)
    else:
        measure(chosen.data, chosen.out, misjudged=chosen.misjudged)


if __name__ == "__main__":
    main()
