import pytest

from retrieval.answers.question_types import can_answer, missing_names, read_question


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many mills are there?", "number"),
        ("In what year did it open?", "number"),
        ("How long did the meeting last?", "duration"),
        ("When did it open?", "time"),
        ("On what date did it open?", "time"),
        ("What did Brandt say about the pier?", "speech"),
        ("Quote what Brandt said about the pier.", "quote"),
        ("What did Brandt say? Quote her.", "quote"),
        ("Who opened the harbor?", "open"),
        ("Why did it close?", "open"),
    ],
)
def test_what_is_wanted_is_read_off_the_words(question, kind):
    assert read_question(question).kind == kind


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many mills are there?", "Its water drives eleven mills."),
        ("How long did the meeting last?", "They met for two hours."),
        ("When did it open?", "It opened on Saturday."),
        ("What did Brandt say?", "“Nobody believed in it,” Brandt said."),
        ("Quote what Brandt said.", "Brandt: “Nobody believed in it.”"),
        ("Why did it close?", "The storm broke it."),
        ("How long is the trail?", "It is nearly 900 miles long."),
        ("How long did the walk take, in days?", "She walked for nine weeks."),
    ],
)
def test_a_sentence_of_the_wanted_kind_can_answer(question, sentence):
    assert can_answer(read_question(question), sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many mills are there?", "The river rises in the western hills."),
        ("How long did the meeting last?", "The mayor met the engineer."),
        ("What did Brandt say?", "“Nobody believed in it,” Otto Kern said."),
        ("What did Brandt say?", "The delegation included Brandt and Kern."),
        ("Quote what Brandt said.", "Brandt said that nobody had believed in it."),
        ("How long did the walk take, in days?", "She walked nearly 900 miles."),
    ],
)
def test_a_sentence_of_another_kind_cannot(question, sentence):
    assert not can_answer(read_question(question), sentence)


def test_words_of_a_known_other_speaker_are_not_hers():
    question = read_question("What did Brandt say?")
    assert not can_answer(question, "“Brandt was wrong,” he said.", ["Otto Kern"])
    assert can_answer(question, "“Kern was wrong,” she said.", ["Maria Brandt"])


def test_the_request_to_quote_is_not_put_to_the_model():
    assert read_question("Quote what Brandt said about the pier.").text == "What Brandt said about the pier?"
    assert read_question("What did she say? Quote her.").text == "What did she say?"


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("Who deepened the harbor of Port Elgin in 1911?", 0.0),
        ("Who deepened the harbor of Port Stanley in 1911?", 1 / 3),
        ("Who won in Paris?", 1.0),
        ("who won in paris?", 0.0),
        ("WHO WON IN PARIS?", 0.0),
        ("Was The Harbor Deepened?", 0.0),
    ],
)
def test_names_that_a_text_does_not_hold_are_missed(question, share):
    assert missing_names(question, "The harbor of Port Elgin was deepened in 1911.") == pytest.approx(share)
