"""Nothing crosses collections: a law over every public method of every service that takes one."""

import asyncio
import inspect
import tempfile
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes import small_library
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services import public_methods

from retrieval.digests.schedules import Schedule
from retrieval.domain.articles import Article, ArticleMetadata, Filters, NewArticle
from retrieval.domain.records import OpenQuestion
from retrieval.errors import (
    AnswerNotFound,
    ArticleNotFound,
    QuestionNotFound,
    ReportNotFound,
    SourceUnavailable,
)
from retrieval.librarian import Librarian

SECRET = "zqsecret"
ASKED = {
    ("Answer", "question"),
    ("WordsCheck", "words"),
    ("Sayings", "name"),
    ("Difference", "text"),
    ("Digest", "topic"),
    ("Timeline", "topic"),
    ("Claim", "text"),
    ("Divergence", "here"),
}
THINGS = ("harbor", "bridge", "tower", "mill")
BOUND = {
    f"{service}.{name}"
    for service, methods in public_methods(Librarian(None)).items()
    for name, method in methods.items()
    if "collection" in inspect.signature(method).parameters
}
LATER = datetime(2030, 1, 1, tzinfo=UTC)
THEIR_SCHEDULE = Schedule(
    "theirs", 7, "daily", 0, 8, "UTC", SECRET, LATER - timedelta(days=9), LATER - timedelta(days=9)
)
WAYS_OUT = {"privacy.forget_person", "privacy.forget_collection"}
"""Asked last, since nothing of ours is left then."""
WAYS_IN = {f"articles.{name}" for name in ("add", "add_url", "add_file", "add_all_at", "add_all_in")} | {
    "imports.add"
}


def article(thing, secret):
    mark = f" {SECRET}" if secret else ""
    return NewArticle(
        f"The {thing} of the town was built in 1911. “The {thing} is ours{mark},” said Mayor Ada Berg{mark}. "
        f"The {thing} cost nine thousand crowns{mark}.",
        title=f"The {thing}{mark}",
        url=f"https://{'their' if secret else 'our'}.example/{thing}",
        site=f"{thing}{mark}",
        author=f"Ann {thing}{mark}",
    )


async def every(stream):
    return [one async for one in stream]


def calls(library, their_article, their_answer):
    """Each method, asked in our collection for everything, and for theirs by whatever names it."""
    ours = {"collection": "ours"}
    theirs = their_article.public_id
    return {
        # Before "answers.record", which puts their answer among ours.
        "privacy.export_person": [library.privacy.export_person("us", **ours)],
        "privacy.export_collection": [library.privacy.export_collection(**ours)],
        "articles.get": [library.articles.get(theirs, **ours)],
        "articles.get_numbered": [library.articles.get_numbered(their_article.id, **ours)],
        "articles.list": [library.articles.list(limit=-1, **ours)],
        "answers.ask": [
            library.answers.ask("What did the town build in 1911?", **ours),
            library.answers.ask(f"What is {SECRET}?", **ours),
            library.answers.ask("What was built?", filters=Filters(site=their_article.site), **ours),
        ],
        "answers.ask_new": [
            library.answers.ask_new(f"What is {SECRET} in town?", [article("mill", False)], **ours)
        ],
        "answers.context": [library.answers.context(their_answer.citations[0], **ours)],
        "articles.count": [library.articles.count(**ours)],
        "claims.check": [library.claims.check(f"The {SECRET} of the town was built in 1911.", **ours)],
        "answers.elaborate": [library.answers.elaborate(their_answer, **ours)],
        "articles.export": [every(library.articles.export(**ours))],
        "articles.salvage": [every(library.articles.salvage(**ours))],
        "upkeep.get_structure": [library.upkeep.get_structure(theirs, **ours)],
        "upkeep.get_version_text": [library.upkeep.get_version_text(theirs, their_article.digest, **ours)],
        "quotes.find": [
            library.quotes.find(**ours),
            library.quotes.find(SECRET, **ours),
            library.quotes.find(speaker=SECRET, **ours),
        ],
        "feedback.list_opinions": [library.feedback.list_opinions(**ours)],
        "answers.recall": [library.answers.recall(their_answer.id, **ours)],
        "feedback.report": [library.feedback.report(their_answer.id, "hide", person="us", **ours)],
        "feedback.get_report": [library.feedback.get_report(1, **ours)],
        "feedback.list_reports": [library.feedback.list_reports(**ours)],
        "answers.record": [library.answers.record(their_answer, **ours)],
        "articles.remove": [library.articles.remove(theirs, **ours)],
        "feedback.settle": [library.feedback.settle(1, hidden=True, **ours)],
        "feedback.vote": [library.feedback.vote(their_answer.id, 1, True, person="us", **ours)],
        "feedback.get_votes": [library.feedback.get_votes(their_answer.id, person="them", **ours)],
        "answers.search": [library.answers.search(f"{SECRET} town", limit=50, **ours)],
        "articles.suggest": [library.articles.suggest("", **ours), library.articles.suggest(SECRET, **ours)],
        "articles.suggest_names": [
            library.articles.suggest_names(column, typed, **ours)
            for column in ("site", "author")
            for typed in ("", "zq")
        ],
        "summaries.summarize": [
            library.summaries.summarize(theirs, **ours),
            library.summaries.summarize(their_article.url, **ours),
        ],
        "summaries.summarize_new": [
            library.summaries.summarize_new(article("mill", False), focus="the mill", **ours)
        ],
        "usage.get": [library.usage.get(**ours)],
        "articles.get_text": [library.articles.get_text(theirs, **ours)],
        "articles.count_citations": [library.articles.count_citations(theirs, **ours)],
        "digests.create": [
            library.digests.create(**ours),
            library.digests.create(f"the town {SECRET}", **ours),
        ],
        "digests.create_timeline": [
            library.digests.create_timeline("the town", **ours),
            library.digests.create_timeline(SECRET, **ours),
        ],
        "quotes.check_words": [library.quotes.check_words(f"cost nine thousand crowns {SECRET}", **ours)],
        "quotes.suggest_speakers": [library.quotes.suggest_speakers(typed, **ours) for typed in ("", SECRET)],
        "quotes.find_by_speaker": [
            library.quotes.find_by_speaker(name, **ours) for name in (SECRET, f"Berg {SECRET}", "Ada Berg")
        ],
        "upkeep.list_versions": [library.upkeep.list_versions(theirs, **ours)],
        "upkeep.refresh": [library.upkeep.refresh(theirs, **ours)],
        "upkeep.refresh_stale": [every(library.upkeep.refresh_stale(days=-1, **ours))],
        "upkeep.list_stale": [library.upkeep.list_stale(days=-1, **ours)],
        "upkeep.edit": [library.upkeep.edit(theirs, ArticleMetadata("Taken", None, None, None), **ours)],
        "upkeep.list_edits": [library.upkeep.list_edits(theirs, **ours)],
        "upkeep.compare": [library.upkeep.compare(theirs, their_article.digest, **ours)],
        "articles.find_url": [library.articles.find_url(their_article.url, **ours)],
        "mentions.record": [library.mentions.record(theirs, "here", **ours)],
        "mentions.forget": [library.mentions.forget("there", **ours)],
        "injection_findings.find": [library.injection_findings.find([theirs], **ours)],
        "pending_questions.add": [library.pending_questions.add(OpenQuestion("Ours?", "us", ""), **ours)],
        "pending_questions.resume": [
            library.pending_questions.resume(number, person=who, where="", **ours)
            for number in (1, 2)
            for who in ("them", "us")
        ],
        "pending_questions.interrupt": [library.pending_questions.interrupt(1, **ours)],
        "pending_questions.remove": [library.pending_questions.remove(1, **ours)],
        "privacy.arrive": [library.privacy.arrive(LATER, **ours)],
        "privacy.leave": [library.privacy.leave(LATER, **ours)],
        "articles.remove_added_before": [
            library.articles.remove_added_before(datetime(2000, 1, 1, tzinfo=UTC), **ours),
        ],
        "preferences.get": [library.preferences.get(**ours)],
        "preferences.set": [library.preferences.set("{}", **ours)],
        "digests.get_schedule": [library.digests.get_schedule(**ours)],
        "digests.claim_slot": [library.digests.claim_slot(LATER, LATER, **ours)],
        "digests.record_answer": [library.digests.record_answer(their_answer.id, **ours)],
        "digests.give_up_slot": [library.digests.give_up_slot(**ours)],
        "digests.record_delivery": [library.digests.record_delivery(LATER, **ours)],
        "digests.record_refusal": [library.digests.record_refusal(**ours)],
        "digests.remove_schedule": [library.digests.remove_schedule(**ours)],
    }


class Nowhere:
    """The network of a test: every page is gone."""

    async def fetch(self, url):
        raise SourceUnavailable("The page did not answer. Try again later.")


def foreign(found):
    """Yield what of *found* is not ours."""
    if isinstance(found, Article) and found.collection != "ours":
        yield found.title
    if isinstance(found, str) and SECRET in found:
        yield found
    if is_dataclass(found):
        # The asker's own words come back.
        for field in fields(found):
            if (type(found).__name__, field.name) not in ASKED:
                yield from foreign(getattr(found, field.name))
    if isinstance(found, dict):
        yield from foreign(list(found.values()))
    if isinstance(found, (list, tuple)):
        for one in found:
            yield from foreign(one)


async def leaks(folder, ours, theirs):
    async with small_library(folder, pages=Nowhere()) as library:
        for thing in ours:
            await library.articles.add(article(thing, False), collection="ours")
        for thing in theirs:
            await library.articles.add(article(thing, True), collection="theirs")
        [their_article, *_] = await library.articles.list(collection="theirs")
        answer = await library.answers.ask(f"What did the {theirs[0]} cost in crowns?", collection="theirs")
        assert answer.found
        recorded = await library.answers.record(answer, collection="theirs")
        await library.feedback.vote(recorded.id, 1, True, collection="theirs", person="them")
        await library.feedback.report(recorded.id, "quote", collection="theirs", person="them", words=SECRET)
        await library.digests.set_schedule(THEIR_SCHEDULE)
        await library.preferences.set(SECRET, collection="theirs")
        open_question = OpenQuestion(f"What is {SECRET}?", "them", "")
        await library.pending_questions.interrupt(
            await library.pending_questions.add(open_question, collection="theirs"), collection="theirs"
        )
        count = await library.articles.count(collection="theirs")
        found = []
        for name, asked in calls(library, their_article, recorded).items():
            for call in asked:
                try:
                    result = await call
                except (ArticleNotFound, AnswerNotFound, QuestionNotFound, ReportNotFound):
                    continue
                if name != "answers.record":  # gives back what it was given
                    found += [(name, one) for one in foreign(result)]
        assert await library.articles.count(collection="theirs") == count
        assert await library.digests.list_schedules() == [THEIR_SCHEDULE]
        assert await library.preferences.get(collection="theirs") == SECRET
        theirs_still = await library.pending_questions.resume(1, person="them", where="", collection="theirs")
        assert theirs_still.question == open_question.question
        assert await library.articles.count(collection="ours") == len(ours)
        await library.privacy.forget_person("us", collection="ours")
        await library.privacy.forget_collection(collection="ours")
        assert await library.articles.count(collection="ours") == 0
        assert await library.articles.count(collection="theirs") == count
        assert await library.feedback.get_votes(recorded.id, collection="theirs", person="them")
        return found


THINGS_OF_SOMEBODY = st.lists(st.sampled_from(THINGS), unique=True, min_size=1)


@pytest.mark.models  # the check of claims parses
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(ours=THINGS_OF_SOMEBODY, theirs=THINGS_OF_SOMEBODY)
def test_nothing_crosses_collections(ours, theirs):
    with tempfile.TemporaryDirectory() as folder:
        assert asyncio.run(leaks(Path(folder), ours, theirs)) == []


def test_the_law_knows_every_method():
    class Service:
        def __init__(self, service):
            self.service = service

        def __getattr__(self, name):
            return lambda *_, **__: asked.append(f"{self.service}.{name}") or name

    class Anything:
        def __getattr__(self, service):
            return Service(service)

    class Theirs:
        citations = (None,)
        nearest = ()
        id = 1
        public_id = digest = url = site = ""

    asked = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "every", lambda stream: stream)
        calls(Anything(), Theirs(), Theirs())
    assert set(asked) | WAYS_IN | WAYS_OUT == BOUND
