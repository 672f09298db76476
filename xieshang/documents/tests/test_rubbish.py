"""Whatever stands in a file and whatever it is called: it is read, or refused with a sentence of ours; and the work grows with its length only."""

import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xieshang.documents import office, recognising
from xieshang.documents.errors import SENTENCES, DocumentError
from xieshang.documents.guard import OLE
from xieshang.documents.reading import FORMATS, read_document, read_pasted
from xieshang.documents.tests.making import FILES, docx, p, r, table

SUFFIXES = (*FORMATS, ".text", ".markdown", ".jpg", ".png", ".webp", ".tif", ".heic", ".ofd", ".exe", "")
MAGICS = (
    b"",
    OLE,
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"{\\rtf1 ",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"RIFF\x00\x00\x00\x00WEBP",
)
SOUND = (
    "lists.docx",
    "notes.docx",
    "tables.docx",
    "lists.doc",
    "tasks.xls",
    "tasks.xlsx",
    "plan.pdf",
    "scan.pdf",
    "photo.jpg",
    "plan.md",
    "plan.rtf",
)
JUNK = (
    b"\x00" * 8,
    b"\xff" * 8,
    b"-1",
    b"99999999999",
    b"<w:p>",
    b"endobj",
    b"/Kids[1 0 R]",
    b"/Count -9",
    b"/Length 9999999",
)


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """No other program runs: what LibreOffice makes of rubbish is its own matter."""
    monkeypatch.setattr(office, "PROGRAMS", ())
    monkeypatch.setattr(recognising, "recogniser", lambda: lambda picture: [])


QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read_or_refused(data, name):
    try:
        read_document(data, name)
    except DocumentError as refusal:
        assert refusal.code in SENTENCES


@QUIET
@given(st.sampled_from(MAGICS), st.binary(max_size=300), st.sampled_from(SUFFIXES))
def test_rubbish_under_every_suffix_is_read_or_refused(magic, data, suffix):
    read_or_refused(magic + data, "a" + suffix)


@QUIET
@given(
    st.sampled_from(SOUND),
    st.integers(0, 1 << 20),
    st.one_of(st.binary(min_size=1, max_size=12), st.sampled_from(JUNK)),
    st.integers(0, 12),
)
def test_a_damaged_file_of_every_format_is_read_or_refused(name, at, junk, gone):
    sound = (FILES / name).read_bytes()
    at %= len(sound)
    read_or_refused(sound[:at] + junk + sound[at + gone :], name)


@QUIET
@given(st.sampled_from(SOUND), st.sampled_from(SUFFIXES))
def test_a_sound_file_under_a_wrong_name_is_read_or_refused(name, suffix):
    read_or_refused((FILES / name).read_bytes(), "a" + suffix)


@given(st.text(max_size=200) | st.text("<>/tableTRd \t\n\"'=0123", max_size=200))
def test_whatever_is_pasted_becomes_text(words):
    assert isinstance(read_pasted(words), str)


# --- the work grows with the length ----------------------------------------------------------------------------------------


def work(function):
    """How many calls it takes, whatever the clock says."""
    calls = 0

    def count(frame, event, arg):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(None)
    return calls


def long_docx(number):
    return docx(
        "".join(p(f"{n}、组织视察", r("2次", "<w:b/>"), "。") for n in range(number)) + table(*[["一", "二"]] * number)
    )


def long_md(number):
    return ("## 一、提案\n\n1. **征集**提案100件\n\n| 任务 | 次数 |\n|---|---|\n" * number).encode()


def long_txt(number):
    return ("一、提案工作\r\n全年征集提案不少于100件。\r\n" * number).encode("gb18030")


@pytest.mark.parametrize(("name", "made"), [("a.docx", long_docx), ("a.md", long_md), ("a.txt", long_txt)])
def test_four_times_the_length_is_four_times_the_work(name, made):
    few, many = (made(number) for number in (100, 400))
    read_document(few, name)  # what is done once is done

    assert work(lambda: read_document(many, name)) <= 4.4 * work(lambda: read_document(few, name))
