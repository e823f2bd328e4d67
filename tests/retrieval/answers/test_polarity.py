"""When the words of an answer say yes or no, and when they do not."""

import pytest

from retrieval.answers.polarity import read_polarity
from retrieval.domain import ContextPart, NewArticle, Span, Statement
from retrieval.storage import unstored_article


def statement(text, **context):
    article = unstored_article(NewArticle(text, title="t"), "c")
    parts = [ContextPart(kind, article, Span(0, 1), words, 2) for kind, words in context.items()]
    return Statement(text, (1,), context=tuple(parts))


@pytest.mark.parametrize(
    ("question", "shown", "reading"),
    [
        ("Can I take a bike abroad?", statement("No.", question="Can I take a bike abroad?"), "no"),
        (
            "can i take the cargo bike abroad",
            statement("It is insured.", question="Can I take a bike abroad?", before="Yes."),
            "yes",
        ),
        ("Can I ride?", statement("No.", question="Can I ride without a helmet?"), ""),
        ("Can I take a bike abroad for a year?", statement("No.", question="Can I take a bike abroad?"), ""),
        ("Can I take a bike abroad?", statement("No rider may.", question="Can I take a bike abroad?"), ""),
        ("Is there a deposit for the cargo bikes?", statement("There is no deposit."), "no"),
        (
            "Does the guarantee cover the burrs?",
            statement("It does not cover the burrs.", heading="Guarantee"),
            "no",
        ),
        (
            "Did the court forbid the strike?",
            statement("The company asked a court to forbid the strike."),
            "",
        ),
        ("Does the guarantee cover the burrs?", statement("It does not cover the motor."), ""),
        ("Is the deposit only for members?", statement("There is no deposit for members."), ""),
        ("Does it cover the burrs or the motor?", statement("It does not cover the burrs or the motor."), ""),
        ("Is there a deposit?", statement("There is no deposit.", after="Only in March."), ""),
        ("Who pays the deposit?", statement("There is no deposit."), ""),
    ],
)
def test_yes_and_no_are_said_only_where_the_words_say_so(question, shown, reading):
    assert read_polarity(question, shown, "Cargo bikes") == reading
