"""Answer by words alone, for questions in a language the models do not read."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

from retrieval.answers.candidates import MIN_LETTERS
from retrieval.answers.evidence import are_all_named, is_about, naming_first
from retrieval.answers.extractive import as_unsure
from retrieval.answers.sentence_context import StructureOf, add_context
from retrieval.citations import Draft, resolve
from retrieval.domain import Answer, Article, ArticleId, Hit, Span
from retrieval.nlp import can_stand, heading_above, leads_in
from retrieval.parsing import stop_words
from retrieval.safety import asks_about_machines, find_injections
from retrieval.text import Identifier, content_words, detect_language, identifiers_in, sentences

SHARE = 0.6
"""Least share of the question's words, the rare ones weighing more, that a sentence must hold."""
LEAST_WORDS = 2
PASSAGES = 10
_HIRAGANA = re.compile("[\u3041-\u309fー]+")
"""Of Japanese, the endings and the words that only join others."""


class WordsAnswerer:
    """Shows the one sentence with most of the question's words, or none."""

    def __init__(self, *, text_of: Callable[[ArticleId], str], structure_of: StructureOf) -> None:
        self._text_of = text_of
        self._structure_of = structure_of

    def answer(self, question: str, hits: Sequence[Hit]) -> Answer:
        """Return the sentence that holds most of the question's words, if it holds enough of them."""
        wanted = {word for word in content_words(question) if not _HIRAGANA.fullmatch(word)}
        about_machines = asks_about_machines(question)
        best: tuple[float, Draft] | None = None
        asked = identifiers_in(question)
        read = naming_first(question, hits)[:PASSAGES]
        candidates = [
            (hit, span, set(content_words(span.of(hit.text))) & wanted)
            for hit in (read if are_all_named(question, read, text_of=self._text_of) else ())
            for span in sentences(hit.text, hit.article.language or "en")
            if sum(char.isalpha() for char in span.of(hit.text)) >= MIN_LETTERS
            and self._may_answer(asked, hit, span)
        ]
        common = Counter(word for _, _, words in candidates for word in words)
        weight = {word: math.log(1 + (1 + len(candidates)) / (1 + common[word])) for word in wanted}
        total = sum(weight.values())
        for hit, span, words in candidates:
            share = sum(weight[word] for word in words) / total if total else 0.0
            if share < SHARE or len(words) < LEAST_WORDS or (best is not None and share <= best[0]):
                continue
            if about_machines or not find_injections(span.of(hit.text)):
                offset = hit.passage.span.start
                found = Span(offset + span.start, offset + span.end)
                best = share, Draft(hit.article, found, span.of(hit.text))
        if best is not None:
            answer = self._answer(question, best[1], hits)
            return answer if _says_all(question, best[1]) else as_unsure(answer)
        near = None if about_machines else _nearest(question, [(hit, span) for hit, span, _ in candidates])
        return as_unsure(self._answer(question, near, hits)) if near else self._answer(question, None, hits)

    def _answer(self, question: str, draft: Draft | None, hits: Sequence[Hit]) -> Answer:
        drafts = add_context(
            question, [draft] if draft else [], text_of=self._text_of, structure_of=self._structure_of
        )
        return resolve(question, drafts, text_of=self._text_of, nearest=hits)

    def _may_answer(self, asked: Sequence[Identifier], hit: Hit, span: Span) -> bool:
        text, offset = self._text_of(hit.article.id), hit.passage.span.start
        place = Span(offset + span.start, offset + span.end)
        alone = can_stand(text, place) and not leads_in(place.of(text))
        above = f"{hit.article.title}\n{heading_above(text, place.start)}"
        return alone and is_about(asked, hit, text, place.of(text), above)


def _nearest(question: str, candidates: Sequence[tuple[Hit, Span]]) -> Draft | None:
    """Return the sentence that says, under its title, all that a question holds but function words.

    It says the most of it, and something that the title does not: "Sie wiegt 1.240 Kilogramm" under "Die
    Stadt Lindach verkauft ihre Glocke" for "Wie viel wiegt die Glocke von Lindach?" Whether it says what
    is asked, words do not tell.
    """
    wanted = _asked_words(question, candidates[0][0].article if candidates else None)
    best: tuple[int, Draft] | None = None
    for hit, span in candidates if len(wanted) >= LEAST_WORDS else ():
        titled = wanted & set(content_words(hit.article.title))
        held = wanted & set(content_words(span.of(hit.text)))
        said = len(held - titled)
        is_whole = held | titled == wanted and (said > 0 or held == wanted)
        if not is_whole or (best is not None and said <= best[0]) or find_injections(span.of(hit.text)):
            continue
        offset = hit.passage.span.start
        found = Span(offset + span.start, offset + span.end)
        best = said, Draft(hit.article, found, span.of(hit.text))
    return best[1] if best else None


def _says_all(question: str, draft: Draft) -> bool:
    """Tell whether a sentence and its title hold every word of a question but the function words.

    "El tren nocturno volverá el 1 de abril" holds most of "¿Cuánto costará el tren nocturno?", and no price.
    """
    return _asked_words(question, draft.article) <= set(content_words(f"{draft.article.title} {draft.text}"))


def _asked_words(question: str, article: Article | None) -> set[str]:
    """Return the words that a question is about, without the function words of its language."""
    language = detect_language(question) or (article.language if article is not None else "") or ""
    idle = stop_words(language)
    return {word for word in content_words(question) if word not in idle and not _HIRAGANA.fullmatch(word)}
