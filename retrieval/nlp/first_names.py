"""First names that tell "he" from "she"; only to keep a pronoun from the wrong person."""

from retrieval.text import load_words

MALE = load_words("first_names", "male")
FEMALE = load_words("first_names", "female")
