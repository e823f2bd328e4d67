"""What of an answer outlives a restart."""

import asyncio
import json
from dataclasses import replace

from fakes import small_library

from retrieval.answers import as_unsure
from retrieval.citations import Draft, DraftContext, resolve
from retrieval.domain import NewArticle, Span, Statement

TEXT = "Sails\n\nMay I sail alone?\n\nYes. Only on weekdays."
RULES = NewArticle(TEXT, title="Harbor rules")


def run(folder, body):
    async def inside():
        async with small_library(folder) as library:
            added = await library.articles.add(RULES, collection="c")
            return await body(library, added.article)

    return asyncio.run(inside())


def span(words):
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def answer_in_context(article):
    context = tuple(
        DraftContext(kind, article, span(words))
        for kind, words in (
            ("heading", "Sails"),
            ("question", "May I sail alone?"),
            ("after", "Only on weekdays."),
        )
    )
    return resolve("Alone?", [Draft(article, span("Yes."), "Yes.", context)], text_of=lambda _: TEXT)


def test_context_is_kept_and_opens_the_same_words(tmp_path):
    async def body(library, article):
        given = answer_in_context(article)
        number = (await library.answers.record(given, collection="c")).id
        recalled = await library.answers.recall(number, collection="c")
        assert recalled.statements == given.statements
        assert [part.kind for part in recalled.statements[0].context] == ["heading", "question", "after"]

    run(tmp_path, body)


def test_the_nearest_of_an_unsure_answer_is_kept(tmp_path):
    async def body(library, article):
        given = as_unsure(answer_in_context(article))
        number = (await library.answers.record(given, collection="c")).id
        recalled = await library.answers.recall(number, collection="c")
        assert (recalled.state, recalled.near, recalled.citations) == ("unsure", given.near, given.citations)

    run(tmp_path, body)


def test_answers_made_before_there_was_context_are_read(tmp_path):
    async def body(library, article):
        given = answer_in_context(article)
        number = (await library.answers.record(given, collection="c")).id

        def make_old():
            connection = library.answers._context.store.connection
            (row,) = (
                connection.execute("SELECT body FROM answers WHERE id = :id", {"id": number}).fetchone(),
            )
            kept = json.loads(row[0])
            kept["statements"] = [one[:2] for one in kept["statements"]]
            del kept["near"]
            connection.execute(
                "UPDATE answers SET body = :body WHERE id = :id", {"body": json.dumps(kept), "id": number}
            )

        await library.answers._context.lane.run(make_old)
        recalled = await library.answers.recall(number, collection="c")
        assert recalled.statements == (Statement("Yes.", given.statements[0].numbers),)
        assert recalled.near is None

    run(tmp_path, body)


def test_of_a_removed_article_neither_context_nor_what_came_nearest_is_left(tmp_path):
    async def body(library, article):
        given = answer_in_context(article)
        numbers = [
            (await library.answers.record(one, collection="c")).id
            for one in (given, as_unsure(given), replace(given, question="Why?"))
        ]
        await library.articles.remove(article.public_id, collection="c")
        for number in numbers:
            left = await library.answers.recall(number, collection="c")
            assert "weekdays" not in repr(left)
            assert "Yes." not in repr(left)

    run(tmp_path, body)
