import io
import zipfile
from datetime import date

import pytest
from document_files import book_file, word_file, zip_file
from web_pages import CLOSING, COST, OPENING, PARAGRAPHS

from retrieval.errors import NotReadable, SourceRefused
from retrieval.protocols import Fetched
from retrieval.sources import archives as archive
from retrieval.sources.readers import extract_article

CHAPTERS = {
    "cover.xhtml": "<img src='x.png'/>",
    "one.xhtml": f"<h1>One</h1><p>{OPENING}</p><p>Second <b>para</b>graph.<br/>A new line.</p>",
    "two.xhtml": f"<h2>Two</h2><ul><li>First item.</li><li>Second item.</li></ul><p>{COST}</p>",
}
SAID = (
    "<dc:title>The Bridge</dc:title><dc:creator>Ada Berg</dc:creator><dc:creator>Tom Kern</dc:creator>"
    "<dc:language>en-GB</dc:language><dc:date>2019-05-04</dc:date>"
)


def read(body, name):
    return extract_article(Fetched(body, name, ""))


# -- Word ------------------------------------------------------------------------------


def test_a_word_document_keeps_its_paragraphs_and_tables_apart():
    body = word_file(OPENING, "", COST, rows=[("Year", "Cost"), ("2023", "1.5 million")])
    assert read(body, "bridge.docx").text == f"{OPENING}\n\n{COST}\n\nYear: 2023 | Cost: 1.5 million"


def test_what_a_word_document_says_of_itself_is_read_but_not_its_dates():
    article = read(word_file(OPENING, title="The bridge", author="Ada Berg", language="de-DE"), "x.docx")
    assert (article.title, article.author, article.language) == ("The bridge", "Ada Berg", "de")
    assert article.published is None


@pytest.mark.parametrize("author", ["python-docx", "Administrator", "User", ""])
def test_a_program_is_not_an_author(author):
    assert read(word_file(OPENING, author=author, title=""), "x.docx").author is None


def test_a_word_document_under_another_name_is_noted():
    assert read(word_file(OPENING), "x.txt").notes == (
        "It is called .txt, but it is a Word document; it was read as that.",
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (word_file(), "There is no text in it"),
        (word_file("Hello"), "not one whole sentence"),
        (zip_file({"word/document.xml": "<nonsense", "[Content_Types].xml": "<x/>"}), "damaged"),
        (word_file(OPENING)[:-300], "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 50 + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
    ],
    ids=["empty", "no sentence", "nonsense", "cut off", "locked"],
)
def test_a_word_document_that_cannot_be_read_says_why(body, words):
    with pytest.raises(NotReadable, match=words):
        read(body, "x.docx")


def test_entities_in_a_word_document_are_not_expanded():
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        f"<w:t>{OPENING} &b;</w:t></w:r></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(io.BytesIO(word_file(OPENING))) as plain:
        members = {name: plain.read(name) for name in plain.namelist()}
    article = read(zip_file({**members, "word/document.xml": bomb}), "x.docx")
    assert "aaaa" not in article.text


# -- EPUB ------------------------------------------------------------------------------


def test_a_book_is_one_article_in_reading_order():
    article = read(book_file(CHAPTERS, SAID), "bridge.epub")
    assert article.text == "\n\n".join(
        ["One", OPENING, "Second paragraph.", "A new line.", "Two", "- First item.\n- Second item.", COST]
    )
    assert (article.title, article.author) == ("The Bridge", "Ada Berg, Tom Kern")
    assert (article.language, article.published) == ("en", date(2019, 5, 4))


def test_the_list_of_contents_decides_and_not_the_order_of_the_files():
    text = read(book_file(CHAPTERS, spine=["i2", "i1"]), "x.epub").text
    assert text.index("Two") < text.index("One")


def test_a_missing_chapter_is_noted():
    article = read(book_file({**CHAPTERS, "gone.xhtml": None}), "x.epub")
    assert article.notes == ("1 chapters named in the book are missing in the file.",)


def test_a_book_in_the_topmost_folder_is_read_too():
    assert OPENING in read(book_file(CHAPTERS, folder=""), "x.epub").text


LOCKED = '<encryption><CipherReference URI="OEBPS/one.xhtml"/></encryption>'
FONTS = '<encryption><CipherReference URI="fonts/a.otf"/></encryption>'


def test_a_locked_book_says_so_and_locked_fonts_do_not_matter():
    with pytest.raises(NotReadable, match="DRM"):
        read(book_file(CHAPTERS, more={"META-INF/encryption.xml": LOCKED}), "x.epub")
    assert OPENING in read(book_file(CHAPTERS, more={"META-INF/encryption.xml": FONTS}), "x.epub").text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (book_file({"one.xhtml": ""}), "no text"),
        (zip_file({"META-INF/container.xml": "<container/>"}), "damaged"),
        (zip_file({"META-INF/container.xml": ""}), "damaged"),
        (book_file(CHAPTERS)[:400], "damaged"),
    ],
    ids=["empty", "no list", "nothing", "cut off"],
)
def test_a_book_that_cannot_be_read_says_why(body, words):
    with pytest.raises(NotReadable, match=words):
        read(body, "x.epub")


def test_a_chapter_outside_the_book_is_missing_and_not_read():
    book = book_file(
        {"../../../../etc/passwd": None, "one.xhtml": "".join(f"<p>{p}</p>" for p in PARAGRAPHS)}
    )
    article = read(book, "x.epub")
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert CLOSING in article.text


# -- limits of all that are ZIP files ----------------------------------------------------


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED_BYTES", 10_000)
    with pytest.raises(SourceRefused, match="unpacks to more than"):
        read(zip_file({"word/document.xml": "a" * 20_000}), "x.docx")


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 10)
    with pytest.raises(SourceRefused, match="holds 11 others"):
        read(zip_file({f"{n}.txt": "a" for n in range(11)}), "x.zip")


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("xl/workbook.xml", "a spreadsheet"),
        ("ppt/presentation.xml", "a slide show"),
        ("content.xml", "OpenDocument"),
    ],
)
def test_other_office_files_are_refused_by_name(member, said):
    with pytest.raises(SourceRefused, match=said):
        read(zip_file({member: "<x/>"}), "x")


# -- what a hostile or unusual file may hold -----------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_xml(body):
    """A Word document whose body is this XML."""
    with zipfile.ZipFile(io.BytesIO(word_file(OPENING))) as plain:
        members = {name: plain.read(name) for name in plain.namelist()}
    return zip_file({**members, "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"})


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (f"<w:ins>{run('not ')}</w:ins>", "The minister did not approve."),
        (f"<w:del><w:r><w:delText>never </w:delText></w:r></w:del>{run('')}", "The minister did approve."),
        (f"<w:sdt><w:sdtContent>{run('never ')}</w:sdtContent></w:sdt>", "The minister did never approve."),
        (f"<w:smartTag>{run('once ')}</w:smartTag>", "The minister did once approve."),
        (f"<w:fldSimple>{run('twice ')}</w:fldSimple>", "The minister did twice approve."),
        (f"<w:hyperlink>{run('gladly ')}</w:hyperlink>", "The minister did gladly approve."),
        (run("secretly ", "<w:vanish/>"), "The minister did approve."),
    ],
    ids=["inserted", "deleted", "control", "smart tag", "field", "link", "hidden"],
)
def test_a_word_document_reads_as_word_shows_it(inner, expected):
    body = word_xml(f"<w:p>{run('The minister did ')}{inner}{run('approve.')}</w:p>")
    assert read(body, "x.docx").text == expected


def test_a_paragraph_inside_a_control_is_read():
    paragraph = f"<w:p>{run(OPENING)}</w:p>"
    body = word_xml(f"<w:sdt><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>")
    assert read(body, "x.docx").text == OPENING


def test_merged_cells_are_read_once():
    merged = "<w:tc><w:tcPr><w:vMerge{}/></w:tcPr><w:p>{}</w:p></w:tc>"
    cell = f"<w:tc><w:p>{run('b')}</w:p></w:tc>"
    rows = [merged.format(' w:val="restart"', run("Side")) + cell, merged.format("", run("Side")) + cell]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert read(word_xml(f"<w:p>{run(OPENING)}</w:p>{table}"), "x.docx").text == f"{OPENING}\n\nSide | b\nb"


def test_the_main_part_of_a_word_document_may_have_another_name():
    with zipfile.ZipFile(io.BytesIO(word_file(OPENING))) as plain:
        members = {
            name.replace("document.xml", "document2.xml"): plain.read(name).replace(
                b"document.xml", b"document2.xml"
            )
            for name in plain.namelist()
        }
    assert read(zip_file(members), "x.docx").text == OPENING


@pytest.mark.parametrize(
    ("encoding", "declaration"),
    [
        ("utf-8", ""),
        ("iso-8859-1", '<?xml version="1.0" encoding="iso-8859-1"?>'),
        ("utf-16", '<?xml version="1.0" encoding="utf-16"?>'),
    ],
)
def test_a_chapter_is_read_in_its_own_encoding(encoding, declaration):
    page = f"{declaration}<html><body><p>Müller schrieb über die Brücke.</p></body></html>"
    book = book_file({"one.xhtml": None}, more={"OEBPS/one.xhtml": page.encode(encoding)})
    assert read(book, "x.epub").text == "Müller schrieb über die Brücke."


def test_a_chapter_that_is_named_many_times_is_read_once():
    assert read(book_file(CHAPTERS, spine=["i1"] * 1_000), "x.epub").text.count(OPENING) == 1


def test_text_is_read_however_deep_it_stands():
    chapter = "<div>" * 1_000 + f"<p>{OPENING}</p>" + "</div>" * 1_000
    assert OPENING in read(book_file({"one.xhtml": chapter}), "x.epub").text
