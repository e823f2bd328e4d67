"""What is stored about somebody comes out whole, goes whole, and nothing of anybody else's with it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest
from fakes import small_library
from typer.testing import CliRunner

from retrieval.cli import app
from retrieval.domain.answers import Tokens
from retrieval.domain.articles import ArticleMetadata, NewArticle
from retrieval.domain.records import OpenQuestion
from retrieval.errors import AnswerNotFound, ArticleNotFound
from retrieval.records.personal_data import HOLDINGS, NAMES_SOMEBODY
from retrieval.records.usage import UsageStore
from retrieval.runtime.current_user import set_current_user
from retrieval.storage.database import FILE_NAME, Database

ANN, BEN = "1001", "1002"
NOW = datetime(2026, 5, 1, tzinfo=UTC)
LIBRARIES = ("guild:1", "guild:2", f"user:{ANN}", f"user:{BEN}")
SECRET = "zqxjsecret"


def article(name):
    return NewArticle(
        f"The harbor of {name} was built in 1911. The harbor cost nine thousand crowns {SECRET}.",
        title=f"The harbor of {name}",
        url=f"https://{name.replace(':', '')}.example/harbor",
    )


async def ask(library, collection, person):
    answer = await library.answers.ask("When was the harbor built?", collection=collection)
    with set_current_user(person):
        return await library.answers.record(answer, collection=collection)


async def spend(library, collection, person):
    usage = UsageStore(library.resources.store)
    await library._context.lane.run(lambda: usage.add(collection, person, NOW.date(), Tokens(200, 20)))


async def lived_in(library):
    """Two servers and two private libraries, in each of which both, or the owner, left something."""
    answers = {}
    for name in LIBRARIES:
        added = await library.articles.add(article(name), collection=name)
        await library.preferences.set(json.dumps({"of": name}), collection=name)
        for person in (ANN, BEN):
            if name.startswith("user:") and not name.endswith(person):
                continue
            answers[name, person] = answer = await ask(library, name, person)
            await library.feedback.vote(answer.id, 1, True, collection=name, person=person)
            await library.feedback.report(
                answer.id, "quote", collection=name, person=person, words=f"by {person}"
            )
            await spend(library, name, person)
            await library.processes.count_use(f"questions of {name}", person, 1, 3_600.0)
            await library.pending_questions.add(OpenQuestion("Why?", person, ""), collection=name)
            await library.upkeep.edit(
                added.article.public_id,
                ArticleMetadata(f"Harbor {person}", None, None, None),
                collection=name,
                editor=person,
            )
    return answers


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as opened:
        yield opened


# -- the list ------------------------------------------------------------------------


def columns_of(tmp_path):
    connection = Database(tmp_path).connection
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    internal = ("sqlite_", "words_", "alembic_")
    return {
        table: {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        for table in tables
        if not table.startswith(internal)
    }


def test_every_table_is_on_the_list_of_what_is_stored_about_whom(tmp_path):
    assert {one.table for one in HOLDINGS} == set(columns_of(tmp_path)) - {"collections"}


def test_every_column_that_names_a_person_or_a_collection_is_on_the_list(tmp_path):
    by_table = {one.table: one for one in HOLDINGS}
    for table, columns in columns_of(tmp_path).items():
        if table == "collections":
            continue
        one = by_table[table]
        assert columns & NAMES_SOMEBODY == ({one.person} if one.person else set()), table
        assert ("collection_id" in columns) <= (one.whose == "collection"), table
        assert ("collection" in columns) == (one.whose == "name"), table


# -- a person ------------------------------------------------------------------------


async def test_a_person_gets_everything_of_theirs_and_nothing_of_anybody_elses(library):
    await lived_in(library)
    found = await library.privacy.export_person(ANN, collection=f"user:{ANN}")
    mine = found["about_you"]
    assert {row["collection"] for row in mine["answers"]} == {"guild:1", "guild:2", f"user:{ANN}"}
    assert mine["answers"][0]["question"] == "When was the harbor built?"
    assert mine["answers"][0]["body"]["citations"]
    assert {table for table, rows in mine.items() if len(rows) >= 3} == {
        "votes", "reports", "open_questions", "answers", "edits", "usage", "paces",
    }  # fmt: skip
    assert json.loads(json.dumps(found))["your_library"]["preferences"][0]["body"] == {"of": f"user:{ANN}"}
    assert BEN not in json.dumps(found).replace(f"Harbor {BEN}", "")


async def test_deleting_a_person_leaves_no_row_and_no_word_of_theirs(library):
    answers = await lived_in(library)
    await library.privacy.forget_person(ANN, collection=f"user:{ANN}")
    left = await library.privacy.export_person(ANN, collection=f"user:{ANN}")
    assert not any(left["about_you"].values())
    assert not any(left["your_library"].values())
    assert await library.articles.count(collection=f"user:{ANN}") == 0
    with pytest.raises(AnswerNotFound):
        await library.answers.recall(answers["guild:1", ANN].id, collection="guild:1")
    theirs = await library.privacy.export_person(BEN, collection=f"user:{BEN}")
    assert all(len(rows) >= 3 for rows in theirs["about_you"].values())
    assert await library.articles.count(collection="guild:1") == 1
    assert await library.answers.recall(answers["guild:1", BEN].id, collection="guild:1")


async def test_a_correction_stays_without_its_editor(library):
    await lived_in(library)
    await library.privacy.forget_person(ANN, collection=f"user:{ANN}")
    [found] = await library.articles.list(collection="guild:1")
    edits = await library.upkeep.list_edits(found.public_id, collection="guild:1")
    assert sorted({one.editor for one in edits}) == ["", BEN]


async def test_an_answer_hidden_only_by_the_one_who_leaves_is_shown_again(library):
    await lived_in(library)
    answer = await ask(library, "guild:1", BEN)
    await library.feedback.report(answer.id, "hide", collection="guild:1", person=ANN)
    await library.privacy.forget_person(ANN, collection=f"user:{ANN}")
    assert (await library.answers.recall(answer.id, collection="guild:1")).question


# -- a collection --------------------------------------------------------------------


async def test_an_export_of_a_server_names_nobody(library):
    await lived_in(library)
    found = json.dumps(await library.privacy.export_collection(collection="guild:1"))
    for row in ("answers", "preferences", "reports", "edits"):
        assert json.loads(found)[row]
    assert "guild:2" not in found
    assert f'"{ANN}"' not in found


async def test_deleting_a_server_leaves_the_other_and_the_private_libraries(library):
    await lived_in(library)
    counts = await library.privacy.forget_collection(collection="guild:1")
    assert counts["articles"] == 1
    assert counts["answers"] == 2
    assert not any((await library.privacy.export_collection(collection="guild:1")).values())
    assert not await library.articles.list(collection="guild:1")
    for other in LIBRARIES[1:]:
        assert (await library.answers.ask("When was the harbor built?", collection=other)).found
    assert not (await library.maintenance.check()).faults


async def test_what_was_deleted_is_in_no_file_any_more(tmp_path):
    async with small_library(tmp_path) as library:
        await lived_in(library)
    async with small_library(tmp_path) as library:
        assert len(list((tmp_path / "index").glob("*.faiss"))) == len(LIBRARIES)
        for name in LIBRARIES:
            await library.privacy.forget_collection(collection=name)
        written = b"".join(path.read_bytes() for path in tmp_path.glob(FILE_NAME + "*"))
        assert SECRET.encode() not in written
        assert not list((tmp_path / "index").iterdir())


async def test_a_deleted_collection_can_be_begun_anew(library):
    await lived_in(library)
    await library.privacy.forget_collection(collection="guild:1")
    added = await library.articles.add(article("anew"), collection="guild:1")
    assert (await library.answers.ask("When was the harbor built?", collection="guild:1")).found
    with pytest.raises(ArticleNotFound):
        await library.articles.get(added.article.public_id, collection="guild:2")


async def test_what_was_offered_in_a_place_goes_with_it_and_other_notes_stay(library):
    offered = {name: json.dumps({"collection": name, "url": "https://x.example"}) for name in LIBRARIES}
    for name, note in (*offered.items(), ("counter", "7"), ("version", "v1 0a"), ("broken", "{")):
        await library.notes.set(name, note)
    data = await library.privacy.export_collection(collection="guild:1")
    assert [row["key"] for row in data["notes"]] == ["guild:1"]
    await library.privacy.forget_collection(collection="guild:1")
    assert await library.notes.get("guild:1") is None
    assert await library.notes.get("guild:2") == offered["guild:2"]
    assert [await library.notes.get(key) for key in ("counter", "version", "broken")] == ["7", "v1 0a", "{"]


# -- departures ----------------------------------------------------------------------


async def test_a_place_left_for_thirty_days_is_overdue_and_one_come_back_to_is_not(library):
    await lived_in(library)
    assert await library.privacy.compare_places("guild:", {"guild:2"}, NOW) == (1, 0)
    later = NOW + timedelta(days=20)
    assert await library.privacy.compare_places("guild:", {"guild:2"}, later) == (
        0,
        0,
    )  # the first note counts
    assert await library.privacy.list_overdue(NOW + timedelta(days=29)) == []
    assert await library.privacy.list_overdue(NOW + timedelta(days=31)) == ["guild:1"]
    assert await library.privacy.compare_places("guild:", {"guild:1", "guild:2"}, later) == (0, 1)
    assert await library.privacy.list_overdue(NOW + timedelta(days=99)) == []


async def test_a_place_is_greeted_once_a_day_at_most(library):
    assert await library.privacy.arrive(NOW, collection="guild:1")
    await library.privacy.leave(NOW + timedelta(minutes=1), collection="guild:1")
    assert not await library.privacy.arrive(NOW + timedelta(minutes=2), collection="guild:1")
    assert await library.privacy.list_overdue(NOW + timedelta(days=40)) == []
    assert await library.privacy.arrive(NOW + timedelta(days=2), collection="guild:1")


# -- the terminal --------------------------------------------------------------------


async def test_the_log_tells_counts_and_no_names(library, caplog):
    await lived_in(library)
    with caplog.at_level("INFO"):
        await library.privacy.forget_person(ANN, collection=f"user:{ANN}")
    assert "3 answers" in caplog.text
    assert ANN not in caplog.text


def in_terminal(tmp_path, *arguments, typed=None):
    return CliRunner().invoke(app, ["privacy", *arguments, "--data", str(tmp_path)], input=typed)


@pytest.fixture
def kept(tmp_path):
    async def fill():
        async with small_library(tmp_path) as library:
            await lived_in(library)

    asyncio.run(fill())
    return tmp_path


def test_an_operator_exports_and_deletes_a_person(kept):
    lines = in_terminal(kept, "export", "--person", ANN).stdout.splitlines()
    assert json.loads(lines[0])["person"] == ANN
    assert json.loads(lines[1])["title"] == f"Harbor {ANN}"
    assert "Delete it all" in in_terminal(kept, "delete", "--person", ANN, typed="n\n").output
    deleted = in_terminal(kept, "delete", "--person", ANN, "--yes", "--json")
    assert json.loads(deleted.stdout)["answers"] == 3
    after = json.loads(in_terminal(kept, "export", "--person", ANN).stdout.splitlines()[0])
    assert not any(after["about_you"].values())


def test_an_operator_deletes_a_server(kept):
    assert "1 article" in in_terminal(kept, "delete", "--server", "1", "--yes").output
    assert "nothing was stored" in in_terminal(kept, "delete", "--server", "1", "--yes").output


@pytest.mark.parametrize("named", [[], ["--person", "1", "--server", "2"], ["--person", "ann"]])
def test_exactly_one_number_is_needed(tmp_path, named):
    ran = in_terminal(tmp_path, "delete", "--yes", *named)
    assert ran.exit_code == 1
    assert "one of --person and --server" in ran.output
