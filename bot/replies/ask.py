"""Asks the library so that no question is lost: it is kept until its answer is shown."""

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from discord import ui

from bot.context import Bot, Place, Reply
from bot.state import Track
from retrieval.domain import Answer, Article, Filters, OpenQuestion
from retrieval.errors import AnswerNotFound, RetrievalError
from retrieval.runtime import collect_timings

if TYPE_CHECKING:
    from retrieval.librarian import Librarian


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """An open question in the library."""

    librarian: "Librarian"
    number: int
    collection: str

    async def close(self) -> None:
        """Forget it: it is answered, or its asker knows why not."""
        try:
            await self.librarian.pending_questions.remove(self.number, collection=self.collection)
        except RetrievalError as error:
            # It is offered again after the next start, which does no harm.
            _log.warning("Open question %s was not closed: %r", self.number, error)

    async def cut_off(self) -> None:
        """Note that its asker was asked to press Retry."""
        await self.librarian.pending_questions.interrupt(self.number, collection=self.collection)


async def ask_library(
    bot: Bot,
    reply: Reply,
    place: Place,
    question: str,
    *,
    filters: Filters = Filters(),  # noqa: B008 - frozen and empty
    after: Answer | None = None,
) -> Answer:
    """Ask the library, after keeping the question until the reply ends; see ``Librarian.ask``."""
    track = reply.start_tracking(Track(place.collection, reply.number, question))
    open_question = OpenQuestion(
        question, reply.person, json.dumps(reply.where), filters, None if after is None else after.id
    )
    with collect_timings(track.stages):
        try:
            if reply.kept is None:
                number = await bot.librarian.pending_questions.add(open_question, collection=place.collection)
                reply.kept = Kept(bot.librarian, number, place.collection)
            answer = await bot.librarian.answers.ask(
                question,
                collection=place.collection,
                filters=filters,
                after=after,
                on_place=reply.place,
                on_draft=reply.draft,
            )
        except BaseException as error:
            track.record_failure(error)
            raise
    track.record_answer(answer)
    return answer


async def record_card(
    bot: Bot,
    reply: Reply,
    answer: Answer,
    place: Place,
    *,
    within: Article | None = None,
    narrowed: str = "",
) -> ui.LayoutView:
    """Keep an answer, and return its card."""
    answer = await bot.librarian.answers.record(answer, collection=place.collection)
    if reply.track is not None:
        reply.track.record_answer(answer)
    return bot.answer_card(answer, place, within=within, narrowed=narrowed)


async def answer_before(bot: Bot, number: int | None, place: Place) -> Answer | None:
    """Return the answer that a question follows up, if it is still known here."""
    if number is None:
        return None
    try:
        return await bot.librarian.answers.recall(number, collection=place.collection)
    except AnswerNotFound:
        return None  # the question is then taken as it stands
