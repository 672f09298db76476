"""联合行文: names, signers and seals of all, in one order, none on another."""

import shutil
from itertools import pairwise

import pytest
from lxml import etree

from xieshang.documents import measures
from xieshang.documents.gongwen import JointHead, JointSignature, Paragraph, Title, write
from xieshang.documents.office import office
from xieshang.documents.pdf import to_pdf
from xieshang.documents.tests.making import unzipped
from xieshang.documents.tests.printed import Sheet, sheets
from xieshang.documents.words import w

NAMES = ("政协云溪县委员会办公室", "云溪县民政局", "云溪县卫生健康局")
SEAL = 42


def made(names=NAMES, seal=True, signers=("周晓云", "孙立新", "吴海燕")):
    head = JointHead(names, "云政协办〔2026〕14号", signers)
    return write([Title("联合报告"), Paragraph("正文。"), JointSignature(names, "2026年6月29日", seal=seal)], head=head)


def texts(data):
    body = etree.fromstring(unzipped(data)["word/document.xml"]).iter(w("p"))
    return ["".join(p.itertext(w("t"))) for p in body if next(p.iterdescendants(w("p")), None) is None]


def test_the_names_stand_in_one_order_above_and_below():
    found = texts(made())
    below = "".join(found[found.index("正文。") :])

    assert found[:4] == [*NAMES, "文件"]
    assert [below.index(name) for name in NAMES] == sorted(below.index(name) for name in NAMES)
    assert below.endswith("2026年6月29日")


def test_signers_are_two_in_a_line_and_the_number_stands_beside_the_last():
    assert [text for text in texts(made()) if "签发人" in text or "〔" in text] == [
        "签发人：周晓云孙立新",
        "云政协办〔2026〕14号吴海燕",
    ]
    assert "云政协办〔2026〕14号签发人：周晓云孙立新" in texts(made(signers=("周晓云", "孙立新")))
    assert "云政协办〔2026〕14号" in texts(made(signers=()))


def test_without_seals_the_names_stand_one_under_the_other():
    found = texts(made(seal=False))

    assert found[-4:] == [*NAMES, "2026年6月29日"]


@pytest.fixture(scope="module")
def printed() -> list[Sheet]:
    if office() is None or shutil.which("fc-list") is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    return sheets(to_pdf(made()))


def spot(sheet, name):
    """Left, right and middle height of a name, mm."""
    line = next(line for line in sheet.lines() if name in "".join(mark.text for mark in line))
    at = "".join(mark.text for mark in line).index(name)
    marks = line[at : at + len(name)]
    return marks[0].left, marks[-1].right, marks[0].middle


@pytest.mark.office
def test_the_first_name_of_the_head_stands_where_a_single_one_does(printed):
    tops = [min(mark.top for mark in printed[0].line(name)) for name in NAMES]

    assert tops[0] - 37 == pytest.approx(measures.value("sign.below_core"), abs=1.5)
    assert tops == sorted(tops)
    widths = [spot(printed[0], name) for name in NAMES]
    assert (
        max(right for _left, right, _y in widths) - min(right for _left, right, _y in widths) < 1.5
    )  # as wide as the longest


@pytest.mark.office
def test_the_red_line_is_below_the_number(printed):
    number = max(mark.bottom for mark in printed[0].line("云政协办"))

    assert printed[0].rules()[0].middle - number == pytest.approx(measures.value("red.below"), abs=1)


@pytest.mark.office
def test_no_seal_touches_another_or_leaves_the_type_area(printed):
    middles = [((left + right) / 2, y) for left, right, y in (spot(printed[-1], name) for name in NAMES)]

    for one, other in pairwise(middles):
        assert abs(one[0] - other[0]) > SEAL or abs(one[1] - other[1]) > SEAL
    assert all(28 + SEAL / 2 - 1 <= x <= 184 - SEAL / 2 + 1 for x, _y in middles)
    left, right, _y = spot(printed[-1], "2026年6月29日")
    assert (left + right) / 2 == pytest.approx(middles[-1][0], abs=2)  # the last seal lies over the date too
