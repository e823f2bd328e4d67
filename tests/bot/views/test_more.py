from dataclasses import replace

from discord_driver import buttons_of, make_bot, press_forged, text_of
from simcord.components import walk_components

from bot.formatting.article_lines import format_sentence_count

QUESTION = "When was the harbor deepened?"
NOT_HERE = "This answer is too old or not from this server. Please ask again."


async def ask(place, **options):
    return (await place.reader.slash(place.channel, "ask", question=QUESTION, **options)).response


async def press(place, message, custom_id, who=None):
    return await (who or place.reader).click(message, custom_id=custom_id)


def colors_of(message):
    return {
        one["custom_id"]: one["style"]
        for one in walk_components(message.components)
        if one["type"] == 2 and "custom_id" in one
    }


async def test_more_shows_a_longer_answer_and_questions_to_one_person(place):
    result = await place.reader.click(await ask(place), label="More")
    text = text_of(result.response)
    assert f"**At length** · {format_sentence_count(1)}" in text
    assert "Ships came." in text
    assert result.ephemeral
    assert list(buttons_of(result.response)) == ["Quotes", "Who is Ada Berg?", "What happened in 1907?"]


async def test_a_question_that_leads_on_is_asked_and_answered_beside_it(place):
    more = await place.reader.click(await ask(place), label="More")
    await place.env.restart_bot(make_bot(place.librarian))
    result = await place.reader.click(more.response, label="What happened in 1907?")
    assert place.librarian.answers.asked[-1][:2] == ("What happened in 1907?", place.collection)
    assert "What happened in 1907?" in text_of(result.response)
    assert result.ephemeral


async def test_more_counts_as_a_question(place):
    answer = await ask(place)
    for _ in range(4):
        await place.reader.click(answer, label="More")
    result = await place.reader.click(answer, label="More")
    assert "You can ask again in" in text_of(result.response)


async def test_a_private_answer_stays_when_something_is_opened_from_it(place):
    answer = await ask(place, private=True)
    result = await place.reader.click(answer, label="Quotes")
    assert "The exact words" in text_of(result.response)
    assert QUESTION in text_of(answer)
    assert result.response.id != answer.id


async def test_a_vote_is_kept_shown_in_color_and_taken_back(place):
    opened = await place.reader.click(await ask(place), label="Quotes")
    page = opened.response
    await press(place, page, "o:1:1:n:0")
    person = str(place.reader.id)
    assert place.librarian.feedback.given == {(1, 1, person): False}
    assert colors_of(page)["o:1:1:n:0"] == 4
    assert colors_of(page)["o:1:1:y:0"] == 2
    await press(place, page, "o:1:1:y:0")
    assert place.librarian.feedback.given == {(1, 1, person): True}
    assert colors_of(page)["o:1:1:y:0"] == 3
    await press(place, page, "o:1:1:y:0")
    assert place.librarian.feedback.given == {}


LONG = (
    " ".join(f"Year {n} was quiet." for n in range(9))
    + " The harbor was deepened in 1907."
    + (" Ships came." * 9)
)


async def test_the_passage_shows_more_than_the_quotes_did(place):
    place.librarian.shelf.clear()
    place.librarian.put(place.collection, text=LONG)
    opened = await place.reader.click(await ask(place), label="Quotes")
    assert "Year 6 was quiet." not in text_of(opened.response)
    result = await place.reader.click(opened.response, label="Show passage")
    assert "Year 0 was quiet." in text_of(result.response)


async def test_the_passage_shows_what_stands_around_the_words_in_our_copy(place):
    place.librarian.shelf.clear()
    place.librarian.put(place.collection, text=LONG)
    opened = await place.reader.click(await ask(place), label="Quotes")
    result = await place.reader.click(opened.response, label="Show passage")
    text = text_of(result.response)
    assert "Year 8 was quiet. **The harbor was deepened in 1907.** Ships came." in text
    assert "From the library's own copy" in text
    assert result.ephemeral


async def test_the_passage_of_a_removed_article_is_said_to_be_gone(place):
    place.librarian.shelf.clear()
    place.librarian.put(place.collection, text=LONG)
    opened = await place.reader.click(await ask(place), label="Quotes")
    place.librarian.shelf.clear()
    result = await place.reader.click(opened.response, label="Show passage")
    assert "were removed from the library" in text_of(result.response)


async def test_buttons_of_another_server_find_nothing(place):
    place.librarian.answers.recorded[7] = ("guild:1", place.librarian.answers.recorded.get(7))
    for custom_id in ("m:7", "q:7:0", "o:7:1:y:0", "a:7:passage:1"):
        result = await press_forged(place, custom_id)
        assert text_of(result.response) == NOT_HERE, custom_id
    assert place.librarian.feedback.given == {}


async def test_a_question_that_is_not_offered_is_not_asked(place):
    await ask(place)
    asked = len(place.librarian.answers.asked)
    result = await press_forged(place, "q:1:9")
    assert len(place.librarian.answers.asked) == asked
    assert result.ephemeral or "too old" in text_of(result.response)


async def test_an_answer_in_a_models_words_says_so_and_shows_what_they_rest_on(place):
    place.librarian.answers.answer_with = lambda answer: replace(
        answer,
        statements=(replace(answer.statements[0], text="They deepened it in 1907."),),
        written_by="small-model",
        removed=("It was *blue* @everyone.",),
    )
    message = await ask(place)
    text = text_of(message)
    assert "They deepened it in 1907." in text
    assert "Worded by a language model, each sentence checked" in text
    assert "blue" not in text
    quotes = await place.reader.click(message, label="Quotes")
    assert "behind the sentence: They deepened it in 1907." in text_of(quotes.response)
    assert "**The harbor was deepened in 1907.**" in text_of(quotes.response)
    more = await place.reader.click(message, label="More")
    assert "left out because no article says it" in text_of(more.response)
    assert "~~It was \\*blue\\*" in text_of(more.response)
    assert "@everyone" not in text_of(more.response).replace("@\u200b", "")
