"""Whether a claim leaves only such words out of a sentence as are known to be harmless.

Any other word may change what the rest says: "aims to rely less on imports", "Vice President Keller",
"The thieves, police fear, have left". So this is no list of words that do harm, but of words
(``data/omissions.toml``) and of patterns that do none: dates and places by name, asides that say more of
a thing, the first of two things that somebody did, and what follows behind a comma.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from retrieval.claims.antecedents import only_antecedent
from retrieval.claims.verb_forms import FINITE
from retrieval.domain import Span
from retrieval.nlp import FEMALE, MALE, ROLE_ENDINGS, SPEECH_VERBS, TITLES, without_dateline
from retrieval.text import (
    CAPITAL,
    DATE,
    DOUBLE_ENGLISH,
    LETTERS,
    LOWER_WEEKDAY,
    Pairs,
    Word,
    blank_dates,
    load_groups,
    load_words,
    word_set,
    words_in,
)

_SMALL = load_words("omissions", "small")
_FREE = _SMALL | load_words("omissions", "adverbs") | load_words("omissions", "adjectives")
_ADVERBS = load_words("omissions", "adverbs")
_PARTICIPLES = load_words("omissions", "participles")
_CONSEQUENCES = load_words("omissions", "consequences")
_FOLLOWS = load_words("omissions", "follows")
_LEADS = load_words("omissions", "leads")
_RETRACTIONS = load_words("omissions", "retractions")
_CLASSES = load_groups("factuality", "classes")
ATTITUDES = (
    frozenset().union(
        SPEECH_VERBS,
        load_words("omissions", "attitudes"),
        load_words("restrictions", "far_reaching")
        - word_set(
            "after before since until when where which while who whom whose although though because that "
            "falls"
        ),
        *(_CLASSES[name] for name in ("allege", "deny", "doubt", "hope", "say", "suppose")),
    )
    - _PARTICIPLES
    - _CONSEQUENCES
)
"""Words of what somebody says, thinks or feigns."""
_PREPOSITIONS = {
    word: name for name, words in load_groups("restrictions", "prepositions").items() for word in words
}
_NUMBERS = (
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|hundred|thousand)"
)
_NAME = rf"[{CAPITAL}][\w’'.-]*"
_NAMES = rf"{_NAME}(?:\s+(?:(?:and|of|the|de|van|von)\s+)?{_NAME})*"
_TIME = "|".join(sorted(load_words("omissions", "times")))
_PRONOUNS = word_set("he him his she her it its they them their")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_ASIDE = re.compile(r",\s+([^,;:()]+),|\s[–—]\s([^,;:()–—]+)\s[–—]\s")
_DATED = re.compile(
    rf"(?:\b(?:on|in|at|since|from|by|until|of|during)\s+)?(?:\b(?:early|late|mid)\s+)?(?:{DATE.pattern})",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    rf"(?:\b(?:on|since|early|late|last|next|this)\s+)*\b(?:{LOWER_WEEKDAY})\b(?:\s+(?:{_TIME})\b)?", re.I
)
_TIMED = re.compile(
    rf"\b(?:(?:in|on|at|during|over|throughout)\s+)?(?:the|a|an|last|next|this|that|one|{_NUMBERS})\s+"
    rf"(?:(?:last|next|first|second|same|following|past|{_NUMBERS})\s+)?(?:{_TIME})\b"
    rf"(?:\s+(?:of|ago|later|earlier|before)\b(?=\s|$)(?!\s+the\b))?",
    re.IGNORECASE,
)
_AT_FIRST = re.compile(r"\bat first\b", re.IGNORECASE)
_PLACE = re.compile(rf"\b(?:in|at|near|from|of|on)\s+(?:the\s+)?{_NAMES}")
_COUNTED = re.compile(
    rf"(?P<before>\b(?:the|its|his|her|their|these|those)\s+|^\s*){_NUMBERS}(?=\s*$|\s)", re.IGNORECASE
)
_NAMED = re.compile(rf"\s*(?:the\s+\w+\s+)?(?:{_NAMES}|{_NUMBERS})\s*$")
_BEARS = re.compile(r"(?:a|an|the|his|her|its|their|one|two)\s", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:who|which|whose|whom|where|that|what)\b")
_WHO = word_set("who which whose whom where der die das dem den dessen deren")
_OF_A_PLACE = re.compile(r"\b(?:of|from|in|at|near)\b")
_JOINED = re.compile(
    rf"\s*,?\s*(?P<first>{FINITE}\b.*?),?\s+(?:and|but)\s+(?:(?:also|later|then|soon|has|have|had|was|were)\s+)*$",
    re.DOTALL,
)
_LISTED = re.compile(rf"\s*,?\s*(?P<first>{FINITE}\b[^,;:()]*),\s*$")
_FINITE = re.compile(rf"{FINITE}$|[a-z]{{2,}}[^s]s$")
_VERB = re.compile(rf"\b{FINITE}\b")
_ASSERTS = word_set("who which whose whom where because since although though yet two")
"""Words that open what is stated beside the rest, whatever it says of what somebody thinks."""
_WHOLE_TITLES = load_words("omissions", "titles")
_ALL = word_set("all anything everything nothing none far")
_AND = word_set("and but while whereas und aber während et mais")
_COMPARES = re.compile(r"\s*(?:\w+er|more|less|worse) than [\w’'-]+(?:\s[\w’'-]+)? but\s*$")
_COMPARATIVE = re.compile(r"(?:\w+er|worse|more|less)$")
_TAIL_MARK = re.compile(r"\s*(?:[,;:)]|\s[-–—]+\s)[”\"’']?\s*|\s*[.!?…]")
_SEGMENT_END = re.compile(rf"[,;:.!?(){DOUBLE_ENGLISH}]|\s[–—-]\s")
_FREE_AT_END = _FREE - {"that", "and", "of"}
_FOLLOWS_DIRECTLY = word_set("after because before since when where while who which")
_FIRST_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)")
_WORD = re.compile(r"\s*[\w’'-]+")
_ALSO = re.compile(r"\band\b")
_THEN_IT = re.compile(r"([^;:()]*),\s+(he|she|it|they)\b([^,;:()]*)$")
_ELLIPSIS = re.compile(
    rf"{_NAME}\s+(?:against|for|by|with|in)\b.*\d|(?:about|around|over|most|some)\s+(?:of\b|{_NUMBERS})"
    rf"|(?:a|an|the|{_NUMBERS})\s+(?:{_TIME})\b"
    r"|(?:for|of|in|from|to|at|with|by)\s+(?:which|whom|whose)\b"
)
"""Of "Orrin voted for it by 61 percent, Venn against it by 52"; and a clause about what was named."""
_DOER = re.compile(rf"by\s+(?:(?:the|an?|its|his|her|their)\b|{_NUMBERS}\b|{_NAME})")
_AT_FIGURE = re.compile(rf"at\s+(?:(?:more|less)\s+than\s+|about\s+)?(?:{_NUMBERS}|{_NAME})")
_TURNS = re.compile(
    r"(?:and|but|yet|so)\s+(?:no|none|few)\b"
    r"|(?:and|but|although|though|while|yet|so)\s+(?:only|not|never|if|unless|perhaps|maybe)\b",
    re.IGNORECASE,
)
_NOT_WHEN = re.compile(r"not\s+(?:after|before|in|on|by|at|from|to)\b")
_HARDLY = word_set("no nobody none nothing little few hardly great difficulty reservations caution")
_MORE_THAN = re.compile(r"more\s+\w+ly\s+than\b")
_RATED = re.compile(rf"\s*(?:to\s+{_NUMBERS}|an?\s+(?:tonne|ton|barrel|kilo|liter|litre|head))\b")
_NEW_PART = re.compile(
    r";\s|,\s+(?:and|but|so|yet|while|whereas|when|where|und|aber|während|et|mais)\s", re.IGNORECASE
)
_HAS_VETO = frozenset(("if", "contrary"))
"""Words that open a condition, which has a veto of its own, or what a sentence speaks against."""
_ROLE = re.compile(r"\s*(?:the\s+|an?\s+)?(?:[a-z-]+\s+)?(?P<role>[a-z-]+)\s*$", re.IGNORECASE)


def leaves_out_only_harmless(claim: str, sentence: str, pairs: Pairs) -> bool:
    """Tell whether all words of a sentence that a claim leaves out are known to be harmless.

    Args:
        claim: What somebody wrote.
        sentence: What an article says, or a part of it that stands by itself.
        pairs: The words of both, in the sentence's order.
    """
    mine, theirs = words_in(claim), words_in(sentence)
    used = [said for _, said in pairs]
    if not _opens(claim, mine, sentence, pairs[0]):
        return False
    for (own, said), (own_next, said_next) in pairwise(pairs):
        between = [w.text for w in mine if own.end <= w.start < own_next.start]
        gap = sentence[said.end : said_next.start]
        if not (_is_harmless(gap, between, said, said_next) or _goes_on_about(sentence, said, gap)):
            return False
    known = {word.text for word in mine}
    rest = [word for word in theirs if word.start >= used[-1].end]
    return tail_is_harmless(_drop_known_date(sentence, rest, known, used[-1].end))


def _goes_on_about(sentence: str, said: Word, gap: str) -> bool:
    """Tell whether "it" is what a first clause is about: "Although the dam was old, it held"."""
    match = _THEN_IT.match(gap)
    if match is None or _texts(sentence)[0] not in _LEADS or set(_texts(match[1])) & ATTITUDES:
        return False
    first = blank_dates(sentence[: said.end] + match[1])
    meant = only_antecedent(match[2], first)
    return (
        meant is not None
        and said.root in meant
        and all(word in _FREE for word in _texts(_drop(match[3], of_all=True)))
    )


def _drop_known_date(sentence: str, rest: Sequence[Word], known: set[str], start: int) -> str:
    """Return what stands behind a claim's last word, without a date that the claim has as well."""
    for word in rest:
        follows = not sentence[start : word.start].strip()
        if not follows or word.text not in known or (word.has_meaning and not word.in_date):
            break
        start = word.end
    return sentence[start:]


def tail_is_harmless(tail: str) -> bool:
    """Tell whether what follows at the end of a sentence leaves true what stands before it."""
    tail = _FIRST_PARENTHESIS.sub(
        lambda match: "" if not match.start() and _is_aside(match[1]) else match[0], tail, count=1
    )
    tail = _RATED.sub("", _drop(tail, of_all=False), count=1)
    while (match := _WORD.match(tail)) and match[0].strip().lower() in _FREE_AT_END:
        tail = tail[match.end() :]
    mark = _TAIL_MARK.match(tail)
    sign = mark[0].strip(" ”\"’'") if mark else ""
    rest = tail[mark.end() :] if mark else tail.lstrip()
    if (sign and sign in ".!?…;)") or not rest.strip(" .!?…”\"’')"):
        return True
    if mark and (dated := _DATED.match(rest)):
        return tail_is_harmless(rest[dated.end() :])  # ", in 1874, the year of …"
    segment = _SEGMENT_END.split(rest, maxsplit=1)[0]
    words = _texts(segment)
    if not words or _NAMED.match(segment) or _NOT_WHEN.match(segment):
        return mark is not None
    if sign == ":" or words[1:2] == ["aber"]:
        return not set(words) & _RETRACTIONS
    if _TURNS.match(rest) or set(words) & _RETRACTIONS:
        return False
    if words[0] in _AND or words[0] in _ASSERTS or (mark and words[1:2] == ["because"]):
        return True
    if set(words) & ATTITUDES:
        return False
    return _adds_behind_comma(segment, rest) if mark else _adds(segment)


def _adds(segment: str) -> bool:
    """Tell whether what follows without a comma leaves true what stands before."""
    first, *others = _texts(segment)
    if first == "with":
        return not set(others[:1]) & _HARDLY
    if first == "by":
        return _DOER.match(segment) is not None
    return first in _FOLLOWS_DIRECTLY or _MORE_THAN.match(segment) is not None


def _adds_behind_comma(segment: str, rest: str) -> bool:
    """Tell whether what follows behind a comma leaves true what stands before."""
    first = _texts(segment)[0]
    if segment[0].isdigit() or _ELLIPSIS.match(segment) or first in _CONSEQUENCES | _PARTICIPLES:
        return True
    if _FINITE.match(first) and _ALSO.search(rest):
        return True  # "She was born in Lyon, grew up in Nice and studied in Paris"
    if first == "at":
        return _AT_FIGURE.match(segment) is not None
    if first in {"a", "an", "the"}:
        return _is_apposition(segment)
    return first in _FOLLOWS


def _opens(claim: str, mine: Sequence[Word], sentence: str, first: tuple[Word, Word]) -> bool:
    """Tell whether what stands before a claim's first word leaves true what follows."""
    own, said = first
    before = sentence[: said.start]
    dateline = without_dateline(sentence, Span(0, len(sentence))).start
    before = before[min(dateline, len(before)) :]
    between = [word.text for word in mine if word.end <= own.start]
    own_before = claim[: own.start]
    if own_before.strip() and before.lower().startswith(own_before.lower()):
        before = before[len(own_before) :]
    cut = max((match.end() for match in _NEW_PART.finditer(before)), default=0)
    if cut and (before[cut - 2] == ";" or not set(_texts(before[:cut])) & ATTITUDES):
        before = before[cut:]
    if (comma := before.rfind(", ")) >= 0:
        head = _texts(before[:comma])
        leads = bool(head) and (head[0] in _LEADS or not _texts(_drop(before[:comma], of_all=True)))
        names = not _VERB.search(before[:comma]) and not set(head) & (_PREPOSITIONS.keys() | ATTITUDES)
        if set(head) <= _ADVERBS or (leads and not set(head) & ATTITUDES) or names or head[0] in _HAS_VETO:
            before = before[comma + 2 :]
    words = _texts(before)
    if words and words[0] in _LEADS - {"like", "unlike", "now", "once"}:
        before = before[len(words[0]) :]
    return _is_harmless(before, between, None, said)


def _is_harmless(gap: str, own: Sequence[str], before: Word | None, after: Word) -> bool:
    """Tell whether a claim may leave out what stands between two words of a sentence."""
    if not gap.strip():
        return True
    joined = _JOINED.match(_drop_asides(gap)) or _LISTED.match(gap)
    does = _FINITE.search(after.text) or after.text in _ADVERBS
    if joined and does and _does_something(joined["first"]):
        return True
    if _COMPARES.match(gap) and _COMPARATIVE.search(after.text):
        return True
    role = _ROLE.match(gap)
    if (before is None or gap.lstrip().startswith(",")) and role and _tells_who(role[0], role["role"], after):
        return True
    rest = _drop(gap, of_all=True)
    if set(own) - _SMALL - _PRONOUNS - _PREPOSITIONS.keys():  # what a pronoun of the sentence stands for
        own = [*own, *_PRONOUNS]
    given = [word for word in words_in(rest) if word.is_name]
    if after.is_name and len(given) == 1 and (given[0].text in FEMALE | MALE or len(given[0].text) == 1):
        rest = rest.replace(rest[given[0].start : given[0].end], " ")
    groups = {_PREPOSITIONS[word] for word in own if word in _PREPOSITIONS}
    return all(word in _FREE or word in own or _PREPOSITIONS.get(word, "") in groups for word in _texts(rest))


def _does_something(words: str) -> bool:
    """Tell whether words are what somebody did, and not "was all [but rejected]"."""
    texts = set(_texts(words))
    return not texts & (ATTITUDES | _ALL) and any(word.has_meaning for word in words_in(words))


def _tells_who(words: str, role: str, name: Word) -> bool:
    """Tell whether words are "The painter" or "Mayor" before a name, and not the half of a title."""
    if not name.is_name or name.text in TITLES:
        return False
    if role.lower() in _WHOLE_TITLES:
        return name.text in FEMALE | MALE or not name.text.endswith(ROLE_ENDINGS)
    return role.islower() and len(words.split()) > 1 and role.endswith(ROLE_ENDINGS)


def _drop(words: str, *, of_all: bool) -> str:
    """Return words without the phrases that may always be left out.

    *of_all*: anywhere in them; otherwise only at their beginning.
    """
    phrases = (_WEEKDAY, _DATED, _TIMED, _AT_FIRST, _PLACE)
    if of_all:
        words = _drop_asides(words)
        for phrase in phrases:
            words = phrase.sub(" ", words)
        return _COUNTED.sub(lambda m: m["before"], words)
    while True:
        words = words if not words[:1].isspace() else words.lstrip()
        match = next(filter(None, (phrase.match(words) for phrase in phrases)), None)
        if match is None or not match[0]:
            return words
        words = words[match.end() :]


def _drop_asides(words: str) -> str:
    words = _PARENTHESIS.sub(lambda match: " " if _is_aside(match[1]) else match[0], words)
    return _ASIDE.sub(lambda match: " " if _is_aside(match[1] or match[2]) else match[0], words)


def _is_aside(words: str) -> bool:
    """Tell whether words between commas say more of a thing, and nothing of the rest."""
    texts = _texts(words)
    if not texts:
        return True
    if texts[0] in _WHO:
        return not set(texts) & _RETRACTIONS
    if set(texts) & ATTITUDES:
        return False
    if _NAMED.match(words) or set(texts) <= _ADVERBS or not _texts(_drop(words, of_all=False)):
        return True
    if texts[0] in _PARTICIPLES or texts[0] == "unlike":
        return True
    return _is_apposition(words)


def _is_apposition(words: str) -> bool:
    """Tell whether words such as "a volcano on Sumbawa" say who or what somebody or something is."""
    if not _BEARS.match(words):
        return False
    head = _RELATIVE.split(words)[0]
    if _VERB.search(head) and not set(_texts(head)) & _PARTICIPLES:
        return False
    named = re.search(rf"{_NAME}\s*$", head) is not None
    return named or not words.lower().startswith("the ") or _OF_A_PLACE.search(head) is not None


def _texts(words: str) -> list[str]:
    return [match[0].lower() for match in LETTERS.finditer(words)]
