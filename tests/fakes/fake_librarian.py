"""A librarian that keeps articles in memory and looks up words instead of using models.

The same services, names and errors as the real one; ``test_fake_librarian.py`` holds the signatures
to it. What a test wants to see or to decide is an attribute of the service that it concerns.
"""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from hashlib import sha256

from fake_answers import FakeAnswers
from fake_articles import FakeArticles, FakeArticleUpkeep
from fake_digests import FakeDigests
from fake_feedback import FakeFeedback
from fake_places import FakeNotes, FakePreferences, FakePrivacy
from fake_processes import FakeImports, FakeProcesses
from fake_questions import FakePendingQuestions, FakeUsage
from fake_quotes import FakeClaims, FakeQuotes
from fake_records import FakeInjectionFindings, FakeMaintenance, FakeMentions
from fake_summaries import FakeSummaries

from retrieval.domain.articles import Article, ArticleId
from retrieval.errors import AnswerNotFound, ArticleNotFound
from retrieval.protocols import Progress

TEXT = "It was quiet. The harbor was deepened in 1907. Ships came. “We dug by hand,” said Ada Berg."


class FakeLibrarian:
    waiting = 0
    model = ""
    mode = "off"

    def __init__(self):
        self.shelf: dict[int, Article] = {}
        self.texts: dict[int, str] = {}
        self.failure: BaseException | None = None
        """Raised by whatever takes time."""
        self.wait_s = 0.0
        self.place = 0
        self.progress: Progress | None = None
        self.open = 0
        self.warmed = 0
        self.answers = FakeAnswers(self)
        self.articles = FakeArticles(self)
        self.upkeep = FakeArticleUpkeep(self)
        self.summaries = FakeSummaries(self)
        self.quotes = FakeQuotes(self)
        self.claims = FakeClaims(self)
        self.digests = FakeDigests(self)
        self.feedback = FakeFeedback(self)
        self.privacy = FakePrivacy(self)
        self.usage = FakeUsage()
        self.preferences = FakePreferences()
        self.mentions = FakeMentions(self)
        self.pending_questions = FakePendingQuestions()
        self.injection_findings = FakeInjectionFindings()
        self.notes = FakeNotes()
        self.maintenance = FakeMaintenance(self)
        self.processes = FakeProcesses()
        self.imports = FakeImports()

    @asynccontextmanager
    async def opened(self, settings, **_):
        """Stand in for ``open_librarian``."""
        self.settings = settings
        self.open += 1
        try:
            yield self
        finally:
            self.open -= 1

    async def warm_up(self, on_progress=None):
        self.warmed += 1

    async def size(self):
        if self.failure:
            raise self.failure
        return len(self.shelf)

    async def close(self):
        pass

    # -- for tests and services ------------------------------------------------

    def put(self, collection="", title="Harbor history", text=TEXT, *, number=None, **known):
        """Put an article on the shelf; of what is not *known* of it, harbor.example says something."""
        number = number or max(self.shelf, default=0) + 1
        known.setdefault("site", "harbor.example")
        known.setdefault("url", f"https://harbor.example/{number}")
        known.setdefault("published", date(2024, 3, number % 28 + 1))
        known.setdefault("author", None)
        known.setdefault("language", "en")
        known.setdefault("public_id", f"a{number}")
        article = Article(
            id=ArticleId(number),
            collection=collection,
            title=title,
            added_at=datetime(2026, 1, 1, tzinfo=UTC),
            digest=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            chars=len(text),
            **known,
        )
        self.shelf[number] = article
        self.texts[number] = text
        return article

    def newest_first(self, collection):
        return [article for article in reversed(self.shelf.values()) if article.collection == collection]

    def find_answer(self, answer_id, collection, person):
        """Return a recorded answer; a private one for its asker only."""
        owner, answer = self.answers.recorded.get(answer_id, (None, None))
        if owner != collection or self.answers.only_for.get(answer_id, person) != person:
            raise AnswerNotFound("That answer is too old, or was not given here. Please ask again.")
        return answer

    def find(self, public_id, collection):
        for article in self.newest_first(collection):
            if article.public_id == public_id:
                return article
        raise ArticleNotFound(
            f"There is no article {public_id!r} here. Choose one from the list of articles."
        )

    async def work(self, on_place=None, on_progress=None):
        """Take the time, and fail, as the test decided."""
        if on_place and self.place:
            on_place(self.place)
        if on_progress and self.progress:
            on_progress(self.progress)
        if self.wait_s:
            await asyncio.sleep(self.wait_s)
        if self.failure:
            raise self.failure
