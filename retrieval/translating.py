"""Questions that a language model puts into the language of the articles.

A wrong translation would find the wrong articles; it is shown as what was understood, so that whoever
asked sees it, and it is not taken unless it keeps figures and length and is in the right language.
"""

import logging

from retrieval.drafts import Tokens, Written
from retrieval.language import english_name
from retrieval.language_model import LanguageModel, ModelFailed, estimated
from retrieval.prompts import Message, question_messages
from retrieval.questions import MAX_QUESTION_CHARS, MIN_QUESTION_CHARS
from retrieval.translation_checks import problem_of

QUESTION_TOKENS = 250
"""A question of 500 characters is no longer in most scripts."""
_log = logging.getLogger(__name__)


async def question_in(target: str, question: str, model: LanguageModel, *, source: str) -> tuple[str, Tokens]:
    """Return a question in another language, empty if the model was of no use, and the cost.

    *source* and *target* are ISO 639-1 codes.
    """
    messages = question_messages(question, english_name(target))
    try:
        written, tokens = await _written(model, messages, QUESTION_TOKENS)
    except _NotTranslated as failure:
        return "", failure.tokens
    text = " ".join(written.text.split()).strip("\"'“”„«»「」 ")
    if written.cut or not MIN_QUESTION_CHARS <= len(text) <= MAX_QUESTION_CHARS or text == question:
        return "", tokens
    if problem := problem_of(text, question, source=source, target=target):
        _log.info("The translation of a question was not used: %s", problem)
        return "", tokens
    return text, tokens


class _NotTranslated(Exception):
    """The model failed; says why, and what the call cost all the same."""

    def __init__(self, why: str, tokens: Tokens) -> None:
        super().__init__(why)
        self.tokens = tokens


async def _written(
    model: LanguageModel, messages: list[Message], max_tokens: int | None = None
) -> tuple[Written, Tokens]:
    heard: list[str] = []
    try:
        written = await model.write(messages, max_tokens=max_tokens, on_text=heard.append)
    except ModelFailed as error:
        _log.info("The language model translated nothing: %s", error)
        spent = estimated(messages, "".join(heard)) if heard else Tokens()
        raise _NotTranslated(str(error), spent) from error
    return written, written.tokens
