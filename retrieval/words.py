"""What the full-text search sees: words of a text, and a query made of a question's words.

A question is quoted into the query, word by word; nothing in it is ever interpreted.
"""

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"\w+")
_NO_SPACES = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_CJK = re.compile(f"([{_NO_SPACES}])")
_WORD_IN_PLACE = re.compile(rf"[{_NO_SPACES}]|[^\W{_NO_SPACES}]+")
MAX_WORDS = 64
STOP_WORDS = frozenset(
    """
    a an and are as at be been but by can could did do does for from had has have he her his how i if in
    into is it its me my no not of on or our she should so than that the their them then there these they
    this those to us was we were what when where which who whom whose why will with would you your
    according article say says said tell about please
    """.split()  # noqa: SIM905 - one word a line would be a page
)
"""Words that say how a question is put, not what it is about."""


def indexed_words(text: str) -> str:
    """Return *text* with a space between characters of scripts that use none.

    The tokenizer of FTS5 takes a run of Chinese or Japanese for a single word.
    """
    return _CJK.sub(r" \1 ", text).replace("\x00", " ")


def content_words(question: str) -> list[str]:
    """Return the words a question is about, in order, each once; all words if there are no such."""
    words = list(dict.fromkeys(_WORD.findall(indexed_words(question.lower()))))
    return [word for word in words if word not in STOP_WORDS] or words


def words_of(text: str) -> list[str]:
    """Return the words of *text* in lower case, in order."""
    return _WORD.findall(indexed_words(text.lower()))


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written with spaces."""
    return frozenset(words.split())


def word_matches(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of *text* where they stand, as ``words_of`` takes them apart."""
    return _WORD_IN_PLACE.finditer(text)


def without_accents(text: str) -> str:
    """Return *text* for comparing names: no accents, no case, one space between words."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(text.casefold().split())


def like_pattern(words: str) -> str:
    """Return a pattern for SQL's ``LIKE`` that finds *words* in any typography.

    Letters stand for themselves; an accented one, a mark or a space may be written in other ways.
    """
    composed = unicodedata.normalize("NFC", words)
    return re.sub(r"%{2,}", "%", "".join(char if is_fixed(char) else "%" for char in composed))


def is_fixed(char: str) -> bool:
    """Return whether *char* is a letter or digit that is written in one way: no accents, or Korean."""
    return char.isalnum() and ("\uac00" <= char <= "\ud7a3" or unicodedata.normalize("NFKD", char) == char)


def words_query(question: str) -> str:
    """Return an FTS5 query for passages with any of the words; empty if there are none."""
    return " OR ".join(f'"{word}"' for word in content_words(question)[:MAX_WORDS])
