"""The example of each official kind is a whole paper that other programs open, the same each time."""

import io

import pytest
from docx import Document
from lxml import etree

from xieshang.documents.gongwen import CATEGORIES
from xieshang.documents.reading import read_document
from xieshang.documents.samples import SAMPLES, sample
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
