"""Which articles give orders to language models, for those who look after a library.

Looked for when it is first asked, and kept; so an article that came before anybody looked for such
orders, or before the rules were better, is looked at anew.
"""

from collections.abc import Generator, Sequence
from hashlib import sha256

from retrieval.domain import Article, Span
from retrieval.librarian.context import Context
from retrieval.records import InjectionStore
from retrieval.runtime import Priority
from retrieval.safety import RULES, find_first_injection, find_injections_by_part


class InjectionFindings:
    """Finds articles that address language models."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def find(self, public_ids: Sequence[str], *, collection: str) -> dict[str, str]:
        """Return the first words with which these articles address language models, by public id.

        Articles that do not are left out. Cheap, but for the first look at a long article.

        Raises:
            ArticleNotFound: There is none under one of these ids.
        """
        return await self._context.lane.run_in_slices(
            self._find(public_ids, collection), priority=Priority.IMPORT
        )

    def _find(self, public_ids: Sequence[str], collection: str) -> Generator[None, None, dict[str, str]]:
        store = self._context.store
        kept = InjectionStore(store)
        found = {}
        for public_id in public_ids:
            article = store.article(collection, public_id)
            words = kept.of(article, _hash_inputs(article))
            if words is None:
                text = store.text(article.id, article.digest)
                spans: list[Span] = []
                for part in find_injections_by_part(text):
                    spans += part
                    yield
                words = find_first_injection(text, spans, (article.title, article.author, article.site))
                kept.put(article, _hash_inputs(article), words)
            if words:
                found[public_id] = words
        return found


def _hash_inputs(article: Article) -> str:
    """Name all that decides what is found in an article."""
    names = (article.digest, article.title, article.author, article.site)
    return sha256(repr((RULES, *names)).encode("utf-8", "surrogatepass")).hexdigest()
