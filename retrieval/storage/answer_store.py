"""Answers that were given, kept so that their buttons still open the right words much later."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from retrieval.domain import (
    Answer,
    Article,
    ArticleId,
    Citation,
    ContextPart,
    Hit,
    Passage,
    PassageId,
    Span,
    Statement,
)
from retrieval.errors import AnswerHidden, AnswerNotFound
from retrieval.storage.article_store import ArticleStore

NEAREST_KEPT = 10
"""Passages that are shown and kept when asked what was read."""


class AnswerRecords:
    """Writes and reads given answers. Belongs to the lane."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection = store.connection

    def save(self, collection: str, answer: Answer, asker: str = "", *, private: bool = False) -> int:
        """Keep an answer, who asked for it, and whether it is for nobody else; return its number."""
        with self._store.transaction():
            inserted = self._connection.execute(
                "INSERT INTO answers (collection_id, given_at, question, body, asker, private) "
                "VALUES (:collection_id, :given_at, :question, :body, :asker, :private) RETURNING id",
                {
                    "collection_id": self._store.ensure_collection(collection),
                    "given_at": datetime.now(UTC).isoformat(timespec="seconds"),
                    "question": answer.question,
                    "body": json.dumps(_body(answer), ensure_ascii=False),
                    "asker": asker,
                    "private": int(private),
                },
            )
        return int(inserted.fetchone()[0])

    def load(
        self, collection: str, answer_id: int, *, hidden_too: bool = False, person: str | None = None
    ) -> Answer:
        """Return an answer as it was given; citations of removed articles are left out.

        A private one is only there for its asker; *person* ``None`` is the one who looks after the library.

        Raises:
            AnswerNotFound: This collection was given no such answer, or not this *person*.
            AnswerHidden: A reader had it hidden, and *hidden_too* is not set.
        """
        if answer_id >= 2**63:  # more than SQLite's integers hold
            raise AnswerNotFound("That answer is too old, or was not given here. Please ask again.")
        row = self._connection.execute(
            "SELECT an.question, an.body, an.hidden_at, an.private, an.asker FROM answers an "
            "JOIN collections c ON c.id = an.collection_id WHERE an.id = :id AND c.name = :collection",
            {"id": answer_id, "collection": collection},
        ).fetchone()
        if row is None or (person is not None and row[3] and row[4] != person):
            raise AnswerNotFound("That answer is too old, or was not given here. Please ask again.")
        if row[2] is not None and not hidden_too:
            raise AnswerHidden("This answer is hidden until a moderator has looked at it.")
        return self._answer(answer_id, row[0], json.loads(row[1]))

    def times_cited(self, article: ArticleId) -> int:
        """Return how many answers cite an article."""
        citations = self._connection.dialect.json_items("an.body", "citations")
        (count,) = self._connection.execute(
            "SELECT count(DISTINCT an.id) FROM articles a "  # noqa: S608 - a dialect's own words
            f"JOIN answers an ON an.collection_id = a.collection_id, {citations} AS cited "
            "WHERE a.id = :id AND CAST(cited.value ->> 'article' AS INTEGER) = :id",
            {"id": article},
        ).fetchone()
        return int(count)

    def _answer(self, answer_id: int, question: str, body: dict[str, Any]) -> Answer:
        rows = [ArticleId(item["article"]) for item in (*body["citations"], *body["nearest"])]
        articles = self._store.articles_by_row(rows)
        citations, nearest = [], []
        for item in body["citations"]:
            article = articles.get(ArticleId(item["article"]))
            if article is not None:
                span = Span(item["start"], item["end"])
                version = self._as_of(article, item)
                citations.append(Citation(item["number"], version, span, item["quote"], item.get("time", "")))
        for item in body["nearest"]:
            article = articles.get(ArticleId(item["article"]))
            if article is not None:
                passage = Passage(PassageId(item["passage"]), article.id, Span(item["start"], item["end"]))
                nearest.append(Hit(passage, self._as_of(article, item), item["text"], item["score"]))
        cited = {citation.number: citation for citation in citations}
        near = body.get("near")
        return Answer(
            question=question,
            statements=tuple(_statement(row, cited) for row in body["statements"]),
            citations=tuple(citations),
            nearest=tuple(nearest),
            notes=tuple(body["notes"]),
            library_size=body["library_size"],
            understood=body.get("understood", ""),
            warning=body.get("warning", ""),
            follow_ups=tuple(body.get("follow_ups", ())),
            written_by=body.get("written_by", ""),
            removed=tuple(body.get("removed", ())),
            originals=tuple(body.get("originals", ())),
            chosen_by=body.get("chosen_by", ""),
            reading=body.get("reading", ""),
            unsure=body.get("unsure", False),
            near=_statement(near, cited) if near else None,
            kind=body.get("kind", "answer"),
            id=answer_id,
        )

    def _as_of(self, article: Article, item: dict[str, Any]) -> Article:
        """Return the article as the version that was cited, so that its spans are read there."""
        if item["digest"] == article.digest:
            return article
        pages = self._store.version_pages(article.id, item["digest"])
        return replace(article, digest=item["digest"], page_starts=pages)


def _statement(row: list[Any], cited: Mapping[int, Citation]) -> Statement:
    """Return a statement of its row; context of articles that were removed is left out."""
    missing: list[Any] = [(), "", ()]
    text, numbers, emphasis, translation, context = row + missing[len(row) - 2 :]
    parts = [
        ContextPart(kind, cited[number].article, cited[number].span, cited[number].quote, number)
        for kind, number in context
        if number in cited
    ]
    return Statement(text, tuple(numbers), tuple(emphasis), translation, tuple(parts))


def _row(statement: Statement) -> list[Any]:
    """Return a statement as a list: of two items, or four if a language model added something, or five."""
    row: list[Any] = [statement.text, list(statement.numbers)]
    if statement.emphasis or statement.translation or statement.context:
        row += [list(statement.emphasis), statement.translation]
    if statement.context:
        row.append([[part.kind, part.number] for part in statement.context])
    return row


def _body(answer: Answer) -> dict[str, Any]:
    return {
        "statements": [_row(statement) for statement in answer.statements],
        "citations": [
            {
                "number": citation.number,
                "article": citation.article.id,
                "digest": citation.article.digest,
                "start": citation.span.start,
                "end": citation.span.end,
                "quote": citation.quote,
                **({"time": citation.time} if citation.time else {}),
            }
            for citation in answer.citations
        ],
        "nearest": [
            {
                "passage": hit.passage.id,
                "article": hit.article.id,
                "digest": hit.article.digest,
                "start": hit.passage.span.start,
                "end": hit.passage.span.end,
                "text": hit.text,
                "score": hit.score,
            }
            for hit in answer.nearest[:NEAREST_KEPT]
        ],
        "notes": list(answer.notes),
        "library_size": answer.library_size,
        "understood": answer.understood,
        "warning": answer.warning,
        "follow_ups": list(answer.follow_ups),
        "written_by": answer.written_by,
        "removed": list(answer.removed),
        "originals": list(answer.originals),
        "chosen_by": answer.chosen_by,
        "reading": answer.reading,
        "unsure": answer.unsure,
        "near": None if answer.near is None else _row(answer.near),
        "kind": answer.kind,
    }
