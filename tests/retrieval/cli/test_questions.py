import json
import logging
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from retrieval.cli.json_rows import ASK_OTHERWISE, shown_text
from retrieval.cli.terminal import Page, print_answer
from retrieval.domain import Answer, Article, ArticleId, Citation, Span, Statement

pytest_plugins = ["cli_fixtures"]


CITATION = {
    "number": 1,
    "article_id": "r",
    "title": "Rivers",
    "url": "https://example.org/r",
    "start": 7,
    "end": 19,
    "quote": "about rivers",
}


@pytest.fixture
def batch(tmp_path):
    def write(*rows):
        file = tmp_path / "batch.jsonl"
        file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
        return file

    return write


def test_an_answer_as_json(stocked):
    result = stocked("ask", "about rivers", "--json")
    answer = json.loads(result.stdout)
    assert answer.pop("seconds") >= 0
    assert answer.pop("nearest")[0]["article_id"] == "r"
    assert answer == {
        "id": None,
        "found": True,
        "state": "answered",
        "text": "about rivers [1]",
        "shown": "about rivers [1]\nWords only.",
        "context": [],
        "citations": [CITATION],
    }
    assert result.stderr == "Words only.\n"


def test_an_answer_for_people(stocked):
    shown = stocked("ask", "about rivers").stdout.splitlines()
    assert shown == [
        "about rivers [1]",
        "",
        "[1] Rivers · example.org · r",
        "    https://example.org/r",
        "Words only.",
    ]


def test_foreign_markup_and_escape_codes_stay_words(stocked):
    shown = stocked("ask", "the \x1b[31mmoon").stdout
    assert "The Moon [1]" in shown
    assert "[bold]Moon[/]" in shown
    assert "\x1b" not in shown


def test_nothing_found_is_said_first(stocked):
    assert stocked("ask", "nearest").stdout.startswith("The library does not answer this.")
    assert stocked.json("ask", "comets")["found"] is False


def test_a_refusal_is_short_and_says_what_to_do(terminal):
    rows = [{"id": str(n), "title": f"Title {n}", "text": f"The nearest text {n}."} for n in range(5)]
    terminal("import", "-", stdin="".join(json.dumps(row) + "\n" for row in rows))
    shown = terminal("ask", "nearest").stdout.splitlines()
    assert shown == [
        "The library does not answer this.",
        "The nearest passages:",
        "    Title 0: “nearest”",
        "    Title 1: “nearest”",
        ASK_OTHERWISE,
        "Words only.",
    ]
    row = json.loads(terminal("ask", "nearest", "--json").stdout)
    assert row["shown"].splitlines() == [line.strip() for line in shown if not line.startswith("The nearest")]


def test_an_empty_library_answers_how_to_fill_it(terminal):
    assert "import FILE.jsonl" in terminal("ask", "about rivers").stdout
    assert terminal.librarian.warmed == 0


def test_filters_reach_the_stocked(stocked):
    options = ["--article=r", "--article=m", "--site=example.org", "--since=2025-01-01", "--until=2025-02-01"]
    for command in ("ask", "search"):
        stocked(command, "rivers", *options)
        filters = stocked.librarian.answers.filters
        assert filters.article_ids == ("r", "m")
        assert filters.site == "example.org"
        assert (filters.since, filters.until) == (date(2025, 1, 1), date(2025, 2, 1))


@pytest.mark.parametrize("options", [[], ["rivers", "--since", "x"], ["x", "--batch", "y"]])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_wrong_usage(stocked, command, options):
    stocked(command, *options, fails=2)


def test_a_time_that_ends_before_it_begins_is_wrong_usage(stocked):
    stocked("ask", "rivers", "--since", "2025-02-01", "--until", "2025-01-01", fails=2)


def test_a_batch_answers_line_by_line_and_in_order(stocked, batch):
    file = batch(
        {"id": 7, "question": "about rivers"},
        {"id": "b", "question": "?"},
        "nonsense",
        "",
        {"id": "c"},
        {"question": "Who?"},
        {"_id": "d", "question": "comets"},
    )
    rows = stocked.lines("ask", "--json", "--batch", file)
    assert [row["id"] for row in rows] == [7, "b", 3, "c", 6, "d"]
    assert [set(row) == {"id", "error"} for row in rows] == [False, True, True, True, False, False]
    assert set(rows[0]) == {
        "id",
        "found",
        "state",
        "text",
        "shown",
        "context",
        "citations",
        "nearest",
        "seconds",
    }


def test_rows_without_an_id_have_the_number_of_their_line(stocked, batch):
    rows = stocked.lines("ask", "--batch", batch({"question": "rivers"}, "", {"question": "Moon"}))
    assert [(row["id"], row["found"]) for row in rows] == [(1, True), (3, True)]
    rows = stocked.lines("search", "--batch", batch({"query": "rivers"}, {"id": "x", "query": "Moon"}))
    assert [row["id"] for row in rows] == [1, "x"]


@pytest.mark.parametrize("command", ["ask", "search", "claims"])
def test_a_batch_without_a_usable_row_loads_no_model(stocked, batch, command):
    result = stocked(command, "--batch", batch("nonsense", {"id": 2}))
    assert stocked.librarian.warmed == 0
    assert [line[:19] for line in result.stderr.splitlines()] == [
        "Line 1 is skipped: ",
        "Line 2 is skipped: ",
    ]


@pytest.mark.parametrize("command", ["ask", "search", "claims"])
def test_what_is_wrong_with_the_input_is_said_before_models_load(stocked, command):
    stocked(command, "--batch", "no-such-file.jsonl", fails=1)
    stocked(command, "rivers", "--article", "no-such-article", fails=1)
    if command != "claims":
        stocked(command, "?", fails=1)
    assert stocked.librarian.warmed == 0


def test_bad_lines_of_a_file_are_said_before_its_first_answer(stocked, batch):
    seen = []
    stocked.librarian.warm_up = lambda: seen.append("warm") or stocked.librarian.articles.count(collection="")
    notices = stocked("ask", "--batch", batch({"question": "rivers"}, "nonsense")).stderr
    assert notices.startswith("Line 2 is skipped: it is not JSON")
    assert seen == ["warm"]


def test_no_answer_can_fail(stocked, batch):
    stocked("ask", "comets")
    stocked("ask", "comets", "--fail-if-not-found", fails=1)
    stocked("ask", "about rivers", "--fail-if-not-found")
    some = batch({"question": "about rivers"}, {"question": "comets"})
    assert [row["found"] for row in stocked.lines("ask", "--batch", some)] == [True, False]
    stocked("ask", "--batch", some, "--fail-if-not-found", fails=1)


def test_each_sentence_and_each_source_is_printed_once(terminal):
    terminal("import", "-", stdin='{"id": "o", "title": "Owls", "text": "An owl and another owl."}')
    answered = terminal("ask", "owl").stdout.splitlines()
    assert answered == ["owl [1]", "", "[1] Owls · o", "Words only."]


def test_a_source_of_two_sentences_is_printed_once(capsys):
    added = datetime(2025, 2, 8, tzinfo=UTC)
    article = Article(ArticleId(1), "c", "o", "Owls", None, None, None, None, added, None, "0" * 64, 20)
    cited = tuple(
        Citation(number, article, Span(number, number + 1), words)
        for number, words in enumerate(("An owl.", "An eel."), start=1)
    )
    statements = (Statement("An owl.", (1,)), Statement("It is an eel.", (2,)))
    print_answer(Answer("Owls?", statements, cited), "")
    assert capsys.readouterr().out.splitlines() == [
        "An owl. [1]",
        "It is an eel. [2]",
        "",
        "[1][2] Owls · o",
        "    “An eel.”",
    ]


def test_only_the_words_that_answer_are_bold(monkeypatch):
    added = datetime(2025, 2, 8, tzinfo=UTC)
    article = Article(ArticleId(1), "c", "o", "Owls", None, None, None, None, added, None, "0" * 64, 20)
    cited = (Citation(1, article, Span(0, 14), "It has 2 eyes."),)
    statement = Statement("It has 2 eyes.", (1,), emphasis=("2 eyes",))
    answer = Answer("Eyes?", (statement,), cited, chosen_by="small", reading="2")
    shown = []
    monkeypatch.setattr(Page, "print", lambda self, *parts: shown.extend(parts))
    print_answer(answer, "")
    [line] = [one for one in shown if one.plain == "It has 2 eyes. [1]"]
    assert [line.plain[one.start : one.end] for one in line.spans if one.style == "bold"] == ["2 eyes"]
    assert shown[0].plain == "small reads it so: 2"
    assert shown_text(answer) == "small reads it so: 2\nIt has 2 eyes. [1]"


def test_a_batch_comes_from_stdin_too(stocked):
    assert stocked.lines("ask", "--batch", "-", stdin='{"id": 1, "question": "rivers"}')[0]["found"] is True


def test_a_bug_is_one_sentence_and_a_logged_traceback(stocked, batch, caplog):
    result = stocked("ask", "crash", fails=1)
    assert result.stderr.startswith("Error: Something went wrong")
    assert "a bug" not in result.stderr.splitlines()[-1]
    assert caplog.records[0].levelno == logging.ERROR
    [row, after] = stocked.lines(
        "ask", "--batch", batch({"id": 1, "question": "crash"}, {"id": 2, "question": "far"})
    )
    assert set(row) == {"id", "error"}
    assert after["found"] is True


def test_a_search_ranks_each_article_once(terminal):
    rows = [{"id": "r", "text": "the owl, the eel"}, {"id": "m", "text": "the ant, the elk"}]
    terminal("import", "-", stdin="\n".join(map(json.dumps, rows)))
    found = terminal.json("search", "the")
    assert found["ranked"] == ["r", "m"]
    assert found["passages"][0] == {"article_id": "r", "start": 0, "end": 3, "score": 1.5}
    assert len(found["passages"]) == 4


def test_a_search_is_limited_to_articles(stocked, batch):
    rows = stocked.lines("search", "--limit", 1, "--json", "--batch", batch({"id": 1, "query": "a"}))
    assert set(rows[0]) == {"id", "ranked", "passages", "seconds"}
    assert rows[0]["ranked"] == ["r"]
    assert {passage["article_id"] for passage in rows[0]["passages"]} == {"r"}


def test_a_search_for_people(stocked):
    assert stocked("search", "rivers").stdout == "Rivers · example.org · r\n    rivers\n"
    assert stocked("search", "comets").stdout == "Nothing in the library matches this.\n"


def test_a_summary_as_json(stocked):
    summary = stocked.json("summarize", "r", "--length", "short")
    assert set(summary) == {"id", "text", "sentences", "seconds"}
    assert (summary["id"], summary["text"]) == ("r", "A tex [1]")
    [sentence] = summary["sentences"]
    assert sentence["text"] == "A tex"
    assert sentence["citations"] == [{**CITATION, "start": 0, "end": 5, "quote": "A tex"}]


def test_a_summary_for_people(stocked):
    assert stocked("summarize", "m", "--words", 3).stdout == "[bold]Moon[/] · m\nThe [1]\n"


def test_summaries_of_a_batch(stocked, batch):
    rows = stocked.lines("summarize", "--words", 3, "--batch", batch({"id": "r"}, {"id": "no"}))
    assert [row["id"] for row in rows] == ["r", "no"]
    assert rows[0]["text"] == "A t [1]"
    assert "There is no article 'no'" in rows[1]["error"]


def test_quotations_as_json(stocked):
    quotes = stocked.json("quotes", "--article", "r")
    assert quotes["id"] == "r"
    assert len(quotes["quotes"]) == 30
    assert quotes["quotes"][1] == {
        "article_id": "r",
        "start": 0,
        "end": 1,
        "text": "A",
        "speaker": "Ann",
        "speaker_start": 1,
        "speaker_end": 2,
    }
    assert quotes["quotes"][0]["speaker_start"] is None


def test_quotations_for_people_say_that_there_are_more(stocked):
    shown = stocked("quotes").stdout.splitlines()
    assert shown[:2] == ["“A” (speaker unknown)", "    Rivers · example.org · r"]
    assert len(shown) == 41
    assert "--limit 0" in shown[-1]
    assert len(stocked("quotes", "--limit", 0).stdout.splitlines()) == 120


def test_quotations_of_a_speaker(stocked):
    quotes = stocked.json("quotes", "--speaker", "Ann", "--limit", 5)
    assert {quote["speaker"] for quote in quotes["quotes"]} == {"Ann"}
    assert len(quotes["quotes"]) == 5


def test_quotations_of_a_batch(stocked, batch):
    rows = stocked.lines("quotes", "--json", "--batch", batch({"id": "r"}, {"id": "no"}))
    assert len(rows[0]["quotes"]) == 30
    assert set(rows[1]) == {"id", "error"}


def test_half_characters_survive_as_json_and_do_not_crash(stocked, batch):
    rows = stocked.lines("ask", "--batch", batch({"id": "\ud800", "question": "rivers \ud800"}))
    assert rows[0]["id"] == "\ud800"


def test_a_row_of_a_batch_can_be_asked_within_an_article(stocked, batch):
    rows = stocked.lines("ask", "--article=r", "--batch", batch({"id": 1, "question": "far", "article": "m"}))
    assert stocked.librarian.answers.filters.article_ids == ("m",)
    assert rows[0]["citations"][0]["article_id"] == "m"
    stocked.lines("ask", "--article=r", "--batch", batch({"id": 1, "question": "far", "article": None}))
    assert stocked.librarian.answers.filters.article_ids == ("r",)


def test_a_row_of_a_batch_follows_up_a_row_above_it(stocked, batch):
    file = batch(
        {"id": "one", "question": "rivers"},
        {"id": 2, "question": "Moon"},
        {"question": "about", "after": "one"},
        {"id": "four", "question": "Moon", "after": 3},
    )
    after = []
    stocked.librarian.answers.answer_with = lambda answer: (
        after.append(stocked.librarian.answers.after and stocked.librarian.answers.after.question) or answer
    )
    for source, stdin in ((file, None), ("-", file.read_text())):
        after.clear()
        rows = stocked.lines("ask", "--batch", source, stdin=stdin)
        assert after == [None, None, "rivers", "about"]
        assert not any("error" in row for row in rows)


def test_a_row_that_follows_up_none_above_it_says_so_before_models_load(stocked, batch):
    file = batch({"id": 1, "question": "rivers", "after": "2"}, {"id": 2, "question": "Moon", "after": "x"})
    result = stocked("ask", "--batch", file)
    problems = [
        'The row "2", which it follows up, must stand above it.',
        'No row above it has the id "x", which it follows up.',
    ]
    assert result.stderr.splitlines()[:2] == [
        f"Line {at} is skipped: {problem}" for at, problem in enumerate(problems, start=1)
    ]
    assert [json.loads(line)["error"] for line in result.stdout.splitlines()] == problems
    rows = stocked.lines("ask", "--batch", "-", stdin=file.read_text())
    assert rows[0]["error"] == 'No row above it has the id "2", which it follows up.'


def test_a_row_that_follows_up_a_failed_one_fails(stocked, batch):
    rows = stocked.lines(
        "ask", "--batch", batch({"id": "a", "question": "?"}, {"id": "b", "question": "Moon", "after": "a"})
    )
    assert rows[1] == {"id": "b", "error": 'The row "a", which it follows up, has no answer.'}


@pytest.mark.parametrize(
    ("key", "value"), [("after", True), ("after", ["a"]), ("article", ""), ("article", {})]
)
def test_what_can_be_no_id_is_refused(stocked, batch, key, value):
    rows = stocked.lines("ask", "--batch", batch({"id": 1, "question": "Moon", key: value}))
    assert rows == [{"id": 1, "error": f'Its "{key}" is not an id: give text or a number.'}]
    assert stocked.librarian.warmed == 0


def test_it_is_asked_which_article_is_meant(stocked):
    stocked.librarian.answers.answer_with = lambda answer: replace(
        answer, statements=(), citations=(), kind="which_article", notes=("Which one?",)
    )
    shown = stocked("ask", "nearest").stdout.splitlines()
    assert shown[:3] == ["Which one?", "1. [bold]Moon[/] · m", "2. Rivers · example.org · r"]
    row = stocked.json("ask", "nearest")
    assert (row["kind"], row["state"]) == ("which_article", "not_found")
