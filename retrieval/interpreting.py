"""The librarian's dealings in languages: questions in one that the articles are not in, and their answers.

The bundled models read English, and words match only within a language, so a question is put into
the language of the articles before it is looked up. The answer is drafted and held against the
articles in theirs; only sentences that passed are translated for whoever asked. Without a language
model, without budget or when a call fails, the question is looked up as it was asked, and sentences
stay as the articles carry them.
"""

from dataclasses import dataclass, replace

from retrieval.domain import Answer, Filters, Statement
from retrieval.language import english_name, known_language
from retrieval.library_languages import foreign_to
from retrieval.messages import message
from retrieval.metering import Metering
from retrieval.translating import question_in, statements_in


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is looked up."""

    question: str
    asked: str = ""
    """The language it was asked in, as ISO 639-1, if it was translated."""
    theirs: str = ""
    """The language of the articles, if it was translated into it."""


class Interpreting(Metering):
    """Stands between the language of who asks and that of the articles."""

    async def _in_their_language(
        self, question: str, collection: str, filters: Filters, after: Answer | None
    ) -> Put:
        """Return the question in the language of most articles, if (nearly) none is in its own.

        It is returned as it is if its language is not known for sure, as of many short ones; but a
        follow-up to a translated answer is in the language of that.
        """
        asked = known_language(question)
        if not asked and after is not None and after.originals:
            asked = known_language(" ".join(one.text for one in after.statements))
        if not asked or self._writer is None:
            return Put(question)
        theirs = await self._lane.run(lambda: foreign_to(asked, self._workshop.store, collection, filters))
        if not theirs:
            return Put(question)
        translated, tokens = await question_in(
            theirs, question, self._writer.model, source=asked, lane=self._lane
        )
        await self._spent(tokens, collection)
        return Put(translated, asked, theirs) if translated else Put(question)

    async def _translated_back(self, answer: Answer, put: Put, collection: str) -> Answer:
        """Return an answer that a language model worded in the language that was asked in.

        The articles' own sentences are never translated. What was translated stays in ``originals``.
        """
        if not put.asked or not answer.written_by or self._writer is None:
            return answer
        language = message(english_name(put.theirs))
        problem = await self._overspent(collection)
        texts: tuple[str, ...] = ()
        originals = tuple(one.text for one in answer.statements)
        if not problem:
            made = await statements_in(
                put.asked, originals, self._writer.model, source=put.theirs, lane=self._lane
            )
            await self._spent(made.tokens, collection)
            texts, problem = made.texts, made.problem
        if problem:
            note = message(
                "The sentences are in {language}, as the articles are. Not translated: {problem}.",
                language=language,
                problem=problem,
            )
            return replace(answer, notes=(note, *answer.notes))
        note = message(
            "The language model translated these sentences from {language}. The numbers open the "
            "articles' own words; More shows the sentences before translation.",
            language=language,
        )
        pairs = zip(texts, answer.statements, strict=True)
        statements = tuple(Statement(text, one.numbers) for text, one in pairs)
        return replace(answer, statements=statements, originals=originals, notes=(note, *answer.notes))
