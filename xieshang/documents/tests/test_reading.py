"""Reading what people bring: any encoding, any program, and one clear sentence when it will not do."""

import codecs
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xieshang.documents import office
from xieshang.documents.errors import SENTENCES, DocumentError
from xieshang.documents.guard import ENCRYPTED, OLE
from xieshang.documents.reading import MAX_BYTES, SourceText, read_document
from xieshang.documents.tests.making import FILES, SAMPLES, docx, p, part, r, table, text_box, unzipped, zipped

PLAN = "一、指导思想\n以新发展理念为指导，围绕社区建设，全年组织集体活动不少于4次。"


def code(data, name):
    with pytest.raises(DocumentError) as refusal:
        read_document(data, name)
    return refusal.value.code


def lines(data):
    return read_document(data, "计划.docx").text.split("\n")


@pytest.mark.parametrize(
    "data, encoding",
    [
        (PLAN.encode(), "utf-8"),
        (PLAN.encode("utf-8-sig"), "utf-8-sig"),
        (PLAN.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + PLAN.encode("utf-16-be"), "utf-16"),
        (PLAN.encode("gb18030"), "gb18030"),
        (PLAN.replace("\n", "\r\n").encode("gb18030"), "gb18030"),
        (PLAN.replace("\n", "\r").encode(), "utf-8"),
    ],
)
def test_a_text_file_is_read_in_its_own_encoding(data, encoding):
    assert read_document(data, "计划.TXT") == SourceText(PLAN, encoding, "txt")


def test_a_short_gb_text_that_happens_to_be_utf8_is_read_as_chinese():
    assert read_document("联通".encode("gb18030"), "a.txt").text == "联通"


def test_traditional_text_in_gb18030_is_no_wrong_encoding():
    text = "區政協委員提案辦理情況報告會議，中國人民政治協商會議全國委員會"

    assert read_document(text.encode("gb18030"), "a.txt").text == text


def test_a_rare_character_is_read_from_gb18030():
    assert read_document("委员李㛃、𬭎".encode("gb18030"), "a.txt").text == "委员李㛃、𬭎"


def test_a_text_cut_off_in_the_middle_of_its_last_character_is_still_read():
    assert read_document(PLAN.encode()[:-1], "a.txt").text == PLAN[:-1]


MARKDOWN = """---
title: 计划
---
# 2026年工作计划 #

## 一、**主要**任务

1. 全年*集体活动*不少于__4__次
2. 共____件、____件
3. 2026年立案
- [ ] 提案 [目录](http://a/b)
> 引用 `代码`

| 类别 | 件数 |
|:---|---:|
| 提案 | 12 |

```
# 原样
```
落实***和市委精神\\*
"""


def test_markdown_loses_its_markup_and_keeps_its_numbers():
    assert [line for line in read_document(MARKDOWN.encode(), "a.md").text.split("\n") if line] == [
        "2026年工作计划",
        "一、主要任务",
        "1.全年集体活动不少于__4__次",  # no markup between Chinese characters, in Markdown itself neither
        "2.共____件、____件",
        "3. 2026年立案",
        "提案 目录",
        "引用 代码",
        "类别\t件数",
        "提案\t12",
        "# 原样",
        "落实***和市委精神*",
    ]


def test_a_docx_gives_paragraphs_tables_and_text_boxes_in_order():
    body = (
        p("一、任务") + table(["类别", p("件") + p("数")], ["提案", ""], ["", ""]) + p("完", text_box(p("框内"))) + p()
    )

    assert lines(docx(body)) == ["一、任务", "类别\t件 数", "提案\t", "完", "框内", ""]


def test_a_cell_over_two_columns_keeps_the_columns_after_it_in_place():
    wide = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + p("合计") + "</w:tc>"

    assert lines(docx("<w:tbl><w:tr>" + wide + f"<w:tc>{p('12')}</w:tc></w:tr></w:tbl>")) == ["合计\t\t12"]


def test_tracked_changes_are_taken_as_accepted():
    deleted = "<w:del><w:r><w:delText>三</w:delText></w:r></w:del>"
    joined = p("不少于", deleted, f"<w:ins>{r('四')}</w:ins>", properties="<w:rPr><w:del/></w:rPr>")
    gone = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('旧行')}</w:tc></w:tr></w:tbl>"

    assert lines(docx(joined + p("次") + gone)) == ["不少于四次"]


def level(number, form, pattern, more=""):
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/>{more}</w:lvl>'
    )


LEVELS = "".join(
    [
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCountingThousand", "（%2）", '<w:pStyle w:val="Second"/>'),
        level(2, "decimal", "%3."),
        level(3, "decimal", "%3.%4"),
        level(4, "decimalEnclosedCircle", "%5"),
        level(5, "bullet", "&#xF0B7;"),
    ]
)
NUMBERING = part(
    "numbering",
    f'<w:abstractNum w:abstractNumId="3">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>",
)
STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:styleId="Second"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Second"/></w:style>',
)


def numbered(text, depth, number=1):
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def styled(text, style, more=""):
    return p(text, properties=f'<w:pStyle w:val="{style}"/>{more}')


def test_words_own_list_numbers_are_written_out():
    body = (
        numbered("总体要求", 0)
        + numbered("主要任务", 0)
        + styled("提案", "Second")
        + numbered("2026年立案", 2)
        + numbered("走访", 2)
        + numbered("入户", 3)
        + numbered("登记", 4)
        + numbered("要点", 5)
        + numbered("", 0)
        + styled("视察", "Child")
        + styled("不编号", "Second", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        + numbered("另起", 0, number=2)
        + "".join(numbered("续", 0, number=2) for _ in range(10))
    )

    assert lines(docx(body, numbering=NUMBERING, styles=STYLES))[:13] == [
        "一、总体要求",
        "二、主要任务",
        "（一）提案",
        "1. 2026年立案",
        "2.走访",
        "2.1 入户",
        "①登记",
        "要点",
        "",
        "（一）视察",  # Word numbers the empty paragraph before: it begins a new 三、
        "不编号",
        "一、另起",
        "二、续",
    ]
    assert lines(docx(body, numbering=NUMBERING, styles=STYLES))[-1] == "十一、续"


def test_what_cannot_be_read_says_why():
    assert code(b"", "a.txt") == code(b" \r\n", "a.txt") == "empty"
    assert code(b"x" * (MAX_BYTES + 1), "a.txt") == "too_large"
    assert code(b"a\x00\x01\x02" * 50, "a.txt") == "binary"
    assert code("提案委員会の活動報告。今年度は調査研究を行います。".encode("shift_jis"), "a.txt") == "encoding"
    assert code(OLE + b"word", "a.docx") == code(b"%PDF-1.7", "a.docx") == code(b"%PDF-1.7", "a.txt") == "misnamed"
    assert code(b"x", "a.zip") == code(b"x", "a") == "unsupported"
    assert code(OLE + b"word", "a.doc") == code(OLE + b"word", "a.wps") == "broken"
    assert code(b"%PDF-1.7", "a.doc") == code((FILES / "sheet.xls").read_bytes(), "a.doc") == "misnamed"
    assert (code(b"%PDF-1.7", "a.pdf"), code(b"x", "a.gif"), code(b"PK", "a.ofd")) == ("broken", "scan", "ofd")
    assert code(OLE + b"x" * 600 + ENCRYPTED, "a.docx") == "encrypted"
    assert code(b"PK\x03\x04 cut off", "a.docx") == code(docx(p("一"))[:-40], "a.docx") == "broken"
    assert code(zipped({"xl/workbook.xml": "<x/>"}), "a.docx") == code(zipped({"a.txt": "x"}), "a.docx") == "misnamed"
    assert code(docx(p()), "a.docx") == "no_text"


def test_a_misnamed_file_is_told_what_it_is():
    with pytest.raises(DocumentError) as refusal:
        read_document(OLE + b"word", "年度计划.docx")

    assert str(refusal.value) == (
        "文件名以 .docx 结尾，内容却是旧版 Office 文档（.doc、.xls 一类）。请用原来的程序打开，另存为 .docx 或 .txt 后再上传。"
    )


def test_a_zip_bomb_is_not_unpacked():
    assert code(docx(p("一"), media=" " * (300 * 1024 * 1024)), "a.docx") == "zip_bomb"


def test_entities_and_document_types_are_refused():
    entity = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    parts = unzipped(docx(p("一")))
    parts["word/document.xml"] = (
        parts["word/document.xml"].replace(b"?>", b"?>" + entity.encode(), 1).replace("一".encode(), b"&e;")
    )
    assert code(zipped(parts), "a.docx") == "unsafe"


def test_every_code_has_a_sentence_without_full_stops():
    for why, do in SENTENCES.values():
        assert not (why + do).endswith("。") and why and do


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.docx", "a.doc", "a", "..", "a.docx/"]))
@example(b"PK\x03\x04", "a.docx")
def test_rubbish_is_either_read_or_refused(data, name):
    try:
        read_document(data, name)
    except DocumentError as refusal:
        assert refusal.code in SENTENCES


SOUND = docx(numbered("任务", 0) + table(["一", "二"]) + p("完", text_box(p("框"))), numbering=NUMBERING, styles=STYLES)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_docx_is_either_read_or_refused(data):
    """Bytes overwritten anywhere in the zip, and anywhere in one of its parts."""
    parts = unzipped(SOUND)
    name = data.draw(st.sampled_from(sorted(parts)))
    parts[name] = _damaged(parts[name], data)
    for broken in (zipped(parts), _damaged(SOUND, data)):
        try:
            read_document(broken, "a.docx")
        except DocumentError as refusal:
            assert refusal.code in SENTENCES


def _damaged(content, data):
    at = data.draw(st.integers(0, len(content)))
    junk = data.draw(st.one_of(st.binary(max_size=6), st.sampled_from([b"<w:p>", b"</w:p>", b'"-1"', b"999999999999"])))
    return content[:at] + junk + content[at + data.draw(st.integers(0, 12)) :]


def test_files_of_real_programs_are_read():
    for path in SAMPLES.glob("word-*.docx"):  # none where the samples are not beside the repository
        assert len(read_document(path.read_bytes(), path.name).text) > 20
    for path in SAMPLES.glob("*.doc"):
        assert code(path.read_bytes(), path.stem + ".docx") == "misnamed"


@pytest.fixture
def libreoffice():
    if office.office() is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")


@pytest.mark.office
@pytest.mark.parametrize(
    ("file", "name"),
    [("plan.doc", "计划.doc"), ("plan.doc", "计划.WPS"), ("plan.rtf", "计划.doc"), ("plan.rtf", "计划.rtf")],
)
def test_the_old_formats_are_read_by_their_content_whatever_the_name(libreoffice, file, name):
    """plan.doc was made by LibreOffice; WPS saves the same format under .wps."""
    source = read_document((FILES / file).read_bytes(), name)

    assert source.format == "old"
    assert "组织2次专题调研活动" in source.text and "集体活动\t4次" in source.text


@pytest.mark.office
def test_an_old_file_of_word_itself_is_read(libreoffice):
    for path in SAMPLES.glob("jw-templet.doc"):  # none where the samples are not beside the repository
        assert "提案转办单" in read_document(path.read_bytes(), path.name).text


def test_a_new_file_under_an_old_name_needs_no_libreoffice(monkeypatch):
    monkeypatch.setattr(office, "PROGRAMS", ())
    assert read_document(docx(p("一")), "计划.wps").text == "一"


def test_without_libreoffice_an_old_file_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(office, "PROGRAMS", ())
    with pytest.raises(DocumentError) as refusal:
        read_document((FILES / "plan.doc").read_bytes(), "计划.doc")
    assert str(refusal.value) == (
        "服务器上没有安装 LibreOffice，读不了 .doc 文件。请用 Word 或 WPS 另存为 .docx 后再上传，或请系统管理员安装 libreoffice-writer。"
    )


def test_a_program_that_hangs_is_stopped_with_all_it_started(monkeypatch, tmp_path):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60 & echo $! > " + str(tmp_path / "pid") + "; wait\n")
    slow.chmod(0o755)
    monkeypatch.setattr(office, "PROGRAMS", (str(slow),))

    with pytest.raises(DocumentError, match="没有能够转换"):
        office.convert(b"x", "doc", "docx", timeout=1)

    child = int((tmp_path / "pid").read_text())
    for _i in range(100):  # a busy machine takes its time to end what was killed
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().split()[2] == "Z":
            break
        time.sleep(0.05)
    else:
        pytest.fail("it still runs")
