"""Open questions of the librarian that tests use, in a dictionary."""

from dataclasses import replace
from datetime import UTC, datetime

from retrieval.errors import QuestionNotFound
from retrieval.open_questions import KEPT_FOR


class OpenQuestions:
    def __init__(self):
        self.open_questions = {}
        """Number to the question, and whether it is cut off."""
        self._opened = 0

    async def open_question(self, asked, *, collection):
        self._opened += 1
        asked = replace(asked, id=self._opened, collection=collection, asked_at=datetime.now(UTC))
        self.open_questions[asked.id] = (asked, False)
        return asked.id

    async def close_question(self, number, *, collection):
        self.open_questions.pop(number, None)

    async def cut_question_off(self, number, *, collection):
        asked, _ = self.open_questions[number]
        self.open_questions[number] = (asked, True)

    async def take_up(self, number, *, collection, person, where):
        asked, cut_off = self.open_questions.get(number, (None, False))
        if not cut_off or (asked.collection, asked.person) != (collection, person):
            raise QuestionNotFound("This question is answered already. Please ask it again.")
        self.open_questions[number] = (replace(asked, where=where), False)
        return asked

    async def left_open(self, before):
        answering = [one for one, cut_off in self.open_questions.values() if not cut_off]
        found = [one for one in answering if one.asked_at < before]
        for asked in found:
            self.open_questions[asked.id] = (asked, True)
        return found

    async def forget_open_questions(self, now):
        kept = self.open_questions.items()
        self.open_questions = {
            number: (one, cut_off) for number, (one, cut_off) in kept if one.asked_at > now - KEPT_FOR
        }
