"""What a claim may pass over in a sentence, between the words that both have.

A claim shortens: "The council rejected the port" is supported by "The council approved the plan and
rejected the port". But "The fire destroyed the church" is not supported by "The fire destroyed the mill
but spared the church". What may be left out is an aside between commas, the first of two things that
are joined, and what describes a thing; the small words that join what is left must be the sentence's.
Without a parser of grammar this errs on the side of not found. It knows English; in other languages
nothing but asides may be left out.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from retrieval.claims.word_order import blank_asides, find_parenthetical_clauses
from retrieval.nlp import TOKENS
from retrieval.text import Pairs, Word, load_groups, word_set, words_in

_REACH = 4
"""Words of a sentence before and after a claim's that are looked at."""
_STANDS_ALONE = frozenset(("from", "or", "will", "would", "off", "down", "against", "without", "nor"))
"""Words that may not be put where a sentence has none."""
_AT_ODDS = (("and", "or"), ("to", "from"), ("into", "from"), ("is", "was"), ("are", "were"), ("up", "down"))
_BOUNDARY = re.compile(r"[,;:()–—“”]|\b(?:and|or|but|nor|und|oder|aber|sondern)\b", re.IGNORECASE)
_NEW_CLAUSE = re.compile(
    r"[,;:]\s+(?:(?:and|or|but|nor)\s+)?(?:the|an?|his|her|its|their|he|she|it|they|this|that|these|those)\s+$",
    re.IGNORECASE,
)
"""Before the next word: what comes has a subject of its own."""
_OTHER_SUBJECT = re.compile(
    r"[;:](?!\d)"
    r"|,\s+(?:and|but|while|whereas)\s+(?:the|an?|his|her|its|their|he|she|they|this|that|these|those)\s"
)
"""Anywhere between: what comes is said of somebody else."""
_JOINS = re.compile(r"\s+(?:and|but)\s+(?:(?:later|then|also|soon|has|have|had|was|were)\s+)*")
_AND_IT = re.compile(r",\s+(?:and|but)\s+it\s")
_SUBORDINATES = word_set(
    "who which that whose whom because when while if although though unless whether where"
)
_SETS_APART = word_set(
    "than as outside inside except without beyond against besides unlike like between before after until "
    "since under over above below despite"
)
"""Words that open a phrase which tells one thing from another: "server outside Europe"."""
_CONJUNCTIONS = frozenset(("and", "or", "but"))
_IS = frozenset(("is", "are", "was", "were"))
_BE = _IS | frozenset(("be", "been", "being", "am"))
_PREPOSITIONS = {
    word: name for name, words in load_groups("restrictions", "prepositions").items() for word in words
}
_MAY_BE_ADDED = frozenset(("in", "of"))
_EXCEPTS = re.compile(
    r"^[^,;.]{0,30}[,\s]\s*(?:except|unless|only if|but not|other than|apart from|if"
    r"|instead of|rather than)\b"
    r"|^\s+(?:less|more|fewer)\s+than\b",
    re.IGNORECASE,
)
_MOST_IN_OTHERS = 3
"""Words that may be passed over in a language whose small words are not known here."""
_ENGLISH = word_set("the of and were is are to by his that its from with for it")


def passes_over_little(claim: str, sentence: str, pairs: Pairs, *, turned: bool = False) -> bool:
    """Tell whether what a claim leaves out of a sentence leaves the rest of it true.

    *turned*: the claim denies the opposite of what the sentence says; its "not" is accounted for.
    """
    if not pairs:
        return True
    sentence = blank_asides(sentence, [said for _, said in pairs])
    mine, theirs = words_in(claim), words_in(sentence)
    if _EXCEPTS.search(sentence[pairs[-1][1].end :]) and not _EXCEPTS.search(claim[pairs[-1][0].end :]):
        return False
    if any(said.is_owner and not own.is_owner for own, said in pairs):
        return False
    if any(
        _leaves(span, one[1], other[1])
        for span in find_parenthetical_clauses(sentence)
        for one, other in pairwise(pairs)
    ):
        return False
    english = len(_ENGLISH & {word.text for word in theirs}) >= 2
    if _goes_on_with_it(claim, sentence, theirs, pairs) or _begins_with_object(
        claim, sentence, theirs, pairs
    ):
        return False
    gaps = (
        _Gap(claim, sentence, mine, theirs, before, after)
        for before, after in zip([None, *pairs], [*pairs, None], strict=True)
    )
    return all(gap.is_fine(english=english, turned=turned) for gap in gaps)


def _begins_with_object(claim: str, sentence: str, theirs: Sequence[Word], pairs: Pairs) -> bool:
    """Tell whether a claim's subject is what the sentence's did something to, before it did the next thing.

    "The union represents 2,000 workers and called a strike": the workers called none.
    """
    start = pairs[0][1].start
    scope = max((match.end() for match in _BOUNDARY.finditer(sentence, 0, start)), default=0)
    ahead = [word for word in theirs if scope <= word.start < start]
    met = next((at for at, word in enumerate(ahead) if word.has_meaning and not word.in_date), None)
    if met is None or all(word.has_meaning for word in ahead[met:]):
        return False
    for (mine, said), (my_next, next_said) in pairwise(pairs):
        joined = _JOINS.fullmatch(sentence, said.end, next_said.start)
        if joined and not _BOUNDARY.search(claim, mine.end, my_next.start):
            return True
    return False


def _goes_on_with_it(claim: str, sentence: str, theirs: Sequence[Word], pairs: Pairs) -> bool:
    """Tell whether "it" of a later part, which is the sentence's subject, is taken for something else."""
    if not any(word.has_meaning and not word.in_date for word in theirs if word.start < pairs[0][1].start):
        return False
    return any(
        _AND_IT.search(sentence, said.end, next_said.start)
        and not _BOUNDARY.search(claim, mine.end, my_next.start)
        for (mine, said), (my_next, next_said) in pairwise(pairs)
    )


def _leaves(aside: tuple[int, int], one: Word, other: Word) -> bool:
    """Tell whether a claim goes on outside with what began inside of an aside."""
    start, end = aside
    return start <= one.start < end <= other.start


class _Gap:
    """What a claim and a sentence have between two words of both, or at an end."""

    def __init__(
        self,
        claim: str,
        sentence: str,
        mine: Sequence[Word],
        theirs: Sequence[Word],
        before: tuple[Word, Word] | None,
        after: tuple[Word, Word] | None,
    ) -> None:
        self.is_first, self.is_last = before is None, after is None
        self.own = _between(mine, before and before[0], after and after[0])
        self.said = _between(theirs, before and before[1], after and after[1])
        if self.is_first:
            self.said = self.said[-_REACH - sum(word.in_date for word in self.said) :]
        if self.is_last:
            self.said = self.said[:_REACH]
        start = before[1].end if before else (self.said[0].start if self.said else 0)
        end = after[1].start if after else (self.said[-1].end if self.said else len(sentence))
        self.words = sentence[start:end]
        own_start = before[0].end if before else 0
        self.own_words = claim[own_start : after[0].start if after else len(claim)]
        own_bounds = list(_BOUNDARY.finditer(self.own_words))
        own_behind = own_start + own_bounds[-1].end() if own_bounds else own_start
        self.own_tail = [word for word in self.own if word.start >= own_behind]
        bounds = list(_BOUNDARY.finditer(self.words))
        self.bound = bounds[-1][0].lower() if bounds else ""
        self.is_aside = len(bounds) > 1 and self.words.lstrip()[:1] in {",", "("} and self.bound in {",", ")"}
        behind = start + bounds[-1].end() if bounds else start
        self.known = {word.root for word in self.own}
        self.leaves_first_out = any(
            word.has_meaning and not word.in_date and word.root not in self.known and word.start < behind
            for word in self.said
        )
        self.opens_clause = bool(_NEW_CLAUSE.search(self.words))
        self.tail = [word for word in self.said if word.start >= behind]

    def is_fine(self, *, english: bool, turned: bool) -> bool:
        """Tell whether the claim may have this gap."""
        own, said = _texts(self.own), _texts(self.said)
        if own & _STANDS_ALONE - said or _at_odds(own, said):
            return False
        if self.is_last:
            return True
        if self.is_first:
            return self._opens_alike()
        skips = any(word.has_meaning and word.root not in self.known for word in self.said)
        if (not turned and bool(own & TOKENS) != bool(said & TOKENS)) or ("or" in said and "or" not in own):
            return False
        if self._count_skipped_after() > (0 if self.leaves_first_out else self._max_skipped(english)):
            return False
        if skips and self.opens_clause and not self.is_aside:
            return False
        apart = _SUBORDINATES if self.bound in _CONJUNCTIONS else _SUBORDINATES | _SETS_APART
        if skips and not self.is_aside and said & apart - own:
            return False
        if _OTHER_SUBJECT.search(self.words) and not _BOUNDARY.search(self.own_words):
            return False
        if own & _IS and not said & _BE and not self.bound:
            return False
        return ("and" not in own or not said & _SUBORDINATES) and self._has_same_preposition()

    def _count_skipped_after(self) -> int:
        return sum(word.has_meaning and word.root not in self.known for word in self.tail)

    def _max_skipped(self, english: bool) -> int:
        """Return how many words may be passed over right before the next one."""
        if self.bound:
            return 1 if self.bound == "," else 0
        return len(self.said) if english else _MOST_IN_OTHERS

    def _opens_alike(self) -> bool:
        """Tell whether a claim does not begin in the middle of "the aunt of the painter"."""
        small = [word for word in self.tail if word.start > _last_content(self.tail)]
        return not _prepositions(small) - _prepositions(self.own)

    def _has_same_preposition(self) -> bool:
        """Tell whether the last preposition before the next word is the same in both."""
        mine, theirs = _last_preposition(self.own_tail), _last_preposition(self.tail)
        if mine == theirs:
            return True
        if mine is None:
            opens = bool(self.said) and self.said[0].text in _PREPOSITIONS
            ends = bool(self.tail) and self.tail[-1].has_meaning
            return self.bound in {"and", "or", ","} or "," in self.own_words or (opens and ends)
        return theirs is None and mine in _MAY_BE_ADDED


def _last_content(words: Sequence[Word]) -> int:
    return max(
        (word.start for word in words if word.has_meaning and word.text not in _PREPOSITIONS), default=-1
    )


def _prepositions(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(_PREPOSITIONS[word.text] for word in words if word.text in _PREPOSITIONS)


def _last_preposition(words: Sequence[Word]) -> str | None:
    found = [_PREPOSITIONS[word.text] for word in words if word.text in _PREPOSITIONS]
    return found[-1] if found else None


def _at_odds(own: frozenset[str], said: frozenset[str]) -> bool:
    pairs = (pair for one in _AT_ODDS for pair in (one, one[::-1]))
    return any(one in own and other in said and one not in said for one, other in pairs)


def _texts(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(word.text for word in words)


def _between(words: Sequence[Word], before: Word | None, after: Word | None) -> list[Word]:
    start, end = before.end if before else 0, after.start if after else None
    return [word for word in words if start <= word.start and (end is None or word.start < end)]
