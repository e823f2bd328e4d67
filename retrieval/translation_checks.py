"""What a translation by a language model must keep before anybody sees it.

Nobody here reads the target language, so these checks are of what survives translation: figures,
length, the language itself, and that nothing came in that a card would act on.
"""

import re
import unicodedata
from collections.abc import Sequence

from retrieval.injections import addressed
from retrieval.language import known_language
from retrieval.messages import message
from retrieval.translated_figures import same_figures
from retrieval.translated_words import problem_of_words, without_quotations

SHORTEST = 0.4
LONGEST = 2.5
"""How long a translation may be, as a multiple of what was translated."""
SURELY_KNOWN_CHARS = 40
"""From this length on a text whose language is not known is not taken."""
_SLACK_CHARS = 12
"""Added to the greatest length: short sentences vary more."""
_FOREIGN = re.compile(
    r"https?:|www\.|[a-z]\.[a-z]{2,}/|discord\.gg|javascript:|\]\(|<[@#:|/]|@\w|`|\*\*|__|~~|\|\||\[\d+\]"
    r"|[\n\r\u2028\u2029]|(?m:^\s*(?:#{1,3}|>|-#|[-*])\s)",
    re.IGNORECASE,
)
"""Addresses, mentions, markdown and markers of citations: a card makes its own."""


def problem_of_all(texts: Sequence[str], originals: Sequence[str], *, source: str, target: str) -> str:
    """Return what is wrong with the translation of an answer's sentences; empty if nothing is."""
    if len(texts) != len(originals):
        return message("sentences are missing or too many")
    if len({one.casefold() for one in texts}) < len({one.casefold() for one in originals}):
        return message("a sentence is repeated")
    for text, original in zip(texts, originals, strict=True):
        problem = problem_of(text, original, source=source, target=target)
        if problem := problem or problem_of_words(text, original, source=source, target=target):
            return problem
    whole = " ".join(texts)
    if not _is_in(target, whole):
        return message("the sentences are in another language")
    return message("a sentence gives orders") if addressed(whole) else ""


def problem_of(text: str, original: str, *, source: str, target: str) -> str:
    """Return what is wrong with the translation of one sentence, fit for a card; empty if nothing is.

    *source* and *target* are ISO 639-1 codes.
    """
    if not SHORTEST * _length(original) <= _length(text) <= LONGEST * _length(original) + _SLACK_CHARS:
        return message("a sentence is much shorter or longer")
    if known_language(without_quotations(text)) not in ("", target):
        return message("a sentence is in another language")
    if any(found.group() not in original for found in _FOREIGN.finditer(text)):
        return message("there is a link, a mention or formatting")
    if not same_figures(text, original, source=source, target=target):
        return message("the figures are not the same")
    return ""


def _is_in(language: str, text: str) -> bool:
    """Tell whether a text is in a language, as far as so few words show it; quoted ones do not count."""
    own = without_quotations(text)
    known = known_language(own)
    return known == language or (not known and _length(own) < SURELY_KNOWN_CHARS)


def _length(text: str) -> int:
    """Return how long a text is in letters of the alphabet; one of Chinese says as much as two or three."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text.strip())
