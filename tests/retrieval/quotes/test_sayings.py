from datetime import date

import pytest
from fakes import small_library

from retrieval.domain.articles import Filters, NewArticle
from retrieval.errors import BadQuestion
from retrieval.quotes.speaker_names import is_speaker, match_people

SPEAKERS = ["Anna Berg", "Berg", "Anna Bérg", "A. Berg", "Anna K. Berg"]


@pytest.mark.parametrize("typed", ["Anna Berg", "berg", "Ms. Berg", "anna bérg", "A. Berg", "Anna"])
def test_the_forms_of_a_name_are_one_person(typed):
    people = match_people(typed, SPEAKERS)
    assert len(people) == 1
    assert sorted(next(iter(people.values()))) == sorted(SPEAKERS) or typed == "Anna"


def test_people_with_one_surname_are_told_apart():
    assert sorted(match_people("Berg", ["Anna Berg", "Peter Berg"])) == ["Anna Berg", "Peter Berg"]
    assert list(match_people("Anna Berg", ["Anna Berg", "Peter Berg"])) == ["Anna Berg"]


def test_a_title_tells_a_woman_from_a_man():
    assert list(match_people("Ms Berg", ["Anna Berg", "Peter Berg"])) == ["Anna Berg"]
    assert list(match_people("Mr. Berg", ["Anna Berg", "Peter Berg"])) == ["Peter Berg"]


def test_a_surname_that_could_be_two_people_is_given_to_neither():
    people = match_people("Berg", ["Anna Berg", "Peter Berg", "Berg"])
    assert people == {"Anna Berg": ["Anna Berg"], "Peter Berg": ["Peter Berg"], "Berg": ["Berg"]}


def test_another_name_is_nobody():
    assert match_people("Lind", SPEAKERS) == {}
    assert not is_speaker("Peter Berg", "Anna Berg")


ARTICLES = [
    (
        "b1",
        date(2024, 3, 2),
        "Anna Berg spoke. “The bridge is late,” Berg said. “It will cost more,” she added.",
    ),
    (
        "b2",
        date(2025, 4, 2),
        "“The ferry runs again today,” said Anna Berg. “I never doubted it,” said Lars Holm.",
    ),
]


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as librarian:
        for given_id, day, text in ARTICLES:
            article = NewArticle(text=text, title=given_id, given_id=given_id, published=day)
            await librarian.articles.add(article, collection="c")
        yield librarian


async def test_one_person_is_shown_story_by_story_the_newest_first(library):
    found = await library.quotes.find_by_speaker("berg", collection="c")
    assert found.name == "Anna Berg"
    stories = [(story[0].article.public_id, [one.text for one in story]) for story in found.stories]
    assert stories == [
        ("b2", ["The ferry runs again today,"]),
        ("b1", ["The bridge is late,", "It will cost more,"]),
    ]
    texts = {given_id: text for given_id, _, text in ARTICLES}
    assert all(one.text == one.span.of(texts[one.article.public_id]) for one in found.quotations)


async def test_who_can_be_narrowed_by_date_and_stays_in_its_collection(library):
    found = await library.quotes.find_by_speaker(
        "Berg", collection="c", filters=Filters(since=date(2025, 1, 1))
    )
    assert len(found.quotations) == 1
    assert (await library.quotes.find_by_speaker("Berg", collection="other")).quotations == ()


async def test_a_name_without_letters_is_refused(library):
    with pytest.raises(BadQuestion):
        await library.quotes.find_by_speaker(" … ", collection="c")


async def test_speakers_are_suggested_without_accents_and_case(library):
    assert await library.quotes.suggest_speakers("BÉRG", collection="c") == ["Anna Berg"]
    assert await library.quotes.suggest_speakers("", collection="c", limit=1) == ["Anna Berg"]
    assert await library.quotes.suggest_speakers("berg", collection="other") == []


async def test_quotations_can_be_of_a_day_or_later(library):
    found = await library.quotes.find(collection="c", since=date(2025, 1, 1))
    assert {one.article.public_id for one in found} == {"b2"}
    assert await library.quotes.find(collection="c", speaker="Mr Berg") == []
