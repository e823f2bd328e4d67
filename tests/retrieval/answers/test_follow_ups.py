import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answers.follow_ups import asks_for_more, listed_number, says_nothing_alone, understand
from retrieval.answers.question_forms import with_other_number

BRIDGE = "Who built the Lower Fenwick footbridge?"
ANSWER = ("The engineer Maria Brandt built it in 1911.",)


@pytest.mark.parametrize(
    ("follow_up", "expected"),
    [
        ("and who paid for it?", "Who paid for the Lower Fenwick footbridge?"),
        ("What was its cost?", "What was the Lower Fenwick footbridge’s cost?"),
        ("When?", "When was the Lower Fenwick footbridge built?"),
        ("and when?", "When was the Lower Fenwick footbridge built?"),
        ("What else did she build?", "What else did Maria Brandt build?"),
        ("where was her office?", "Where was Maria Brandt’s office?"),
        ("What about the Harbor Bridge?", "Who built the Harbor Bridge?"),
        ("And the Harbor Bridge too?", "Who built the Harbor Bridge?"),
        ("Did anybody die there?", "Did anybody die at the Lower Fenwick footbridge?"),
        ("Is that why it was closed?", "Is that why the Lower Fenwick footbridge was closed?"),
        ("What did she say about it?", "What did Maria Brandt say about the Lower Fenwick footbridge?"),
    ],
)
def test_a_follow_up_is_completed_from_what_was_said_before(follow_up, expected):
    found = understand(follow_up, BRIDGE, ANSWER)
    assert (found.text, found.clean) == (expected, True)


@pytest.mark.parametrize(
    ("before", "follow_up", "expected"),
    [
        ("How wide is the mountain's crater?", "and today?", "How wide is the mountain's crater today?"),
        ("How wide was the mountain's crater?", "today?", "How wide is the mountain's crater today?"),
        ("How high is Tambora today?", "and in 1815?", "How high was Tambora in 1815?"),
        (
            "How many people lived in Elgin in 1990?",
            "what about 2000?",
            "How many people lived in Elgin in 2000?",
        ),
        ("Who runs the ward at Southgate?", "And at Northgate?", "Who runs the ward at Northgate?"),
        ("When did Tambora erupt?", "why?", "Why did Tambora erupt?"),
        (
            "Did the Democrats campaign on impeachment?",
            "when?",
            "When did the Democrats campaign on impeachment?",
        ),
        ("When does Edda add the sugar?", "what about the salt?", "When does Edda add the salt?"),
        ("When did Harrison invent the clock?", "how much did it cost?", "How much did the clock cost?"),
    ],
)
def test_a_part_of_the_question_before_is_exchanged(before, follow_up, expected):
    found = understand(follow_up, before)
    assert (found.text, found.clean) == (expected, True)


@pytest.mark.parametrize(
    ("before", "follow_up"),
    [
        ("Who met Khamenei?", "when?"),
        ("What did Ada Berg say about the dredger?", "Why?"),
        ("Who built the Lower Fenwick footbridge?", "why not?"),
        ("Who built the Lower Fenwick footbridge?", "what about Ada Berg?"),
        ("Who built the Lower Fenwick footbridge?", "and today?"),
        ("How many people live in Elgin?", "what about 2000?"),
        ("How much did the couple who lost their homes win in the lottery?", "when did they cash it in?"),
        ("How much was the coat with the gecko in it?", "n what did they offer her?"),
        ("Where do Tom Reyes and Colin Webb live?", "and what did he say?"),
        ("What about the second one?", "How many beds does it have?"),
        ("Who is Ada Berg?", "how deep is it?"),
        ("When was the harbor deepened?", "And the second one?"),
    ],
)
def test_an_unsure_follow_up_is_looked_up_where_the_answer_was_and_not_shown_as_understood(before, follow_up):
    found = understand(follow_up, before)
    assert (found.clean, found.where) == (False, "there")


def test_the_speaker_of_a_transcript_is_not_the_one_spoken_of():
    said = ("Mai Sund: grandma salts the dough after two hours.",)
    found = understand("When does she add the salt?", "What slows the yeast?", said)
    assert not found.clean
    assert found.text == "When does she add the salt?"


@pytest.mark.parametrize(
    "question",
    [
        "Who was the first mayor of Port Elgin?",
        "How many people live in this town?",
        "What did the long report of the council of the year before say about all of the bridges in it?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(question):
    found = understand(question, BRIDGE, ANSWER)
    assert (found.text, found.clean, found.where) == (question, False, "anywhere")


def test_a_question_of_few_words_is_looked_up_where_the_answer_was_first():
    assert understand("how many died?", BRIDGE).where == "there first"
    assert understand("And how many people voted?", BRIDGE).where == "there first"
    assert understand("Who says that the mill is closed?", BRIDGE).where == "there first"


def test_without_anything_before_nothing_is_guessed():
    assert understand("And who paid for it?", "").text == "And who paid for it?"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("the second one", 1),
        ("And the first?", 0),
        ("what about the last one?", -1),
        ("Who won the second?", None),
    ],
)
def test_one_of_several_is_named_by_its_number(words, number):
    assert listed_number(words) == number


def test_more_is_asked_for_in_few_words():
    assert asks_for_more("Tell me more about that")
    assert asks_for_more("and more please")
    assert not asks_for_more("Tell me more about the mill")


def test_words_that_only_point_say_nothing_alone():
    assert says_nothing_alone("why then?")
    assert says_nothing_alone("What about the second one?")
    assert not says_nothing_alone("who paid?")


@given(st.text(max_size=80), st.text(max_size=80), st.lists(st.text(max_size=80), max_size=2))
def test_whatever_is_said_something_can_be_looked_up(question, before, answered):
    assert understand(question, before, answered).text or not question.strip()


@pytest.mark.parametrize(
    ("before", "follow_up"),
    [
        ("Who pulled Anders Holm out of the water?", "did he thank him?"),
        ("How many boats did the harbor hold?", "out of how many?"),
        ("Who taught the class?", "to whom?"),
    ],
)
def test_what_cannot_be_completed_for_certain_is_not_shown(before, follow_up):
    found = understand(follow_up, before, ("A neighbor, Jonas Falk, jumped in.",))
    assert not found.clean
    assert before.rstrip("?") in found.text + found.fuller[-1]


def test_the_words_of_the_question_before_are_for_a_second_look_only():
    found = understand("when did they cash it in?", "How much did the couple win in the lottery?")
    assert not found.clean
    assert found.text == "when did they cash it in?"
    assert found.fuller == (
        "when did they cash it in, couple win in the lottery?",
        "How much did the couple win in the lottery when did they cash it in?",
    )
    assert understand("and who paid for it?", BRIDGE, ANSWER).fuller == ()


@pytest.mark.parametrize(
    ("before", "follow_up", "understood"),
    [
        ("population of Arn in 2011", "and in 2021?", "Population of Arn in 2021"),
        ("default timeout in Veck 3.2?", "what about 3.0", "Default timeout in Veck 3.0?"),
        ("What does rule 12 say?", "and 14?", "What does rule 14 say?"),
    ],
)
def test_another_number_takes_the_place_of_the_one_of_its_form(before, follow_up, understood):
    found = understand(follow_up, before)
    assert found.clean
    assert found.text == understood


@pytest.mark.parametrize(
    ("new", "before"),
    [
        ("in 1921", "Who lived there from 1901 to 1911?"),
        ("in 2021", "What is in Veck 3.2?"),
        ("in 2011", "population of Arn in 2011"),
        ("2021 and later", "population of Arn in 2011"),
    ],
)
def test_a_number_that_fits_no_place_or_two_is_not_put_in(new, before):
    assert with_other_number(new, before) is None


@pytest.mark.parametrize(
    ("before", "follow_up", "answered"),
    [
        ("Which browser made the web popular?", "who wrote it?", ""),
        ("What did the fund offer?", "who got it?", ""),
        ("How high is the dam before the flood?", "and today?", ""),
        ("How long is the Harrow tunnel?", "when?", ""),
        ("When did the old mill burn down?", "how many?", ""),
        ("Is the museum open on Mondays?", "why?", "The museum is closed on Mondays."),
        ("Were the bones found by the hikers human?", "when?", ""),
        ("Where was Lise Meitner born?", "who paid for it?", ""),
        ("Is the museum open on Mondays?", "and Lake Tarn?", ""),
        ("Who was Wim Koster?", "was he for it?", "Wim Koster chaired the board."),
        ("Who flew the shuttle?", "what did they say about Collins?", "Collins flew it."),
        ("Who is the mayor of Elgin?", "who lives there?", ""),
        ("Who left last?", "what did he say?", "Eugene Cernan and Harrison Schmitt left in 1972."),
        ("what's GPS time", "how far ahead is it?", ""),
        ("Did the council meet in March?", "what else is there?", ""),
    ],
)
def test_what_would_be_mangled_is_not_shown(before, follow_up, answered):
    assert not understand(follow_up, before, (answered,)).clean


@pytest.mark.parametrize(
    ("before", "follow_up", "expected"),
    [
        ("Who is the mayor of Elgin?", "and of Harlow?", "Who is the mayor of Harlow?"),
        ("How tall was the rocket launched?", "and when was it built?", "When was the rocket built?"),
        ("who used a copy of H4", "and who made it?", "Who made the copy of H4?"),
        (
            "Is it true that the king visited Norrholm?",
            "and Port Elgin?",
            "Is it true that the king visited Port Elgin?",
        ),
        ("when did the old mill burn down", "where?", "Where did the old mill burn down?"),
    ],
)
def test_what_is_shown_is_a_whole_question(before, follow_up, expected):
    found = understand(follow_up, before)
    assert (found.text, found.clean) == (expected, True)


def test_the_one_person_who_answers_who_is_meant_whatever_the_first_name():
    found = understand("When did she win?", "Who runs the ward at Southgate?", ["It is run by Dr Ebba Dahl."])
    assert found.text == "When did Dr Ebba Dahl win?"
    two = ["Ebba Dahl runs it with Runa Kaltor."]
    assert not understand("When did she win?", "Who runs the ward at Southgate?", two).clean
