"""What a text claims, and what the articles say to it."""

import pytest
from fakes import small_library

from retrieval.claims.entailment import Source, judge
from retrieval.claims.extraction import MOST, extract_claims
from retrieval.domain.articles import NewArticle
from retrieval.domain.claims import Verdict
from retrieval.errors import BadQuestion

pytestmark = pytest.mark.models  # parses

HARBOR = (
    "The harbor of Orrin was deepened in 1907 by forty workers. It cost 300 crowns. "
    "The council did not approve the second pier. The lighthouse is older than the harbor."
)


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as librarian:
        await librarian.articles.add(NewArticle(HARBOR, title="The harbor of Orrin"), collection="")
        yield librarian


def texts(written):
    return [one.text for one in extract_claims(written)]


def test_questions_greetings_and_opinions_are_no_claims():
    written = "Hello everybody! When was the harbor deepened? I love this old harbor. Thanks for adding it."
    assert texts(written) == []


@pytest.mark.parametrize(
    "written",
    [
        "I read somewhere that the harbor was deepened in 1907.",
        "Did you know that the harbor was deepened in 1907?",
        "> **The harbor was deepened in 1907.**",
        "And so, the harbor was deepened in 1907. https://orrin.example/harbor",
    ],
)
def test_how_a_claim_is_put_is_no_part_of_it(written):
    [claim] = texts(written)
    assert claim.rstrip("?.") == "The harbor was deepened in 1907"


def test_a_claim_about_it_is_looked_up_with_the_sentence_before():
    first, second = extract_claims("The harbor of Orrin was deepened in 1907. It cost 300 crowns in all.")
    assert second.about == first.text
    assert second.query == f"{first.text} {second.text}"


async def test_a_claim_that_the_articles_make_is_supported_with_their_words(library):
    check = await library.claims.check("The harbor of Orrin was deepened in 1907.", collection="")
    [claim] = check.claims
    assert claim.verdict is Verdict.SUPPORTED
    [citation] = claim.citations
    assert citation.quote == "The harbor of Orrin was deepened in 1907 by forty workers."
    assert citation.quote == citation.span.of(HARBOR)
    assert check.library_size == 1


async def test_another_year_contradicts_and_both_are_named(library):
    check = await library.claims.check("The harbor of Orrin was deepened in 1912.", collection="")
    [claim] = check.claims
    assert (claim.verdict, claim.at_odds) == (Verdict.CONTRADICTED, ("1912", "1907"))
    assert claim.citations[0].quote.startswith("The harbor of Orrin was deepened in 1907")


async def test_what_the_articles_do_not_settle_is_not_clearly_in_them(library):
    check = await library.claims.check("The harbor of Orrin was painted blue in 1907.", collection="")
    [claim] = check.claims
    assert claim.verdict is Verdict.UNCLEAR
    assert claim.citations[0].quote.startswith("The harbor of Orrin was deepened in 1907")


async def test_citations_are_numbered_on_from_claim_to_claim(library):
    written = "The harbor of Orrin was deepened in 1907. The lighthouse is older than the harbor."
    check = await library.claims.check(written, collection="")
    assert [one.number for claim in check.claims for one in claim.citations] == [1, 2]


async def test_claims_beyond_the_most_are_counted(library):
    written = " ".join(f"The harbor of Orrin was deepened in 19{n:02}." for n in range(10, 12 + MOST))
    check = await library.claims.check(written, collection="")
    assert (len(check.claims), check.left_out) == (MOST, 2)


async def test_a_text_without_a_claim_is_refused_with_what_is_checked(library):
    with pytest.raises(BadQuestion, match="sentences that say how something is"):
        await library.claims.check("lol", collection="")


async def test_an_empty_library_says_its_size(tmp_path):
    async with small_library(tmp_path / "empty") as librarian:
        check = await librarian.claims.check("The harbor was deepened in 1907.", collection="none")
    assert check.library_size == 0
    assert check.claims[0].verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    ("claim", "source", "verdict"),
    [
        (
            "The council approved the second pier.",
            "The council did not approve the second pier.",
            "contradicted",
        ),
        (
            "The council did not approve the second pier.",
            "The council approved the second pier.",
            "contradicted",
        ),
        ("The new pier cost 40 crowns.", "The new pier cost 300 crowns.", "contradicted"),
        ("The new pier cost 40 crowns.", "The new pier may cost 300 crowns.", "not in the articles"),
        ("The first pier was built in 1907.", "The second pier was built in 1912.", "not in the articles"),
        ("The pier of Orrin rose by two meters.", "The pier of Orrin fell by two meters.", "contradicted"),
        ("Ada Berg built the pier of Orrin.", "Karl Holm built the pier of Orrin.", "not in the articles"),
        (
            "The council approved the pier.",
            "The council might have approved the pier.",
            "not in the articles",
        ),
    ],
)
def test_what_one_sentence_says_to_another(claim, source, verdict):
    assert judge(claim, [Source(source)]).verdict == verdict


SNOW = "Snow in North Carolina is seen on a regular basis in the mountains."


@pytest.mark.parametrize(
    ("claim", "source", "verdict"),
    [
        (
            "The North Carolina Snows are located in the North Carolina Mountains.",
            SNOW,
            "not in the articles",
        ),
        (
            "The snow in North Carolina was seen in the mountains.",
            "The snow in North Carolina was seen on two days in the mountains.",
            "supported",
        ),
        ("Mayor Berg opened the pier of Orrin.", "Mayor Ada Berg opened the pier of Orrin.", "supported"),
        (
            "Mayor Berg opened the pier of Orrin.",
            "The mayor let Karl Holm open the pier of Orrin that Ms Berg opened first.",
            "not in the articles",
        ),
    ],
)
def test_words_make_a_name_only_where_they_stand_together(claim, source, verdict):
    assert judge(claim, [Source(source)]).verdict == verdict


def test_two_sentences_can_support_one_claim():
    sources = [Source("Six missions landed on the Moon."), Source("Nobody has walked on it since 1972.")]
    judged = judge("Nobody has walked on the Moon since 1972.", sources)
    assert (judged.verdict, judged.sources) == (Verdict.SUPPORTED, (0, 1))


async def test_a_paraphrase_that_the_strict_test_leaves_open_shows_the_nearest_sentence(library):
    check = await library.claims.check(
        "Forty workers dug the harbor of Orrin deeper in 1907 so that ships could enter.", collection=""
    )
    [claim] = check.claims
    assert claim.verdict is Verdict.UNCLEAR
    [citation] = claim.citations
    assert citation.quote == citation.span.of(HARBOR)
    assert "1907" in citation.quote


async def test_a_claim_about_something_else_has_no_nearest_sentence(library):
    check = await library.claims.check("Penguins lay their eggs on bare Antarctic ice.", collection="")
    [claim] = check.claims
    assert (claim.verdict, claim.citations) == (Verdict.NOT_FOUND, ())
