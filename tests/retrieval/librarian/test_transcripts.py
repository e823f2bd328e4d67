"""Words of a recording are cited with the time at which they are said, in answers that are kept too."""

from fakes import small_library

from retrieval.cli.terminal import article_line
from retrieval.domain.articles import NewArticle

TALK = NewArticle(
    "(at 0:04) Edda: The dough rests on the table. Nobody touches it.\n\n"
    "(at 12:40) Edda: The water for the dough has 27 degrees. The salt comes last.",
    title="Bread",
)


async def test_the_time_of_the_cited_words_is_kept_with_the_answer(tmp_path):
    async with small_library(tmp_path) as library:
        await library.articles.add(TALK, collection="ours")
        answer = await library.answers.ask("Does the salt come last of all?", collection="ours")
        kept = await library.answers.record(answer, collection="ours")
        again = await library.answers.recall(kept.id, collection="ours")
    assert {one.time for one in answer.citations} == {"12:40"}
    assert again.citations == answer.citations
    [number] = again.statements[0].numbers
    [citation] = [one for one in again.citations if one.number == number]
    assert citation.quote == "The salt comes last."
    assert "Bread · at 12:40 · " in article_line(citation.article, time=citation.time).plain + " · "
