"""Measure answers, refusals and search on labelled data, with the scorers that come with it.

    python -m retrieval.evaluation DATA SCORERS [--sets squad2_open,…] [--work DIR]

DATA holds one folder a set (``passages.jsonl`` or ``corpus.jsonl``, ``questions.jsonl`` or
``queries.jsonl`` with ``qrels.tsv``); SCORERS holds ``answers.py`` and ``retrieval.py``. Nothing of
DATA is kept in the project. Sets with more than 400 questions are sampled, always the same ones.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from retrieval.evaluation.measures import measure_absent, measure_answers, measure_search, measure_speed
from retrieval.settings import load_settings
from retrieval.wiring import open_librarian

ANSWERS = ("seed_article", "squad2_open", "clapnq")
SEARCHES = ("scifact", "hotpotqa_100")
OTHERS = ("absent", "speed")


async def _measure(arguments: argparse.Namespace, work: Path) -> None:
    async with open_librarian(load_settings(data_dir=work / "library")) as librarian:
        await librarian.warm_up()
        for name in arguments.sets.split(","):
            sys.stdout.write(f"\n== {name}\n")
            sys.stdout.flush()
            folder, scorers = arguments.data / name, arguments.scorers
            if name in ANSWERS:
                await measure_answers(librarian, folder, scorers, work)
            elif name in SEARCHES:
                await measure_search(librarian, folder, scorers, work)
            elif name == "absent":
                await measure_absent(librarian, arguments.data / "squad2_open")
            elif name == "speed":
                await measure_speed(librarian, arguments.data / "scifact")
            else:
                sys.stderr.write(f"There is no set {name!r}.\n")
                raise SystemExit(2)


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder with the sets")
    parser.add_argument("scorers", type=Path, help="folder with answers.py and retrieval.py")
    parser.add_argument("--sets", default=",".join(ANSWERS + OTHERS[:1] + SEARCHES + OTHERS[1:]))
    parser.add_argument("--work", type=Path, help="keep the libraries here and use them again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(_measure(arguments, arguments.work or Path(temporary)))


if __name__ == "__main__":
    main()
