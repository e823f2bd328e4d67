import inspect

import pytest
from dictionary_librarian import DictionaryLibrarian

from retrieval.librarian import Librarian

OWN = {"put"}
METHODS = [
    name
    for name, _ in inspect.getmembers(DictionaryLibrarian, inspect.isfunction)
    if not name.startswith("_") and name not in OWN
]


@pytest.mark.parametrize("method", METHODS)
def test_the_stand_in_takes_what_the_librarian_takes(method):
    ours = inspect.signature(getattr(DictionaryLibrarian, method)).parameters.values()
    real = inspect.signature(getattr(Librarian, method)).parameters.values()
    assert [(one.name, one.kind, one.default) for one in ours] == [
        (one.name, one.kind, one.default) for one in real
    ]
