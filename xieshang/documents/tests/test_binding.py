"""合订本: cover and contents, then each file, every page numbered; what has no pages is named. And photos in papers."""

import io
import random
import re
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter

from xieshang.documents import binding, gongwen, pdf
from xieshang.documents.binding import Cover, Piece, bind
from xieshang.documents.errors import DocumentError
from xieshang.documents.pictures import Picture

COVER = Cover("云岭县政协", "视察高标准农田", ["活动日期：2026年3月5日"])


def paper(pages=1, password="", rotated=0):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842).rotate(rotated)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def jpeg(size=(120, 80)):
    out = io.BytesIO()
    Image.new("RGB", size, "#336699").save(out, "JPEG")
    return out.getvalue()


def photo(name, size=(120, 80)):
    return Piece("照片", name, jpeg(size), size)


@pytest.fixture
def made(monkeypatch):
    """LibreOffice's place is taken: a .docx has a page for every two photos in it, at least one. What was converted."""
    seen = []

    def to_pdf(data, *, ending="docx", timeout=0):
        seen.append((ending, data))
        photos = len(Document(io.BytesIO(data)).inline_shapes) if ending == "docx" else 0
        return paper(max(1, -(-photos // binding.ON_A_PAGE)))

    monkeypatch.setattr(pdf, "office", lambda: "/bin/true")
    monkeypatch.setattr(pdf, "to_pdf", to_pdf)
    return seen


def listed(made):
    """(title, page) of each row of the contents, and the paragraphs below it."""
    document = Document(io.BytesIO(made[-1][1]))
    rows = [(row.cells[2].text, row.cells[3].text) for table in document.tables for row in table.rows[1:]]
    return rows, "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_every_file_begins_on_the_page_that_the_contents_say(made):
    docx = gongwen.write([gongwen.Paragraph("方案")])
    pieces = [
        Piece("方案", "方案.docx", docx),
        Piece("通知", "通知.pdf", paper(3)),
        photo("一.jpg"),
        photo("二.png"),
        photo("三.jpg"),
        Piece("报道", "报道.pdf", paper()),
    ]

    bound = bind(COVER, pieces)

    rows, _text = listed(made)
    assert rows == [("方案", "1"), ("通知", "2"), ("一", "5"), ("二", "5"), ("三", "6"), ("报道", "7")]
    assert (bound.pages, len(PdfReader(io.BytesIO(bound.pdf)).pages), bound.left_out) == (7, 8, [])


def test_every_page_carries_its_number_also_one_that_lies(made):
    bound = bind(COVER, [Piece("通知", "通知.pdf", paper(2)), Piece("签到", "签到.pdf", paper(rotated=90))])

    pages = PdfReader(io.BytesIO(bound.pdf)).pages
    assert [re.findall(r"- \d+ -", page.extract_text()) for page in pages] == [[], ["- 1 -"], ["- 2 -"], ["- 3 -"]]


def test_what_has_no_pages_is_named_with_the_reason(made):
    pieces = [
        Piece("通知", "锁.pdf", paper(password="x")),
        Piece("通知", "坏.pdf", b"%PDF-1.4 nothing"),
        Piece("报道", "片.mp4", b"x"),
        photo("一.jpg"),
    ]

    bound = bind(COVER, pieces)

    rows, text = listed(made)
    assert [piece.title for piece, _why in bound.left_out] == ["锁.pdf", "坏.pdf", "片.mp4"] and rows == [("一", "1")]
    assert "锁.pdf（这个文件设有打开密码，读不出内容）" in text and "片.mp4" in text


def test_each_step_is_told_before_it_is_done(made):
    told = []
    bind(COVER, [Piece("通知", "通知.pdf", paper()), photo("一.jpg")], tell=lambda *step: told.append(step))

    assert told == [(0, 3, "通知.pdf"), (1, 3, "一.jpg"), (2, 3, "")]


def test_without_libreoffice_nothing_is_begun(monkeypatch):
    monkeypatch.setattr(pdf, "office", lambda: None)

    with pytest.raises(DocumentError) as error:
        bind(COVER, [photo("一.jpg")])
    assert error.value.code == "no_office"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["cut", "bytes"]))
def test_a_damaged_pdf_is_either_read_or_named_and_never_a_crash(seed, how):
    dice, data = random.Random(seed), bytearray(paper(2))
    if how == "cut":
        del data[dice.randrange(len(data)) :]
    for _ in range(dice.randrange(1, 30) if data else 0):
        data[dice.randrange(len(data))] = dice.randrange(256)
    try:
        assert isinstance(binding._read(bytes(data), 1), list)
    except DocumentError as error:
        assert error.code in ("broken", "encrypted")


def test_a_photo_keeps_its_shape_and_fits_its_place():
    wide, tall = Picture(b"", 4000, 1000, most=(140, 90)), Picture(b"", 900, 1600, most=(140, 90))

    assert (wide.size[0], round(wide.size[0] / wide.size[1], 2)) == (140 * 36_000, 4.0)
    assert (tall.size[1], round(tall.size[1] / tall.size[0], 2)) == (90 * 36_000, 1.78)


def test_photos_stand_in_the_package_once_each_with_their_captions():
    data = gongwen.write(
        [gongwen.Title("简讯"), Picture(jpeg(), 120, 80, caption="现场<一>"), Picture(jpeg((80, 120)), 80, 120)]
    )

    assert [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "media" in name] == [
        "word/media/image1.jpg",
        "word/media/image2.jpg",
    ]
    document = Document(io.BytesIO(data))
    assert len(document.inline_shapes) == 2 and "现场<一>" in [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.office
@pytest.mark.skipif(
    pdf.office() is None, reason="LibreOffice is not installed: apt-get install libreoffice-writer-nogui"
)
def test_libreoffice_puts_two_photos_on_a_page():
    sizes = [(1600, 1200), (900, 1600), (1600, 900), (1200, 1200)]

    bound = bind(COVER, [photo(f"{n}.jpg", size) for n, size in enumerate(sizes)])

    assert bound.pages == 2
