"""Whether a claim leaves out what narrows the rest of a sentence, and so says more than it.

"In mice, the drug slowed the disease" does not support "The drug slowed the disease", "Wild salmon is
lean" not "Salmon is lean", and "The bridge was not closed to cyclists" not "The bridge was not closed".
What may go: what stands behind a comma, where and when something happened once, and what describes a
thing that is named ("the old mill"). Nothing may go from a sentence with "not", "all" or "only".
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from retrieval.nlp import CONTRACTION, QUANTIFIED
from retrieval.text import DOUBLE_ENGLISH, Pairs, Word, load_words, word_set, words_in

PREPOSITIONS = load_words("restrictions", "phrase_openers")
"""Words that open a phrase which may narrow what stands before it, or behind it."""
_BOUND = re.compile(
    rf"[,;:()–—{DOUBLE_ENGLISH}]|[.!?](?=\s)|\b(?:and|or|but|nor|und|oder|aber|sondern|et|ou|mais|y|pero|e|ma)\b",
    re.I,
)
_OF_ALL = load_words("restrictions", "quantifiers") | QUANTIFIED
_DETERMINERS = load_words("restrictions", "determiners")
_NOT_AN_EVENT = load_words("restrictions", "modals")
_CHANGES = load_words("restrictions", "changes")
"""What is said of a price or a harvest holds where it is said to hold."""
_WAS = word_set("was were war waren était étaient era eran erano")
_PAST = re.compile(
    r"\b(?:was|were|had|did|wurden?|hatten?|hat|haben|worden|a été|ont|fut|furent|fue|fueron|ha|han|hanno"
    r"|\w{2,}ed|began|beat|became|bought|bore|broke|brought|built|burnt|came|caught|chose|cost|cut|died|drew|drove"
    r"|fell|fought|found|flew|gave|got|grew|held|hit|kept|killed|knew|laid|led|left|lent|lost|made|met|paid"
    r"|put|ran|read|rose|sank|sat|saw|sent|set|shot|shut|sold|sought|spent|spoke|stood|stole|struck|taught|thought"
    r"|threw|told|took|went|won|wore|wrote)\b",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(
    r"(?:\w{2,}ed|born|built|bought|brought|burnt|caught|chosen|cut|done|drawn|driven|forced|found|given|held|hit"
    r"|hurt|kept|laid|led|left|lent|lost|made|meant|paid|put|read|seen|sent|set|shot|shut|sold|spent|stolen|struck"
    r"|taken|taught|thrown|told|torn|won|worn|written)$"
)
_BARE = re.compile(r"(?:[^s]s|ity|tion|sion|ness|ment|ism|ance|ence|ware|fat|water|snow|rain|food)$")
"""How words end that need no article: many, or no thing."""
_OTHER_PLACE = word_set(
    "north south east west northern southern eastern western northwest northeast southwest southeast "
    "new upper lower inner outer central middle"
)
_OPENS = word_set("after before following on by since when while as")
"""Words that open what may be left out before a comma: when something happened."""
_OPENS_ASIDE = word_set("although though whereas because since despite after unlike")
"""Words that open what may always be left out before a comma."""
_CLAUSES = word_set("who which that when while where because after before")
"""Words that open a clause, which may go from what happened once."""
_NEVER = word_set("than without except unlike if unless like until since")
"""Words that open what no claim may leave out."""
_KINDS = re.compile(r"(?:[^s]s|men|women|children|people|mice|cattle|sheep)$")
_HABITS = word_set(
    "night day winter summer spring autumn fall theory practice principle general part care advance "
    "moderation nachts"
)
"""What stands behind "in" or "at" and says when something holds."""
_SAYS_LITTLE = load_words("restrictions", "connectives")
_AT_A_TIME = word_set("in at during by over throughout")
TIMES = word_set(
    "century centuries decade decades year years month months week weeks weekend morning afternoon "
    "evening war season era period days hours minutes moment"
)
"""Words that say of "In the last war" that it tells when something happened."""
_OPENS_PHRASE = re.compile(rf"\w{{3}}ing$|{_PARTICIPLE.pattern}")
_WHOSE = word_set("their his her its our my your these those this that seine ihre deren dessen")
_CONTRASTS = frozenset(("but", "aber", "sondern", "mais", "pero", "ma"))
_MORE = word_set("more less fewer")
_NOT = re.compile(CONTRACTION)


def narrows(claim: str, sentence: str, pairs: Pairs, *, turned: bool = False) -> bool:
    """Tell whether something is left out of a sentence that held for less than the claim does.

    *turned*: the claim denies the opposite of what the sentence says; its "not" is accounted for.
    """
    read = _Reading(claim, sentence, pairs, turned=turned)
    ends = zip([None, *pairs], [*pairs, None], strict=True)
    return any(read.widens(before, after) for before, after in ends)


class _Reading:
    """A claim against a sentence, with what may be left out between two words of both."""

    def __init__(self, claim: str, sentence: str, pairs: Pairs, *, turned: bool) -> None:
        self.claim, self.sentence = claim, sentence
        self.mine, self.theirs = words_in(claim), words_in(sentence)
        self.used = {word.start for _, word in pairs}
        self.known = {word.root for word in self.mine}
        self.texts = {word.text for word in self.mine}
        self.is_strict = not turned and bool(self.texts & _OF_ALL or _NOT.search(claim))
        self.is_event = self._is_single_event(self.texts)

    def widens(self, before: tuple[Word, Word] | None, after: tuple[Word, Word] | None) -> bool:
        """Tell whether what is left out between two words leaves the claim too wide."""
        start = before[1].end if before else 0
        end = after[1].start if after else len(self.sentence)
        bounds = [match.span() for match in _BOUND.finditer(self.sentence, start, end)]
        between = [word for word in self.theirs if start <= word.start < end]
        own = self._own(before, after)
        if before is None:
            return self._opens_wider(between, bounds, own, after)
        first = [word for word in between if not bounds or word.start < bounds[0][0]]
        last = [word for word in between if bounds and word.start >= bounds[-1][1]] if after else []
        opposed = bounds and self.sentence[slice(*bounds[0])].lower() in _CONTRASTS
        if after is None and opposed and self._find_omitted(first):
            return True
        if after is None or not bounds or _BOUND.search(self.claim, before[0].end, after[0].start):
            # Otherwise the first part is of another thing: "better [than iron but] worse than silver".
            last = last or first
            if self._drops(first, own):
                return True
        return self._drops(last, own) or (after is not None and self._drops_adjective(last, own, after))

    def _own(self, before: tuple[Word, Word] | None, after: tuple[Word, Word] | None) -> list[Word]:
        start = before[0].end if before else 0
        end = after[0].start if after else len(self.claim)
        return [word for word in self.mine if start <= word.start < end]

    def _find_omitted(self, words: Sequence[Word]) -> list[Word]:
        return [
            word
            for word in words
            if word.has_meaning
            and word.start not in self.used
            and word.text not in _SAYS_LITTLE
            and not (word.root in self.known and (word.in_date or word.text in PREPOSITIONS))
        ]

    def _drops(self, part: Sequence[Word], own: Sequence[Word]) -> bool:
        """Tell whether a phrase that narrows is left out of a part without a comma."""
        left = self._find_omitted(part)
        if not left or self.is_strict:
            return bool(left)
        if part[0] in left and _OPENS_PHRASE.search(part[0].text) and not self.is_event:
            return True  # "the books [lent out last year]"
        mine = [word.text for word in own]
        for at, word in enumerate(part):
            if word.text in PREPOSITIONS and word.text not in mine and self._find_omitted(part[at + 1 :]):
                compares = word.text == "than" and _MORE & {one.text for one in part[:at]} - self.texts
                return not compares and not self._may_drop(word, part[at + 1 :])
        return False

    def _may_drop(self, opener: Word, phrase: Sequence[Word]) -> bool:
        """Tell whether a phrase such as "in the hall" may go from what happened once."""
        if not self.is_event or opener.text in _NEVER:
            return False
        following = phrase[0]
        if opener.text in {"of", "by"} or opener.text in _CLAUSES:
            return True
        if opener.text == "as":
            return following.text in _DETERMINERS
        return following.is_name or not (_KINDS.search(following.text) or following.text in _HABITS)

    def _drops_adjective(self, part: Sequence[Word], own: Sequence[Word], after: tuple[Word, Word]) -> bool:
        """Tell whether "electric" is left out of "electric cars", and nothing says which cars are meant."""
        if not part or not self._find_omitted(part[-1:]) or part[-1].in_date or part[-1].text.endswith("ly"):
            return False
        if self.sentence[part[-1].end : after[1].start].strip():
            return False
        if after[1].is_name:
            return part[-1].text in _OTHER_PLACE
        openers = [word.text for word in part if word.text in PREPOSITIONS]
        if openers and openers[-1] not in {word.text for word in own}:
            return False
        ahead = own or [word for word in self.mine if word.end < after[0].start][-1:]
        if own or (ahead and ahead[-1].text in PREPOSITIONS):
            return ahead[-1].text not in _DETERMINERS and not ahead[-1].is_owner
        return after[0].start == self.mine[0].start or bool(_BARE.search(after[1].text))

    def _opens_wider(
        self,
        between: Sequence[Word],
        bounds: Sequence[tuple[int, int]],
        own: Sequence[Word],
        after: tuple[Word, Word] | None,
    ) -> bool:
        """Tell whether a claim leaves out "In mice," or "Wild" at the beginning."""
        if after is None:
            return False
        last = [word for word in between if not bounds or word.start >= bounds[-1][1]]
        if self._drops_adjective(last, own, after):
            return True
        if last and last[-1].text in _WHOSE and not own and _BARE.search(after[1].text):
            return True  # "their tumours shrank" of "Tumours shrank"
        left = self._find_omitted(between)
        if not left:
            return False
        if self.is_strict and self._find_omitted(last):
            return True
        if self._opens_with_phrase(last):
            return True
        opener = between[0]
        if opener.text not in PREPOSITIONS or opener.text in self.texts or self._tells_when(between):
            return False
        if not bounds or opener.start >= bounds[-1][1]:
            return True
        return opener.text not in (_OPENS | _OPENS_ASIDE if self.is_event else _OPENS_ASIDE)

    def _tells_when(self, opening: Sequence[Word]) -> bool:
        """Tell whether "In May 1990" or "In the last war" is left out, and not of all of a kind."""
        if all(word.in_date for word in self._find_omitted(opening)):
            return not self.is_strict
        dated = any(word.in_date for word in opening[1:2])
        timed = opening[0].text in _AT_A_TIME and TIMES & {word.text for word in opening}
        return self.is_event and bool(dated or timed)

    def _opens_with_phrase(self, part: Sequence[Word]) -> bool:
        """Tell whether "measured from its foot" is left out right before what a claim begins with."""
        left = self._find_omitted(part)
        if not left or all(word.in_date for word in left) or part[0].text in self.texts:
            return False
        opens = part[0].text in PREPOSITIONS or _OPENS_PHRASE.search(part[0].text)
        return bool(opens) and not self._tells_when(part)

    def _is_single_event(self, texts: set[str]) -> bool:
        """Tell whether a claim says what somebody or something did, and not what holds of all of a kind."""
        if texts & (_NOT_AN_EVENT | _CHANGES) or not _PAST.search(self.claim) or not self.mine:
            return False
        for one, other in pairwise(self.mine):
            if one.text in _WAS and not _PARTICIPLE.search(other.text) and other.text not in _DETERMINERS:
                return False
        opener = self.mine[0]
        if opener.text in _DETERMINERS or opener.text in PREPOSITIONS or opener.text[0].isdigit():
            return True
        return self._is_name(opener) or not _BARE.search(opener.text)

    def _is_name(self, word: Word) -> bool:
        """Tell whether a word is a name also where it does not begin a sentence."""
        return any(one.is_name and one.root == word.root and one.start > 0 for one in self.theirs) or (
            len(self.mine) > 1 and self.mine[1].is_name
        )
