"""A file is shown as a page first: pictures, pages of a PDF, words, a table, or a plain sentence; then it is downloaded."""

import io
import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import translation
from PIL import Image
from pypdf import PdfWriter

from xieshang.base.files import storage
from xieshang.documents import pages, sheets
from xieshang.documents.errors import KINDS, SENTENCES, DocumentError

from .conftest import record, words


def pdf(number=2, password=""):
    writer = PdfWriter()
    for _page in range(number):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def jpeg():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def keep(house):
    def made(name, data, **more):
        on = record(house, house.now.date())
        return storage.attach(
            [(name, data)], record=on.ref, organization=house.county, by=house.user("clerk"), now=house.now
        )[0]

    return made


def shown(visit, file, role="clerk"):
    return visit(role).get(f"/files/{file.pk}")


def test_a_photo_is_shown_on_a_page_with_its_record_and_a_download(keep, visit):
    file = keep("现场.jpg", jpeg())
    page = words(shown(visit, file))

    assert f'<img class="preview" src="/files/{file.pk}/' in page
    assert f'href="/{file.record.replace("activities.activity:", "activities/")}"' in page
    assert f'{quote(file.name)}?download=1"' in page


def test_the_pages_of_a_pdf_are_pictures(keep, visit):
    file = keep("方案.pdf", pdf(2))
    page = words(shown(visit, file))
    picture = visit("clerk").get(f"/files/{file.pk}/pages/2")

    assert [f"/files/{file.pk}/pages/{n}" in page for n in (1, 2, 3)] == [True, True, False]
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(picture.content)).width == pages.WIDE
    assert visit("clerk").get(f"/files/{file.pk}/pages/3").status_code == 404


def test_a_long_pdf_says_that_there_is_more(keep, visit):
    page = words(shown(visit, keep("长.pdf", pdf(31))))

    assert "后面还有" in page
    assert "/pages/31" not in page


def test_the_words_of_a_text_and_the_rows_of_a_table_are_shown(keep, visit):
    text = words(shown(visit, keep("通知.txt", "定于 7月3日视察。\n请准时参加。".encode())))
    table = words(shown(visit, keep("名单.xlsx", sheets.write_xlsx("名单", ["姓名", "人次"], [["刘敏", 0]]))))

    assert "请准时参加。" in text
    assert "<td>刘敏</td><td>0</td>" in table


@pytest.mark.parametrize(
    "name, data",
    [("旧.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600), ("锁.pdf", pdf(1, "secret")), ("坏.pdf", b"%PDF-1.7 broken")],
)
def test_what_cannot_be_shown_is_said_to_be_for_download(keep, visit, name, data):
    answer = shown(visit, keep(name, data))

    assert answer.status_code == 200
    assert "请下载" in words(answer)


def test_a_download_is_asked_for(keep, visit):
    file = keep("方案.pdf", pdf(1))
    client = visit("clerk")

    assert "attachment" not in client.get(f"/files/{file.pk}/{file.name}").headers["Content-Disposition"]
    assert "attachment" in client.get(f"/files/{file.pk}/{file.name}?download=1").headers["Content-Disposition"]


@pytest.mark.parametrize("address", ["", "/pages/1", "/方案.pdf"])
def test_a_file_of_another_unit_is_not_there(keep, visit, address):
    file = keep("方案.pdf", pdf(1))

    assert visit("part_timer").get(f"/files/{file.pk}{address}").status_code == 404
    assert Client().get(f"/files/{file.pk}{address}").status_code == 302


def test_a_page_that_is_not_there_and_a_pdf_that_is_none_are_told_apart():
    with pytest.raises(IndexError):
        pages.picture(pdf(1), 0)
    with pytest.raises(DocumentError):
        pages.count(b"no pdf")


def test_the_page_of_a_record_leads_to_the_page_of_its_file_and_to_no_download(keep, visit):
    file = keep("方案.pdf", pdf(1))
    page = words(visit("clerk").get(f"/activities/{file.record.partition(':')[2]}"))

    assert f'href="/files/{file.pk}"' in page
    assert f'href="/files/{file.pk}/' not in page


@pytest.mark.parametrize("code", SENTENCES)
def test_what_is_wrong_with_a_file_is_said_in_the_language_of_who_brought_it(code):
    about = {"suffix": ".doc", "wanted": ".docx", "limit": 20, "rows": 5, "columns": 5, "pages": 9}
    with translation.override("en"):
        error = DocumentError(code, really=KINDS["image"], **about)
    assert not re.search("[\u3400-\u9fff]", error.why + error.do)
    assert re.search("[\u3400-\u9fff]", DocumentError(code, really=KINDS["image"], **about).why)
