"""Put one article into the library: cut, encode, find its quotations, write, in short slices."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Literal

from retrieval.domain import Added, Article, Corrections, NewArticle, Span
from retrieval.errors import NotReadable
from retrieval.messages import Message, message
from retrieval.protocols import Encoded, Encoder
from retrieval.runtime import yield_after_each
from retrieval.safety import find_first_injection, find_injections_by_part
from retrieval.search import Searcher, count_in_slices, encoded_text, passage_slices
from retrieval.storage import ArticleStore, NewPassage, NewQuotation, digest_of, passage_rows
from retrieval.text import sentence_slices, signature_slices

SLICE_TOKENS = 640
"""Tokens encoded before the lane is handed back: a quarter second at 2,800 tokens a second."""


def ingest(
    new: NewArticle,
    *,
    collection: str,
    store: ArticleStore,
    searcher: Searcher,
    encoder: Encoder,
    max_articles: int,
    rewritten: Article | None = None,
) -> Generator[tuple[int, int], None, Added]:
    """Add *new*, yielding passages done and in all after each slice.

    Nothing is written before the last slice, and then all in one transaction. *rewritten* names
    the article that *new* takes the place of, whatever else it resembles.

    Raises:
        ArticleNotFound: *rewritten* was removed.
        NotReadable: There is no sentence in it.
        LibraryFull: The collection holds *max_articles* already.
    """
    from retrieval.quotes import quotation_slices  # late: whoever only asks needs none

    check_readable(new)
    old = rewritten or store.find_same(collection, new)
    injection = yield from _find_injection(new)
    notes = (*new.notes, _note(injection)) if injection else new.notes
    if rewritten is None and old is not None and is_same(old, new):
        if new.blocks and store.blocks(old.id, old.digest) != new.blocks:
            store.set_blocks(old, new.blocks)
        return Added(old, len(store.passage_ids_of([old.id])), "known", notes, injection)
    if old is None:
        store.check_room(collection, max_articles)  # before the long work, and again when it is written
    spans = yield from yield_after_each(sentence_slices(new.text), (0, 0))
    passages = yield from yield_after_each(passage_slices(new.text, spans, encoder.count_tokens), (0, 0))
    if not passages:
        raise NotReadable("There is no text in this article. Paste the text itself instead.")
    encoded = yield from encode_in_slices([encoded_text(new, span) for span in passages], encoder)
    done = (len(encoded), len(passages))
    yield done
    quotations = yield from yield_after_each(quotation_slices(new.text, new.language), done)
    signature = yield from yield_after_each(signature_slices(new.text), done)
    made = [NewPassage(span, one) for span, one in zip(passages, encoded, strict=True)]
    rows = yield from yield_after_each(passage_rows(new, made), done)
    stored = store.insert(
        collection,
        new,
        rows,
        [NewQuotation(one.span, one.speaker, one.speaker_span, one.cue_span) for one in quotations],
        rewritten=rewritten,
        max_articles=max_articles,
        signature=signature,
    )
    searcher.update_index(collection, added=stored.passages, removed=stored.removed)
    status: Literal["added", "replaced"] = "replaced" if stored.replaced else "added"
    return Added(stored.article, len(stored.passages), status, notes, injection)


def _find_injection(new: NewArticle) -> Generator[tuple[int, int], None, str]:
    """Return the first words with which *new* addresses language models."""
    spans: list[Span] = []
    for number, part in enumerate(find_injections_by_part(new.text)):
        if number:  # an article of usual length is one part, and has nothing to yield for
            yield 0, 0
        spans += part
    return find_first_injection(new.text, spans, (new.title, new.author, new.site))


def _note(injection: str) -> Message:
    return message(
        "This article holds text that addresses language models: “{attempt}”. "
        "It is never followed, and never read by a model.",
        attempt=injection,
    )


def apply_corrections(found: NewArticle, corrections: Corrections) -> NewArticle:
    """Return what was read, with what a person said instead where they said something."""
    return replace(
        found,
        title=corrections.title or found.title,
        author=corrections.author or found.author,
        url=corrections.url or found.url,
        site=corrections.site or found.site,
        published=corrections.published or found.published,
        updated=corrections.updated or found.updated,
        language=corrections.language or found.language,
    )


def is_same(old: Article, new: NewArticle) -> bool:
    """Tell whether *new* says nothing that the library does not have.

    What *new* leaves out is not a difference: an article without a date does not lose it.
    """
    return old.digest == digest_of(new.text) and all(
        given in (None, "", (), kept)
        for given, kept in (
            (new.title, old.title),
            (new.author, old.author),
            (new.site, old.site),
            (new.url, old.url),
            (new.published, old.published),
            (new.updated, old.updated),
            (new.page_starts, old.page_starts),
        )
    )


def check_readable(new: NewArticle) -> None:
    """Refuse what cannot be stored exactly.

    Raises:
        NotReadable: It holds no letters, or characters that are no text.
    """
    if not any(char.isalnum() for char in new.text):
        raise NotReadable("There is no text in this article. Paste the text itself instead.")
    if "\x00" in new.text or any("\ud800" <= char <= "\udfff" for char in new.text):
        raise NotReadable("The text holds characters that are not text. Save it as UTF-8 and try again.")


def encode_in_slices(
    texts: Sequence[str], encoder: Encoder
) -> Generator[tuple[int, int], None, list[Encoded]]:
    """Encode passages, yielding how many are done after each slice; return them all."""
    sizes = yield from yield_after_each(count_in_slices(texts, encoder.count_tokens), (0, 0))
    encoded: list[Encoded] = []
    first, tokens = 0, 0
    for at, size in enumerate(sizes):
        if at > first and tokens + size > SLICE_TOKENS:
            encoded += encoder.encode_passages(texts[first:at])
            first, tokens = at, 0
            yield len(encoded), len(texts)
        tokens += size
    encoded += encoder.encode_passages(texts[first:])
    return encoded
