import unicodedata
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import SourceRefused
from retrieval.sources.decoding import decode_text, tidy

NOISE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\x00\x07\r\n\t \u2028\u202e\U000e0041"
messy = st.text(st.sampled_from(NOISE) | st.characters(), max_size=60)


@given(messy)
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)


@given(messy)
def test_nothing_invisible_is_left(text):
    left = tidy(text)
    assert not {"\x00", "\r", "\u00ad", "\u200b", "\u2060", "\ufeff", "\u202e", "\u2028"} & set(left)
    assert unicodedata.is_normalized("NFC", left)
    left.encode()


@given(st.text(st.characters(categories=["L", "N", "P", "Sc", "Sm", "Zs"]), max_size=60))
def test_visible_text_is_kept_character_by_character(text):
    clean = unicodedata.normalize("NFC", text).replace("\u115f", "").replace("\u1160", "")
    assert tidy(clean) == clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("co\u00adope\u200bration", "cooperation"),
        ("cafe\u0301", "café"),
        ("a\tb  c \n\n\n d", "a\tb  c \n\n\n d"),
        ("“It’s 5 °C…” – she", "“It’s 5 °C…” – she"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("pass\u200dword", "password"),
        ("\ud800", "\ufffd"),
    ],
)
def test_tidying_by_example(text, expected):
    assert tidy(text) == expected


ENGLISH = "The café’s owner said: “No more than £5.”"
POLISH = "Zażółć gęślą jaźń, to jest polski tekst o miastach i ludziach."
RUSSIAN = "Мост открыли в понедельник, сообщил городской совет после ремонта."
JAPANESE = "港の橋は月曜日に開通した。市は二年間の修理の後にそう発表した。"


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (ENGLISH, "utf-8", None),
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-8-sig", "latin-1"),
        (ENGLISH, "utf-16", None),
        (ENGLISH, "utf-16-le", None),
        (ENGLISH, "utf-16-be", None),
        (ENGLISH, "cp1252", "iso-8859-1"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc-jp", "euc-jp"),
        (JAPANESE, "iso-2022-jp", "iso-2022-jp"),
    ],
)
def test_a_rightly_declared_text_is_read_without_notes(text, encoding, declared):
    assert decode_text(text.encode(encoding), declared) == (text, ())


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (ENGLISH, "cp1252", "utf-8"),
        (ENGLISH, "cp1252", None),
        (ENGLISH, "cp1252", "no-such-encoding"),
        (ENGLISH, "utf-8", "iso-8859-1"),
        (POLISH, "cp1250", "iso-8859-1"),
        (RUSSIAN, "cp1251", "utf-8"),
        (RUSSIAN, "cp1251", "iso-8859-1"),
        (JAPANESE, "shift_jis", "utf-8"),
    ],
)
def test_a_wrongly_declared_text_is_read_all_the_same_and_noted(text, encoding, declared):
    read, notes = decode_text(text.encode(encoding), declared)
    assert read == text
    assert len(notes) == 1


def test_a_text_cut_inside_a_character_keeps_its_rest():
    read, notes = decode_text(("A long line about the bridge. " * 5 + "café").encode()[:-1], "utf-8")
    assert read.endswith("caf\ufffd")
    assert "damaged" in notes[0]


@pytest.mark.parametrize("body", [zlib.compress(bytes(range(256)) * 40), bytes(range(256)) * 20, bytes(500)])
def test_binary_rubbish_is_refused(body):
    with pytest.raises(SourceRefused, match="binary"):
        decode_text(body, None)


@pytest.mark.parametrize("declared", ["base64", "rot13", "\x00", "idna" * 50])
def test_strange_names_of_encodings_do_no_harm(declared):
    assert decode_text(b"plain", declared)[0] == "plain"
