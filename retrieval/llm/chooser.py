"""Asks a language model for a choice: once more if its reply cannot be read, and never for the same twice."""

import hashlib
import json
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from retrieval.domain import Tokens
from retrieval.errors import ModelFailed
from retrieval.llm.choice_prompts import AGAIN, VERSION
from retrieval.llm.client import LanguageModel, estimate_tokens
from retrieval.llm.prompts import Message
from retrieval.messages import Message as Text
from retrieval.messages import message

T = TypeVar("T")
TRIES = 2
MOST_KEPT = 512
"""Replies in the cache: some hundred bytes each, in memory only."""
UNREADABLE = message("what it returned is not a choice of sentences")
_log = logging.getLogger(__name__)


class Unchosen(Exception):
    """The model made no choice; says why, and what was spent all the same."""

    def __init__(self, why: Text, tokens: Tokens) -> None:
        super().__init__(why)
        self.why = why
        self.tokens = tokens


class Chooser:
    """Asks for choices, with a cache by conversation and model. Lives on the event loop."""

    def __init__(self, model: LanguageModel) -> None:
        self.model = model
        self._kept: OrderedDict[str, Any] = OrderedDict()

    async def ask(
        self, messages: Sequence[Message], schema: dict[str, Any], read: Callable[[str], T | None]
    ) -> tuple[T, Tokens]:
        """Return what *read* makes of the model's reply, and what it cost; nothing for one in the cache.

        Raises:
            Unchosen: The model failed, or *read* returned ``None`` for two replies.
        """
        key = self._key(messages)
        if key in self._kept:
            self._kept.move_to_end(key)
            kept: T = self._kept[key]
            return kept, Tokens()
        spent = Tokens()
        asked = list(messages)
        for _ in range(TRIES):
            heard: list[str] = []
            try:
                written = await self.model.write(asked, on_text=heard.append, schema=schema)
            except ModelFailed as error:
                _log.info("The language model chose nothing: %s", error)
                if heard:
                    spent += estimate_tokens(asked, "".join(heard))
                raise Unchosen(error.text, spent) from error
            spent += written.tokens
            choice = read(written.text)
            if choice is not None:
                self._keep(key, choice)
                return choice, spent
            _log.info("A reply of the language model could not be read")
            last = {**messages[-1], "content": messages[-1]["content"] + AGAIN}
            asked = [*messages[:-1], last]
        raise Unchosen(UNREADABLE, spent)

    def _key(self, messages: Sequence[Message]) -> str:
        """Return a digest of everything a choice depends on: question and sentences are in the messages."""
        whole = json.dumps([VERSION, self.model.name, list(messages)])
        return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()

    def _keep(self, key: str, choice: object) -> None:
        self._kept[key] = choice
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
