"""Words of a text, taken apart in the ways that its readers need.

* ``words_of`` and ``content_words``: what the full-text search sees, lower case, a character a word in
  scripts that use no spaces. A question is quoted into a query word by word; nothing in it is interpreted.
* ``words_in``: the same words with their places and roots, for comparing a claim with a sentence.
* ``tokens_of``: words and signs with each quotation as one token, for finding who speaks.
* The patterns below: words of names, summaries and counts, which differ in what may stand inside a word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.text.dates import DATE
from retrieval.text.stemming import root, stem
from retrieval.text.word_lists import load_words

NO_SPACES = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Inside of a character class: scripts whose characters are words of their own, and Korean."""
_WORD = re.compile(r"\w+")
_CJK = re.compile(f"([{NO_SPACES}])")
_WORD_IN_PLACE = re.compile(rf"[{NO_SPACES}]|[^\W{NO_SPACES}]+")
LETTERS = re.compile(r"[^\W\d_]+")
"""A run of letters."""
COMPOUND = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
"""A word with apostrophes and hyphens inside."""
COUNTED = re.compile(r"\w+(?:[’'\-]\w+)*")
"""The same, with underscores: words as they are counted in a quotation."""
TYPED = re.compile(r"[^\W_][\w’'-]*")
"""A word of a question, with what is typed to its end."""
TYPED_NAME = re.compile(r"[^\W\d_][\w’'-]*")
"""The same, if it begins with a letter."""
TYPED_NAME_OR_NUMBER = re.compile(rf"{TYPED_NAME.pattern}|\d+")
UNBROKEN = re.compile(r"[\w’'-]+")
"""A run of letters, digits, apostrophes and hyphens."""
NAME_PART = re.compile(r"[^\W_](?:[^\W_]|['’\-](?=[^\W_]))*")
"""A part of a person's name, without marks at its end."""
CAPITAL = "A-ZÀ-Þ"
"""Inside of a character class: capital letters of languages in Latin script."""
CAPITALIZED = re.compile(rf"\b[{CAPITAL}][\w’'-]+")
"""A word with a capital."""
STRICT_CAPITAL = "A-ZÀ-ÖØ-Þ"
"""The same without the multiplication sign, which stands among them."""
SPACELESS = re.compile(rf"[{NO_SPACES}]")
"""A character that is a word of its own."""
SPACED_PIECE = re.compile(rf"[{NO_SPACES}]|[^\s{NO_SPACES}]+")
"""Such a character, or what stands between spaces."""
UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
"""A character of scripts without spaces, Thai and Lao among them and Korean not; two are about a word."""
WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""A character that says as much as some Latin letters: Chinese, Japanese, Korean."""
MAX_WORDS = 64
STOP_WORDS = load_words("stop_words", "questions")
"""Words that say how a question is put, not what it is about."""
MASK = "\ufffc"
"""Stands for a character of a quotation, so that words of a speaker are never read as the article's."""
STOPS = frozenset(".!?…")
"""Signs that end a sentence."""
_TOKEN = re.compile(
    MASK + r"+"
    r"|(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Sgt|Capt|Rev|Prof|St|Jr|Sr|Hon|Del|Maj|Adm|Messrs|vs|No)\."
    r"|\((?:[A-Z]-)?[A-Z][\w.]{0,9}\)|[A-Z]-(?:[A-Z][a-z]+\.|(?:[A-Z]\.){2})|(?:[A-Z]\.){1,4}(?=[\s,A-Z’'])"
    r"|\w+(?:[’'\-.&]\w+)*[’'](?=\s[A-Z])|\w+(?:[’'\-.&]\w+)*|[^\w\s]"
)
_OWNER = re.compile(r"['’]s\b")


def segment_words(text: str) -> str:
    """Return *text* with a space between characters of scripts that use none.

    The tokenizer of FTS5 takes a run of Chinese or Japanese for a single word.
    """
    return _CJK.sub(r" \1 ", text).replace("\x00", " ")


def content_words(question: str) -> list[str]:
    """Return the words a question is about, in order, each once; all words if there are no such."""
    words = list(dict.fromkeys(_WORD.findall(segment_words(question.lower()))))
    return [word for word in words if word not in STOP_WORDS] or words


def words_of(text: str) -> list[str]:
    """Return the words of *text* in lower case, in order."""
    return _WORD.findall(segment_words(text.lower()))


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that a text is about."""
    return frozenset(map(stem, content_words(text))) if text.strip() else frozenset()


def content_roots(sentence: str) -> list[str]:
    """Return the roots of the content words, in order."""
    return [root(word) for word in words_of(sentence) if word not in STOP_WORDS and len(word) > 1]


def plain_words(text: str) -> list[str]:
    """Return the runs of letters and digits of *text* as they are written."""
    return _WORD.findall(text)


def word_matches(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of *text* where they stand, as ``words_of`` takes them apart."""
    return _WORD_IN_PLACE.finditer(text)


def words_query(question: str) -> str:
    """Return an FTS5 query for passages with any of the words; empty if there are none."""
    return " OR ".join(f'"{word}"' for word in content_words(question)[:MAX_WORDS])


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence, and where it stands."""

    text: str
    """In lower case."""
    root: str
    start: int
    end: int
    is_name: bool
    in_date: bool
    is_owner: bool
    """Whether it ends in "'s"."""

    @property
    def has_meaning(self) -> bool:
        """Whether it tells what a sentence is about; the others say how its words hang together."""
        return (len(self.text) > 1 or self.text.isdigit()) and self.text not in STOP_WORDS


Pairs = Sequence[tuple[Word, Word]]
"""Words of a claim and the words of a sentence that they stand for, in the sentence's order."""


def words_in(text: str) -> list[Word]:
    """Return the words of a sentence with their places."""
    dates = [match.span() for match in DATE.finditer(text)]
    return [
        Word(
            text=(lower := match[0].lower()),
            root=root(lower),
            start=match.start(),
            end=match.end(),
            is_name=match[0][0].isupper() and len(match[0]) > 1,
            is_owner=bool(_OWNER.match(text, match.end())),
            in_date=any(start <= match.start() < end for start, end in dates),
        )
        for match in word_matches(text)
    ]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign, or a whole quotation of the text."""

    start: int
    end: int
    text: str
    lower: str
    """Lower case, without a possessive ending."""
    opens: bool
    """Whether it begins a sentence."""

    @property
    def is_quotation(self) -> bool:
        """Whether it stands for a whole quotation."""
        return self.text[0] == MASK

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_owner(self) -> bool:
        """Whether it ends in a possessive."""
        return self.text.endswith(("’s", "'s", "’", "'")) and len(self.text) > 1


def tokens_of(masked: str, start: int, end: int) -> list[Token]:
    """Return the words, signs and quotations of ``masked[start:end]``."""
    found: list[Token] = []
    opens = True
    for match in _TOKEN.finditer(masked, start, end):
        text = match.group()
        if text[0] == "(" and len(text) > 1:
            continue  # a party and state, "(D-Mich.)", or a short form
        lower = text.lower()
        if lower.endswith(("’s", "'s")):
            lower = lower[:-2]
        found.append(Token(match.start(), match.end(), text, lower, opens))
        opens = text in STOPS or (opens and not text[0].isalnum())
    return found
