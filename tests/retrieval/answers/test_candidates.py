"""What of an article may be shown as an answer, and how the cross-encoder reads it."""

from whole_articles import WholeArticles

from retrieval.answers.candidates import candidates_of
from retrieval.answers.parts import Parts

GARDENS = """
Rules of the allotment gardens

North garden

Watering

Hoses may be used before eight in the morning.

South garden

Watering

Hoses may not be used at all.
"""
QUESTIONS = """
The ferry office answers what passengers ask. These are the answers of this year.

Can I bring a dog?

Yes, on a lead.

What does a bicycle cost?

Two euros.
"""
LIST = """
How to wake the old printer

Go slowly, it is older than you are.

Do this in this order:

1. Lift the lid.
2. Press the red key.
3. Shut the lid.
"""


def candidates(text, title="Notes"):
    source = WholeArticles(**{title: text})
    hit = source.search("")[0]
    return list(candidates_of(hit, hit.text, Parts(source.structure_of(hit.article.id)), []))


def test_a_sentence_is_read_behind_its_headings():
    read = [one.read() for one in candidates(GARDENS)]
    assert any(one.endswith("South garden. Watering. Hoses may not be used at all.") for one in read)
    assert any(
        one.endswith("North garden. Watering. Hoses may be used before eight in the morning.") for one in read
    )


def test_headings_questions_and_lead_ins_are_no_candidates():
    shown = [one.text for text in (GARDENS, QUESTIONS, LIST) for one in candidates(text)]
    assert "North garden" not in shown
    assert "Can I bring a dog?" not in shown
    assert "Do this in this order:" not in shown


def test_a_short_answer_is_read_behind_its_question():
    [one] = [one for one in candidates(QUESTIONS) if one.text == "Two euros."]
    assert "What does a bicycle cost? Two euros." in one.read()


def test_an_item_is_a_candidate_of_its_own_with_its_number():
    [one] = [one for one in candidates(LIST) if one.text == "2. Press the red key."]
    assert "Do this in this order" in one.read()


def test_every_candidate_is_a_slice_of_the_article():
    for text in (GARDENS, QUESTIONS, LIST):
        for one in candidates(text):
            assert one.span.of(text.strip()) == one.text
            assert one.span.start <= one.core.start < one.core.end <= one.span.end
