"""Turns bytes into stored text: finds the encoding, and removes what nobody can see.

This happens once, before an article is stored; afterwards its text is never changed.
"""

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from retrieval.errors import SourceRefused
from retrieval.messages import message
from retrieval.sources.file_types import WHAT_IS_READ

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # control characters other than tab and line ends
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"  # soft hyphen and invisible letters
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # zero width, direction
    "\U000e0000-\U000e0fff]"  # tags, in which text can be hidden
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# Joiners spell words in Arabic and Indic scripts and join emoji; anywhere else they are noise.
_STRAY_JOINER = re.compile("(?<![\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u2600-\u27bf\ufe0f"
                           "\U0001f000-\U0001faff])[\u200c\u200d]")  # fmt: skip
_SPACES = re.compile(r"\s+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u2e80-\u2fff\u3001-\u30ff\u31f0-\u9fff\uf900-\ufaff"
                       "\uff01-\uff9f\U00020000-\U0003ffff]")  # fmt: skip
"""Letters and points of scripts that put no space between words: a line may end anywhere in them."""
_WORD_FOR_WEB = {  # what browsers understand by these names, because pages use them so
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
_STATEFUL = ("iso2022", "hz", "utf-7")
"""Encodings whose bytes look like ASCII."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ALL_ACCENTS = re.compile(r"(?<!\w)(?:(?![\x00-\x7f])[^\W\d_]){4,}(?!\w)")
_SIGN_IN_WORD = re.compile(r"[^\W\d_][¿³¹¼¾£¥¦§±¶µ¡¢][^\W\d_]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")
_HEAD_BYTES = 4_096
_SAMPLE_BYTES = 100_000
_FEW_BAD = 0.02
"""Share of characters that may be damaged while the declared encoding is still believed."""
_RUBBISH = 0.10
"""Share of unreadable characters above which something is no text. A UTF-8 text cut anywhere has
one; a compressed file read as any encoding has some 30 %."""


def declared_charset(body: bytes) -> str | None:
    """Return the encoding that a page declares in its own head."""
    head = body[:_HEAD_BYTES]
    match = _META_CHARSET.search(head) or _XML_ENCODING.search(head)
    return match.group(1).decode("ascii") if match else None


def tidy(text: str) -> str:
    """Return *text* without invisible characters, in NFC, with one kind of line end.

    Idempotent; a text that is already so comes back character by character.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _SURROGATE.sub("\ufffd", text)
    text = _INVISIBLE.sub("", text)
    text = _STRAY_JOINER.sub("", text)
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """Return *text* on one line with single spaces; none where a line of Chinese or Japanese ends."""
    return _SPACES.sub(_space_for, text).strip()


def close_lines(text: str) -> str:
    """Return *text* with the lines of Chinese and Japanese joined, and all other white space as it is."""
    if "\n" not in text or _UNSPACED.search(text) is None:
        return text
    return _SPACES.sub(lambda spaces: _space_for(spaces) and spaces[0], text)


def joins_without_space(before: str, after: str) -> bool:
    """Tell whether a line that ends with *before* goes on with *after* without a space between them."""
    return _UNSPACED.match(before[-1:]) is not None and _UNSPACED.match(after[:1]) is not None


def _space_for(spaces: re.Match[str]) -> str:
    start, end = spaces.span()
    before, after = spaces.string[max(0, start - 1) : start], spaces.string[end : end + 1]
    return "" if "\n" in spaces[0] and joins_without_space(before, after) else " "


def decode_text(body: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the text of *body*, and notes about what had to be guessed or was lost.

    A byte order mark wins, then UTF-8 if the bytes are valid in it, then *declared*, then
    the most plausible encoding.

    Raises:
        SourceRefused: If no encoding makes text of it.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _with_damage(body[len(mark) :], encoding, ())
    name = _codec_name(declared)
    if name and name.startswith(_STATEFUL):
        return _with_damage(body, name, ())
    if b"\x00" in body[:_SAMPLE_BYTES]:
        return _with_damage(body, _utf16_without_mark(body), ())
    if _share_bad(body, "utf-8") <= _FEW_BAD:
        wrong = name not in (None, "utf-8", "cp1252") or (name == "cp1252" and not body.isascii())
        note = message(
            "It declares the encoding {declared}, but it is UTF-8; it was read as that.",
            declared=declared,
        )
        return _with_damage(body, "utf-8", (note,) if wrong and not body.isascii() else ())
    if name and name != "utf-8" and _is_plausible(body, name):
        return _with_damage(body, name, ())
    guess = _guess_encoding(body)
    if guess == "utf-8":
        return _with_damage(body, guess, ())
    if name:
        note = message(
            "The file declares the encoding {declared}, which is wrong; it was read as {guess}.",
            declared=declared,
            guess=guess,
        )
    else:
        note = message("The file does not say which encoding it is in; it was read as {guess}.", guess=guess)
    return _with_damage(body, guess, (note,))


def _codec_name(declared: str | None) -> str | None:
    try:
        name = codecs.lookup((declared or "").strip()).name
    except (LookupError, ValueError):
        return None
    name = _WORD_FOR_WEB.get(name, name)
    try:
        return name if isinstance(b"".decode(name), str) else None
    except LookupError:  # a codec that makes no text, such as base64
        return None


def _with_damage(body: bytes, encoding: str, notes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    text = body.decode(encoding, errors="replace")
    bad = _unreadable(text)
    if bad > _RUBBISH * max(len(text), 1):
        raise SourceRefused(message("This is a binary file, not a text. {advice}", advice=WHAT_IS_READ))
    lost = (
        text.count("\ufffd") - body.count("\ufffd".encode()) if encoding == "utf-8" else text.count("\ufffd")
    )
    if lost > 0:
        notes = (
            *notes,
            message("Some characters are damaged; replacement characters stand where they were."),
        )
    return text, notes


def _unreadable(text: str) -> int:
    return sum(c == "\ufffd" or (c < " " and c not in "\t\n\r\x0c\x1b") or "\x7f" <= c < "\xa0" for c in text)


def _share_bad(body: bytes, encoding: str) -> float:
    """Return how many of the non-ASCII characters cannot be decoded, as a share."""
    text = body.decode(encoding, errors="replace")
    bad = text.count("\ufffd")
    if not bad:
        return 0.0
    if bad == 1 and text.endswith("\ufffd"):  # cut in the middle of a character
        return 0.0
    return bad / sum(c > "\x7f" for c in text)


def _utf16_without_mark(body: bytes) -> str:
    sample = body[:_SAMPLE_BYTES]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 4 * even and odd > len(sample) / 8:
        return "utf-16-le"
    if even > 4 * odd and even > len(sample) / 8:
        return "utf-16-be"
    return "utf-8"


def _is_plausible(body: bytes, encoding: str) -> bool:
    """Tell whether *body* reads as text in *encoding* rather than as accented salad."""
    text = body[:_SAMPLE_BYTES].decode(encoding, errors="replace")
    if text.count("\ufffd") > 1 + _FEW_BAD * len(text):
        return False
    if encoding != "cp1252":
        return True
    # No language of Western Europe writes words of nothing but accented letters, or signs in words.
    return not (_ALL_ACCENTS.search(text) or _SIGN_IN_WORD.search(text))


def _guess_encoding(body: bytes) -> str:
    if _is_plausible(body, "cp1252") and _looks_western(body):
        return "cp1252"
    best = from_bytes(body[:_SAMPLE_BYTES]).best()
    return codecs.lookup(best.encoding).name if best is not None else "cp1252"


def _looks_western(body: bytes) -> bool:
    """Tell whether the signs that cp1252 gives are those that Western texts use."""
    high = [c for c in body[:_SAMPLE_BYTES].decode("cp1252", errors="replace") if c > "\x7f"]
    common = sum(c in "äöüßÄÖÜéèêëàâçîïôùûœÉÈÀÇáíóúñÁÍÓÚÑ¿¡åøæÅØÆãõìò‘’“”„–—…•«»€£©®°§·´\xa0" for c in high)
    return common >= 0.95 * len(high)
