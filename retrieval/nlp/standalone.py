"""Whether a sentence of an article can be read alone.

A summary shows sentences out of their surroundings; one that depends on the sentence
before it ("But he refused") misleads, and one that is no prose (a byline, a caption, a credit)
says nothing.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from retrieval.domain import Span
from retrieval.nlp.verbs import SPEECH_VERBS
from retrieval.text import (
    CAPITAL,
    CLOSING,
    DOUBLE_ENGLISH,
    MONTH_OF_PROSE,
    OPENING_ENGLISH,
    WEEKDAY_START,
    blank_dates,
    trim_span,
    word_set,
)

_DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][\w.,’'\- ]{1,60}?\s*)?"
    r"\(\s?(?:[A-Z]{2,12}|Reuters|Xinhua|cnn|[Tt]he [A-Z][\w ]{3,30})(?:\s[\w ]{1,20})?\s?\)"
    r"\s*(?:[-–—]{1,2}\s*)?"
    r"|[A-ZÀ-Þ]{3}[A-ZÀ-Þ.,’' ]{0,40}(?:,\s[A-Z][\w.]{1,12})?\s*(?:—|–|--| - )\s*"
)
_OPENS_DEPENDENT = re.compile(
    rf"[{OPENING_ENGLISH}(\[\s]*(?:he|she|they|it|its|his|her|hers|their|theirs|him|them|this|these|those|that|such|same"
    r"|meanwhile|but|and|or|nor|so|yet|however|moreover|furthermore|also|besides|instead|still|then"
    r"|otherwise|therefore|thus|hence|nevertheless|nonetheless|consequently|accordingly|likewise|similarly"
    r"|additionally|afterwards?|later|elsewhere|earlier|indeed|rather(?! than\b)|because\b(?![^,]*,)"
    r"|another|others|both|either"
    r"|neither|perhaps|plus|too|here|there|again|the (?:latter|former|same|other|others|pair|two|move)"
    r"|as a result|as well|for (?:example|instance|one|now|that|this)|in (?:addition|contrast|turn"
    r"|other words|fact|response|return|that|this|these|those|the meantime|his|her|their|its)"
    r"|on the (?:other|contrary)"
    r"|at the (?:same|time)|at that|before,|a (?:second|third|fourth)|the (?:second|third)"
    r"|(?:\w+ )?(?:hours?|days?|weeks?|months?|years?|decades?|minutes?|moments?)"
    r" (?:later|earlier|after that)"
    r"|(?:the (?:next|following|previous|same)|that) (?:day|week|month|year|morning|night|evening)"
    r"|after (?:that|this|his|her|their)|among (?:them|those|these)"
    r"|according to (?:him|her|them|it)|by (?:contrast|comparison|then)|even (?:so|then|though)"
    r"|not (?:only|so|all|that)|of (?:those|these|them|course)|that is|to (?:that|this)|what is more"
    r"|with (?:that|this)|one of (?:them|those|these)|some of (?:them|those|these)|so far"
    r"|either way|all of (?:which|this|that|them)|many (?:are|were|have)|yes|no|well|oh)\b",
    re.IGNORECASE,
)
_OPENS_WITH_REFERENCE = re.compile(
    r"[\W_]*(?:(?:but|and|so|yet|also|still|then|later|however|moreover|meanwhile|there|instead|therefore|thus)\b"
    r"[,\s]+)?(?:he|she|it|they|his|her|hers|its|their|theirs|this|these|those|that|such|both|neither|"
    r"the (?:latter|former|two|pair|same))\b",
    re.IGNORECASE,
)
_LINK = r"[\W_]*(?:(?:but|and|then|later|also)[,\s]+)?"
_OPENS_WITH_PERSON = re.compile(rf"{_LINK}(?:he|his|she|her)\b", re.IGNORECASE)
_HE = re.compile(rf"{_LINK}(?:he|his)\b", re.IGNORECASE)
_HE_OR_SHE = re.compile(rf"{_LINK}(?:he|she)\b", re.IGNORECASE)
_SAID_BY_PRONOUN = re.compile(r"[”\"’»]\s*(?:he|she|they)\s+[a-z]+", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:he|she|him|his|her|hers|himself|herself)\b", re.IGNORECASE)
_PEOPLE = re.compile(r"\b(?:they|them|their|theirs|themselves)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|our|us)\b")
_NAME = re.compile(
    rf"(?<=[\w,’'{DOUBLE_ENGLISH}.)] )(?<![.?!] )"
    rf"(?!(?:{MONTH_OF_PROSE}|{WEEKDAY_START})[a-z]*\b)"
    rf"[{CAPITAL}][\w’'\-]+"
)
_HUMAN = re.compile(
    r"\b(?:the|a|an|one|his|her|their|its|former|[\w\-]+-old)\s(?:[\w\-]+\s){0,3}?"
    r"(?:man|woman|boy|girl|child|teen\w*|mother|father|wife|husband|son|daughter|brother|sister|baby|toddler"
    r"|actor|actress|president|minister|\w{2,}(?:er|or|ist|ian|ant|man|woman|yst)|student|patient|victim|suspect"
    r"|chief|captain|coach|star|king|queen|prince|princess|pope|person|nurse|pilot|widow|cop|guy|agent)\b",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"\b(?:the|a|an|two|three|four|five|some|many|most|one|\d+)\s+[a-z]{3,}|[a-z]{3,}s\s", re.IGNORECASE
)
_GIVEN = re.compile(
    r"the\s(?!(?:first|last|only|most|best|latest|world|sun|moon|internet)\b)(?:[a-z\-]+\s){0,3}?"
    r"(?:incident|accident|crash|attack|shooting|raid|move|decision|ruling|deal|contract|company|firm|club"
    r"|designer|singer|actor|actress|star|comedian|rapper)"
    r"(?=\s(?:is|was|were|are|has|had|have|will|would|can|could|may|might|did|does|also|then|later|[a-z]+ed|[a-z]+s"
    r"|came|took|made|said|told|got|left|went|began|won|lost|set|put|began|saw|met|felt|thought)\b)",
    re.IGNORECASE,
)
"""A subject that is spoken of as known, with nothing that says who or which. Of 102 sentences chosen for
news_summaries and read by eye three began so. A longer list of nouns cost half a point of ROUGE-1."""
_THAT_ONE = re.compile(
    r"\b(?:that|those|these|this) (?:ones?|man|woman|men|women|boy|girl|people|children|person|case"
    r"|incident|company|team|club|players?|words?|reasons?|comments?|figures?|numbers?|descriptions?|claims?|issues?)\b",
    re.IGNORECASE,
)
_ENDS_IN_PRONOUN = re.compile(r"\b(?:it|this|that|these|those|so|them)\s?[.!]$", re.IGNORECASE)
_SAID_ALONE = re.compile(
    rf"\s*[{OPENING_ENGLISH}][^{DOUBLE_ENGLISH}]{{1,40}}[\"”'’],?\s*"
    r"(?:said|says|asked|added)\s[\w.’' ]{2,30}[.]$"
)
_BULLET = re.compile(r"[•·▪*–—\-]\s*(?=\w)")
_CAPTION = re.compile(r"[A-ZÀ-Þ][\w’' ]{0,30}?(?P<last>[\w’']+)\s?:\s")
_ONLY_QUOTED = re.compile(r"\s*(?:“[^“”]*”|\"[^\"]*\")\s*$")
_FURNITURE = re.compile(
    r"\b(?:scroll (?:down|up)|click here|on this page|thank you for"
    r"|read (?:more|the|our)|see also|watch (?:the|this|more|below|now|live)"
    r"|(?:file )?photo(?:graph)? (?:by|courtesy)"
    r"|image (?:source|caption|credit)|getty images|all rights reserved|sign up|subscribe|newsletter"
    r"|follow (?:us|@|him on|her on)"
    r"|contributed to this (?:report|story|article)|copyright|share this"
    r"|advertisement|related (?:stories|articles|content)"
    r"|last updated|e-?mail the|hide caption|pictured (?:above|below|left|right)"
    r"|\(\s?(?:pictured|left|right|above|below)\b)",
    re.IGNORECASE,
)
_CREDIT_OPENERS = word_set(
    "by date first last published updated posted modified reviewed written words text photo photos story"
)
_CREDIT_WORDS = _CREDIT_OPENERS | word_set(
    "on at the and of for from in with to staff writer writers reporter reporters correspondent editor min"
    " mins minute minutes read am pm gmt utc bst est edt cet cest et"
)
_CREDIT_TOKEN = re.compile(r"[^\W\d_][\w’'.-]*")
_SIGNATURE = re.compile(
    rf"\s*[—―]\s*[{CAPITAL}][\w.’'-]*(?:\s(?:[{CAPITAL}][\w.’'-]*|[a-z]{{2,3}})){{0,4}}(?:,[^.!?]{{2,60}})?\s*$"
    r"|\s*[—―–-]{1,2}[^!?\n]{1,60}\(?@\w{2,30}\)?[^!?\n]{0,40}$"
)
"""A name behind a dash, as below a post or a poem."""
_ADDRESS_ALONE = re.compile(r"\s*(?:https?://|www\.|pic\.twitter\.com/)\S+\s*$", re.IGNORECASE)
_BLANK_FIELD = re.compile(r"[:：][\s_.…☐☑✓\[\]()-]*$|[_…]{3,}\W*$|\.{4,}\W*$|^\W*[☐☑]")
_NAVIGATION = re.compile(
    r"\W*(?:read (?:more|next|also)\b|see also\b|share (?:this|on|via)\b|click here\b|tap here\b|follow us\b"
    r"|skip to\b|scroll (?:down|up)\b|back to (?:top|the top|home)\b|advertisement\W*$"
    r"|related (?:stories|articles)\b|sign (?:in|up)\W*$|log in\W*$|subscribe\W*$"
    r"|subscribe to (?:our|the) newsletter\b|sign up (?:for|to) (?:our|the)\b|all rights reserved\b"
    r"|cookie (?:policy|settings)\b|(?:home|start|menu)\s*[|>»›/·•]\s*\w)",
    re.IGNORECASE,
)
_ITEM_OR_ROW = re.compile(r"\s*(?:[-*•▪–]|\d{1,3}[.)])\s|.*\S\s\|\s\S")
_VALUE = re.compile(r"[:：]\s*\S")
_NUMBERED = re.compile(
    r"(?:chapter|part|section|article|appendix|annex|no\.?)?\s*(?:[\d.]+|[IVXLC]+)[.:)]?\s", re.IGNORECASE
)
_STOPPED = re.compile(rf"[.!?…。！？؟।;,][{CLOSING})\]\s]*$")
_HEADING_WORDS = 12
_HEADING_LOOK_AROUND = 8_000
_MARGIN = 20
_MARKUP = " \t#*_"
_LINES_BELOW = 5
_YEAR_IN_LINE = re.compile(r"\b(?:1\d|20)\d\d\b")
_BYLINE = re.compile(r"^(?:by|date|published|updated|from|posted|story by)\b[^.!?]{0,80}$", re.IGNORECASE)
_ENDS = re.compile(rf"(?<![:;,] )(?<![:;,])[.!?…。！？][{CLOSING})\]\s]*$")
COMMON_OPENERS = re.compile(
    r"(?:the|an?|in|on|at|when|while|after|before|as|for|from|with|by|if|though|although|since|until|during"
    r"|despite|once|people|everyone|nobody|somebody|someone|where|there|what|why|how|who|now|asked)$",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(
    r"(?<=\w\w)(?:\s?[.!?][\"”’')]*)(?:\s['\"”’`]+(?=\s))?\s+(?=[\"“‘'`(]{0,2}\s?[A-ZÀ-Þ])"
)
_ENDS_SHORT = re.compile(r"[!?]\W*$")
_CUT_INITIAL = re.compile(r"[A-Z]\.\s[a-z]|.*(?<![.\w])[A-Z]\.$", re.DOTALL)
_MAX_DATELINE = 80
_MIN_REST = 20
_LONG_WORDS = 45
_MIN_WORDS = 5
_MAX_WORDS = 80


def shorter(text: str, span: Span) -> list[Span]:
    """Return *span*, cut at full stops outside quotations when it is too long for one sentence.

    Splitters keep a whole quotation together, and everything up to a mark that never closes.
    """
    if len(span.of(text).split()) <= _LONG_WORDS:
        return [span]
    cuts = [match.end() for match in _FULL_STOP.finditer(text, span.start, span.end)]
    if _is_balanced(span.of(text)):
        cuts = list(_outside_quotations(text, span.start, cuts))
    pieces = (trim_span(text, a, b) for a, b in pairwise([span.start, *cuts, span.end]))
    return [piece for piece in pieces if piece is not None]


def without_dateline(text: str, span: Span) -> Span:
    """Return *span* without a dateline such as "LONDON (AP) — ", or a bullet, at its beginning."""
    start = span.start
    for opening in (_BULLET, _DATELINE):
        match = opening.match(text, start, min(span.end, start + _MAX_DATELINE))
        if match is not None and match.end() < span.end - _MIN_REST:
            start = match.end()
    return Span(start, span.end)


def can_stand(text: str, span: Span) -> bool:
    """Return whether *span* says something that may be shown as a statement of the article.

    A byline, the signature of a post, an empty line of a form, a heading, a lead-in without what it
    leads to, navigation and a question say nothing. Items of lists and rows of tables do.
    """
    sentence = span.of(text).strip()
    if not sentence or _BLANK_FIELD.search(sentence) or _ADDRESS_ALONE.match(sentence):
        return False
    if _SIGNATURE.match(sentence) or _NAVIGATION.match(sentence) or is_credit(sentence):
        return False
    return not (_only_asks(sentence) or _is_heading(text, span))


def leads_in(sentence: str) -> bool:
    """Tell whether a sentence ends with a colon, behind which what it says must follow."""
    return sentence.rstrip().endswith((":", "："))


def heading_above(text: str, at: int) -> str:
    """Return the nearest heading before *at*, on a line of its own; empty if there is none near."""
    begin = max(0, at - _HEADING_LOOK_AROUND)
    lines = text[begin : text.rfind("\n", 0, at) + 1].splitlines()
    return next((line.strip() for line in reversed(lines) if is_heading_line(line)), "")


def is_prose(text: str, span: Span) -> bool:
    """Return whether *span* is a whole statement, not a caption, byline, credit, question or headline."""
    if not can_stand(text, span):
        return False
    sentence = span.of(text)
    count = sum(any(char.isalnum() for char in word) for word in sentence.split())
    if not _MIN_WORDS <= count <= _MAX_WORDS or not _ENDS.search(sentence) or not _is_balanced(sentence):
        return False
    if sentence.rstrip("\"”’')] ").endswith("?") or _FURNITURE.search(sentence) or _BYLINE.match(sentence):
        return False
    if _CUT_INITIAL.match(sentence):
        return False
    caption = _CAPTION.match(sentence)
    if caption and caption.group("last").lower() not in SPEECH_VERBS:
        return False
    letters = [char for char in sentence if char.isalpha()]
    shouted = sum(char.isupper() for char in letters) >= 0.5 * len(letters)
    return bool(letters) and not letters[0].islower() and not shouted


def depends_on_previous(text: str, span: Span) -> bool:
    """Return whether *span* cannot be understood without the sentence before it."""
    sentence = span.of(text)
    if _OPENS_DEPENDENT.match(sentence) or _ONLY_QUOTED.match(sentence):
        return True
    if _speaks_of_something_known(sentence):
        return True
    if has_unnamed_person(sentence):
        return True
    people = _PEOPLE.search(sentence)
    if people and not (_names(sentence[: people.start()]) or _NOUN.search(sentence[: people.start()])):
        return True
    quoted = sentence.lstrip()[:1] in f"{OPENING_ENGLISH}`"
    return quoted and bool(_FIRST_PERSON.search(sentence)) and not _names(sentence)


def has_unnamed_person(sentence: str) -> bool:
    """Tell whether "he" or "she" stands in a sentence that names nobody before."""
    person = _PERSON.search(sentence)
    head = sentence[: person.start()] if person else ""
    return person is not None and not (_names(head) or _HUMAN.search(head))


def refers_back(sentence: str) -> bool:
    """Tell whether a sentence points back: it opens with "He" or "This", or ends in "she said"."""
    return bool(_OPENS_WITH_REFERENCE.match(sentence) or _SAID_BY_PRONOUN.search(sentence))


def with_context(text: str, core: Span, before: Span | None) -> Span:
    """Return *core*, begun with the sentence before it if it depends on that."""
    if before is None or not refers_back(core.of(text)):
        return core
    return Span(before.start, core.end)


def opens_with_person(sentence: str) -> bool:
    """Tell whether a sentence opens with "he" or "she", "his" or "her"."""
    return bool(_OPENS_WITH_PERSON.match(sentence))


def looks_beyond(sentence: str, before: str) -> bool:
    """Tell whether the "he" or "she" that opens a sentence is named before the one *before* it.

    That one speaks of the same "he" or "she", or points back and names nobody.
    """
    if not opens_with_person(sentence) or not refers_back(before):
        return False
    same = bool(_HE.match(sentence)) == bool(_HE.match(before))
    return (same and bool(_HE_OR_SHE.match(before))) or not (names_in(before) or _HUMAN.search(before))


def names_in(sentence: str) -> frozenset[str]:
    """Return the words of a sentence that are written as names."""
    opening = None if _OPENS_DEPENDENT.match(sentence) else re.match(r"\W*([\w’'\-]+)", sentence)
    first = {opening[1]} if opening and _names(sentence[: opening.end() + 2]) else set()
    return frozenset({*first, *_NAME.findall(sentence)})


def is_credit(sentence: str) -> bool:
    """Return whether a line is a byline or a date of publication, and nothing else."""
    words = _CREDIT_TOKEN.findall(blank_dates(sentence))
    first = words[0].lower().rstrip(".") if words else ""
    if first not in _CREDIT_OPENERS or len(words) > _HEADING_WORDS + _HEADING_WORDS:
        return False
    rest = [word for word in words if word.lower().rstrip(".") not in _CREDIT_WORDS]
    if first == "by" and not rest:
        return False
    return all(word[0].isupper() for word in rest) and (first != "by" or not _ENDS_SHORT.search(sentence))


def _only_asks(sentence: str) -> bool:
    """Return whether a sentence is a question, and not one that somebody is quoted with."""
    return sentence.endswith(("?", "？", "؟")) and not re.search(rf"[{DOUBLE_ENGLISH}]", sentence)


def _is_heading(text: str, span: Span) -> bool:
    """Return whether *span* is a whole line that heads the lines below it."""
    sentence = span.of(text).strip(_MARKUP)
    if not is_heading_line(sentence):
        return False
    before = text[max(0, span.start - _MARGIN) : span.start].rstrip(_MARKUP)
    after = text[span.end : span.end + _HEADING_LOOK_AROUND].lstrip(_MARKUP)
    if (before and not before.endswith("\n")) or not after.startswith("\n"):
        return False
    unnumbered = _YEAR_IN_LINE.sub("", _NUMBERED.sub("", sentence, count=1))
    if any(char.isdigit() for char in unnumbered) or _VALUE.search(sentence):
        return False  # an address, hours, a price
    below = [line.strip() for line in after.splitlines() if line.strip()]
    return any(_STOPPED.search(line) or _ITEM_OR_ROW.match(line) for line in below[:_LINES_BELOW])


def is_heading_line(line: str) -> bool:
    """Return whether a line looks like a heading: short, without a stop, no item and no row."""
    line = line.strip(_MARKUP)
    if not line or "\n" in line or len(line.split()) > _HEADING_WORDS or _ITEM_OR_ROW.match(line):
        return False
    return not (line[0].islower() or _STOPPED.search(line) or leads_in(line))


def _speaks_of_something_known(sentence: str) -> bool:
    """Return whether a sentence takes for granted somebody or something that only an earlier one names."""
    if _GIVEN.match(sentence) or _SAID_ALONE.match(sentence):
        return True
    known = _THAT_ONE.search(sentence)
    if known and not _NOUN.search(sentence[: known.start()]):
        return True
    last = _ENDS_IN_PRONOUN.search(sentence)
    head = sentence[: last.start()] if last else ""
    return last is not None and not (_names(head) or _NOUN.search(head))


def _names(head: str) -> bool:
    """Return whether somebody or something is named in the first words of a sentence."""
    first = re.match(r"\W*([A-ZÀ-Þ][\w’'\-]+)\s+([A-ZÀ-Þa-z])", head)
    opens_with_name = bool(first and (first.group(2).isupper() or not COMMON_OPENERS.match(first.group(1))))
    return opens_with_name or bool(_NAME.search(head))


def _outside_quotations(text: str, start: int, cuts: Sequence[int]) -> Iterator[int]:
    """Yield those places from *start* on before which every quotation mark is closed."""
    double = curly = 0
    for cut in cuts:
        double += text.count('"', start, cut)
        curly += text.count("“", start, cut) - text.count("”", start, cut)
        start = cut
        if double % 2 == 0 and curly == 0:
            yield cut


def _is_balanced(sentence: str) -> bool:
    return sentence.count('"') % 2 == 0 and sentence.count("“") == sentence.count("”")
