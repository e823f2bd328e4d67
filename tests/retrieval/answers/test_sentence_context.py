"""What is shown with a sentence, kind by kind."""

from datetime import UTC, datetime

import pytest

from retrieval.answers import add_context
from retrieval.citations import Draft, cite
from retrieval.domain import Article, ArticleId, Span
from retrieval.structure import read_structure


def article(title="Notes"):
    added = datetime(2026, 1, 1, tzinfo=UTC)
    return Article(ArticleId(1), "c", "a1", title, None, None, None, None, added, "en", "d", 9)


def complete(text, *sentences, question="?", title="Notes"):
    """Return the statements of sentences of a text in their context, as (kind, words), in reading order."""
    structure = read_structure(text)
    drafts = [
        Draft(article(title), Span(text.index(one), text.index(one) + len(one)), one) for one in sentences
    ]
    found = add_context(question, drafts, text_of=lambda _: text, structure_of=lambda _: structure)
    statements, citations = cite(found, text_of=lambda _: text)
    assert all(one.quote == one.span.of(text) for one in citations)
    shown = []
    for one in statements:
        own = next(each for each in citations if each.number == one.numbers[0])
        parts = [(part.span.start, part.kind, " ".join(part.quote.split())) for part in one.context]
        parts.append((own.span.start, "statement", one.text))
        shown.append([(kind, words) for _, kind, words in sorted(parts)])
    return shown


POOLS = """Rules of the pools

Big pool

Depth

The water is 1.8 metres deep.

Small pool

Depth

The water is 0.6 metres deep.

Both are cleaned on Mondays."""


def test_a_sentence_stands_under_its_own_headings_and_not_under_the_title():
    [shown] = complete(POOLS, "The water is 0.6 metres deep.", title="Rules of the pools")
    assert shown == [
        ("heading", "Small pool"),
        ("heading", "Depth"),
        ("statement", "The water is 0.6 metres deep."),
    ]


FAQ = """Questions about the ferry

Is there a night ferry?

Only on Fridays. It leaves at eleven.

Can I take a dog?

Yes. It must wear a muzzle, and it travels on deck.

Where do I board?

At pier two. The pier is opposite the station."""


def test_an_answer_stands_under_its_question():
    [shown] = complete(FAQ, "Only on Fridays.")
    assert shown[:2] == [("question", "Is there a night ferry?"), ("statement", "Only on Fridays.")]


def test_a_question_gives_way_to_its_answer():
    [shown] = complete(FAQ, "Where do I board?")
    assert shown[:2] == [("question", "Where do I board?"), ("statement", "At pier two.")]


def test_the_word_that_decides_stands_before_the_rest_of_an_answer():
    text = "Claims\n\nClaim: Bats are blind.\n\nFalse. All kinds can see, and some see better than we do."
    [shown] = complete(text, "All kinds can see, and some see better than we do.")
    assert shown == [
        ("question", "Claim: Bats are blind."),
        ("before", "False."),
        ("statement", "All kinds can see, and some see better than we do."),
    ]


def test_a_question_without_a_subject_brings_the_sentence_before_it():
    text = (
        "An interview with Ida Brok\n\nWhom did you call?\n\n"
        "My sister Jo was on the ice. I told her to run.\n\n"
        "Did she?\n\nShe did, and the ice broke behind her.\n\nAnd then?\n\nWe had soup, the two of us."
    )
    [shown] = complete(text, "She did, and the ice broke behind her.")
    assert shown == [
        ("before", "I told her to run."),
        ("question", "Did she?"),
        ("statement", "She did, and the ice broke behind her."),
    ]


LISTS = """Camping

What it costs

The price includes:

- the tent
- two beds
- firewood for one evening

The price does not include:

- breakfast
- boats

Before you leave

1. Fold the beds.
2. Close the tap.
3. Hang the key on the nail."""


def test_an_item_stands_under_its_lead_in():
    [shown] = complete(LISTS, "boats", question="Are boats included?")
    assert shown == [
        ("heading", "What it costs"),
        ("lead_in", "The price does not include:"),
        ("statement", "- boats"),
    ]


def test_a_lead_in_brings_all_of_its_items():
    [shown] = complete(LISTS, "The price includes:", question="What does the price include?")
    assert [words for kind, words in shown if kind == "item"] == [
        "- the tent",
        "- two beds",
        "- firewood for one evening",
    ]


def test_all_steps_are_shown_when_steps_are_asked_for():
    [shown] = complete(LISTS, "Close the tap.", question="Which steps do I take before I leave?")
    assert [words for kind, words in shown if kind in ("item", "statement")] == [
        "1. Fold the beds.",
        "2. Close the tap.",
        "3. Hang the key on the nail.",
    ]
    [one] = complete(LISTS, "Close the tap.", question="What happens with the tap?")
    assert [words for kind, words in one if kind in ("item", "statement")] == ["2. Close the tap."]


def test_a_row_stands_under_the_names_of_its_columns_whole():
    text = "Prices\n\nDay | Adults | Children\nFriday | 8 | 4\nSaturday | 11 | 6\n\nPay at the gate."
    [shown] = complete(text, "Saturday | 11")
    assert shown[-2:] == [("header_row", "Day | Adults | Children"), ("statement", "Saturday | 11 | 6")]


def test_the_names_of_columns_answer_nothing():
    text = "Prices\n\nDay | Adults | Children\nFriday | 8 | 4\nSaturday | 11 | 6\n\nPay at the gate."
    assert complete(text, "Day | Adults | Children") == []


def test_a_footnote_stands_with_the_sentence_that_refers_to_it():
    text = (
        "The choir\n\nThe choir has 44 members.¹ It meets in the old mill.\n\n"
        "Rehearsals are on Tuesdays.\n\n¹ Counted in May; nine have left since."
    )
    [shown] = complete(text, "The choir has 44 members.")
    assert ("footnote", "¹ Counted in May; nine have left since.") in shown
    [other] = complete(text, "Rehearsals are on Tuesdays.")
    assert all(kind != "footnote" for kind, _ in other)


@pytest.mark.parametrize(
    ("claim", "denial"),
    [
        ("Many people say that the well is poisoned.", "It is not."),
        ("The well gives four litres a minute.", "Only in March."),
        ("The well was dug by monks, the guide says.", "That is wrong."),
        ("The well was sold for 900 crowns.", "It was later found that the deed is a forgery."),
        ("We wrote on Monday that the well is 40 metres deep.", "It is 14 metres deep."),
        ("Suppose the well had run dry.", "The town would have moved."),
        ("“The well will never run dry.”", "So said the mayor in 1911."),
    ],
)
def test_what_denies_limits_or_corrects_is_shown_on_both_sides(claim, denial):
    text = f"Velm lies on a hill. {claim} {denial}\n\nThe town has two churches and a market."
    [shown] = complete(text, claim)
    assert shown == [("statement", claim), ("after", denial)]
    [shown] = complete(text, denial)
    assert shown == [("before", claim), ("statement", denial)]


def test_a_pronoun_brings_the_sentences_that_say_who():
    text = (
        "Our baker, Lena Holt, retires. Her successor is Jan Moor. He comes from Orsa, where he had a shop."
    )
    [shown] = complete(text, "He comes from Orsa, where he had a shop.")
    assert [kind for kind, _ in shown] == ["before", "before", "statement"]


def test_a_sentence_that_stands_alone_stays_alone():
    text = "The mill was built in 1811. The bridge was opened in 1954. The tower fell in 1990."
    assert complete(text, "The bridge was opened in 1954.") == [
        [("statement", "The bridge was opened in 1954.")]
    ]


def test_a_short_answer_is_shown_whole():
    [shown] = complete(FAQ, "It leaves at eleven.")
    assert [words for _, words in shown] == [
        "Is there a night ferry?",
        "Only on Fridays.",
        "It leaves at eleven.",
    ]


def test_what_is_denied_brings_what_stands_in_its_place():
    text = "Jo learned from Ada Brok, who used no oil. She used lard. The mill burned in 1911, in March."
    [shown] = complete(text, "Jo learned from Ada Brok, who used no oil.")
    assert shown == [("statement", "Jo learned from Ada Brok, who used no oil."), ("after", "She used lard.")]


def test_an_entry_has_its_time():
    text = (
        "The flood, live\n\n18:20: The dam holds. The mayor has gone home.\n\n"
        "16:05: Water stands in Mill Street. The school is shut.\n\n14:00: The river rises."
    )
    [shown] = complete(text, "The school is shut.")
    assert ("entry_time", "16:05") in shown


def test_a_heading_over_a_long_text_answers_nothing():
    text = f"Velm\n\nThe market\n\n{'The market is held on Saturdays and sells a great many things. ' * 9}"
    assert complete(text, "The market") == []


def test_what_another_statement_shows_is_not_shown_twice():
    text = "Many people say that the well is poisoned. It is not. The town has two churches."
    assert len(complete(text, "Many people say that the well is poisoned.", "It is not.")) == 1


MILL = (
    "The mill made sailcloth. Two inventions helped. The first was a shuttle of 1811. The second was a drum."
    "\n\nTrade is dead."
)


@pytest.mark.models
def test_what_announces_a_list_in_prose_is_shown_with_its_parts():
    [shown] = complete(MILL, "Two inventions helped.", question="What helped?")
    assert shown == [
        ("statement", "Two inventions helped."),
        ("item", "The first was a shuttle of 1811."),
        ("item", "The second was a drum."),
    ]


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Which inventions helped?", ["lead_in", "statement", "item"]),
        ("What came in 1811?", ["lead_in", "statement"]),
        ("What was the first reason?", ["lead_in", "statement"]),
    ],
)
def test_a_part_is_shown_with_the_others_if_all_are_meant(question, kinds):
    [shown] = complete(MILL, "The first was a shuttle of 1811.", question=question)
    assert [kind for kind, _ in shown] == kinds


POOL = (
    "A ticket costs 22 crowns. The water is warm. Marta Hrube trained as a welder.\n\n"
    "Correction: An earlier version gave the price of a ticket as 22 crowns. It should read 12 crowns. "
    "Marta Hrube was a crane driver, not a welder."
)


def test_what_an_article_corrects_stands_behind_the_correction():
    first, second = complete(POOL, "A ticket costs 22 crowns.", question="What does a ticket cost?")
    assert [kind for kind, _ in first] == ["statement"]
    assert first[0][1].endswith("It should read 12 crowns.")
    assert second == [("statement", "A ticket costs 22 crowns.")]


def test_what_is_no_longer_so_helps_no_other_answer():
    shown = complete(POOL, "The water is warm.", "A ticket costs 22 crowns.", question="Is the water warm?")
    assert shown == [[("statement", "The water is warm.")]]
