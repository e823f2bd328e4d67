"""In which order statements and their context are read."""

from datetime import UTC, date, datetime

from retrieval.citations import Draft, DraftContext, cite, resolve
from retrieval.domain import Article, ArticleId, Span, Statement, lay_out

RULES = (
    "Boats\n\nSails\n\nMay I sail alone?\n\nYes. Only on weekdays.\n\n"
    "We lend:\n- ropes\n- vests\n\n1 Since May."
)
OTHER = "Sails are forbidden since 2026."
TEXTS = {1: RULES, 2: OTHER}


def article(number, title, day=None):
    added = datetime(2026, 1, 1, tzinfo=UTC)
    return Article(ArticleId(number), "c", f"a{number}", title, None, None, None, day, added, "en", "d", 9)


HARBOR, NEWS = article(1, "Harbor rules"), article(2, "News", date(2026, 2, 1))


def span(words, text=RULES):
    start = text.index(words)
    return Span(start, start + len(words))


def draft(words, **context):
    parts = [
        DraftContext(kind, HARBOR, span(part))
        for kind, found in context.items()
        for part in ([found] if isinstance(found, str) else found)
    ]
    return Draft(HARBOR, span(words), words, tuple(sorted(parts, key=lambda part: part.span.start)))


def lines(*drafts):
    statements, citations = cite(drafts, text_of=TEXTS.__getitem__)
    return [(line.kind, line.text) for line in lay_out(statements, citations)]


def test_the_path_stands_above_the_question_above_the_sentences():
    answered = draft("Yes.", heading="Sails", question="May I sail alone?", after="Only on weekdays.")
    assert lines(answered) == [
        ("path", "Harbor rules › Sails [2]"),
        ("question", "May I sail alone? [3]"),
        ("text", "Yes. [1] Only on weekdays. [4]"),
    ]


def test_an_item_stands_under_its_lead_in_and_before_its_footnote():
    assert lines(draft("- vests", lead_in="We lend:", footnote="1 Since May.")) == [
        ("lead_in", "We lend: [2]"),
        ("item", "- vests [1]"),
        ("footnote", "1 Since May. [3]"),
    ]


def test_what_was_shown_before_is_not_repeated():
    shared = {"heading": "Sails", "lead_in": "We lend:"}
    assert lines(draft("- ropes", **shared), draft("- vests", **shared)) == [
        ("path", "Harbor rules › Sails [3]"),
        ("lead_in", "We lend: [4]"),
        ("item", "- ropes [1]"),
        ("item", "- vests [2]"),
    ]


def test_a_sentence_and_the_one_that_it_points_back_to_are_each_shown_once():
    first, second = draft("Yes."), draft("Only on weekdays.", before="Yes.")
    assert lines(first, second) == [("text", "Yes. [1]"), ("text", "Only on weekdays. [2]")]
    assert lines(second) == [("text", "Yes. [2] Only on weekdays. [1]")]


def test_statements_of_several_articles_are_headed_by_the_titles():
    other = Draft(NEWS, Span(0, len(OTHER)), OTHER)
    assert lines(draft("Yes."), other) == [
        ("path", "Harbor rules"),
        ("text", "Yes. [1]"),
        ("path", "News · 1 Feb 2026"),
        ("text", f"{OTHER} [2]"),
    ]


def test_a_statement_without_citations_is_a_line():
    assert [line.text for line in lay_out([Statement("Rivers.", ())], [])] == ["Rivers."]


def test_the_prose_of_a_statement_holds_the_sentences_around_it():
    [statement], _ = cite(
        [draft("Only on weekdays.", before="Yes.", heading="Sails")], text_of=lambda _: RULES
    )
    assert statement.prose == "Yes. Only on weekdays."


def test_an_answer_is_extended_by_what_it_does_not_hold():
    short = resolve("?", [draft("Yes.", heading="Sails")], text_of=TEXTS.__getitem__)
    both = [draft("Yes.", heading="Sails"), draft("Only on weekdays.", heading="Sails")]
    longer = short.extend(resolve("?", both, text_of=TEXTS.__getitem__))
    assert [one.text for one in longer.statements] == ["Yes.", "Only on weekdays."]
    assert [one.number for one in longer.citations] == [1, 2, 3]
    assert [part.number for one in longer.statements for part in one.context] == [1, 1]
