"""Whether a sentence holds the type of thing that a question asks for: a person, a sum, a place, a reason.

A name, a number or a date that the question gives itself is no answer to it.
"""

import re
from collections.abc import Callable
from typing import Literal

from retrieval.nlp import NOT_NAMES
from retrieval.text import CAPITAL, LOWER_MONTH, LOWER_WEEKDAY, blank_dates, load_words, word_set

AnswerType = Literal[
    "person",
    "place",
    "reason",
    "money",
    "weight",
    "distance",
    "share",
    "year",
    "clock",
    "date",
    "count",
]
_PEOPLE = (
    load_words("nouns", "people") | load_words("nouns", "male") | load_words("nouns", "female")
) - word_set("mr mrs ms miss sir lord lady")
_GROUPS = word_set(
    "police council committee company firm government parliament court museum university school hospital bank"
    " authority office ministry agency party union club team crew family team staff board army navy fleet"
    " council church city town county state federation commission society association foundation network"
    " people volunteers contractors residents scientists researchers officials firefighters brigade friends"
    " neighbors neighbours parents children students workers drivers members owners readers machine"
)
_PERSON = re.compile(
    r"^\W*(?:(?:so|and|yo|but|ok|also)\W+)*(?:who|whom|whose)(?:['’]?(?:s|d))?\b|\b(?:by|to|for|with|from|of) whom?\b"
    r"|\bwhat(?:['’]?s| is| was| are| were) (?:the )?(?:full )?names? of (?:the )?(?:man|woman|boy|girl|person|stranger|\w+(?:er|or|ist|ian))\b"
    r"|\bwh(?:at|ich) (?:man|woman|person|president|king|queen|emperor|general|scientist|\w{3,}(?:er|or|ist|ian))\b",
    re.IGNORECASE,
)
_ASKS: tuple[tuple[AnswerType, re.Pattern[str]], ...] = (
    ("person", _PERSON),
    ("place", re.compile(r"^\W*(?:(?:so|and|yo|but)\W+)*wh?er(?:e|es)?(?:['’]?(?:s|d))?\b", re.IGNORECASE)),
    (
        "reason",
        re.compile(
            r"^\W*(?:(?:so|and|yo|but)\W+)*(?:why\b|y (?:are|is|did|do|was|were)\b|how come\b|for what reason\b)",
            re.IGNORECASE,
        ),
    ),
    ("share", re.compile(r"\bwhat (?:percentage|percent|share|proportion|fraction)\b", re.IGNORECASE)),
    (
        "weight",
        re.compile(
            r"\bhow (?:heavy|many (?:kilos?|pounds of|kilograms?|tons|tonnes))\b|\bhow much (?:(?:does|did|do) .+ weigh|weight)\b",
            re.IGNORECASE,
        ),
    ),
    ("distance", re.compile(r"\bhow (?:far|tall|high|deep|wide)\b", re.IGNORECASE)),
    (
        "money",
        re.compile(
            r"\bhow (?:much|expensive)\b.*\b(?:costs?|price|pays?|paid|charg\w*|fees?|fare|salary|earn\w*|worth|spen[dt]\w*|bid"
            r"|fin(?:e|ed)|win|won|money|donat\w*|rais\w*|invest\w*|loss|profit|deposit|grant|rent|ticket|settlement)\b"
            r"|\bwhat (?:did|does|do|will|would) .+ cost\b|\b(?:price|cost|fee|fare|salary|deposit) (?:of|for)\b|\bhow much (?:is|are|was|were) (?:a|an|the)\b",
            re.IGNORECASE,
        ),
    ),
    ("year", re.compile(r"\b(?:what|which) year\b", re.IGNORECASE)),
    ("clock", re.compile(r"\bwhat time\b|\bclosing time\b|\bopening (?:time|hour)s?\b", re.IGNORECASE)),
    ("count", re.compile(r"\bhow many\b|\bwhat number of\b", re.IGNORECASE)),
    (
        "date",
        re.compile(
            r"^\W*(?:(?:so|and|yo|but|since|until|by)\W+)*(?:when|wen)\b|\b(?:what|which) (?:date|day)\b",
            re.IGNORECASE,
        ),
    ),
)
_NAME = re.compile(rf"(?<![\w’'-])[{CAPITAL}][\w’'-]+")
_MONEY = re.compile(
    r"[$€£¥₹]|\b(?:euros?|dollars?|pounds?|pence|cents?|francs?|yen|rupees?|crowns?|marks?|usd|eur|gbp|percent|per cent|free|nothing|gratis"
    r"|bucks|quid|shillings?|charge)\b|%",
    re.IGNORECASE,
)
_WEIGHT = re.compile(
    r"\d[\d.,]*\s?(?:kg|g|mg|lbs?|t|oz)\b|\b(?:kilos?|kilograms?|grams?|pounds?|tons?|tonnes?|ounces?|stones?|weigh)\w*",
    re.IGNORECASE,
)
_DISTANCE = re.compile(
    r"\d[\d.,]*\s?(?:mm|cm|m|km|ft|in|mi)\b|\b(?:met(?:er|re)s?|kilomet(?:er|re)s?|centimet(?:er|re)s?|miles?|feet|foot|inch(?:es)?|yards?|stor(?:ey|ie)s?|floors?"
    r"|hours?|minutes?|blocks?)\b|[′″]",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"%|\b(?:percent|per cent|half|third|quarter|fifth|tenth|most|majority|all|none|in (?:ten|five|four|three|two|\d+))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?!\d)|\b\d{1,4} (?:BC|AD|BCE|CE)\b|(?<!\d)\d{3,4}s\b")
_CLOCK = re.compile(
    r"\b\d{1,2}[:.h]\d\d\b|\b\d{1,2}\s?(?:[ap]\.?m|o['’]clock)|\b(?:noon|midnight|dawn|dusk|sunset|sunrise|o['’]clock)\b|\b(?:at|by|until|from|to|till|before|after) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"\d|\b(?:{LOWER_MONTH}|{LOWER_WEEKDAY}s?)\b|\b(?:today|tonight|tomorrow|yesterday|now|ago|currently|recently|soon|early|late|later|earlier"
    r"|spring|summer|autumn|fall|winter|christmas|easter|noon|midnight|morning|evening|night|afternoon|century|centuries|decades?|years?|months?|weeks?|days?|hours?|minutes?|season|reign"
    r"|after|before|when|once|during|until|since|while|end of|beginning of|time of|era|age|period|war|anniversary|never|always|as soon as|immediately)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?"
    r"|billions?|trillions?|dozens?|half|third|quarter|twice|once|single|both|several|few|no|none|couple|pair|many|all|every|zero|nobody|only|numerous|another|a|an)\b",
    re.IGNORECASE,
)
_FIRM_COUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\w-]*|hundreds?|thousands?|millions?"
    r"|billions?|trillions?|dozens?|half|twice|single|both|couple|pair|none|zero|no|nobody|several)\b",
    re.IGNORECASE,
)
_CLOCKS_AND_AGES = re.compile(
    r"\b\d{1,2}:\d\d\b|\b\d{1,2}\s?[ap]\.?m\b|\b\d{1,3}[- ]year[- ]old\b|,\s\d{1,2}\s?,|\(\d{1,2}\)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    rf"(?:^|\W)(?:in|at|on|near|from|to|into|inside|outside|under|behind|off|along|between|beside|across|above|below|around|over|by|through|throughout|within|of|opposite|upon|via|towards?)\s+"
    rf"(?:[{CAPITAL}\d]|(?:the|a|an|his|her|their|its|our|my|every|each|all|some|many|most|both|one|two|three|this|these|that)\b)|\b(?:here|there|abroad|home|everywhere|nowhere|north|south|east|west|online|overseas|worldwide|upstairs|downstairs)\b|,\s[{CAPITAL}]",
)
_REASON = re.compile(
    r"\b(?:because|since|so that|so as|so|due|owing|thanks to|as a result|result\w*|in order|reasons?|causes?|caused|causing|for fear|therefore|thus|hence|which is why|that is why|why"
    r"|blam\w*|led|lead\w*|after|when|as|to [a-z]+|for|if|without|mean\w*|make[sn]?|made|allow\w*|help\w*|need\w*|want\w*|affect\w*|by|could|might|fear\w*|believ\w*|afraid|worr\w*|hop\w*|aim\w*|concern\w*|failed|failure|conflict|risk\w*|not|n['’]t|no|never)\b|[:–—;]",
    re.IGNORECASE,
)


def answer_type(question: str) -> AnswerType | None:
    """Return what a question asks for, if its words say so."""
    return next((kind for kind, pattern in _ASKS if pattern.search(question)), None)


def holds(kind: AnswerType, question: str, text: str) -> bool:
    """Tell whether *text* holds something of the type that the question does not give itself."""
    return _HOLDS[kind](question, text)


def _without(question: str, text: str) -> str:
    """Return a text without the numbers and names of the question."""
    given = sorted(set(re.findall(rf"\d[\d.,:]*\d|\d|[{CAPITAL}][\w’'-]+", question)), key=len, reverse=True)
    for one in given:
        text = re.sub(rf"(?<![\w.,]){re.escape(one)}(?![\w]|[.,]\d)", " ", text)
    return text


def _holds_person(question: str, text: str) -> bool:
    asked = {word.lower().removesuffix("'s").removesuffix("’s") for word in re.findall(r"[\w’'-]+", question)}
    for match in _NAME.finditer(text):
        word = match[0].lower().removesuffix("'s").removesuffix("’s").strip("’'-")
        opens = match.start() == 0 or text[: match.start()].rstrip().endswith((".", "!", "?", ":", "\n"))
        if word in asked or word in NOT_NAMES or (opens and not _goes_on(text, match.end())):
            continue
        return True
    words = {word.removesuffix("s") for word in re.findall(r"[a-z]+", text.lower())}
    words |= set(re.findall(r"[a-z]+", text.lower()))
    nouns = (_PEOPLE | _GROUPS) - asked - {f"{word}s" for word in asked}
    return bool(words & nouns)


def _goes_on(text: str, at: int) -> bool:
    """Tell whether a name at the beginning of a sentence is longer than one word, or does something."""
    rest = text[at:].lstrip(" ,.'’")
    return bool(re.match(rf"[{CAPITAL}]", rest)) or bool(
        re.match(r"s?\s?(?:was|is|has|had|said|says|[a-z]+ed|[a-z]+s)\b", rest)
    )


def _holds_count(question: str, text: str) -> bool:
    rest = _CLOCKS_AND_AGES.sub(" ", blank_dates(_without(question, text)))
    return bool(_FIRM_COUNT.search(rest))


_HOLDS: dict[AnswerType, Callable[[str, str], bool]] = {
    "person": _holds_person,
    "place": lambda question, text: bool(_PLACE.search(text)),
    "reason": lambda question, text: bool(_REASON.search(text)),
    "money": lambda question, text: bool(_MONEY.search(_without(question, text))),
    "weight": lambda question, text: bool(_WEIGHT.search(text)),
    "distance": lambda question, text: bool(_DISTANCE.search(text)),
    "share": lambda question, text: bool(_SHARE.search(text)),
    "year": lambda question, text: bool(_YEAR.search(_without(question, text))),
    "clock": lambda question, text: bool(_CLOCK.search(text)),
    "date": lambda question, text: bool(_DATE.search(_without(question, text))),
    "count": _holds_count,
}
