"""A drafted text taken apart: its sentences as plain text, and the numbers each one cites.

Models mark citations in many ways: [1], [1, 3], [1][2], [1-3], [^2], 【2】, 【2†source】, (source 2).
All are read here; what is left holds no marker, no markdown, no link and no mention.
"""

import re
from dataclasses import dataclass

from retrieval.text import sentences

_NUMBERS = r"\d{1,3}(?:\s*(?:,|;|and|&|-|–)\s*\d{1,3})*"
_FORMS = (
    rf"\[\^?(?:passages?|sources?|articles?|no\.?)?\s*({_NUMBERS})\]"
    rf"|【({_NUMBERS})[^】]{{0,40}}】"
    rf"|\((?:see\s+)?(?:passages?|sources?|articles?|ref\.?)\s*\[?({_NUMBERS})\]?\s*\)"
)
_MARKER = re.compile(rf"\s*(?:{_FORMS})", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")
_NUMBER = re.compile(r"\d{1,3}")
_NESTED = re.compile(r"\[\[(\d{1,3})\]\]\([^)\s]{0,1000}\)")
_LINK = re.compile(
    r"!?\[([^\]\[\n]{0,500})\]\([^)\s]{0,1000}\)|<(?:https?://|@|#|a?:)[^>\s]{0,1000}>|https?://\S+|www\.\S+"
)
"""Bounded: a draft of nothing but brackets would take minutes."""
_TAG = re.compile(r"</?[a-zA-Z][^>\n]{0,200}>")
_MENTION = re.compile(r"@(?=everyone\b|here\b|[&!]?\w)")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_LINE_START = re.compile(r"^[^\S\n]*(?:#{1,6}\s+|>+\s*|[-*•+]\s+|\d{1,2}[.)]\s+)", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|~~|`{1,3})(?=\S)(.+?)(?<=\S)\1")
_SPACE_BEFORE_STOP = re.compile(r"\s+(?=[.,;:!?](?:\s|$))")
_MARKS_AFTER_STOP = re.compile(rf"(?P<stop>[.!?][\"”’)]*)(?P<marks>(?:\s*(?:{_FORMS}))+)", re.IGNORECASE)
_SAID_BY_PASSAGE = re.compile(
    r"^(?:(?:in|according to|based on|as stated in|from) (?:the )?(?:passages?|articles?|texts?|sources?)"
    r"(?: \d{1,2})?(?: provided| given)?,\s+|(?:the )?(?:passages?|texts?|articles?)(?: \d{1,2})? "
    r"(?:states?|says?|mentions?|explains?|notes?|tells? us) that\s+)(?=\S)",
    re.IGNORECASE,
)
"""What a model says about its passages instead of about the world; the markers say it already."""
_WIDEST_RANGE = 10


@dataclass(frozen=True, slots=True)
class Marked:
    """A drafted sentence, and the numbers of the passages it names."""

    text: str
    numbers: tuple[int, ...]


def marked_sentences(draft: str) -> list[Marked]:
    """Return the sentences of a draft, in order."""
    draft = _EMPTY_LINES.sub("\n\n", _BLANKS.sub(" ", draft).replace(" \n", "\n"))
    plain = _LINK.sub(_link_text, _NESTED.sub(r"[\1]", draft))
    plain = _LINE_START.sub("", plain).replace("\n", "\n\n")
    plain = _TAG.sub(" ", plain)
    # "… in 1907. [2] The …": the marker belongs to the sentence before it.
    plain = _MARKS_AFTER_STOP.sub(lambda match: match["marks"] + match["stop"], plain)
    found = []
    for span in sentences(plain):
        words = span.of(plain)
        numbers = [number for match in _MARKER.finditer(words) for number in _numbers(match)]
        text = _MENTION.sub("", _EMPHASIS.sub(r"\2", _MARKER.sub("", words)))
        text = _SPACE_BEFORE_STOP.sub("", " ".join(text.split()))
        stated = _SAID_BY_PASSAGE.sub("", text, count=1)
        text = stated[:1].upper() + stated[1:] if stated != text else text
        if any(char.isalnum() for char in text):
            found.append(Marked(text, tuple(dict.fromkeys(numbers))))
    return found


def _link_text(match: re.Match[str]) -> str:
    """Keep the words of a link, and a marker that looks like one, but never an address."""
    return f"[{match[1]}]" if match[1] and match[1].strip("^ ").isdigit() else match[1] or ""


def _numbers(match: re.Match[str]) -> list[int]:
    listed = next(filter(None, match.groups()))
    found = [int(number) for number in _NUMBER.findall(listed)]
    for first, last in _RANGE.findall(listed):
        if 0 < int(last) - int(first) <= _WIDEST_RANGE:
            found += range(int(first), int(last) + 1)
    return sorted(set(found))
