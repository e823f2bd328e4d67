"""Whether the bundled models, which read English, can be trusted with a question."""

import unicodedata
from functools import cache
from typing import Any

WORDS_ONLY_NOTE = (
    "I do not know this language well: I matched words only, so I may miss what is said in other words."
)
SURE = 0.6
"""Least probability of another language. Of 3,434 English questions one reaches it; of twelve short
questions in other languages those in Latin letters lie between .35 and .98."""


def is_english(question: str) -> bool:
    """Tell whether a question should go to the models: it is English, or of no language for sure."""
    letters = [char for char in question if char.isalpha()]
    latin = sum(unicodedata.name(char, "").startswith("LATIN") for char in letters)
    if letters and latin < len(letters) / 2:
        return False
    language, probability = _identifier().classify(question)
    return bool(language == "en" or probability < SURE)


@cache
def _identifier() -> Any:
    """Load the model of py3langid, some 50 ms, when the first question comes."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
