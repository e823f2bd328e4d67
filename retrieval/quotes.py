"""Direct quotations of an article, and who is said to have said them.

Pure and fast, so that it can run while an article is added. Scare quotes, titles of works
and names of things are left out; a speaker is left out when the text does not name one
clearly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.quotation_marks import Stretch, find_stretches
from retrieval.speakers import Attribution, Word, first_subject, is_verb, phrase_at, subject_before, words_of

_MASK = "\ufffc"


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """Quoted words without their marks, and who said them as far as the text tells."""

    span: Span
    speaker: str | None = None
    """The name in full where the article gives it."""
    speaker_span: Span | None = None
    """The mention beside the quotation; a pronoun when the text has one."""
    cue_span: Span | None = None


def find_quotations(
    text: str, sentences: Sequence[Span], language: str | None = None
) -> list[FoundQuotation]:
    """Return the direct quotations of *text* in order; spans never overlap.

    In other languages than English (``language`` is an ISO 639-1 code) the quotations are
    found by their marks and have no speaker.
    """
    stretches = [s for s in find_stretches(text) if not s.single and _is_said(text, s)]
    if language is not None and not language.startswith("en"):
        return [FoundQuotation(s.inner) for s in stretches]
    masked = _masked(text, stretches)
    found: list[FoundQuotation] = []
    previous: Stretch | None = None
    for stretch in stretches:
        frame = _frame(text, sentences, stretch)
        who = _attribution(masked, stretch, frame)
        if who is None and found and previous is not None and found[-1].speaker_span is not None:
            between = text[previous.outer.end : stretch.outer.start]
            if previous.continues or ("\n" not in between and stretch.outer.start <= frame.start + 1):
                last = found[-1]
                found.append(FoundQuotation(stretch.inner, last.speaker, last.speaker_span, last.cue_span))
                previous = stretch
                continue
        if who is None:
            found.append(FoundQuotation(stretch.inner))
        else:
            name = None if who.kind == "pronoun" else " ".join(who.mention.of(text).split())
            found.append(FoundQuotation(stretch.inner, name, who.mention, who.cue))
        previous = stretch
    return found


def _is_said(text: str, stretch: Stretch) -> bool:
    words = stretch.inner.of(text).split()
    before = text[max(0, stretch.outer.start - 1) : stretch.outer.start]
    return before != "=" and bool(words)


def _masked(text: str, stretches: Sequence[Stretch]) -> str:
    pieces: list[str] = []
    at = 0
    for stretch in stretches:
        pieces.append(text[at : stretch.outer.start])
        pieces.append(_MASK * (stretch.outer.end - stretch.outer.start))
        at = stretch.outer.end
    pieces.append(text[at:])
    return "".join(pieces)


def _frame(text: str, sentences: Sequence[Span], stretch: Stretch) -> Span:
    start, end = stretch.outer.start, stretch.outer.end
    for at, sentence in enumerate(sentences):
        if sentence.end <= stretch.outer.start:
            continue
        if sentence.start >= stretch.outer.end:
            gap = text[end : sentence.start]
            goes_on = end == max(stretch.outer.end, sentences[at - 1].end if at else 0)
            if goes_on and "\n" not in gap and end == stretch.outer.end:
                end = sentence.end
            break
        start, end = min(start, sentence.start), max(end, sentence.end)
    return Span(start, end)


def _attribution(masked: str, stretch: Stretch, frame: Span) -> Attribution | None:
    line_end = masked.find("\n", stretch.outer.end, frame.end)
    end = frame.end if line_end < 0 else line_end
    after = words_of(masked, stretch.outer.end, end)
    before = words_of(masked, frame.start, stretch.outer.start)
    return _after(after) or _before(before)


def _after(words: list[Word]) -> Attribution | None:
    words = _clause(words)
    for at, word in enumerate(words[:12]):
        if word.lower == "according" and at + 2 < len(words):
            phrase = phrase_at(words, at + 2)
            if phrase:
                return _made(words, at + 2, phrase[0], phrase[1], Span(word.start, words[at + 1].end))
        if not is_verb(word):
            continue
        if at == 0:
            phrase = phrase_at(words, 1)
            if phrase:
                return _made(words, 1, phrase[0], phrase[1], Span(word.start, word.end))
        subject = subject_before(words, at)
        if subject and subject[0] <= 2:
            return _made(words, *subject, Span(word.start, word.end))
        return None
    return None


def _clause(words: list[Word]) -> list[Word]:
    stop = next((at for at, word in enumerate(words) if word.text in {_MASK, ";", ":"}), len(words))
    words = words[:stop]
    while words and words[0].text in {",", "—", "–", "-", "."}:
        words = words[1:]
    return words


def _before(words: list[Word]) -> Attribution | None:
    for at in range(len(words) - 1, -1, -1):
        if is_verb(words[at]):
            subject = subject_before(words, at)
            if subject:
                return _made(words, *subject, Span(words[at].start, words[at].end))
    subject = first_subject(words, 0, len(words))
    return _made(words, *subject, None) if subject else None


def _made(words: list[Word], start: int, stop: int, kind: str, cue: Span | None) -> Attribution:
    return Attribution(Span(words[start].start, words[stop - 1].end), cue, kind)
