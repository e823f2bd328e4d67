"""The librarian's dealings in languages: a question in one that the articles are not in.

The bundled models read English, and words match only within a language, so a question is put into
the language of the articles before it is looked up. Without a language model, without budget or when
the call fails, it is looked up as it was asked.
"""

from retrieval.domain import Filters
from retrieval.language import known_language
from retrieval.library_languages import foreign_to
from retrieval.metering import Metering
from retrieval.translating import question_in


class Interpreting(Metering):
    """Stands between the language of who asks and that of the articles."""

    async def _in_their_language(self, question: str, collection: str, filters: Filters) -> str:
        """Return the question in the language of most articles, if (nearly) none is in its own.

        It is returned as it is if its language is not known for sure, as of many short ones.
        """
        asked = known_language(question)
        if not asked or self._writer is None:
            return question
        theirs = await self._lane.run(lambda: foreign_to(asked, self._workshop.store, collection, filters))
        if not theirs:
            return question
        translated, tokens = await question_in(theirs, question, self._writer.model, source=asked)
        await self._spent(tokens, collection)
        return translated or question
