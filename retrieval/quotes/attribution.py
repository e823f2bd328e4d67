"""Who spoke: the mention beside a quotation that the text says spoke it.

Rules look for a verb of speech and its subject after the quotation, then before it, then
in the sentences before. They prefer no speaker to a wrong one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.nlp import (
    AUXILIARIES,
    BREAKS,
    DAYS,
    FEMALE,
    INVERTING_VERBS,
    MALE,
    NAME_LINK,
    PREPOSITIONS,
    SPEECH_VERBS,
    STRONG_VERBS,
    SUBORDINATORS,
    is_finite,
    is_verb,
)
from retrieval.quotes.coreference import PRONOUN_GENDERS, gender_of
from retrieval.quotes.grammar import (
    WINDOW,
    Phrase,
    apposed_name,
    first_subject,
    is_person,
    phrase_at,
    subject_of,
    titled_name_at,
)
from retrieval.text import CLOSING, MASK, STOPS, Stretch, Token, tokens_of, word_set

_SIGNATURE = re.compile(
    r"\s{0,3}(?:\n\s*)?(?:[—–―]|-{1,2})\s*(?=[A-ZÀ-Þ])(?P<name>[A-ZÀ-Þ][\w.’'\-]*(?:[^\S\n]+(?:[A-ZÀ-Þ][\w.’'\-]*|de|da|van|von|al|bin)){0,4})"
)
_LABEL = re.compile(r"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ.’'\- ]{2,30}):\s")
_PARTICLES = word_set("in on up out back off")
"""What may stand behind a verb of speech: "chimed in Ann Lee"."""
_TAKE = word_set("took takes taking take grabbed")
_FLOOR = word_set("microphone mic floor podium lectern stand stage")
_JOINS_CLAUSE = word_set("and but while as whereas")
_NO_VERB = PREPOSITIONS | SUBORDINATORS | BREAKS | NAME_LINK
_BEHIND_SUBJECT = PREPOSITIONS | SUBORDINATORS | BREAKS | DAYS | word_set("who whom then later")
MAX_LINE_CHARS = 20_000
"""A longer line is read in pieces, so that none of them keeps others waiting."""
_LEAD_CHARS = 2_000
_MAX_QUOTATIONS = 6
"""Quotations in the same sentence before one; a sentence of more is a list, or no sentence."""
_NEAR_VERB = 3
"""Words from a verb of speech to a pronoun that is another subject's even if no name."""
_MAX_VERBS = 6
"""Verbs of speech in a sentence whose subjects are tried."""
_SENTENCE_END = re.compile(rf"[.!?][{CLOSING}“\s]*$")
_ENDS_OPEN = re.compile(r"[,?!—–\-…][’'\s]*$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A mention of the speaker, and the words that say so."""

    mention: Span
    cue: Span | None
    kind: str
    """``name``, ``noun`` or ``pronoun``."""
    strong: bool = False
    """Whether the cue is a verb that almost always announces speech."""


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one line, and which of them are which quotations."""

    span: Span
    words: list[Token]
    quotation_at: dict[int, int]
    """From the start of a quotation to the index of its word."""


def lines_of(masked: str) -> Iterator[Span]:
    """Yield the lines of *masked* that are not empty, long ones in pieces that end with a word."""
    start = 0
    while start < len(masked):
        end = masked.find("\n", start, start + MAX_LINE_CHARS)
        if end < 0 and len(masked) - start <= MAX_LINE_CHARS:
            end = len(masked)
        if end < 0:
            limit = start + MAX_LINE_CHARS
            space = masked.rfind(" ", start + 1, limit)
            end = space if space > 0 else _end_of_mask(masked, limit)
        if start < end:
            yield Span(start, end)
        start = end + (masked[end : end + 1] == "\n")


def _end_of_mask(masked: str, at: int) -> int:
    while at < len(masked) and masked[at] == MASK:
        at += 1
    return at


def line_at(masked: str, span: Span) -> Line:
    """Return the words of a line."""
    words = tokens_of(masked, span.start, span.end)
    return Line(span, words, {word.start: i for i, word in enumerate(words) if word.is_quotation})


def words_before(masked: str, end: int) -> list[Token]:
    """Return the words of the line that ends at *end*, the last ones of a long line."""
    first = max(0, end - _LEAD_CHARS)
    return tokens_of(masked, max(first, masked.rfind("\n", first, end) + 1), end)


def attribute(text: str, masked: str, line: Line, stretch: Stretch) -> Attribution | None:
    """Return who speaks *stretch* as far as its own sentence says, or ``None``."""
    inner = stretch.inner.of(text)
    signed = _SIGNATURE.match(masked, stretch.outer.end)
    if signed is not None:
        return Attribution(Span(signed.start("name"), signed.end("name")), None, "name")
    at = line.quotation_at.get(stretch.outer.start)
    if at is None:
        return None
    label = _LABEL.match(text, stretch.inner.start)
    if label is not None:
        return Attribution(Span(label.start("name"), label.end("name")), None, "name")
    before = _before_words(text, line.words, at)
    after = _after_words(line.words, at)
    leads = bool(before) and (before[-1].text in {":", ","} or is_verb(before, len(before) - 1))
    open_end = bool(_ENDS_OPEN.search(inner)) or bool(after and after[0].text == ",")
    behind = _behind(after) if open_end else None
    if behind is not None and (not leads or behind.strong):
        return behind
    ahead = _ahead(before)
    if behind is None and (ahead is None or ahead.cue is None):
        behind = _at_end(after)
        ahead = None if behind is not None else ahead
    return ahead or behind


def _at_end(words: list[Token]) -> Attribution | None:
    """Return the speaker of a sentence that ends in ", she said"."""
    last = len(words) - 1
    if last < 2 or words[last].lower not in STRONG_VERBS or not is_finite(words, last):
        return None
    subject = subject_of(words, last)
    if subject is None or subject.end != last or subject.start == 0 or words[subject.start - 1].text != ",":
        return None
    return _make_attribution(words, subject, Span(words[last].start, words[last].end))


def find_introduced_speaker(words: list[Token]) -> Attribution | None:
    """Return who is about to speak at the end of *words*, a sentence that stands before a quotation."""
    return _find_indirect_speaker(words) or _ahead(words, needs_verb=True) or _takes_floor(words)


def _find_indirect_speaker(words: list[Token]) -> Attribution | None:
    """Return the speaker of indirect speech: "It was too late, said Ann Lee"."""
    for at in range(1, len(words) - 1):
        if words[at - 1].text == "," and words[at].lower in INVERTING_VERBS:
            phrase = titled_name_at(words, at + 1)
            if phrase is not None and phrase.kind == "name":
                return _make_attribution(words, phrase, Span(words[at].start, words[at].end), inverted=True)
    return None


def _takes_floor(words: list[Token]) -> Attribution | None:
    """Return the subject in "Ann Lee, the mayor, took the microphone"."""
    for at in range(2, len(words)):
        if words[at].lower in _FLOOR and words[at - 1].lower == "the" and words[at - 2].lower in _TAKE:
            subject = first_subject(words, 0, at - 2)
            cue = Span(words[at - 2].start, words[at].end)
            return _make_attribution(words, subject, cue) if subject is not None else None
    return None


def find_continued_speaker(
    text: str, words: list[Token], before: Attribution | None, *, ended: bool
) -> Attribution | None:
    """Return who speaks a quotation that *words* part from the one before, in the same paragraph.

    The speaker *before* goes on, unless another person is the subject of a sentence in between, or of
    a clause behind the cue: then the speaker is whom that sentence announces, or nobody. *ended* tells
    whether the quotation before ended its sentence, so that *words* begin a new one.
    """
    if before is None:
        return find_introduced_speaker(last_sentence(words, len(words)))
    start = 0
    if not ended:
        start = _sentence_end(words, 0)
        clause = _second_clause(words[:start])
        if clause is not None and _is_another(text, clause, before):
            return (
                find_introduced_speaker(last_sentence(words, len(words))) if start < len(words) - 1 else None
            )
    while start < len(words):
        end = _sentence_end(words, start + 1)
        subject = first_subject(words, start, end)
        if subject is not None:
            subject = apposed_name(words, subject)
            person = subject.kind != "noun" or is_person(words, subject)
            mention = Attribution(_span_of(words, subject), None, subject.kind)
            if person and _is_another(text, mention, before):
                return find_introduced_speaker(last_sentence(words, len(words)))
        start = end
    return before


def _sentence_end(words: list[Token], at: int) -> int:
    """Return where the sentence ends that holds *at*; "D.C.-based" ends none."""
    while at < len(words):
        following = words[at + 1] if at + 1 < len(words) else None
        if words[at].text in STOPS and (following is None or following.text[0].isalnum()):
            break
        at += 1
    return at


def _second_clause(words: list[Token]) -> Attribution | None:
    """Return the subject of another clause behind a cue: "Ann Lee said, and Bob Moe laughed"."""
    for at in range(1, len(words) - 2):
        if words[at].lower not in _JOINS_CLAUSE:
            continue
        phrase = phrase_at(words, at + 1)
        if phrase is None or phrase.kind != "name" or phrase.end >= len(words):
            continue
        verb = words[phrase.end]
        if not verb.text.isalpha() or not verb.text.islower() or verb.lower in _NO_VERB:
            continue
        acts = verb.lower.endswith("ed") or verb.lower in AUXILIARIES
        if acts or words[phrase.start].lower in FEMALE | MALE:  # not "as Northwind director"
            return Attribution(_span_of(words, phrase), None, phrase.kind)
    return None


def _is_another(text: str, subject: Attribution, before: Attribution) -> bool:
    """Return whether *subject* can not be the speaker *before*."""
    one, other = subject.mention.of(text), before.mention.of(text)
    if subject.kind == "pronoun":
        gender = PRONOUN_GENDERS.get(one.lower())
        known = gender_of(other) if before.kind == "name" else PRONOUN_GENDERS.get(other.lower())
        return bool(gender and known and gender != known)
    if subject.kind != before.kind:
        return True
    return one.split()[-1].lower() != other.split()[-1].lower()


def _span_of(words: list[Token], phrase: Phrase) -> Span:
    last = words[phrase.end - 1]
    end = last.end
    if last.is_owner:
        end -= 2 if last.text[-1] in "sS" else 1
    return Span(words[phrase.start].start, end)


def last_sentence(words: Sequence[Token], end: int) -> list[Token]:
    """Return the words before *end* after the last full stop but one, signs at the end included."""
    at = end - 2
    while at >= max(0, end - WINDOW) and words[at].text not in STOPS:
        at -= 1
    return list(words[at + 1 : end])


def _before_words(text: str, words: list[Token], at: int) -> list[Token]:
    start = at - 1
    quotations = 0
    while start >= max(0, at - WINDOW) and quotations <= _MAX_QUOTATIONS:
        word = words[start]
        if word.text in STOPS:
            break
        quotations += word.is_quotation
        if word.is_quotation and _SENTENCE_END.search(text[max(0, word.end - 6) : word.end]):
            following = words[start + 1]
            if following.is_capital or following.is_quotation:
                break
        start -= 1
    return _skip_opening(words[start + 1 : at])


def _skip_opening(words: list[Token]) -> list[Token]:
    if words and not words[0].opens:
        first = words[0]
        words = [Token(first.start, first.end, first.text, first.lower, opens=True), *words[1:]]
    return words


def _after_words(words: list[Token], at: int) -> list[Token]:
    stop = at + 1
    while (
        stop < min(len(words), at + WINDOW)
        and not words[stop].is_quotation
        and words[stop].text not in {".", ";", ":", "?", "!"}
    ):
        stop += 1
    return words[at + 1 : stop]


def _behind(words: list[Token]) -> Attribution | None:
    start = 0
    while start < len(words) and words[start].text in {",", "—", "–", "-", ")"}:
        start += 1
    words = words[start:]
    if not words:
        return None
    for at, word in enumerate(words):
        if word.lower == "according" and at + 2 < len(words):
            phrase = titled_name_at(words, at + 2)
            return (
                _make_attribution(words, phrase, Span(word.start, words[at + 1].end), inverted=True)
                if phrase
                else None
            )
    phrase = _inverted_subject(words)
    if phrase is not None:
        return _make_attribution(words, phrase, Span(words[0].start, words[0].end), inverted=True)
    begin = 1 if words[0].lower in {"as", "then", "later"} and len(words) > 1 else 0
    subject = titled_name_at(words, begin, most=3)
    if subject is None:
        return None
    verb = _verb_after(words, subject)
    if verb is None:
        return None
    return _make_attribution(words, subject, Span(words[verb].start, words[verb].end))


def _inverted_subject(words: list[Token]) -> Phrase | None:
    """Return the subject behind the verb in "sighed Ann Lee", "chimed in Ann Lee", "said a neighbor"."""
    verb = words[0]
    known = verb.lower in INVERTING_VERBS
    if not known and (not verb.text.islower() or not verb.lower.endswith("ed")):
        return None
    at = 2 if len(words) > 2 and words[1].lower in _PARTICLES else 1
    phrase = titled_name_at(words, at)
    if phrase is None or phrase.kind == "pronoun":
        return None
    if known:
        return phrase
    named = apposed_name(words, phrase, inverted=True).kind == "name" and not words[phrase.end - 1].is_owner
    speaks = named or (verb.lower in SPEECH_VERBS and is_person(words, phrase))
    following = words[phrase.end] if phrase.end < len(words) else None
    closed = following is None or not following.text[0].isalpha() or following.lower in _BEHIND_SUBJECT
    return phrase if closed and speaks else None


def _verb_after(words: list[Token], subject: Phrase) -> int | None:
    at = subject.end
    while at < len(words) and (words[at].lower in AUXILIARIES or words[at].lower.endswith("ly")):
        at += 1
    if at >= len(words):
        return None
    if is_verb(words, at):
        return at
    if words[at].text in {",", "("} or words[at].lower in {
        "of",
        "for",
        "from",
        "at",
        "in",
        "with",
        "who",
        "and",
    }:
        for later in range(len(words) - 1, at, -1):
            if words[later].lower in STRONG_VERBS and words[later - 1].text in {",", ")"}:
                return later
        for later in range(at, len(words)):
            if is_verb(words, later) and is_finite(words, later) and words[later - 1].lower != "who":
                return later
        return None
    unknown_verb = (
        words[at].text.islower() and words[at].lower.endswith(("ed", "s")) and subject.kind != "noun"
    )
    return at if unknown_verb else None


def _ahead(words: list[Token], *, needs_verb: bool = False) -> Attribution | None:
    verbs = [at for at in range(len(words)) if is_verb(words, at)]
    verbs.sort(key=lambda at: (at >= len(words) - 3, words[at].lower in STRONG_VERBS, at), reverse=True)
    for at in verbs[:_MAX_VERBS]:
        subject = _subject_for(words, at)
        if subject is not None:
            return _make_attribution(words, subject, Span(words[at].start, words[at].end))
    for at in range(len(words) - 2):
        if words[at].lower == "according" and words[at + 1].lower == "to":
            phrase = titled_name_at(words, at + 2)
            if phrase is not None:
                return _make_attribution(words, phrase, Span(words[at].start, words[at + 1].end))
    if needs_verb:
        return None
    subject = first_subject(words, 0, len(words))
    if subject is None:
        return None
    who = _make_attribution(words, subject, None)
    # Without a verb of speech, a thing as the subject spoke in 5 of 11 cases of news_quotes.
    return who if who.kind != "noun" or is_person(words, subject) else None


def _subject_for(words: list[Token], verb: int) -> Phrase | None:
    at = verb - 1
    while at > 0 and (words[at].lower in AUXILIARIES or words[at].lower.endswith("ly")):
        at -= 1
    if at > 0 and words[at].lower == "who":  # "Mike Lee, who declared", whoever the subject is
        return _name_before(words, at) or Phrase(at, at + 1, "pronoun")
    subject = subject_of(words, verb)
    if subject is not None and subject.kind == "pronoun":
        return _whose_words(words, subject)
    return subject


def _whose_words(words: list[Token], pronoun: Phrase) -> Phrase:
    """Return the subject in "Ann Lee said she felt" or "Ann Lee condemned what she called"."""
    at = pronoun.start
    if words[at].lower == "who":
        return _name_before(words, at) or pronoun
    if at and words[at - 1].lower == "what":
        return first_subject(words, 0, at) or pronoun
    for verb in range(at - 1, -1, -1):
        if is_verb(words, verb) and words[verb].lower in STRONG_VERBS:
            subject = subject_of(words, verb)
            if subject is not None and (subject.kind == "name" or at - verb < _NEAR_VERB):
                return subject
    return pronoun


def _name_before(words: list[Token], at: int) -> Phrase | None:
    for start in range(at - 1, max(-1, at - 10), -1):
        phrase = phrase_at(words, start)
        if phrase is not None and phrase.kind == "name":
            before = phrase_at(words, start - 1)
            if before is None or before.end != phrase.end:
                return phrase
    return None


def _make_attribution(
    words: list[Token], phrase: Phrase, cue: Span | None, *, inverted: bool = False
) -> Attribution:
    phrase = apposed_name(words, phrase, inverted=inverted)
    strong = cue is not None and any(word.start == cue.start and word.lower in STRONG_VERBS for word in words)
    return Attribution(_span_of(words, phrase), cue, phrase.kind, strong)
