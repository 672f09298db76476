"""Each measure of the table is found again: in the .docx as written, and in millimetres on the page LibreOffice prints."""

import shutil
from itertools import pairwise
from statistics import median

import pytest
from lxml import etree

from xieshang.documents import paper
from xieshang.documents.gongwen import Colophon, JointSignature, Paragraph, write
from xieshang.documents.measures import MEASURES, value
from xieshang.documents.pdf import to_pdf
from xieshang.documents.samples import sample
from xieshang.documents.shapes import EMU
from xieshang.documents.tests.making import unzipped
from xieshang.documents.tests.printed import printed as pdf_of
from xieshang.documents.tests.printed import sheets
from xieshang.documents.words import w

TWIP = 25.4 / 1440
LINE = paper.LINE * TWIP
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def xml(kind, part="document"):
    return etree.fromstring(unzipped(sample(kind))[f"word/{part}.xml"])


def section(tag, name):
    return int(xml("report").find(f".//{w('sectPr')}/{w(tag)}").get(w(name))) * TWIP


def paragraphs(kind):
    return [p for p in xml(kind).find(w("body")).iter(w("p")) if p.getparent().tag != w("txbxContent")]


def saying(kind, beginning):
    """The last paragraph that begins so; not the one that carries the box it stands in."""
    found = [p for p in xml(kind).iter(w("p")) if "".join(p.itertext(w("t"))).startswith(beginning)]
    return [p for p in found if next(p.iterdescendants(w("p")), None) is None][-1]


def indent(kind, beginning, side):
    return int(saying(kind, beginning).find(f"{w('pPr')}/{w('ind')}").get(w(f"{side}Chars"))) / 100


def size(kind, beginning):
    return int(saying(kind, beginning).find(f".//{w('sz')}").get(w("val"))) / 2


def shape(kind, name):
    """Left, top, width and the pen of a shape, in mm."""
    one = next(a for a in xml(kind).iter(f"{WP}anchor") if a.find(f"{WP}docPr").get("name") == name)
    left, top = (int(offset.text) / EMU for offset in one.iter(f"{WP}posOffset"))
    pen = one.find(f".//{A}ln").get("w")
    return left, top, int(one.find(f"{WP}extent").get("cx")) / EMU, int(pen or 0) / EMU


def border(name):
    table = xml("report").find(f".//{w('txbxContent')}//{w('tblBorders')}")
    return int(table.find(w(name)).get(w("sz"))) / 8 / 72 * 25.4


def lines_between(kind, one, other):
    texts = ["".join(p.itertext(w("t"))) for p in paragraphs(kind)]
    first = next(n for n, text in enumerate(texts) if text.startswith(one))
    return next(n for n, text in enumerate(texts) if n > first and text.startswith(other)) - first - 1


SHORT = JointSignature(("县政协", "县民政局", "县财政局", "县司法局"), "2026年6月29日", seal=True)


def names_beside(signature):
    """How many names stand in each line."""
    root = etree.fromstring(unzipped(write([Paragraph("正文。"), signature]))["word/document.xml"])
    return [len(p.findall(f"{w('r')}/{w('tab')}")) for p in root.iter(w("p")) if "县" in "".join(p.itertext(w("t")))]


def seals_apart():
    """The least room between the middles of two seals, mm."""
    root = etree.fromstring(unzipped(write([SHORT]))["word/document.xml"])
    stops = [int(tab.get(w("pos"))) * TWIP for tab in next(root.iter(w("tabs"))).iter(w("tab"))]
    return min(b - a for a, b in pairwise(stops))


WRITTEN = {
    "sheet.width": lambda: section("pgSz", "w"),
    "sheet.height": lambda: section("pgSz", "h"),
    **{f"margin.{side}": lambda side=side: section("pgMar", side) for side in ("top", "left", "right", "bottom")},
    "core.width": lambda: section("pgSz", "w") - section("pgMar", "left") - section("pgMar", "right"),
    "core.height": lambda: section("pgSz", "h") - section("pgMar", "top") - section("pgMar", "bottom"),
    "size.title": lambda: size("report", "关于2025年度"),
    "size.body": lambda: size("report", "坚持把学习"),
    "size.small": lambda: size("report", "抄送"),
    "sign.below_core": lambda: shape("report", "发文机关标志")[1] - value("margin.top"),
    "sign.most": lambda: max(size("special_report", "政协专报"), size("opinion", "社情民意")),
    "number.inward": lambda: indent("report", "云政协〔", "left"),
    "red.thick": lambda: shape("report", "红色分隔线")[3],
    "attachments.inward": lambda: indent("report", "附件：", "firstLine"),
    "attachments.below": lambda: lines_between("report", "特此报告", "附件："),
    "seal.inward": lambda: indent("report", "2025年12月26日", "right"),
    "signature.inward": lambda: indent("notice", "2026年6月12日", "left") - 28 + 2 + len("政协云溪县委员会办公室"),
    "remark.inward": lambda: indent("report", "（联系人", "firstLine"),
    "colophon.edge": lambda: border("bottom"),
    "colophon.between": lambda: border("insideH"),
    "colophon.inward": lambda: indent("report", "抄送", "right"),
    "page.inward": lambda: int(xml("report", "footer1").find(f".//{w('ind')}").get(w("rightChars"))) / 100,
    "joint.signers": lambda: len(list(saying("joint_report", "签发人").iter(w("t")))) - 1,
    "joint.seals": lambda: names_beside(SHORT)[0],
    "joint.seal": lambda: value("joint.seal") if seals_apart() >= value("joint.seal") else seals_apart(),
    "letter.sign": lambda: shape("letter", "发文机关标志")[1],
    "letter.line.width": lambda: shape("letter", "红色双线1")[2],
    "letter.line.bottom": lambda: value("sheet.height") - sum(shape("letter", "红色双线4")[n] / (n // 2 + 1) for n in (1, 3)),
}  # fmt: skip
CLOSE = {"names": 0, "mm": 0.05, "pt": 0.01, "lines": 0.01, "characters": 0.01}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_file_keeps_to_the_measure(name):
    assert WRITTEN[name]() == pytest.approx(MEASURES[name].value, abs=CLOSE[MEASURES[name].unit])


def test_the_fonts_asked_for_are_those_of_the_standard():
    fonts = {
        beginning: saying("report", beginning).find(f".//{w('rFonts')}").get(w("eastAsia"))
        for beginning in ("政协云溪县委员会文件", "关于2025年度", "一、", "（一）", "坚持把", "附件：", "抄送")
    }

    assert list(fonts.values()) == [
        "方正小标宋简体", "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312", "仿宋_GB2312",
    ]  # fmt: skip
    assert saying("report", "政协云溪县委员会文件").find(f".//{w('color')}").get(w("val")) == "FF0000"
    signer = saying("report", "云政协〔").findall(f".//{w('rFonts')}")[-1]
    assert signer.get(w("eastAsia")) == "楷体_GB2312"


@pytest.fixture(scope="module")
def printed():
    if shutil.which("fc-list") is None:
        pytest.skip("fontconfig is not installed: apt-get install fontconfig")
    return {kind: sheets(pdf_of(kind)) for kind in ("report", "letter", "minutes")}


def middle(sheet, beginning):
    return median(mark.middle for mark in sheet.line(beginning))


def top(sheet, beginning):
    return min(mark.top for mark in sheet.line(beginning))


def bottom(sheet, beginning):
    return max(mark.bottom for mark in sheet.line(beginning))


def apart(sheet, one, other):
    """Empty lines between two lines."""
    return (middle(sheet, other) - middle(sheet, one)) / LINE - 1


def dash(sheet):
    return [mark for mark in sheet.characters if mark.text == "—" and mark.top > 262]


def pitch(sheet):
    """The usual way from one character of the text to the next."""
    line = sheet.line("社会各界")
    return median(b.left - a.left for a, b in pairwise(line))


PRINTED = {  # measure: (what is measured, how close; type of another font stands a little otherwise in its line)
    "sheet.width": (lambda p: p["report"][0].width, 0.2),
    "sheet.height": (lambda p: p["report"][0].height, 0.2),
    "core.lines": (lambda p: len(p["report"][2].lines()) - 1, 0),  # and the page number
    "core.characters": (lambda p: 156 / pitch(p["report"][0]), 0.4),
    "margin.left": (lambda p: p["report"][0].line("社会各界")[0].left, 0.6),
    "sign.below_core": (lambda p: top(p["report"][0], "政协云溪县委员会文件") - 37, 1),
    "number.below": (lambda p: apart(p["report"][0], "政协云溪县委员会文件", "云政协"), 0.4),
    "red.below": (lambda p: p["report"][0].rules()[0].middle - bottom(p["report"][0], "云政协"), 1),
    "core.width": (lambda p: p["report"][0].rules()[0].right - p["report"][0].rules()[0].left - 2 * 0.7, 0.3),
    "title.below": (lambda p: (top(p["report"][0], "关于2025年度") - p["report"][0].rules()[0].middle) / LINE - 1, 0.4),
    "addressee.below": (lambda p: apart(p["report"][0], "关于2025年度", "中共云溪县委"), 0.3),
    "attachments.below": (lambda p: apart(p["report"][4], "特此报告", "附件"), 0.2),
    "seal.inward": (lambda p: (184 - p["report"][4].line("2025年12月26日")[-1].right) / (156 / 28), 0.3),
    "annex.title": (lambda p: apart(p["report"][5], "附件", "2025年主要") + 2, 0.2),
    "core.height": (lambda p: p["report"][5].rules()[-1].middle - 37, 0.3),  # the last line of the 版记 is on its edge
    "page.below": (lambda p: dash(p["report"][0])[0].top - 262, 1),
    "page.inward": (lambda p: (184 - dash(p["report"][0])[-1].right) / (14 * 25.4 / 72), 0.3),
    "letter.sign": (lambda p: top(p["letter"][0], "政协云溪县委员会办公室"), 1),
    "letter.line.below": (lambda p: p["letter"][0].rules()[0].middle - 0.5 - bottom(p["letter"][0], "政协云溪县委员会办公室"), 1),
    "letter.line.bottom": (lambda p: 297 - p["letter"][0].rules()[-1].middle - 0.5, 0.3),
    "letter.line.width": (lambda p: p["letter"][0].rules()[0].right - p["letter"][0].rules()[0].left - 2 * 1.0, 0.3),
    "letter.number.below": (lambda p: (top(p["letter"][0], "云政协办函") - p["letter"][0].rules()[1].middle) / 25.4 * 72, 3),
    "minutes.people": (lambda p: apart(p["minutes"][1], "员会负责", "出席"), 0.2),
}  # fmt: skip


@pytest.mark.office
@pytest.mark.parametrize("name", PRINTED)
def test_the_printed_page_keeps_to_the_measure(name, printed):
    measured, close = PRINTED[name]

    assert measured(printed) == pytest.approx(MEASURES[name].value, abs=close)


@pytest.mark.office
def test_a_letter_has_no_number_on_its_first_page_and_numbers_stand_outside(printed):
    assert dash(printed["letter"][0]) == []
    assert dash(printed["report"][1])[0].left == pytest.approx(28 + 14 * 25.4 / 72, abs=1)
    assert len(printed["report"]) >= 4


def test_every_measure_of_the_table_is_measured():
    assert set(MEASURES) == set(WRITTEN) | set(PRINTED)


@pytest.mark.office
def test_where_the_text_fills_the_page_the_copies_stand_at_the_foot_of_the_next(printed):
    colophon = Colophon((("抄送", "县委办公室，县政府办公室"),), "政协云溪县委员会办公室", "2026年6月12日")
    full, last = sheets(to_pdf(write([Paragraph("正文。")] * 22, colophon=colophon)))

    assert (len(full.lines()), full.rules()) == (23, [])
    assert last.rules()[-1].middle == pytest.approx(262, abs=0.3)
