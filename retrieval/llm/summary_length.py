"""Which of the sentences that a language model ranked make a summary of the length that was asked for.

What falls out is the least important. A sentence that refers back is shown with what it needs, unless the
model says that it is clear beside the others, and nothing shows that it is not.
"""

from collections.abc import Iterable, Set

from retrieval.llm.choice import Ranking
from retrieval.llm.numbered_sentences import NumberedSentences
from retrieval.nlp import names_in, opens_with_person
from retrieval.summaries import most_words

MOST_WORDS = 1.5
"""Length, by the words asked for, that the most important sentence may have with what it needs."""


def fit(ranking: Ranking, sentences: NumberedSentences, words: int) -> list[int]:
    """Return the numbers of what fits into a summary of *words* words, in the order of the text.

    What does not fit is passed over. The most important sentence may be half as long again as asked; if
    nothing fits, it is all.
    """
    first = {*sentences.needs(ranking.sentences[0]), ranking.sentences[0]}
    length = total_words(sentences, first)
    most = max(most_words(words), length if length <= MOST_WORDS * words else 0)
    shown: set[int] = set()
    for number in ranking.sentences:
        needed = () if _is_clear(number, ranking, sentences, shown) else sentences.needs(number)
        added = shown | {*needed, number}
        if total_words(sentences, added) <= most:
            shown = added
    return sorted(shown or first)


def total_words(sentences: NumberedSentences, numbers: Iterable[int]) -> int:
    """Return the length of some sentences, each counted once."""
    return sum(map(sentences.words, set(numbers)))


def _is_clear(number: int, ranking: Ranking, sentences: NumberedSentences, shown: Set[int]) -> bool:
    """Tell whether a sentence may stand without what it needs: behind another one, as the model says.

    A "he" or "she" must be named by one before it: by a name that stands in what is left out.
    """
    before = [sentences[one].text for one in shown if one < number]
    if number not in ranking.alone or not before:
        return False
    if not opens_with_person(sentences[number].text):
        return True
    left_out = frozenset[str]().union(*(names_in(sentences[one].text) for one in sentences.needs(number)))
    return not left_out or any(left_out & names_in(text) for text in before)
