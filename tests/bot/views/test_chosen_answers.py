"""Cards of answers whose sentences a language model chose."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from discord.ui import TextDisplay
from discord_driver import text_of

from bot.views.answer import nothing_card
from bot.views.answer_text import reading_line, statements
from retrieval.answers import as_unsure
from retrieval.citations import Draft, DraftContext, resolve
from retrieval.domain import Answer, Article, ArticleId, Span, Statement

TEXT = "The *harbor* was deepened in 1907 by @everyone."


def test_answering_words_are_bold_and_the_translation_is_marked():
    statement = Statement(TEXT, (1,), emphasis=("*harbor*", "in 1907"), translation="Der Hafen.\n# 1907")
    shown = statements(Answer("When?", (statement,), chosen_by="small"), 2_000).splitlines()
    assert shown == [
        r"The **\*harbor\*** was deepened **in 1907** by @" + "\u200beveryone. [1]",
        "-# Translated by a language model: Der Hafen. # 1907",
    ]


def test_words_that_no_longer_stand_in_the_sentence_are_not_bold():
    statement = Statement(TEXT, (), emphasis=("in 1999",))
    assert "**" not in statements(Answer("When?", (statement,)), 2_000)


@pytest.mark.parametrize(
    ("reading", "words"),
    [("yes", "**Yes**"), ("no", "**No**"), ("3", "**3**"), ("denied", "**Not so, or not known**")],
)
def test_a_reading_is_marked_as_the_models(reading, words):
    assert reading_line(Answer("?", reading=reading, chosen_by="small")) == (
        f"{words} · a language model reads it so; check it in the words below"
    )
    assert reading_line(Answer("?")) == ""


@pytest.mark.parametrize(
    ("reading", "line"),
    [
        ("no", "**No**"),
        ("2", "**2** · counted from the items shown"),
        ("3", "**3** · counted from the list in the article"),
    ],
)
def test_without_a_model_the_words_say_it_themselves_or_it_was_counted(reading, line):
    shown = (Statement(TEXT, ()), Statement(TEXT, ()))
    assert reading_line(Answer("?", shown, reading=reading)) == line


async def ask(place):
    return (await place.reader.slash(place.channel, "ask", question="When was the harbor deepened?")).response


async def test_the_card_shows_the_articles_words_the_reading_and_who_chose(place):
    place.librarian.answers.answer_with = lambda answer: replace(
        answer,
        statements=(replace(answer.statements[0], emphasis=("1907",)), *answer.statements[1:]),
        chosen_by="small-model",
        reading="yes",
    )
    text = text_of(await ask(place))
    assert "in **1907**" in text
    assert text.index("**Yes** · a language model reads it so") < text.index("**1907**")
    assert "The articles' own sentences, chosen by a language model · " in text


async def test_an_unsure_answer_says_that_the_articles_do_not_clearly_say(place):
    place.librarian.answers.answer_with = lambda answer: replace(
        answer, statements=(), citations=(), unsure=True
    )
    text = text_of(await ask(place))
    assert "**The articles do not clearly say.**" in text
    assert "I found nothing" not in text


HARBOR = Article(
    ArticleId(1), "c", "a1", "Harbor *rules*", None, None, None, None,
    datetime(2026, 1, 1, tzinfo=UTC), None, "d", 9,
)  # fmt: skip
RULES = "Sails\n\nMay I sail alone?\n\nYes. Only on weekdays.\n\nWe lend:\n- ropes\n- vests\n\n1 Since May."


def words_of(card):
    return "\n".join(item.content for item in card.walk_children() if isinstance(item, TextDisplay))


def in_context(words, **context):
    def span(part):
        return Span(RULES.index(part), RULES.index(part) + len(part))

    parts = sorted(
        (DraftContext(kind, HARBOR, span(part)) for kind, part in context.items()),
        key=lambda part: part.span.start,
    )
    draft = Draft(HARBOR, span(words), words, tuple(parts))
    return resolve("Alone?", [draft], text_of=lambda _: RULES)


def test_the_path_is_small_the_question_in_italics_and_every_part_has_its_marker():
    answer = in_context("Yes.", heading="Sails", question="May I sail alone?", after="Only on weekdays.")
    assert statements(answer, 2_000).splitlines() == [
        r"-# Harbor \*rules\* › Sails [1]",
        "-# *May I sail alone?* [2]",
        "Yes. [3] Only on weekdays. [4]",
    ]


def test_items_are_lines_and_footnotes_small():
    answer = in_context("- vests", lead_in="We lend:", item="- ropes", footnote="1 Since May.")
    assert statements(answer, 2_000).splitlines() == [
        "We lend: [1]",
        "- ropes [2]",
        "- vests [3]",
        "-# 1 Since May. [4]",
    ]


def test_the_values_of_a_row_stand_behind_the_names_of_their_columns():
    article = HARBOR
    table = "Day | Adults | Children\nFriday | 8 | 4"
    header = DraftContext("header_row", article, Span(0, 23))
    row = Draft(article, Span(24, 38), "Friday | 8 | 4", (header,))
    answer = resolve("?", [row], text_of=lambda _: table)
    assert statements(answer, 2_000) == "Day: **Friday** · Adults: **8** · Children: **4** [1] [2]"


def test_what_does_not_fit_is_said_and_a_statement_comes_before_its_context():
    answer = in_context("Yes.", heading="Sails", after=RULES[RULES.index("Only") :])
    assert statements(answer, 95).splitlines() == [
        "Yes. [2]",
        "-# That sentence goes on, and more may follow: press Quotes.",
    ]


def test_the_nearest_of_an_unsure_answer_is_quoted_in_its_context_and_not_as_the_answer():
    unsure = as_unsure(in_context("Yes.", heading="Sails", after="Only on weekdays."))
    text = words_of(nothing_card(unsure, "the library"))
    assert text.index("**The articles do not clearly say.** Nearest:") < text.index("> -# Harbor")
    assert "> Yes. [2] Only on weekdays. [3]" in text
    assert "I found nothing" not in text


def test_a_refusal_says_what_one_could_do():
    text = words_of(nothing_card(Answer("Who?", library_size=3), "3 articles"))
    assert "Ask in other words, or add an article that says it" in text
