"""The JSON that the command line prints: other programs rely on these shapes.

``article_id`` and ``id`` of an article are always its public id; offsets are code points.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO

from retrieval.domain import Added, Answer, Article, CheckReport, Citation, Hit, Summary, Version

JsonObject = dict[str, Any]


def write_row(stream: BinaryIO, row: JsonObject) -> None:
    """Write *row* as one line of UTF-8, and flush.

    A lone surrogate cannot be UTF-8; ``backslashreplace`` turns it into the very escape
    that JSON has for it, so that a reader gets back what was there.
    """
    line = json.dumps(row, ensure_ascii=False) + "\n"
    stream.write(line.encode("utf-8", "backslashreplace"))
    stream.flush()


def article_row(article: Article) -> JsonObject:
    """Describe an article as ``list`` and ``export`` do, without its text."""
    return {
        "id": article.public_id,
        "title": article.title,
        "author": article.author,
        "site": article.site,
        "url": article.url,
        "published": _iso(article.published),
    }


def shown_row(
    article: Article, text: str, versions: Sequence[Version] = (), attempt: str | None = None
) -> JsonObject:
    """Describe an article with everything that is known of it, and its exact text."""
    return {
        **article_row(article),
        "language": article.language,
        "text": text,
        "updated": _iso(article.updated),
        "page_starts": list(article.page_starts),
        "copies": article.copies,
        "versions": [
            {"digest": one.digest, "replaced_at": one.replaced_at.isoformat(), "chars": one.chars}
            for one in versions
        ],
        "addresses_models": attempt,
    }


def exported_row(article: Article, text: str) -> JsonObject:
    """Describe an article so that ``import`` takes it back unchanged.

    An id that this library made up says so, and is then no identity where it comes in.
    """
    row = article_row(article)
    order = ("id", "title")
    return {
        **{key: row[key] for key in order},
        "text": text,
        **{key: value for key, value in row.items() if key not in order},
        "updated": _iso(article.updated),
        "language": article.language,
        **({"page_starts": list(article.page_starts)} if article.page_starts else {}),
        **({} if article.given else {"given": False}),
    }


def added_row(source: str, added: Added) -> JsonObject:
    """Say what became of one source."""
    return {
        "source": source,
        "id": added.article.public_id,
        "title": added.article.title,
        "passages": added.passages,
        "status": added.status,
    }


def answer_row(answer: Answer) -> JsonObject:
    """Describe an answer, or what was nearest when nothing answers."""
    return {
        **({"understood": answer.understood} if answer.understood else {}),
        **({"warning": answer.warning} if answer.warning else {}),
        **({"written_by": answer.written_by} if answer.written_by else {}),
        **({"removed": list(answer.removed)} if answer.removed else {}),
        **({"originals": list(answer.originals)} if answer.originals else {}),
        "found": answer.found,
        "text": answer.text,
        "citations": [citation_row(citation) for citation in answer.citations],
        "nearest": [_nearest_row(hit) for hit in answer.nearest],
    }


def citation_row(citation: Citation) -> JsonObject:
    """Describe a citation; ``quote`` is the article's text from ``start`` to ``end``."""
    return {
        "number": citation.number,
        "article_id": citation.article.public_id,
        "title": citation.article.title,
        "url": citation.article.url,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        **_page(citation.page),
    }


def search_row(hits: Sequence[Hit], limit: int) -> JsonObject:
    """Rank the first *limit* articles of *hits*, and list their passages, both best first."""
    ranked = ranked_ids(hits)[:limit]
    return {
        "ranked": ranked,
        "passages": [
            {
                "article_id": hit.article.public_id,
                "start": hit.passage.span.start,
                "end": hit.passage.span.end,
                "score": hit.score,
            }
            for hit in hits
            if hit.article.public_id in ranked
        ],
    }


def ranked_ids(hits: Iterable[Hit]) -> list[str]:
    """Return the public ids of the articles in *hits*, each once, in the order they appear."""
    return list(dict.fromkeys(hit.article.public_id for hit in hits))


def summary_row(summary: Summary) -> JsonObject:
    """Describe a summary sentence by sentence."""
    cited = {citation.number: citation_row(citation) for citation in summary.citations}
    return {
        **({"written_by": summary.written_by} if summary.written_by else {}),
        **({"removed": list(summary.removed)} if summary.removed else {}),
        "text": summary.text,
        "sentences": [
            {
                "text": statement.text,
                "citations": [cited[number] for number in statement.numbers if number in cited],
            }
            for statement in summary.statements
        ],
    }


def report_row(report: CheckReport) -> JsonObject:
    """Describe the state of a library."""
    return {
        "articles": report.articles,
        "passages": report.passages,
        "faults": list(report.faults),
        "notes": list(report.notes),
    }


def _page(page: int | None) -> JsonObject:
    """Return the page's number for documents that have pages."""
    return {} if page is None else {"page": page}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _nearest_row(hit: Hit) -> JsonObject:
    return {
        "article_id": hit.article.public_id,
        "title": hit.article.title,
        "url": hit.article.url,
        "start": hit.passage.span.start,
        "end": hit.passage.span.end,
        "quote": hit.text,
        **_page(hit.article.page_of(hit.passage.span.start)),
        "score": hit.score,
    }
