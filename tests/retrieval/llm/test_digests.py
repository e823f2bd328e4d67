"""Lines of a digest in a model's words, beside the exact words that support them."""

from datetime import date

import pytest
from fakes import small_library
from scripted_model import Script, scripted_model

from retrieval.domain.articles import NewArticle

pytestmark = pytest.mark.wire

BRIDGE = (
    "The council of Orrin voted on Thursday to rebuild the footbridge over the river. "
    "The new bridge will cost 1.4 million pounds. Work is to begin in September after the fish have spawned."
)


async def digest(tmp_path, script, **options):
    async with (
        scripted_model(script) as url,
        small_library(tmp_path, llm_base_url=url, llm_model="scripted") as librarian,
    ):
        for site in ("a.example", "b.example"):
            await librarian.articles.add(
                NewArticle(BRIDGE, title="The footbridge", site=site, published=date(2026, 6, 4)),
                collection="",
            )
        found = await librarian.digests.create(collection="", **options)
        return found, (await librarian.usage.get(collection="")).calls


async def test_a_line_is_worded_and_keeps_the_words_that_support_it(tmp_path):
    script = Script(
        texts=["The council of Orrin voted on Thursday to rebuild the footbridge over the river [1]."]
    )
    found, calls = await digest(tmp_path, script)
    story = found.stories[0]
    assert story.worded == "The council of Orrin voted on Thursday to rebuild the footbridge over the river."
    assert story.line.quote == story.line.span.of(BRIDGE)
    assert "voted on Thursday to rebuild the footbridge" in story.line.quote
    assert (found.written_by, calls) == ("scripted", 1)


async def test_what_no_article_supports_is_not_a_line(tmp_path):
    found, _ = await digest(tmp_path, Script(texts=["The council of Orrin sold the footbridge to a king."]))
    assert found.stories[0].worded == ""
    assert found.written_by == ""
    assert found.stories[0].line.quote == found.stories[0].line.span.of(BRIDGE)


async def test_a_failing_model_leaves_the_digest_as_it_is(tmp_path):
    found, _ = await digest(tmp_path, Script(statuses=[500], headers={"Retry-After": "0"}))
    assert found.stories
    assert found.written_by == ""


async def test_extractive_digests_do_not_ask(tmp_path):
    script = Script()
    await digest(tmp_path, script, extractive=True)
    assert script.calls == []
