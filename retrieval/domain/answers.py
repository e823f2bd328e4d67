"""Answers, summaries and citations, and the drafts of a language model on the way to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from retrieval.domain.articles import Article, Hit
from retrieval.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words behind a statement: ``quote == stored text[span]``, always."""

    number: int
    article: Article
    span: Span
    quote: str
    time: str = ""
    """Of a recording, when these words are said: "12:40"; empty for every other text."""

    @property
    def page(self) -> int | None:
        """The page of the document on which the words begin; ``None`` if it has no pages."""
        return self.article.page_of(self.span.start)

    def overlaps(self, other: "Citation") -> bool:
        """Tell whether both cite some of the same words, of the same version of an article."""
        same = (self.article.id, self.article.digest) == (other.article.id, other.article.digest)
        return same and self.span.start < other.span.end and other.span.start < self.span.end


AnswerState = Literal["answered", "unsure", "not_found"]
"""Whether the articles answer; ``unsure``: they do not clearly, so nothing is claimed."""

ContextKind = Literal[
    "heading",
    "question",
    "lead_in",
    "item",
    "header_row",
    "row",
    "footnote",
    "before",
    "after",
    "entry_time",
    "date",
]
"""Why words are shown beside a statement: ``before`` and ``after`` are the sentences around it,
``date`` is the date of an entry, ``entry_time`` its time of day."""


@dataclass(frozen=True, slots=True)
class ContextPart:
    """Words without which a statement misleads, or says nothing; ``quote == stored text[span]``, always."""

    kind: ContextKind
    article: Article
    span: Span
    quote: str
    number: int
    """Of the answer's citation that has the same span."""


AnswerKind = Literal["answer", "summary", "which_article"]
"""What an answer is. ``summary``: its statements are a summary of the one article that it cites.
``which_article``: the question is about a whole article and does not say which; ``nearest`` lists some."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence shown to people, with the numbers of the citations that carry it.

    The text holds no markers of its own; brackets in it are the article's.
    """

    text: str
    numbers: tuple[int, ...]
    emphasis: tuple[str, ...] = ()
    """Words of the text that answer, as the reader or a language model reads it; each stands in it."""
    translation: str = ""
    """The text in the language of the question, by a language model; empty if it was not translated."""
    context: tuple[ContextPart, ...] = ()
    """What has to be read with it, in the order of the article; shown with it, and cited like it."""

    @property
    def prose(self) -> str:
        """The text between the sentences that are shown before and after it: they say who "he" is."""
        around = {
            kind: [part.quote for part in self.context if part.kind == kind] for kind in ("before", "after")
        }
        return " ".join(" ".join([*around["before"], self.text, *around["after"]]).split())

    def renumber(self, numbers: Mapping[int, int]) -> "Statement":
        """Return it with other numbers for its citations; context without a new number is left out."""
        return replace(
            self,
            numbers=tuple(numbers[number] for number in self.numbers),
            context=tuple(
                replace(part, number=numbers[part.number]) for part in self.context if part.number in numbers
            ),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the library says to a question. Not finding anything is an answer too."""

    question: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Hit, ...] = ()
    """Passages read, best first; what is shown when nothing answers."""
    notes: tuple[str, ...] = ()
    """Plain sentences about *how* it was answered ("I matched words only: …")."""
    library_size: int = 0
    """Articles that could have answered. Zero: the library is empty, say how to fill it."""
    warning: str = ""
    """What must be said before the answer, such as that it is old."""
    understood: str = ""
    """For a follow-up, or a translated question: as it was looked up; else empty."""
    follow_ups: tuple[str, ...] = ()
    """Questions that lead on, each of which the articles answer."""
    written_by: str = ""
    """The language model that worded the statements; empty when they are the articles' own sentences."""
    removed: tuple[str, ...] = ()
    """What a language model drafted and the articles do not carry."""
    originals: tuple[str, ...] = ()
    """The statements as the articles carry them, before they were translated; empty if they were not."""
    chosen_by: str = ""
    """The language model that chose the statements among the articles' own sentences; else empty."""
    reading: str = ""
    """How it reads them: ``yes``, ``no``, a count, or ``denied`` (not so, or not known); else empty."""
    unsure: bool = False
    """Whether the articles do not clearly say: what comes nearest scores below an answer and above nothing,
    or a language model finds no answer where the cross-encoder found one. Nothing is claimed then."""
    near: Statement | None = None
    """Of an unsure answer, the sentence that comes nearest, with its context; the citations are its own."""
    kind: AnswerKind = "answer"
    score: float | None = field(default=None, compare=False)
    """Of the best sentence, by the cross-encoder; ``None`` where it was not asked or found none."""
    id: int | None = None
    """Number under which the answer can be recalled; ``None`` until it is recorded."""

    @property
    def found(self) -> bool:
        """Whether anything is claimed."""
        return bool(self.statements)

    @property
    def state(self) -> AnswerState:
        """Whether the articles answer."""
        if self.found:
            return "answered"
        return "unsure" if self.unsure else "not_found"

    @property
    def text(self) -> str:
        """The statements with their ``[n]`` markers."""
        return join_statements(self.statements)

    def extend(self, longer: "Answer") -> "Answer":
        """Return the answer followed by the statements of a longer one that it does not hold yet."""
        further = [
            one for one in longer.citations if not any(one.overlaps(other) for other in self.citations)
        ]
        numbers = {one.number: len(self.citations) + at for at, one in enumerate(further, start=1)}
        already = {
            one.number: other.number
            for one in longer.citations
            for other in self.citations
            if one.overlaps(other) and one.span == other.span
        }
        statements = [
            one.renumber({**already, **numbers})
            for one in longer.statements
            if all(number in numbers for number in one.numbers)
        ]
        return replace(
            self,
            statements=(*self.statements, *statements),
            citations=(*self.citations, *(replace(one, number=numbers[one.number]) for one in further)),
        )

    @property
    def shown_statements(self) -> tuple[Statement, ...]:
        """What is claimed; of an unsure answer, what comes nearest instead."""
        return self.statements or ((self.near,) if self.near is not None else ())


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences that stand for an article, in its order."""

    article: Article
    """Of a text that is not in a library, one without a ``public_id``."""
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    notes: tuple[str, ...] = ()
    """Plain sentences about how it was made, such as that nothing is about what was asked."""
    text_words: int = 0
    """Words of the whole article."""
    wanted_words: int = 0
    """Words of a summary of the length that was asked for."""
    written_by: str = ""
    """The language model that worded it; empty when the sentences are the article's own."""
    removed: tuple[str, ...] = ()
    """What a language model drafted and the article does not carry."""
    chosen_by: str = ""
    """The language model that chose the sentences; empty when the extractive summarizer did."""

    @property
    def words(self) -> int:
        """Words of the summary."""
        return sum(len(statement.text.split()) for statement in self.statements)

    @property
    def text(self) -> str:
        """The statements with their ``[n]`` markers."""
        return join_statements(self.statements)


@dataclass(frozen=True, slots=True)
class Context:
    """A citation with the words around it, sliced from the version it was cited from."""

    before: str
    quote: str
    after: str
    current: bool
    """Whether the article still reads so; ``False`` once it was replaced."""


def join_statements(statements: Sequence[Statement]) -> str:
    """Return the statements as one text, each followed by its ``[n]`` markers."""
    return " ".join(s.text + " " + "".join(f"[{n}]" for n in s.numbers) for s in statements)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a call to a language model cost."""

    prompt: int = 0
    completion: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.prompt + self.completion

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(self.prompt + other.prompt, self.completion + other.completion)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a collection's questions cost today."""

    day: date
    """In UTC."""
    calls: int
    tokens: Tokens
    budget: int | None
    """Tokens that a day may cost; ``None``: as many as are asked for."""


@dataclass(frozen=True, slots=True)
class Written:
    """A whole text by a language model."""

    text: str
    tokens: Tokens = Tokens()
    cut: bool = False
    """Whether it ended at the limit of tokens instead of where the model meant to end."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft behind the gate: only what the articles carry, each statement with its citations."""

    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    removed: tuple[str, ...] = ()
    """The drafted sentences that are not shown, as plain text."""
    kept: int = 0
    replaced: int = 0
    """Drafted sentences in whose place the nearest sentence of an article stands."""
    dropped: int = 0

    @property
    def enough(self) -> bool:
        """Whether at least half of the draft survived; of less, nothing is shown."""
        return self.kept > 0 and 2 * self.kept >= self.kept + self.replaced + self.dropped
