"""The fake librarian offers what the real one offers, under the same names and with the same parameters."""

import inspect

import pytest
from fake_librarian import FakeLibrarian
from services import public_methods

from retrieval.librarian import Librarian

REAL = public_methods(Librarian(None))
FAKE = public_methods(FakeLibrarian())
FOR_TESTS = {"opened", "put", "newest_first", "find", "find_answer", "work"}


def parameters(function):
    return [(one.name, one.kind, one.default) for one in inspect.signature(function).parameters.values()]


def test_a_librarian_has_services_of_about_twenty_methods_at_most():
    assert {"answers", "articles", "summaries", "quotes", "claims", "digests", "feedback", "privacy"} <= set(
        REAL
    )
    assert max(map(len, REAL.values())) <= 20


def test_both_have_the_same_services():
    assert set(FAKE) == set(REAL)


@pytest.mark.parametrize("service", REAL)
def test_a_fake_service_has_the_methods_of_the_real_one(service):
    assert set(FAKE[service]) == set(REAL[service])


@pytest.mark.parametrize(("service", "method"), [(s, m) for s, methods in REAL.items() for m in methods])
def test_a_fake_method_takes_what_the_real_one_takes(service, method):
    assert parameters(FAKE[service][method]) == parameters(REAL[service][method])


def test_the_librarians_themselves_take_the_same():
    own = {
        name: function
        for name, function in inspect.getmembers(Librarian, inspect.isfunction)
        if not name.startswith("_")
    }
    assert set(own) == {
        name
        for name, _ in inspect.getmembers(FakeLibrarian, inspect.isfunction)
        if not name.startswith("_") and name not in FOR_TESTS
    }
    assert not any("collection" in inspect.signature(function).parameters for function in own.values())
    for name, function in own.items():
        assert parameters(getattr(FakeLibrarian, name)) == parameters(function)


@pytest.mark.parametrize(
    "name", [name for name, value in vars(Librarian).items() if isinstance(value, property)]
)
def test_a_property_that_the_bot_reads_is_there(name):
    assert name in {"folder", "llm", "resources"} or hasattr(FakeLibrarian, name)
