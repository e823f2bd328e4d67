import pytest

from retrieval.answers import small_talk


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("quit", "farewell"),
        ("Exit.", "farewell"),
        ("ok, thanks, bye!", "farewell"),
        ("That's all for now, thanks", "farewell"),
        ("thanks", "thanks"),
        ("Thank you so much!", "thanks"),
        ("great, that was helpful", "thanks"),
        ("yes", "assent"),
        ("OK", "assent"),
        ("no", "assent"),
        ("hello bot", "greeting"),
        ("danke", "thanks"),
        ("thx bro", "thanks"),
        ("lol ok", "assent"),
        ("LMAO", "assent"),
        ("ok cool", "thanks"),
        ("gtg", "farewell"),
    ],
)
def test_small_talk_is_told_by_its_words(line, kind):
    assert small_talk(line) == kind


@pytest.mark.parametrize(
    "line",
    ["why?", "thanks, and who paid for it?", "that", "the second one", "", "?", "Who quit?", "ok, and then?"],
)
def test_whatever_else_is_said_is_no_small_talk(line):
    assert small_talk(line) is None
