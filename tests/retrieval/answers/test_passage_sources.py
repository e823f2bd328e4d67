import asyncio

import pytest
from fakes import WordHashEncoder, small_library

from retrieval.answers.passage_sources import PASSAGES_ENCODED, UnstoredPassages
from retrieval.domain.articles import NewArticle
from retrieval.errors import BadQuestion, NotReadable

HERE = {"collection": "here"}
HARBOR = NewArticle(
    "The harbor was deepened in 1907. It cost ninety thousand crowns.",
    title="Harbor",
    url="https://h.example/",
)
MILL = NewArticle("The mill burned down in 1911. “I saw the mill burn,” said Ada Berg.", title="Mill")


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as opened:
        yield opened


async def test_the_answer_is_verbatim_from_the_text_at_hand_and_nothing_is_kept(library):
    answer = await library.answers.ask_new("When was the harbor deepened?", [MILL, HARBOR], **HERE)
    [citation] = answer.citations
    assert citation.span.of(HARBOR.text) == citation.quote == "The harbor was deepened in 1907."
    assert citation.article.url == "https://h.example/"
    assert citation.article.public_id == ""
    assert answer.library_size == 2
    assert await library.articles.count(**HERE) == 0


async def test_what_the_texts_do_not_say_is_not_answered(library):
    answer = await library.answers.ask_new("Who invented gunpowder tea?", [HARBOR], **HERE)
    assert not answer.found
    assert [hit.text for hit in answer.nearest]


async def test_who_said_it_counts_here_too(library):
    answer = await library.answers.ask_new("What did Ada Berg say about the mill burn?", [MILL], **HERE)
    assert any("I saw the mill burn" in one.text for one in answer.statements)


async def test_of_a_long_text_the_passages_with_the_words_are_read(library):
    filler = "Nothing of note happened on that day in town. " * 40 + "\n\n"
    long = NewArticle(filler * PASSAGES_ENCODED + HARBOR.text, title="Long")
    answer = await library.answers.ask_new("When was the harbor deepened?", [long], **HERE)
    assert answer.statements[0].text == "The harbor was deepened in 1907."


async def test_other_languages_are_answered_by_words(library):
    german = NewArticle(
        "Der Hafen wurde im Jahr 1907 vertieft. Er kostete viel Geld.", title="Hafen", language="de"
    )
    answer = await library.answers.ask_new("Wann wurde der Hafen vertieft?", [german], **HERE)
    assert [one.text for one in answer.statements] == ["Der Hafen wurde im Jahr 1907 vertieft."]


async def test_nothing_to_ask_or_to_read_is_refused(library):
    with pytest.raises(BadQuestion):
        await library.answers.ask_new("?", [HARBOR], **HERE)
    with pytest.raises(NotReadable):
        await library.answers.ask_new("When was it?", [NewArticle("   ", title="Empty")], **HERE)


def test_a_long_text_is_divided_in_slices():
    def slices(paragraphs):
        long = NewArticle("Nothing of note happened on that day in town. " * 40 * paragraphs, title="Long")
        return sum(1 for _ in UnstoredPassages.read([long], encoder=WordHashEncoder(), collection="here"))

    assert slices(400) >= 4 * slices(40) >= 8


async def test_a_question_is_answered_while_a_long_text_is_read(library):
    order = []
    long = NewArticle("Nothing of note happened on that day in town. " * 20_000, title="Long")

    async def ask(name, text):
        await library.answers.ask_new("When was the harbor deepened?", [text], **HERE)
        order.append(name)

    await asyncio.gather(ask("long", long), ask("short", HARBOR))
    assert order == ["short", "long"]
