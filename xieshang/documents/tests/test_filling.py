"""Filling a template: the figure comes in, and nothing else changes."""

import re
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xieshang.documents.errors import SENTENCES, DocumentError
from xieshang.documents.filling import Edit, fill, find
from xieshang.documents.tests.making import SAMPLES, docx, p, part, r, table, text_box, unzipped, zipped

PARAGRAPH = re.compile(rb"<w:p[ >].*?</w:p>", re.DOTALL)
MAY_CHANGE = {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}


def texts(data):
    return [place.text for place in find(data)]


def body(data):
    return unzipped(data)["word/document.xml"].decode()


def comments(data):
    return re.findall(r"<w:t[^>]*>([^<]*)</w:t>", unzipped(data).get("word/comments.xml", b"").decode())


def blank(template, mark="x"):
    """The paragraph and offset of the first `mark`."""
    return next((i, t.index(mark)) for i, t in enumerate(texts(template)) if mark in t)


def test_a_blank_takes_the_figure_in_the_formatting_of_the_blank():
    template = docx(p("共征集提案", r("x", "<w:b/><w:sz w:val='32'/>"), "件"))

    filled = fill(template, [Edit(0, 5, 6, "120")])

    assert texts(filled) == ["共征集提案120件"]
    assert '<w:r><w:rPr><w:b/><w:sz w:val="32"/></w:rPr><w:t>120</w:t></w:r>' in body(filled)


def test_a_blank_split_over_runs_becomes_one_run():
    template = docx(p("立案率达", r("x", "<w:i/>"), r("%"), "。"))

    filled = fill(template, [Edit(0, 4, 6, "92.3%")])

    assert texts(filled) == ["立案率达92.3%。"]
    assert "<w:r><w:rPr><w:i/></w:rPr><w:t>92.3%</w:t></w:r>" in body(filled)


def test_a_filled_figure_carries_a_comment_by_xieshang_anchored_to_its_run():
    filled = fill(
        docx(p("提案x件")),
        [Edit(0, 2, 3, "120", "提交提案 · 2025年 · 120 条明细")],
        at=datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
    )

    assert '<w:commentRangeStart w:id="0"/><w:r><w:t>120</w:t></w:r><w:commentRangeEnd w:id="0"/>' in body(filled)
    assert comments(filled) == ["提交提案 · 2025年 · 120 条明细"]
    parts = unzipped(filled)
    assert b'w:author="\xe5\x8d\x8f\xe5\x95\x86"' in parts["word/comments.xml"]
    assert b"2026-01-05T09:00:00Z" in parts["word/comments.xml"]
    assert b"/word/comments.xml" in parts["[Content_Types].xml"]
    assert b"relationships/comments" in parts["word/_rels/document.xml.rels"]


def test_comments_that_are_there_stay_and_new_ones_take_new_numbers():
    old = part("comments", '<w:comment w:id="7" w:author="李敏"><w:p><w:r><w:t>请核对</w:t></w:r></w:p></w:comment>')

    filled = fill(docx(p("提案x件"), comments=old), [Edit(0, 2, 3, "120", "明细")])

    assert comments(filled) == ["请核对", "明细"]
    assert 'w:commentRangeStart w:id="8"' in body(filled)


def test_a_clean_copy_has_neither_comments_nor_highlights():
    template = docx(p("提案x件、意见", r("x", '<w:highlight w:val="yellow"/>'), "条"))

    filled = fill(template, [Edit(0, 2, 3, "120", "明细"), Edit(0, 7, 8, None, "猜测", mark=True)], clean=True)

    assert "word/comments.xml" not in unzipped(filled)
    assert "highlight" not in body(filled) and "comment" not in body(filled)
    assert '<w:r><w:rPr><w:b w:val="1"/></w:rPr><w:t xml:space="preserve">x</w:t></w:r>' in body(filled)


def test_a_blank_left_open_is_yellow_and_still_there():
    filled = fill(docx(p("意见x条")), [Edit(0, 2, 3, None, "可能是：社情民意", mark=True)])

    assert texts(filled) == ["意见x条"]
    assert '<w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">x</w:t>' in body(filled)


def test_a_property_is_put_where_the_schema_wants_it():
    filled = fill(docx(p(r("x", "<w:rFonts/><w:sz w:val='32'/><w:u w:val='single'/>"))), [Edit(0, 0, 1, mark=True)])

    assert re.findall(r"<w:(\w+)[ /]", re.search(r"<w:rPr>(.*?)</w:rPr>", body(filled))[1]) == [
        "rFonts",
        "sz",
        "highlight",
        "u",
    ]


def test_untouched_paragraphs_and_parts_keep_every_byte():
    odd = "<w:p  w:rsidR='00AB'><w:r><w:t>保持 &#x539F;样 &quot;</w:t></w:r><w:proofErr  w:type='x' /></w:p>"
    template = docx(odd + p("提案x件") + odd + "<w:sectPr/>", header1=part("hdr", odd), styles=part("styles", ""))

    filled = fill(template, [Edit(1, 2, 3, "120")])

    before, after = unzipped(template), unzipped(filled)
    assert {n: c for n, c in before.items() if n != "word/document.xml"} == {
        n: c for n, c in after.items() if n != "word/document.xml"
    }
    whole = before["word/document.xml"]
    start = whole.index(p("提案x件").encode())
    assert after["word/document.xml"].startswith(whole[:start])
    assert after["word/document.xml"].endswith(whole[start + len(p("提案x件").encode()) :])


def test_tables_headers_footers_and_text_boxes_can_be_filled():
    template = docx(
        table(["类别", "件数"], ["提案", "x"]) + p(text_box(p("第x期"))),
        header1=part("hdr", p("20xx年")),
        footer1=part("ftr", p("第x次")),
        footnotes=part("footnotes", f"<w:footnote>{p('共x人')}</w:footnote>"),
    )
    assert [(place.text, place.kind, place.address) for place in find(template)] == [
        ("类别", "table", "document/t1/r1/c1/p1"),
        ("件数", "table", "document/t1/r1/c2/p1"),
        ("提案", "table", "document/t1/r2/c1/p1"),
        ("x", "table", "document/t1/r2/c2/p1"),
        ("", "body", "document/p1"),
        ("第x期", "textbox", "document/p1/box1/p1"),
        ("20xx年", "header", "header1/p1"),
        ("第x次", "footer", "footer1/p1"),
        ("共x人", "footnotes", "footnotes/p1"),
    ]

    filled = fill(
        template,
        [
            Edit(3, 0, 1, "12"),
            Edit(5, 1, 2, "8", "注"),
            Edit(6, 2, 4, "25", "注"),
            Edit(7, 1, 2, "三"),
            Edit(8, 1, 2, "9", "注"),
        ],
    )

    assert texts(filled) == ["类别", "件数", "提案", "12", "", "第8期", "2025年", "第三次", "共9人"]
    assert body(filled).count(">8<") == 2  # the copy for old programs says the same
    assert comments(filled) == ["注"]  # Word allows none in a header or a note
    assert body(filled).index("commentRangeStart") < body(filled).index("AlternateContent")


def test_deleted_text_is_not_counted_and_stays_deleted():
    template = docx(
        p(
            "提案",
            "<w:del w:id='1'><w:r><w:delText>约</w:delText></w:r></w:del>",
            f"<w:ins w:id='2'>{r('x')}</w:ins>",
            "件",
        )
    )

    filled = fill(template, [Edit(0, 2, 3, "120")])

    assert texts(filled) == ["提案120件"]
    assert "<w:delText>约</w:delText>" in body(filled)
    assert re.search(r"<w:ins w:id=['\"]2['\"]><w:r><w:t>120</w:t></w:r></w:ins>", body(filled))


def test_links_tabs_and_breaks_survive_beside_a_filled_blank():
    run = "<w:r><w:t>一</w:t><w:tab/><w:t>x</w:t><w:br/><w:drawing/><w:t>二</w:t></w:r>"
    template = docx(p(f'<w:hyperlink r:id="r9">{run}</w:hyperlink>'))
    assert texts(template) == ["一\tx\n二"]

    filled = fill(template, [Edit(0, 2, 3, "5\t6")])

    assert texts(filled) == ["一\t5\t6\n二"]
    assert body(filled).count("<w:drawing/>") == 1 and "hyperlink" in body(filled)


def test_a_filled_content_control_is_no_longer_a_placeholder():
    control = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/><w:dataBinding/></w:sdtPr><w:sdtContent>{r('x')}</w:sdtContent></w:sdt>"
    )

    filled = fill(docx(p(control)), [Edit(0, 0, 1, "9")])

    assert texts(filled) == ["9"]
    assert "showingPlcHdr" not in body(filled) and "dataBinding" not in body(filled)


def test_text_can_be_put_into_an_empty_cell_in_the_formatting_of_its_mark():
    template = docx(table([p(properties="<w:rPr><w:sz w:val='28'/></w:rPr>")]))

    filled = fill(template, [Edit(0, 0, 0, "12")])

    assert "<w:r><w:rPr><w:sz w:val=" in body(filled) and texts(filled) == ["12"]


@pytest.mark.parametrize("edits", [[Edit(0, 0, 9)], [Edit(5, 0, 0)], [Edit(0, 0, 2), Edit(0, 1, 3)], [Edit(0, 2, 1)]])
def test_an_edit_that_does_not_fit_is_a_mistake_of_the_caller(edits):
    with pytest.raises(ValueError, match=r"paragraph|fit"):
        fill(docx(p("提案x件")), edits)


@settings(deadline=None)
@given(st.data())
def test_whatever_the_runs_the_text_afterwards_is_the_text_with_the_edits_made(data):
    """Runs of any lengths, edits of any width: what is printed is what a string replacement would give."""
    runs = data.draw(st.lists(st.text("提案x件%\t\n ", min_size=1, max_size=6), min_size=1, max_size=6))
    text = "".join(runs)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    pairs = [pair for n, pair in enumerate(pairs) if pair[0] != pair[1] and (not n or pair[0] >= pairs[n - 1][1])]
    new = [data.draw(st.one_of(st.none(), st.text("120x\t\n ", max_size=4))) for _ in pairs]
    marks = "".join(
        f"<w:bookmarkStart w:id='{n}'/>{_run(run)}<w:bookmarkEnd w:id='{n}'/>" for n, run in enumerate(runs)
    )
    template = docx(p(marks) + p("别动"))

    filled = fill(template, [Edit(0, a, b, t, "注", mark=t is None) for (a, b), t in zip(pairs, new, strict=True)])

    expected = text
    for (a, b), t in reversed(list(zip(pairs, new, strict=True))):
        expected = expected if t is None else expected[:a] + t + expected[b:]
    assert texts(filled) == [expected, "别动"]
    assert comments(filled) == ["注"] * len(pairs)
    assert body(filled).count("<w:bookmarkStart") == body(filled).count("<w:bookmarkEnd") == len(runs)
    assert PARAGRAPH.findall(unzipped(filled)["word/document.xml"])[-1].decode() == p("别动")


def _run(text):
    inner = text.replace("\t", "</w:t><w:tab/><w:t>").replace("\n", "</w:t><w:br/><w:t>")
    return f"<w:r><w:t>{inner}</w:t></w:r>"


def test_files_of_real_programs_come_back_as_they_were_but_for_the_edit():
    for path in SAMPLES.glob("word-*.docx"):  # none where the samples are not beside the repository
        template = path.read_bytes()
        index, place = next((n, place) for n, place in enumerate(find(template)) if len(place.text) > 4)

        filled = fill(template, [Edit(index, 1, 3, "120", "注")])

        expected = texts(template)
        expected[index] = place.text[:1] + "120" + place.text[3:]
        assert texts(filled) == expected
        before, after = unzipped(template), unzipped(filled)
        assert {name for name in after if before.get(name) != after[name]} <= MAY_CHANGE


def test_two_hundred_pages_with_hundreds_of_blanks_take_at_most_two_seconds():
    line = "全年共征集提案x件，经审查立案x件，立案率达x%，编发政协简讯x期，开展集体活动x次，参加活动委员x人次。" * 3
    template = docx("".join(p(line[:9], *re.findall(".{1,30}", line[9:])) for _ in range(800)))
    started = time.perf_counter()

    places = find(template)
    edits = [
        Edit(pl.index, m.start(), m.end(), "12", "注")
        for pl in places[::4]
        for m in list(re.finditer("x", pl.text))[:2]
    ]
    fill(template, edits)

    assert len(edits) == 400
    assert time.perf_counter() - started < 2


SOUND = docx(
    p("提案x件") + table(["x"]) + p(text_box(p("第x期"))), comments=part("comments", ""), header1=part("hdr", p("x"))
)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_template_is_either_filled_or_refused(data):
    parts = unzipped(SOUND)
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name])))
    junk = data.draw(
        st.one_of(st.binary(max_size=6), st.sampled_from([b"<w:p>", b"</w:p>", b"<w:p/>", b"&#0;", b" w:"]))
    )
    parts[name] = parts[name][:at] + junk + parts[name][at + data.draw(st.integers(0, 12)) :]
    try:
        places = find(zipped(parts))
        edits = [Edit(place.index, 0, 1, "12", "注") for place in places if place.text]
        assert [place.text[:2] for place in find(fill(zipped(parts), edits)) if place.text] == ["12"] * len(edits)
    except DocumentError as refusal:
        assert refusal.code in SENTENCES
