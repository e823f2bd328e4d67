"""Nothing crosses collections: a law over every public method of the librarian that takes one."""

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

from retrieval.domain import Article, Filters, NewArticle
from retrieval.errors import (
    AnswerNotFound,
    ArticleNotFound,
    QuestionNotFound,
    ReportNotFound,
    SourceUnavailable,
)
from retrieval.librarian import Librarian
from retrieval.open_questions import OpenQuestion
from retrieval.schedules import Schedule
from retrieval.upkeep import Particulars

SECRET = "zqsecret"
ASKED = {
    ("Answer", "question"),
    ("WordsCheck", "words"),
    ("Sayings", "name"),
    ("Difference", "text"),
    ("Digest", "topic"),
    ("Timeline", "topic"),
    ("Claim", "text"),
}
THINGS = ("harbor", "bridge", "tower", "mill")
BOUND = {
    name
    for name, method in inspect.getmembers(Librarian, inspect.isfunction)
    if not name.startswith("_") and "collection" in inspect.signature(method).parameters
}
LATER = datetime(2030, 1, 1, tzinfo=UTC)
THEIR_SCHEDULE = Schedule(
    "theirs", 7, "daily", 0, 8, "UTC", SECRET, LATER - timedelta(days=9), LATER - timedelta(days=9)
)
WAYS_OUT = {"forget_person", "forget_collection"}
"""Asked last, since nothing of ours is left then."""
WAYS_IN = {"add", "add_url", "add_file", "add_all_at", "add_all_in"}


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
        # Before "record", which puts their answer among ours.
        "personal_data": [library.personal_data("us", **ours)],
        "collection_data": [library.collection_data(**ours)],
        "article": [library.article(theirs, **ours)],
        "article_numbered": [library.article_numbered(their_article.id, **ours)],
        "articles": [library.articles(limit=-1, **ours)],
        "ask": [
            library.ask("What did the town build in 1911?", **ours),
            library.ask(f"What is {SECRET}?", **ours),
            library.ask("What was built?", filters=Filters(site=their_article.site), **ours),
        ],
        "ask_new": [library.ask_new(f"What is {SECRET} in town?", [article("mill", False)], **ours)],
        "context": [library.context(their_answer.citations[0], **ours)],
        "count": [library.count(**ours)],
        "check_claims": [library.check_claims(f"The {SECRET} of the town was built in 1911.", **ours)],
        "elaborate": [library.elaborate(their_answer, **ours)],
        "export": [every(library.export(**ours))],
        "old_text": [library.old_text(theirs, their_article.digest, **ours)],
        "quotes": [
            library.quotes(**ours),
            library.quotes(SECRET, **ours),
            library.quotes(speaker=SECRET, **ours),
        ],
        "opinions": [library.opinions(**ours)],
        "recall": [library.recall(their_answer.id, **ours)],
        "report": [library.report(their_answer.id, "hide", person="us", **ours)],
        "report_numbered": [library.report_numbered(1, **ours)],
        "reports": [library.reports(**ours)],
        "record": [library.record(their_answer, **ours)],
        "remove": [library.remove(theirs, **ours)],
        "settle": [library.settle(1, hidden=True, **ours)],
        "vote": [library.vote(their_answer.id, 1, True, person="us", **ours)],
        "votes": [library.votes(their_answer.id, person="them", **ours)],
        "search": [library.search(f"{SECRET} town", limit=50, **ours)],
        "suggest": [library.suggest("", **ours), library.suggest(SECRET, **ours)],
        "suggest_names": [
            library.suggest_names(column, typed, **ours)
            for column in ("site", "author")
            for typed in ("", "zq")
        ],
        "summarize": [library.summarize(theirs, **ours), library.summarize(their_article.url, **ours)],
        "summarize_new": [library.summarize_new(article("mill", False), focus="the mill", **ours)],
        "usage": [library.usage(**ours)],
        "text": [library.text(theirs, **ours)],
        "times_cited": [library.times_cited(theirs, **ours)],
        "digest": [library.digest(**ours), library.digest(f"the town {SECRET}", **ours)],
        "timeline": [library.timeline("the town", **ours), library.timeline(SECRET, **ours)],
        "check_words": [library.check_words(f"cost nine thousand crowns {SECRET}", **ours)],
        "suggest_speakers": [library.suggest_speakers(typed, **ours) for typed in ("", SECRET)],
        "who": [library.who(name, **ours) for name in (SECRET, f"Berg {SECRET}", "Ada Berg")],
        "versions": [library.versions(theirs, **ours)],
        "refresh": [library.refresh(theirs, **ours)],
        "refresh_stale": [every(library.refresh_stale(days=-1, **ours))],
        "stale": [library.stale(days=-1, **ours)],
        "edit": [library.edit(theirs, Particulars("Taken", None, None, None), **ours)],
        "edits": [library.edits(theirs, **ours)],
        "changes": [library.changes(theirs, their_article.digest, **ours)],
        "known_at": [library.known_at(their_article.url, **ours)],
        "mention": [library.mention(theirs, "here", **ours)],
        "forget_mentions": [library.forget_mentions("there", **ours)],
        "attempts": [library.attempts([theirs], **ours)],
        "open_question": [library.open_question(OpenQuestion("Ours?", "us", ""), **ours)],
        "take_up": [
            library.take_up(number, person=who, where="", **ours)
            for number in (1, 2)
            for who in ("them", "us")
        ],
        "cut_question_off": [library.cut_question_off(1, **ours)],
        "close_question": [library.close_question(1, **ours)],
        "arrive": [library.arrive(LATER, **ours)],
        "leave": [library.leave(LATER, **ours)],
        "remove_added_before": [
            library.remove_added_before(datetime(2000, 1, 1, tzinfo=UTC), **ours),
        ],
        "preferences": [library.preferences(**ours)],
        "set_preferences": [library.set_preferences("{}", **ours)],
        "scheduled": [library.scheduled(**ours)],
        "claim_slot": [library.claim_slot(LATER, **ours)],
        "note_delivered": [library.note_delivered(LATER, **ours)],
        "note_refused": [library.note_refused(**ours)],
        "unschedule": [library.unschedule(**ours)],
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
    async with small_library(folder) as library:
        library._fetcher = Nowhere()
        for thing in ours:
            await library.add(article(thing, False), collection="ours")
        for thing in theirs:
            await library.add(article(thing, True), collection="theirs")
        [their_article, *_] = await library.articles(collection="theirs")
        answer = await library.ask(f"What did the {theirs[0]} cost in crowns?", collection="theirs")
        assert answer.found
        recorded = await library.record(answer, collection="theirs")
        await library.vote(recorded.id, 1, True, collection="theirs", person="them")
        await library.report(recorded.id, "quote", collection="theirs", person="them", words=SECRET)
        await library.schedule(THEIR_SCHEDULE)
        await library.set_preferences(SECRET, collection="theirs")
        open_question = OpenQuestion(f"What is {SECRET}?", "them", "")
        await library.cut_question_off(
            await library.open_question(open_question, collection="theirs"), collection="theirs"
        )
        count = await library.count(collection="theirs")
        found = []
        for name, asked in calls(library, their_article, recorded).items():
            for call in asked:
                try:
                    result = await call
                except (ArticleNotFound, AnswerNotFound, QuestionNotFound, ReportNotFound):
                    continue
                if name != "record":  # gives back what it was given
                    found += [(name, one) for one in foreign(result)]
        assert await library.count(collection="theirs") == count
        assert await library.schedules() == [THEIR_SCHEDULE]
        assert await library.preferences(collection="theirs") == SECRET
        theirs_still = await library.take_up(1, person="them", where="", collection="theirs")
        assert theirs_still.question == open_question.question
        assert await library.count(collection="ours") == len(ours)
        await library.forget_person("us", collection="ours")
        await library.forget_collection(collection="ours")
        assert await library.count(collection="ours") == 0
        assert await library.count(collection="theirs") == count
        assert await library.votes(recorded.id, collection="theirs", person="them")
        return found


THINGS_OF_SOMEBODY = st.lists(st.sampled_from(THINGS), unique=True, min_size=1)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(ours=THINGS_OF_SOMEBODY, theirs=THINGS_OF_SOMEBODY)
def test_nothing_crosses_collections(ours, theirs):
    with tempfile.TemporaryDirectory() as folder:
        assert asyncio.run(leaks(Path(folder), ours, theirs)) == []


def test_the_law_knows_every_method():
    class Anything:
        def __getattr__(self, name):
            return lambda *_, **__: asked.append(name) or name

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
