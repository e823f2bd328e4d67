"""Long summaries follow the sections."""

from retrieval.summaries.sections import Section, share_words, split_sections
from retrieval.summaries.selection import choose_sentences
from retrieval.text import sentences

NAMES = ["Harbor", "Market", "Lighthouse", "Railway"]


WORKS = {
    "roof": "mason", "gate": "smith", "tower": "painter", "bell": "founder", "clock": "weaver",
    "stair": "joiner", "floor": "tiler", "window": "glazier", "cellar": "cooper", "engine": "carter",
    "bench": "dyer", "lamp": "potter",
}  # fmt: skip


def chapter(name: str) -> str:
    told = " ".join(
        f"The {name.lower()} of Lindau got a {thing} by {maker} Karl {maker.title()}son in {1900 + at}."
        for at, (thing, maker) in enumerate(WORKS.items())
    )
    return f"{name} works\n\n{told}\n\n"


BOOK = "".join(map(chapter, NAMES))


def test_sections_begin_at_headings():
    spans = sentences(BOOK)
    found = split_sections(BOOK, spans)
    assert [spans[one.first].of(BOOK).split()[0] for one in found[1:]] == NAMES[1:]
    assert (found[0].first, found[-1].end) == (0, len(spans))


def test_a_long_text_without_headings_is_divided_all_the_same():
    text = " ".join(f"The ferry number {at} left the harbor at dawn." for at in range(400))
    assert len(split_sections(text, sentences(text))) == 3


def test_each_section_gets_its_share_and_none_is_lost():
    spans = sentences(BOOK)
    found = split_sections(BOOK, spans)
    shares = share_words(BOOK, spans, found, 300)
    assert abs(sum(shares) - 300) <= 4
    assert max(shares) - min(shares) <= 10


def test_sections_too_short_for_a_sentence_lend_their_share():
    spans = sentences(BOOK)
    halves = [Section(0, 3), Section(3, len(spans))]
    assert share_words(BOOK, spans, halves, 60) == [0, 60]


def test_a_long_summary_tells_of_every_section():
    chosen = choose_sentences(BOOK, sentences(BOOK), words=300)
    told = " ".join(span.of(BOOK) for span in chosen)
    assert all(f"The {name.lower()} of Lindau" in told for name in NAMES)
    assert 240 <= len(told.split()) <= 345
