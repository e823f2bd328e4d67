"""In other languages than English, quotations are found by their marks, and no speaker is made up."""

import pytest

from retrieval.quotes.extraction import find_quotations
from retrieval.text.sentences import sentences


def said(text, language):
    found = find_quotations(text, sentences(text, language or "en"), language)
    return [(one.span.of(text), one.speaker) for one in found]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        (
            "de",
            "Die Bürgermeisterin sagte: „Die Brücke wird nicht vor dem Herbst fertig.“ Der Rat war still.",
            ["Die Brücke wird nicht vor dem Herbst fertig."],
        ),
        (
            "de",
            "»Wir haben lange gewartet«, sagte Jonas Keller, »und wir warten weiter.«",
            ["Wir haben lange gewartet", "und wir warten weiter."],
        ),
        (
            "de",
            "Sie rief: „Wann kommt ihr ‚endlich‘ alle nach Hause?“",
            ["Wann kommt ihr ‚endlich‘ alle nach Hause?"],
        ),
        (
            "fr",
            "« Nous avons attendu longtemps », a dit Paul Renaud. Il est reparti.",
            ["Nous avons attendu longtemps"],
        ),
        (
            "fr",
            "La maire a déclaré : « Le pont ne sera pas prêt avant l’automne. »",
            ["Le pont ne sera pas prêt avant l’automne."],
        ),
        (
            "es",
            "La alcaldesa dijo: «El puente no estará listo antes del otoño».",
            ["El puente no estará listo antes del otoño"],
        ),
        ("es", "“Hemos esperado mucho tiempo”, dijo Pablo Ruiz.", ["Hemos esperado mucho tiempo"]),
        ("ja", "町長は「橋は秋までに完成しません」と述べた。", ["橋は秋までに完成しません"]),
        ("zh", "市长说：“这座桥秋天以前不会完工。”", ["这座桥秋天以前不会完工。"]),
        (
            "sv",
            "”Vi har väntat länge på den nya bron”, sade Anna Berg.",
            ["Vi har väntat länge på den nya bron"],
        ),
        ("ru", "Мэр сказал: «Мост не будет готов до осени».", ["Мост не будет готов до осени"]),
    ],
)
def test_words_are_found_by_the_marks_of_their_language_and_have_no_speaker(language, text, words):
    assert said(text, language) == [(one, None) for one in words]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Film „Das Boot“ lief im Kino."),
        ("fr", "Le mot « non » a été barré."),
        ("es", "Dicen que no es «normal» y se van."),
        ("ja", "駅前の「みどり」は閉店した。"),
    ],
)
def test_names_and_single_words_between_marks_are_no_quotations(language, text):
    assert said(text, language) == []


@pytest.mark.parametrize(
    "text",
    [
        "„Die Brücke wird nicht vor dem Herbst fertig“, sagte Anna Berg gestern in Lindau.",
        "« Nous avons attendu longtemps », a dit hier Paul Renaud, maire de Lormel.",
        "«El puente no estará listo antes del otoño», dijo ayer Ana Ruiz en la plaza.",
    ],
)
def test_a_text_of_unknown_language_gets_no_wrong_speaker(text):
    """Those who speak here are known by verbs that the English rules do not know."""
    assert [speaker for _, speaker in said(text, None)] == [None]
