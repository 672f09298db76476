"""公文: writing 报告 and 通知 that follow GB/T 9704-2012 (numbers in `paper`).

A paper is a list of parts in reading order; figures in a paragraph may carry a comment that says where they are from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

from xieshang.documents import paper
from xieshang.documents.comments import printable
from xieshang.documents.numbering import chinese
from xieshang.documents.skeleton import whole

Kind = Literal["report", "notice"]
CATEGORIES: dict[Kind, str] = {"report": "报告", "notice": "通知"}


@dataclass(frozen=True)
class Title:
    """标题, centred; a newline where the author breaks it."""

    text: str


@dataclass(frozen=True)
class Byline:
    """题注 under the title of a report: the day and the meeting it is given at."""

    text: str


@dataclass(frozen=True)
class Addressee:
    """主送机关, or 各位委员 in a report; the colon is ours."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4. `numbered` puts 一、（一）1.（1） before it, counted from the headings above."""

    level: int
    text: str
    numbered: bool = True


@dataclass(frozen=True)
class Figure:
    """A number in a paragraph. `marked`: a blank still open, yellow; bold in a copy without comments."""

    text: str
    comment: str | None = None
    marked: bool = False


@dataclass(frozen=True)
class Paragraph:
    """正文: a text, or texts and figures one after the other."""

    runs: str | Sequence[str | Figure]


@dataclass(frozen=True)
class Table:
    """A table over the width of the type area; its headings repeat on each page.

    widths   in any unit, only their proportions count; None: all alike
    merged   columns in which equal cells one under the other become one
    caption  a line above it
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] | None = None
    merged: Sequence[int] = ()
    caption: str = ""


@dataclass(frozen=True)
class Attachments:
    """附件说明: the names of what is attached, one line below the text."""

    names: Sequence[str]


@dataclass(frozen=True)
class Signature:
    """署名 and 成文日期 of a paper without seal."""

    name: str
    date: date | str


Part = Title | Byline | Addressee | Heading | Paragraph | Table | Attachments | Signature


def write(parts: Iterable[Part], *, kind: Kind = "report", comments: bool = True, at: datetime | None = None) -> bytes:
    """The paper as .docx.

    comments  False leaves comments and highlights out: the copy that is printed
    at        the moment of making as the clock on the wall shows it; None leaves it out of the file
    raises    ValueError for a heading below level 4 or a table row longer than its headings
    """
    parts = list(parts)
    writer = _Writer(comments=comments)
    body = "".join(writer.part(part, following) for part, following in zip(parts, [*parts[1:], None], strict=True))
    title = next((part.text for part in parts if isinstance(part, Title)), "")
    return whole(
        body,
        paper.UPRIGHT,
        title=title.replace("\n", ""),
        category=CATEGORIES[kind],
        notes=writer.notes,
        at=at,
    )


def table(content: Table, width: int) -> str:
    """The XML of a table `width` twips wide, for other writers."""
    return _Writer(comments=False).table(content, width)


@dataclass
class _Writer:
    """Counts headings and comments while the parts go by."""

    comments: bool
    notes: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def part(self, part: Part, following: Part | None) -> str:
        match part:
            case Title(text):
                lines = "".join(_line(paper.TITLE, line) for line in text.split("\n"))
                return lines + ("" if isinstance(following, Byline) else EMPTY)
            case Byline(text):
                return "".join(_line(paper.BYLINE, line) for line in text.split("\n")) + EMPTY
            case Addressee(text):
                return _line(paper.ADDRESSEE, text.rstrip("：:") + "：")
            case Heading(level, text, numbered):
                look = paper.HEADINGS[_depth(level)]
                return _line(look, (self._number(level) if numbered else "") + text, more="<w:keepNext/>")
            case Paragraph(runs):
                return self._paragraph([runs] if isinstance(runs, str) else runs)
            case Table():
                return self.table(part, paper.UPRIGHT.core) + EMPTY
            case Attachments(names):
                return _attachments(names)
            case Signature():
                return _signature(part)

    def _number(self, level: int) -> str:
        depth = _depth(level)
        self.counts[depth] += 1
        self.counts[depth + 1 :] = [0] * (3 - depth)
        count = self.counts[depth]
        return (f"{chinese(count)}、", f"（{chinese(count)}）", f"{count}.", f"（{count}）")[depth]

    def _paragraph(self, runs: Sequence[str | Figure]) -> str:
        pieces = (self._figure(run) if isinstance(run, Figure) else _run(paper.BODY, run) for run in runs)
        return f"<w:p>{paper.BODY.paragraph()}{''.join(pieces)}</w:p>"

    def _figure(self, figure: Figure) -> str:
        yellow = '<w:highlight w:val="yellow"/>' if figure.marked and self.comments else ""
        run = _run(paper.BODY, figure.text, yellow, bold=figure.marked and not self.comments)
        if not figure.comment or not self.comments:
            return run
        number = len(self.notes)
        self.notes.append(figure.comment)
        return (
            f'<w:commentRangeStart w:id="{number}"/>{run}<w:commentRangeEnd w:id="{number}"/>'
            f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        )

    def table(self, content: Table, width: int) -> str:
        """The caption and the w:tbl."""
        widths = _widths(content, width)
        columns = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
        head = _row(content.headings, widths, paper.CELL_HEAD, {}, settings="<w:cantSplit/><w:tblHeader/>")
        rows = [
            _row(row, widths, paper.CELL, _merging(content, number), settings="<w:cantSplit/>")
            for number, row in enumerate(content.rows)
        ]
        caption = _line(paper.CAPTION, content.caption, more="<w:keepNext/>") if content.caption else ""
        return f"{caption}<w:tbl>{_table_settings(width)}<w:tblGrid>{columns}</w:tblGrid>{head}{''.join(rows)}</w:tbl>"


def _depth(level: int) -> int:
    if not 1 <= level <= len(paper.HEADINGS):
        raise ValueError(f"a heading of level {level}; there are 1 to {len(paper.HEADINGS)}")
    return level - 1


def _line(look: paper.Look, text: str, more: str = "", right: float = 0) -> str:
    return f"<w:p>{look.paragraph(more, right)}{_run(look, text) if text else ''}</w:p>"


EMPTY = _line(paper.BODY, "")


def _run(look: paper.Look, text: str, more: str = "", *, bold: bool = False) -> str:
    lines = escape(printable(text)).replace("\t", " ").split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{look.run(more, bold)}{inner}</w:r>"


def _attachments(names: Sequence[str]) -> str:
    """“附件：1. …”, further ones under the first; names without a mark at the end."""
    lines = [EMPTY]
    for number, name in enumerate(names, 1):
        count = f"{number}." if len(names) > 1 else ""
        lead = "附件：" if number == 1 else "　　　"
        lines.append(_line(paper.BODY, lead + count + name.rstrip("。；;")))
    return "".join(lines)


def _signature(signature: Signature) -> str:
    """Name two characters in from the right, date two further in than the name; a longer date pushes the name left."""
    day = signature.date
    text = day if isinstance(day, str) else f"{day.year}年{day.month}月{day.day}日"
    name, long = characters(signature.name), characters(text)
    right_of_date = max(name - long, 2.0)
    right_of_name = right_of_date + long + 2 - name
    return (
        EMPTY
        + _line(paper.SIGNATURE, signature.name, more="<w:keepNext/>", right=right_of_name)
        + _line(paper.SIGNATURE, text, right=right_of_date)
    )


def characters(text: str) -> float:
    """The width of a text in whole characters; a digit is half of one."""
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.5 for char in text)


def _widths(content: Table, width: int) -> list[int]:
    shares = list(content.widths or [1.0] * len(content.headings))
    if len(shares) != len(content.headings) or any(len(row) > len(shares) for row in content.rows):
        raise ValueError("a table row or its widths do not match its headings")
    return [int(width * share / sum(shares)) for share in shares]


def _merging(content: Table, number: int) -> dict[int, str]:
    """For each merged column of row `number`: whether its cell begins a run of equal cells or goes on with one."""
    merging = {}
    for column in content.merged:
        above = number > 0 and _same(content.rows[number - 1], content.rows[number], column)
        below = number + 1 < len(content.rows) and _same(content.rows[number], content.rows[number + 1], column)
        if above or below:
            merging[column] = "continue" if above else "restart"
    return merging


def _same(one: Sequence[str], other: Sequence[str], column: int) -> bool:
    return bool(one[column]) and one[column] == other[column]


def _row(cells: Sequence[str], widths: list[int], look: paper.Look, merging: dict[int, str], *, settings: str) -> str:
    padded = [*cells, *[""] * (len(widths) - len(cells))]
    inner = "".join(
        _cell(text, width, look, merging.get(column, ""))
        for column, (text, width) in enumerate(zip(padded, widths, strict=True))
    )
    return f"<w:tr><w:trPr>{settings}</w:trPr>{inner}</w:tr>"


def _cell(text: str, width: int, look: paper.Look, merge: str) -> str:
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    lines = [""] if merge == "continue" else text.split("\n")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f"{''.join(_line(look, line) for line in lines)}</w:tc>"
    )


def _table_settings(width: int) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{sides}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
