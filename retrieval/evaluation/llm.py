"""Measure what a language model adds, and that the gate lets nothing false through.

    python -m retrieval.evaluation.llm DATA --work DIR [--sets A,B] [--questions 50] [--out FILE]

Asks the model that ``FOOTNOTE_LLM_*`` names; ``--drafts FILE``, an earlier such file, holds its drafts
against the articles again instead, with no model. FILE gets a line a question, with the raw draft, every
sentence shown and the words behind it, to be read by eye: whether a sentence is supported is for
people to say. DATA is as for ``retrieval.evaluation``.
"""

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from retrieval.domain import Answer, Written
from retrieval.errors import ModelFailed
from retrieval.evaluation.measures import fill, rows_of, sample
from retrieval.librarian import Librarian
from retrieval.llm import LanguageModel, Message, OnText, estimate_tokens
from retrieval.settings import LibrarySettings, load_settings
from retrieval.wiring import open_librarian


class Remembering(LanguageModel):
    """A language model that keeps what it wrote."""

    def __init__(self, settings: LibrarySettings, drafts: Mapping[str, str] | None = None) -> None:
        super().__init__(settings)
        self.written: list[Written] = []
        self.drafts = drafts
        """By question; what is not among them fails."""

    async def write(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int | None = None,
        on_text: OnText | None = None,
        schema: dict[str, Any] | None = None,
    ) -> Written:
        """Write, and remember it."""
        if self.drafts is None:
            written = await super().write(messages, max_tokens=max_tokens, on_text=on_text, schema=schema)
        else:
            asked = messages[-1]["content"].rpartition("Question: ")[2]
            if not self.drafts.get(asked):
                raise ModelFailed("no draft of this question was kept")
            written = Written(self.drafts[asked], estimate_tokens(messages, self.drafts[asked]))
        self.written.append(written)
        return written


async def measure(
    librarian: Librarian,
    folder: Path,
    questions: int,
    out: Path | None,
    drafts: Mapping[str, str] | None = None,
    skip: int = 0,
) -> None:
    """Ask *questions* of one set with and without the model, and print the shares."""
    llm = librarian.llm
    assert llm is not None
    model = Remembering(librarian.resources.settings, drafts)
    llm.model = model
    collection = folder.name
    await fill(librarian, collection, rows_of(folder / "passages.jsonl"))
    counts: Counter[str] = Counter()
    for row in sample(rows_of(folder / "questions.jsonl"), skip + questions)[skip:]:
        extracted = await librarian.answers.ask(row["question"], collection=collection, extractive=True)
        counts["questions"] += 1
        counts["extracted"] += extracted.found
        counts["extracted harmful"] += extracted.found and not _is_right(extracted, row)
        model.written.clear()
        answer = await librarian.answers.ask(row["question"], collection=collection)
        counts["shown harmful"] += answer.found and not _is_right(answer, row)
        for written in model.written:
            counts["drafts"] += 1
            counts["prompt tokens"] += written.tokens.prompt
            counts["tokens written"] += written.tokens.completion
        if answer.written_by or answer.chosen_by:
            counts["rescued"] += 1
            counts["sentences"] += len(answer.statements)
            counts["removed"] += len(answer.removed)
        if out is not None:
            with out.open("a", encoding="utf-8") as file:
                draft = "\n".join(written.text for written in model.written)
                file.write(json.dumps(_row(row, draft, answer), ensure_ascii=False) + "\n")
    sys.stdout.write(_report(folder.name, counts))


def _report(name: str, counts: Counter[str]) -> str:
    drafts = max(1, counts["drafts"])
    return (
        f"\n== {name}: {counts['questions']} questions, {counts['extracted']} answered\n"
        f"drafts shown {counts['rescued'] / drafts:.2f}, replaced by the extractive answer "
        f"{1 - counts['rescued'] / drafts:.2f}\n"
        f"sentences shown in them {counts['sentences']}, drafted sentences left out {counts['removed']}\n"
        f"harmful: extractive {counts['extracted harmful']}, with the model {counts['shown harmful']}\n"
        f"tokens an answer: {counts['prompt tokens'] / drafts:.0f} read, "
        f"{counts['tokens written'] / drafts:.0f} written\n"
    )


def _is_right(answer: Answer, row: dict[str, Any]) -> bool:
    """Tell whether any words cited hold an accepted answer; of one that has no place, the right article."""
    return any(
        one.article.public_id == row["article_id"]
        and ("start" not in gold or gold["start"] < one.span.end)
        and ("end" not in gold or one.span.start < gold["end"])
        for one in answer.citations
        for gold in row["answers"]
    )


def _row(row: dict[str, Any], draft: str, answer: Answer) -> dict[str, Any]:
    quotes = {one.number: one.quote for one in answer.citations}
    return {
        "question": row["question"],
        "answerable": bool(row["answers"]),
        "draft": draft,
        "written": bool(answer.written_by),
        "right": _is_right(answer, row),
        "shown": [
            {"text": one.text, "behind": [quotes[number] for number in one.numbers]}
            for one in answer.statements
        ],
        "removed": list(answer.removed),
        "notes": list(answer.notes),
    }


async def _measure(arguments: argparse.Namespace) -> None:
    async with open_librarian(load_settings(data_dir=arguments.work / "library")) as librarian:
        if librarian.llm is None:
            sys.stderr.write("Set FOOTNOTE_LLM_BASE_URL and FOOTNOTE_LLM_MODEL first.\n")
            raise SystemExit(2)
        await librarian.warm_up()
        drafts = None
        if arguments.drafts is not None:
            drafts = {row["question"]: row["draft"] for row in rows_of(arguments.drafts)}
        for name in arguments.sets.split(","):
            await measure(
                librarian, arguments.data / name, arguments.questions, arguments.out, drafts, arguments.skip
            )


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder with the sets")
    parser.add_argument("--sets", default="squad2_open,clapnq")
    parser.add_argument("--questions", type=int, default=50, help="questions of each set")
    parser.add_argument("--skip", type=int, default=0, help="leave out the first ones of the sample")
    parser.add_argument("--work", type=Path, required=True, help="where the libraries are kept")
    parser.add_argument("--drafts", type=Path, help="take the drafts from this earlier --out file")
    parser.add_argument("--out", type=Path, help="write a line a question here")
    asyncio.run(_measure(parser.parse_args()))


if __name__ == "__main__":
    main()
