"""Who said what in the sample library, as a reader of it finds it, and summaries that read alone."""

import re
from pathlib import Path

import pytest
from fakes import small_library

import bot.demo
from retrieval.protocols import Fetched
from retrieval.sources.readers import extract_article

FOLDER = Path(bot.demo.__file__).parent / "articles"
SAID = {
    "That’s one small step for man, one giant leap for mankind,": "Armstrong",
    "one small step for a man": "Armstrong",
    "magnificent desolation": "Buzz Aldrin",
    "I want to be found on the right side of the record, even when it is the losing side,": "Janet Pike",
    "The nine pounds were right all along,": "Colin Webb",
    "It was the paper on the table that was old.": "Colin Webb",
    "A town that is cut in two is not a town,": "Helen Marsh",
    "I am not against a bridge,": "Martin Oakes",
    "I am against a bridge that we pay for twice.": "Martin Oakes",
    "The river has told us what it needs,": "Priya Raman",
    "We should listen this time.": "Priya Raman",
    "They counted the steps for their mathematics lesson,": "Ruth Adeyemi",
    "It is 2,300 more each way since February.": "Ruth Adeyemi",
    "Vague but exciting.": "Mike Sendall",
    "This is for everyone": "Tim Berners-Lee",
}
BEGINS = {"Our children have walked around": "Helen Marsh", "Every household will pay": "Colin Webb"}
LEANS = re.compile(r"(?:he|she|they|it|his|her|their|its|this|that|these|those|meanwhile|but|and)\b", re.I)


@pytest.fixture
async def sample(tmp_path):
    async with small_library(tmp_path) as librarian:
        for file in sorted(FOLDER.glob("*.md")):
            article = extract_article(Fetched(file.read_bytes(), file.name, "text/markdown", "utf-8"))
            await librarian.articles.add(article, collection="default")
        yield librarian


async def test_every_quotation_has_its_speaker_and_nothing_else_is_one(sample):
    found = {one.text: one.speaker for one in await sample.quotes.find(collection="default", limit=None)}
    begun = {text: speaker for text, speaker in found.items() if text.startswith(tuple(BEGINS))}
    assert sorted(begun.values()) == sorted(BEGINS.values())
    assert {text: speaker for text, speaker in found.items() if text not in begun} == SAID


async def test_several_speakers_are_offered(sample):
    speakers = await sample.quotes.suggest_speakers("", collection="default")
    assert {"Helen Marsh", "Martin Oakes", "Priya Raman", "Colin Webb"} <= set(speakers)


@pytest.mark.parametrize("length", ["short", "medium", "long"])
async def test_summaries_are_verbatim_in_order_and_open_with_what_can_be_read_alone(sample, length):
    for article in await sample.articles.list(collection="default"):
        text = await sample.articles.get_text(article.public_id, collection="default")
        summary = await sample.summaries.summarize(article.public_id, collection="default", length=length)
        assert summary.statements
        spans = [citation.span for citation in summary.citations]
        assert spans == sorted(spans)
        assert all(citation.span.of(text) == citation.quote for citation in summary.citations)
        assert not LEANS.match(summary.statements[0].text), summary.statements[0].text
