"""Runs the command line with a fake librarian that holds many articles: python cli_driver.py ARGUMENTS."""

import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "fakes")]

from fake_librarian import FakeLibrarian  # noqa: E402 - the folders above

from retrieval.cli import main  # noqa: E402

ARTICLES = 5_000

librarian = FakeLibrarian()
librarian.articles.notes = ()
for number in range(ARTICLES):
    librarian.put("full", "", f"Article {number} is about rivers. " * 10, public_id=f"n{number}")
wiring = ModuleType("retrieval.wiring")
wiring.open_librarian = librarian.opened
sys.modules["retrieval.wiring"] = wiring
if __name__ == "__main__":
    main()
