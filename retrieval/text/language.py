"""Which language a text is in, and whether the bundled models, which read English, can be trusted with it."""

import unicodedata
from functools import cache
from typing import Any

from retrieval.messages import message
from retrieval.text.tokens import STOP_WORDS
from retrieval.text.word_lists import word_set

WORDS_ONLY_NOTE = message(
    "I do not know this language well: I matched words only, so I may miss what is said in other words."
)
SURE = 0.6
"""Least probability of another language. Of 3,434 English questions one reaches it; of twelve short
questions in other languages those in Latin letters lie between .35 and .98."""

_WRITTEN = frozenset(
    """
    ar bg ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt ro ru sk sl sr sv th tr
    uk vi zh
    """.split()  # noqa: SIM905 - a code a line would be a page
)
"""Languages that language models are asked to write. What py3langid takes for another one is more often a
question of few words that it mistakes."""
_ASKS = word_set("did does how what when where which who whose why")
"""Words that questions begin with in no other language."""
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}


def primary(tag: str) -> str:
    """Return the language of a tag, by the code that texts are recognized with: ``en-US`` is ``en``."""
    code = tag.replace("_", "-").split("-")[0].strip().lower()
    return _SAME.get(code, code)


def detect_language(text: str) -> str:
    """Return the language of a text as ISO 639-1; empty if it is too short to be sure.

    Only languages that models write are thought of, so that few words of German are not held to be
    perhaps Luxembourgish: of 85 questions of three to seven words in eight languages 75 are known, none
    wrongly (56 among all languages), and of 3,434 English ones one is not held to be English, a song's title.
    """
    shares = {language: float(share) for language, share in _identifier().rank(text) if language in _WRITTEN}
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] >= SURE * sum(shares.values()) else ""


def english_name(code: str) -> str:
    """Return what a language is called in English: ``de`` is German."""
    from babel import Locale  # late: only for those who have a language model

    return str(Locale.parse(code).english_name)


def is_latin(text: str) -> bool:
    """Tell whether at least half of the letters of *text* are Latin ones, or it has none."""
    letters = [char for char in text if char.isalpha()]
    latin = sum(unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return latin >= len(letters) / 2


def is_english(question: str) -> bool:
    """Tell whether a question should go to the models: it is English, or of no language for sure."""
    if not is_latin(question):
        return False
    if _is_plainly_english(question):
        return True
    language, probability = _identifier().classify(question)
    return bool(language == "en" or probability < SURE)


def _is_plainly_english(question: str) -> bool:
    """Tell questions that begin as English ones do and go on so; the model takes 0.7 s to load.

    Of 41,972 English questions 29,863 are found so. The model agrees on all but 16 of them, which it holds
    to be of another language for a foreign name ("When was the Lijnbaan last opened?").
    """
    words = question.lower().replace("'", " ").replace("?", " ").split()
    return question.isascii() and bool(words) and words[0] in _ASKS and not STOP_WORDS.isdisjoint(words[1:])


@cache
def _identifier() -> Any:
    """Load the model of py3langid, some 0.7 s, when the first question comes that needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
