"""公文: writing the official kinds of paper as GB/T 9704-2012 has them (numbers in `measures`, type in `paper`).

A paper is a list of parts in reading order; figures in a paragraph may carry a comment that says where they are from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from xieshang.documents import charts, paper
from xieshang.documents.charts import Chart, chart_xml
from xieshang.documents.contents import Contents, anchor_xml, contents_xml
from xieshang.documents.ends import (
    Annex,
    Attachments,
    Colophon,
    JointSignature,
    People,
    Remark,
    Signature,
    annex_xml,
    attachments_xml,
    colophon_xml,
    joint_signature_xml,
    people_xml,
    remark_xml,
    signature_xml,
)
from xieshang.documents.forms import Cell, Form, Names, form_xml, names_xml
from xieshang.documents.heads import Head, IssueHead, JointHead, LetterHead, RedHead, head_xml
from xieshang.documents.numbering import chinese
from xieshang.documents.pictures import Picture, picture_xml
from xieshang.documents.skeleton import whole
from xieshang.documents.tables import EMPTY, Figure, Table, line, run, table_xml

__all__ = [
    "Addressee",
    "Annex",
    "Attachments",
    "Byline",
    "Cell",
    "Chart",
    "Colophon",
    "Contents",
    "Figure",
    "Form",
    "Head",
    "Heading",
    "IssueHead",
    "JointHead",
    "JointSignature",
    "Kind",
    "LetterHead",
    "Names",
    "NewPage",
    "Paragraph",
    "Part",
    "People",
    "Picture",
    "RedHead",
    "Remark",
    "Signature",
    "Space",
    "Table",
    "Title",
    "write",
]

Kind = Literal[
    "report", "notice", "letter", "minutes", "special_report", "bulletin", "opinion", "proposal", "joint_report", "sign_in", "name_list", "breakdown",
]  # fmt: skip
CATEGORIES: dict[Kind, str] = {
    "report": "报告",
    "notice": "通知",
    "letter": "函",
    "minutes": "纪要",
    "special_report": "专报",
    "bulletin": "简报",
    "opinion": "社情民意信息",
    "proposal": "提案",
    "joint_report": "联合报告",
    "sign_in": "签到表",
    "name_list": "名单",
    "breakdown": "任务分解表",
}


@dataclass(frozen=True)
class Title:
    """标题, centred; a newline where the author breaks it. `anchor`: where a line of the contents points to."""

    text: str
    anchor: str = ""


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
class Paragraph:
    """正文: a text, or texts and figures one after the other. `keep`: on one page with what follows."""

    runs: str | Sequence[str | Figure]
    keep: bool = False


@dataclass(frozen=True)
class Space:
    """So many empty lines, as a cover has them."""

    lines: int


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page."""


Part = (
    Title | Byline | Addressee | Heading | Paragraph | Table | Chart | Picture | Form | Names | People | Attachments | Signature
    | JointSignature | Remark | Annex | Space | NewPage | Contents
)  # fmt: skip
KEPT = line(paper.LAST, "", more="<w:keepNext/>")  # between a table and what it stays with
PAGE_BREAK = '<w:p><w:pPr><w:pageBreakBefore/><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'


def write(
    parts: Iterable[Part],
    *,
    kind: Kind = "report",
    head: Head | None = None,
    colophon: Colophon | None = None,
    comments: bool = True,
    at: datetime | None = None,
    numbered: bool = True,
) -> bytes:
    """The paper as .docx.

    head      the red head of an issued paper; None begins with the title, as a draft does
    colophon  版记, at the lower edge of the last page
    comments  False leaves comments and highlights out: the copy that is printed
    at        the moment of making as the clock on the wall shows it; None leaves it out of the file
    numbered  False leaves the page numbers out: pages that are bound with others get theirs there
    raises    ValueError for a heading below level 4 or a table row longer than its headings
    """
    parts = list(parts)
    writer = _Writer(comments=comments)
    body = head_xml(head) if head else ""
    body += "".join(writer.part(part, following) for part, following in zip(parts, [*parts[1:], None], strict=False))
    body += colophon_xml(colophon) if colophon else ""
    title = next((part.text for part in parts if isinstance(part, Title)), "")
    return whole(
        body,
        paper.UPRIGHT,
        title=title.replace("\n", ""),
        category=CATEGORIES[kind],
        notes=writer.notes,
        pictures=writer.pictures,
        charts=[charts.parts(one) for one in writer.charts],
        at=at,
        numbered=numbered,
        first_plain=isinstance(head, LetterHead),
    )


@dataclass
class _Writer:
    """Counts headings and comments while the parts go by."""

    comments: bool
    notes: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    people: bool = False  # the part before was a list of people

    def part(self, part: Part, following: Part | None) -> str:
        match part:
            case Title(text, anchor):
                return (
                    anchor_xml(anchor)
                    + "".join(line(paper.TITLE, each) for each in text.split("\n"))
                    + ("" if isinstance(following, Byline) else EMPTY)
                )
            case Byline(text):
                return "".join(line(paper.BYLINE, each) for each in text.split("\n")) + EMPTY
            case Addressee(text):
                return line(paper.ADDRESSEE, text.rstrip("：:") + "：")
            case Heading(level, text, numbered):
                look = paper.HEADINGS[_depth(level)]
                number = self._number(level) if numbered else ""
                apart = " " if number.endswith(".") and text[:1].isdigit() else ""  # 1. 2025年, not 1.2025年
                return line(look, number + apart + text, more="<w:keepNext/>")
            case Paragraph(runs, keep):
                keep = keep or isinstance(following, Signature | JointSignature)  # no page with a signature alone
                return self._paragraph([runs] if isinstance(runs, str) else runs, "<w:keepNext/>" if keep else "")
            case Table():
                return table_xml(part, paper.UPRIGHT.core, self._figure) + (
                    KEPT if part.keep and isinstance(following, Chart) else EMPTY
                )
            case Chart():
                self.charts.append(part)
                return chart_xml(part, len(self.charts) - 1)
            case Picture():
                self.pictures.append(part.jpeg)
                return picture_xml(part, len(self.pictures) - 1)
            case Space(lines):
                return EMPTY * lines
            case NewPage():
                return PAGE_BREAK
            case Contents():
                return contents_xml(part)
            case Form():
                return form_xml(part, paper.UPRIGHT.core) + line(paper.LAST, "")
            case _:
                return self._end(part)

    def _end(self, part: Names | People | Attachments | Signature | JointSignature | Remark | Annex) -> str:
        follows, self.people = self.people, isinstance(part, People)
        match part:
            case Names():
                return names_xml(part)
            case People():
                return people_xml(part, first=not follows)
            case Attachments():
                return attachments_xml(part)
            case Signature():
                return signature_xml(part)
            case JointSignature():
                return joint_signature_xml(part)
            case Remark():
                return remark_xml(part)
            case Annex():
                self.counts = [0, 0, 0, 0]
                return annex_xml(part)

    def _number(self, level: int) -> str:
        depth = _depth(level)
        self.counts[depth] += 1
        self.counts[depth + 1 :] = [0] * (3 - depth)
        count = self.counts[depth]
        return (f"{chinese(count)}、", f"（{chinese(count)}）", f"{count}.", f"（{count}）")[depth]

    def _paragraph(self, runs: Sequence[str | Figure], keep: str) -> str:
        pieces = (
            self._figure(paper.BODY, piece) if isinstance(piece, Figure) else run(paper.BODY, piece) for piece in runs
        )
        return f"<w:p>{paper.BODY.paragraph(keep)}{''.join(pieces)}</w:p>"

    def _figure(self, look: paper.Look, figure: Figure) -> str:
        yellow = '<w:highlight w:val="yellow"/>' if figure.marked and self.comments else ""
        printed = run(look, figure.text, yellow, bold=figure.marked and not self.comments)
        if not figure.comment or not self.comments:
            return printed
        number = len(self.notes)
        self.notes.append(figure.comment)
        return (
            f'<w:commentRangeStart w:id="{number}"/>{printed}<w:commentRangeEnd w:id="{number}"/>'
            f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        )


def _depth(level: int) -> int:
    if not 1 <= level <= len(paper.HEADINGS):
        raise ValueError(f"a heading of level {level}; there are 1 to {len(paper.HEADINGS)}")
    return level - 1
