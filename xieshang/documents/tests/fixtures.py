"""Makes the files in `files/`: `python -m xieshang.documents.tests.fixtures` (LibreOffice and, for .xls, xlwt must be there).

Each source is a flat OpenDocument text written here, with invented content; LibreOffice saves it in the format that the test reads.
"""

import io
from datetime import date
from pathlib import Path

import xlsxwriter
from PIL import Image

from xieshang.documents import pdf_text
from xieshang.documents.office import convert
from xieshang.documents.tests.making import FILES

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
CHINESE = 'style:num-format="一, 二, 三, ..."'
LISTS = f"""
<text:list-style style:name="Plan">
 <text:list-level-style-number text:level="1" {CHINESE} style:num-suffix="、"/>
 <text:list-level-style-number text:level="2" {CHINESE} style:num-prefix="（" style:num-suffix="）"/>
 <text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="."/>
 <text:list-level-style-number text:level="4" style:num-format="①, ②, ③, ..."/>
</text:list-style>"""
PAGES = """
<office:automatic-styles>
 <style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="2cm"
  fo:margin-bottom="2cm" fo:margin-left="2.8cm" fo:margin-right="2.6cm"/>
  <style:header-style><style:header-footer-properties fo:min-height="1cm" fo:margin-bottom="0.5cm"/></style:header-style>
  <style:footer-style><style:header-footer-properties fo:min-height="1cm" fo:margin-top="0.5cm"/></style:footer-style></style:page-layout>
 <style:style style:name="Columns" style:family="section"><style:section-properties text:dont-balance-text-columns="false">
  <style:columns fo:column-count="2" fo:column-gap="0.8cm"><style:column style:rel-width="1*" fo:end-indent="0.4cm"/>
  <style:column style:rel-width="1*" fo:start-indent="0.4cm"/></style:columns></style:section-properties></style:style>
 <style:style style:name="Wide" style:family="table"><style:table-properties style:width="15cm"/></style:style>
 <style:style style:name="Narrow" style:family="table-column"><style:table-column-properties style:column-width="2cm"/></style:style>
 <style:style style:name="Broad" style:family="table-column"><style:table-column-properties style:column-width="6.5cm"/></style:style>
 <style:style style:name="Ruled" style:family="table-cell"><style:table-cell-properties fo:border="0.05pt solid #000000" fo:padding="0.1cm"/></style:style>
 <style:style style:name="Box" style:family="graphic"><style:graphic-properties style:wrap="none" fo:border="0.5pt solid #000000"/></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">
 <style:header><text:p>云岭县政协办公室</text:p></style:header>
 <style:footer><text:p text:style-name="Middle">— <text:page-number text:select-page="current">1</text:page-number> —</text:p></style:footer>
</style:master-page></office:master-styles>"""
STYLES = """
<office:styles>
 <style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:line-height="28pt"/>
  <style:text-properties style:font-name-asian="Noto Serif CJK SC" style:font-size-asian="{size}pt" fo:font-size="{size}pt" fo:language="zh" fo:country="CN"
   style:language-asian="zh" style:country-asian="CN"/></style:style>
 <style:style style:name="Text" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-indent="{indent}pt"
  fo:text-align="justify"/></style:style>
 <style:style style:name="Middle" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="center"/></style:style>
 {lists}
</office:styles>"""


def flat(body: str, *, size: int = 16) -> bytes:
    """A flat OpenDocument text."""
    styles = STYLES.format(size=size, indent=2 * size, lists=LISTS)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMES} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text">{styles}{PAGES}<office:body><office:text>{body}</office:text></office:body></office:document>'
    ).encode()


def p(text: str, style: str = "Text") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def items(*entries: str) -> str:
    """Entries of one level of a list; an entry that is a list itself goes under the one before it."""
    inner = ""
    for entry in entries:
        inner += f"<text:list-item>{entry if entry.startswith('<') else p(entry)}</text:list-item>"
    return f"<text:list>{inner}</text:list>"


def numbered(*entries: str) -> str:
    return items(*entries).replace("<text:list>", '<text:list text:style-name="Plan">', 1)


def note(text: str, kind: str = "footnote", number: int = 1) -> str:
    return (
        f'<text:note text:id="{kind}{number}" text:note-class="{kind}"><text:note-citation>{number}</text:note-citation>'
        f"<text:note-body>{p(text)}</text:note-body></text:note>"
    )


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell table:style-name="Ruled" {more}>{p(text, "Standard")}</table:table-cell>'


COVERED = "<table:covered-table-cell><text:p/></table:covered-table-cell>"


def table(*rows: str) -> str:
    columns = "".join(f'<table:table-column table:style-name="{name}"/>' for name in ("Narrow", "Broad", "Broad"))
    inner = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f'<table:table table:name="T" table:style-name="Wide">{columns}{inner}</table:table>'


TABLE = table(
    cell("序号") + cell("任务") + cell("责任单位"),
    cell("1") + cell("组织专题调研2次") + cell("提案和委员联络委", 'table:number-rows-spanned="2"'),
    cell("2") + cell("开展视察不少于3次") + COVERED,
    cell("合计5次", 'table:number-columns-spanned="3"') + COVERED * 2,
)
PRINTED = table(
    cell("序号") + cell("任务") + cell("责任单位"),
    cell("1")
    + cell("围绕产业发展组织专题调研2次，形成调研报告并报送县委")
    + cell("提案和委员联络委、经济科技委", 'table:number-rows-spanned="2"'),
    cell("2") + cell("开展视察不少于3次") + COVERED,
    cell("合计5次", 'table:number-columns-spanned="3"') + COVERED * 2,
)
BOX = (
    '<draw:frame draw:style-name="Box" text:anchor-type="paragraph" svg:width="6cm" svg:height="2cm" svg:x="1cm" svg:y="0.2cm" draw:name="B">'
    f"<draw:text-box>{p('框内：每季度开展1次委员活动日活动。', 'Standard')}</draw:text-box></draw:frame>"
)
WHO = "<office:change-info><dc:creator>张三</dc:creator><dc:date>2026-01-05T09:00:00</dc:date></office:change-info>"
CHANGES = (
    "<text:tracked-changes>"
    f'<text:changed-region text:id="c1"><text:deletion>{WHO}{p("三")}</text:deletion></text:changed-region>'
    f'<text:changed-region text:id="c2"><text:insertion>{WHO}</text:insertion></text:changed-region>'
    f'<text:changed-region text:id="c3"><text:deletion>{WHO}{p("")}{p("")}</text:deletion></text:changed-region>'
    "</text:tracked-changes>"
)
PARAGRAPHS = (
    "坚持围绕中心、服务大局，把协商民主贯穿履职全过程，全年组织专题协商不少于4次，开展对口协商6次，做到议题精准、调研扎实、建言有据、成果有用，推动协商与监督有机结合。",
    "深入开展调查研究，围绕产业发展、乡村建设、民生改善等方面确定重点课题8个，每个课题形成调研报告1篇，报送政协专报6期以上，力争得到县委县政府领导批示4件。",
    "提高提案工作质量，全年征集提案不少于100件，立案率不低于85%，6月底前完成交办，年内办复率达到100%，组织重点提案督办活动2次，委员满意率不低于95%。",
    "拓宽社情民意信息渠道，每月反映社情民意信息不少于5条，全年不少于60条，其中被市级以上采用的不少于12条，对采用的信息及时反馈给委员所在的界别活动组。",
    "丰富委员活动，每季度开展1次委员活动日活动，每个界别活动组全年组织集体活动不少于4次，举办委员沙龙4次以上，委员参加活动的到会率不低于80%，活动结束一周内报送简讯。",
    "加强自身建设，全年组织委员培训2期，机关集中学习不少于12次，编发工作简讯12期，征集文史资料20篇以上，规范档案管理，落实为基层减负的各项要求，切实改进工作作风。",
)
HEADINGS = (
    "一、聚焦中心任务，深化专题协商",
    "二、深入调查研究",
    "三、提高提案质量",
    "四、反映社情民意",
    "五、丰富委员活动",
    "六、加强自身建设",
)
PLAN = p("云岭县政协2026年工作要点", "Middle") + "".join(
    p(heading) + p(text) for heading, text in zip(HEADINGS, PARAGRAPHS, strict=True)
)
SOURCES = {
    "lists": numbered(
        "总体要求",
        "主要任务",
        items(
            "提案工作",
            items("2026年立案不少于80件", items("登记", "交办"), "重点督办"),
            "视察工作",
            items("集中视察2次"),
        ),
        "组织保障",
    ),
    "tables": p("任务分解如下：") + TABLE + p("以上任务年底前完成。"),
    "boxes": p("一、委员活动" + BOX) + p("全年组织集体活动不少于4次。"),
    "notes": p(f"全年征集提案{note('含集体提案。', number=1)}不少于100件，立案率不低于85%。")
    + p(f"全年组织视察3次{note('其中专题视察不少于1次', 'endnote', 1)}。"),
    "changes": CHANGES
    + p(
        '全年组织集体活动不少于<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>四<text:change-end text:change-id="c2"/>次，'
        '举办<text:change text:change-id="c3"/>委员沙龙2次。'
    ),
    "plan": PLAN,
    "columns": p("云岭县政协2026年工作要点", "Middle")
    + f'<text:section text:style-name="Columns" text:name="S">{PLAN.partition("</text:p>")[2]}</text:section>'
    + p("以上各项任务由县政协办公室督促落实，每半年向主席会议报告一次进展情况，年底前完成全部任务。"),
}


def scanned(pdf: bytes, *, pages: tuple[int, ...] = (1,)) -> bytes:
    """Pages of a PDF as a scanner would give them: pictures only."""
    pictures = [pdf_text.drawn(pdf, number)[0].convert("L").resize((1000, 1414)) for number in pages]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=121, quality=45)
    return out.getvalue()


def photographed(pdf: bytes) -> bytes:
    out = io.BytesIO()
    picture: Image.Image = pdf_text.drawn(pdf, 1)[0].convert("L").resize((1000, 1414))
    picture.save(out, "JPEG", quality=45)
    return out.getvalue()


def workbook() -> bytes:
    """A plan as a sheet: a title across the columns, cells that hold for several rows, a rate shown in per cent, a day; and a second sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        rate, day = book.add_format({"num_format": "0%"}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("任务分解")
        sheet.merge_range("A1:E1", "云岭县政协2026年任务分解表")
        sheet.write_row("A2", ["序号", "工作任务", "目标值", "完成时限", "责任单位"])
        sheet.write_row("A3", [1, "组织专题调研", "不少于2次"])
        sheet.write_row("A4", [2, "提案立案率"])
        sheet.write_number("C4", 0.85, rate)
        sheet.write_datetime("D3", date(2026, 6, 30), day)
        sheet.write_string("D4", "年底前")
        sheet.merge_range("E3:E4", "提案委")
        sheet.merge_range("A5:E5", "注：以上由办公室督促落实。")
        other = book.add_worksheet("协商计划")
        other.write_row("A1", ["议题", "协商形式", "时间"])
        other.write_row("A2", ["关于县城停车管理的建议", "对口协商", "第二季度"])
        hidden = book.add_worksheet("选项")
        hidden.write_column("A1", ["提案委", "办公室"])
        hidden.hide()
    return out.getvalue()


def old_workbook() -> bytes:
    """The first sheet again, as the programs of 2003 saved it."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("任务分解")
    sheet.write_merge(0, 0, 0, 2, "云岭县政协2026年任务分解表")
    for row, cells in enumerate(
        (("序号", "工作任务", "责任单位"), (1, "组织专题调研不少于2次", "提案委"), (2, "立案率不低于85%")), 1
    ):
        for column, value in enumerate(cells):
            sheet.write(row, column, value)
    sheet.merge(2, 3, 2, 2)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main(folder: Path = FILES) -> None:
    folder.mkdir(exist_ok=True)
    made = {
        f"{name}.docx": convert(flat(body), "fodt", "docx")
        for name, body in SOURCES.items()
        if name not in ("plan", "columns")
    }
    pdf = convert(flat(PLAN), "fodt", "pdf")
    made |= {
        "lists.doc": convert(flat(SOURCES["lists"]), "fodt", "doc"),
        "plan.pdf": pdf,
        "columns.pdf": convert(flat(SOURCES["columns"]), "fodt", "pdf"),
        "tasks.pdf": convert(
            flat(p("任务分解表", "Middle") + PRINTED + p("以上任务年底前完成。"), size=12), "fodt", "pdf"
        ),
        "scan.pdf": scanned(pdf),
        "photo.jpg": photographed(pdf),
        "tasks.xlsx": workbook(),
        "tasks.xls": old_workbook(),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
