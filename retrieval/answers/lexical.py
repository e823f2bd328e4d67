"""Answer by words alone, for questions in a language the models do not read."""

import math
from collections import Counter
from collections.abc import Callable, Sequence

from retrieval.answers.candidates import MIN_LETTERS
from retrieval.answers.evidence import are_all_named, is_about, naming_first
from retrieval.answers.sentence_context import StructureOf, add_context
from retrieval.citations import Draft, resolve
from retrieval.domain import Answer, ArticleId, Hit, Span
from retrieval.nlp import can_stand, heading_above, leads_in
from retrieval.safety import asks_about_machines, find_injections
from retrieval.text import Identifier, content_words, identifiers_in, sentences

SHARE = 0.6
"""Least share of the question's words, the rare ones weighing more, that a sentence must hold."""
LEAST_WORDS = 2
PASSAGES = 10


class WordsAnswerer:
    """Shows the one sentence with most of the question's words, or none."""

    def __init__(self, *, text_of: Callable[[ArticleId], str], structure_of: StructureOf) -> None:
        self._text_of = text_of
        self._structure_of = structure_of

    def answer(self, question: str, hits: Sequence[Hit]) -> Answer:
        """Return the sentence that holds most of the question's words, if it holds enough of them."""
        wanted = set(content_words(question))
        about_machines = asks_about_machines(question)
        best: tuple[float, Draft] | None = None
        asked = identifiers_in(question)
        read = naming_first(question, hits)[:PASSAGES]
        candidates = [
            (hit, span, set(content_words(span.of(hit.text))) & wanted)
            for hit in (read if are_all_named(question, read, text_of=self._text_of) else ())
            for span in sentences(hit.text)
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
        drafts = add_context(
            question, [best[1]] if best else [], text_of=self._text_of, structure_of=self._structure_of
        )
        return resolve(question, drafts, text_of=self._text_of, nearest=hits)

    def _may_answer(self, asked: Sequence[Identifier], hit: Hit, span: Span) -> bool:
        text, offset = self._text_of(hit.article.id), hit.passage.span.start
        place = Span(offset + span.start, offset + span.end)
        alone = can_stand(text, place) and not leads_in(place.of(text))
        above = f"{hit.article.title}\n{heading_above(text, place.start)}"
        return alone and is_about(asked, hit, text, place.of(text), above)
