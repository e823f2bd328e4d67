"""What Markdown, Word documents and subtitles say of the structure of their text."""

import io

from docx import Document

from retrieval.domain import Span
from retrieval.protocols import Fetched
from retrieval.sources import extract_article
from retrieval.structure import read_structure


def read(body, name):
    article = extract_article(Fetched(body=body, url=name, content_type=""))
    return article.text, read_structure(article.text, article.blocks)


def span_of(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def words_of(text, spans):
    return [span.of(text) for span in spans]


def test_markdown_gives_levels_bold_questions_quotations_and_nested_items():
    source = (
        b"# The pool\n\nIt is open all year.\n\n## Rules\n\nBring these:\n\n"
        b"- a towel\n  - a dry one\n- a lock\n\n"
        b"### Caps\n\nCaps are not needed.\n\n> Nobody swims here.\n\n"
        b"**May I dive?**\n\nOnly from the tower.\n\n"
        b"## Prices\n\nAdults pay seven euros.\n"
    )
    text, structure = read(source, "pool.md")
    assert words_of(text, structure.heading_path(span_of(text, "Caps are not"))) == ["Rules", "Caps"]
    assert words_of(text, structure.heading_path(span_of(text, "Adults pay"))) == ["Prices"]
    assert words_of(text, structure.lead_ins_of(span_of(text, "- a dry one"))) == [
        "Bring these:",
        "- a towel",
    ]
    assert structure.kind_of(span_of(text, "Nobody swims")) == "quotation"
    assert structure.question_of(span_of(text, "Only from")).of(text) == "May I dive?"
    assert structure.question_of(span_of(text, "Adults pay")) is None


def test_a_word_document_gives_its_headings_lists_and_tables():
    document = Document()
    document.add_heading("Safety guide", 0)
    document.add_paragraph("It holds for all rooms.")
    for room, rule in (("Room A", "Goggles must be worn."), ("Room B", "Goggles are not needed.")):
        document.add_heading(room, 1)
        document.add_heading("Clothing", 2)
        document.add_paragraph(rule)
    document.add_paragraph("These never go into the sink:")
    document.add_paragraph("solvents", style="List Bullet")
    document.add_paragraph("acetone", style="List Bullet 2")
    document.add_paragraph("silver salts", style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    text, structure = read(stream.getvalue(), "guide.docx")
    path = structure.heading_path(span_of(text, "Goggles are not needed."))
    assert words_of(text, path) == ["Room B", "Clothing"]
    assert words_of(text, structure.lead_ins_of(span_of(text, "- acetone")))[1:] == ["- solvents"]
    assert words_of(text, structure.lead_ins_of(span_of(text, "- silver"))) == [
        "These never go into the sink:"
    ]


def test_subtitles_give_the_time_and_the_speaker_of_what_is_said():
    cues = (
        ("00:01", "00:04", "Ann", "Did you see the ferry leave last night?"),
        ("00:09", "00:12", "Bo", "I did not, for it was dark by then."),
        ("00:20", "00:24", "Ann", "Then nobody saw it, and that is all."),
        ("00:31", "00:35", "Bo", "That is what they say in the town."),
    )
    body = "WEBVTT\n\n" + "\n\n".join(
        f"00:{start}.000 --> 00:{end}.000\n<v {who}>{said}" for start, end, who, said in cues
    )
    text, structure = read(body.encode(), "talk.vtt")
    dark = span_of(text, "I did not, for it was dark")
    assert structure.speaker_of(dark) == "Bo"
    assert structure.entry_of(dark).of(text) == "0:09"
