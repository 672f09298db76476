"""One file of each format, as a program of an office makes it, is read to the words that stand in it (`fixtures.py` made them)."""

import io
from datetime import date, datetime, time
from importlib.util import find_spec

import olefile
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from xieshang.documents import office, recognising
from xieshang.documents.errors import DocumentError
from xieshang.documents.pasted import lines as pasted_lines
from xieshang.documents.reading import FORMATS, accepted, read_document, read_pasted
from xieshang.documents.recognising import Recognised
from xieshang.documents.sheet_text import said
from xieshang.documents.tests import fixtures
from xieshang.documents.tests.making import FILES, SAMPLES, docx, p, part, r, table, text_box, unzipped, zipped
from xieshang.text.reading import read


def text(name, data=None):
    return read_document((FILES / name).read_bytes() if data is None else data, name).text


def code(data, name):
    with pytest.raises(DocumentError) as refusal:
        read_document(data, name)
    return refusal.value.code


# --- .docx -----------------------------------------------------------------------------------------------------------------


def test_numbers_made_by_the_program_are_written_out_at_every_level():
    assert text("lists.docx").split("\n") == [
        "一、总体要求",
        "二、主要任务",
        "（一）提案工作",
        "1. 2026年立案不少于80件",
        "①登记",
        "②交办",
        "2.重点督办",
        "（二）视察工作",
        "1.集中视察2次",
        "三、组织保障",
    ]


def test_merged_cells_of_a_table_keep_every_column_in_its_place():
    assert text("tables.docx").split("\n") == [
        "任务分解如下：",
        "序号\t任务\t责任单位",
        "1\t组织专题调研2次\t提案和委员联络委",
        "2\t开展视察不少于3次\t",
        "合计5次\t\t",
        "以上任务年底前完成。",
    ]


def test_a_text_box_is_read_once_although_it_is_saved_in_an_old_and_a_new_form():
    found = text("boxes.docx")

    assert found.split("\n") == ["一、委员活动", "框内：每季度开展1次委员活动日活动。", "全年组织集体活动不少于4次。"]
    assert unzipped((FILES / "boxes.docx").read_bytes())["word/document.xml"].count("框内".encode()) == 2


def test_a_text_box_of_old_word_alone_is_read_and_one_in_deleted_words_is_not():
    old = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    gone = f"<w:del>{text_box(p('删去的框'))}</w:del>"

    assert text("a.docx", docx(p("一", old) + p("二", gone))).split("\n") == ["一", "旧框", "二"]


def test_notes_stand_after_their_paragraph_where_they_break_no_sentence():
    assert text("notes.docx").split("\n") == [
        "全年征集提案不少于100件，立案率不低于85%。",
        "\u3000注：含集体提案。",
        "全年组织视察3次。",
        "\u3000注：其中专题视察不少于1次。",
    ]


def test_a_note_never_joins_the_sentence_before_or_after_it():
    note = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    notes = part("footnotes", f"<w:footnote w:id='2'>{p('1.含小组活动')}</w:footnote>")
    found = text(
        "a.docx",
        docx(p("全年组织集体活动不少于4次，各组", note, "均不少于1次") + p("举办委员沙龙2次。"), footnotes=notes),
    )

    assert found.split("\n")[1] == "\u3000注：1.含小组活动。"
    [document] = read(f"2026年工作要点\n\n{found}").documents
    assert [(one.value, one.unit) for one in document.targets] == [(4, "次"), (1, "次"), (2, "次")]
    assert not document.outline


def test_a_deleted_reference_takes_its_note_with_it():
    note = "<w:del><w:r><w:footnoteReference w:id='2'/></w:r></w:del>"
    notes = part("footnotes", f"<w:footnote w:id='2'>{p('旧注')}</w:footnote>")

    assert text("a.docx", docx(p("一", note), footnotes=notes)) == "一"


def test_notes_within_a_table_stand_after_it():
    note = "<w:r><w:endnoteReference w:id='3'/></w:r>"
    notes = part("endnotes", f"<w:endnote w:id='3'>{p('含小组')}</w:endnote>")
    found = text("a.docx", docx(table(["任务", p("4次", note)], ["视察", "2次"]) + p("完"), endnotes=notes))

    assert found.split("\n") == ["任务\t4次", "视察\t2次", "\u3000注：含小组。", "完"]


def test_tracked_changes_of_a_program_are_taken_as_accepted():
    assert text("changes.docx") == "全年组织集体活动不少于四次，举办委员沙龙2次。"


def test_moved_words_stand_only_where_they_went():
    gone = f"<w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr><w:moveFrom>{r('移走的一段')}</w:moveFrom></w:p>"
    come = f"<w:moveTo>{r('移来的一段')}</w:moveTo>"

    assert text("a.docx", docx(p("一") + gone + p("二", come))).split("\n") == ["一", "二移来的一段"]


def test_paragraphs_joined_by_a_deleted_mark_have_one_number_and_their_box_after_them():
    gone = p("前半", text_box(p("框")), properties="<w:rPr><w:del/></w:rPr>")

    assert text("a.docx", docx(gone + p("后半") + p("完"))).split("\n") == ["前半后半", "框", "完"]


def test_a_deleted_cell_and_the_cell_that_another_goes_on_into_say_nothing():
    def cell(words, more):
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{p(words)}</w:tc>"

    held = '<w:vMerge w:val="restart"/>'
    rows = (
        f"<w:tr>{cell('甲', '')}{cell('删', '<w:cellDel/>')}{cell('提案委', held)}</w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('乙', '<w:vMerge/>')}{cell('丙', '')}</w:tr>"
    )

    assert text("a.docx", docx(f"<w:tbl>{rows}</w:tbl>")).split("\n") == ["甲\t提案委", "\t\t丙"]


def test_content_controls_are_read_and_a_table_of_contents_is_not():
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('块内')}</w:sdtContent></w:sdt>"
    inline = f"<w:sdt><w:sdtContent>{r('行内')}</w:sdtContent></w:sdt>"
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('一、总体要求 1')}</w:sdtContent></w:sdt>"
    )

    assert text("a.docx", docx(contents + control + p("有", inline))).split("\n") == ["块内", "有行内"]


def test_heads_and_feet_of_word_are_no_part_of_the_text():
    assert "云岭县政协办公室" not in text("lists.docx")
    assert "云岭县政协办公室" in unzipped((FILES / "lists.docx").read_bytes())["word/header1.xml"].decode()


def test_footnotes_that_word_itself_wrote_are_read():
    for path in SAMPLES.glob("word-footnotes_tpl.docx"):  # none where the samples are not beside the repository
        assert "\u3000注：" in text(path.name, path.read_bytes())


# --- the old formats -----------------------------------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.parametrize("name", ["计划.doc", "计划.wps"])
def test_what_word_97_and_wps_saved_is_read_with_its_numbers(name):
    if office.office() is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    assert text(name, (FILES / "lists.doc").read_bytes()).split("\n") == text("lists.docx").split("\n")


def test_a_wps_file_that_is_a_zip_inside_is_read_without_any_program(monkeypatch):
    monkeypatch.setattr(office, "PROGRAMS", ())
    assert text("计划.wps", (FILES / "lists.docx").read_bytes()) == text("lists.docx")


# --- .pdf ------------------------------------------------------------------------------------------------------------------

WHOLE = [words for pair in zip(fixtures.HEADINGS, fixtures.PARAGRAPHS, strict=True) for words in pair]


def shut(words):
    return ["".join(line.split()) for line in words.split("\n") if line.strip()]


def test_a_printed_plan_comes_back_as_its_paragraphs_without_heads_and_page_numbers():
    assert len(PdfReader(FILES / "plan.pdf").pages) == 2
    assert shut(text("plan.pdf")) == ["云岭县政协2026年工作要点", *WHOLE]


def test_two_columns_are_read_one_after_the_other_over_the_pages():
    last = "以上各项任务由县政协办公室督促落实，每半年向主席会议报告一次进展情况，年底前完成全部任务。"

    assert len(PdfReader(FILES / "columns.pdf").pages) == 2
    assert shut(text("columns.pdf")) == ["云岭县政协2026年工作要点", *WHOLE, last]


def test_a_printed_plan_has_the_targets_of_the_plan():
    def told(words):
        return [
            (one.op, one.value, one.unit, one.period, one.per, one.deadline) for one in read(words).documents[0].targets
        ]

    plain = "云岭县政协2026年工作要点\n\n" + "\n".join(WHOLE)
    assert told(text("plan.pdf")) == told(plain) == told(text("columns.pdf"))[: len(told(plain))]


def test_a_printed_table_comes_back_row_by_row_with_its_merged_cells_and_wrapped_lines():
    assert text("tasks.pdf").split("\n")[1:] == [
        "\u3000\u3000任务分解表",
        "序号\t任务\t责任单位",
        "1\t围绕产业发展组织专题调研2次，形成调研报告并报送县委\t提案和委员联络委、经济科技委",
        "2\t开展视察不少于3次\t",
        "合计5次\t\t",
        "\u3000\u3000以上任务年底前完成。",
    ]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_stored_lying_is_read_as_it_is_shown(turn):
    writer = PdfWriter(clone_from=FILES / "plan.pdf")
    for page in writer.pages:
        page.rotate(turn).transfer_rotation_to_content()
        page.rotate(360 - turn)
    out = io.BytesIO()
    writer.write(out)

    assert text("a.pdf", out.getvalue()) == text("plan.pdf")


def test_a_scan_says_that_there_is_no_text_in_it(monkeypatch):
    monkeypatch.setattr(recognising, "recogniser", lambda: None)
    for name in ("scan.pdf", "photo.jpg"):
        with pytest.raises(DocumentError, match="是扫描件或图片，里面没有文字"):
            text(name)


def test_of_a_pdf_with_one_scanned_page_the_rest_is_read_and_the_gap_is_told(monkeypatch):
    monkeypatch.setattr(recognising, "recogniser", lambda: None)
    writer = PdfWriter()
    for file in ("plan.pdf", "scan.pdf"):
        writer.append(FILES / file)
    out = io.BytesIO()
    writer.write(out)

    assert "（第3页是图片，没有读出文字）" in read_document(out.getvalue(), "a.pdf").text


def test_a_pdf_that_cannot_be_read_says_why():
    locked = PdfWriter(clone_from=FILES / "plan.pdf")
    locked.encrypt("secret")
    out = io.BytesIO()
    locked.write(out)

    assert code(out.getvalue(), "a.pdf") == "encrypted"
    assert code((FILES / "plan.pdf").read_bytes()[:9000], "a.pdf") in ("broken", "no_text")
    assert code(b"%PDF-1.7", "a.pdf") == "broken"
    assert code(b"PK\x03\x04", "a.pdf") == "misnamed"
    assert code(_pages(501), "a.pdf") == "too_many_pages"
    assert code(_pages(2), "a.pdf") == "no_text"


def _pages(number):
    writer = PdfWriter()
    for _n in range(number):
        writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# --- recognised pictures ---------------------------------------------------------------------------------------------------


def recognised(picture: Image.Image):
    """What an engine would say of a page: three lines, one of them hardly readable, and a stain."""
    high = picture.height
    return [
        Recognised("二、委员活动", 0.99, 200, high * 0.3, 500, high * 0.3 + 40),
        Recognised("全年组织集体活动不少于4次。", 0.62, 200, high * 0.34, 900, high * 0.34 + 40),
        Recognised("一、提案工作", 0.99, 200, high * 0.2, 500, high * 0.2 + 40),
        Recognised("斑", 0.1, 700, high * 0.8, 720, high * 0.8 + 20),
    ]


@pytest.mark.parametrize("name", ["scan.pdf", "photo.jpg"])
def test_where_a_recogniser_is_installed_a_scan_is_read_and_what_is_doubtful_is_told(monkeypatch, name):
    monkeypatch.setattr(recognising, "recogniser", lambda: recognised)

    source = read_document((FILES / name).read_bytes(), name)

    assert shut(source.text) == ["一、提案工作", "二、委员活动", "全年组织集体活动不少于4次。"]
    assert [source.text[start:end] for start, end in source.doubtful] == ["全年组织集体活动不少于4次。"]
    assert source.format == "scan"


@pytest.mark.parametrize("name", ["scan.pdf", "photo.jpg"])
def test_where_only_noise_is_recognised_it_is_still_a_scan(monkeypatch, name):
    noise = [Recognised("8≠91<60", 0.55, 100, 100 * n, 400, 100 * n + 40) for n in range(9)]
    monkeypatch.setattr(recognising, "recogniser", lambda: lambda picture: noise)

    assert code((FILES / name).read_bytes(), name) == "scan"


def test_a_picture_that_is_none_is_broken(monkeypatch):
    monkeypatch.setattr(recognising, "recogniser", lambda: recognised)
    assert code(b"\x89PNG rubbish", "a.png") == code(b"no picture", "a.jpg") == "broken"


if find_spec("rapidocr") and find_spec("onnxruntime"):  # optional: no test is skipped where it is not installed

    def test_the_optional_package_reads_a_scanned_page():
        assert "全年组织专题协商不少于4次" in "".join(text("scan.pdf").split())


# --- plain text ------------------------------------------------------------------------------------------------------------

PLAN = "一、提案工作\n全年征集提案不少于100件，立案率不低于85%。"
TRADITIONAL = "一、提案工作\n全年徵集提案不少於100件，組織視察3次，開展協商會議。"


@pytest.mark.parametrize(
    ("encoding", "words", "called"),
    [
        ("utf-8", PLAN, "utf-8"), ("utf-8-sig", PLAN, "utf-8-sig"), ("utf-16", PLAN, "utf-16"), ("utf-16-le", PLAN, "utf-16"),
        ("utf-16-be", PLAN, "utf-16"), ("gb18030", PLAN, "gb18030"), ("gbk", PLAN, "gb18030"), ("big5", TRADITIONAL, "big5"),
    ],
)  # fmt: skip
def test_a_text_is_read_in_whatever_encoding_it_was_saved(encoding, words, called):
    source = read_document(words.encode(encoding), "计划.txt")

    assert (source.text, source.encoding) == (words, called)


def test_what_is_no_clear_big5_is_refused_rather_than_misread():
    assert code("提案委員会の活動報告。今年度は調査研究を行います。".encode("shift_jis"), "a.txt") == "encoding"


def test_the_file_in_markdown_is_read_without_its_marks():
    assert text("plan.md").strip().split("\n") == [
        "云岭县政协2026年工作要点",
        "",
        "一、提案工作",
        "",
        "全年征集提案不少于100件，立案率不低于85%。",
        "",
        "交办",
        "督办2次",
        "1.集中视察3次",
        "",
        "任务\t目标值\t责任单位",
        "集体活动\t≥4次\t各活动组",
    ]


# --- sheets and pasted tables ----------------------------------------------------------------------------------------------


def test_a_workbook_is_read_sheet_by_sheet_with_tabs_between_its_cells():
    assert text("tasks.xlsx").split("\n") == [
        "云岭县政协2026年任务分解表",
        "序号\t工作任务\t目标值\t完成时限\t责任单位",
        "1\t组织专题调研\t不少于2次\t2026年6月30日\t提案委",
        "2\t提案立案率\t85%\t年底前\t",
        "注：以上由办公室督促落实。",
        "",
        "协商计划",
        "议题\t协商形式\t时间",
        "关于县城停车管理的建议\t对口协商\t第二季度",
    ]


@pytest.mark.parametrize("name", ["计划.xls", "计划.et"])
def test_an_old_workbook_is_read_the_same_way(name):
    assert text(name, (FILES / "tasks.xls").read_bytes()).split("\n") == [
        "云岭县政协2026年任务分解表",
        "序号\t工作任务\t责任单位",
        "1\t组织专题调研不少于2次\t提案委",
        "2\t立案率不低于85%\t",
    ]


def test_pasted_cells_of_several_lines_stay_in_their_row():
    assert read_pasted('序号\t任务\r\n1\t"组织调研2次\r\n并形成报告"\r\n') == "序号\t任务\n1\t组织调研2次 并形成报告"


def test_a_table_pasted_with_its_markup_keeps_its_columns():
    markup = (
        "<p>任务分解</p><table><tr><th>任务</th><th>次数</th><th>单位</th></tr>"
        "<tr><td>视察</td><td>2次</td><td rowspan=2>提案委</td></tr><tr><td colspan=2>调研&nbsp;3次</td></tr></table>完"
    )

    assert read_pasted(markup) == "任务分解\n任务\t次数\t单位\n视察\t2次\t提案委\n调研 3次\t\t\n完"


@pytest.mark.parametrize("words", ["一、提案\n100件\n", "a < b，c > d", '"引号"开头\t2\n完', "", "<table", "<tr></tr>"])
def test_pasted_words_stay_as_they_are(words):
    assert pasted_lines(words).strip() == words.replace("<tr></tr>", "").strip()


def test_what_a_sheet_shows_is_what_is_read():
    assert [said(one) for one in (None, "一\n二", 3, 2.5, True, date(2026, 6, 30), datetime(2026, 6, 30, 9, 5), time(9, 5))] == [  # noqa: DTZ001
        "", "一 二", "3", "2.5", "是", "2026年6月30日", "2026年6月30日 09:05", "09:05",
    ]  # fmt: skip
    assert said(0.855, percent=True) == "85.5%"


# --- safety ----------------------------------------------------------------------------------------------------------------


def test_macros_are_refused():
    parts = unzipped(docx(p("一")))
    with_macros = zipped({**parts, "word/vbaProject.bin": b"x"})

    assert code(with_macros, "a.docx") == code(with_macros, "a.wps") == "macros"


def test_macros_in_the_old_formats_are_refused(monkeypatch):
    monkeypatch.setattr(olefile.OleFileIO, "exists", lambda _self, name: name in ("Macros/VBA", "WordDocument"))
    assert (
        code((FILES / "plan.doc").read_bytes(), "a.doc") == code((FILES / "plan.doc").read_bytes(), "a.wps") == "macros"
    )
    assert code((FILES / "tasks.xls").read_bytes(), "a.xls") == "macros"


@pytest.mark.parametrize("target", ["https://example.org/t.dotm", "\\\\server\\share\\t.dotm", "file://server/t.dotm"])
def test_a_template_that_would_be_fetched_is_refused_and_a_link_to_a_page_is_not(target):
    def linked(kind):
        parts = unzipped(docx(p("一")))
        parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
            b"</Relationships>",
            f'<Relationship Id="x" Type="a/{kind}" Target="{target}" TargetMode="External"/></Relationships>'.encode(),
        )
        return zipped(parts)

    assert code(linked("attachedTemplate"), "a.docx") == code(linked("oleObject"), "a.docx") == "remote"
    assert text("a.docx", linked("hyperlink")) == text("a.docx", linked("image")) == "一"


def test_absurd_nesting_is_refused():
    deep = p("里")
    for _n in range(30):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>"

    assert code(docx(deep), "a.docx") == "nested"
    assert code(docx("<w:sdt><w:sdtContent>" * 200 + p("里") + "</w:sdtContent></w:sdt>" * 200), "a.docx") == "nested"


def test_what_may_be_chosen_is_what_can_be_read(monkeypatch):
    monkeypatch.setattr(recognising, "recogniser", lambda: None)
    assert accepted() == ".docx,.doc,.wps,.rtf,.pdf,.xlsx,.xls,.et,.ods,.txt,.md"
    monkeypatch.setattr(recognising, "recogniser", lambda: recognised)
    assert accepted().endswith(".md,.jpg,.jpeg,.png,.webp")
    for suffix in FORMATS:
        with pytest.raises(DocumentError) as refusal:
            read_document(b"\x01\x02\x03\x04" * 99, "a" + suffix)
        assert refusal.value.code != "unsupported"
