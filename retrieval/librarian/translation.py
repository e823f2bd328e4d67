"""Questions in a language that the articles are not in, and their answers.

The bundled models read English, and words match only within a language, so a question is translated
into the language of the articles before it is looked up. The answer is chosen, or drafted and checked, in
that language. Chosen sentences keep their words and have a translation beside them; of a draft, only
sentences that passed are translated back. Without a language model, without budget
or when a call fails, the question is looked up as it was asked, and sentences stay as the articles
have them.
"""

from dataclasses import dataclass, replace

from retrieval.domain import Answer, Filters, Statement
from retrieval.indexing import foreign_to
from retrieval.librarian.context import Context
from retrieval.librarian.usage import TokenBudget
from retrieval.messages import message
from retrieval.text import detect_language, english_name


@dataclass(frozen=True, slots=True)
class TranslatedQuestion:
    """A question as it is looked up."""

    question: str
    source: str = ""
    """The language it was asked in, as ISO 639-1, if it was translated."""
    target: str = ""
    """The language of the articles, if it was translated into it."""


class Translation:
    """Translates between the language of a question and that of the articles."""

    def __init__(self, context: Context, budget: TokenBudget) -> None:
        self._context = context
        self._budget = budget

    async def translate_question(
        self, question: str, collection: str, filters: Filters, after: Answer | None
    ) -> TranslatedQuestion:
        """Return the question in the language of most articles, if (nearly) none is in its own.

        It is returned as it is if its language is not known for sure, as of many short ones; but a
        follow-up to a translated answer is in the language of that.
        """
        context = self._context
        source = detect_language(question)
        if not source and after is not None:
            shown = [one.text if after.originals else one.translation for one in after.statements]
            source = detect_language(" ".join(shown)) if any(shown) else ""
        if not source or context.llm is None:
            return TranslatedQuestion(question)
        target = await context.lane.run(lambda: foreign_to(source, context.store, collection, filters))
        if not target:
            return TranslatedQuestion(question)
        from retrieval.llm import translate_question  # late: only where there is a model

        translated, tokens = await translate_question(
            target, question, context.llm.model, source=source, lane=context.lane
        )
        await self._budget.charge(tokens, collection)
        return TranslatedQuestion(translated, source, target) if translated else TranslatedQuestion(question)

    async def translate_answer(self, answer: Answer, asked: TranslatedQuestion, collection: str) -> Answer:
        """Return an answer that a language model wrote or chose in the language of the question.

        Chosen sentences stay, with their translation beside them; the originals of written ones are
        kept in ``originals``. Sentences that no model wrote or chose are not translated.
        """
        context = self._context
        by_model = answer.written_by or answer.chosen_by
        if not asked.source or not by_model or not answer.found or context.llm is None:
            return answer
        language = message(english_name(asked.target))
        problem = await self._budget.find_exhausted(collection)
        texts: tuple[str, ...] = ()
        originals = tuple(one.text for one in answer.statements)
        if not problem:
            from retrieval.llm import translate_statements  # late: only where there is a model

            made = await translate_statements(
                asked.source, originals, context.llm.model, source=asked.target, lane=context.lane
            )
            await self._budget.charge(made.tokens, collection)
            texts, problem = made.texts, made.problem
        if problem:
            note = message(
                "The sentences are in {language}, as the articles are. Not translated: {problem}.",
                language=language,
                problem=problem,
            )
            return replace(answer, notes=(note, *answer.notes))
        if answer.chosen_by:
            beside = tuple(
                replace(one, translation=text) for one, text in zip(answer.statements, texts, strict=True)
            )
            note = message(
                "The translations under the sentences are the language model's; what counts is the "
                "{language} above them.",
                language=language,
            )
            return replace(answer, statements=beside, notes=(note, *answer.notes))
        note = message(
            "The language model translated these sentences from {language}. The numbers open the "
            "articles' own words; More shows the sentences before translation.",
            language=language,
        )
        pairs = zip(texts, answer.statements, strict=True)
        statements = tuple(Statement(text, one.numbers, context=one.context) for text, one in pairs)
        return replace(answer, statements=statements, originals=originals, notes=(note, *answer.notes))
