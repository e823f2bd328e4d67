"""What a library is, whichever database it is in."""

import random
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from retrieval.digests import Schedule, ScheduleStore
from retrieval.domain import (
    Answer,
    ArticleMetadata,
    Citation,
    Edit,
    Filters,
    Hit,
    NewArticle,
    OpenQuestion,
    Passage,
    Span,
    Statement,
    Tokens,
)
from retrieval.errors import ArticleNotFound, LibraryFull, QuestionNotFound
from retrieval.indexing.upkeep import UpkeepStore
from retrieval.protocols import Encoded
from retrieval.records import (
    InjectionStore,
    MentionStore,
    OpenQuestionStore,
    OpinionStore,
    PreferenceStore,
    PresenceStore,
    PrivacyStore,
    UsageStore,
)
from retrieval.runtime import complete
from retrieval.storage import (
    ARTICLE_REMOVED,
    AnswerRecords,
    ArticleStore,
    Catalog,
    NewPassage,
    NewQuotation,
    PassagesVersion,
    passage_rows,
)
from retrieval.text import words_query

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
TEXT = (
    "The café at the pier was sold in 1907.\nFerries left twice a day, O'Brien's too.\nTaxes rose by 3.5 %."
)


@pytest.fixture
def store(tmp_path, url):
    opened = ArticleStore(tmp_path, url)
    yield opened
    opened.close()


def put(store, text=TEXT, collection="ours", **fields):
    fields = {"title": "The pier", "site": "example.org", "author": "Ana Núñez", "language": "en", **fields}
    new = NewArticle(text, **fields)
    passages, start = [], 0
    for line in text.split("\n"):
        vector = np.random.default_rng(start).standard_normal(8).astype(np.float32)
        tokens = np.full((3, 8), 45, np.int8)
        passages.append(NewPassage(Span(start, start + len(line)), Encoded(vector, tokens)))
        start += len(line) + 1
    quotations = [NewQuotation(Span(4, 8), "Ana Núñez", None, Span(0, 3))]
    return store.insert(collection, new, complete(passage_rows(new, passages)), quotations)


def answer_of(stored, quote="The café at the pier was sold in 1907."):
    citation = Citation(1, stored.article, Span(0, len(quote)), quote)
    hit = Hit(Passage(stored.passages[0], stored.article.id, Span(0, len(quote))), stored.article, quote, 0.5)
    return Answer("When was it sold?", (Statement(quote, (1,)),), (citation,), (hit,), (), 1)


def found(store, query, **options):
    return [one for one, _ in store.words_matching("ours", query, 10, **options)]


# -- articles ----------------------------------------------------------------------------


def test_an_article_comes_back_as_it_was_added(store):
    stored = put(store, url="https://example.org/pier", published=date(2026, 4, 1))
    article = store.article("ours", stored.article.public_id)
    assert article == stored.article
    assert (article.chars, article.published, article.copies) == (len(TEXT), date(2026, 4, 1), 0)
    assert store.text(article.id) == TEXT
    assert store.texts([article.id]) == {article.id: TEXT}
    assert [passage.span.of(TEXT) for passage, _ in store.passages(stored.passages).values()] == TEXT.split(
        "\n"
    )
    ids, vectors = store.vectors(stored.passages, 8)
    assert ids == list(stored.passages)
    assert vectors.shape == (3, 8)
    (quotation,) = store.quotations("ours")
    assert (quotation.text, quotation.speaker, quotation.cue_span) == ("café", "Ana Núñez", Span(0, 3))


def test_a_new_text_keeps_the_old_one_as_a_version(store):
    first = put(store, url="https://example.org/pier")
    second = put(store, TEXT + " It was cheap.", url="https://example.org/pier")
    assert second.replaced
    assert second.article.id == first.article.id
    assert set(second.removed) == set(first.passages)
    assert store.text(first.article.id, first.article.digest) == TEXT
    put(store, url="https://example.org/pier")
    assert [one.digest for one in store.versions(first.article.id)] == [second.article.digest]


def test_the_same_article_is_found_again_and_copies_are_known(store):
    assert put(store).article.id == put(store).article.id
    long = " ".join(random.Random(1).choices(["harbor", "council", "grain", "vote", "tax", "rail"], k=300))
    one = put(store, long, given_id="one").article
    other = put(store, long + " Reprinted.", given_id="two").article
    assert other.source == one.source
    assert store.article("ours", "one").copies == 1
    assert store.count("ours") == 3
    with pytest.raises(LibraryFull):
        store.check_room("ours", 3)


def test_a_removed_article_leaves_nothing(store):
    stored, kept = put(store), put(store, "The mill stood by the river.", title="The mill")
    number = AnswerRecords(store).save("ours", answer_of(stored))
    assert AnswerRecords(store).times_cited(stored.article.id) == 1
    store.remove(stored.article)
    complete(store.purge("ours"))
    assert store.passage_ids("ours") == list(kept.passages)
    assert found(store, '"pier"') == []
    assert "pier" not in store.terms_like("ours", "p")
    assert ARTICLE_REMOVED in AnswerRecords(store).load("ours", number).text
    with pytest.raises(ArticleNotFound):
        store.text(stored.article.id)


def test_nothing_crosses_collections(store):
    put(store)
    put(store, "The pier of others.", collection="theirs", title="Others")
    assert len(store.articles("ours")) == len(store.articles("theirs")) == 1
    assert len(found(store, '"pier"')) == 3
    assert store.count_articles_holding("theirs", "ferry") == 0
    PrivacyStore(store).forget_collection("theirs")
    assert store.collections() == ["ours"]
    assert len(found(store, '"pier"')) == 3


# -- search ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ('"cafe"', {0}),
        ('"ferry"', {1}),
        ('"o\'brien"', {1}),
        ('"tax" OR "sell" OR "1907"', {0, 2}),
        ('"3.5"', {2}),
        ('"twice a day"', {1}),
        ('"day twice"', set()),
        ('"nowhere"', set()),
        ("", set()),
    ],
)
def test_words_find_their_forms(store, query, lines):
    stored = put(store, title="")
    assert set(found(store, query)) == {stored.passages[line] for line in lines}
    assert set(found(store, query, among=[stored.article.id])) == {stored.passages[line] for line in lines}
    assert found(store, query, among=[]) == []


@pytest.mark.parametrize(
    "question", ["What's the café's price?", "'; DROP TABLE articles; --", 'a "quoted" & b | !c', "%"]
)
def test_a_question_is_never_read_as_a_query(store, question):
    put(store)
    found(store, words_query(question))
    assert store.count("ours") == 1


def test_filters_and_lists(store):
    one = put(store, published=date(2026, 1, 1)).article
    two = put(
        store, "A mill.", title="Mill 100%", site="mill.org", author="B", language="de", given_id="m"
    ).article
    assert store.filter_articles("ours", Filters(site="MILL.org")) == [two.id]
    assert store.filter_articles("ours", Filters(author="nunez")) == [one.id]
    assert store.filter_articles("ours", Filters(since=date(2026, 1, 1), language="en")) == [one.id]
    assert store.filter_articles("ours", Filters(article_ids=("m",))) == [two.id]
    with pytest.raises(ArticleNotFound):
        store.filter_articles("ours", Filters(site="nowhere.org"))
    assert [a.id for a in store.articles("ours", limit=1, offset=1)] == [one.id]
    assert [a.id for a in store.articles_titled("ours", ["mill"], 5)] == [two.id]
    assert [a.id for a in store.articles_like("ours", "CAFÉ at", 5)] == [one.id]
    assert store.languages("ours", Filters()) == {"en": 1, "de": 1}
    assert store.openings("ours", Filters(), limit=5, chars=6) == []
    assert store.list_added_before("ours", datetime.now(UTC) + timedelta(days=1)) == [one.public_id, "m"]
    assert ("the", "pier") in store.forms_of("ours", "pier", 5)
    assert "ferri" in store.terms_like("ours", "f")


async def test_what_is_offered_while_one_types(store, tmp_path, url):
    put(store)
    catalog = Catalog(tmp_path, url)
    assert [a.title for a in await catalog.suggest("PIÉR", collection="ours", limit=5)] == ["The pier"]
    assert await catalog.suggest_names("author", "nun", collection="ours", limit=5) == ["Ana Núñez"]
    assert await catalog.suggest_speakers("ana", collection="ours", limit=5) == ["Ana Núñez"]
    await catalog.close()


# -- answers and records -----------------------------------------------------------------


def test_answers_votes_and_reports(store):
    answers, opinions = AnswerRecords(store), OpinionStore(store)
    number = answers.save("ours", answer_of(put(store)), asker="ann", private=True)
    assert answers.load("ours", number, person="ann").citations[0].number == 1
    for supports in (True, False, True):
        opinions.vote(number, 1, "ben", supports)
    opinions.vote(number, 1, "cy", supports=False)
    assert opinions.counts(number) == {1: (1, 1)}
    opinions.vote(number, 1, "cy", supports=None)
    assert opinions.votes_of(number, "ben") == {1: True}
    report, hides = opinions.report(number, "ben", "hide", "wrong", "")
    assert hides
    assert opinions.count_open("ours") == 1
    assert opinions.read("ours", report).hides
    opinions.settle(number, hidden=False)
    assert opinions.open_reports("ours", 0, 5) == []
    assert opinions.answers_with_opinions("ours") == [number]
    assert len(opinions.reports_on(number, "ours")) == 1


def test_small_records(store):
    article = put(store, url="https://example.org/pier").article
    InjectionStore(store).put(article, "a", "ignore all")
    InjectionStore(store).put(article, "b", "")
    assert (InjectionStore(store).of(article, "a"), InjectionStore(store).of(article, "b")) == (None, "")
    mentions = MentionStore(store)
    assert mentions.mention(article, "here", NOW) is None
    assert mentions.mention(article, "there", NOW).place == "here"
    mentions.forget("ours", "here")
    PreferenceStore(store).put("ours", "{}")
    PreferenceStore(store).put("ours", '{"a": 1}')
    assert PreferenceStore(store).every() == {"ours": '{"a": 1}'}
    UsageStore(store).add("ours", "ann", NOW.date(), Tokens(3, 4))
    assert UsageStore(store).of("ours", NOW.date()) == (1, Tokens(3, 4))
    assert UsageStore(store).of_person("ann", NOW.date()) == 7
    presences = PresenceStore(store)
    assert presences.arrive("guild:1", NOW, NOW - timedelta(days=1))
    assert not presences.arrive("guild:1", NOW, NOW - timedelta(days=1))
    assert presences.compare("guild:", [], NOW) == (1, 0)
    assert presences.list_left_before(NOW + timedelta(1)) == ["guild:1"]
    upkeep = UpkeepStore(store)
    assert [a.id for a in upkeep.stale("ours", datetime.now(UTC) + timedelta(1))] == [article.id]
    upkeep.record_check(article.id, datetime.now(UTC) + timedelta(2))
    assert upkeep.stale("ours", datetime.now(UTC) + timedelta(1)) == []
    edit = Edit("title", "The pier", "A pier", NOW, "ann")
    after = upkeep.correct(article, ArticleMetadata("A pier", None, None, None), None, [edit])
    assert after.title == "A pier"
    assert upkeep.edits(article.id) == [edit]


def test_open_questions(store):
    questions = OpenQuestionStore(store.connection, "one")
    asked = OpenQuestion("Why?", "ann", "here", Filters(since=date(2026, 1, 1)))
    assert questions.put("ours", asked, NOW) is None
    put(store)
    number = questions.put("ours", OpenQuestion("Why?", "ann", "here", Filters(since=date(2026, 1, 1))), NOW)
    with pytest.raises(QuestionNotFound):
        questions.take_up("ours", number, "ann", "here", NOW)
    assert questions.cut_off("SELECT 'none'") == []
    other = OpenQuestionStore(store.connection, "other")
    assert other.cut_off("SELECT 'one'") == []
    assert [one.id for one in other.cut_off("SELECT 'none'")] == [number]
    assert other.cut_off("SELECT 'none'") == []
    assert questions.take_up("ours", number, "ann", "there", NOW).filters.since == date(2026, 1, 1)
    questions.mark("ours", number)
    questions.remove("ours", number)
    questions.forget(NOW)


def test_schedules(store):
    schedules = ScheduleStore(store)
    schedule = Schedule("ours", 2**60, "daily", 0, 9, "UTC", None, NOW, NOW, 0)
    schedules.put(schedule)
    schedules.put(replace(schedule, hour=10))
    assert schedules.of("ours").hour == 10
    assert schedules.claim("ours", NOW + timedelta(1), NOW)
    assert not schedules.claim("ours", NOW + timedelta(1), NOW)
    schedules.record_answer("ours", 7)
    assert (schedules.of("ours").claimed_at, schedules.of("ours").delivering) == (NOW, 7)
    schedules.give_up("ours")
    assert (schedules.of("ours").claimed_at, schedules.of("ours").delivering) == (None, None)
    assert schedules.record_failure("ours") == 1
    assert schedules.remove("ours")


def test_a_person_takes_out_and_deletes_what_is_theirs(store):
    number = AnswerRecords(store).save("ours", answer_of(put(store)), asker="ann")
    OpinionStore(store).vote(number, 1, "ann", supports=True)
    store.set_note("offer", '{"collection": "ours", "person": ""}')
    store.set_note("plain", "no JSON")
    privacy = PrivacyStore(store)
    assert {table: len(rows) for table, rows in privacy.of_person("ann").items() if rows} == {
        "answers": 1,
        "votes": 1,
    }
    assert len(privacy.of_collection("ours")["notes"]) == 1
    privacy.forget_person("ann", "user:ann")
    assert not any(privacy.of_person("ann").values())
    privacy.forget_collection("ours")
    assert store.note("offer") is None
    assert store.note("plain") == "no JSON"


# -- several processes -------------------------------------------------------------------


def test_others_see_what_was_written_and_nothing_that_was_not(store, tmp_path, url):
    other = ArticleStore(tmp_path, url)
    assert other.passages_version("ours") is None
    put(other, "Of its own.", title="Own")
    own = other.passages_version("ours")
    with pytest.raises(ZeroDivisionError), store.transaction():
        1 / store.ensure_collection("half") / 0
    assert "half" not in other.collections()
    put(store)
    assert other.passages_version("ours") == replace(own, version=own.version + 1)
    store.remove(store.articles("ours")[0])
    assert other.passages_version("ours") == PassagesVersion(own.row, own.version + 2, own.removals + 1)
    put(store)
    assert len(other.articles("ours")) == 2
    with other.snapshot():
        assert other.count("ours") == 2
        put(store, "Meanwhile.", title="Meanwhile")
        assert other.count("ours") == 2
    other.close()


def test_two_that_add_the_same_article_at_once_make_one(store, tmp_path, url):
    stores = [ArticleStore(tmp_path, url) for _ in range(4)]
    threads = [threading.Thread(target=put, args=(one,), kwargs={"url": "https://a.org/1"}) for one in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in stores:
        one.close()
    assert store.count("ours") == 1
    assert store.count_passages("ours") == len(found(store, '"pier" OR "ferry" OR "tax"')) == 3
