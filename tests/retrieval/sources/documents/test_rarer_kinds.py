"""Subtitles, notebooks, OpenDocument texts, RTF and JSON Feeds."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from web_pages import COST, OPENING

from retrieval.errors import NotReadable, SourceRefused
from retrieval.protocols import Fetched
from retrieval.sources.bundles import extract_all
from retrieval.sources.readers import extract_article
from retrieval.text.sentences import sentences

FIELD = Path(__file__).parents[3] / "data" / "field"


def read(body, name):
    return extract_article(Fetched(body if isinstance(body, bytes) else body.encode(), name, ""))


# -- subtitles -------------------------------------------------------------------------


def cues(*lines, step=4, mark="."):
    """Return the cues of an .srt or .vtt file, one after the other."""
    return "".join(
        f"{n}\n00:{n * step // 60:02}:{n * step % 60:02}{mark}000 --> "
        f"00:{(n + 1) * step // 60:02}:{(n + 1) * step % 60:02}{mark}000\n{line}\n\n"
        for n, line in enumerate(lines)
    )


def test_cues_are_joined_and_their_times_are_places():
    article = read((FIELD / "14-transcript.vtt").read_bytes(), "14-transcript.vtt")
    paragraphs = article.text.split("\n\n")
    assert paragraphs[0].startswith("(at 0:01) welcome back to the channel today we are going to look at")
    assert all(paragraph.startswith("(at 0:") for paragraph in paragraphs)
    assert len(sentences(article.text)) == len(paragraphs) == 2
    assert "-->" not in article.text
    assert article.title == "14-transcript"


def test_voices_and_labels_are_speakers():
    vtt = "WEBVTT - The mill\n\n" + cues(
        "<v Edda>The water has to be at 27 degrees.</v>",
        "<v Edda>Not a degree more.",
        "<v.loud Tom Kern>And the salt &amp; the rest?",
        "<v Edda>After two hours.",
    )
    article = read(vtt, "mill.vtt")
    assert article.title == "The mill"
    assert article.text.split("\n\n") == [
        "(at 0:00) Edda: The water has to be at 27 degrees. Not a degree more.",
        "(at 0:08) Tom Kern: And the salt & the rest?",
        "(at 0:12) Edda: After two hours.",
    ]
    srt = cues("TOM: Is it <i>{\\an8}done</i>?", "EDDA: It is.", "It was done at noon.", mark=",")
    assert read(srt, "mill.srt").text.split("\n\n") == [
        "(at 0:00) TOM: Is it done?",
        "(at 0:04) EDDA: It is. It was done at noon.",
    ]


def test_lines_that_roll_upwards_are_said_once_and_repeated_words_are_kept():
    lines = ["the first thing is the water", "it has to be at 27", "degrees and no more", "then the salt"]
    rolling = cues(lines[0], *(f"{a}\n{b}" for a, b in zip(lines, lines[1:], strict=False)))
    assert read(f"WEBVTT\n\n{rolling}", "a.vtt").text == f"(at 0:00) {' '.join(lines)}"
    spoken = cues("Is it true what he said?", "No.", "No.", "It is not, and never was.", "Go home now.")
    assert read(f"WEBVTT\n\n{spoken}", "b.vtt").text.count("No.") == 2


def test_a_pause_and_an_hour_begin_a_paragraph():
    vtt = (
        "WEBVTT\n\n00:01.000 --> 00:03.000\nThe water is warm now.\n\n"
        "01:12:40.500 --> 01:12:42.000\nThe bread is done now.\n"
    )
    assert (
        read(vtt, "a.vtt").text == "(at 0:01) The water is warm now.\n\n(at 1:12:40) The bread is done now."
    )


@pytest.mark.parametrize("body", ["WEBVTT\n\n00:00:01.000 --> x\nwords\n", "WEBVTT\n"])
def test_subtitles_without_a_cue_are_refused(body):
    with pytest.raises(NotReadable):
        read(body, "a.vtt")


# -- notebooks -------------------------------------------------------------------------


def notebook(*cells, **said):
    return json.dumps({"cells": list(cells), "metadata": said, "nbformat": 4, "nbformat_minor": 5})


def test_a_notebook_keeps_words_code_and_what_it_printed():
    article = read(
        notebook(
            {"cell_type": "markdown", "source": ["# The *bridge*\n", "\n", OPENING]},
            {
                "cell_type": "code",
                "source": "x = 1\nprint(x)",
                "outputs": [
                    {"output_type": "stream", "text": ["1\n"]},
                    {"output_type": "display_data", "data": {"image/png": "AAAA", "text/plain": "<Figure>"}},
                ],
            },
            authors=[{"name": "Ada Berg"}],
        ),
        "bridge.ipynb",
    )
    assert article.text == f"The bridge\n\n{OPENING}\n\nx = 1\nprint(x)\n\n1"
    assert (article.title, article.author) == ("The *bridge*", "Ada Berg")
    assert any("Pictures" in note for note in article.notes)


@pytest.mark.parametrize("body", ['{"cells": [], "nbformat": 4', '{"cells": 3, "nbformat": 4}', "{}"])
def test_a_damaged_notebook_is_refused(body):
    with pytest.raises(NotReadable):
        read(body, "a.ipynb")


# -- OpenDocument ----------------------------------------------------------------------


def opendocument(kind="text"):
    from odfdo import Document, Header, List, Note, Paragraph, Table

    document = Document(kind)
    document.meta.title = "The Bridge"
    document.meta.initial_creator = "Ada Berg"
    if kind == "text":
        body = document.body
        body.clear()
        body.append(Header(1, "Prices"))
        noted = Paragraph(OPENING)
        noted.append(Note(note_class="footnote", note_id="n1", citation="1", body="The council says eight."))
        body.append(noted)
        body.append(List(["Cars pay three euros.", "Bikes pay nothing."]))
        table = Table("Seeds", width=2, height=3)
        table.set_values([["Crop", "Seeds"], ["Tomato", "120"], ["Bean", "85"]])
        body.append(table)
        body.append(Paragraph(COST))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_an_opendocument_text_keeps_its_parts_in_order():
    article = read(opendocument(), "bridge.odt")
    assert article.text.split("\n\n") == [
        "Prices",
        OPENING,
        "Note: The council says eight.",
        "- Cars pay three euros.\n- Bikes pay nothing.",
        "Crop: Tomato | Seeds: 120\nCrop: Bean | Seeds: 85",
        COST,
    ]
    assert (article.title, article.author) == ("The Bridge", "Ada Berg")


@pytest.mark.parametrize("left_out", ["meta.xml", "styles.xml"])
def test_parts_that_an_opendocument_text_need_not_have_are_not_missed(left_out):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(opendocument())) as whole, zipfile.ZipFile(stream, "w") as fewer:
        for name in whole.namelist():
            if name != left_out:
                fewer.writestr(name, whole.read(name))
    assert OPENING in read(stream.getvalue(), "bridge.odt").text


def test_other_opendocument_files_are_refused_with_advice():
    with pytest.raises(SourceRefused, match="PDF"):
        read(opendocument("spreadsheet"), "a.ods")


def test_an_opendocument_text_that_unpacks_to_far_more_than_it_is_is_refused():
    stream = io.BytesIO(opendocument())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes.xml", "<a/>" * 200_000)
    with pytest.raises(NotReadable, match="damaged"):
        read(stream.getvalue(), "a.odt")


# -- RTF -------------------------------------------------------------------------------


def test_an_rtf_document_keeps_its_notes_rows_and_letters():
    rtf = (
        r"{\rtf1\ansi\ansicpg1252{\info{\title The Bridge}{\author Ad\'e9 Berg}}{\fonttbl{\f0 Arial;}}"
        rf"\pard {OPENING[:60]}{{\super\chftn{{\footnote \chftn The council says eight.}}}} in May.\par "
        r"The caf\'e9 is shut.\par \trowd\cellx1\cellx2\intbl Crop\cell Seeds\cell\row "
        r"\trowd\cellx1\cellx2\intbl Bean\cell 85\cell\row \pard The end of it.\par}"
    )
    article = read(rtf, "bridge.rtf")
    assert article.text.split("\n\n") == [
        f"{OPENING[:60]} in May.",
        "Note: The council says eight.",
        "The café is shut.",
        "Crop: Bean | Seeds: 85",
        "The end of it.",
    ]
    assert (article.title, article.author) == ("The Bridge", "Adé Berg")


# -- JSON Feed -------------------------------------------------------------------------


def test_entries_of_a_json_feed_are_read():
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "home_page_url": "https://gazette.example/",
        "language": "en-GB",
        "authors": [{"name": "Ada Berg"}],
        "items": [
            {"id": "1", "url": "/p1", "title": "One", "content_html": f"<p>{OPENING}</p><p>{COST}</p>"},
            {
                "id": "https://gazette.example/p2",
                "content_text": COST,
                "date_published": "2025-02-08T10:00:00Z",
            },
            {"id": "1", "url": "/p1", "title": "One again"},
            "no entry",
        ],
    }
    found = extract_all(
        Fetched(json.dumps(feed).encode(), "https://gazette.example/feed.json", "application/json")
    )
    assert [one.url for one in found] == ["https://gazette.example/p1", "https://gazette.example/p2"]
    first, second = (one.article for one in found)
    assert first.text == f"{OPENING}\n\n{COST}"
    assert (first.author, first.language, first.site) == ("Ada Berg", "en", "gazette.example")
    assert str(second.published) == "2025-02-08"


def test_a_json_feed_of_links_names_their_pages():
    found = extract_all(Fetched((FIELD / "50-jsonfeed.json").read_bytes(), "feed.json", ""))
    assert [one.url for one in found] == ["http://127.0.0.1:8765/p2.html"]


@pytest.mark.parametrize("items", ["[]", "3", "[1, null]"])
def test_a_json_feed_without_entries_is_refused(items):
    body = f'{{"version": "https://jsonfeed.org/version/1", "items": {items}}}'
    with pytest.raises(NotReadable, match="no articles"):
        extract_all(Fetched(body.encode(), "feed.json", ""))
