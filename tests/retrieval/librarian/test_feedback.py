import pytest
from fakes import small_library

from retrieval.cli.records import opinion_row
from retrieval.domain.articles import NewArticle
from retrieval.domain.records import MAX_WORDS
from retrieval.errors import AnswerHidden, AnswerNotFound, BadQuestion, ReportNotFound

pytest_plugins = ["cli_fixtures"]
HERE = {"collection": "here"}
TEXT = "The harbor was deepened in 1907. It cost ninety thousand crowns. Ships came from far away."


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as opened:
        await opened.articles.add(NewArticle(TEXT, title="Harbor"), **HERE)
        yield opened


@pytest.fixture
async def answer(library):
    answer = await library.answers.ask("When was the harbor deepened in 1907?", **HERE)
    assert answer.found
    return await library.answers.record(answer, **HERE)


async def test_a_vote_is_ones_own_and_the_last_one_counts(library, answer):
    await library.feedback.vote(answer.id, 1, True, person="ann", **HERE)
    await library.feedback.vote(answer.id, 1, False, person="bob", **HERE)
    await library.feedback.vote(answer.id, 1, False, person="ann", **HERE)
    assert await library.feedback.get_votes(answer.id, person="ann", **HERE) == {1: False}
    [opinion] = await library.feedback.list_opinions(**HERE)
    assert opinion.votes == {1: (0, 2)}
    await library.feedback.vote(answer.id, 1, None, person="ann", **HERE)
    assert await library.feedback.get_votes(answer.id, person="ann", **HERE) == {}


async def test_an_opinion_holds_question_quote_span_and_version(library, answer):
    await library.feedback.vote(answer.id, 1, True, person="ann", **HERE)
    await library.articles.add(NewArticle(TEXT + " More came.", title="Harbor"), **HERE)
    [opinion] = await library.feedback.list_opinions(**HERE)
    [cited] = opinion.answer.citations[:1]
    assert opinion.answer.question == answer.question
    assert cited.span.of(TEXT) == cited.quote
    assert cited.article.digest == answer.citations[0].article.digest


async def test_nobody_votes_on_what_is_not_cited(library, answer):
    with pytest.raises(AnswerNotFound):
        await library.feedback.vote(answer.id, 9, True, person="ann", **HERE)


async def test_what_should_not_be_shown_is_hidden_at_once_until_it_is_shown_again(library, answer):
    report = await library.feedback.report(answer.id, "hide", person="ann", words="A name.", link="x", **HERE)
    assert report.hides
    with pytest.raises(AnswerHidden):
        await library.answers.recall(answer.id, **HERE)
    assert await library.feedback.list_reports(**HERE) == ([report], 1)
    settled = await library.feedback.settle(report.id, hidden=False, **HERE)
    assert not settled.hides
    assert await library.answers.recall(answer.id, **HERE) == answer
    assert await library.feedback.list_reports(**HERE) == ([], 0)


async def test_an_answer_that_was_shown_again_is_not_hidden_by_the_next_report(library, answer):
    first = await library.feedback.report(answer.id, "hide", person="ann", **HERE)
    await library.feedback.settle(first.id, hidden=False, **HERE)
    second = await library.feedback.report(answer.id, "hide", person="bob", **HERE)
    assert not second.hides
    assert await library.answers.recall(answer.id, **HERE) == answer
    assert (await library.feedback.list_reports(**HERE))[1] == 1


async def test_a_moderator_can_leave_it_hidden(library, answer):
    report = await library.feedback.report(answer.id, "answer", person="ann", **HERE)
    assert not report.hides
    assert (await library.feedback.settle(report.id, hidden=True, **HERE)).hides
    with pytest.raises(AnswerHidden):
        await library.answers.recall(answer.id, **HERE)


async def test_reports_come_newest_first_and_in_pages(library, answer):
    for number in range(3):
        await library.feedback.report(answer.id, "quote", person="ann", words=str(number), **HERE)
    page, count = await library.feedback.list_reports(offset=1, limit=1, **HERE)
    assert ([one.words for one in page], count) == (["1"], 3)


async def test_a_report_has_a_limit_and_a_number_of_its_own(library, answer):
    with pytest.raises(BadQuestion):
        await library.feedback.report(answer.id, "quote", person="ann", words="x" * (MAX_WORDS + 1), **HERE)
    for number in (99, 2**70):
        with pytest.raises(ReportNotFound):
            await library.feedback.get_report(number, **HERE)


async def test_the_command_line_gives_them_as_cases(library, answer):
    await library.feedback.vote(answer.id, 1, False, person="ann", **HERE)
    await library.feedback.report(answer.id, "quote", person="ann", words="It says 1908.", **HERE)
    row = opinion_row((await library.feedback.list_opinions(**HERE))[0])
    assert row["question"] == answer.question
    cited = row["citations"][0]
    assert TEXT[cited["start"] : cited["end"]] == cited["quote"]
    assert (cited["votes_for"], cited["votes_against"]) == (0, 1)
    assert cited["digest"] == answer.citations[0].article.digest
    assert [(one["fault"], one["words"]) for one in row["reports"]] == [("quote", "It says 1908.")]
    assert "ann" not in str(row)


def test_without_opinions_the_command_line_says_so(terminal):
    async def none(*, collection):
        return []

    terminal.librarian.feedback.list_opinions = none
    assert "Nobody has voted" in terminal("opinions").stdout
    assert terminal("opinions", "--json").stdout == ""
