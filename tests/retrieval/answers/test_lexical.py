"""Questions in languages that the models do not read."""

from datetime import UTC, datetime

import pytest

from retrieval.answers.lexical import WordsAnswerer
from retrieval.domain import Article, ArticleId, Hit, Passage, PassageId, Span
from retrieval.structure import read_structure

GERMAN = (
    "Die Gemeinde Oberau verkauft den Turm der alten Feuerwache. Er misst 38 Meter und wurde 1902 gebaut. "
    "Der Käufer zahlt 40.000 Euro. Der Turm wird am 5. Mai übergeben."
)
JAPANESE = "港町の橋は一九三一年に架けられた。橋守の森田さんは毎朝橋を掃いた。入場料は三百円になる。"


def ask(question, text, title, language):
    article = Article(
        id=ArticleId(1),
        collection="c",
        public_id="a1",
        title=title,
        author=None,
        site=None,
        url=None,
        published=None,
        added_at=datetime(2025, 1, 1, tzinfo=UTC),
        language=language,
        digest="",
        chars=len(text),
    )
    hit = Hit(Passage(PassageId(1), article.id, Span(0, len(text))), article, text, 1.0)
    answerer = WordsAnswerer(text_of=lambda _: text, structure_of=lambda _: read_structure(text))
    found = answerer.answer(question, [hit])
    if found.found:
        return "found", found.statements[0].text
    return ("unsure", found.near.text) if found.unsure else ("nothing", "")


@pytest.mark.parametrize(
    ("question", "state", "words"),
    [
        ("Wie alt ist der Käufer?", "nothing", ""),
        ("Wie viel misst der Turm in Oberau?", "unsure", "38 Meter"),
        ("Wie viel zahlt der Käufer?", "unsure", "40.000"),
        ("Wann wird der Turm übergeben?", "unsure", "Der Turm wird am 5. Mai übergeben."),
        ("Wie heißt der Bürgermeister von Oberau?", "nothing", ""),
    ],
)
def test_what_a_sentence_says_under_its_title_is_the_nearest(question, state, words):
    found, said = ask(question, GERMAN, "Oberau verkauft seinen Turm", "de")
    assert found == state or (found == "found" and state == "unsure")
    assert words in said


def test_most_words_of_a_question_are_no_answer_to_it():
    spanish = "El tren nocturno a Valdehoja volverá el 1 de abril. Tiene ocho coches."
    ask_price = ask("¿Cuánto costará el tren a Valdehoja el 1 de abril?", spanish, "Vuelve el tren", "es")
    assert ask_price == ("unsure", "El tren nocturno a Valdehoja volverá el 1 de abril.")
    ask_day = ask("¿El tren nocturno a Valdehoja volverá el 1 de abril?", spanish, "Vuelve el tren", "es")
    assert ask_day == ("found", "El tren nocturno a Valdehoja volverá el 1 de abril.")


def test_only_signs_with_a_meaning_count_in_japanese():
    assert ask("船長の名前は何ですか。", JAPANESE, "港町の橋", "ja") == ("nothing", "")
    wrong = "町は橋を三百円で買い取った。"
    _, said = ask("橋守は誰ですか。", wrong + JAPANESE, "港町の橋", "ja")
    assert said != wrong
