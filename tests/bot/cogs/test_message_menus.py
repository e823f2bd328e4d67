from discord_driver import buttons_of, text_of

from bot.messages.sources import AT_ONCE

MENU = "Ask about this"
QUESTION = "When was the harbor deepened?"
TEXT = "The harbor was deepened in 1907."


async def ask(place, *parts, question=QUESTION, **kept):
    message = await place.curator.send(place.channel, *parts, **kept)
    shown = await place.reader.context_menu(place.channel, MENU, message)
    [field] = [label["component"]["custom_id"] for label in shown.modal["components"]]
    return message, await place.reader.submit_modal(shown, {field: question})


async def test_a_page_that_a_message_links_to_is_asked_and_not_kept(place):
    _, result = await ask(place, "See https://news.example/story.")
    text = text_of(result.response)
    assert place.librarian.articles.read == ["https://news.example/story"]
    assert "It was quiet." in text
    assert "I looked only at what the message holds, and kept none of it" in text
    assert buttons_of(result.response) == {"Add to the library": "n:1"}
    assert place.librarian.answers.recorded == {}
    assert len(place.librarian.shelf) == 1


async def test_links_into_the_library_ask_the_library(place):
    _, result = await ask(place, "Look: https://harbor.example/1")
    assert place.librarian.articles.read == []
    [(_, collection, filters)] = place.librarian.answers.asked
    assert (collection, filters.article_ids) == (place.collection, ("a1",))
    assert "I looked only in this article" in text_of(result.response)
    assert "Quotes" in buttons_of(result.response)


async def test_what_the_library_has_is_read_together_with_the_rest(place):
    await ask(place, "https://harbor.example/1 and https://news.example/story")
    assert [one.url for one in place.librarian.answers.asked_texts] == [
        "https://harbor.example/1",
        "https://news.example/story",
    ]


async def test_a_file_of_a_message_opens_the_message(place):
    message, result = await ask(place, "", attachments=[("notes.txt", TEXT.encode()), ("cat.png", b"PNG")])
    assert place.librarian.articles.read == ["notes.txt"]
    assert f"/{place.channel.id}/{message.id}" in text_of(result.response)


async def test_the_words_of_a_message_are_asked_when_there_is_nothing_else(place):
    message, result = await ask(place, TEXT)
    [text] = place.librarian.answers.asked_texts
    assert (text.text, text.title) == (TEXT, "Message by cora")
    assert f"/{place.channel.id}/{message.id}" in text_of(result.response)


async def test_what_a_message_does_not_say_is_not_answered(place):
    _, result = await ask(place, TEXT, question="Is there nothing about whales?")
    assert "**I found nothing in what this message holds that answers this.**" in text_of(result.response)
    assert buttons_of(result.response) == {}


async def test_a_link_that_fails_is_named_beside_the_answer_of_the_others(place):
    _, result = await ask(place, "https://down.example/x https://news.example/story")
    notes = text_of(result.response)
    assert "I could not read" in notes
    assert "The page did not answer." in notes
    assert "It was quiet." in notes


async def test_a_message_whose_only_link_fails_says_why(place):
    _, result = await ask(place, "https://down.example/x")
    assert text_of(result.response) == "The page did not answer. Try again later."


async def test_of_many_links_the_first_are_read_and_the_rest_named(place):
    links = " ".join(f"https://news{number}.example/" for number in range(AT_ONCE + 2))
    _, result = await ask(place, links)
    assert len(place.librarian.articles.read) == AT_ONCE
    assert f"I read the first {AT_ONCE} of {AT_ONCE + 2} links and files." in text_of(result.response)


async def test_a_message_without_anything_to_read_says_so(place):
    _, result = await ask(place, "", attachments=[("cat.png", b"PNG")])
    assert "has no link, no file that I can read, and no text" in text_of(result.response)


async def test_a_question_about_a_message_counts_as_a_question(place):
    for _ in range(5):
        await ask(place, TEXT)
    _, result = await ask(place, TEXT)
    assert "You can ask again in" in text_of(result.response)
    assert result.ephemeral
