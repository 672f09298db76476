"""What may be uploaded, what is taken out of photos, and that the same content is kept once."""

import io
import random
import zipfile
from pathlib import Path

import pytest
from django.db import transaction
from PIL import Image

from xieshang.base.errors import Refused
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment, StoredFile
from xieshang.conftest import House

FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


def photo(ending: str = "jpg", size: tuple[int, int] = (64, 48), *, turned: int = 6) -> bytes:
    """A photo as a telephone takes it: turned, with its place in EXIF, in XMP and in a comment."""
    random.seed(4)
    picture = Image.effect_noise(size, 50).convert("RGB")
    exif = picture.getexif()
    exif[0x0112] = turned
    exif[0x010F] = "MAKER-SECRET"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (25.0, 2.0, 11.0), "E", (102.0, 42.0, 31.0)
    out = io.BytesIO()
    more = (
        {"comment": b"GPS-SECRET 25.04,102.71", "xmp": b"<x:xmpmeta>GPS-SECRET</x:xmpmeta>"} if ending == "jpg" else {}
    )
    picture.save(out, FORMATS[ending], exif=exif, **more)
    return out.getvalue()


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize("ending", FORMATS)
def test_a_photo_loses_its_place_and_stands_upright(ending: str) -> None:
    before = photo(ending)
    assert dict(Image.open(io.BytesIO(before)).getexif().get_ifd(0x8825))

    data, content_type = storage.checked(f"照片.{ending}", before)

    after = Image.open(io.BytesIO(data))
    assert (content_type, after.format, after.size) == ("image/jpeg", "JPEG", (48, 64))
    assert (dict(after.getexif()), dict(after.getexif().get_ifd(0x8825))) == ({}, {})
    assert [word for word in (b"SECRET", b"Exif", b"xmpmeta") if word in data] == []


def test_a_heic_of_a_telephone_becomes_a_jpeg_without_its_place(house: House, own_data: Path) -> None:
    before = (Path(__file__).parent / "made.heic").read_bytes()  # made for this test: two colours, a place in China

    data, content_type = storage.checked("IMG_0001.HEIC", before)
    with transaction.atomic():
        kept = storage.attach([("IMG_0001.HEIC", before)], record="activities.activity:1", organization=house.county, by=None, now=house.now)[0]  # fmt: skip

    after = Image.open(io.BytesIO(data))
    assert (content_type, after.format, after.size, kept.name, kept.kind) == (
        "image/jpeg",
        "JPEG",
        (64, 48),
        "IMG_0001.jpg",
        "photo",
    )
    assert (dict(after.getexif()), b"Exif" in data, b"Made" in data) == ({}, False, False)
    red, _green, blue = after.getpixel((50, 40))  # type: ignore[misc]
    assert red > 150 and blue < 100


def test_what_only_calls_itself_heic_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        storage.checked("照片.heic", b"not a photo at all")
    assert refused.value.code == "misnamed"
    with pytest.raises(Refused) as refused:
        storage.checked("照片.heic", b"\0\0\0\x1cftypheic" + b"broken" * 20)
    assert refused.value.code == "broken"


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_stands_upright_however_it_was_held(turned: int) -> None:
    from PIL import ImageOps

    before = photo(turned=turned)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(before)))
    after = Image.open(io.BytesIO(storage.checked("a.jpg", before)[0]))
    assert after.size == upright.size
    assert (
        sum(abs(a - b) for a, b in zip(after.convert("L").tobytes(), upright.convert("L").tobytes(), strict=True))
        / (64 * 48)
        < 25
    )


def test_a_large_photo_becomes_at_most_two_thousand_pixels_wide() -> None:
    assert Image.open(io.BytesIO(storage.checked("a.jpg", photo(size=(3000, 600), turned=1))[0])).size == (2000, 400)


REFUSED = [  # name, content, what is said
    ("空.pdf", b"", "empty"),
    ("大.pdf", b"%PDF-" + b"0" * storage.MAX_BYTES, "too_large"),
    ("程序.exe", b"MZ\x90", "unsupported"),
    ("没有扩展名", b"text", "unsupported"),
    ("页面.html", b"<script>", "unsupported"),
    ("图.svg", b"<svg/>", "unsupported"),
    ("假.pdf", b"PK\x03\x04", "misnamed"),
    ("假.docx", b"%PDF-1.4", "misnamed"),
    ("表格.docx", archive("[Content_Types].xml", "xl/workbook.xml"), "misnamed"),
    ("文档.xlsx", archive("[Content_Types].xml", "word/document.xml"), "misnamed"),
    ("压缩包.docx", archive("a.exe"), "misnamed"),
    ("断.docx", archive("word/document.xml")[:40], "misnamed"),
    ("加密.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "misnamed"),
    ("程序.txt", b"MZ\x90\x00\x03\x00", "misnamed"),
    ("假.jpg", b"GIF89a", "misnamed"),
    ("假.png", b"\xff\xd8\xff\xe0", "misnamed"),
    ("断.jpg", photo()[:200], "broken"),
    ("断.png", photo("png")[:-900], "broken"),
    ("断.webp", b"RIFF\x00\x00\x00\x00WAVE", "broken"),
    ("坏.png", photo("png")[:60] + b"\x00" * 300, "broken"),
]


@pytest.mark.parametrize(("name", "data", "code"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_what_cannot_be_kept_is_refused_with_the_name_of_the_file(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        storage.checked(name, data)
    assert (refusal.value.code, refusal.value.field) == (code, "files")
    assert name in refusal.value.why and refusal.value.do


KEPT = [
    ("计划.docx", archive("[Content_Types].xml", "word/document.xml")),
    ("名单.XLSX", archive("xl/workbook.xml")),
    ("说明.txt", "说明".encode("gb18030")),
    ("说明.md", "说明".encode()),
    ("双字节.txt", "说明".encode("utf-16")),
    ("旧.doc", b"\xd0\xcf\x11\xe0"),
    ("文.pdf", b"%PDF-1.7"),
]


@pytest.mark.parametrize(("name", "data"), KEPT, ids=[name for name, _ in KEPT])
def test_papers_are_kept_byte_for_byte(name: str, data: bytes) -> None:
    assert storage.checked(name, data)[0] == data


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "MAX_PIXELS", 64 * 48 - 1)
    with pytest.raises(Refused) as refusal:
        storage.checked("a.png", photo("png"))
    assert refusal.value.code == "too_large"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("ending", FORMATS)
def test_a_damaged_picture_is_either_kept_or_refused_and_never_a_crash(ending: str) -> None:
    dice, whole = random.Random(11), photo(ending)
    outcomes = set()
    for _n in range(250):
        data = bytearray(whole)
        for _m in range(dice.choice([1, 2, 5, 20])):
            data[dice.randrange(12, len(data))] = dice.randrange(256)
        try:
            storage.checked(f"a.{ending}", bytes(data))
            outcomes.add("kept")
        except Refused as refusal:
            outcomes.add(refusal.code)
    assert "broken" in outcomes <= {"kept", "broken", "too_large"}


def test_the_same_content_is_kept_once_under_its_hash(house: House, own_data: Path) -> None:
    given = [("甲.pdf", b"%PDF-1"), ("乙.pdf", b"%PDF-1"), ("照片.jpg", photo())]
    made = storage.attach(
        given, record="activities.activity:1", organization=house.county, by=house.users["clerk"], now=house.now
    )

    assert [(one.name, one.kind) for one in made] == [("甲.pdf", "file"), ("乙.pdf", "file"), ("照片.jpg", "photo")]
    assert made[0].file == made[1].file
    assert StoredFile.objects.count() == 2 == len([path for path in (own_data / "files").rglob("*") if path.is_file()])
    assert storage.path_of(made[0].file).read_bytes() == b"%PDF-1"


def test_a_name_with_a_path_keeps_only_its_last_part(house: House, own_data: Path) -> None:
    made = storage.attach(
        [("../../etc/甲.pdf", b"%PDF-1")], record="a.b:1", organization=house.county, by=None, now=house.now
    )
    assert made[0].name == "甲.pdf"
    assert all(path.is_relative_to(own_data / "files") for path in (own_data / "files").rglob("*"))


def test_what_was_taken_off_a_record_is_no_longer_listed(house: House) -> None:
    first, second = storage.attach(
        [("甲.pdf", b"%PDF-1"), ("乙.pdf", b"%PDF-2")],
        record="a.b:1",
        organization=house.county,
        by=None,
        now=house.now,
    )
    Attachment.objects.filter(pk=first.pk).update(removed_at=house.now)
    assert storage.of("a.b:1") == [second]
