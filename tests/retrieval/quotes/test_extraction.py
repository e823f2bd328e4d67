from hypothesis import given
from hypothesis import strategies as st

from retrieval.domain.spans import Span
from retrieval.quotes.extraction import FoundQuotation, find_quotations
from retrieval.text.sentences import sentences


def found(text: str, language: str | None = None) -> list[FoundQuotation]:
    return find_quotations(text, sentences(text), language)


def said(text: str, language: str | None = None) -> list[tuple[str, str | None]]:
    return [(quotation.span.of(text), quotation.speaker) for quotation in found(text, language)]


def test_a_quotation_before_its_cue_has_the_speaker_behind_it():
    assert said("“The bridge is closed for good,” said Ann Lee.") == [
        ("The bridge is closed for good,", "Ann Lee")
    ]


def test_a_quotation_after_its_cue_has_the_speaker_before_it():
    assert said('Ann Lee told reporters: "We start on Monday."') == [("We start on Monday.", "Ann Lee")]


def test_the_cue_and_the_mention_are_where_the_text_has_them():
    text = "“The bridge is closed for good,” said Ann Lee."
    (quotation,) = found(text)
    assert quotation.cue_span is not None
    assert quotation.speaker_span is not None
    assert (quotation.cue_span.of(text), quotation.speaker_span.of(text)) == ("said", "Ann Lee")


def test_a_quotation_split_by_its_cue_is_two_with_one_speaker():
    text = "“We looked at the drawings,” Ann Lee said, “and we looked again.”"
    assert said(text) == [("We looked at the drawings,", "Ann Lee"), ("and we looked again.", "Ann Lee")]


def test_a_sentence_quoted_after_an_attributed_one_has_the_same_speaker():
    text = "“We looked at the drawings,” Ann Lee said. “Then we looked again.”"
    assert said(text)[1] == ("Then we looked again.", "Ann Lee")


def test_every_paragraph_of_a_long_quotation_is_found_without_its_marks():
    text = "Ann Lee wrote:\n\n“First we measured.\n\n“Then we cut.”\n\nNobody answered her."
    assert said(text) == [("First we measured.", "Ann Lee"), ("Then we cut.", "Ann Lee")]


def test_a_quotation_inside_a_quotation_belongs_to_the_outer_one():
    text = "“He shouted ‘no’ and left,” said Ann Lee."
    assert said(text) == [("He shouted ‘no’ and left,", "Ann Lee")]


def test_single_marks_quote_where_a_text_uses_no_others():
    text = "‘I don’t know what the players’ union wants,’ said Ann Lee. ‘It is a long story, really.’"
    assert said(text) == [
        ("I don’t know what the players’ union wants,", "Ann Lee"),
        ("It is a long story, really.", "Ann Lee"),
    ]


def test_apostrophes_are_not_quotation_marks():
    assert said("The players' bus was late in the '90s, and the fans' anger didn't help.") == []


def test_straight_and_curly_marks_may_be_mixed():
    assert said('Ann Lee said, "It took two full years.”') == [("It took two full years.", "Ann Lee")]


def test_a_partial_quotation_has_the_subject_of_its_clause():
    text = "The mayor, Ann Lee, called the plan “a costly mistake” on Tuesday."
    assert said(text) == [("a costly mistake", "Ann Lee")]


def test_an_appositive_does_not_hide_the_speaker():
    text = "“It will hold,” Ann Lee, an engineer at Northern University, said."
    assert said(text)[0][1] == "Ann Lee"


def test_titles_and_parties_are_not_part_of_a_name():
    assert said("“It will hold,” said former Sen. Ann Lee (D-Ohio).")[0][1] == "Ann Lee"


def test_a_role_before_a_name_is_not_part_of_it():
    assert said("“It will hold,” Northwind spokesman Bob Moe said.")[0][1] == "Bob Moe"


def test_a_surname_is_resolved_to_the_full_name():
    text = "Ann Lee built it. Years went by.\n\n“It will hold,” Lee said."
    assert said(text)[0][1] == "Ann Lee"


def test_a_surname_of_two_people_keeps_its_own_words():
    text = "Ann Lee built it. Her brother Bob Lee paid.\n\n“It will hold,” Lee said."
    assert said(text)[0][1] == "Lee"


def test_a_title_tells_two_people_of_one_surname_apart():
    text = "Ann Lee built it. Her brother Bob Lee paid.\n\n“It will hold,” Mr. Lee said."
    assert said(text)[0][1] == "Bob Lee"


def test_a_pronoun_is_resolved_and_its_mention_kept():
    text = "Ann Lee opened the bridge on Monday. “It will hold,” she said."
    (quotation,) = found(text)
    assert quotation.speaker == "Ann Lee"
    assert quotation.speaker_span is not None
    assert quotation.speaker_span.of(text) == "she"


def test_a_pronoun_skips_people_it_cannot_mean():
    text = "Ann Lee built the bridge. Bob Moe paid for it. “It will hold,” she said."
    assert said(text)[0][1] == "Ann Lee"


def test_a_pronoun_that_fits_nobody_has_no_speaker():
    text = "The bridge opened on Monday. “It will hold,” she said."
    assert said(text) == [("It will hold,", None)]


def test_a_plural_pronoun_has_no_single_speaker():
    text = "Ann Lee and Bob Moe came. “It will hold for years,” they said."
    assert said(text)[0][1] is None


def test_a_quotation_that_nobody_speaks_has_no_speaker():
    assert said("The bridge opened.\n\n“It will hold for a hundred years.”\n\nRain fell.") == [
        ("It will hold for a hundred years.", None)
    ]


def test_a_colon_in_the_paragraph_before_introduces_the_speaker():
    text = "Ann Lee wrote in a letter:\n\n“It will hold for a hundred years.”"
    assert said(text)[0][1] == "Ann Lee"


def test_a_dash_and_a_name_sign_a_quotation():
    assert said("“It will hold for a hundred years.” — Ann Lee") == [
        ("It will hold for a hundred years.", "Ann Lee")
    ]


def test_a_post_is_a_quotation_without_marks():
    text = "It opened today.\n\nThe bridge is yours now. — City Hall (@cityhall) May 3, 2024\n\nRain fell."
    (quotation,) = found(text)
    assert (quotation.span.of(text), quotation.speaker) == ("The bridge is yours now.", "City Hall")


def test_titles_of_works_are_not_quotations():
    assert said("Ann Lee spoke on NBC’s “Meet the Press,” and hosts the podcast “Steel and Stone.”") == []


def test_nicknames_are_not_quotations():
    assert said("Robert “Bobby” Moe said nothing at all.") == []


def test_scare_quotes_are_not_quotations():
    assert said("The “miracle” pills went on sale in May.") == []


def test_attributes_of_markup_are_not_quotations():
    assert said('See <a href="http://example.org/a b c d">the page</a> for more.') == []


def test_marks_of_other_languages_are_found_without_speakers():
    assert said("„Das ist ein großer Tag“, sagte Merz. »Es ist vollbracht, endlich«, sagte er.", "de") == [
        ("Das ist ein großer Tag", None),
        ("Es ist vollbracht, endlich", None),
    ]
    assert said("« Nous ne voulons rien d’autre », a dit Anne.", "fr") == [
        ("Nous ne voulons rien d’autre", None)
    ]
    assert said("他说：“我们今天赢得了比赛。”", "zh") == [("我们今天赢得了比赛。", None)]


def test_quotations_of_a_text_without_marks_are_none():
    assert said("Nothing was said. Nothing was meant.") == []


MARKS = "“”\"'’‘«»„ \n.,:—()"
WORDS = ["Ann Lee", "he", "she", "said", "told", "according to", "the mayor", "Mr. Moe", "who", "and", "\n\n"]
PIECES = st.sampled_from([*MARKS, *WORDS])
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join)
)


@given(TEXTS)
def test_spans_lie_in_the_text_in_order_and_never_overlap(text: str):
    end = 0
    for quotation in find_quotations(text, [Span(0, len(text))] if text else []):
        assert end <= quotation.span.start < quotation.span.end <= len(text)
        end = quotation.span.end


@given(TEXTS)
def test_mentions_and_cues_lie_outside_the_words_that_they_attribute(text: str):
    for quotation in find_quotations(text, []):
        for span in (quotation.speaker_span, quotation.cue_span):
            if span is not None and span.end <= len(text):
                assert span.of(text).strip()


@given(TEXTS)
def test_a_named_speaker_always_has_a_mention(text: str):
    for quotation in find_quotations(text, []):
        assert quotation.speaker is None or (quotation.speaker and quotation.speaker_span is not None)


def test_a_foot_says_nothing():
    text = (
        "Lind wrote later. After saying her left foot was “too swollen for any shoe of hers,” "
        "she went to a doctor."
    )
    assert [speaker for _, speaker in said(text)] == [None]


def test_a_shouted_heading_says_nothing():
    text = (
        "COUNCIL HAS ANSWERED HIM — Holm’s odd plan earned him the attention of the council, where he "
        "appeared for his role in promoting tea and for saying that it was a “magic cure for every body.”"
    )
    assert [speaker for _, speaker in said(text)] == [None]


def test_a_word_that_is_no_noun_said_nothing():
    text = "Any, who told Congress when asked: “That matter is being handled by the agents of the bureau.”"
    assert [speaker for _, speaker in said(text)] == [None]


def test_a_pronoun_means_the_name_apposed_to_a_subject_or_the_titled_person():
    felt = "The treasurer, Colin Webb, warned that it would be felt. He said: “Every household will pay.”"
    assert said(felt) == [("Every household will pay.", "Colin Webb")]
    led = "The protest came from Councillor Ann Oakes, who leads the group. “We will not pay,” she said."
    assert said(led) == [("We will not pay,", "Ann Oakes")]
