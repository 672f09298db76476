"""The example of each official kind is a whole paper that other programs open, the same each time."""

import io

import pytest
from docx import Document
from lxml import etree

from xieshang.documents.gongwen import CATEGORIES, Cell, Colophon, Form, Names, RedHead, Signature, Table, Title, write
from xieshang.documents.reading import read_document
from xieshang.documents.samples import SAMPLES, sample
from xieshang.documents.tables import characters
from xieshang.documents.tests.making import unzipped
from xieshang.documents.words import w

ORDER = {
    "pPr": "pStyle keepNext pageBreakBefore widowControl tabs overflowPunct autoSpaceDE autoSpaceDN snapToGrid spacing ind jc outlineLvl",
    "rPr": "rFonts b color spacing kern sz szCs highlight lang",
    "tblPr": "tblW jc tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "trPr": "cantSplit trHeight tblHeader",
    "sectPr": "footerReference pgSz pgMar titlePg docGrid",
}


def test_there_is_an_example_of_every_kind():
    assert set(SAMPLES) == set(CATEGORIES)


@pytest.mark.parametrize("kind", SAMPLES)
def test_word_finds_every_property_in_the_order_of_its_schema(kind):
    parts = unzipped(sample(kind))

    for tag, order in ORDER.items():
        for element in etree.fromstring(parts["word/document.xml"]).iter(w(tag)):
            ranks = [order.split().index(etree.QName(child).localname) for child in element]
            assert ranks == sorted(ranks)
    styles = {style.get(w("styleId")) for style in etree.fromstring(parts["word/styles.xml"]).iter(w("style"))}
    assert {one.get(w("val")) for one in etree.fromstring(parts["word/document.xml"]).iter(w("pStyle"))} <= styles


@pytest.mark.parametrize("kind", SAMPLES)
def test_an_example_opens_and_is_the_same_each_time(kind):
    data = sample(kind)

    assert data == sample(kind)
    assert Document(io.BytesIO(data)).core_properties.category == CATEGORIES[kind]
    assert len(read_document(data, "a.docx").text) > 100


def test_a_table_of_two_thousand_rows_costs_as_much_for_each_row_as_a_short_one():
    """Counted in bytes of XML and not in seconds: no row is written twice."""

    def long(rows):
        return len(
            unzipped(write([Table(("序号", "任务"), [(str(n % 10), "走访") for n in range(rows)])]))[
                "word/document.xml"
            ]
        )

    assert (long(2000) - long(1000)) == (long(1000) - long(0)) > 0


@pytest.mark.parametrize(
    "name, day", [("县政协", "2026年6月19日"), ("政协云溪县委员会提案和委员联络委员会办公室", "2026年6月19日")]
)
def test_a_sealed_name_is_centred_over_its_date_and_stays_on_the_page(name, day):
    root = etree.fromstring(unzipped(write([Signature(name, day, seal=True)]))["word/document.xml"])
    right = [int(p.find(f"{w('pPr')}/{w('ind')}").get(w("rightChars")) or 0) / 100 for p in root.iter(w("p"))][-2:]

    assert right[0] + characters(name) / 2 == pytest.approx(right[1] + characters(day) / 2, abs=0.02)
    assert right[0] >= 0 and right[1] >= 4


def test_a_form_whose_row_is_too_short_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="wide"):
        write([Form((1, 1), [[Cell("一")]])])


def test_a_long_name_takes_the_next_column_and_a_short_one_is_spread():
    text = read_document(write([Names(["李敏", "阿依古丽·买买提", "王建国", "于涛"], columns=4)]), "a.docx").text

    assert [line.split("\t") for line in text.split("\n")] == [["李　敏", "阿依古丽·买买提", "王建国"], ["于　涛"]]


def test_what_is_in_the_head_is_text_and_never_markup():
    data = write(
        [Title("甲")], head=RedHead("<b>&", "〔2026〕1号"), colophon=Colophon((("抄送", "乙&丙"),), "<丁>", "1日")
    )

    assert {"<b>&", "抄送：乙&丙。", "<丁>"} <= {
        t.text for t in etree.fromstring(unzipped(data)["word/document.xml"]).iter(w("t"))
    }
