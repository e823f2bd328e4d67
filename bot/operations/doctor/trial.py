"""Tries the language model that is set on questions whose answers are known, with and without it."""

import statistics
import tempfile
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import bot
from bot.operations.doctor.findings import Finding
from retrieval.domain import Answer
from retrieval.errors import RetrievalError
from retrieval.librarian import Librarian
from retrieval.protocols import Fetched
from retrieval.settings import LibrarySettings, SettingsError
from retrieval.sources import extract_article

COLLECTION = "trial"
ARTICLES = Path(bot.__file__).parent / "demo" / "articles"
"""The sample library."""
SLOW_S = 15.0
"""Seconds an answer takes, in the median, from which people take a bot for broken."""
LONGEST_S = 300.0
"""Time of all questions after which no other is asked: a model that takes that long is too slow anyway."""
LEAST_ASKED = 3
LEAST_USED = 0.5
"""Share of the questions for which the model must return something that can be used."""
Outcome = Literal["right", "refused", "misleading"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the sample library; without *words*, it has no answer there."""

    text: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """How one question went."""

    without: Outcome
    with_model: Outcome
    used: bool
    """Whether the model chose or wrote the answer, or refused it itself."""
    seconds: float


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions of ``questions.toml``.

    Raises:
        SettingsError: The file is not what it should be.
    """
    rows = tomllib.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))
    try:
        found = tuple(Question(**row) for row in rows["question"])
    except (KeyError, TypeError) as error:
        raise SettingsError(f"questions.toml is not readable: {error}") from error
    if not all(isinstance(one.text, str) and isinstance(one.words, str) and one.text for one in found):
        raise SettingsError("questions.toml is not readable: texts and words are strings")
    return found


def outcome(question: Question, answer: Answer) -> Outcome:
    """Return how an answer fares: right if the words are cited, or if nothing is claimed where nothing is."""
    if not answer.found:
        return "refused" if question.words else "right"
    cited = any(question.words in " ".join(one.quote.split()) for one in answer.citations)
    return "right" if question.words and cited else "misleading"


async def ask_questions(librarian: Librarian) -> list[Tried]:
    """Ask the questions of the sample library without the model, then with it; not all of a slow model."""
    for path in sorted(ARTICLES.glob("*.md")):
        article = extract_article(Fetched(path.read_bytes(), path.name, "text/markdown", "utf-8"))
        await librarian.articles.add(article, collection=COLLECTION)
    found = []
    for question in questions():
        plain = await librarian.answers.ask(question.text, collection=COLLECTION, extractive=True)
        started = time.perf_counter()
        answer = await librarian.answers.ask(question.text, collection=COLLECTION)
        seconds = time.perf_counter() - started
        used = bool(answer.chosen_by or answer.written_by) or (not answer.found and not answer.notes)
        found.append(Tried(outcome(question, plain), outcome(question, answer), used, seconds))
        if len(found) >= LEAST_ASKED and sum(one.seconds for one in found) > LONGEST_S:
            break
    return found


def judge_model(model: str, tries: Sequence[Tried]) -> Finding:
    """Say whether a model helps, harms, makes no difference or is too slow."""
    count = len(tries)
    right, right_without = (sum(one == "right" for one in of) for of in _both(tries))
    misleading, misleading_without = (sum(one == "misleading" for one in of) for of in _both(tries))
    seconds = statistics.median(one.seconds for one in tries)
    used = sum(one.used for one in tries)
    slow = "Take a smaller model or a faster machine; FOOTNOTE_LLM_PASSAGES=3 halves what it reads."
    figures = (
        f"{model}: {right} of {count} right ({right_without} without it), {misleading} misleading "
        f"({misleading_without}), {seconds:.1f} s an answer"
    )
    if used < LEAST_USED * count and seconds > SLOW_S:
        return Finding("trial", "warning", f"it is too slow to be of use; {figures}", slow)
    if used < LEAST_USED * count:
        advice = "Set FOOTNOTE_LLM_MODE=off, or take a larger model: most of its replies cannot be used."
        return Finding("trial", "warning", f"it is of no use; {figures}", advice)
    if right < right_without or misleading > misleading_without:
        advice = "Set FOOTNOTE_LLM_MODE=off, or take a larger model: answers are better without this one."
        return Finding("trial", "failed", f"it harms; {figures}", advice)
    if seconds > SLOW_S:
        return Finding("trial", "warning", f"it is too slow; {figures}", slow)
    if right == right_without and misleading == misleading_without:
        return Finding("trial", "ok", f"it makes no difference; {figures}")
    return Finding("trial", "ok", f"it helps; {figures}")


async def try_model(settings: LibrarySettings) -> Finding:
    """Try the model that the settings name, on a library of its own that is deleted afterwards."""
    from retrieval.wiring import open_librarian

    if settings.llm_base_url is None or settings.llm_mode == "off":
        return Finding("trial", "unknown", "no language model is set", "Set FOOTNOTE_LLM_BASE_URL first.")
    with tempfile.TemporaryDirectory(prefix="footnote-trial-", ignore_cleanup_errors=True) as folder:
        free = {"llm_tokens_per_day": None, "llm_tokens_per_person": None, "data_dir": Path(folder)}
        try:
            async with open_librarian(settings.model_copy(update=free)) as librarian:
                await librarian.warm_up()
                return judge_model(librarian.model, await ask_questions(librarian))
        except RetrievalError as error:
            return Finding("trial", "failed", str(error))


def _both(tries: Sequence[Tried]) -> tuple[list[Outcome], list[Outcome]]:
    return [one.with_model for one in tries], [one.without for one in tries]
