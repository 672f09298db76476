"""A chart in a paper: drawn in greys so that a copy without colour says the same, and still a chart in Word, with its numbers behind it."""

import io
import re
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from html import escape
from typing import Any

import xlsxwriter

from xieshang.documents import paper
from xieshang.documents.comments import printable
from xieshang.documents.pictures import EMU
from xieshang.documents.tables import line

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOOK_RELATION = "rIdBook"
WIDE, HIGH = 150, 50  # mm
FIRST = 2001  # the numbers of pictures and shapes are below
MADE = datetime(2020, 1, 1, tzinfo=UTC)  # the same input, the same bytes
GREY, LIGHT, BLACK = "#595959", "#BFBFBF", "#000000"
_FACE = re.compile(rb'<a:latin typeface="([^"]*)"/>')
_SHEET = "数据"
SAID_ALOUD = (  # what the library leaves to Excel's own defaults, which are not those of the schema that others keep to
    (b'<c:showVal val="1"/>', b'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'),
    (b'<c:plotVisOnly val="1"/>', b'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>'),
    (b"</c:val></c:ser><c:marker", b'</c:val><c:smooth val="0"/></c:ser><c:marker'),
)  # fmt: skip


@dataclass(frozen=True)
class Chart:
    """图: one row of numbers over their names (years), as columns, or as a line where they do not add up (rates, stocks).

    values   None where nothing is known: a gap, not a nought
    hatched  the places in `values` that are drawn hatched (columns) or hollow (line): what has another source
    caption  under it; it says the unit and what hatched means
    """

    names: Sequence[str]
    values: Sequence[Decimal | None]
    series: str
    caption: str = ""
    as_line: bool = False
    hatched: Collection[int] = ()


def relation(number: int) -> str:
    """The relationship by which chart `number` (from 0) is named in the body."""
    return f"rIdChart{number + 1}"


def chart_xml(chart: Chart, number: int) -> str:
    """The paragraphs of chart `number`: itself and its caption, kept together."""
    name = escape(printable(chart.caption or chart.series), quote=True)
    size = f'cx="{WIDE * EMU}" cy="{HIGH * EMU}"'
    drawing = (
        f'<w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{FIRST + number}" name="{name}" descr="{name}"/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" r:id="{relation(number)}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    itself = (
        '<w:p><w:pPr><w:keepNext/><w:spacing w:before="60" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr>'
        f"<w:r>{drawing}</w:r></w:p>"
    )
    return itself + line(paper.CELL_MIDDLE, chart.caption)


def parts(chart: Chart) -> tuple[bytes, bytes]:
    """(the chart part, the workbook with its numbers, which Word opens by “编辑数据”). The library draws both."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet(_SHEET)
        sheet.write_string(0, 1, chart.series)
        for row, (name, value) in enumerate(zip(chart.names, chart.values, strict=True), 1):
            sheet.write_string(row, 0, name)
            if value is not None:
                sheet.write_number(row, 1, float(value))
        sheet.insert_chart(len(chart.names) + 2, 0, _drawn(book, chart))
    data = out.getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("xl/charts/chart1.xml")
    xml = _FACE.sub(rb'<a:latin typeface="\1"/><a:ea typeface="\1"/>', xml)
    for short, said in SAID_ALOUD:
        xml = xml.replace(short, said)
    book_link = f'<c:externalData r:id="{BOOK_RELATION}"><c:autoUpdate val="0"/></c:externalData>'.encode()
    return xml.replace(b"<c:printSettings>", book_link + b"<c:printSettings>"), data


def _drawn(book: Any, chart: Chart) -> Any:
    rows, pen = len(chart.names), {"color": BLACK, "width": 0.75}
    font = {"name": paper.FANG, "size": 10.5, "color": BLACK}
    series: dict[str, Any] = {
        "name": [_SHEET, 0, 1], "categories": [_SHEET, 1, 0, rows, 0], "values": [_SHEET, 1, 1, rows, 1],
        "data_labels": {"value": True, "font": font, "position": "above" if chart.as_line else "outside_end"},
    }  # fmt: skip
    if chart.as_line:
        dot = {"type": "circle", "size": 7, "border": pen}
        hollow = {"fill": {"color": "#FFFFFF"}, "border": pen}
        series |= {"line": {"color": BLACK, "width": 1.5}, "marker": {**dot, "fill": {"color": BLACK}}}
    else:
        hatch = {"pattern": "wide_upward_diagonal", "fg_color": BLACK, "bg_color": "#FFFFFF"}
        hollow = {"pattern": hatch, "border": pen}
        series |= {"fill": {"color": GREY}, "border": pen, "gap": 90}
    series["points"] = [hollow if n in chart.hatched else None for n in range(rows)]
    made = book.add_chart({"type": "line" if chart.as_line else "column"})
    made.add_series(series)
    made.set_legend({"none": True})
    made.set_title({"none": True})
    made.show_blanks_as("gap")
    made.set_x_axis({"num_font": font, "line": pen, "major_tick_mark": "none"})
    grid = {"visible": True, "line": {"color": LIGHT, "width": 0.5}}
    made.set_y_axis({"num_font": font, "min": 0, "major_gridlines": grid, "line": {"none": True}})
    return made
