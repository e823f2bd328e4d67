import json

import numpy as np
import pytest
from fakes import SharedWordsReranker, WordHashEncoder, small_library
from typer.testing import CliRunner

from retrieval import wiring
from retrieval.cli import app
from retrieval.domain.articles import NewArticle
from retrieval.summaries.summarizer import abouts

TEXT = (
    "The town of Lindau opened a new harbor on Monday after six years of work. "
    "The mayor cut a ribbon before a crowd of several hundred people. "
    "Fishermen complained that the fees for mooring have doubled since last spring. "
    "The old lighthouse was painted white and will be open to visitors on Sundays. "
    "A brass band played until the evening and the bakery gave bread away. "
    "Engineers measured the depth of the basin and found it to be seven meters."
)


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as librarian:
        await librarian.articles.add(NewArticle(text=TEXT, title="Harbor", given_id="h"), collection="c")
        yield librarian


async def test_a_summary_leans_to_what_is_asked(library):
    summary = await library.summaries.summarize("h", collection="c", words=15, focus="fees for mooring")
    assert "Fishermen complained" in summary.text
    assert summary.notes == ()
    assert all(one.quote == one.span.of(TEXT) for one in summary.citations)


def test_words_of_the_focus_count_where_the_reranker_sees_no_answer():
    class Strict:
        name = "strict"

        def scores(self, question, texts):
            return np.full(len(texts), -9.0, dtype=np.float32)

    sentences = ["Fees for boats doubled.", "A band played."]
    assert abouts("boats and fees", sentences, Strict) == [0.5, 0.0]
    assert abouts("volcanoes", sentences, Strict) == [0.0, 0.0]


async def test_a_focus_the_article_does_not_have_is_said_and_the_whole_is_summarized(library):
    whole = await library.summaries.summarize("h", collection="c", words=15)
    summary = await library.summaries.summarize("h", collection="c", words=15, focus="volcanoes")
    assert summary.text == whole.text
    assert summary.notes == (
        "I found nothing about “volcanoes” in this article; this is a summary of all of it.",
    )


async def test_a_text_is_summarized_without_being_kept(library):
    new = NewArticle(text=TEXT.replace("Lindau", "Bregenz"), title="Another")
    summary = await library.summaries.summarize_new(new, collection="c", words=15)
    assert summary.article.public_id == ""
    assert all(one.quote == one.span.of(new.text) for one in summary.citations)
    assert await library.articles.count(collection="c") == 1


async def test_a_summary_knows_how_much_reading_it_saves(library):
    summary = await library.summaries.summarize("h", collection="c", words=15)
    assert summary.text_words == len(TEXT.split())
    assert 0 < summary.words < summary.text_words


@pytest.mark.wire
async def test_a_file_is_read_without_being_kept(library):
    new = await library.articles.read_file("harbor.txt", TEXT.encode())
    assert new.text.startswith("The town of Lindau")
    assert await library.articles.count(collection="c") == 1


@pytest.fixture
def run(tmp_path, monkeypatch):
    real = wiring.open_librarian
    monkeypatch.setattr(
        wiring,
        "open_librarian",
        lambda settings, **how: real(
            settings, **how, load_encoder=WordHashEncoder, load_reranker=SharedWordsReranker
        ),
    )

    def run(*arguments, exit_code=0):
        result = CliRunner().invoke(app, [*arguments, "--data", str(tmp_path / "library")])
        assert result.exit_code == exit_code, (result.stdout, result.stderr, result.exception)
        return result

    return run


@pytest.mark.wire
def test_the_terminal_summarizes_a_file_and_says_that_it_is_not_kept(run, tmp_path):
    file = tmp_path / "harbor.txt"
    file.write_text(TEXT)
    result = run("summarize", str(file), "--focus", "fees for mooring", "--words", "15")
    assert "Fishermen complained" in result.stdout
    assert "not in the library" in result.stdout
    row = json.loads(run("summarize", str(file), "--json").stdout)
    assert row["id"] is None
    assert "Lindau" not in run("list").stdout + run("export").stdout


def test_the_terminal_refuses_what_is_neither_article_page_nor_file(run):
    assert "There is no article" in run("summarize", "nothing-of-that-name", exit_code=1).stderr
