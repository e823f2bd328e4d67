"""What stands between quotation marks without having been said: titles, nicknames, scare quotes."""

import re

from retrieval.quotation_marks import Stretch
from retrieval.tokenization import CAPITAL, COUNTED, UNSPACED

_SMALL = re.compile(r"(?:an?|the|and|or|but|of|in|on|at|to|for|from|with|by|as|vs|de|la|no)$")
_BEFORE_TITLE = re.compile(
    r"(?:[’']s?|\b(?:on|of|in|edits|hosts?|titled|entitled|named|nicknamed|nickname|dubbed|show|program|podcast|series"
    r"|film|movie|book|novel|memoir|song|album|single|play|musical|episode|column|magazine|newspaper|hit"
    r"|documentary|video|watch(?:ed|ing)?|sang|sings?|starr(?:ed|ing) in"
    r"|game|exhibition|anthem|poem|article|essay|report|paper|blog))[\s,]*$",
    re.IGNORECASE,
)
_AFTER_TITLE = re.compile(
    r"[\"”’'»]?\s*(?:theme|radio|show|program|podcast|song|movie|film|series|host|anchor|column|album|book|novel"
    r"|magazine|website|tour|actor|actress|star|director|author|episode"
    r"|,? (?:a|an|the) (?:\d{4} )?(?:film|book"
    r"|song|show|novel|series|documentary|album|movie|memoir|HBO|Netflix|BBC|collection))\b"
)
_NAMED_BY = re.compile(
    r"\b(?:phrases?|words?|terms?|slogans?|expressions?|likes? of|mottos?|chants? of|cries of"
    r"|promise of)\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
_SCARE_WORDS = 1
"""Up to so many words without a verb of speech are left out. On news_quotes half of the single
words are scare quotes; two words would cost a point of F1 (.966 and .972 on its halves)."""
_UNSAID_WORDS = 3
"""Up to so many words without any mention of a speaker: none of 8 in half of news_quotes had been said."""


def is_markup(text: str, stretch: Stretch) -> bool:
    """Return whether the marks belong to markup that was left in the text."""
    start = stretch.outer.start
    return text[max(0, start - 1) : start] == "=" or not COUNTED.search(stretch.inner.of(text))


def is_title(text: str, stretch: Stretch) -> bool:
    """Return whether the words are the title of a work, or a name given between names."""
    inner = stretch.inner.of(text)
    before = text[max(0, stretch.outer.start - 40) : stretch.outer.start]
    after = text[stretch.outer.end : stretch.outer.end + 40]
    words = COUNTED.findall(inner)
    between_names = re.search(rf"[{CAPITAL}][\w.]*\s$", before) and re.match(rf"\s[{CAPITAL}]\w", after)
    if words == [inner] and inner[0].isupper() and between_names:
        return True
    capital = all(word[0].isupper() or word[0].isdigit() or _SMALL.match(word) for word in words)
    if not capital or len(words) > 10 or inner.rstrip()[-1:] in "?!" or not words[0][0].isupper():
        return False
    if len(words) == 1 and not _AFTER_TITLE.match(after):
        return False
    return bool(_BEFORE_TITLE.search(before) or _AFTER_TITLE.match(after))


def is_scare(text: str, stretch: Stretch, *, mentioned: bool, cued: bool) -> bool:
    """Return whether so few words, with or without a speaker and a cue, are only held at a distance."""
    count = _word_count(stretch.inner.of(text))
    if _NAMED_BY.search(text[max(0, stretch.outer.start - 30) : stretch.outer.start]):
        return False
    return (count <= _SCARE_WORDS and not cued) or (count <= _UNSAID_WORDS and not mentioned)


def _word_count(words: str) -> int:
    """Count words; in scripts without spaces, every two characters are one."""
    return max(len(COUNTED.findall(words)), len(UNSPACED.findall(words)) // 2)
