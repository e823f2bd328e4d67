"""The sentences that a language model chooses from, numbered, and what its numbers mean.

Sentences that address a model are not among them. A number stands for one span of one stored text,
so whatever a model returns, the words that are shown are an article's own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.citations import Draft
from retrieval.domain import Article, ArticleId, Hit, Passage, PassageId, Span
from retrieval.llm.prompts import safe
from retrieval.nlp import with_context
from retrieval.safety import for_models
from retrieval.text import find_exact, sentences

SENTENCE_CHARS = 600
"""Of a sentence that a model reads; what is longer is a table, and is cited whole."""
_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Numbered:
    """One sentence under its number."""

    article: Article
    span: Span
    context: Span
    """The sentence, from the start of the one before it when it cannot stand alone."""
    text: str
    """On one line."""
    opens_paragraph: bool


class NumberedSentences:
    """Sentences of articles, numbered from 1: articles by their best passage, sentences in their order."""

    def __init__(self, hits: Sequence[Hit], texts: dict[ArticleId, str]) -> None:
        """Number the sentences of *hits*, which ``safety.readable`` returned.

        *texts* are the stored texts of their articles. Belongs to the lane.
        """
        self._rows: list[Numbered] = []
        self._texts = texts
        for article in dict.fromkeys(hit.article.id for hit in hits):
            own = sorted(
                (hit for hit in hits if hit.article.id == article), key=lambda hit: hit.passage.span.start
            )
            self._add(own, texts[article])

    def _add(self, hits: Iterable[Hit], text: str) -> None:
        end = 0
        before: Span | None = None
        for hit in hits:
            start = hit.passage.span.start
            if before is not None and text[before.end : start].strip():
                before = None
            for local in sentences(hit.passage.span.of(text)):
                span = Span(start + local.start, start + local.end)
                words = span.of(text)
                if local.of(hit.text) != words:  # an order to a model is blanked in it
                    before = None
                    continue
                if span.start >= end and sum(char.isalnum() for char in words) >= _LEAST_LETTERS:
                    gap = text[before.end : span.start] if before else "\n\n"
                    self._rows.append(
                        Numbered(
                            article=hit.article,
                            span=span,
                            context=with_context(text, span, before),
                            text=" ".join(words.split()),
                            opens_paragraph="\n\n" in gap,
                        )
                    )
                    end = span.end
                before = span

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, number: int) -> Numbered:
        """Return the sentence of a number, which counts from 1."""
        return self._rows[number - 1]

    def format_for_model(self) -> str:
        """Return all sentences as a model reads them: one a line, under titles and dates of articles."""
        lines: list[str] = []
        article: ArticleId | None = None
        for number, row in enumerate(self._rows, start=1):
            if row.article.id != article:
                article = row.article.id
                lines += ["", _title(row.article)]
            elif row.opens_paragraph:
                lines.append("")
            text = row.text if len(row.text) <= SENTENCE_CHARS else row.text[: SENTENCE_CHARS - 1] + "…"
            lines.append(f"[{number}] {' '.join(safe(text).split())}")
        return "\n".join(lines).strip()

    def number_at(self, span: Span) -> int:
        """Return the number of the sentence that stands at *span*; 0 if there is none."""
        return next((at for at, row in enumerate(self._rows, start=1) if row.span == span), 0)

    def as_hit(self, number: int) -> Hit:
        """Return a sentence as a passage of its own."""
        row = self[number]
        passage = Passage(PassageId(-row.span.start - 1), row.article.id, row.span)
        return Hit(passage, row.article, row.span.of(self._texts[row.article.id]), 0.0)

    def draft(self, number: int) -> Draft:
        """Return the sentence of a number, without what has to be read with it."""
        row = self[number]
        return Draft(row.article, row.span, row.span.of(self._texts[row.article.id]))

    def drafts(self, numbers: Sequence[int]) -> list[Draft]:
        """Return the sentences of these numbers, each with the one before it where it depends on that.

        One whose context was chosen as well is shown once.
        """
        chosen = list(dict.fromkeys(number for number in numbers if 0 < number <= len(self)))
        spans = {(self[number].article.id, self[number].span) for number in chosen}
        drafts = []
        for number in chosen:
            row = self[number]
            shown_before = any(
                article == row.article.id and row.context.start < span.end <= row.span.start
                for article, span in spans
            )
            span = row.span if shown_before else row.context
            drafts.append(Draft(row.article, span, span.of(self._texts[row.article.id])))
        return drafts


def words_in(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return those of *words* that stand in *text* as whole words, up to typography; as *text* has them."""
    found: list[Span] = []
    for one in words:
        span = find_exact(one, text) if any(char.isalnum() for char in one) else None
        if span is None or any(span.start < other.end and other.start < span.end for other in found):
            continue
        around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
        if not any(char.isalnum() for char in around):
            found.append(span)
    return tuple(span.of(text) for span in sorted(found, key=lambda span: span.start))


def _title(article: Article) -> str:
    title = " ".join(safe(for_models(article.title)).split()) or "(no title)"
    date = f" ({article.published.isoformat()})" if article.published else ""
    return f"Article: {title}{date}"
