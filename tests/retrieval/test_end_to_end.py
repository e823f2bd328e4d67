"""The whole program with the bundled models, as a shell runs it; few processes, for each loads the models."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.models

ARTICLES = {
    "harbor": (
        "The harbor of Port Elgin was deepened in 1911, after two ships had run aground. The engineer Maria "
        "Brandt led the works for three summers. “Nobody believed that the pier would stand,” Brandt said "
        "later. The storm of March 1913 broke the northern pier, and it was never rebuilt."
    ),
    "river": (
        "The river Lenna rises in the western hills, below the village Aden. Its water drives eleven mills "
        "before it reaches the town. “We grind for the whole valley,” said the miller Jon Ostrow. In dry "
        "years the mills stand still from July to September."
    ),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return tmp_path_factory.mktemp("library")


@pytest.fixture(scope="module")
def run(library):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}

    def command(*arguments, rows=(), typed=""):
        done = subprocess.run(
            [sys.executable, "-m", "retrieval", *arguments, "--data", str(library)],
            input=typed or "".join(json.dumps(row) + "\n" for row in rows),
            capture_output=True,
            text=True,
            timeout=120,
            env=environment,
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.split("\n") if line.startswith("{")]

    command("import", "-", rows=[{"id": one, "title": one, "text": text} for one, text in ARTICLES.items()])
    return command


def test_questions_are_answered_in_the_articles_words(run):
    questions = [
        {"id": 1, "question": "Who led the works in the harbor?"},
        {"id": 2, "question": "How many mills does the Lenna drive?"},
        {"id": 3, "question": "What does the Treaty of Utrecht say about Gibraltar?"},
    ]
    who, many, nothing = run("ask", "--json", "--batch", "-", rows=questions)
    assert "Maria Brandt" in who["text"]
    assert "eleven mills" in many["text"]
    assert nothing["found"] is False
    for citation in (*who["citations"], *many["citations"]):
        text = ARTICLES[citation["article_id"]]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_search_ranks_the_right_article_first(run):
    rows = [{"id": "a", "query": "ships aground"}, {"id": "b", "query": "grinding in a dry summer"}]
    ships, mills = run("search", "--json", "--batch", "-", rows=rows)
    assert (ships["ranked"][0], mills["ranked"][0]) == ("harbor", "river")


def test_quotations_have_their_speakers(run):
    harbor, river = run("quotes", "--json", "--batch", "-", rows=[{"id": "harbor"}, {"id": "river"}])
    [brandt], [ostrow] = harbor["quotes"], river["quotes"]
    assert brandt["text"].startswith("Nobody believed")
    assert "Brandt" in brandt["speaker"]
    assert "Ostrow" in ostrow["speaker"]
    assert ARTICLES["river"][ostrow["start"] : ostrow["end"]] == ostrow["text"]


def test_summaries_are_sentences_of_the_article(run):
    [summary] = run("summarize", "--words", "30", "--json", "--batch", "-", rows=[{"id": "harbor"}])
    assert summary["sentences"]
    for sentence in summary["sentences"]:
        assert all(citation["quote"] in ARTICLES["harbor"] for citation in sentence["citations"])


def test_an_export_is_what_was_imported(run):
    assert {row["id"]: row["text"] for row in run("export")} == ARTICLES


PASTED = (
    " date 2031-03-04 By Harbor Courier Staff\n\n"
    "Velmark's president Ada Lorenz met with a delegation of dockers in Port Brae, renewing the country's "
    "support for their strike.\n\n"
    "The meeting comes amid talks about wages and the future of the eastern quay.\n\n"
    "The dockers' delegation included Tom Reyes, secretary of their union, along with two crane drivers.\n\n"
    "“Nobody will be forgotten,” Lorenz said.\n"
)


def test_the_first_sentence_of_pasted_text_without_a_title_answers(run):
    pasted = ("--collection", "pasted")
    run("add", "-", *pasted, typed=PASTED)
    for question in ("Who met Lorenz?", "Whom did Ada Lorenz meet in Port Brae?"):
        [answer] = run("ask", question, "--json", *pasted)
        assert "met with a delegation of dockers" in answer["text"]
        assert "By Harbor Courier Staff" not in answer["text"]
        for citation in answer["citations"]:
            assert PASTED[citation["start"] : citation["end"]] == citation["quote"]
