"""Follow-ups that a language model rewrites into questions that stand alone.

A rewritten question is looked up, so a wrong one would find the wrong articles. It is taken only if it
keeps what was asked and adds no word that was not said before; else the rules of
``retrieval.answers.follow_ups`` hold.
"""

import logging
from collections.abc import Sequence

from retrieval.answers import MAX_FOLLOW_UP_WORDS, MAX_QUESTION_CHARS
from retrieval.domain import Tokens
from retrieval.errors import ModelFailed
from retrieval.llm.client import LanguageModel
from retrieval.llm.prompts import standalone_messages
from retrieval.text import DOUBLE, STOP_WORDS, stem, words_of

MAX_TOKENS = 80
"""A question is no longer."""
_log = logging.getLogger(__name__)


async def rewrite_query(
    model: LanguageModel, question: str, before: Sequence[tuple[str, str]], title: str = ""
) -> tuple[str, Tokens]:
    """Return the question as one that stands alone, empty if the model was of no use, and the cost.

    *before* holds earlier questions with their answers; *title* is that of the article they are from.
    """
    if len(question.split()) > MAX_FOLLOW_UP_WORDS:
        return "", Tokens()
    try:
        written = await model.write(standalone_messages(question, before), max_tokens=MAX_TOKENS)
    except ModelFailed as error:
        _log.info("The language model rewrote no follow-up: %s", error)
        return "", Tokens()
    said = [title, *(text for turn in before for text in turn)]
    whole = " ".join(written.text.split()).strip(f"{DOUBLE}' ")
    return (whole if not written.cut and keeps(whole, question, said) else ""), written.tokens


def keeps(whole: str, question: str, said: Sequence[str]) -> bool:
    """Tell whether a rewritten question keeps the words of *question* and adds only such as were *said*."""
    if not 3 <= len(whole) <= MAX_QUESTION_CHARS or not whole.endswith("?") or whole.count("?") > 1:
        return False
    mine, asked = _terms(whole), _terms(question)
    known = asked.union(*(_terms(one) for one in said))
    return bool(mine) and asked <= mine <= known


def _terms(text: str) -> set[str]:
    return {stem(word) for word in words_of(text.lower()) if word not in STOP_WORDS}
