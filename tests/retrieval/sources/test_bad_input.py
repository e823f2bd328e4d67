"""Three lists of what people give by mistake or on purpose: refused, taken with a note, taken in part.

Through the command line and the real reading processes; only the models are stand-ins.
"""

import gzip
import io
import json
import sqlite3
import zipfile
from functools import partial

import pytest
from fakes import SharedWordsReranker, WordHashEncoder
from pdf_files import pdf_file
from web_pages import PARAGRAPHS, web_page

from retrieval import wiring
from retrieval.storage.database import Database

pytestmark = pytest.mark.wire

pytest_plugins = ["cli_fixtures"]

STORY = " ".join(PARAGRAPHS)
GERMAN = "Über die Brücke fahren täglich tausend Räder. Möwen stören dort niemanden. " * 5


def zipped(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return stream.getvalue()


@pytest.fixture
def terminal(monkeypatch, tmp_path, make_terminal):
    """The command line over a real library that holds one article."""
    opened = partial(wiring.open_librarian, load_encoder=WordHashEncoder, load_reranker=SharedWordsReranker)
    monkeypatch.setattr(wiring, "open_librarian", opened)
    monkeypatch.setenv("FOOTNOTE_DATA_DIR", str(tmp_path / "library"))
    monkeypatch.setenv("FOOTNOTE_MAX_ARTICLE_BYTES", "300000")
    command = make_terminal(LibraryOpenedAnew())
    (tmp_path / "kept.txt").write_text("The lighthouse of Aden was lit in 1867 and went out in 1911.")
    command("add", tmp_path / "kept.txt")
    return command


class LibraryOpenedAnew:
    open = 0


# -- refused: exit 1, one sentence, nothing changed ------------------------------------

REFUSED = {
    "an empty file": ("empty.txt", b"", "nothing in it"),
    "only white space": ("blank.txt", b" \n\t\n ", "nothing in it"),
    "no letters": ("dots.txt", b"... --- ... 123", "not one whole sentence"),
    "half a sentence": ("word.txt", b"Hello", "not one whole sentence"),
    "an image": ("cat.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "an image"),
    "an image called a page": ("cat.html", b"\xff\xd8\xff\xe0" + b"\0" * 99, "an image"),
    "a program": ("run.txt", b"\x7fELF\x02\x01" + b"\0" * 99, "a program"),
    "a compressed file": ("story.txt.gz", gzip.compress(STORY.encode()), "a compressed file"),
    "a database": ("x.md", b"SQLite format 3\0" + b"\0" * 99, "a database"),
    "random bytes": ("noise.txt", bytes(range(128, 256)) * 8 + bytes(range(32)) * 30, "binary file"),
    "an old Word file": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "old Office document"),
    "JSON": ("a.json", b'{"text": "The bridge is open."}', "JSON"),
    "a page without an article": (
        "menu.html",
        web_page(body="<p>Home</p><p>Sport</p>"),
        "too little text on this page",
    ),
    "a login wall": (
        "login.html",
        web_page(body="<h1>Welcome</h1><p>Please log in to continue reading.</p><input type='password'>"),
        "This page",
    ),
    "a damaged PDF": ("broken.pdf", b"%PDF-1.7\n" + b"garbage " * 50, "damaged"),
    "a PDF without text": ("scan.pdf", pdf_file([[""], [""]]), "no text in this PDF"),
    "more bytes than are read": ("long.txt", STORY.encode() * 1_000, "larger than 300,000 bytes"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(terminal, tmp_path, case):
    name, body, words = REFUSED[case]
    file = tmp_path / name
    file.write_bytes(body)
    check_refused(terminal, file, words)


REFUSED_NAMES = {
    "no such file": ("nowhere.txt", "nowhere.txt"),
    "a folder": (".", "folder"),
    "an address inside": ("http://127.0.0.1/admin", "not on the open internet"),
    "the metadata service": ("http://169.254.169.254/latest", "not on the open internet"),
    "an address in disguise": ("http://2130706433/", "unusual spelling"),
    "another port": ("https://example.org:22/", "port"),
    "a name and a password": ("https://user:secret@example.org/", "a login in it"),
}


@pytest.mark.parametrize("case", REFUSED_NAMES)
def test_refused_by_name(terminal, case):
    check_refused(terminal, *REFUSED_NAMES[case])


def check_refused(terminal, source, words):
    before = terminal("export").stdout
    result = terminal("add", source, fails=1)
    errors = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1
    assert words in errors[0]
    assert errors[0].endswith((".", "!"))
    assert result.stdout == ""
    assert terminal("export").stdout == before


# -- taken, with a note ------------------------------------------------------------------

NOTED = {
    "a PDF called a text": ("a.txt", pdf_file([[STORY[:90], STORY[90:180]]]), "called .txt, but it is a PDF"),
    "a text called a PDF": ("a.pdf", STORY.encode(), "called .pdf, but it is plain text"),
    "a page called a text": ("a.txt", web_page(), "called .txt, but it is a web page"),
    "a page called a PDF": ("a.pdf", web_page(), "called .pdf, but it is a web page"),
    "another encoding than declared": (
        "a.html",
        web_page(head='<meta charset="ascii">', body=f"<p>{GERMAN}</p>"),
        "it is UTF-8; it was read as that",
    ),
    "no encoding declared": ("a.txt", GERMAN.encode("cp1252"), "read as cp1252"),
    "a text cut in a character": ("a.txt", GERMAN.encode() + "ü".encode()[:1], "characters are damaged"),
    "a page for subscribers": (
        "a.html",
        web_page(
            head='<script type="application/ld+json">{"@type": "NewsArticle", '
            '"isAccessibleForFree": false}</script>'
        ),
        "for subscribers",
    ),
}


@pytest.mark.parametrize("case", NOTED)
def test_taken_with_a_note(terminal, tmp_path, case):
    name, body, words = NOTED[case]
    file = tmp_path / name
    file.write_bytes(body)
    result = terminal("add", file)
    assert result.stdout.startswith("Added: ")
    assert words in result.stderr
    assert len(terminal.json("list")["articles"]) == 2


# -- taken in part ------------------------------------------------------------------------


def row(number, **fields):
    return {"id": f"n{number}", "text": f"Article {number} is about rivers.", **fields}


def test_one_bad_line_of_a_thousand_costs_one_article(terminal, tmp_path):
    lines = [json.dumps(row(number)) for number in range(1, 1_001)]
    lines[6] = '{"id": "n7", "text": '
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(lines))
    result = terminal("import", file)
    assert "Line 7 is skipped: it is not JSON" in result.stderr
    assert result.stderr.splitlines()[-1] == "999 added, 0 replaced, 0 already known, 1 bad lines skipped."
    assert len(terminal.json("list")["articles"]) == 1_000


BAD_LINES = {
    "no text": ({"id": "x"}, 'no "text"'),
    "text that is a number": (row(1, text=3), 'no "text"'),
    "no letters": (row(1, text="... ---"), "no text in this article"),
    "no name": ({"text": "A river."}, 'neither an "id"'),
    "a list": ([1, 2], "not a JSON object"),
    "half a character": (row(1, text="A \ud800 river."), "half a character"),
    "a zero byte": (row(1, text="A \x00 river."), "characters that are not text"),
}


@pytest.mark.parametrize("case", BAD_LINES)
def test_a_bad_line_is_named_and_the_others_go_in(terminal, case):
    line, words = BAD_LINES[case]
    rows = "\n".join(map(json.dumps, (row(8), line, row(9))))
    result = terminal("import", "-", stdin=rows)
    assert "Line 2 is skipped: " in result.stderr
    assert words in result.stderr
    assert "2 added, 0 replaced, 0 already known, 1 bad lines skipped." in result.stderr


NOTED_LINES = {
    "a date that is none": (row(1, published="soon"), '"published" is not a date'),
    "an address that is none": (row(1, url="ask me"), '"url" is not a web address'),
    "an author that is a list": (row(1, author=["A"]), '"author" is not text'),
    "pages beyond the text": (row(1, page_starts=[0, 999]), '"page_starts" are not places'),
}


@pytest.mark.parametrize("case", NOTED_LINES)
def test_a_line_with_bad_metadata_goes_in_with_a_note(terminal, case):
    line, words = NOTED_LINES[case]
    result = terminal("import", "-", stdin=json.dumps(line))
    assert words in result.stderr
    assert "1 added" in result.stderr


def test_one_bad_source_does_not_stop_the_others(terminal, tmp_path):
    for name, text in (("a.txt", STORY), ("b.txt", ""), ("c.txt", GERMAN)):
        (tmp_path / name).write_text(text)
    result = terminal("add", *(tmp_path / name for name in ("a.txt", "b.txt", "c.txt")), fails=1)
    assert result.stdout.count("Added: ") == 2
    assert result.stderr.count("Error: ") == 1


# -- no room, no right ------------------------------------------------------------------


def test_a_full_disk_names_the_folder_and_loses_nothing(terminal, tmp_path, monkeypatch):
    before = terminal("export").stdout
    opened = Database.__init__

    def on_a_full_disk(self, *arguments):
        opened(self, *arguments)
        (pages,) = self.connection.execute("PRAGMA page_count").fetchone()
        self.connection.execute(f"PRAGMA max_page_count = {pages + 1}")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "__init__", on_a_full_disk)
        (tmp_path / "a.txt").write_text(STORY * 30)
        result = terminal("add", tmp_path / "a.txt", fails=1)
    assert f"The disk of {tmp_path / 'library'} is full; nothing was changed." in result.stderr
    assert terminal("export").stdout == before
    assert terminal("check").stdout.startswith("The library is sound: 1 article,")


def test_a_folder_that_may_not_be_written_is_named_and_can_still_be_read(terminal, tmp_path, monkeypatch):
    opened = Database.__init__

    def read_only(self, *arguments):
        opened(self, *arguments)
        self.connection.execute("PRAGMA query_only = ON")  # fails like a file without write permission

    with monkeypatch.context() as patch:
        patch.setattr(Database, "__init__", read_only)
        (tmp_path / "a.txt").write_text(STORY)
        result = terminal("add", tmp_path / "a.txt", fails=1)
        assert f"The library in {tmp_path / 'library'} could not be written" in result.stderr
        assert "lighthouse of Aden" in terminal("ask", "When was the lighthouse lit?").stdout


def test_a_folder_that_cannot_be_made_is_named(terminal, tmp_path):
    (tmp_path / "taken").write_text("a file")
    result = terminal("list", "--data", tmp_path / "taken", fails=1)
    assert str(tmp_path / "taken") in result.stderr


def test_a_file_that_is_no_library_is_left_alone(terminal, tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "footnote.sqlite3").write_bytes(b"not a database, but something of value" * 100)
    result = terminal("add", tmp_path / "kept.txt", "--data", folder, fails=1)
    assert str(folder) in result.stderr
    assert (folder / "footnote.sqlite3").read_bytes().startswith(b"not a database")


def test_a_library_of_a_newer_footnote_is_left_alone(terminal, tmp_path):
    connection = sqlite3.connect(tmp_path / "library" / "footnote.sqlite3")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    assert "newer Footnote" in terminal("list", fails=1).stderr
