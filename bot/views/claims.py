"""The card of claims checked against the articles: each with its verdict and the exact words behind it."""

from bot.context import Place
from bot.formatting import Card, Tone, citation_link, cut, fit, format_block_quote, one_line, small
from bot.i18n import gettext_noop, nt, t, translate_message
from bot.views.answer_text import source_lines
from retrieval.domain import Citation, Claim, ClaimsCheck, Verdict

_VERDICTS = {
    Verdict.SUPPORTED: gettext_noop("Supported"),
    Verdict.CORRECTED: gettext_noop("Corrected in a newer article"),
    Verdict.CONTRADICTED: gettext_noop("Contradicted"),
    Verdict.UNCLEAR: gettext_noop("Not clearly in the articles"),
    Verdict.NOT_FOUND: gettext_noop("Not in the articles"),
}
SIGNS = {
    Verdict.SUPPORTED: "✓",
    Verdict.CORRECTED: "⚠",
    Verdict.CONTRADICTED: "✗",
    Verdict.UNCLEAR: "?",
    Verdict.NOT_FOUND: "○",
}
_CLAIM_CHARS = 300
_DIFFERS_CHARS = 160
_SOURCES_SHOWN = 6
_LEAST_ROOM = 160
"""Characters that the words behind a claim get, however many claims there are."""
_FOOTER = gettext_noop(
    "“Not in the articles” does not mean false; it means that they neither confirm nor deny it."
)


def claims_check_card(check: ClaimsCheck, place: Place) -> Card:
    """Return the card for the person who asked."""
    found = any(one.citations for one in check.claims)
    card = Card(Tone.NEUTRAL if found else Tone.NOTHING_FOUND)
    if check.library_size == 0:
        add = t("Add a first article with `/article add`, then check again.")
        card.add_text(f"{place.empty} {add}")
        return card
    card.add_text(
        t(
            "**{claims} checked** against {articles}",
            claims=nt("{count:,} claim", "{count:,} claims", len(check.claims)),
            articles=place.articles(check.library_size),
        )
    )
    if check.left_out:
        card.add_text(
            small(
                t(
                    "I checked the first {checked} and left out {more} more.",
                    checked=len(check.claims),
                    more=check.left_out,
                )
            )
        )
    citations = [citation for claim in check.claims for citation in claim.citations]
    heads = sum(len(_claim(one)) for one in check.claims)
    sources = source_lines(citations, _SOURCES_SHOWN)
    left = card.room - heads - len(sources) - len(small(t(_FOOTER)))
    room = max(_LEAST_ROOM, left // max(1, len(citations)))
    for claim in check.claims:
        card.add_line()
        card.add_text(_claim(claim))
        for citation in claim.citations:
            card.add_section(_words(citation, room), open_link=citation_link(citation))
    if sources:
        card.add_line()
    card.add_text(sources)
    card.add_footer(t(_FOOTER))
    return card


def _claim(claim: Claim) -> str:
    said = f"{SIGNS[claim.verdict]} **{t(_VERDICTS[claim.verdict])}**"
    if claim.at_odds is not None and _shows_words_at_odds(claim):
        here, there = (fit(cut(one_line(one), 60), 80) for one in claim.at_odds)
        said += t(" · “{here}” here, “{there}” there", here=here, there=there)
    if claim.verdict is Verdict.UNCLEAR and claim.read_as is None:
        said += t(" · close to it:")
    if claim.read_as is not None:
        said += t(" · a language model reads it so: {verdict}", verdict=t(_VERDICTS[claim.read_as]))
    said = f"{said}\n{fit(cut(one_line(claim.text), _CLAIM_CHARS), _CLAIM_CHARS + 100)}"
    if claim.divergence is None or _shows_words_at_odds(claim):
        return said
    differs = fit(
        cut(one_line(translate_message(claim.divergence.describe())), _DIFFERS_CHARS), 2 * _DIFFERS_CHARS
    )
    line = t("What differs: {differs}", differs=differs)
    return f"{said}\n{small(line)}"


def _shows_words_at_odds(claim: Claim) -> bool:
    return claim.at_odds is not None and claim.at_odds[0] != claim.text


def _words(citation: Citation, room: int) -> str:
    marker = f" [{citation.number}]"
    return format_block_quote(
        f"“{fit(one_line(citation.quote), max(room, _LEAST_ROOM) - len(marker) - 8)}”{marker}"
    )
