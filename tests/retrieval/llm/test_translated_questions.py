"""Questions in a language that the articles are not in, over the real protocol."""

import json

import pytest
from metered_library import COST, DRAFT, TEXT, library_with_model
from scripted_model import Script

from retrieval.domain.articles import Filters, NewArticle
from retrieval.indexing import languages as library_languages
from retrieval.text.language import detect_language, primary

pytestmark = pytest.mark.wire

GERMAN = "Wann wurde der Hafen von Orrin vertieft?"
ENGLISH = "When was the harbor of Orrin deepened?"
HAFEN = "Der Hafen von Orrin wurde 1907 von vierzig Arbeitern vertieft. Der Rat hat den Pier nicht genehmigt."


async def ask(tmp_path, *texts, question=GERMAN, articles=(), filters=None, extractive=False, **script):
    script = Script(texts=[*texts, DRAFT], **script)
    async with library_with_model(tmp_path, script) as librarian:
        for article in articles:
            await librarian.articles.add(article, collection="ours")
        answer = await librarian.answers.ask(
            question, collection="ours", filters=filters or Filters(), extractive=extractive
        )
        return script, answer, await librarian.usage.get(collection="ours")


async def test_a_question_in_german_is_put_into_the_language_of_the_articles(tmp_path):
    script, answer, usage = await ask(tmp_path, f"„{ENGLISH}“\n")
    assert (answer.question, answer.understood) == (GERMAN, ENGLISH)
    assert [one.quote for one in answer.citations] == [TEXT.split(". ")[0] + "."]
    assert script.calls[0]["messages"][-1]["content"] == GERMAN
    assert "into English" in script.calls[0]["messages"][0]["content"]
    assert script.calls[1]["messages"][-1]["content"] == f"Question: {ENGLISH}"
    assert usage.calls >= 2


@pytest.mark.parametrize(
    "useless",
    [
        "",
        GERMAN,
        "Quand le port d'Orrin a-t-il été approfondi ?",
        "When was the harbor of Orrin deepened in 1907?",
        "When was the harbor deepened? See https://example.org",
        "When was the harbor of Orrin deepened? " * 4,
        "[When](https://example.org) was the harbor of Orrin deepened?",
    ],
)
async def test_a_question_is_looked_up_as_it_was_asked_where_its_translation_is_none(tmp_path, useless):
    _, answer, _ = await ask(tmp_path, useless)
    assert answer.understood == ""
    assert any("matched words only" in note for note in answer.notes)


async def test_a_question_is_looked_up_as_it_was_asked_where_the_model_fails(tmp_path):
    _, answer, _ = await ask(tmp_path, statuses=[401, 200])
    assert answer.understood == ""
    assert any("matched words only" in note for note in answer.notes)


@pytest.mark.parametrize("question", [ENGLISH, "Orrin 1907?"])
async def test_a_question_that_needs_no_translation_costs_no_call_more(tmp_path, question):
    script, answer, usage = await ask(tmp_path, question=question)
    assert answer.understood == ""
    assert len(script.calls) == usage.calls == 1


async def test_a_question_is_not_translated_where_articles_are_in_its_language(tmp_path):
    script, answer, _ = await ask(
        tmp_path,
        "Der Hafen von Orrin wurde 1907 von vierzig Arbeitern vertieft [1].",
        articles=[NewArticle(HAFEN, title="Der Hafen von Orrin")],
    )
    assert answer.understood == ""
    assert answer.statements[0].text == "Der Hafen von Orrin wurde 1907 von vierzig Arbeitern vertieft."
    assert len(script.calls) == 1


async def test_only_articles_that_pass_the_filters_count(tmp_path):
    articles = [NewArticle(HAFEN, title="Der Hafen von Orrin", language="de-AT", given_id="hafen")]
    only = Filters(article_ids=("a1",))
    _, answer, _ = await ask(tmp_path, ENGLISH, articles=articles, filters=only)
    assert answer.understood == ENGLISH
    assert {one.article.public_id for one in answer.citations} == {"a1"}


async def test_the_newest_articles_do_not_stand_for_all(tmp_path, monkeypatch):
    monkeypatch.setattr(library_languages, "OPENINGS", 10)
    english = [NewArticle(f"{TEXT} This was ship {number}.") for number in range(15)]
    german = [NewArticle(f"{HAFEN} Das war Schiff {number}.") for number in range(10)]
    script, answer, _ = await ask(tmp_path, question=ENGLISH, articles=[*english, *german])
    assert answer.understood == ""
    assert len(script.calls) == 1


async def test_an_english_question_is_put_into_german_for_german_articles(tmp_path):
    articles = [NewArticle(HAFEN, title="Der Hafen von Orrin", language="de", given_id="hafen")]
    _, answer, _ = await ask(
        tmp_path,
        GERMAN,
        "Der Hafen von Orrin wurde 1907 von vierzig Arbeitern vertieft [1].",
        question=ENGLISH,
        articles=articles,
        filters=Filters(article_ids=("hafen",)),
    )
    assert answer.understood == GERMAN
    assert answer.citations[0].quote == HAFEN.split(". ")[0] + "."


async def test_nobody_asks_the_model_to_translate_for_an_extractive_answer(tmp_path):
    script, answer, _ = await ask(tmp_path, ENGLISH, extractive=True)
    assert answer.understood == ""
    assert script.calls == []


async def test_a_follow_up_is_translated_and_then_understood_by_what_was_said(tmp_path):
    whole = "How much did the harbor of Orrin cost?"
    script = Script(texts=[ENGLISH, DRAFT, "How much did it cost?", whole, DRAFT])
    async with library_with_model(tmp_path, script) as librarian:
        first = await librarian.answers.ask(GERMAN, collection="ours")
        answer = await librarian.answers.ask("Wie viel hat es gekostet?", collection="ours", after=first)
    assert answer.question == "Wie viel hat es gekostet?"
    assert answer.understood == whole


async def test_a_spent_budget_leaves_the_question_as_it_was_asked(tmp_path):
    script = Script(texts=[ENGLISH, DRAFT])
    async with library_with_model(tmp_path, script, llm_tokens_per_day=COST) as librarian:
        await librarian.answers.ask(ENGLISH, collection="ours")
        answer = await librarian.answers.ask(GERMAN, collection="ours")
    assert answer.understood == ""
    assert len(script.calls) == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (ENGLISH, "en"),
        ("Und wo?", ""),
        ("Who won?", "en"),
        ("Wer ist Ada Berg?", "de"),
        ("港はいつ深くされましたか?", "ja"),
    ],
)
def test_the_language_of_a_short_question_is_known_only_if_it_is_sure(text, language):
    assert detect_language(text) == language


async def test_words_too_few_to_know_follow_up_a_translated_answer_in_its_language(tmp_path):
    sentence = json.dumps(["Vierzig Arbeiter vertieften 1907 den Hafen von Orrin."])
    script = Script(texts=[ENGLISH, DRAFT, sentence, "And how many workers?", "", DRAFT])
    async with library_with_model(tmp_path, script) as librarian:
        first = await librarian.answers.ask(GERMAN, collection="ours")
        await librarian.answers.ask("Und Ada?", collection="ours", after=first)
    assert "into English" in script.calls[3]["messages"][0]["content"]
    assert TEXT.split(". ")[0] not in script.calls[4]["messages"][1]["content"]
    assert "Forty workers deepened" in script.calls[4]["messages"][1]["content"]


def test_a_tag_names_the_language_that_texts_are_recognized_with():
    assert [primary(tag) for tag in ("en-US", "DE_at", "nb", "")] == ["en", "de", "no", ""]
