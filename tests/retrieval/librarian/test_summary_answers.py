import pytest
from fakes import small_library

from retrieval.domain.articles import Filters, NewArticle

FERRY = NewArticle(
    "The ferry to Norrholm stops in October. The county says that too few people used it. "
    "Islanders want to buy the boat themselves. A vote is planned for May.",
    title="Norrholm loses its ferry",
    given_id="ferry",
)
BEES = NewArticle(
    "Bees in the city find more flowers than bees on farms. A survey of forty hives shows it. "
    "Parks bloom from March to November. Farms bloom for six weeks.",
    title="Why city bees thrive",
    given_id="bees",
)
WHICH = "This asks about a whole article. Which one?"


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as librarian:
        for article in (FERRY, BEES):
            await librarian.articles.add(article, collection="ours")
        yield librarian


def ask(library, question, *, article=None, **options):
    filters = Filters((article,) if article else ())
    return library.answers.ask(question, collection="ours", filters=filters, **options)


def summarized(answer):
    """The id of the article that an answer summarizes."""
    assert answer.kind == "summary"
    assert answer.found
    [article] = {citation.article.public_id for citation in answer.citations}
    text = {"ferry": FERRY, "bees": BEES}[article].text
    assert all(one.span.of(text) == one.quote for one in answer.citations)
    return article


@pytest.mark.parametrize("question", ["tl;dr?", "What is this about", "main points", "tl;dr, I keep bees"])
async def test_the_article_that_is_asked_is_summarized(library, question):
    answer = await ask(library, question, article="bees")
    assert summarized(answer) == "bees"
    assert answer.question == question
    assert answer.notes[0] == "This is a summary of “Why city bees thrive”."


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("What's the ferry article about?", "ferry"),
        ("summary of Why city bees thrive", "bees"),
        ("gist of the bees piece", "bees"),
        ("what is the islanders story about", "ferry"),
    ],
)
async def test_an_article_is_named_by_its_title(library, question, article):
    assert summarized(await ask(library, question)) == article


async def test_the_article_of_the_last_answer_is_meant(library):
    before = await ask(library, "What stops in October?")
    assert before.found
    assert summarized(await ask(library, "and what's the article about?", after=before)) == "ferry"


async def test_what_happened_is_no_summary_behind_an_answer(library):
    before = await ask(library, "What stops in October?")
    assert (await ask(library, "what happened?", after=before)).kind == "answer"


async def test_the_only_article_is_meant(tmp_path):
    async with small_library(tmp_path) as librarian:
        await librarian.articles.add(FERRY, collection="ours")
        assert summarized(await ask(librarian, "TL;DR")) == "ferry"


async def test_else_it_is_asked_which_article_is_meant(library):
    answer = await ask(library, "tldr please")
    assert (answer.kind, answer.state, answer.notes) == ("which_article", "not_found", (WHICH,))
    assert [hit.article.public_id for hit in answer.nearest] == ["bees", "ferry"]
    assert all(
        hit.passage.span.of(BEES.text if at == 0 else FERRY.text) == hit.text
        for at, hit in enumerate(answer.nearest)
    )


@pytest.mark.parametrize(
    ("reply", "article"),
    [("the second one", "ferry"), ("the one about bees", "bees"), ("the ferry", "ferry")],
)
async def test_which_one_is_answered_by_place_or_title(library, reply, article):
    which = await ask(library, "tldr please")
    recorded = await library.answers.record(which, collection="ours")
    which = await library.answers.recall(recorded.id, collection="ours")
    assert summarized(await ask(library, reply, after=which)) == article


@pytest.mark.parametrize(
    "question",
    ["How many hives were there?", "What does the article say about islanders?", "how long is the article?"],
)
async def test_ordinary_questions_get_no_summary(library, question):
    assert (await ask(library, question, article="bees")).kind == "answer"


async def test_what_a_title_names_is_no_question_about_its_article(library):
    assert (await ask(library, "Why do city bees thrive?")).kind == "answer"
    assert (await ask(library, "What is Norrholm loses its ferry?")).kind == "answer"


async def test_the_second_one_is_no_title(library):
    before = await ask(library, "What stops in October?")
    assert (await ask(library, "and the second one?", after=before)).kind == "answer"


async def test_more_of_a_summary_is_a_longer_one(library):
    short = await ask(library, "tl;dr?", article="bees")
    long = await library.answers.elaborate(short, collection="ours")
    assert summarized(long) == "bees"
    assert long.question == "tl;dr?"
    more = await ask(library, "tell me more", after=short)
    assert [one.text for one in more.statements] == [one.text for one in long.statements]


async def test_a_text_that_is_not_kept_is_summarized(library):
    answer = await library.answers.ask_new("what's this about?", [FERRY], collection="ours")
    assert answer.kind == "summary"
    assert all(one.span.of(FERRY.text) == one.quote for one in answer.citations)


async def test_an_empty_library_says_so(library):
    answer = await library.answers.ask("tl;dr?", collection="empty")
    assert (answer.library_size, answer.kind) == (0, "answer")
