"""What is read of a page's own tree that the text of its article no longer shows."""

import pytest

from retrieval.domain import Span
from retrieval.sources.html.page import read_page
from retrieval.structure import read_structure

PROSE = "The ferry between the two islands carries more people every year, and nobody in the town knows quite why. "  # noqa: E501


def read(body, head=""):
    page = f"<html><head><title>The ferry</title>{head}</head><body><main><article>{body}</article></main></body></html>"  # noqa: E501
    article = read_page(page.encode(), "https://a.example/ferry")
    return article, read_structure(article.text, article.blocks)


def span_of(article, words):
    start = article.text.index(words)
    return Span(start, start + len(words))


def words_of(article, spans):
    return [span.of(article.text) for span in spans]


def test_a_heading_right_above_another_is_kept_and_heads_it():
    article, structure = read(
        f"<h1>The ferry</h1><p>{PROSE * 2}</p>"
        f"<section><h2>Version 2</h2><h3>Port</h3><p>It listens on port 7400 unless told "
        f"otherwise.</p></section>"
        f"<section><h2>Version 3</h2><h3>Port</h3><p>It listens on port 7450 unless told "
        f"otherwise.</p></section>"
        f"<div><p>{PROSE}</p></div>"
    )
    path = structure.heading_path(span_of(article, "It listens on port 7450"))
    assert words_of(article, path) == ["Version 3", "Port"]
    assert structure.heading_path(Span(article.text.rindex(PROSE.strip()), len(article.text))) == ()


@pytest.mark.parametrize(
    "items",
    [
        "<li>A ticket to the islands.</li>",
        "<p>You need this:<li>A ticket to the islands.</p>",
        "<dl><li>A ticket to the islands.</li></dl>",
        "<div><li>A ticket to the islands.</li> <li>A coat.</li>or a hat</div>",
        f"{'<ul><li>' * 30}A ticket to the islands.{'</li></ul>' * 30}",
    ],
)
def test_items_outside_a_list_or_deep_in_lists_are_read(items):
    more = "The harbor office counts the passengers by hand, and has lost its books of two years in a flood. "
    article, structure = read(f"<p>{PROSE * 2}</p>{items}<p>{more * 2}</p>")
    assert more.strip() in article.text
    assert "- A ticket to the islands." in article.text
    assert all(0 <= block.level <= 99 for block in structure.blocks)


def test_nested_items_stand_under_the_item_that_the_page_puts_them_in():
    article, structure = read(
        f"<p>{PROSE * 2}</p><p>We do not pay for the following:</p><ul><li>races</li><li>damage by"
        f"<ul><li>rust</li><li>frost</li></ul></li><li>luggage</li></ul><p>{PROSE}</p>"
    )
    assert words_of(article, structure.lead_ins_of(span_of(article, "- frost"))) == [
        "We do not pay for the following:",
        "- damage by",
    ]
    assert words_of(article, structure.lead_ins_of(span_of(article, "- luggage"))) == [
        "We do not pay for the following:"
    ]


def test_cells_under_merged_headers_belong_to_all_of_them():
    article, structure = read(
        f"<p>{PROSE * 2}</p><table><tr><th rowspan=2>Day</th><th colspan=2>Term</th><th "
        f"colspan=2>Holidays</th></tr>"
        "<tr><th>Lanes</th><th>Baths</th><th>Lanes</th><th>Baths</th></tr>"
        "<tr><td>Monday</td><td>6–9</td><td>10–12</td><td>7–8</td><td>11–19</td></tr>"
        f"<tr><td>Friday</td><td>12–14</td><td>15–16</td><td colspan=2>women only</td></tr></table>"
        f"<p>{PROSE}</p>"
    )
    assert structure.read_row(span_of(article, "7–8")) == "Monday – Holidays Lanes: 7–8"
    assert structure.read_row(span_of(article, "women only")) == "Friday – Holidays: women only"


def test_a_footnote_that_is_referred_to_twice_belongs_to_both_sentences():
    article, structure = read(
        f"<p>{PROSE * 2}</p><p>It cost 41 million.<sup><a href='#n1'>1</a></sup> It opened in May.</p>"
        "<p>Of that the state paid half.<sup><a href='#n1'>1</a></sup></p>"
        f"<p>{PROSE}</p><ol><li id='n1'>Without the land.</li></ol>"
    )
    note = ["Note: Without the land."]
    assert words_of(article, structure.footnotes_of(span_of(article, "It cost 41 million."))) == note
    assert words_of(article, structure.footnotes_of(span_of(article, "Of that the state paid half."))) == note
    assert structure.footnotes_of(span_of(article, "It opened in May.")) == ()


def test_the_headings_of_a_live_blog_belong_to_the_entry_and_not_to_the_next():
    entries = "".join(
        f"<div class='entry'><time datetime='2025-11-14T{hour}'>{hour}</time><h3>{head}</h3>"
        f"<p>{said}</p></div>"
        for hour, head, said in (
            ("18:40", "Bridge", "The bridge is open again for cars, but lorries wait until morning."),
            ("14:20", "Bridge", "The bridge is shut in both directions after a lorry fell over."),
            ("09:15", "Power", "About 9,000 homes are without power in Orrin and in Marl."),
        )
    )
    article, structure = read(f"<p>{PROSE * 2}</p>{entries}")
    shut = span_of(article, "The bridge is shut")
    assert structure.entry_of(shut).of(article.text) == "14:20"
    assert words_of(article, structure.heading_path(shut)) == ["Bridge"]
    assert structure.entry_of(span_of(article, "About 9,000")).of(article.text) == "09:15"


def test_questions_are_known_by_the_data_for_search_engines():
    data = (
        '<script type="application/ld+json">{"@type": "FAQPage", "mainEntity": [{"@type": "Question",'
        ' "name": "Refunds for a stolen bike", "acceptedAnswer": {"text": "None."}}]}</script>'
    )
    article, structure = read(
        f"<p>{PROSE * 2}</p><h3>Refunds for a stolen bike</h3><p>There are none after two "
        f"hours.</p><p>{PROSE}</p>",
        data,
    )
    question = structure.question_of(span_of(article, "There are none"))
    assert question.of(article.text) == "Refunds for a stolen bike"


def test_the_terms_of_a_list_of_definitions_head_their_descriptions_only():
    article, structure = read(
        f"<p>{PROSE * 2}</p><dl><dt>P-104</dt><dd>The parcel has been sent back to its sender.</dd>"
        f"<dt>P-140</dt><dd>The door is jammed, so push it once.</dd></dl><p>Codes with X are for "
        f"technicians only.</p>"
    )
    assert words_of(article, structure.heading_path(span_of(article, "The door is jammed"))) == ["P-140"]
    assert structure.heading_path(span_of(article, "Codes with X")) == ()


def test_a_block_quotation_and_typed_lines_are_told_from_prose():
    article, structure = read(
        f"<p>{PROSE * 2}</p><blockquote><p>Nobody will come.</p></blockquote><p>So said the mayor "
        f"of the town.</p>"
        f"<p>Type this:</p><pre>ferry --start\nferry --stop now</pre><p>{PROSE}</p>"
    )
    assert structure.kind_of(span_of(article, "Nobody will come.")) == "quotation"
    assert structure.kind_of(span_of(article, "So said the mayor")) == "paragraph"
    assert structure.kind_of(span_of(article, "ferry --stop")) == "code"
    assert structure.lead_in_of(span_of(article, "ferry --start")).of(article.text) == "Type this:"


def test_a_menu_that_repeats_a_heading_moves_nothing():
    article, structure = read(
        f"<ul><li><a href='#b'>Prices of the ferry</a></li></ul><p>{PROSE * 4}</p><h2>Prices of the "
        f"ferry</h2>"
        f"<p>Cars pay three euros on every day.</p>"
    )
    path = structure.heading_path(span_of(article, "Cars pay three"))
    assert words_of(article, path) == ["Prices of the ferry"]
