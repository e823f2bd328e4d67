from datetime import date

import pytest
from fakes import small_library

from retrieval.domain.articles import Filters, NewArticle
from retrieval.domain.spans import Span
from retrieval.errors import ArticleNotFound, BadQuestion
from retrieval.quotes.wording import bare_words, differences, exact_spans, nearest_stretch, warnings

TEXT = (
    "Anna Berg spoke on Monday. “The bridge will not rise before 2027,” she said. “We have paid 25 percent "
    "of it.” The council’s budget — all of it — was spent\non steel … and rope. The harbor party was small."
)


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as librarian:
        await librarian.articles.add(
            NewArticle(text=TEXT, title="Bridge", given_id="b1", published=date(2024, 3, 2)), collection="c"
        )
        yield librarian


async def checked(library, words, **filters):
    return await library.quotes.check_words(words, collection="c", filters=Filters(**filters))


@pytest.mark.parametrize(
    "words",
    [
        '"The bridge will not rise before 2027."',
        "The council's budget - all of it - was spent",
        "spent on steel ... and rope",
        "We have paid 25 percent of it",
        "‘The council’s budget’",
    ],
)
async def test_the_same_words_in_other_typography_are_word_for_word(library, words):
    found = await checked(library, words)
    assert found.verdict == "exact"
    one = found.wordings[0]
    assert one.text == one.span.of(TEXT)
    assert one.differences == ()


async def test_the_speaker_of_exact_words_is_found(library):
    found = await checked(library, "The bridge will not rise")
    assert (found.wordings[0].speaker, found.wordings[0].in_quotation) == ("Anna Berg", True)


async def test_the_articles_own_words_are_nobodys_quotation(library):
    found = await checked(library, "was spent on steel")
    assert (found.wordings[0].speaker, found.wordings[0].in_quotation) == (None, False)


@pytest.mark.parametrize(
    ("words", "warning"),
    [
        ("The bridge will rise before 2027", "Only the article says “not”: that reverses the meaning."),
        ("We have not paid 25 percent of it", "Only your words say “not”: that reverses the meaning."),
        ("We have paid 52 percent of it", "A number differs: your words have 52, the article has 25."),
        ("52 percent of it", "A number differs: your words have 52, the article has 25."),
        ("the bridge will not rise before 2027", "Only capital letters or punctuation differ."),
    ],
)
async def test_a_change_is_never_called_word_for_word_and_is_named(library, words, warning):
    found = await checked(library, words)
    assert found.verdict == "changed"
    assert warning in found.wordings[0].warnings


async def test_words_torn_from_a_denial_are_marked(library):
    found = await checked(library, "rise before 2027")
    assert found.verdict == "exact"
    assert found.wordings[0].warnings == ("The sentence around these words says “not”: read it whole.",)


async def test_part_of_a_word_is_not_the_word(library):
    assert (await checked(library, "art")).verdict == "absent"


async def test_other_words_are_absent(library):
    found = await checked(library, "Whales sing across the whole ocean at night")
    assert (found.verdict, found.wordings, found.library_size) == ("absent", (), 1)


def test_little_words_in_common_are_no_likeness():
    text = "The mayor was spending a lot of money in a bank of the town."
    assert nearest_stretch("made a lot of money in down markets", text, Span(0, len(text))) is None
    assert nearest_stretch("was saving a lot of money in a bank", text, Span(0, len(text))) is not None


async def test_words_that_run_over_two_sentences_are_found(library):
    assert (
        await checked(library, "all of it — was spent\non steel … and rope. The harbor")
    ).verdict == "exact"


async def test_a_day_and_an_article_narrow_the_check(library):
    assert (await checked(library, "The harbor party", since=date(2024, 3, 3))).verdict == "absent"
    assert (await checked(library, "The harbor party", since=date(2024, 3, 2))).verdict == "exact"
    with pytest.raises(ArticleNotFound):
        await checked(library, "The harbor party", article_ids=("none",))


async def test_collections_do_not_leak(library):
    assert (await library.quotes.check_words("The harbor party", collection="other")).verdict == "absent"


@pytest.mark.parametrize("words", ["", "“…”", "word " * 200])
async def test_no_words_and_too_many_are_refused(library, words):
    with pytest.raises(BadQuestion):
        await checked(library, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Er sagte: „Die Brücke hält nicht.“", '"Die Brücke hält nicht."'),
        ("Elle a dit : « L’été sera long. »", "« L'été sera long »"),
        ("—No volverá mañana —dijo Ana.", "No volverá mañana"),
        ("町長は「橋は完成しません」と述べた。", "「橋は完成しません」"),
        ("町長は「橋は完成しません」と述べた。", "橋は完成"),
        ("시장은 “다리는 열리지 않는다”고 말했다.", "다리는 열리지 않는다"),
        ("Elle dit : « L’e\u0301te\u0301 sera long. »", "L'été sera long"),
        ("Пётр сказал: «Мост не откроют».", '"Мост не откроют"'),
    ],
)
def test_words_of_other_languages_are_found(text, words):
    asked = bare_words(words)
    assert [bare_words(span.of(text)) for span in exact_spans(asked, text)] == [asked]


def test_differences_give_both_texts_back():
    asked, real = "We paid 52 percent of everything", "We have paid 25 percent of it"
    found = differences(asked, real)
    assert " ".join(one.text for one in found if one.kind != "only there") == asked
    assert " ".join(one.text for one in found if one.kind != "only asked") == real


def test_a_contraction_is_no_turned_meaning():
    assert warnings(differences("It won't rise", "It will not rise")) == ()


@pytest.mark.slow
@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["1. ", "見", "_a", "[INST]", "<think>", "[^2] "])
async def test_an_article_that_says_one_thing_without_end_is_searched_like_others(library, unit):
    text = "The pier was built in 1907.\n\n" + unit * (60_000 // len(unit))
    await library.articles.add(NewArticle(text=text, title="Pier", given_id="p1"), collection="c")
    found = await checked(library, (unit * 500)[:500])
    assert all(one.span.of(text if one.article.id != 1 else TEXT) == one.text for one in found.wordings)
    assert (await checked(library, "The pier was built in 1907")).verdict == "exact"
