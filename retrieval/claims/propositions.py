"""What a long sentence says by itself in its parts, each put as a sentence made of its own words.

"The bridge, designed by Keller, opened in 1931, but nobody came" says that the bridge opened in 1931,
and that it was designed by Keller. A claim that is too far from the whole sentence may stand in one of
these. Only plain patterns are taken apart: a sentence that reports, supposes or sets a condition is not.
"""

import re
from collections.abc import Iterator
from itertools import islice

from retrieval.claims.omission import tail_is_harmless
from retrieval.claims.restriction import PREPOSITIONS, TIMES
from retrieval.claims.verb_forms import AUXILIARY, FINITE, PARTICIPLE, PAST
from retrieval.nlp import FAR_REACHING
from retrieval.text import DATE, DOUBLE_ENGLISH, LETTERS, load_words, word_set

LONGEST_SUBJECT = 6
"""Words before a verb or a comma that are taken for the subject."""
LONGEST = 1_000
"""Characters of a sentence; a longer one is a list."""
MOST_PARTS = 8
MOST_READINGS = 30
MOST_COMMAS = 2
"""In what somebody says before it is told who says it."""
FEWEST_WORDS = 3
"""Words of a part; what is shorter says nothing."""
_SAYS = (
    r"(?:said|says|told|argued|argues|claimed|claims|insisted|announced|explained|warned|noted|concluded"
    r"|reported|wrote|estimates?|estimated|believes?)"
)
_LINKS = r"(?:and|but|while|whereas|although|though|where|which|who|whose)"
_HEAD = re.compile(rf"[;,]\s(?!{_LINKS}\b)|[,\s][–—]\s|,\s{_LINKS}\s")
_OF_A_NAME = frozenset(("where", "which", "who", "whose"))
_TURNS_HEAD = re.compile(
    r",?\s(?:but|although|though|while|and)\s(?:only|not|never|no|none|few)\b"
    r"|,\s(?:unless|if|except|provided|according|or|it seems|supposedly|allegedly|reportedly|perhaps|probably"
    r"|apparently|in theory|at least|at most|not|never|even if|when|as)\b"
    rf"|[,”\"]\s(?!(?:{_LINKS}|whom|as|that|or|because|when|after|before|since)\b)(?:[\w’'.-]+\s){{0,6}}{_SAYS}\b",
    re.IGNORECASE,
)
"""What follows applies to what stands before."""
_HOLDS_ALL = load_words("restrictions", "far_reaching") | FAR_REACHING
"""Words whose meaning may reach beyond the part that they stand in, or that open a part of another kind."""
_OPENING = re.compile(
    r"(?:In|On|At|After|Before|During|By|Since|Between|Throughout)\s+"
    r"(?:[^,;:]{2,40},\s+|(?:(?!of\b|in\b|from\b|and\b)[\w’'-]+\s+){1,4}?)"
    r"(?=[A-Z]|\d|(?:the|an?|his|her|its|their|he|she|it|they|two|three|four|five|six|seven|eight|nine|ten|twelve|some"
    r"|many|most|several|few)\b)"
)
_SUBJECT = rf"(?P<subject>(?:[\w’'.-]+\s+){{0,{LONGEST_SUBJECT - 1}}}[\w’'-]+)"
_NAMED = re.compile(
    rf"{_SUBJECT},\s+(?P<aside>(?:(?:who|which)\s+)?(?:(?:once|long|first|later|originally|now|then)\s+)?[^,;:()]+),"
    rf"\s+(?P<rest>(?:(?:also|later|then|never|now|still)\s+)?{FINITE}\b.*)$",
    re.DOTALL,
)
_ASIDE = re.compile(
    rf"(?:who|which)\s+(?P<predicate>{FINITE}\b.*)$"
    rf"|(?P<done>(?:(?:first|later|originally)\s+)?{PARTICIPLE}\s+(?:[a-z]+ly\s+)?"
    r"(?:by|in|on|at|from|for|as|with|after|near|during|between|under|over|into|around|of)\b.*"
    rf"|(?:long|once)\s+(?:{PARTICIPLE}|thought)\s.*)$",
    re.DOTALL,
)
"""What is said of a subject in passing, and not who says it: ", argued Webb,"."""
_JOINED = re.compile(
    rf"{_SUBJECT}\s+(?P<verb>{FINITE})\b(?P<first>[^,;:(){DOUBLE_ENGLISH}]*?)\s+(?:and|but)\s+(?:(?:also|later|then|soon)\s+)?"
    rf"(?P<second>(?:{AUXILIARY}\s+(?:still|now|also|the|an?|one|been|[a-z]+ed)\b|{PAST}\s+(?:the|an?|its|his|her|their|from|to|in|on|by|at|into|for|with|over|off|up|\d|[A-Z])).*)$",
    re.DOTALL,
)
_FACTS = word_set("since because although though after who which whose whom")
"""Words that open a part, and reach no further."""
_SINCE = re.compile(
    r"(?:Since|Because|Although|Though|After)\s+"
    rf"(?P<clause>[^,;:(){DOUBLE_ENGLISH}]*\b{FINITE}\b[^,;:(){DOUBLE_ENGLISH}]*),\s+(?P<main>.*)$",
    re.DOTALL,
)
_NAME = (
    r"(?:[A-Z][\w’'-]*|[a-z]+\s+[A-Z][\w’'-]*|(?:the|an?|her|his|its|their|two|three|four"
    r"|some|several|many)\s+[\w’'-]+)(?:\s+[\w’'-]+){0,4}?"
)
_SPOKEN = re.compile(
    rf"(?:(?P<words>[^{DOUBLE_ENGLISH}]+),|(?P<quote>“[^”]+”),?)\s+(?:(?P<who>{_NAME})\s+(?P<says>{_SAYS})(?P<whom>(?:\s+[\w’'-]+){{0,4}})"
    rf"|(?P<verb>{_SAYS})\s+(?P<whose>{_NAME}))(?P<rest>[.,;].*)$",
    re.DOTALL,
)
_CLAUSE_FIRST = re.compile(
    r"(?P<joins>Because|Since|After|Although|Though|When|While|If|Before|Until|Unless)\s+"
    rf"(?P<clause>[^,;:(){DOUBLE_ENGLISH}]+),\s+(?P<main>[^,;:(){DOUBLE_ENGLISH}]+)$"
)
_REPORTED = re.compile(
    rf"(?P<who>{_NAME}|[A-Z]\w+\s\w+)\s+(?P<says>{_SAYS}|estimate|believe)\s+that"
    rf"\s+(?P<words>[^,;:(){DOUBLE_ENGLISH}]+)\.$"
)
_ENDS_WITH_WHO = re.compile(
    rf"(?P<head>.*\b(?P<name>[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){{0,3}})),\s+who\s+(?P<predicate>{FINITE}\b[^,;:()]*)$"
)
_TWO_CLAUSES = re.compile(
    r"(?P<head>[^;]+?)(?:;\s+|,\s+(?:and|but|while|whereas)\s+)"
    r"(?P<tail>(?:the|an?|his|her|its|their|he|she|it|they|this|these|[A-Z]|\d)[^;]*)$"
)
_DOES = re.compile(
    r"(?:(?:the|an?|his|her|its|this|that)\s+)?[\w’'-]+\s+(?:[\w-]+\s+)?[a-z]+s\s+(?:the|an?|its|his|her|their|\d)",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(
    r"\b(?:the|an?|some|many|all|few|most|its|his|her|their|of|no|\d+)\s+$", re.IGNORECASE
)
"""Before a word in -ed that describes: "some dried apples"."""
_RELATIVE = re.compile(
    r"(?<!\bof )(?<!\band )(?<!\bor )(?<!['’]s )(?P<name>\b[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,3}),"
    rf"\s+who\s+(?P<predicate>{FINITE}\b[^,;:()]*)[,.;]"
)
_WHEN = frozenset(("after", "before", "since"))
_PART_END = re.compile(r"[,;:–—](?!\d)|\s(?:and|but|or|when|which|who|because|after|before|until)\b")
_VERB = re.compile(rf"\b{FINITE}\b")
_OF_A_DATE = re.compile(rf"\s+of\s+{DATE.pattern}")
_SMALL = word_set("of in from with at on for to by and or but than as near under over between among")


def extract_propositions(sentence: str) -> list[str]:
    """Return shorter sentences that a sentence says, and not the sentence itself."""
    plain = " ".join(sentence.split())
    if plain.count("“") != plain.count("”") or '"' in plain:
        return []
    if len(plain) > LONGEST:
        return []
    found = list(islice(_heads(plain), MOST_PARTS))
    found += [head for part in found for head in islice(_heads(part), MOST_PARTS)]
    for part in (plain, *found):
        found += [*_asides(part), *_split_coordination(part)]
    found += [*_move_adverbial(plain), *_move_attribution(plain), *_extract_clause(plain)]
    parts = [one for one in dict.fromkeys(found) if one != plain and len(one.split()) >= FEWEST_WORDS]
    return parts[:MOST_READINGS]


def split_joined_claims(claim: str) -> list[str]:
    """Return the two or three claims that one sentence joins, or nothing if it is one."""
    plain = " ".join(claim.split()).rstrip(".")
    if '"' in plain or "“" in plain or _sets_place(plain) or PREPOSITIONS & {plain.split(" ")[0].lower()}:
        return []
    if (match := _ENDS_WITH_WHO.match(plain)) and _is_clause(match["head"]):
        return [match["head"], f"{match['name']} {match['predicate']}"]
    if (match := _TWO_CLAUSES.match(plain)) and _is_clause(match["head"]) and _is_clause(match["tail"]):
        return [match["head"], match["tail"]]
    named = list(_asides(plain))
    if named:
        return named if len(named) > 1 else []
    match = _JOINED.match(plain)
    second = list(_split_coordination(plain))
    if (
        match is None
        or not second
        or not match["first"].strip()
        or (DATE.search(match["second"]) and not DATE.search(match["first"]))
    ):
        return []  # "opened and closed in 1978" dates both
    return [f"{match['subject']} {match['verb']}{match['first']}", *second]


def _is_clause(words: str) -> bool:
    """Tell whether words say something that reaches no further: no "dried apples", no "he said"."""
    if (_HOLDS_ALL - _FACTS) & _words(words):
        return False
    if _DOES.match(words):
        return True
    return any(
        match.start() > 0 and not _QUALIFIED.search(words, 0, match.start())
        for match in _VERB.finditer(words)
    )


def _heads(sentence: str) -> Iterator[str]:
    """Give what stands before a comma with "and" or "but", and behind it if nothing reaches across."""
    for match in _HEAD.finditer(sentence):
        head, tail = sentence[: match.start()], sentence[match.start() :]
        if head.count("(") != head.count(")") or head.count("“") != head.count("”"):
            continue
        stands = match[0].strip(" ,") not in {*_OF_A_NAME, ""} or _VERB.search(head)
        if stands and not _TURNS_HEAD.search(tail) and tail_is_harmless(tail):
            yield head
        joins = match[0].strip(" ,") in {";", "and", "but", "while", "whereas", "although", "though"}
        if joins and not (_HOLDS_ALL - _FACTS) & _words(head) and not _sets_place(sentence):
            yield sentence[match.end() :]


def _asides(sentence: str) -> Iterator[str]:
    """Give "The bridge opened" and "It was built by Brandt" of "The bridge, built by Brandt, opened"."""
    opening = _OPENING.match(sentence)
    match = _NAMED.match(sentence, opening.end() if opening else 0)
    aside = match and _ASIDE.match(match["aside"])
    if not match or not aside or not _is_subject(match["subject"]):
        return
    yield f"{sentence[: match.start()]}{match['subject']} {match['rest']}"
    if _SMALL & _words(_OF_A_DATE.sub("", match["subject"])):
        return
    yield f"{match['subject']} {aside['predicate'] or 'was ' + aside['done']}"


def _split_coordination(sentence: str) -> Iterator[str]:
    """Give "The firm moved to Cardiff" of "The firm cut 300 jobs and moved to Cardiff"."""
    opening = _OPENING.match(sentence)
    match = _JOINED.match(sentence, opening.end() if opening else 0)
    if match is None or not _is_subject(match["subject"]):
        return
    if _HOLDS_ALL & _words(f"{match['verb']} {match['first']}") or _VERB.search(match["first"]):
        return
    yield f"{match['subject']} {match['second']}"


def _move_adverbial(sentence: str) -> Iterator[str]:
    """Give "the firm cut 300 jobs After the merger" of "After the merger the firm cut 300 jobs"."""
    opening = _OPENING.match(sentence)
    if opening is None or (_HOLDS_ALL - _WHEN) & _words(opening[0]):
        return
    if not (TIMES | _WHEN) & _words(opening[0]) and not any(char.isdigit() for char in opening[0]):
        return  # "In mice" tells no time, and is not lost at the end
    rest = sentence[opening.end() :].rstrip(".")
    end = _PART_END.search(rest)
    at = end.start() if end else len(rest)
    if rest[:at].endswith(" than"):
        return  # "than before"
    yield f"{rest[:at]} {opening[0].strip(' ,')}{rest[at:]}"


def _move_attribution(sentence: str) -> Iterator[str]:
    """Give "Webb said that the bridge is safe" of "The bridge is safe, Webb said"."""
    match = _SPOKEN.match(sentence)
    if match is None:
        return
    words = match["words"] or ""
    if words.count(",") > MOST_COMMAS or _HOLDS_ALL & _words(words):
        return
    who, says = match["who"] or match["whose"], match["says"] or match["verb"]
    said = f"that {words[:1].lower()}{words[1:]}" if words else match["quote"]
    yield f"{who} {says}{match['whom'] or ''} {said}"


def _extract_clause(sentence: str) -> Iterator[str]:
    """Give "The ban came into force" of "Since the ban came into force, …", and what is said of a name."""
    match = _SINCE.match(sentence)
    if (
        match is not None
        and not _HOLDS_ALL & _words(match["clause"])
        and not _TURNS_HEAD.search(match["main"])
    ):
        yield match["clause"]
    clause = _CLAUSE_FIRST.match(sentence)
    if clause is not None and not _TURNS_HEAD.search(clause["main"]):
        main = clause["main"].rstrip(".")
        yield f"{main} {clause['joins'].lower()} {clause['clause']}"
    reported = _REPORTED.match(sentence)
    if reported is not None:
        yield f"{reported['words']}, {reported['who']} {reported['says']}"
    for one in _RELATIVE.finditer(sentence):
        if not (_HOLDS_ALL - _FACTS) & _words(sentence[: one.start()]):
            yield f"{one['name']} {one['predicate']}"


def _sets_place(sentence: str) -> bool:
    """Tell whether a sentence begins with "In Western Europe", which may hold for all its parts."""
    first = sentence.split(maxsplit=6)[:6]
    if not first or first[0].lower() not in PREPOSITIONS:
        return False
    return not TIMES & _words(" ".join(first)) and not any(word[0].isdigit() for word in first)


def _is_subject(words: str) -> bool:
    return not (_HOLDS_ALL & _words(words) or _VERB.search(words))


def _words(text: str) -> frozenset[str]:
    return frozenset(match[0].lower() for match in LETTERS.finditer(text))
