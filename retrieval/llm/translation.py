"""Questions and answers that a language model puts into another language.

A wrong translation of a question would find the wrong articles; it is shown as what was understood.
One of an answer would say what no article says; so only sentences that the articles support are sent,
and either all that come back pass the checks, or none is shown.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from retrieval.answers import MAX_QUESTION_CHARS, MIN_QUESTION_CHARS
from retrieval.domain import Tokens, Written
from retrieval.errors import ModelFailed
from retrieval.llm.client import LanguageModel, estimate_tokens
from retrieval.llm.prompts import Message, question_messages, translation_messages
from retrieval.llm.translation_checks import problem_of, problem_of_all
from retrieval.messages import Message as Text
from retrieval.messages import message
from retrieval.runtime import Lane
from retrieval.text import DOUBLE, english_name

QUESTION_TOKENS = 250
"""A question of 500 characters is no longer in most scripts."""
_ENDING_TOKENS = 100
"""For brackets and the like, beside a token a character: more than any script takes."""
_log = logging.getLogger(__name__)


async def translate_question(
    target: str, question: str, model: LanguageModel, *, source: str, lane: Lane
) -> tuple[str, Tokens]:
    """Return a question in another language, empty if the model was of no use, and the cost.

    *source* and *target* are ISO 639-1 codes.
    """
    messages = question_messages(question, english_name(target))
    try:
        written, tokens = await _ask_model(model, messages, QUESTION_TOKENS)
    except _NotTranslated as failure:
        return "", failure.tokens
    text = " ".join(written.text.split()).strip(f"{DOUBLE}'「」 ")
    if written.cut or not MIN_QUESTION_CHARS <= len(text) <= MAX_QUESTION_CHARS or text == question:
        return "", tokens
    problem = await lane.run(lambda: problem_of(text, question, source=source, target=target))
    if problem:
        _log.info("The translation of a question was not used: %s", problem)
        return "", tokens
    return text, tokens


@dataclass(frozen=True, slots=True)
class Translated:
    """Sentences in another language, as many as there were, or why there are none."""

    texts: tuple[str, ...] = ()
    problem: str = ""
    """A few words fit for a card; empty if all is well."""
    tokens: Tokens = field(default_factory=Tokens)


async def translate_statements(
    target: str, texts: Sequence[str], model: LanguageModel, *, source: str, lane: Lane
) -> Translated:
    """Return sentences in another language, in one call; all of them or none.

    *source* and *target* are ISO 639-1 codes.
    """
    messages = translation_messages(texts, english_name(target))
    try:
        written, tokens = await _ask_model(model, messages, len(messages[-1]["content"]) + _ENDING_TOKENS)
    except _NotTranslated as failure:
        return Translated(
            problem=message("the language model failed ({reason})", reason=failure.why), tokens=failure.tokens
        )
    found = () if written.cut else _parse_list(written.text)
    if not found:
        return Translated(
            problem=message("what the language model wrote is not a list of sentences"), tokens=tokens
        )
    problem = await lane.run(lambda: problem_of_all(found, texts, source=source, target=target))
    if problem:
        _log.info("The translation of an answer was not used: %s", problem)
        return Translated(
            problem=message("in the language model's translation, {problem}", problem=problem), tokens=tokens
        )
    return Translated(found, tokens=tokens)


def _parse_list(written: str) -> tuple[str, ...]:
    """Return the strings of the one JSON list in a text; nothing if there is anything else in it."""
    try:
        rows = json.loads(written[written.find("[") : written.rfind("]") + 1])
    except ValueError:
        return ()
    if not isinstance(rows, list) or not all(isinstance(one, str) and one.strip() for one in rows):
        return ()
    return tuple(one.strip() for one in rows)


class _NotTranslated(Exception):
    """The model failed; says why, and what the call cost all the same."""

    def __init__(self, why: Text, tokens: Tokens) -> None:
        super().__init__(why)
        self.why = why
        self.tokens = tokens


async def _ask_model(
    model: LanguageModel, messages: list[Message], max_tokens: int | None = None
) -> tuple[Written, Tokens]:
    heard: list[str] = []
    try:
        written = await model.write(messages, max_tokens=max_tokens, on_text=heard.append)
    except ModelFailed as error:
        _log.info("The language model translated nothing: %s", error)
        spent = estimate_tokens(messages, "".join(heard)) if heard else Tokens()
        raise _NotTranslated(error.text, spent) from error
    return written, written.tokens
