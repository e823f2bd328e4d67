"""The one place where real parts are put together."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from retrieval.catalog import Catalog
from retrieval.extract import SandboxedExtractor
from retrieval.fetch import GuardedFetcher
from retrieval.lane import Lane
from retrieval.language_model import LanguageModel
from retrieval.librarian import Context, Librarian, Resources
from retrieval.llm_answerer import LlmAnswerer
from retrieval.seams import Encoder, Extractor, Fetcher, Reranker
from retrieval.settings import LibrarySettings


@asynccontextmanager
async def open_librarian(
    settings: LibrarySettings,
    *,
    load_encoder: Callable[[], Encoder] | None = None,
    load_reranker: Callable[[], Reranker] | None = None,
    fetcher: Fetcher | None = None,
    extractor: Extractor | None = None,
) -> AsyncIterator[Librarian]:
    """Open a library; its models are loaded when first needed, or by ``warm_up``.

    Tests pass their own models, fetcher and extractor.
    """
    own_encoder, own_reranker = model_loaders(settings)
    resources = Resources(
        settings,
        load_encoder=load_encoder or own_encoder,
        load_reranker=load_reranker or own_reranker,
    )
    async with Lane(max_waiting=settings.max_waiting) as lane:
        context = Context(
            lane=lane,
            resources=resources,
            catalog=Catalog(resources.folder),
            fetcher=fetcher
            or GuardedFetcher(
                timeout_s=settings.fetch_timeout_s,
                max_bytes=settings.max_article_bytes,
                allowed_private_hosts=settings.allowed_private_hosts,
            ),
            extractor=extractor
            or SandboxedExtractor(timeout_s=settings.extract_timeout_s, memory_mb=settings.extract_memory_mb),
            llm=_llm(settings, lane, resources),
        )
        librarian = Librarian(context)
        try:
            yield librarian
        finally:
            await librarian.close()


def _llm(settings: LibrarySettings, lane: Lane, resources: Resources) -> LlmAnswerer | None:
    """Return what writes the answers, if a language model is set."""
    if settings.llm_base_url is None:
        return None
    return LlmAnswerer(
        LanguageModel(settings),
        lane=lane,
        text_of=lambda article, digest: resources.store.text(article, digest),
        load_reranker=lambda: resources.reranker,
        passages=settings.llm_passages,
    )


def model_loaders(settings: LibrarySettings) -> tuple[Callable[[], Encoder], Callable[[], Reranker]]:
    """Return what loads the models that the settings name, each when it is called."""
    return partial(_encoder, settings), partial(_reranker, settings)


def _encoder(settings: LibrarySettings) -> Encoder:
    from retrieval.encoder import load_encoder

    return load_encoder(settings.encoder, models_dir=settings.models_dir, threads=_threads(settings))


def _reranker(settings: LibrarySettings) -> Reranker:
    from retrieval.reranker import load_reranker

    return load_reranker(settings.reranker, models_dir=settings.models_dir, threads=_threads(settings))


def _threads(settings: LibrarySettings) -> int:
    return settings.threads or min(4, os.cpu_count() or 1)
