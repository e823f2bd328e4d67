"""The sentences that a language model chooses from, numbered, and what its numbers mean.

Sentences that address a model are not among them. A number stands for one span of one stored text,
so whatever a model returns, the words that are shown are an article's own. What a sentence depends on,
its headings, question, lead-in, header of columns, entry or speaker, stands above it without a number.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from retrieval.citations import Draft
from retrieval.domain import Article, ArticleId, Hit, Span
from retrieval.llm.prompts import safe
from retrieval.nlp import looks_beyond, with_context
from retrieval.safety import for_models
from retrieval.structure import Structure, read_structure
from retrieval.text import find_exact, sentences

SENTENCE_CHARS = 1_200
"""Of a sentence that a model reads, the most that one has: what is cut off cannot be judged."""
LABEL_CHARS = 200
"""Of a title, an author, a heading, a question, a lead-in or a footnote that a model reads besides."""
_LEAST_LETTERS = 2
_NUMBERLESS = ("heading", "question")
"""Kinds of blocks that answer nothing by themselves."""
_MOST_NEEDED = 2
"""Sentences that are shown before one because it depends on them; an extractive summary shows as many."""
Split = Callable[[str, Sequence[Span]], Sequence[Span]]
"""Cuts the sentences of a text further."""
Labels = dict[str, tuple[Span, ...]]
"""What stands above a sentence, by its name for the model."""


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
    labels: Labels = field(default_factory=dict)
    speaker: str = ""
    footnotes: tuple[Span, ...] = ()


class NumberedSentences:
    """Sentences of articles, numbered from 1: articles by their best passage, sentences in their order."""

    def __init__(
        self,
        hits: Sequence[Hit],
        texts: dict[ArticleId, str],
        structure_of: Callable[[ArticleId], Structure] | None = None,
        *,
        split: Split | None = None,
    ) -> None:
        """Number the sentences of *hits*, which ``safety.readable`` returned.

        *texts* are the stored texts of their articles; without *structure_of*, their structure is what the
        texts show. *split* may cut the sentences further. Belongs to the lane.
        """
        self._rows: list[Numbered] = []
        self._texts = texts
        self._split = split or (lambda _, spans: spans)
        self._structure_of = structure_of or (lambda article: read_structure(texts[article]))
        for article in dict.fromkeys(hit.article.id for hit in hits):
            own = sorted(
                (hit for hit in hits if hit.article.id == article), key=lambda hit: hit.passage.span.start
            )
            self._add(own, texts[article], self._structure_of(article))

    def _add(self, hits: Iterable[Hit], text: str, structure: Structure) -> None:
        end = 0
        before: Span | None = None
        for hit in hits:
            start = hit.passage.span.start
            if before is not None and text[before.end : start].strip():
                before = None
            passage = hit.passage.span.of(text)
            for local in self._split(passage, sentences(passage)):
                span = Span(start + local.start, start + local.end)
                words = span.of(text)
                if local.of(hit.text) != words:  # an order to a model is blanked in it
                    before = None
                    continue
                lettered = sum(char.isalnum() for char in words) >= _LEAST_LETTERS
                if span.start >= end and lettered and not _is_label(structure, span):
                    gap = text[before.end : span.start] if before else "\n\n"
                    self._rows.append(
                        Numbered(
                            article=hit.article,
                            span=span,
                            context=with_context(text, span, before),
                            text=" ".join(words.split()),
                            opens_paragraph="\n\n" in gap,
                            labels=_labels_of(structure, span),
                            speaker=structure.speaker_of(span),
                            footnotes=structure.footnotes_of(span),
                        )
                    )
                    end = span.end
                before = span

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, number: int) -> Numbered:
        """Return the sentence of a number, which counts from 1."""
        return self._rows[number - 1]

    def format_for_model(self, numbers: Sequence[int] | None = None, *, lengths: bool = False) -> str:
        """Return all sentences, or some, as a model reads them: one a line, under title, author and date.

        Lines without a number name what the sentences below depend on; each is written once. With
        *lengths*, the words of each sentence stand behind its number, and the numbers that it needs.
        """
        lines: list[str] = []
        before: Numbered | None = None
        for number in range(1, len(self) + 1) if numbers is None else sorted(set(numbers)):
            row = self[number]
            if before is None or row.article.id != before.article.id:
                before = None
                lines += ["", _title(row.article)]
            labels = self._labels(row, before)
            if before is not None and (row.opens_paragraph or labels):
                lines.append("")
            lines += labels
            notes = "".join(f" (note: {self._brief(row, note)})" for note in row.footnotes)
            size = self._size(number) if lengths else ""
            lines.append(f"[{number}] {size}{_on_line(row.text, SENTENCE_CHARS)}{notes}")
            before = row
        return "\n".join(lines).strip()

    def _size(self, number: int) -> str:
        needed = "".join(f", needs {one}" for one in self.needs(number)[-1:])
        return f"({self.words(number)} words{needed}) "

    def words(self, number: int) -> int:
        """Return the length of a sentence as summaries count it."""
        return len(self[number].text.split())

    def needs(self, number: int) -> tuple[int, ...]:
        """Return the numbers of the sentences without which one cannot be understood, in their order.

        Those between that cannot name its "he" or "she" are passed over.
        """
        found: list[int] = []
        at = self._leans_on(number)
        while at and len(found) < _MOST_NEEDED:
            found.insert(0, at)
            at = self._leans_on(at)
        return tuple(found)

    def _leans_on(self, number: int) -> int:
        """Return the number of the sentence that one refers back to; 0 if it can stand alone."""
        row, before = self[number], number - 1
        if row.context == row.span:
            return 0
        while (
            before and self[before].context != self[before].span and looks_beyond(row.text, self[before].text)
        ):
            before -= 1
        return before if before and self[before].article.id == row.article.id else 0

    def _labels(self, row: Numbered, before: Numbered | None) -> list[str]:
        """Return the lines that name what *row* depends on, without what the row *before* depends on, too."""
        lines = []
        known = before.labels if before is not None else {}
        if "Section" in known and "Section" not in row.labels:
            lines.append("Section: none")
        for name, spans in row.labels.items():
            words = " > ".join(filter(None, (self._brief(row, span) for span in spans)))
            if words and known.get(name) != spans and not (name in _NEAR and self._is_numbered(row, spans)):
                lines.append(f"{name}: {words}")
        if row.speaker and (before is None or row.speaker != before.speaker):
            speaker = _on_line(for_models(row.speaker), LABEL_CHARS)
            lines += [f"Speaker: {speaker}"] if speaker and not row.text.startswith(row.speaker) else []
        return lines

    def _is_numbered(self, row: Numbered, spans: Sequence[Span]) -> bool:
        """Tell whether all *spans* begin in sentences that have numbers."""
        own = [one.span for one in self._rows if one.article.id == row.article.id]
        return all(any(one.start <= span.start < one.end for one in own) for span in spans)

    def _brief(self, row: Numbered, span: Span) -> str:
        return _on_line(for_models(span.of(self._texts[row.article.id])), LABEL_CHARS)

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


_NEAR = ("List", "Columns", "Entry")
"""Names of what need not be repeated where it stands among the sentences."""


def _labels_of(structure: Structure, span: Span) -> Labels:
    asked, entry = structure.question_of(span), structure.entry_of(span)
    header = structure.header_row_of(span)
    named = {
        "Section": structure.heading_path(span),
        "Asked there": (asked,) if asked else (),
        "Entry": (entry,) if entry else (),
        "List": structure.lead_ins_of(span),
        "Columns": (header,) if header else (),
    }
    return {name: spans for name, spans in named.items() if spans}


def _is_label(structure: Structure, span: Span) -> bool:
    """Tell whether a sentence is a heading or a question, which what stands below it is read under."""
    at = structure.block_at(span)
    return (
        at is not None
        and structure.blocks[at].kind in _NUMBERLESS
        and span.end <= structure.blocks[at].span.end
    )


def _on_line(text: str, most: int) -> str:
    line = " ".join(safe(text).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _title(article: Article) -> str:
    title = _on_line(for_models(article.title), LABEL_CHARS) or "(no title)"
    author = _on_line(for_models(article.author or ""), LABEL_CHARS)
    date = f" ({article.published.isoformat()})" if article.published else ""
    return f"Article: {title}{f', by {author}' if author else ''}{date}"
