"""What the markup of pages says beside their words: rows, lists, typed lines, times, signs."""

from pathlib import Path

import pytest
from web_pages import CLOSING, COST, OPENING, web_page

from retrieval.errors import NotReadable
from retrieval.sources.html.page import read_page
from retrieval.sources.tables import table_lines
from retrieval.text.sentences import sentences

FIELD = Path(__file__).parents[3] / "data" / "field"


def read(body, head=""):
    return read_page(web_page(body=body, head=head), "https://gazette.example/story")


def field(name):
    return read_page((FIELD / name).read_bytes(), name).text


def rows_of(*rows):
    return "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)


def test_a_row_of_a_table_is_a_sentence_that_names_its_columns():
    text = field("06-table.html")
    found = [span.of(text) for span in sentences(text)]
    assert "Valley: Kelder | 2021: 205 | 2022: 211 | 2023: 219 | 2024: 224 | Inspector: Lindqvist" in found
    assert found[-1] == "A frost in April hit the Cressel valley hardest."


def test_cells_over_several_columns_and_rows_and_captions_are_kept():
    table = (
        "<table><caption>Fares by boat</caption><tr><th>Boat</th><th>Day</th><th>Fare</th></tr>"
        "<tr><td rowspan='2'>Otter</td><td>Friday</td><td>12</td></tr><tr><td>Sunday</td>"
        "<td>14</td></tr></table>"
    )
    text = read(f"<p>{OPENING}</p>{table}<p>{COST}</p>").text
    assert "Fares by boat\nBoat: Otter | Day: Friday | Fare: 12\nBoat: Otter | Day: Sunday | Fare: 14" in text


def test_a_table_for_the_layout_is_no_table_of_figures():
    body = f"<table><tr><td><p>{OPENING}</p><ul><li>One</li></ul></td><td><div>{COST}</div></td></tr></table>"
    text = read(body + f"<p>{CLOSING}</p>").text
    assert OPENING in text
    assert COST in text


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["Tomato", "120"], ["Bean", "85"]], ["Tomato | 120", "Bean | 85"]),
        ([["Crop", "Seeds"], ["Bean", "85"]], ["Crop: Bean | Seeds: 85"]),
        ([["Lock", "2023"], ["Ash", "21,400"]], ["Lock: Ash | 2023: 21,400"]),
        ([["Ann", "Velm"], ["Bo", "Orsa"]], ["Ann | Velm", "Bo | Orsa"]),
        ([["Crop", ""], ["", "85"]], ["Crop", "85"]),
    ],
)
def test_heads_are_known_by_their_look_where_nothing_says_so(rows, lines):
    assert table_lines(rows) == lines


def test_typed_lines_keep_their_ends_and_stay_with_what_leads_to_them():
    assert "type this:\npip install greenhouse-valve==2.4.1\nvalvectl enable --interval" in field(
        "10-code.html"
    )


def test_items_stay_with_their_lead_in():
    text = field("01-list-span.html")
    assert "these rights:\n- You may borrow" in text
    assert (
        "Members who break the charter lose the following:\n"
        "- their borrowing card for eighteen months\n- their seat in the spring meeting"
    ) in [span.of(text) for span in sentences(text)]


def test_numbers_of_items_are_kept():
    text = read(f"<p>{OPENING}</p><ol><li>Open the sluice.</li><li>Wait an hour.</li></ol><p>{COST}</p>").text
    assert "1. Open the sluice.\n2. Wait an hour." in text


def test_entries_of_a_live_blog_keep_their_times():
    text = field("04-liveblog.html")
    assert "18.40 GMT: The bridge at Ness has reopened" in text
    assert "09.40 GMT: Police have closed" in text


def test_a_single_time_above_an_article_is_no_entry():
    body = f"<time datetime='2025-02-01T10:00Z'>10:00</time><p>{OPENING}</p><p>{COST}</p>"
    assert "10:00:" not in read(body).text


def test_signs_to_link_to_a_heading_are_left_out_of_title_and_text():
    body = (
        "<h1>Bridge opens to cyclists<a class='headerlink' href='#b' title='Permalink'>¶</a></h1>"
        f"<p>{OPENING}</p><h2 id='c'>What it cost <a href='#c'>#</a></h2><p>{COST}</p>"
    )
    article = read(body)
    assert article.title == "Bridge opens to cyclists"
    assert "What it cost\n" in article.text
    assert "¶" not in article.text


def test_lines_of_japanese_end_without_a_space():
    lines = "<p>灯台は一九二四年に建\nてられた。高さは三十二メー\nトルである。</p>" * 9
    assert "年に建てられた。高さは三十二メートルである。" in read(lines).text


def test_a_section_front_is_refused_with_advice():
    with pytest.raises(NotReadable, match=r"list of articles.*Add the address"):
        field("05-index-page.html")


def front(link="/story-{}", head=""):
    cards = "".join(
        f"<article><h3><a href='{link.format(n)}'>A headline about matter {n}</a></h3>"
        f"<p>In matter number {n} the council has decided to wait until the winter is over.</p></article>"
        for n in range(8)
    )
    return read(cards, head=head).text


def test_a_list_of_teasers_is_refused_unless_the_page_says_that_it_is_an_article():
    with pytest.raises(NotReadable, match="list of articles"):
        front()
    assert "matter number 3" in front(head="<meta property='og:type' content='article'>")


def test_an_article_about_pages_of_other_sites_is_no_section_front():
    assert "matter number 3" in front("https://other{}.example/a")


def test_an_article_with_teasers_below_it_is_read():
    cards = "".join(
        f"<div class='card'><h3><a href='/s{n}'>A headline about matter {n}</a></h3><p>It waits.</p></div>"
        for n in range(8)
    )
    text = read(f"<h1>Bridge opens to cyclists</h1><p>{OPENING}</p><p>{COST}</p><p>{CLOSING}</p>{cards}").text
    assert text.startswith(OPENING)


def test_a_text_that_stands_only_in_json_ld_is_read_there():
    article = read_page((FIELD / "51-ldonly.html").read_bytes(), "51-ldonly.html")
    assert article.text.startswith("The weir keeper of Hob End has a dog")
    assert article.title == "The weir keeper's dog learns to swim"
    assert any("search engines" in note for note in article.notes)


def test_a_pay_wall_is_named_and_not_read_past():
    with pytest.raises(NotReadable, match="for subscribers"):
        field("09-paywall-jsonld.html")
