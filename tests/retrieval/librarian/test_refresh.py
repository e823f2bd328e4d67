"""Pages that are read again and articles that people correct, over pages that change on demand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from fakes import small_library

from retrieval.domain.answers import Citation
from retrieval.domain.articles import ArticleMetadata, NewArticle
from retrieval.domain.spans import Span
from retrieval.errors import ArticleNotFound, BadQuestion, SourceRefused, SourceUnavailable
from retrieval.indexing.upkeep import UpkeepStore, counts, metadata_of
from retrieval.protocols import Fetched

OLD = "The bridge was closed in 1991. It cost nine thousand crowns. Nobody mourned it."
NEW = "The bridge was closed in 1992. It cost nine thousand crowns. Mayor Ada Berg wept."
URL = "https://town.example/bridge"
OURS = {"collection": "ours"}


class ChangingPages:
    """A fetcher and an extractor in one, whose pages are given as articles."""

    def __init__(self):
        self.pages = {}
        self.visits = []

    async def fetch(self, url):
        self.visits.append(url)
        if url not in self.pages:
            raise SourceUnavailable("town.example did not answer. Try again later.")
        return Fetched(b"", url, "text/html")

    async def extract(self, fetched):
        return self.pages[fetched.url]


@pytest.fixture
def pages():
    return ChangingPages()


@pytest.fixture
async def library(tmp_path, pages):
    async with small_library(tmp_path, pages=pages) as librarian:
        yield librarian


async def put(library, pages, text=OLD, url=URL, **known):
    pages.pages[url] = NewArticle(text, title="The bridge", url=url, site="town.example", **known)
    return (await library.articles.add_url(url, **OURS)).article


async def every(stream):
    return [one async for one in stream]


async def test_a_page_that_changed_gives_the_article_its_new_text(library, pages):
    article = await put(library, pages, author="Ida Lind")
    pages.pages[URL] = NewArticle(NEW, title="The bridge again", url="https://town.example/moved")
    done = await library.upkeep.refresh(article.public_id, **OURS)
    assert done.text_changed
    assert done.fields == ("title",)
    assert (done.after.id, done.after.url, done.after.author) == (article.id, URL, "Ida Lind")
    assert await library.articles.get_text(article.public_id, **OURS) == NEW
    assert await library.articles.count(**OURS) == 1


async def test_what_was_cited_before_a_refresh_still_opens_the_old_words(library, pages):
    article = await put(library, pages)
    cited = Citation(1, article, Span(0, 30), OLD[:30])
    pages.pages[URL] = NewArticle(NEW, title="The bridge")
    await library.upkeep.refresh(article.public_id, **OURS)
    shown = await library.answers.context(cited, **OURS)
    assert (shown.quote, shown.current) == (OLD[:30], False)


async def test_a_page_that_did_not_change_changes_nothing(library, pages):
    article = await put(library, pages)
    done = await library.upkeep.refresh(article.public_id, **OURS)
    assert not done.text_changed
    assert done.fields == ()
    assert await library.upkeep.list_versions(article.public_id, **OURS) == []


async def test_a_page_that_is_gone_leaves_the_article_as_it_was(library, pages):
    article = await put(library, pages)
    pages.pages.clear()
    with pytest.raises(SourceUnavailable):
        await library.upkeep.refresh(article.public_id, **OURS)
    assert await library.articles.get_text(article.public_id, **OURS) == OLD


async def test_an_article_without_an_address_cannot_be_read_again(library):
    added = await library.articles.add(NewArticle(OLD, title="Pasted"), **OURS)
    with pytest.raises(SourceRefused, match="no web address"):
        await library.upkeep.refresh(added.article.public_id, **OURS)


async def test_an_article_with_a_given_id_keeps_it_when_its_page_changes(library, pages):
    added = await library.articles.add(
        NewArticle(OLD, title="The bridge", url=URL, given_id="bridge"), **OURS
    )
    pages.pages[URL] = NewArticle(NEW, title="The bridge", url=URL)
    done = await library.upkeep.refresh("bridge", **OURS)
    assert (done.after.id, done.after.public_id) == (added.article.id, "bridge")


async def test_a_text_that_lost_most_of_itself_is_pointed_out(library, pages):
    article = await put(library, pages)
    pages.pages[URL] = NewArticle("Subscribe to read this page.", title="The bridge")
    assert (await library.upkeep.refresh(article.public_id, **OURS)).much_shorter


async def test_the_new_words_are_found_and_the_old_ones_are_not(library, pages):
    article = await put(library, pages)
    assert await library.answers.search("mourned", **OURS)
    pages.pages[URL] = NewArticle(NEW, title="The bridge")
    await library.upkeep.refresh(article.public_id, **OURS)
    assert "wept" in (await library.answers.search("wept", **OURS))[0].text
    assert not any("mourned" in hit.text for hit in await library.answers.search("mourned", **OURS))


# -- all that are old ----------------------------------------------------------------


async def test_old_pages_are_read_again_in_turn_and_a_failure_stops_nobody(library, pages, monkeypatch):
    first = await put(library, pages, url=f"{URL}/1")
    await put(library, pages, OLD + " Twice.", url=f"{URL}/2")
    pages.pages[f"{URL}/2"] = NewArticle(NEW, title="The bridge")
    await library.articles.add(NewArticle("Pasted text has no page.", title="Pasted"), **OURS)
    del pages.pages[f"{URL}/1"]
    told = []
    done = await every(library.upkeep.refresh_stale(days=-1, on_progress=told.append, **OURS))
    assert counts(done) == "1 changed, 1 failed"
    assert done[0].before.id == first.id
    assert isinstance(done[0].error, SourceUnavailable)
    assert [(one.done, one.total) for one in told] == [(1, 2), (2, 2)]


async def test_pages_that_were_looked_at_lately_are_left_in_peace(library, pages):
    await put(library, pages)
    assert await every(library.upkeep.refresh_stale(days=1, **OURS)) == []
    assert len(pages.visits) == 1


async def test_a_page_that_was_looked_at_goes_to_the_end_of_the_row(library, pages):
    one, two = [await put(library, pages, OLD + x, url=URL + x) for x in ("1", "2")]
    store = UpkeepStore(library.resources.store)
    await library._context.lane.run(
        lambda: store.record_check(one.id, datetime.now(UTC) + timedelta(minutes=1))
    )
    assert [a.id for a in await library.upkeep.list_stale(days=-1, **OURS)] == [two.id, one.id]


async def test_no_more_pages_are_read_than_were_asked_for(library, pages):
    for x in "123":
        await put(library, pages, OLD + x, url=URL + x)
    assert len(await every(library.upkeep.refresh_stale(days=-1, limit=2, **OURS))) == 2


# -- edits ---------------------------------------------------------------------------


async def test_an_edit_is_kept_and_recorded(library, pages):
    article = await put(library, pages)
    wanted = ArticleMetadata(
        "The  old bridge", "Ada Berg", date(2025, 2, 8), "https://other.example/b?utm_source=x"
    )
    done = await library.upkeep.edit(article.public_id, wanted, editor="cora", **OURS)
    assert done.fields == ("title", "author", "published", "url")
    after = done.after
    assert (after.title, after.author, after.url) == ("The old bridge", "Ada Berg", "https://other.example/b")
    assert (after.site, after.id, after.digest) == ("other.example", article.id, article.digest)
    edits = await library.upkeep.list_edits(article.public_id, **OURS)
    assert [(one.field, one.was, one.now, one.editor) for one in edits][:3] == [
        ("title", "The bridge", "The old bridge", "cora"),
        ("author", None, "Ada Berg", "cora"),
        ("published", None, "2025-02-08", "cora"),
    ]
    assert await library.upkeep.list_versions(article.public_id, **OURS) == []


async def test_what_was_corrected_outlives_a_refresh_and_a_second_adding(library, pages):
    article = await put(library, pages, author="Unknown", published=date(2020, 1, 1))
    await library.upkeep.edit(article.public_id, ArticleMetadata("My title", None, None, URL), **OURS)
    pages.pages[URL] = NewArticle(NEW, title="Theirs", author="Unknown", published=date(2020, 1, 1), url=URL)
    after = (await library.upkeep.refresh(article.public_id, **OURS)).after
    assert (after.title, after.author, after.published) == ("My title", None, None)
    pages.pages[URL] = NewArticle(OLD, title="Theirs", author="Unknown", url=URL)
    added = await library.articles.add_url(URL, **OURS)
    assert (added.article.title, added.article.author) == ("My title", None)
    assert "corrected by hand" in added.notes[-1]


async def test_a_corrected_title_is_found(library, pages):
    article = await put(library, pages)
    await library.upkeep.edit(article.public_id, ArticleMetadata("Viaduct", None, None, URL), **OURS)
    assert (await library.answers.search("viaduct", **OURS))[0].article.id == article.id


async def test_an_edit_without_a_difference_is_none(library, pages):
    article = await put(library, pages)
    done = await library.upkeep.edit(article.public_id, metadata_of(article), **OURS)
    assert done.fields == ()
    assert await library.upkeep.list_edits(article.public_id, **OURS) == []


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (ArticleMetadata(" ", None, None, URL), BadQuestion),
        (ArticleMetadata("x" * 501, None, None, URL), BadQuestion),
        (ArticleMetadata("Bridge", None, None, "javascript:alert(1)"), SourceRefused),
        (ArticleMetadata("Bridge", None, None, f"{URL}/2"), SourceRefused),
    ],
)
async def test_an_edit_that_cannot_be_is_refused_whole(library, pages, wanted, error):
    article = await put(library, pages)
    await put(library, pages, NEW, url=f"{URL}/2")
    with pytest.raises(error):
        await library.upkeep.edit(article.public_id, wanted, **OURS)
    assert metadata_of(await library.articles.get(article.public_id, **OURS)) == metadata_of(article)


# -- history -------------------------------------------------------------------------


async def test_changes_between_two_texts_are_shown_in_their_words(library, pages):
    article = await put(library, pages)
    pages.pages[URL] = NewArticle(NEW, title="The bridge")
    await library.upkeep.refresh(article.public_id, **OURS)
    found = await library.upkeep.compare(article.public_id, article.digest[:12], **OURS)
    assert [(one.kind, one.before, one.after) for one in found.found] == [
        ("reworded", "The bridge was closed in 1991.", "The bridge was closed in 1992."),
        ("removed", "Nobody mourned it.", ""),
        ("added", "", "Mayor Ada Berg wept."),
    ]


async def test_a_text_that_an_article_never_had_is_not_found(library, pages):
    article = await put(library, pages)
    for digest in ("feed", article.digest[:12]):
        with pytest.raises(ArticleNotFound):
            await library.upkeep.compare(article.public_id, digest, **OURS)
