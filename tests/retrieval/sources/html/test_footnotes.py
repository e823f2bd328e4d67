"""Footnotes, as the programs that make pages write them."""

import pytest
from web_pages import CLOSING, COST, OPENING, web_page

from retrieval.sources.html.page import read_page

FIRST = "The committee met nine times that month."
REST = (
    "Nobody took minutes, and the two members who had a memory of it disagreed for the rest of their lives."
)
NOTE = "The committee's diary says eight, but it was kept by a man who slept through one of them."


def read(body):
    return read_page(web_page(body=body), "https://gazette.example/story").text


KRAMDOWN = (
    f"<p>{FIRST}<sup id='fnref:1'><a href='#fn:1' class='footnote' rel='footnote'>1</a>"
    f"</sup> {REST}</p><p>{COST}</p>"
    f"<div class='footnotes' role='doc-endnotes'><ol><li id='fn:1'><p>{NOTE} "
    "<a href='#fnref:1' class='reversefootnote'>&#8617;</a></p></li></ol></div>"
)
PANDOC = (
    f"<p>{FIRST}<a href='#fn1' class='footnote-ref' id='fnref1' role='doc-noteref'><sup>1</sup>"
    f"</a> {REST}</p>"
    f"<p>{COST}</p><section id='footnotes' class='footnotes'><hr><ol><li id='fn1'><p>{NOTE}"
    "<a href='#fnref1' class='footnote-back' role='doc-backlink'>↩︎</a></p></li></ol></section>"
)
SUBSTACK = (
    f"<p>{FIRST}<a class='footnote-anchor' data-component-name='FootnoteAnchorToDOM' "
    "id='footnote-anchor-1-9' "
    f"href='#footnote-1-9' target='_self'>1</a> {REST}</p><p>{COST}</p>"
    "<div class='footnote' data-component-name='FootnoteToDOM'>"
    "<a id='footnote-1-9' href='#footnote-anchor-1-9' "
    f"class='footnote-number' target='_self'>1</a><div class='footnote-content'><p>{NOTE}</p></div></div>"
)
WIKIPEDIA = (
    f"<p>{FIRST}<sup id='cite_ref-1' class='reference'><a href='#cite_note-1'>[1]</a></sup>"
    f"<sup class='noprint'>[<i><a href='/wiki/CN'>citation needed</a></i>]</sup> {REST}</p><p>{COST}</p>"
    "<h2><span class='mw-headline'>Notes</span>"
    "<span class='mw-editsection'>[<a href='/e'>edit</a>]</span></h2>"
    "<div class='reflist'><ol class='references'><li id='cite_note-1'><span class='mw-cite-backlink'>"
    f"<a href='#cite_ref-1'>^</a></span> <span class='reference-text'>{NOTE}</span></li></ol></div>"
)
LATEXML = (
    f"<p class='ltx_p'>{FIRST}<span class='ltx_note ltx_role_footnote'><sup class='ltx_note_mark'>1</sup>"
    "<span class='ltx_note_outer'><span class='ltx_note_content'><sup class='ltx_note_mark'>1</sup>"
    f"<span class='ltx_tag ltx_tag_note'>1</span>{NOTE}</span></span></span> {REST}</p><p>{COST}</p>"
)
BY_HAND = f"<p>{FIRST}<sup>1</sup> {REST}</p><p>{COST}</p><hr><p><sup>1</sup> {NOTE}</p>"
MAKERS = {
    "kramdown": KRAMDOWN,
    "pandoc": PANDOC,
    "substack": SUBSTACK,
    "wikipedia": WIKIPEDIA,
    "latexml": LATEXML,
    "by hand": BY_HAND,
}


@pytest.mark.parametrize("maker", MAKERS)
def test_a_note_stands_behind_its_paragraph_and_its_mark_is_gone(maker):
    body = f"<p>{OPENING}</p>{MAKERS[maker]}"
    assert read(body) == "\n\n".join([OPENING, f"{FIRST} {REST}", f"Note: {NOTE}", COST])


def test_several_notes_of_a_paragraph_stay_in_order_and_those_of_an_item_stay_in_it():
    marks = "".join(f"<sup><a href='#n{n}'>{n}</a></sup>" for n in (1, 2))
    notes = "".join(f"<li id='n{n}'>The note with number {n} says little.</li>" for n in (1, 2, 3))
    body = (
        f"<p>{OPENING}{marks}</p><ul><li>A first item of the list.<sup><a href='#n3'>3</a></sup></li>"
        f"<li>A second item of it.</li></ul><p>{COST}</p><ol>{notes}</ol><p>{CLOSING}</p>"
    )
    text = read(body)
    places = [text.index(part) for part in ("number 1", "number 2", "A first item", "number 3", "A second")]
    assert places == sorted(places)
    assert text.count("says little") == 3


def test_a_bibliography_stays_where_it_is_and_its_numbers_go():
    body = (
        f"<p>{OPENING}</p>"
        "<p>It was shown before<cite class='ltx_cite'>[<a href='#bib.1'>1</a>]</cite> that it holds."
        f"<sup><a href='#s2'>[2]</a></sup></p><p>{COST}</p><ol class='references'>"
        "<li id='bib.1'><cite>Sollmann, G. Towers of the lake, 1912.</cite></li>"
        "<li id='s2'><cite>Quist, B. Wells of the lake, 1931.</cite></li></ol>"
    )
    text = read(body)
    assert "shown before that it holds." in text
    assert "[" not in text
    assert "Note:" not in text


def test_exponents_and_links_to_sections_are_no_notes():
    body = (
        f"<p>{OPENING}</p><p>The hall has 40 m<sup>2</sup> and cost 10<sup>6</sup> marks, as "
        f"<a href='#s1'>1</a> shows.</p><p>{COST}</p><h2 id='s1'>1 The hall</h2><p>{CLOSING}</p>"
    )
    text = read(body)
    assert "as 1 shows" in text
    assert "Note:" not in text
    assert text.endswith(CLOSING)


def test_a_heading_beside_its_link_to_edit_is_kept_without_the_link():
    wrapped = (
        "<div class='mw-heading mw-heading2'><h2 id='Dam'>The dam</h2><span class='mw-editsection'>"
        "<span class='mw-editsection-bracket'>[</span><a href='/e'>edit</a>"
        "<span class='mw-editsection-bracket'>]</span></span></div>"
    )
    assert f"\n\nThe dam\n\n{COST}" in read(f"<p>{FIRST} {REST}</p>{wrapped}<p>{COST}</p><p>{CLOSING}</p>")
