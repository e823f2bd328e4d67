import pytest
from fakes import small_library

from retrieval.answers.next_questions import QUESTIONS, candidates
from retrieval.domain.articles import NewArticle

HERE = {"collection": "here"}
TEXT = """\
The harbor of Fenwick was deepened by Ada Berg and her workers. The harbor was deepened when ships had grown.

Nobody remembers how much snow fell that winter. Every child in the street knew John Lind, who sold fish. \
Nobody remembers why he left. In 1931 something happened that nobody had expected: the pier fell down. \
Nobody was hurt. It was paid for by the Harbor Company."""
QUESTION = "Why was the harbor deepened?"


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as opened:
        await opened.articles.add(NewArticle(TEXT, title="Works"), **HERE)
        yield opened


async def test_a_longer_answer_goes_on_in_the_articles_own_words(library):
    answer = await library.answers.ask(QUESTION, **HERE)
    longer = await library.answers.elaborate(answer, **HERE)
    assert longer.question == QUESTION
    assert len(longer.statements) >= len(answer.statements)
    assert {one.text for one in answer.statements} <= {one.text for one in longer.statements}
    for citation in longer.citations:
        assert citation.span.of(TEXT) == citation.quote


async def test_questions_that_lead_on_are_answered_by_the_same_article_with_new_words(library):
    answer = await library.answers.ask(QUESTION, **HERE)
    longer = await library.answers.elaborate(answer, **HERE)
    assert 1 <= len(longer.follow_ups) <= QUESTIONS
    shown = " ".join(one.text for one in longer.statements)
    for question in longer.follow_ups:
        reply = await library.answers.ask(question, **HERE)
        assert reply.found
        assert reply.citations[0].quote not in shown
    recorded = await library.answers.record(longer, **HERE)
    assert await library.answers.recall(recorded.id, **HERE) == recorded


async def test_what_was_removed_or_not_found_is_not_made_longer(library):
    answer = await library.answers.ask(QUESTION, **HERE)
    [article] = await library.articles.list(**HERE)
    await library.articles.remove(article.public_id, **HERE)
    assert (await library.answers.elaborate(answer, **HERE)).statements == answer.statements
    nothing = await library.answers.ask("Where do penguins sleep in winter?", **HERE)
    assert (await library.answers.elaborate(nothing, **HERE)).follow_ups == ()


async def test_the_old_version_is_read_when_the_article_was_replaced(library):
    answer = await library.answers.ask(QUESTION, **HERE)
    new = TEXT.replace("ships had grown", "the town had money")
    await library.articles.add(NewArticle("Corrected. " + new, title="Works"), **HERE)
    longer = await library.answers.elaborate(answer, **HERE)
    for citation in longer.citations:
        assert citation.span.of(TEXT) == citation.quote


async def test_candidates_ask_for_people_years_and_bodies_that_the_question_leaves_open(library):
    found = candidates(await library.answers.ask(QUESTION, **HERE))
    assert "Who is Ada Berg?" in found
    assert "What happened in 1931?" in found
    assert "What is said about the Harbor Company?" not in found  # "harbor" was asked about already
    assert len(found) == len(set(found))
