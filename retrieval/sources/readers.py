"""Chooses the reader for a file type, and returns its article."""

from dataclasses import replace

from retrieval.domain import NewArticle
from retrieval.errors import SourceRefused
from retrieval.messages import message
from retrieval.protocols import Fetched
from retrieval.sources.file_types import SEVERAL, Kind, find_declared_kind, kind_of, suffix_of


def extract_article(fetched: Fetched, *, patience_s: float = float("inf")) -> NewArticle:
    """Return the article in *fetched*: tidied text, and the metadata that is really there.

    Pure and synchronous; takes some 30 ms for a page, and long for a hostile one, which is
    why ``SandboxedExtractor`` runs it elsewhere. ``fetched.url`` may be a file's name, or
    empty. A PDF is not read on after *patience_s*; a note says so.

    Raises:
        SourceRefused: If it is no kind of file that is read.
        NotReadable: If there is no article in it.
    """
    # Each reader brings a library of its own; only the one that is needed is loaded.
    kind = kind_of(fetched.body, fetched.content_type, fetched.url)
    if kind in SEVERAL:
        raise SourceRefused(
            message("This is {kind} of several articles. Add it, then ask for one of them.", kind=kind.called)
        )
    if kind is Kind.PDF:
        from retrieval.sources.pdf.reader import read_pdf

        article = read_pdf(fetched.body, fetched.url, patience_s, fetched.password)
    elif kind is Kind.WORD:
        from retrieval.sources.documents.docx import read_docx

        article = read_docx(fetched.body, fetched.url)
    elif kind is Kind.OPENDOCUMENT:
        from retrieval.sources.documents.opendocument import read_opendocument

        article = read_opendocument(fetched.body, fetched.url)
    elif kind is Kind.EPUB:
        from retrieval.sources.documents.epub import read_epub

        article = read_epub(fetched.body, fetched.url)
    elif kind is Kind.MARKDOWN:
        from retrieval.sources.documents.markdown import read_markdown

        article = read_markdown(fetched.body, fetched.url, fetched.charset)
    elif kind is Kind.TEXT:
        from retrieval.sources.documents.plain_text import read_text

        article = read_text(fetched.body, fetched.url, fetched.charset)
    elif kind in (Kind.RTF, Kind.TRANSCRIPT, Kind.NOTEBOOK):
        article = _read_rarer(kind, fetched)
    else:
        from retrieval.sources.html.page import read_page

        article = read_page(fetched.body, fetched.url, fetched.charset)
    return _with_kind_note(article, kind, fetched)


def _read_rarer(kind: Kind, fetched: Fetched) -> NewArticle:
    if kind is Kind.RTF:
        from retrieval.sources.documents.rtf import read_rtf

        return read_rtf(fetched.body, fetched.url)
    if kind is Kind.TRANSCRIPT:
        from retrieval.sources.documents.transcripts import read_transcript

        return read_transcript(fetched.body, fetched.url, fetched.charset)
    from retrieval.sources.documents.notebooks import read_notebook

    return read_notebook(fetched.body, fetched.url)


def _with_kind_note(article: NewArticle, kind: Kind, fetched: Fetched) -> NewArticle:
    said = find_declared_kind(fetched.content_type, fetched.url)
    if said is None or said is kind:
        return article
    name = suffix_of(fetched.url) or fetched.content_type
    note = message("It is called {name}, but it is {kind}; it was read as that.", name=name, kind=kind.called)
    return replace(article, notes=(note, *article.notes))
