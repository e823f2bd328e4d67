import asyncio
from datetime import date

import pytest
from fakes import SharedWordsReranker, WordHashEncoder, small_library

from retrieval.domain.articles import Filters, NewArticle
from retrieval.errors import (
    AnswerNotFound,
    ArticleNotFound,
    BadQuestion,
    IndexMismatch,
    LibraryFull,
    NotReadable,
    StorageError,
)
from retrieval.settings import load_settings
from retrieval.wiring import open_librarian

HARBOR = NewArticle(
    "The harbor of Port Elgin was deepened in 1911. The engineer Maria Brandt led the works. "
    "“Nobody believed in it,” Brandt said later. The storm of March broke the northern pier.",
    title="The harbor",
    given_id="harbor",
    site="Gazette",
    published=date(2024, 3, 9),
)
RIVER = NewArticle(
    "The river Lenna rises in the western hills. Its water drives eleven mills before the town.",
    title="The river",
    given_id="river",
    url="https://example.org/river",
    published=date(2020, 1, 1),
)


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as librarian:
        await librarian.articles.add(HARBOR, collection="ours")
        await librarian.articles.add(RIVER, collection="ours")
        yield librarian


async def test_every_citation_is_a_slice_of_the_stored_text(library):
    answer = await library.answers.ask("Which engineer led the works?", collection="ours")
    assert answer.found
    for citation in answer.citations:
        assert citation.span.of(HARBOR.text) == citation.quote
    assert "Maria Brandt" in answer.text


async def test_a_follow_up_is_understood_by_what_was_said_before(library):
    first = await library.answers.ask("Who led the works in the harbor of Port Elgin?", collection="ours")
    second = await library.answers.ask("And what broke it?", collection="ours", after=first)
    assert second.question == "And what broke it?"
    assert "Port Elgin" in second.understood
    recorded = await library.answers.record(second, collection="ours")
    assert (await library.answers.recall(recorded.id, collection="ours")).understood == second.understood


async def test_what_is_not_in_the_library_is_not_guessed(library):
    answer = await library.answers.ask("Which planet carries golden telescopes?", collection="ours")
    assert not answer.found
    assert answer.citations == ()
    assert answer.nearest
    assert answer.library_size == 2


async def test_an_empty_library_says_that_it_is_empty(library):
    answer = await library.answers.ask("Which engineer led the works?", collection="theirs")
    assert (answer.found, answer.library_size, answer.nearest) == (False, 0, ())


@pytest.mark.parametrize(
    "question",
    ["ab", "", "???", " \n ", "x" * 501],
)
async def test_what_cannot_be_looked_up_is_refused_with_advice(library, question):
    with pytest.raises(BadQuestion, match=r"Ask|ask"):
        await library.answers.ask(question, collection="ours")


@pytest.mark.parametrize(
    "question",
    [
        'NEAR("harbor" pier) AND NOT *',
        "'; DROP TABLE articles; --",
        "**harbor** _pier_ `works` # heading",
        "🚢 harbor? 🚢🚢🚢",
        "WHICH ENGINEER LED THE WORKS",
        "x" * 500,
        "wich enginer led teh works",
        "\u202eharbor\u202c \x00 pier",
    ],
)
async def test_odd_questions_are_questions(library, question):
    answer = await library.answers.ask(question, collection="ours")
    assert all(c.quote in HARBOR.text + RIVER.text for c in answer.citations)


async def test_another_language_is_answered_by_words_and_says_so(library):
    answer = await library.answers.ask(
        "Wer ist Maria Brandt, die Ingenieurin aus Port Elgin?", collection="ours"
    )
    assert any("words only" in note for note in answer.notes)


# -- the same article again -----------------------------------------------------


async def test_the_same_article_again_changes_nothing(library):
    again = await library.articles.add(HARBOR, collection="ours")
    assert again.status == "known"
    assert await library.articles.count(collection="ours") == 2


async def test_a_changed_text_replaces_and_keeps_the_id(library):
    changed = NewArticle(HARBOR.text + " It was repaired.", title="The harbor", given_id="harbor")
    replaced = await library.articles.add(changed, collection="ours")
    assert (replaced.status, replaced.article.public_id) == ("replaced", "harbor")
    assert await library.articles.get_text("harbor", collection="ours") == changed.text
    answer = await library.answers.ask("What was repaired?", collection="ours")
    assert answer.text.startswith("It was repaired.") or "It was repaired." in answer.text


async def test_an_address_names_an_article_whatever_tracks_it(library):
    again = NewArticle(RIVER.text, title="The river", url="https://EXAMPLE.org/river?utm_source=x#top")
    assert (await library.articles.add(again, collection="fresh")).status == "added"
    assert (await library.articles.add(again, collection="fresh")).status == "known"


async def test_articles_with_different_given_ids_are_different(library):
    twin = NewArticle(RIVER.text, title="The river", url=RIVER.url, given_id="twin")
    assert (await library.articles.add(twin, collection="ours")).status == "added"


async def test_a_text_without_id_and_address_is_known_by_its_words(library):
    pasted = NewArticle("A pasted note about the lighthouse.", title="Note")
    first = await library.articles.add(pasted, collection="ours")
    assert (await library.articles.add(pasted, collection="ours")).article.id == first.article.id


async def test_an_id_that_looks_like_ours_does_no_harm(library):
    for number in range(1, 12):
        await library.articles.add(
            NewArticle(f"Text number {number} here.", given_id=f"a{number}"), collection="odd"
        )
    added = await library.articles.add(NewArticle("One without an id."), collection="odd")
    assert await library.articles.get_text(added.article.public_id, collection="odd") == "One without an id."


# -- answers given ---------------------------------------------------------------


async def test_an_answer_survives_a_restart_and_opens_its_words(tmp_path):
    async with small_library(tmp_path) as library:
        await library.articles.add(HARBOR, collection="ours")
        given = await library.answers.record(
            await library.answers.ask("Which engineer led the works?", collection="ours"), collection="ours"
        )
    async with small_library(tmp_path) as library:
        recalled = await library.answers.recall(given.id, collection="ours")
        assert recalled == given
        context = await library.answers.context(recalled.citations[0], collection="ours")
        assert context.before + context.quote + context.after in HARBOR.text
        assert context.current


async def test_an_old_answer_opens_the_words_it_cited_after_a_change(library):
    given = await library.answers.ask("Which engineer led the works?", collection="ours")
    given = await library.answers.record(given, collection="ours")
    await library.articles.add(
        NewArticle("Nothing of the sort. It was a hoax.", given_id="harbor"), collection="ours"
    )
    recalled = await library.answers.recall(given.id, collection="ours")
    context = await library.answers.context(recalled.citations[0], collection="ours")
    assert context.quote == given.citations[0].quote
    assert not context.current


async def test_after_removal_nothing_of_an_article_is_shown(library):
    given = await library.answers.record(
        await library.answers.ask("Which engineer led the works?", collection="ours"), collection="ours"
    )
    await library.articles.remove("harbor", collection="ours")
    recalled = await library.answers.recall(given.id, collection="ours")
    assert recalled.citations == ()
    with pytest.raises(ArticleNotFound):
        await library.answers.context(given.citations[0], collection="ours")
    assert not (await library.answers.ask("Which engineer led the works?", collection="ours")).found


@pytest.mark.parametrize("identity", [{"given_id": "x"}, {"url": "https://example.org/live"}])
async def test_the_same_article_added_by_several_at_once_is_one(library, identity):
    texts = [f"Report on grain number {n}. " + "It grew well that year. " * 600 for n in range(3)]
    added = await asyncio.gather(
        *(library.articles.add(NewArticle(t, **identity), collection="at once") for t in texts)
    )
    assert sorted(one.status for one in added) == ["added", "replaced", "replaced"]
    assert await library.articles.count(collection="at once") == 1
    assert (await library.maintenance.check()).faults == ()
    hits = await library.answers.search("grain", collection="at once", limit=5)
    assert {hit.text in texts[-1] + texts[0] + texts[1] for hit in hits} == {True}


async def test_a_limit_holds_for_those_who_add_at_once(tmp_path):
    async with small_library(tmp_path, max_articles=1) as library:
        texts = [f"Report {n}. " + "It grew well that year. " * 600 for n in range(3)]
        results = await asyncio.gather(
            *(library.articles.add(NewArticle(text), collection="c") for text in texts),
            return_exceptions=True,
        )
        assert sum(isinstance(result, LibraryFull) for result in results) == 2
        assert await library.articles.count(collection="c") == 1


async def test_an_article_removed_during_an_export_is_left_out(library):
    seen = []
    async for article, _, _ in library.articles.export(collection="ours"):
        seen.append(article.public_id)
        if article.public_id == "harbor":
            await library.articles.remove("river", collection="ours")
    assert seen == ["harbor"]


async def test_a_number_no_answer_can_have_is_not_found(library):
    with pytest.raises(AnswerNotFound):
        await library.answers.recall(2**63, collection="ours")


# -- collections -------------------------------------------------------------------


async def test_nothing_crosses_collections(library):
    secret = NewArticle(
        "The secret engineer of the works is Otto Kern. “Tell nobody,” Kern said.",
        title="Secret", given_id="secret", url="https://example.org/secret",
    )  # fmt: skip
    await library.articles.add(secret, collection="theirs")
    theirs = await library.answers.record(
        await library.answers.ask("Who is the secret engineer?", collection="theirs"), collection="theirs"
    )
    assert theirs.found

    ours = await library.answers.ask("Who is the secret engineer?", collection="ours")
    assert all(hit.article.collection == "ours" for hit in ours.nearest)
    assert "Kern" not in ours.text
    hits = await library.answers.search("secret engineer Kern", collection="ours", limit=10)
    assert {hit.article.collection for hit in hits} == {"ours"}
    assert all(
        "Kern" not in q.text and q.speaker != "Kern"
        for q in await library.quotes.find("nobody", collection="ours")
    )
    assert await library.articles.suggest("Secret", collection="ours") == []
    assert {a.public_id for a in await library.articles.list(collection="ours")} == {"harbor", "river"}
    assert [a.public_id async for a, _, _ in library.articles.export(collection="ours")] == [
        "harbor",
        "river",
    ]
    with pytest.raises(AnswerNotFound):
        await library.answers.recall(theirs.id, collection="ours")
    for call in (
        library.articles.get("secret", collection="ours"),
        library.articles.get_text("secret", collection="ours"),
        library.articles.remove("secret", collection="ours"),
        library.summaries.summarize("secret", collection="ours"),
        library.summaries.summarize("https://example.org/secret", collection="ours"),
        library.quotes.find(article="secret", collection="ours"),
        library.answers.context(theirs.citations[0], collection="ours"),
        library.answers.ask("Who is it?", collection="ours", filters=Filters(article_ids=("secret",))),
    ):
        with pytest.raises(ArticleNotFound):
            await call


async def test_quotations_about_something_else_are_left_out(library):
    assert [q.text for q in await library.quotes.find("believed", collection="ours")] == [
        "Nobody believed in it,"
    ]
    assert await library.quotes.find("telescopes", collection="ours") == []
    assert len(await library.quotes.find(speaker="brandt", collection="ours")) == 1
    assert await library.quotes.find(speaker="kern", collection="ours") == []


async def test_a_summary_is_verbatim_and_in_order(library):
    summary = await library.summaries.summarize("harbor", collection="ours", words=20)
    assert summary.statements
    starts = [citation.span.start for citation in summary.citations]
    assert starts == sorted(starts)
    assert all(citation.span.of(HARBOR.text) == citation.quote for citation in summary.citations)


# -- filters -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(article_ids=("river",)), {"river"}),
        (Filters(site="gazette"), {"harbor"}),
        (Filters(since=date(2023, 1, 1)), {"harbor"}),
        (Filters(until=date(2023, 1, 1)), {"river"}),
        (Filters(since=date(2021, 1, 1), until=date(2022, 1, 1)), set()),
    ],
)
async def test_filters_narrow_what_is_searched(library, filters, expected):
    hits = await library.answers.search("the town and the works", collection="ours", filters=filters)
    assert {hit.article.public_id for hit in hits} == expected


# -- limits and trouble --------------------------------------------------------------


async def test_a_full_library_refuses_and_says_how_to_go_on(tmp_path):
    async with small_library(tmp_path, max_articles=1) as library:
        await library.articles.add(HARBOR, collection="ours")
        with pytest.raises(LibraryFull, match="FOOTNOTE_MAX_ARTICLES"):
            await library.articles.add(RIVER, collection="ours")
        assert (await library.articles.add(HARBOR, collection="ours")).status == "known"


@pytest.mark.parametrize("text", ["", "   \n", "…!?", "nul \x00 inside", "half \ud800 a pair"])
async def test_what_is_no_text_is_not_stored(library, text):
    with pytest.raises(NotReadable):
        await library.articles.add(NewArticle(text), collection="ours")
    assert await library.articles.count(collection="ours") == 2


async def test_a_folder_that_cannot_be_used_is_named(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError, match="file"):
        async with small_library(tmp_path / "file" / "library") as library:
            await library.articles.count(collection="ours")


async def test_another_encoder_is_refused_until_the_library_is_rebuilt(tmp_path):
    class Other(WordHashEncoder):
        name = "other"

    async with small_library(tmp_path) as library:
        await library.articles.add(HARBOR, collection="ours")
    async with open_librarian(
        load_settings(data_dir=tmp_path), load_encoder=Other, load_reranker=SharedWordsReranker
    ) as library:
        with pytest.raises(IndexMismatch, match="footnote rebuild"):
            await library.answers.ask("Which engineer led the works?", collection="ours")
        assert (await library.maintenance.rebuild()).faults == ()
        assert (await library.answers.ask("Which engineer led the works?", collection="ours")).found


async def test_an_unfinished_rebuild_is_noticed_and_done_again(tmp_path):
    class Other(WordHashEncoder):
        name = "other"
        dimension = token_dimension = 32

    async with small_library(tmp_path) as library:
        added = await library.articles.add(HARBOR, collection="ours")
        await library.articles.add(RIVER, collection="ours")
    other = {"load_encoder": Other, "load_reranker": SharedWordsReranker}
    async with open_librarian(load_settings(data_dir=tmp_path), **other) as library:
        slices = library.resources.rebuild()
        next(slices)
        slices.close()
    async with small_library(tmp_path) as library:
        with pytest.raises(IndexMismatch, match="rebuild"):
            await library.answers.search("engineer", collection="ours")
        assert (await library.maintenance.rebuild()).faults == ()
        assert (await library.answers.search("engineer", collection="ours"))[0].article.public_id == "harbor"
        assert await library.articles.get("harbor", collection="ours") == added.article


async def test_caches_can_be_deleted_at_any_time(tmp_path):
    async with small_library(tmp_path) as library:
        await library.articles.add(HARBOR, collection="ours")
        before = await library.answers.search("engineer", collection="ours")
    files = list((tmp_path / "index").iterdir())
    assert files
    for file in files:
        file.unlink()
    async with small_library(tmp_path) as library:
        assert (await library.maintenance.check()).faults == ()
        assert await library.answers.search("engineer", collection="ours") == before


async def test_articles_added_by_another_process_are_found(tmp_path):
    async with small_library(tmp_path) as bot, small_library(tmp_path) as terminal:
        await bot.articles.add(RIVER, collection="ours")
        await bot.answers.search("mills", collection="ours")
        await terminal.articles.add(HARBOR, collection="ours")
        hits = await bot.answers.search("Which engineer led the works?", collection="ours")
        assert hits[0].article.public_id == "harbor"


async def test_a_question_is_answered_while_articles_are_imported(tmp_path):
    async with small_library(tmp_path) as library:
        await library.articles.add(HARBOR, collection="ours")
        many = [NewArticle(f"Report {n} on grain. " * 400, given_id=f"n{n}") for n in range(5)]

        async def add_all():
            for one in many:
                await library.articles.add(one, collection="ours")

        job = asyncio.create_task(add_all())
        await asyncio.sleep(0)
        answer = await library.answers.ask("Which engineer led the works?", collection="ours")
        assert answer.found
        assert not job.done()
        await job
        assert (await library.maintenance.check()).faults == ()


async def test_a_cancelled_addition_leaves_nothing_behind(tmp_path):
    async with small_library(tmp_path) as library:
        job = asyncio.create_task(
            library.articles.add(NewArticle("Report on grain. " * 4000, given_id="n"), collection="ours")
        )
        for _ in range(20):
            await asyncio.sleep(0)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        assert await library.articles.count(collection="ours") == 0
        assert (await library.maintenance.check()).faults == ()


async def test_export_gives_back_the_exact_text(library):
    odd = " \ufeffdate 2025-02-08 By Ada\r\n\r\n\tA “curly” text…\u200b with  spaces. \n"
    await library.articles.add(NewArticle(odd, given_id="odd"), collection="ours")
    texts = {article.public_id: text async for article, text, _ in library.articles.export(collection="ours")}
    assert texts["odd"] == odd


async def test_a_day_is_counted_from_the_articles_date_and_both_are_cited(tmp_path):
    text = "date 2025-02-08 By Ada\n\nThe bridge was opened on Saturday."
    async with small_library(tmp_path) as library:
        await library.articles.add(
            NewArticle(text, title="Bridge", published=date(2025, 2, 8)), collection="ours"
        )
        answer = await library.answers.ask("When was the bridge opened?", collection="ours")
    assert [c.quote for c in answer.citations] == [
        "The bridge was opened on Saturday.",
        "date 2025-02-08 By Ada",
    ]
    assert "Saturday 8 February 2025" in answer.notes[0]


async def test_an_unsure_follow_up_is_answered_where_the_answer_was_or_not_at_all(library):
    pier = NewArticle(
        "The storm broke the bridge of Orrin. Mills stood there.", title="Orrin", given_id="orrin"
    )
    await library.articles.add(pier, collection="ours")
    first = await library.answers.ask("Which water drives eleven mills?", collection="ours")
    assert first.citations[0].article.public_id == "river"
    second = await library.answers.ask("and what about the storm?", collection="ours", after=first)
    assert second.understood == ""
    assert all(one.article.public_id == "river" for one in second.citations)
    third = await library.answers.ask("Why?", collection="ours", after=second)
    assert not third.understood.startswith("Why water")


@pytest.mark.parametrize("words", ["thanks", "Okay", "Bye!"])
async def test_small_talk_is_no_question(library, words):
    with pytest.raises(BadQuestion, match="no question"):
        await library.answers.ask(words, collection="ours")


async def test_the_words_of_the_question_before_find_more_but_not_what_was_said(library):
    ferry = NewArticle(
        "The pass of the ferry costs 48 crowns. For two people it costs 79 crowns.", title="Ferry"
    )
    await library.articles.add(ferry, collection="ours")
    first = await library.answers.ask("Which pass of the ferry costs 48 crowns?", collection="ours")
    assert first.text.startswith("The pass of the ferry costs 48 crowns.")
    second = await library.answers.ask("and which for two people?", collection="ours", after=first)
    assert second.found
    assert [one.quote for one in second.citations][:1] == ["For two people it costs 79 crowns."]


async def test_the_second_one_is_the_second_article(library):
    other = NewArticle("The harbor of Orrin was deepened in 1920.", title="Orrin", given_id="orrin")
    await library.articles.add(other, collection="ours")
    first = await library.answers.ask("When was the harbor deepened?", collection="ours")
    assert len({one.article.public_id for one in first.citations}) == 2
    second = await library.answers.ask("And the second one?", collection="ours", after=first)
    [cited] = {one.article.public_id for one in second.citations}
    assert cited == list(dict.fromkeys(one.article.public_id for one in first.citations))[1]
    assert second.understood == ""
    third = await library.answers.ask("the third one", collection="ours", after=first)
    assert not third.found


@pytest.mark.models
async def test_the_second_one_is_the_second_part_of_a_list(library):
    closed = NewArticle(
        "Engineers gave several reasons for the closure of the footbridge. First, the bolts had rusted."
        " Second, the handrail was too low.",
        title="Footbridge",
    )
    await library.articles.add(closed, collection="ours")
    question = "Which reasons for the closure of the footbridge did the engineers give?"
    first = await library.answers.ask(question, collection="ours")
    assert "handrail" in " ".join(one.quote for one in first.citations)
    second = await library.answers.ask("what about the second one?", collection="ours", after=first)
    assert second.statements[0].text == "Second, the handrail was too low."


async def test_more_shows_further_passages_about_the_question(library):
    first = await library.answers.ask("Which engineer led the works?", collection="ours")
    more = await library.answers.ask("tell me more about that", collection="ours", after=first)
    assert more.understood == first.question
    assert more.citations[0].quote == first.citations[0].quote


CODES = NewArticle(
    "# Relay servers\n\nError E-4012 means that the clock is off. "
    "Error E-4021 means that it was withdrawn.\n\n"
    "To restart the relay servers, type this:\n\nrelayctl restart\n\n"
    "By Ada Berg\n\n4.2 Relay downtime\n\nTwo hours of downtime are allowed.\n\n4.3 December downtime\n\n"
    "None of this downtime is allowed.\n",
    title="Relay servers",
    given_id="codes",
)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What does error E-4012 mean?", "Error E-4012 means that the clock is off."),
        ("What does error E-4013 mean?", ""),
        ("Is downtime allowed by section 4.3?", "None of this downtime is allowed."),
        ("Is downtime allowed by section 4.4?", ""),
        ("What means error E-4013 or error E-4012?", ""),
    ],
)
async def test_an_identifier_stands_in_the_sentence_or_its_heading(library, question, shown):
    await library.articles.add(CODES, collection="codes")
    answer = await library.answers.ask(question, collection="codes")
    assert [one.text for one in answer.statements] == ([shown] if shown else [])


async def test_a_lead_in_is_shown_with_what_it_leads_to(library):
    await library.articles.add(CODES, collection="codes")
    answer = await library.answers.ask("How to restart the relay servers?", collection="codes")
    shown = [one for one in answer.statements if one.text == "To restart the relay servers, type this:"]
    assert [part.quote for one in shown for part in one.context if part.kind == "item"] == [
        "relayctl restart"
    ]


async def test_a_sentence_is_shown_once(library):
    twice = "The mill burned down in 1911.\n\nNothing else is known of it.\n\nThe mill burned down in 1911.\n"
    await library.articles.add(NewArticle(twice, title="Mill"), collection="mill")
    answer = await library.answers.ask("When was it that the mill burned down?", collection="mill")
    assert [one.text for one in answer.statements].count("The mill burned down in 1911.") == 1
