"""What follows the text of an official paper: attachments, signature with and without seal, remarks, annexes, 版记."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from xieshang.documents import measures, paper
from xieshang.documents.shapes import Place, box
from xieshang.documents.tables import EMPTY, characters, line, run


@dataclass(frozen=True)
class Attachments:
    """附件说明: the names of what is attached, one line below the text."""

    names: Sequence[str]


@dataclass(frozen=True)
class Signature:
    """署名 and 成文日期; `seal`: there will be a seal over them."""

    name: str
    date: date | str
    seal: bool = False


@dataclass(frozen=True)
class JointSignature:
    """联合署名: all who issue the paper, in the order of its head, and one date.

    seal  there will be a seal over each name; they stand side by side as far as there is room, the last one over the date too
    """

    names: Sequence[str]
    date: date | str
    seal: bool = False


@dataclass(frozen=True)
class Remark:
    """附注 in round brackets under the date: 联系人, 此件公开发布."""

    text: str


@dataclass(frozen=True)
class Annex:
    """附件 on a page of its own: “附件1” on the first line, its title on the third."""

    number: int | None
    title: str


@dataclass(frozen=True)
class People:
    """出席, 请假, 列席 of a 纪要: the label in 黑体, the names in line after it."""

    label: str
    names: Sequence[str]


@dataclass(frozen=True)
class Colophon:
    """版记, at the lower edge of the last page. Without `office` only the copies stand there, as under a letter.

    copies  who else gets it: “抄送” or “报”, “送”, “发”, each with its names
    """

    copies: Sequence[tuple[str, str]] = ()
    office: str = ""
    day: date | str = ""


def spelled(day: date | str) -> str:
    """成文日期 in digits without leading zeros."""
    return day if isinstance(day, str) else f"{day.year}年{day.month}月{day.day}日"


def attachments_xml(part: Attachments) -> str:
    """“附件：1. …”, further ones under the first; names without a mark at the end."""
    lines = [KEPT]
    for number, name in enumerate(part.names, 1):
        count = f"{number}. " if len(part.names) > 1 else ""
        lead = "附件：" if number == 1 else "　　　"
        lines.append(line(paper.BODY, lead + count + name.rstrip("。；;"), more="<w:keepNext/>"))
    return "".join(lines)


def signature_xml(part: Signature) -> str:
    """Name and date below the text, kept together; with a seal two lines below, so that its edge stays within a line of it."""
    text = spelled(part.date)
    name, day = characters(part.name), characters(text)
    if part.seal:
        look = replace(paper.SIGNATURE, align="right")
        inward = max(measures.value("seal.inward"), (name - day) / 2)  # a very long name moves both to the left
        over = look.paragraph("<w:keepNext/>", right=inward + (day - name) / 2)
        return f"{KEPT * 2}<w:p>{over}{run(look, part.name)}</w:p><w:p>{look.paragraph(right=inward)}{run(look, text)}</w:p>"
    inward = measures.value("signature.inward")
    start = max(0.0, min(paper.CHARACTERS - inward - name, paper.CHARACTERS - 2 * inward - day))
    above = line(paper.SIGNATURE, part.name, more="<w:keepNext/>", left=start)
    return KEPT + above + _dated(text, start + inward)


def _dated(text: str, left: float) -> str:
    """The date, which may reach into the margin rather than break where its type is wider than it should be."""
    return f"<w:p>{paper.SIGNATURE.paragraph(left=left, right=-2)}{run(paper.SIGNATURE, text)}</w:p>"


KEPT = line(paper.BODY, "", more="<w:keepNext/>")


def joint_signature_xml(part: JointSignature) -> str:
    return _sealed(part) if part.seal else _listed(part)


def _listed(part: JointSignature) -> str:
    """One name under the other, each as wide as the longest; the date two characters in from their beginning."""
    text = spelled(part.date)
    wide, day = max(characters(each) for each in part.names), characters(text)
    inward = measures.value("signature.inward")
    start = max(0.0, min(paper.CHARACTERS - inward - wide, paper.CHARACTERS - 2 * inward - day))
    names = "".join(line(_as_wide(each, wide), each, more="<w:keepNext/>", left=start) for each in part.names)
    return KEPT + names + _dated(text, start + inward)


def _as_wide(name: str, wide: float) -> paper.Look:
    gaps = len(name) - 1
    if gaps < 1 or characters(name) == wide:
        return paper.SIGNATURE
    return replace(paper.SIGNATURE, apart=round((wide - characters(name)) * paper.CHARACTER / gaps) + paper.CLOSER)


SEAL_LINES = 4  # empty lines between two rows of seals


def _sealed(part: JointSignature) -> str:
    """Rows of names, each above the other's seal; the last name stands over the date."""
    text = spelled(part.date)
    day = characters(text)
    widest = max(characters(each) for each in part.names)
    seal = measures.value("joint.seal") / (paper.CHARACTER / 1440 * 25.4)
    step = max(widest + 1, seal + 0.5)
    inward = max(measures.value("seal.inward"), (widest - day) / 2)
    last = paper.CHARACTERS - inward - day / 2
    room = 1 + int((last - max(widest, seal) / 2) // step)
    fit = max(1, min(int(measures.value("joint.seals")), room, len(part.names)))
    rows = [part.names[n : n + fit] for n in range(0, len(part.names), fit)]
    made = []
    for row in rows:
        middles = [last - step * (len(row) - 1 - n) for n in range(len(row))]
        stops = "".join(f'<w:tab w:val="center" w:pos="{round(at * paper.CHARACTER)}"/>' for at in middles)
        settings = paper.SIGNATURE.paragraph("<w:keepNext/>", tabs=f"<w:tabs>{stops}</w:tabs>")
        made.append(f"<w:p>{settings}{''.join(_TAB + run(paper.SIGNATURE, name) for name in row)}</w:p>")
    stop = f'<w:tabs><w:tab w:val="center" w:pos="{round(last * paper.CHARACTER)}"/></w:tabs>'
    dated = f"<w:p>{paper.SIGNATURE.paragraph(tabs=stop)}{_TAB}{run(paper.SIGNATURE, text)}</w:p>"
    return KEPT * 2 + (KEPT * SEAL_LINES).join(made) + dated


_TAB = "<w:r><w:tab/></w:r>"


def remark_xml(part: Remark) -> str:
    """The remark under the date."""
    return line(paper.BODY, f"（{part.text.strip('（）')}）")


def annex_xml(part: Annex) -> str:
    """“附件”, an empty line, the title, an empty line."""
    label = "附件" + (str(part.number) if part.number is not None else "")
    titles = "".join(line(paper.TITLE, each) for each in part.title.split("\n"))
    return line(paper.LABEL, label, more="<w:pageBreakBefore/>") + EMPTY + titles + EMPTY


def people_xml(part: People, first: bool) -> str:
    """One paragraph; names that do not fit go on under the first. `first`: an empty line above."""
    hanging = characters(part.label) + 1
    settings = paper.PEOPLE.paragraph(left=2 + hanging, hanging=hanging)
    label = run(replace(paper.PEOPLE, font=paper.HEI), f"{part.label}：")
    return f"{EMPTY if first else ''}<w:p>{settings}{label}{run(paper.PEOPLE, '　'.join(part.names))}</w:p>"


def colophon_xml(part: Colophon) -> str:
    """A box whose lower edge is that of the type area, and the last line of the 版记 on it."""
    rows = [_copy(label, names) for label, names in part.copies]
    if part.office:
        rows.append(_printed(part.office, spelled(part.day)))
    edge, between = _pen("colophon.edge", bool(part.office)), _pen("colophon.between", bool(part.office))
    width = paper.UPRIGHT.core
    body = "".join(
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{row}</w:tc></w:tr>'
        for row in rows
    )
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders><w:top {edge}/><w:bottom {edge}/>'
        f'<w:insideH {between}/></w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{body}</w:tbl>{line(paper.LAST, "")}'
    )
    high = (sum(_lines(label, names) for label, names in part.copies) + bool(part.office)) * COPY_LINE + 2
    bottom = measures.value("margin.top") + measures.value("core.height") + LAST_LINE
    place = Place(measures.value("margin.left"), bottom - high, measures.value("core.width"), high)
    settings = paper.LAST.paragraph()
    return f"<w:p>{settings}{box(9, place, table, '版记', low=True)}</w:p>"


COPY_LINE = paper.COPY.line / 1440 * 25.4 + 0.3  # mm, with its rule
LAST_LINE = paper.LAST.line / 1440 * 25.4  # below the table Word wants a paragraph


def _lines(label: str, names: str) -> int:
    """How many lines the names will fill at most; a box that is too high does no harm."""
    wide = paper.UPRIGHT.core / paper.COPY.character - 2 * measures.value("colophon.inward") - characters(label) - 1
    return ceil((characters(names) + 1) / (wide - 1))


def _pen(name: str, drawn: bool) -> str:
    """A border as thick as the table of measures says, in eighths of a point."""
    thick = round(measures.value(name) / 25.4 * 72 * 8)
    return f'w:val="{"single" if drawn else "nil"}" w:sz="{thick}" w:space="0" w:color="auto"'


def _copy(label: str, names: str) -> str:
    inward, hanging = measures.value("colophon.inward"), characters(label) + 1
    settings = paper.COPY.paragraph(left=inward + hanging, right=inward, hanging=hanging)
    return f"<w:p>{settings}{run(paper.COPY, label + '：' + names.rstrip('。') + '。')}</w:p>"


def _printed(office: str, day: str) -> str:
    inward = measures.value("colophon.inward")
    stop = paper.UPRIGHT.core - round(inward * paper.COPY.character)
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{stop}"/></w:tabs>'
    settings = paper.COPY.paragraph(left=inward, right=inward, tabs=tabs)
    printed = day.removesuffix("印发") + "印发"
    return f"<w:p>{settings}{run(paper.COPY, office)}<w:r><w:tab/></w:r>{run(paper.COPY, printed)}</w:p>"
