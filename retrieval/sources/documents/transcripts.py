"""Reads subtitles (.vtt, .srt) as what was said: cues joined, with times and speakers.

webvtt-py reads both formats and keeps the voices, which pysubs2 drops.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from retrieval.domain import NewArticle
from retrieval.errors import NotReadable
from retrieval.messages import message
from retrieval.sources.decoding import decode_text, squeeze, tidy
from retrieval.sources.documents.plain_text import check_sentence
from retrieval.sources.file_types import file_name
from retrieval.sources.html.metadata import one_line
from retrieval.sources.urls import canonical_url, site_of

PAUSE_S = 3.0
"""A longer silence ends a paragraph."""
_PARAGRAPH_CHARS, _LONGEST_CHARS = 240, 600
"""A paragraph ends with the first sentence behind the one, and at the end of a cue behind the other."""
_UNPUNCTUATED_CHARS = 160
_CHARS_A_SENTENCE = 400
"""A text with fewer ends of sentences has no punctuation, as what a machine wrote down."""
_OVERLAP_S = 0.1
_ROLLING = 0.3
"""Share of cues that begin with the last line of the one before, from which on lines roll upwards."""
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?[ \t]+([^<>\n]{1,80})>")
_TAG = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,100}\}")
_LABEL = re.compile(
    r"(?:>>+\s*|[-–]\s*)?([^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,3})\s?[:：]\s+(?=\S)"
)
_CHANGE = re.compile(r"(?:>>+|[-–])\s*(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
_SENTENCE_ENDS = re.compile(r"[.!?…。！？؟।](?:\s|$|(?<=[。！？]))")
_DAMAGED = message("These subtitles are damaged. Save them again, or paste the text instead.")


@dataclass(frozen=True, slots=True)
class _Line:
    start: float
    end: float
    speaker: str
    text: str
    is_turn: bool
    """Begins a turn of a speaker, named or not."""


def read_transcript(body: bytes, url: str, charset: str | None = None) -> NewArticle:
    """Return subtitles as an article. Each paragraph begins with its time, as "(at 12:40)".

    Raises:
        NotReadable: They are damaged, or there is not one sentence in them.
        SourceRefused: It is a binary file.
    """
    source, notes = decode_text(body, charset or "utf-8")
    source = tidy(source)
    is_vtt = source.lstrip("\n ").startswith("WEBVTT")
    try:
        captions = webvtt.from_buffer(io.StringIO(source.lstrip("\n ")), format="vtt" if is_vtt else "srt")
    except (MalformedFileError, MalformedCaptionError, ValueError, IndexError) as error:
        raise NotReadable(_DAMAGED) from error
    lines = _drop_rolling_lines([line for caption in captions.captions for line in _lines_of(caption)])
    text = "\n\n".join(_paragraphs(_find_speakers(lines)))
    check_sentence(text)
    head = source.lstrip("\n ").partition("\n")[0].removeprefix("WEBVTT").strip(" -–—:") if is_vtt else ""
    return NewArticle(
        text=text,
        title=one_line(head) or file_name(url).rpartition(".")[0] or one_line(lines[0].text, 80),
        site=site_of(url) or None,
        url=canonical_url(url) if site_of(url) else None,
        notes=notes,
    )


def clock(seconds: float) -> str:
    """Return a place in a recording as people write it: 12:40, 1:02:03."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def _lines_of(caption: webvtt.Caption) -> Iterator[_Line]:
    speaker, turn = "", False
    start = caption.start_in_seconds + caption.start_time.milliseconds / 1000
    end = caption.end_in_seconds + caption.end_time.milliseconds / 1000
    for raw in caption.raw_text.split("\n"):
        pieces = _VOICE.split(raw)  # text, name, text, name, text
        for at in range(0, len(pieces), 2):
            if at:
                speaker, turn = squeeze(unescape(pieces[at - 1])), True
            words = squeeze(unescape(_TAG.sub("", pieces[at])))
            if words:
                yield _Line(start, end, speaker, words, turn)
                turn = False


def _drop_rolling_lines(lines: list[_Line]) -> list[_Line]:
    """Drop the lines that are only there because the line before them moved up."""
    repeats = [
        at
        for at in range(1, len(lines))
        if lines[at].text == lines[at - 1].text and lines[at].start - lines[at - 1].end < _OVERLAP_S
    ]
    if len(repeats) < _ROLLING * len(lines):
        return lines
    dropped = set(repeats)
    return [line for at, line in enumerate(lines) if at not in dropped]


def _find_speakers(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines with the speakers that are written into them, "TOM:" or "Tom Kern:"."""
    labels = [match[1] if (match := _LABEL.match(line.text)) else "" for line in lines]
    times = Counter(labels)
    for line, label in zip(lines, labels, strict=True):
        if label and (times[label] > 1 or label.isupper()):
            words = line.text[_LABEL.match(line.text).end() :]  # type: ignore[union-attr]
            yield _Line(line.start, line.end, label, words, is_turn=True)
        elif change := _CHANGE.match(line.text):
            yield _Line(line.start, line.end, line.speaker, line.text[change.end() :], is_turn=True)
        else:
            yield line


def _paragraphs(lines: Iterator[_Line]) -> Iterator[str]:
    """Yield what was said, in paragraphs of a few sentences of one speaker."""
    said = list(lines)
    chars = sum(len(line.text) for line in said)
    ends = sum(len(_SENTENCE_ENDS.findall(line.text)) for line in said)
    punctuated = ends * _CHARS_A_SENTENCE >= chars
    words, start, speaker, last_end = "", 0.0, "", 0.0
    for line in said:
        named = line.speaker or ("" if line.is_turn else speaker)
        full = len(words) > (_PARAGRAPH_CHARS if punctuated else _UNPUNCTUATED_CHARS)
        ended = not punctuated or _SENTENCE_END.search(words[-8:]) or len(words) > _LONGEST_CHARS
        paused = line.start - last_end > PAUSE_S
        changed = named != speaker or (line.is_turn and not line.speaker)
        if words and (changed or paused or (full and ended)):
            yield _paragraph(start, speaker, words)
            words = ""
        if not words:
            start = line.start
        speaker, last_end = named, line.end
        words = squeeze(f"{words}\n{line.text}")
    if words:
        yield _paragraph(start, speaker, words)


def _paragraph(start: float, speaker: str, words: str) -> str:
    return f"(at {clock(start)}) {speaker}: {words}" if speaker else f"(at {clock(start)}) {words}"
