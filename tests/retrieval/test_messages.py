"""Messages keep what they are made of, and nothing that people see is a text without its parts."""

import ast
import copy
import json
import pickle  # noqa: TID251 - ours, made here
from dataclasses import asdict
from datetime import date
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from retrieval import errors
from retrieval.domain.articles import Found, NewArticle
from retrieval.errors import NotReadable, SourceRefused
from retrieval.messages import (
    NOTHING,
    Message,
    as_json,
    from_json,
    join_messages,
    message,
    plural_message,
    translate,
)
from retrieval.sources.child_replies import read_found, read_reply, write_found, write_refusal, write_reply

ROOT = Path(__file__).parents[2]
LIBRARY = sorted((ROOT / "retrieval").rglob("*.py"))
MAKERS = {"message", "plural_message", "join_messages"}
FAILED = message("The model failed: {reason}.", reason=message("it is tired of {pages} pages", pages=3))
COUNTED = plural_message("{count} article of {site}", "{count} articles of {site}", count=2, site="{count}")
EVERY = (message("Nothing here."), message("{size:,} bytes", size=12_345), FAILED, COUNTED, NOTHING)
EVERY_ID = ("constant", "number", "nested", "plural", "nothing")


def german():
    """Return a catalog of gettext with a few entries, as an interface has it."""
    catalog = Catalog(locale="de")
    catalog.add("Nothing here.", "Hier ist nichts.")
    catalog.add("{size:,} bytes", "{size:,} Byte")
    catalog.add("The model failed: {reason}.", "Das Modell hat versagt: {reason}.")
    catalog.add("it is tired of {pages} pages", "es ist von {pages} Seiten müde")
    catalog.add(
        ("{count} article of {site}", "{count} articles of {site}"),
        ("{count} Artikel von {site}", "{count} Artikel der Seite {site}"),
    )
    catalog.add("of {day.day} {day:%b}", "vom {day.day}. {day:%b}")
    file = BytesIO()
    write_mo(file, catalog)
    file.seek(0)
    from gettext import GNUTranslations

    return GNUTranslations(file)


def test_a_message_is_its_english_text():
    made = message("{host} has {size:,} bytes", host="a.example", size=12_345)
    assert made == "a.example has 12,345 bytes"
    assert hash(made) == hash("a.example has 12,345 bytes")
    assert (made.template, made.values) == (
        "{host} has {size:,} bytes",
        {"host": "a.example", "size": 12_345},
    )
    assert type(str(made)) is str


@given(st.text(), st.text(), st.integers())
def test_the_template_and_the_values_make_up_the_text(words, more, number):
    made = message("{words} and {more!r}: {number:,}", words=words, more=more, number=number)
    assert made == f"{words} and {more!r}: {number:,}" == made.template.format(**made.values)


@given(st.text(min_size=1))
def test_a_text_that_is_no_template_is_a_message_all_the_same(words):
    made = Message(words)
    assert made == words == made.template.format() == translate(made, NullTranslations())


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 articles"), (1, "1 article"), (2, "2 articles"), (-1, "-1 articles")]
)
def test_the_plural_is_for_all_numbers_but_one(count, said):
    assert plural_message("{count} article", "{count} articles", count=count) == said


def test_a_value_that_is_missing_is_an_error_where_the_message_is_made():
    with pytest.raises(KeyError):
        message("{host} and {port}", host="a.example")


def test_values_that_are_no_text_number_or_date_are_kept_as_text():
    made = message("{path} on {day}", path=Path("a"), day=date(2025, 2, 8))
    assert made.values == {"path": "a", "day": date(2025, 2, 8)}


def test_the_values_cannot_be_changed():
    with pytest.raises(TypeError):
        FAILED.values["reason"] = "another"  # type: ignore[index]


@pytest.mark.parametrize("made", EVERY, ids=EVERY_ID)
@pytest.mark.parametrize(
    "copied",
    [
        copy.copy,
        copy.deepcopy,
        lambda made: pickle.loads(pickle.dumps(made)),
        lambda made: from_json(as_json(made)),
    ],
    ids=["copy", "deepcopy", "pickle", "JSON"],
)
def test_a_copy_is_the_same_message(made, copied):
    found = copied(made)
    assert found == made
    assert translate(found, german()) == translate(made, german())


def test_a_dataclass_with_messages_keeps_them_as_a_dict():
    (note,) = asdict(NewArticle("Text.", notes=(FAILED,)))["notes"]
    assert note.values == FAILED.values


@pytest.mark.parametrize("made", EVERY, ids=EVERY_ID)
def test_without_a_translation_a_message_stays_english(made):
    assert translate(made, NullTranslations()) == made


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (message("Nothing here."), "Hier ist nichts."),
        ("Nothing here.", "Hier ist nichts."),
        (FAILED, "Das Modell hat versagt: es ist von 3 Seiten müde."),
        (COUNTED, "2 Artikel der Seite {count}"),
        (
            plural_message("{count} article of {site}", "{count} articles of {site}", count=1, site="x"),
            "1 Artikel von x",
        ),
        (
            message("The model failed: {reason}.", reason="Nothing here."),
            "Das Modell hat versagt: Nothing here..",
        ),
        (
            join_messages([message("Nothing here."), message("{size:,} bytes", size=1)]),
            "Hier ist nichts., 1 Byte",
        ),
        ("", ""),
        (NOTHING, ""),
    ],
    ids=[
        "message",
        "constant",
        "nested",
        "plural",
        "singular",
        "a string is data",
        "joined",
        "empty",
        "nothing",
    ],
)
def test_a_catalog_translates_templates_and_the_messages_in_them(text, said):
    assert translate(text, german()) == said


def test_the_interface_writes_numbers_and_dates():
    def write(value, notation):
        if isinstance(value, date):
            return {"%b": "Mai"}[notation]
        return format(value, notation).replace(",", ".")

    assert translate(message("{size:,} bytes", size=12_345), german(), write) == "12.345 Byte"
    assert translate(message("of {day.day} {day:%b}", day=date(2025, 5, 8)), german(), write) == "vom 8. Mai"


def test_messages_are_joined_as_strings_are():
    assert join_messages(["a {b}", FAILED], "{}") == f"a {{b}}{{}}{FAILED}"
    assert join_messages([]) == ""


def test_a_message_that_json_cannot_hold_goes_as_its_text():
    assert as_json(message("of {day}", day=date(2025, 2, 8))) == "of 2025-02-08"


ROW = {"text": "2 pages", "template": "{pages} pages", "plural": "", "values": {"pages": 2}}


@pytest.mark.parametrize(
    "row",
    [
        None,
        3,
        [],
        {},
        {**ROW, "text": 2},
        {**ROW, "values": []},
        {**ROW, "values": {"pages": None}},
        {**ROW, "values": {}},
        {**ROW, "text": "3 pages"},
        {**ROW, "template": "{pages.__class__} pages"},
        {**ROW, "template": "{pages:999999999} pages"},
        {**ROW, "template": "{0} pages"},
        {**ROW, "template": "{pages:{pages}} pages"},
        {**ROW, "template": "{pages pages"},
        {**ROW, "template": ""},
        {**ROW, "plural": "{pages} pages"},
        {**ROW, "values": {"pages": {**ROW, "values": {"pages": [1]}}}},
    ],
)
def test_what_is_no_message_is_refused(row):
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_json(row)


def test_messages_nested_without_end_are_refused():
    row = "end"
    for _ in range(50):
        row = {"text": "end", "template": "{inner}", "plural": "", "values": {"inner": row}}
    with pytest.raises(TypeError):
        from_json(row)


def test_the_text_of_an_error_is_a_message():
    assert NotReadable(FAILED).text.values == FAILED.values
    assert str(NotReadable(FAILED)) == FAILED
    assert NotReadable("It is {empty}.").text == "It is {empty}."
    assert NotReadable().text == ""


def test_messages_come_whole_from_the_child_process():
    read = read_reply(write_reply(NewArticle("Text.", notes=(FAILED, "A note."))))
    assert [translate(note, german()) for note in read.notes] == [
        "Das Modell hat versagt: es ist von 3 Seiten müde.",
        "A note.",
    ]
    (found,) = read_found(write_found([Found("a", error=SourceRefused(FAILED))]))
    assert found.error is not None
    assert translate(found.error.text, german()).startswith("Das Modell")
    with pytest.raises(SourceRefused) as refused:
        read_reply(write_refusal(SourceRefused(COUNTED)))
    assert refused.value.text.plural == COUNTED.plural


def test_a_child_that_sends_another_text_than_its_template_is_not_believed():
    said = json.loads(write_refusal(NotReadable(FAILED)))
    said["text"]["text"] = "It is fine."
    with pytest.raises(NotReadable, match="too much memory or failed"):
        read_reply(json.dumps(said).encode())


class Module:
    """A file of the library, as far as names go."""

    def __init__(self, path):
        self.path = path
        self.tree = ast.parse(path.read_text("utf-8"))
        self.nodes = list(ast.walk(self.tree))
        self.functions = [
            one for one in self.nodes if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        self.message_names = {
            alias.asname or alias.name
            for one in self.nodes
            if isinstance(one, ast.ImportFrom) and one.module and one.module.endswith("messages")
            for alias in one.names
            if alias.name == "Message"
        }

    def is_message(self, annotation):
        return isinstance(annotation, ast.Name) and annotation.id in self.message_names


@cache
def modules():
    """Return the files of the library by their paths, read when the first test asks for them."""
    return {path: Module(path) for path in LIBRARY}


def constants_in(some):
    """Return the values of the names that modules bind once and for all."""
    return {
        target.id: node.value
        for module in some
        for node in module.tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


@cache
def all_constants():
    return constants_in(modules().values())


@cache
def return_messages():
    every = modules().values()
    return {one.name for module in every for one in module.functions if module.is_message(one.returns)}


@cache
def error_classes():
    names = {
        name
        for name, one in vars(errors).items()
        if isinstance(one, type) and issubclass(one, errors.RetrievalError)
    }
    classes = [one for module in modules().values() for one in module.nodes if isinstance(one, ast.ClassDef)]
    while (
        more := {
            one.name
            for one in classes
            if names & {base.id for base in one.bases if isinstance(base, ast.Name)}
        }
        - names
    ):
        names |= more
    return names


def is_fixed(node, module, function):
    """Tell whether an expression is a constant, a message, or the text of another error."""
    match node:
        case ast.Constant():
            return isinstance(node.value, str)
        case ast.Call(func=ast.Name(id=name)):
            return name in MAKERS | return_messages()
        case ast.IfExp():
            return is_fixed(node.body, module, function) and is_fixed(node.orelse, module, function)
        case ast.Attribute(value=ast.Name(id=name), attr="text"):
            return name in {one.name for one in module.nodes if isinstance(one, ast.ExceptHandler)}
        case ast.Name():
            return is_fixed_name(node.id, module, function)
    return False


def is_fixed_name(name, module, function):
    inner = list(ast.walk(function)) if function else []
    parameters = [one for one in inner if isinstance(one, ast.arg) and one.arg == name]
    if parameters:
        return all(module.is_message(one.annotation) for one in parameters)
    values = [
        one.value
        for one in inner
        if isinstance(one, ast.Assign | ast.NamedExpr)
        for target in (one.targets if isinstance(one, ast.Assign) else [one.target])
        if isinstance(target, ast.Name) and target.id == name
    ]
    own = constants_in([module])
    values = values or [known[name] for known in (own, all_constants()) if name in known][:1]
    return bool(values) and all(is_fixed(one, module, function) for one in values)


def loose_errors(module):
    """Yield the errors of a module that are made with a text whose parts are lost."""
    for node in module.nodes:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in error_classes()
            and node.args
        ):
            around = [one for one in module.functions if one.lineno <= node.lineno <= (one.end_lineno or 0)]
            if not is_fixed(node.args[0], module, around[-1] if around else None):
                yield f"{module.path.name}:{node.lineno}: {ast.unparse(node)}"


def is_of_the_terminal(path):
    return any(part.startswith("cli") or "terminal" in part for part in path.relative_to(ROOT).parts)


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_error_says_a_constant_or_a_message(path):
    if not is_of_the_terminal(path):
        assert not list(loose_errors(modules()[path]))


@pytest.mark.parametrize(
    "code",
    [
        'raise NotReadable(f"It has {n} pages.")',
        'raise NotReadable("It has %s pages." % n)',
        'raise NotReadable("It has {} pages.".format(n))',
        "raise NotReadable(str(n))",
        'raise NotReadable("It has " + n)',
        "text = str(n)\nraise NotReadable(text)",
        "raise NotReadable(unknown)",
        "raise NotReadable(n.text)",
    ],
)
def test_the_law_finds_errors_whose_parts_are_lost(tmp_path, code):
    path = tmp_path / "sample.py"
    path.write_text("def f(n):\n" + "".join(f"    {line}\n" for line in code.splitlines()))
    assert len(list(loose_errors(Module(path)))) == 1


def test_the_law_knows_the_errors_of_all_modules():
    assert {"NotReadable", "ChildStopped", "SettingsError", "_Damaged"} <= error_classes()
