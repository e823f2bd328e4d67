"""Check that a library is whole, and make everything derived from its texts anew."""

import sqlite3
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

from retrieval.domain import Article, Block, CheckReport, NewArticle
from retrieval.errors import ArticleNotFound, LibraryDamaged
from retrieval.indexing.ingest import encode_in_slices
from retrieval.messages import message
from retrieval.protocols import Encoder
from retrieval.runtime import yield_after_each
from retrieval.search import (
    encoded_text,
    fingerprint_of,
    note_fingerprint,
    passage_slices,
    read_fingerprint,
)
from retrieval.storage import (
    ArticleStore,
    NewPassage,
    NewQuotation,
    damage_report,
    explain_error,
    passage_rows,
)
from retrieval.text import sentence_slices, signature_slices

UNFINISHED = "an unfinished rebuild"


def check_library(open_store: Callable[[], ArticleStore], folder: Path) -> CheckReport:
    """Read everything and report what is wrong, also of a file that cannot even be opened.

    Needs no model; changes nothing. A missing or stale index is no fault: it is a cache, and is made on
    first use.
    """
    try:
        store = open_store()
    except (sqlite3.DatabaseError, LibraryDamaged) as error:
        told = error if isinstance(error, LibraryDamaged) else explain_error(folder, error)
        if not isinstance(told, LibraryDamaged):
            raise
        return damage_report(folder, str(error.__cause__ or error))
    faults: list[str] = []
    notes: list[str] = []
    articles = passages = 0
    try:
        if state := store.integrity_fault():
            return damage_report(folder, state)
        faults += [
            message("A row of {table} points nowhere. Run 'rebuild'.", table=table)
            for table in store.dangling()
        ]
        for collection in store.collections():
            for article in store.articles(collection):
                articles += 1
                passages += _check_article(store, article, faults)
            faults += _check_words(store, collection)
            if not (store.index_folder / f"{store.collection_id(collection)}.json").exists():
                notes.append(
                    message("The index of {collection!r} will be made on first use.", collection=collection)
                )
    except (sqlite3.DatabaseError, LibraryDamaged, ValueError) as error:
        return damage_report(folder, str(error))
    return CheckReport(articles, passages, tuple(faults), tuple(notes))


def rebuild_library(
    store: ArticleStore, encoder: Encoder, folder: Path
) -> Generator[tuple[int, int], None, None]:
    """Cut, encode and index every article anew from its text; a long one takes several slices.

    Texts, ids and answers stay. Each article is rewritten in a transaction of its own and the
    fingerprint goes last, so an interrupted rebuild is simply run again.
    """
    from retrieval.quotes import quotation_slices  # late: whoever only asks needs none

    fingerprint = fingerprint_of(encoder)
    if read_fingerprint(store) != fingerprint:
        # Until the end the vectors are of two kinds: no encoder may be taken for theirs.
        note_fingerprint(store, replace(fingerprint, encoder=UNFINISHED))
    every = [article for collection in store.collections() for article in store.articles(collection)]
    for done, article in enumerate(every, start=1):
        if (text := _text_of(store, article)) is None:
            continue
        progress = (done - 1, len(every))
        new = as_new(article, text, store.blocks(article.id, article.digest))
        spans = yield from yield_after_each(sentence_slices(text), progress)
        cut = yield from yield_after_each(passage_slices(text, spans, encoder.count_tokens), progress)
        encoding = encode_in_slices([encoded_text(new, span) for span in cut], encoder)
        encoded = yield from yield_after_each(encoding, progress)
        quotations = yield from yield_after_each(quotation_slices(text, article.language), progress)
        signature = yield from yield_after_each(signature_slices(text), progress)
        made = [NewPassage(span, one) for span, one in zip(cut, encoded, strict=True)]
        rows = yield from yield_after_each(passage_rows(new, made), progress)
        if _text_of(store, article) is None:
            continue
        store.insert(
            article.collection,
            new,
            rows,
            [NewQuotation(one.span, one.speaker, one.speaker_span, one.cue_span) for one in quotations],
            rewritten=article,
            signature=signature,
        )
        yield done, len(every)
    if read_fingerprint(store) != fingerprint:
        note_fingerprint(store, fingerprint)


def _text_of(store: ArticleStore, article: Article) -> str | None:
    """Return the text of an article; ``None`` if somebody else removed or replaced it meanwhile."""
    try:
        return store.text(article.id, article.digest)
    except ArticleNotFound:
        return None


def as_new(article: Article, text: str, blocks: tuple[Block, ...]) -> NewArticle:
    """Return an article of the library in the shape in which articles come in."""
    return NewArticle(
        text=text,
        title=article.title,
        author=article.author,
        site=article.site,
        url=article.url,
        published=article.published,
        updated=article.updated,
        language=article.language,
        page_starts=article.page_starts,
        blocks=blocks,
    )


def _check_article(store: ArticleStore, article: Article, faults: list[str]) -> int:
    try:
        text = store.text(article.id)
    except LibraryDamaged:
        faults.append(
            message(
                "The text of {article} is not the one that was added. Add it again.",
                article=article.public_id,
            )
        )
        return 0
    passages = store.passages(store.passage_ids_of([article.id]))
    spans = sorted(passage.span for passage, _ in passages.values())
    missing = [span for span in spans if span.end > len(text)]
    if missing or not spans:
        faults.append(
            message("{article} is not searchable as a whole. Run 'rebuild'.", article=article.public_id)
        )
    return len(spans)


def _check_words(store: ArticleStore, collection: str) -> list[str]:
    collection_id = store.collection_id(collection)
    assert collection_id is not None
    if store.words(collection_id).passages() != set(store.passage_ids(collection)):
        return [
            message(
                "The word index of {collection!r} does not match its passages. Run 'rebuild'.",
                collection=collection,
            )
        ]
    return []
