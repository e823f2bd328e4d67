"""Questions about all there is of something ("which tools are in repair?") and about one by its place.

All items of the list or rows of the table are shown in their order; a count is taken from what is shown.
"""

import re
from collections.abc import Sequence

from retrieval.answers.parts import Parts, label_words
from retrieval.domain import Span
from retrieval.text import word_set

MAX_LIST_CHARS = 900
"""Characters of a list that is shown whole; of a longer one the first items, and the answer says so."""
_PLURAL = r"(?!(?:is|was|has|does|its|this|news|series|species|always|perhaps|means)\b)[a-z][\w’'-]*[^\Wsui]s"
_BETWEEN = (
    r"(?!(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|might|time|year|day|if)\b)"
    r"[\w’'-]+"
)
_ASKS_FOR_ALL = re.compile(
    r"^\W*(?:please )?(?:list|enumerate)\b"
    r"|^\W*(?:please )?(?:name|give(?: me)?|show(?: me)?|tell me) (?:all|every)\b"
    r"|^\W*(?:pros|cons|advantages|disadvantages|benefits|drawbacks|ingredients|steps|rules|requirements|exceptions)\b"
    rf"|\bwh(?:at|ich)(?:['’]?re)? (?:are|were) (?:all )?(?:of )?the (?:[\w’'-]+ ){{0,3}}?{_PLURAL}\b"
    rf"|\b(?:which|what)(?: {_BETWEEN}){{0,2}}? {_PLURAL}\b(?! (?:is|was|has|does)\b)"
    r"|\bhow many\b.*\band (?:which|what|who)\b"
    r"|\b(?:all|every one) of the\b",
    re.IGNORECASE,
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "first 1st one",
            "second 2nd two",
            "third 3rd three",
            "fourth 4th four",
            "fifth 5th five",
            "sixth 6th six",
            "seventh 7th seven",
            "eighth 8th eight",
            "ninth 9th nine",
            "tenth 10th ten",
        ),
        1,
    )
    for word in words.split()
}
_ORDINAL = "|".join(
    word for word in _NUMBERS if word not in word_set("one two three four five six seven eight nine ten")
)
_THING = r"(?:steps?|things?|items?|points?|rules?|stages?|tips?|reasons?|instructions?|tasks?)"
_BY_PLACE = re.compile(
    rf"\b(?P<before>{_ORDINAL}|last|final)\s+{_THING}\b|\b(?:step|item|point|rule|stage|tip|reason)\s+(?:no\.?\s*)?"
    rf"(?P<behind>\d{{1,2}}|{'|'.join(_NUMBERS)})\b",
    re.IGNORECASE,
)
_NAMED_PLACE = re.compile(
    rf"\b(?:step|stage|tip|rule|point)\s+(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})\b", re.IGNORECASE
)


def asks_for_all(question: str) -> bool:
    """Tell whether a question wants all there is of something."""
    return _ASKS_FOR_ALL.search(question) is not None


def asked_place(question: str) -> int | None:
    """Return which item of a list is asked for, from 1, -1 for the last; ``None`` if none is by its place."""
    match = _BY_PLACE.search(question)
    if match is None:
        return None
    word = (match["before"] or match["behind"]).lower()
    if word in ("last", "final"):
        return -1
    return int(word) if word.isdigit() else _NUMBERS[word]


def is_at_place(place: int, span: Span, parts: Parts) -> bool | None:
    """Tell whether *span* is the item at that place, or says so; ``None`` if it is neither item nor says."""
    words = span.of(parts.structure.text)
    named = [match["number"].lower() for match in _NAMED_PLACE.finditer(words)]
    if named:
        return place in [int(one) if one.isdigit() else _NUMBERS[one] for one in named]
    found = parts.place_in_list(span)
    if found is None:
        return None
    number, count = found
    return number == (count if place == -1 else place)


def whole_list(span: Span, question: str, parts: Parts) -> list[Span]:
    """Return the items of the list, or the rows of the table, that a question about all means.

    In the order of the article; only *span* if it stands in no list and no table.
    """
    rows = parts.rows_like(span, label_words(question))
    if rows:
        return sorted(rows)
    items = parts.list_of(span)
    return items or [span]


def within_limit(spans: Sequence[Span]) -> list[Span]:
    """Return as many of the spans as may be shown at once."""
    shown: list[Span] = []
    for span in spans:
        if shown and sum(one.end - one.start for one in (*shown, span)) > MAX_LIST_CHARS:
            break
        shown.append(span)
    return shown
