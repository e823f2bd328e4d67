"""Articles of one passage each, for the tests of what is chosen among their sentences."""

from dataclasses import replace

from retrieval.domain.articles import ArticleId, Hit, NewArticle, Passage, PassageId
from retrieval.domain.spans import Span
from retrieval.storage import unstored_article
from retrieval.structure import read_structure


class WholeArticles:
    """Texts by their titles; every search finds all of them, in their order."""

    def __init__(self, **texts):
        self.texts = {ArticleId(at): text.strip() for at, text in enumerate(texts.values(), start=1)}
        self.titles = dict(zip(self.texts, (title.replace("_", " ") for title in texts), strict=True))

    def search(self, query, *, words_only=False):
        return [self.hit(article) for article in self.texts]

    def hit(self, article):
        text, title = self.texts[article], self.titles[article]
        stored = replace(unstored_article(NewArticle(text, title=title), "c"), id=article)
        return Hit(Passage(PassageId(article), article, Span(0, len(text))), stored, text, 1.0)

    def text_of(self, article):
        return self.texts[article]

    def speakers_of(self, article):
        return []

    def structure_of(self, article):
        return read_structure(self.texts[article])
