"""Which articles speak of something: "Which articles mention otters?", "List all stories about the lake"."""

from collections.abc import Sequence

from retrieval.answers.coverage import asked_words, unmet, word_keys
from retrieval.answers.evidence import Evidence
from retrieval.text import load_patterns

_ASKS = load_patterns("question_patterns", ("articles",), lambda all_of: f"(?i){'|'.join(all_of)}")


def topic_of_articles(question: str) -> str:
    """Return what articles are asked for by, such as "otters"; empty if none are asked for."""
    match = _ASKS.match(question)
    return match["topic"] if match is not None else ""


def choose_by_article(topic: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return for each article that holds all words of a topic the sentence that says most of it.

    Args:
        topic: Such as "the otters of Corin".
        evidence: Sentences, best first.
    """
    asked = asked_words(topic)
    found: dict[object, tuple[int, Evidence]] = {}
    for one in evidence if asked else ():
        about = f"{one.article.title} {one.candidate.hit.text}"
        if unmet(asked, word_keys(about)):
            continue
        missing = len(unmet(asked, word_keys(one.text)))
        known = found.get(one.article.id)
        if known is None or missing < known[0]:
            found[one.article.id] = missing, one
    return [one for _, one in found.values()]
