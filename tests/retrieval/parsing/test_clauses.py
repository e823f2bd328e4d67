"""What depends on what, active and passive alike, and which clauses a sentence states as facts."""

import pytest

from retrieval.parsing import describe_verb, extract_relations, is_stated, parse

pytestmark = pytest.mark.models


def relations(sentence, verb):
    """Return what depends on the verb of a sentence, as pairs of a relation and a word."""
    parsed = parse(sentence)
    at = next(one.at for one in parsed.tokens if one.text == verb)
    return {(relation, parsed.tokens[child].text) for relation, child in extract_relations(parsed)[at]}


def verb(sentence, text):
    parsed = parse(sentence)
    return parsed, next(one for one in parsed.tokens if one.text == text)


@pytest.mark.parametrize("sentence", ["The county bought the dairy.", "The dairy was bought by the county."])
def test_active_and_passive_have_the_same_roles(sentence):
    assert {("nsubj", "county"), ("dobj", "dairy")} <= relations(sentence, "bought")


@pytest.mark.parametrize(
    ("sentence", "text", "wanted"),
    [
        ("The firm cut 300 jobs and moved to Cardiff.", "moved", ("nsubj", "firm")),
        ("Holm and Webb left the party.", "left", ("nsubj", "Webb")),
        ("The mayor, Rosa Dill, stayed.", "stayed", ("nsubj", "Dill")),
        ("The brewery, which employs 45 people, is old.", "employs", ("nsubj", "brewery")),
        ("The bridge, built by Brandt, opened.", "built", ("dobj", "bridge")),
        ("The firm moved to Cardiff.", "moved", ("prep:to", "Cardiff")),
        ("Water ran out of the tank.", "ran", ("prep:out of", "tank")),
    ],
)
def test_subjects_and_objects_are_found(sentence, text, wanted):
    assert wanted in relations(sentence, text)


def test_who_is_denied_has_no_part_in_it():
    assert ("dobj", "cousin") not in relations("Tausch, not his cousin, was sentenced.", "sentenced")


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("The firm cut 300 jobs and moved to Cardiff.", "moved"),
        ("The bridge, built by Brandt, opened in May.", "built"),
        ("The brewery, which employs 45 people, is old.", "employs"),
        ("Trains stopped because the bridge had burned.", "burned"),
        ("The crew left before the storm hit.", "hit"),
    ],
)
def test_what_a_sentence_says_beside_the_rest_is_stated(sentence, text):
    assert is_stated(*verb(sentence, text))


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Holm refused to sign the contract.", "sign"),
        ("Holm said that the bridge had burned.", "burned"),
        ("If the bridge burned, trains stopped.", "burned"),
        ("Trains run unless the bridge burned.", "burned"),
        ("It is a myth that the wall can be seen from the Moon.", "seen"),
        ("A rumor that the queen had died reached Orrin.", "died"),
        ("The bridge burned or trains stopped.", "stopped"),
    ],
)
def test_what_is_said_or_supposed_is_not_stated(sentence, text):
    assert not is_stated(*verb(sentence, text))


def test_a_verb_has_tense_modality_aspect_and_polarity():
    described = describe_verb(*verb("The dam could not have failed.", "failed"))
    assert (described.tense, described.modals) == ("modal", {"could"})
    assert described.is_negated
    assert described.is_perfect
    assert not described.is_passive
