import json
import signal

import pytest

from retrieval.errors import LibraryFull

pytest_plugins = ["cli_fixtures"]


@pytest.fixture
def notes(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("Some notes.")
    return file


def jsonl(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_a_file_is_added(terminal, notes):
    result = terminal("add", notes, "--title", "Mine", "--author", "Ann", "--published", "2025-02-08")
    assert result.stdout == "Added: Mine · a1 · 1 passage\n"
    [article] = terminal.librarian.shelf.values()
    text = terminal.librarian.texts[article.id]
    assert (article.author, str(article.published), text) == ("Ann", "2025-02-08", "Some notes.")


def test_stdin_is_added_for_a_dash(terminal):
    assert terminal.json("add", "-", stdin="Pasted.")["title"] == "pasted.txt"


def test_adding_goes_on_after_a_failure(terminal, notes, tmp_path):
    sources = ["https://example.org/down", str(tmp_path), str(tmp_path / "none.txt"), str(notes)]
    result = terminal("add", *sources, "--json", fails=1)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["source"] for row in rows] == sources
    assert [set(row) for row in rows[:3]] == [{"source", "error"}] * 3
    assert "That is a folder." in rows[1]["error"]
    assert rows[3] == {
        "source": str(notes),
        "id": "a1",
        "title": "notes.txt",
        "passages": 1,
        "status": "added",
    }
    assert len(result.stderr.splitlines()) == 3


def test_a_file_that_is_too_large_is_refused_and_never_cut(terminal, notes, monkeypatch):
    monkeypatch.setenv("FOOTNOTE_MAX_ARTICLE_BYTES", "1000")
    notes.write_text("x" * 1001)
    assert "larger than 1,000 bytes" in terminal("add", notes, fails=1).stderr
    notes.write_text("x" * 1000)
    terminal("add", notes)


@pytest.mark.parametrize(
    "options",
    [
        ["a.txt", "b.txt", "--title", "One"],
        ["a.txt", "--url", "javascript:alert(1)"],
        ["a.txt", "--published", "soon"],
        [],
    ],
)
def test_what_makes_no_sense_is_wrong_usage(terminal, options):
    terminal("add", *options, fails=2)


def test_import_reports_bad_lines_by_number_and_goes_on(terminal, tmp_path):
    file = tmp_path / "articles.jsonl"
    file.write_bytes(b'{"_id": 1, "text": " A \\n text. "}\nnonsense\n{"id": "2"}\n{"id": "x\xff"}\n')
    result = terminal("import", file)
    [article] = terminal.librarian.shelf.values()
    text = terminal.librarian.texts[article.id]
    assert (article.public_id, text) == ("1", " A \n text. ")
    errors = result.stderr.splitlines()
    assert [line.split(" is")[0] for line in errors[:-1]] == ["Line 2", "Line 3", "Line 4"]
    assert errors[-1] == "1 added, 0 replaced, 0 already known, 3 bad lines skipped."
    assert result.stdout == ""


def test_import_of_what_is_known_succeeds(terminal):
    terminal("import", "-", stdin=jsonl({"id": 1, "text": "A text."}))
    result = terminal("import", "-", stdin=jsonl({"id": 1, "text": "A text."}))
    assert result.stderr.endswith("0 added, 0 replaced, 1 already known, 0 bad lines skipped.\n")


def test_import_of_bad_lines_only_fails(terminal):
    terminal("import", "-", stdin="{}\n", fails=1)


def test_a_date_that_cannot_be_read_is_noted(terminal):
    result = terminal("import", "-", stdin=jsonl({"id": 1, "text": "A text.", "published": "soon"}))
    assert result.stderr.startswith('Line 1: Its "published" is not a date')


def test_a_full_library_ends_the_import_with_the_counts(terminal):
    def full_at_two(article):
        if article.given_id == "2":
            raise LibraryFull("The library is full. Remove something first.")

    terminal.librarian.articles.on_add = full_at_two
    rows = jsonl(*({"id": n, "text": "A text."} for n in range(1, 5)))
    result = terminal("import", "-", stdin=rows, fails=1)
    assert result.stderr.splitlines() == [
        "Error: The library is full. Remove something first.",
        "1 added, 0 replaced, 0 already known, 0 bad lines skipped.",
    ]


def test_ctrl_c_keeps_what_is_done_and_says_how_much(terminal):
    def interrupted_at_three(article):
        if article.given_id == "3":
            signal.raise_signal(signal.SIGINT)

    terminal.librarian.articles.on_add = interrupted_at_three
    rows = jsonl(*({"id": n, "text": "A text."} for n in range(1, 5)))
    result = terminal("import", "-", stdin=rows, fails=130)
    assert result.stderr.endswith("2 added, 0 replaced, 0 already known, 0 bad lines skipped.\n")
    assert len(terminal.librarian.shelf) == 2


def test_a_missing_file_is_one_line(terminal):
    result = terminal("import", "no.jsonl", fails=1)
    assert result.stderr.startswith("Error: no.jsonl: There is no such file.")
    assert result.stderr.count("\n") == 1


def test_export_comes_back_as_it_was(terminal, tmp_path):
    rows = [
        {
            "id": "1",
            "title": "T",
            "text": " date 2025-02-08 By Ann Somebody\r\nA\u2028text\x85.\x00 ",
            "url": "https://example.org/1",
            "author": None,
            "site": "Example",
            "published": None,
            "updated": "2025-03-01",
            "language": "de",
            "page_starts": [0, 4],
        },
        {
            "id": "zwei",
            "title": "",
            "text": "😀",
            "url": None,
            "author": "A",
            "site": None,
            "published": "2025-02-08",
            "updated": None,
            "language": None,
        },
    ]
    terminal("import", "-", stdin=jsonl(*rows))
    file = tmp_path / "out.jsonl"
    terminal("export", file)
    assert [json.loads(line) for line in file.read_bytes().split(b"\n") if line] == rows
    assert terminal.lines("export") == rows
    terminal("import", file, "--collection", "copy")
    terminal("export", tmp_path / "again.jsonl", "--collection", "copy")
    assert (tmp_path / "again.jsonl").read_bytes() == file.read_bytes()


def test_export_that_fails_leaves_the_old_file(stocked, tmp_path, monkeypatch):
    file = tmp_path / "out.jsonl"
    file.write_text("old")

    async def broken(*, collection):
        raise LibraryFull("Broken. Mend it.")
        yield

    monkeypatch.setattr(stocked.librarian.articles, "export", broken)
    stocked("export", file, fails=1)
    assert file.read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"out.jsonl", "library.jsonl"}


def test_export_to_nowhere_is_one_line(stocked, tmp_path):
    result = stocked("export", tmp_path / "no" / "out.jsonl", fails=1)
    assert result.stderr.count("\n") == 1


def test_a_password_is_handed_on(terminal, tmp_path):
    (tmp_path / "a.pdf").write_text("words")
    terminal("add", tmp_path / "a.pdf", "--password", "open sesame")
    assert terminal.librarian.articles.passwords == ["open sesame"]
