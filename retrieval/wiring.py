"""The one place where real parts are put together."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING

from retrieval.librarian import Context, Librarian, Resources
from retrieval.processes import Statements
from retrieval.protocols import Encoder, Extractor, Fetched, Fetcher, Reader, Reranker
from retrieval.runtime import Lane
from retrieval.settings import LibrarySettings
from retrieval.sources import SandboxedExtractor
from retrieval.storage import Catalog, explain_error
from retrieval.structure import read_structure

if TYPE_CHECKING:
    from retrieval.llm import ChosenAnswers, LlmAnswerer
    from retrieval.sources.fetch import GuardedFetcher


@asynccontextmanager
async def open_librarian(
    settings: LibrarySettings,
    *,
    load_encoder: Callable[[], Encoder] | None = None,
    load_reranker: Callable[[], Reranker] | None = None,
    load_reader: Callable[[], Reader] | None = None,
    fetcher: Fetcher | None = None,
    extractor: Extractor | None = None,
    builds: bool = True,
) -> AsyncIterator[Librarian]:
    """Open a library; its models are loaded when first needed, or by ``warm_up``.

    One that only answers, and does not build, runs the bundled models without sentence-transformers.
    Tests pass their own models, fetcher and extractor; with a cross-encoder of their own they have no
    reader but the one they pass.
    """
    own_encoder, own_reranker = model_loaders(settings, direct=not builds)
    resources = Resources(
        settings,
        load_encoder=load_encoder or own_encoder,
        load_reranker=load_reranker or own_reranker,
        load_reader=load_reader or (reader_loader(settings) if load_reranker is None else None),
        one_shot=not builds,
    )
    explain = partial(explain_error, settings.data_dir)
    async with Lane(max_waiting=settings.max_waiting, explain=explain) as lane:
        llm = _llm(settings, lane, resources)
        context = Context(
            lane=lane,
            resources=resources,
            catalog=Catalog(resources.folder, settings.database_url.get_secret_value()),
            statements=Statements(resources.folder, settings.database_url.get_secret_value()),
            fetcher=fetcher or LateFetcher(settings),
            extractor=extractor
            or SandboxedExtractor(timeout_s=settings.extract_timeout_s, memory_mb=settings.extract_memory_mb),
            llm=llm,
            chosen=_make_chosen_answers(settings, lane, resources, llm),
        )
        librarian = Librarian(context)
        try:
            yield librarian
        finally:
            await librarian.close()


class LateFetcher:
    """A ``GuardedFetcher`` that is made for the first page: aiohttp is a quarter of a second to import."""

    def __init__(self, settings: LibrarySettings) -> None:
        self._settings = settings

    async def fetch(self, url: str) -> Fetched:
        """Return the body behind *url*; raises as ``GuardedFetcher.fetch``."""
        return await self._fetcher.fetch(url)

    @cached_property
    def _fetcher(self) -> "GuardedFetcher":
        from retrieval.sources.fetch import GuardedFetcher

        return GuardedFetcher(
            timeout_s=self._settings.fetch_timeout_s,
            max_bytes=self._settings.max_article_bytes,
            allowed_private_hosts=self._settings.allowed_private_hosts,
        )


def _llm(settings: LibrarySettings, lane: Lane, resources: Resources) -> "LlmAnswerer | None":
    """Return what writes the answers, if a language model is set and not switched off."""
    if settings.llm_base_url is None or settings.llm_mode == "off":
        return None
    from retrieval.llm import LanguageModel, LlmAnswerer  # late: only where there is a model

    return LlmAnswerer(
        LanguageModel(settings),
        lane=lane,
        text_of=lambda article, digest: resources.store.text(article, digest),
        load_reranker=lambda: resources.reranker,
        passages=settings.llm_passages,
    )


def _make_chosen_answers(
    settings: LibrarySettings, lane: Lane, resources: Resources, llm: "LlmAnswerer | None"
) -> "ChosenAnswers | None":
    """Return what has the sentences of answers chosen, unless the language model writes."""
    if llm is None or settings.llm_mode != "choose":
        return None
    from retrieval.llm import Chooser, ChosenAnswers

    return ChosenAnswers(
        Chooser(llm.model),
        lane=lane,
        text_of=lambda article, digest: resources.store.text(article, digest),
        structure_of=lambda article, digest: read_structure(
            resources.store.text(article, digest), resources.store.blocks(article, digest)
        ),
        passages=settings.llm_passages,
    )


def model_loaders(
    settings: LibrarySettings, *, direct: bool = False
) -> tuple[Callable[[], Encoder], Callable[[], Reranker]]:
    """Return what loads the models that the settings name, each when it is called.

    *direct*: the bundled ones without sentence-transformers, which takes a tenth of a second each.
    """
    return partial(_encoder, settings, direct), partial(_reranker, settings, direct)


def _encoder(settings: LibrarySettings, direct: bool) -> Encoder:
    from retrieval.encoders import load_encoder

    return load_encoder(
        settings.encoder,
        models_dir=settings.models_dir,
        threads=_threads(settings),
        direct=direct,
        cache=settings.data_dir / "models",
    )


def _reranker(settings: LibrarySettings, direct: bool) -> Reranker:
    from retrieval.encoders import load_reranker

    return load_reranker(
        settings.reranker,
        models_dir=settings.models_dir,
        threads=_threads(settings),
        direct=direct,
        cache=settings.data_dir / "models",
    )


def reader_loader(settings: LibrarySettings) -> Callable[[], Reader] | None:
    """Return what loads the reader; ``None`` with another cross-encoder than it was calibrated with."""
    return partial(_reader, settings) if settings.reranker == "bundled" else None


def _reader(settings: LibrarySettings) -> Reader:
    from retrieval.reader import load_reader

    return load_reader(
        models_dir=settings.models_dir, threads=_threads(settings), cache=settings.data_dir / "models"
    )


def _threads(settings: LibrarySettings) -> int:
    return settings.threads or min(4, os.cpu_count() or 1)
