"""Whether a sentence of an article can be read alone.

A summary shows sentences out of their surroundings; one that leans on the sentence before
it ("But he refused") misleads, and one that is no prose (a byline, a caption, a credit)
says nothing.
"""

import re
from itertools import pairwise

from retrieval.domain import Span
from retrieval.text import trimmed

_DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][\w.,’'\- ]{1,60}?\s*)?"
    r"\((?:[A-Z]{2,12}|Reuters|Xinhua|cnn)(?:\s[\w ]{1,20})?\)\s*(?:[-–—]{1,2}\s*)?"
    r"|[A-ZÀ-Þ]{3}[A-ZÀ-Þ.,’' ]{0,40}(?:,\s[A-Z][\w.]{1,12})?\s*(?:—|–|--| - )\s*"
)
_LEANS = re.compile(
    r"[\"“'‘(\[\s]*(?:he|she|they|it|its|his|her|hers|their|theirs|him|them|this|these|those|that|such|same"
    r"|meanwhile|but|and|or|nor|so|yet|however|moreover|furthermore|also|besides|instead|still|then"
    r"|otherwise|therefore|thus|hence|nevertheless|nonetheless|consequently|accordingly|likewise|similarly"
    r"|additionally|afterwards?|later|elsewhere|earlier|indeed|rather|because|another|others|both|either"
    r"|neither|perhaps|plus|too|here|there|again|the (?:latter|former|same|other|others|pair|two|move)"
    r"|as a result|as well|for (?:example|instance|one|now|that|this)|in (?:addition|contrast|turn"
    r"|other words|fact|response|return|that|this|these|those|the meantime|his|her|their|its)"
    r"|on the (?:other|contrary)"
    r"|at the (?:same|time)|at that|after (?:that|this|his|her|their)|among (?:them|those|these)"
    r"|according to (?:him|her|them|it)|by (?:contrast|comparison|then)|even (?:so|then|though)"
    r"|not (?:only|so|all|that)|of (?:those|these|them|course)|that is|to (?:that|this)|what is more"
    r"|with (?:that|this)|one of (?:them|those|these)|some of (?:them|those|these)|so far|yes|no|well|oh)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:he|she|him|his|her|hers|they|them|their|theirs|himself|herself)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|our|us)\b")
_NAME = re.compile(r"(?<=[\w,’'\"“”.)] )(?<![.?!] )[A-ZÀ-Þ][\w’'\-]+")
_NOUN = re.compile(r"\b(?:the|a|an|two|three|four|five|some|many|most|one)\s+[a-z]{3,}", re.IGNORECASE)
_FURNITURE = re.compile(
    r"\b(?:scroll (?:down|up)|click here|read more|see also|watch (?:the|this|more|below|now|live)"
    r"|(?:file )?photo(?:graph)? (?:by|courtesy)"
    r"|image (?:source|caption|credit)|getty images|all rights reserved|sign up|subscribe|newsletter"
    r"|follow (?:us|@|him on|her on)"
    r"|contributed to this (?:report|story|article)|copyright|share this"
    r"|advertisement|related (?:stories|articles|content)"
    r"|last updated|e-?mail the|hide caption|pictured (?:above|below|left|right)"
    r"|\((?:pictured|left|right|above|below)\))",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^(?:by|date|published|updated|from|posted|story by)\b[^.!?]{0,80}$", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…。！？][\"”’'»)\]\s]*$")
_COMMON_OPENERS = re.compile(
    r"(?:the|an?|in|on|at|when|while|after|before|as|for|from|with|by|if|though|although|since|until|during"
    r"|despite|once|where|there|what|why|how|who|now|asked)$",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(
    r"(?<=\w\w)(?:\s?[.!?][\"”’')]*)(?:\s['\"”’`]+(?=\s))?\s+(?=[\"“‘'`(]{0,2}\s?[A-ZÀ-Þ])"
)
_LONG_WORDS = 45
_MIN_WORDS = 5
_MAX_WORDS = 80


def shorter(text: str, span: Span) -> list[Span]:
    """Return *span*, cut at full stops when it is too long for one sentence.

    Splitters keep a whole quotation together, and everything up to a mark that never closes.
    """
    if len(span.of(text).split()) <= _LONG_WORDS:
        return [span]
    cuts = [match.end() for match in _FULL_STOP.finditer(text, span.start, span.end)]
    pieces = (trimmed(text, a, b) for a, b in pairwise([span.start, *cuts, span.end]))
    return [piece for piece in pieces if piece is not None]


def without_dateline(text: str, span: Span) -> Span:
    """Return *span* without a dateline such as "LONDON (AP) — " at its beginning."""
    match = _DATELINE.match(text, span.start, span.end)
    if match is None or span.end - match.end() < span.end - span.start - 80 or match.end() >= span.end - 20:
        return span
    return Span(match.end(), span.end)


def is_prose(text: str, span: Span) -> bool:
    """Return whether *span* is a whole statement, not a caption, byline, credit or headline."""
    sentence = span.of(text)
    count = len(sentence.split())
    if not _MIN_WORDS <= count <= _MAX_WORDS or not _ENDS.search(sentence):
        return False
    if sentence.rstrip("\"”’')] ").endswith("?"):
        return False
    if _FURNITURE.search(sentence) or _BYLINE.match(sentence):
        return False
    letters = [c for c in sentence if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) < 0.5 * len(letters)


def leans_on_previous(text: str, span: Span) -> bool:
    """Return whether *span* cannot be understood without the sentence before it."""
    sentence = span.of(text)
    if _LEANS.match(sentence):
        return True
    pronoun = _PERSON.search(sentence)
    if pronoun and not _named_before(sentence, pronoun.start()):
        return True
    quoted = sentence.lstrip()[:1] in "\"“'‘`"
    return quoted and bool(_FIRST_PERSON.search(sentence)) and not _named_before(sentence, len(sentence))


def _named_before(sentence: str, end: int) -> bool:
    head = sentence[:end]
    first = re.match(r"\W*([A-ZÀ-Þ][\w’'\-]+)\s+([A-ZÀ-Þa-z])", head)
    opens_with_name = bool(first and (first.group(2).isupper() or not _COMMON_OPENERS.match(first.group(1))))
    return opens_with_name or bool(_NAME.search(head)) or bool(_NOUN.search(head))
