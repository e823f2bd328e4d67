"""Short reports of our own for tests of digests and timelines."""

from datetime import UTC, date, datetime

from retrieval.domain.articles import Article, ArticleId


def report(number, text, day=date(2026, 6, 6), *, title="A report", source=0):
    article = Article(
        id=ArticleId(number),
        collection="default",
        public_id=f"a{number}",
        title=title,
        author=None,
        site=None,
        url=None,
        published=day,
        added_at=datetime(2026, 6, 7, tzinfo=UTC),
        language="en",
        digest="",
        chars=len(text),
        source=source or number,
    )
    return article, text
