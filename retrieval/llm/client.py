"""The client of a language model behind any OpenAI-compatible endpoint, through the official library.

Failing is ordinary: whatever goes wrong becomes one ``ModelFailed`` whose text says why, fit for a card.
Nothing here retries for longer than the time an answer may take.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from retrieval.domain import Tokens, Written
from retrieval.errors import ModelFailed
from retrieval.llm.dialects import REFUSALS, Dialect, Spoken, is_too_long
from retrieval.llm.prompts import Message
from retrieval.messages import message
from retrieval.settings import LibrarySettings

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI, AsyncStream
    from openai.types.chat import ChatCompletionChunk


RETRIES = 2
"""Passing failures (429, 5xx, no connection) are tried again so often, as long as there is time."""
OnText = Callable[[str], None]
"""Called on the event loop with a piece of a text; must return at once."""
MOST_CHARS_A_TOKEN = 16
"""A text that is longer for the tokens asked is not waited for."""
CHARS_A_TOKEN = 4
"""For servers that do not say what a call cost."""
_log = logging.getLogger(__name__)


class LanguageModel:
    """Writes texts, a few at once. Lives on the event loop."""

    def __init__(self, settings: LibrarySettings) -> None:
        """Take what the settings name; nothing is connected before the first call."""
        assert settings.llm_base_url is not None
        self._settings = settings
        self._slots = asyncio.Semaphore(settings.llm_concurrency)
        self._client: AsyncOpenAI | None = None
        self._dialect = Dialect()
        """As the server was found to want it."""

    @property
    def name(self) -> str:
        """The model as its server calls it."""
        return self._settings.llm_model

    @property
    def structured(self) -> str:
        """What form of reply the server takes, as far as it is known; see ``Dialect``."""
        return self._dialect.structured

    async def write(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int | None = None,
        on_text: OnText | None = None,
        schema: dict[str, Any] | None = None,
    ) -> Written:
        """Return a whole text; *on_text* hears every piece as it comes.

        With *schema*, servers that can are asked for JSON of that form; the text may still be any.

        Raises:
            ModelFailed: The server, the connection or the time failed.
        """
        import openai  # half a second, only for those who have a model

        try:
            async with asyncio.timeout(self._settings.llm_timeout_s), self._slots:
                most = max_tokens or self._settings.llm_max_tokens
                return await self._stream(messages, most, on_text, schema)
        except (TimeoutError, openai.APITimeoutError) as error:
            raise ModelFailed("it did not answer in time") from error
        except openai.RateLimitError as error:
            raise ModelFailed("it has too much to do") from error
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise ModelFailed("its server refuses our key") from error
        except openai.NotFoundError as error:
            raise ModelFailed("its server does not know the model") from error
        except openai.APIStatusError as error:
            if 300 <= error.status_code < 400:
                raise ModelFailed("its server sends us to another address") from error
            if is_too_long(_words_of(error)):
                raise ModelFailed("it cannot read that much at once") from error
            _log.warning("The language model's server answered %s", error.status_code)
            raise ModelFailed(message("its server failed ({status})", status=error.status_code)) from error
        except openai.APIConnectionError as error:
            raise ModelFailed("the connection to it failed") from error
        except (openai.OpenAIError, ValueError, RecursionError) as error:
            _log.warning("The language model's server sent something else: %.300r", error)
            raise ModelFailed("its server sent something that is not an answer") from error

    async def _stream(
        self,
        messages: Sequence[Message],
        most: int,
        on_text: OnText | None,
        schema: dict[str, Any] | None,
    ) -> Written:
        from retrieval.llm.streaming import piece_of

        stream = await self._open_stream(messages, most, schema)
        text, ended, room = "", "", most * MOST_CHARS_A_TOKEN
        spoken = Spoken()
        tokens: Tokens | None = None
        try:
            async for chunk in stream:
                piece = piece_of(chunk)
                tokens, ended = piece.tokens or tokens, piece.ended or ended
                room -= len(piece.text)
                if room < 0:
                    ended = "length"  # whatever the server makes of our limit
                    break
                said = spoken.hear(piece.text)
                text += said
                if said and on_text is not None:
                    on_text(said)
        finally:
            await stream.close()
        if not ended:
            raise ModelFailed(
                message("its answer broke off") if text else message("its server sent no answer")
            )
        text += spoken.rest()
        return Written(text, tokens or estimate_tokens(messages, text), cut=ended == "length")

    async def _open_stream(
        self, messages: Sequence[Message], most: int, schema: dict[str, Any] | None
    ) -> "AsyncStream[ChatCompletionChunk]":
        """Open a stream; what the server refuses is left out, and once that helps, from then on."""
        import openai

        dialect = self._dialect
        while True:
            sent = dialect.arguments(
                messages, most=most, temperature=self._settings.llm_temperature, schema=schema
            )
            try:
                stream: Any = await self._open_client().chat.completions.create(
                    model=self.name, stream=True, **sent
                )
            except openai.APIStatusError as error:
                other = None
                if error.status_code in REFUSALS:
                    other = dialect.after(_words_of(error), with_schema=schema is not None)
                if other is None:
                    raise
                dialect = other
            else:
                self._dialect = dialect
                return cast("AsyncStream[ChatCompletionChunk]", stream)

    def _open_client(self) -> "AsyncOpenAI":
        if self._client is None:
            from openai import AsyncOpenAI

            from retrieval.llm.streaming import client

            key = self._settings.llm_api_key.get_secret_value()
            self._client = AsyncOpenAI(
                base_url=str(self._settings.llm_base_url),
                api_key=key or "none",  # the library wants one even where the server does not
                timeout=self._settings.llm_timeout_s,
                max_retries=RETRIES,
                http_client=client(),
            )
        return self._client

    async def close(self) -> None:
        """End its connections."""
        if self._client is not None:
            await self._client.close()


def _words_of(error: "APIStatusError") -> str:
    """Return all a server said, whatever it names the field."""
    return f"{error.message} {error.body}"


def estimate_tokens(messages: Sequence[Message], text: str) -> Tokens:
    """Return about what a call cost whose server does not say."""
    asked_chars = sum(len(one["content"]) for one in messages)
    return Tokens(asked_chars // CHARS_A_TOKEN, len(text) // CHARS_A_TOKEN)
