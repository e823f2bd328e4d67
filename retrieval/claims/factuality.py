"""Words that change what the words around them say, and that a claim therefore may not leave out or add.

"They tried to vaccinate everybody" does not support "They vaccinated everybody", nor does "Webb said that
it works" support "It works", and "from Rome to Pisa" is not "to Rome". Each class below holds words of
which any may stand for any other; a claim has to have one of each class that applies to its words.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from retrieval.claims.agreement import agrees
from retrieval.claims.deletion import passes_over_little
from retrieval.claims.omission import leaves_out_only_harmless
from retrieval.claims.restriction import narrows
from retrieval.claims.word_order import align_words
from retrieval.text import OPENING_DOUBLE, STOP_WORDS, Pairs, Word, load_groups, word_set, words_in

_CLASS_OF = {word: name for name, words in load_groups("factuality", "classes").items() for word in words}
_DESCRIBES = word_set(
    "few some many most half third quarter first second last next former previous other higher lower"
)
"""Classes of words that apply to the very next word only."""
_OF_ALL = word_set("half most many few some quarter third")
_ARTICLES = word_set("the of a an its his her their these those")
_SMALL = frozenset(_CLASS_OF[word] for word in STOP_WORDS if word in _CLASS_OF)
"""Classes of words so small that the test of a claim's words passes over them."""
_DOING = re.compile(r"\w{3}ing$")
_NO_DOING = word_set(
    "morning evening building during nothing something everything anything spring string following including "
    "meeting wedding hearing being having according sterling"
)
_ABOUT = word_set("about around some roughly approximately nearly almost circa estimated")
_AT_LEAST = frozenset(("more", "over", "least", "above"))
_AT_MOST = frozenset(("less", "fewer", "under", "most", "below", "up"))
_FIGURE = re.compile(
    r"\d|^(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|third|quarter|fifth|tenth|dozen)s?$"
)
_BEFORE_FIGURE = 3
_CLAUSE_END = re.compile(
    r"[,;:–—(]|\b(?:which|who|while|where|but|although|though)\b|\band (?=not?\b|never\b)"
)
_SPEECH = re.compile(r"“[^”]{15,}”|\"[^\"]{15,}\"|„[^“”]{15,}[“”]|«[^»]{15,}»")
_SPEAKS = frozenset(word for word, kind in _CLASS_OF.items() if kind == "say")
_SAYS = (
    r"(?:said|says|told|argued|argues|claimed|claims|insisted|insists|announced|explained|warned|noted|concluded"
    r"|admitted|reported|declared|wrote|estimates?|estimated|according to|believes?|thinks)\b"
)
_NO_SPEAKER = r"(?!and\b|but\b|which\b|who\b|whom\b|while\b|where\b|as\b|that\b|or\b)"
_SAID_BEHIND = re.compile(rf",[”\"]?\s+{_NO_SPEAKER}(?:[\w’'.-]+\s+){{0,6}}{_SAYS}[^,;]*$")
_SAID_BETWEEN = re.compile(rf",[”\"]?\s+{_NO_SPEAKER}(?:[\w’'.-]+\s+){{0,4}}{_SAYS}[^,;]*[,;]")
_SAID_BEFORE = re.compile(rf"\b{_SAYS}\s(?:[\w’'.-]+\s){{0,6}}?that\s")
"""Whatever follows, also behind a comma, may be theirs."""
_REASONS = word_set(
    "so because therefore thus hence consequently due causes caused causing since as for owing thanks "
    "result led weil daher deshalb also denn wegen"
)
_PERSONS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("they", "them", "their"), "they"),
    **dict.fromkeys(("we", "us", "our"), "we"),
    **dict.fromkeys(("i", "me", "my"), "i"),
}
_CUT_OFF = re.compile(r"\b(?:both|between|either)\b(?!.*\b(?:and|or)\b)", re.IGNORECASE)
"""Of two things only one is named."""
_QUOTED = re.compile(f"[{OPENING_DOUBLE}]")


def keeps_frame(claim: str, sentence: str, *, turned: bool = False) -> bool:
    """Tell whether a claim has all words of a sentence that change what the claim's words say there.

    *turned*: the claim denies the opposite of what the sentence says; its "not" is accounted for.
    """
    pairs = align_words(claim, sentence)
    if not pairs:
        return pairs is not None
    mine, theirs = words_in(claim), words_in(sentence)
    if [word.text for word in mine] == [word.text for word in theirs]:
        return True
    bearing = _words_in_scope(sentence, theirs, pairs)
    if _gives_a_reason(mine, theirs) or _means_others(mine, theirs):
        return False
    if _CUT_OFF.search(claim) and not _CUT_OFF.search(sentence):
        return False
    own, said = _classes(mine), _classes(theirs)
    if (
        not _classes(_weighty(bearing, theirs, pairs)) <= own
        or not own & _SMALL <= said
        or _skips_a_verb(theirs, pairs)
    ):
        return False
    if not _same_hedges(mine, theirs, pairs) or _leaves_speaker_out(claim, sentence, mine, pairs):
        return False
    return passes_over_little(claim, sentence, pairs, turned=turned) and not narrows(
        claim, sentence, pairs, turned=turned
    )


def _gives_a_reason(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Tell whether a claim joins by "so" or "because" what a sentence only puts side by side."""
    return any(word.text in _REASONS for word in mine) and not any(word.text in _REASONS for word in theirs)


def _means_others(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Tell whether a claim has "they" where a sentence has "he"."""
    own, said = ({_PERSONS[word.text] for word in words if word.text in _PERSONS} for words in (mine, theirs))
    return bool(own - said) and bool(said - own)


def keeps_all_but_harmless(claim: str, sentence: str) -> bool:
    """Tell whether a claim changes no figure, time or person, and leaves out only what is harmless."""
    pairs = align_words(claim, sentence)
    if not pairs or [one.text for one in words_in(claim)] == [one.text for one in words_in(sentence)]:
        return pairs is not None
    return agrees(claim, sentence, pairs) and leaves_out_only_harmless(claim, sentence, pairs)


def select_scope(claim: str, sentence: str) -> str:
    """Return the part of a sentence that applies to a claim's words, from beginning to end of its clause."""
    pairs = align_words(claim, sentence)
    if not pairs:
        return sentence
    start = _scope(sentence, pairs)
    end = _CLAUSE_END.search(sentence, pairs[-1][1].end)
    return sentence[start : end.start() if end else len(sentence)]


def _scope(sentence: str, pairs: Pairs) -> int:
    opened = [match.end() for match in _CLAUSE_END.finditer(sentence, 0, pairs[0][1].start)]
    return opened[-1] if opened else 0


def _weighty(bearing: Sequence[Word], theirs: Sequence[Word], pairs: Pairs) -> list[Word]:
    """Leave out what describes a thing that the claim leaves out as well: "At first", "the other way"."""
    used = {word.start for _, word in pairs} | {word.start for word in bearing if word.text in _CLASS_OF}
    solid = [word for word in theirs if word.text not in _ARTICLES]
    follows = {one.start: other.start for one, other in pairwise(theirs)}
    follows |= {one.start: other.start for one, other in pairwise(solid) if one.text in _OF_ALL}
    return [
        word
        for word in bearing
        if _CLASS_OF.get(word.text) not in _DESCRIBES or follows.get(word.start) in used
    ]


def _classes(words: Iterable[Word]) -> frozenset[str]:
    known = (word for word in words if word.text in _CLASS_OF and not word.in_date)  # "14 May" is no "may"
    return frozenset(_CLASS_OF[word.text] for word in known)


def _skips_a_verb(theirs: Sequence[Word], pairs: Pairs) -> bool:
    """Tell whether a claim leaves out what was done: "charged with planning it" is not "with it"."""
    used = {word.start for _, word in pairs}
    first, last = pairs[0][1].start, pairs[-1][1].start
    return any(
        _DOING.search(word.text) and word.text not in _NO_DOING and word.start not in used
        for word in theirs
        if first < word.start < last
    )


def _words_in_scope(sentence: str, theirs: Sequence[Word], pairs: Pairs) -> list[Word]:
    """Return the words between a claim's words, and those before them in the same clause."""
    start, last = _scope(sentence, pairs), pairs[-1][1].end
    used = {word.start for _, word in pairs}
    return [word for word in theirs if start <= word.start < last and word.start not in used]


def _same_hedges(mine: Sequence[Word], theirs: Sequence[Word], pairs: Pairs) -> bool:
    """Tell whether each figure is as exact in the claim as in the sentence."""
    place = {word.start: at for at, word in enumerate(theirs)}
    own = {word.start: at for at, word in enumerate(mine)}
    return all(
        _hedge(mine, own[word.start]) == _hedge(theirs, place[other.start])
        for word, other in pairs
        if _FIGURE.search(word.text)
    )


def _hedge(words: Sequence[Word], at: int) -> str:
    before = [word.text for word in words[max(0, at - _BEFORE_FIGURE) : at]]
    if before[-1:] in (["a"], ["an"], ["the"]):
        before.pop()  # "roughly a third"
    if _ABOUT & set(before[-1:]):
        return "about"
    pair = set(before[-2:])
    if pair & _AT_LEAST and pair & {"than", "at", "over", "above"}:
        return "at least"
    return "at most" if pair & _AT_MOST and pair & {"than", "at", "under", "below", "to"} else ""


def _leaves_speaker_out(claim: str, sentence: str, mine: Sequence[Word], pairs: Pairs) -> bool:
    """Tell whether a sentence gives a claim's words as somebody's, and the claim as a fact."""
    if _QUOTED.search(claim) or any(word.text in _SPEAKS for word in mine):
        return False
    first, last = pairs[0][1].start, pairs[-1][1].end
    if _SAID_BEHIND.search(sentence, last) or _SAID_BETWEEN.search(sentence):
        return True
    if _SAID_BEFORE.search(sentence, sentence.rfind(";", 0, first) + 1, first):
        return True
    return any(speech.start() <= first and last <= speech.end() for speech in _SPEECH.finditer(sentence))
