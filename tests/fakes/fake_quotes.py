"""Quotations and checks of claims of the fake librarian: words between marks, and last words."""

from retrieval.claims.extraction import MOST, extract_claims
from retrieval.domain.answers import Citation
from retrieval.domain.articles import Filters
from retrieval.domain.claims import Claim, ClaimsCheck, Verdict
from retrieval.domain.quotes import Quotation, Sayings, Wording, WordsCheck
from retrieval.domain.spans import Span
from retrieval.errors import BadQuestion
from retrieval.quotes.wording import differences, nearest_stretch, warnings
from retrieval.text.matching import find_exact

NO_FILTERS = Filters()


class FakeQuotes:
    def __init__(self, library):
        self._library = library
        self.quotations_of = first_quotation

    async def find(self, query=None, *, collection, speaker=None, article=None, limit=20, since=None):
        await self._library.work()
        if article is not None:
            self._library.find(article, collection)
        found = []
        for one in reversed(self._library.newest_first(collection)):
            text = self._library.texts[one.id]
            wanted = (query or "") in text and article in (None, one.public_id)
            if wanted and (since is None or one.published >= since):
                found += self.quotations_of(one, text)
        return [one for one in found if speaker is None or speaker in (one.speaker or "")][:limit]

    async def find_by_speaker(self, speaker, *, collection, filters=NO_FILTERS):
        found = await self.find(collection=collection, limit=None, since=filters.since)
        if speaker == "Berg":
            return Sayings(speaker, (), ("Ada Berg", "Peter Berg"))
        return Sayings(speaker, tuple(one for one in reversed(found) if one.speaker == speaker))

    async def check_words(self, words, *, collection, filters=NO_FILTERS):
        await self._library.work()
        wordings = []
        for one in self._library.newest_first(collection):
            if filters.article_ids and one.public_id not in filters.article_ids:
                continue
            text = self._library.texts[one.id]
            near = nearest_stretch(words, text, Span(0, len(text)))
            if near:
                changed = () if words in text else differences(words, near.span.of(text))
                there = near.span.of(text)
                wordings.append(
                    Wording(one, near.span, there, near.span, False, None, changed, warnings(changed))
                )
        size = len(self._library.newest_first(collection))
        return WordsCheck(words, tuple(wordings[:5]), len(wordings), size)

    async def suggest_speakers(self, typed, *, collection, limit=25):
        return [f"{typed} {number} " + "long " * 30 for number in range(40)][:limit]


def first_quotation(article, text):
    """Return what stands first between quotation marks; Ada Berg said all of it."""
    start, end = text.find("“") + 1, text.find("”")
    return [Quotation(article, Span(start, end), text[start:end], "Ada Berg")] if start else []


def thirty_quotations(article, text):
    """Return the first letter thirty times, said by nobody and by Ann in turns."""
    return [
        Quotation(article, Span(0, 1), text[0], "Ann" if n % 2 else None, Span(1, 2) if n % 2 else None)
        for n in range(30)
    ]


class FakeClaims:
    def __init__(self, library):
        self._library = library

    async def check(self, text, *, collection, filters=NO_FILTERS, on_place=None):
        """Support a claim whose last word an article holds, and contradict it if it has a "not"."""
        await self._library.work(on_place)
        articles = self._library.newest_first(collection)
        claims, number = [], 0
        for one in extract_claims(text):
            citations = [
                Citation(number + 1, article, span, span.of(self._library.texts[article.id]))
                for article in articles
                if (span := find_exact(one.text.split()[-1], self._library.texts[article.id]))
            ][:1]
            number += len(citations)
            verdict = Verdict.SUPPORTED if citations else Verdict.NOT_FOUND
            if citations and " not " in one.text:
                verdict = Verdict.CONTRADICTED
            claims.append(Claim(one.text, verdict, tuple(citations)))
        if not claims:
            raise BadQuestion("I found no claim in that text.")
        return ClaimsCheck(tuple(claims[:MOST]), max(0, len(claims) - MOST), len(articles))
