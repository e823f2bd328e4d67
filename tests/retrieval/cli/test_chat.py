pytest_plugins = ["cli_fixtures"]


def test_chat_answers_line_after_line(stocked):
    shown = stocked("chat", stdin="about rivers\n\nmoon\n").stdout
    assert "about rivers [1]" in shown
    assert stocked.librarian.warmed == 1


def test_chat_ends_at_quit(stocked):
    assert "[1]" not in stocked("chat", stdin="/quit\nabout rivers\n").stdout


def test_chat_adds_and_lists(stocked, tmp_path):
    (tmp_path / "new.txt").write_text("Comets are icy.")
    shown = stocked("chat", stdin=f"/add {tmp_path / 'new.txt'}\n/list\ncomets\n").stdout
    assert "Added: new.txt" in shown
    assert "r  Rivers" in shown
    assert "Comets [1]" in shown


def test_chat_survives_errors(stocked):
    result = stocked("chat", stdin="?\n/add nowhere.txt\nabout rivers\n")
    assert "too short" in result.stderr
    assert "There is no such file." in result.stderr
    assert "about rivers [1]" in result.stdout


def test_chat_explains_itself(stocked):
    assert stocked("chat", stdin="/help\n/what\n/add\n").stdout.count("/quit") == 3


def test_each_question_of_a_chat_may_follow_up_the_one_before(stocked):
    stocked("chat", stdin="about rivers\n/list\nit shines\n")
    assert stocked.librarian.answers.after.question == "about rivers"


def test_plain_words_end_the_chat_and_thanks_are_answered_by_no_article(stocked):
    shown = stocked("chat", stdin="thanks\nyes\nabout rivers\nok, bye\nmoon\n").stdout
    assert "You are welcome." in shown
    assert [asked[0] for asked in stocked.librarian.answers.asked] == ["about rivers"]
