"""旧年提案 as a spreadsheet: the template, and checking a filled sheet whole. Nothing here writes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.orgs.models import Body, BodyKind, Organization
from xieshang.base.people.models import Person, Seat
from xieshang.documents.sheets import REASON, read_rows, write_refused, write_xlsx

from . import old_cells as cells
from . import rules
from .models import Bringing, Proposal, UnitName

YEAR, NUMBER, KIND, TITLE, WHO, PROPOSER, CATEGORY = "年度", "编号", "类型", "案由", "提案者", "提案者类别", "类别"
SITUATION, ANALYSIS, ADVICE, ON = "情况", "分析", "建议", "提交日期"
OUTCOME, DECIDED, MAIN, KEY = "审查结论", "审查日期", "并入编号", "列为重点的日期"
HOSTS, HELPERS, GIVEN, DUE = "主办单位", "会办单位", "交办日期", "办理期限"
REPLIED, PAPER, RESULT, REPLY, CLOSED = "答复日期", "答复文号", "办理类别", "答复正文", "办结日期"
HEADINGS = (
    YEAR, NUMBER, KIND, TITLE, WHO, PROPOSER, CATEGORY, SITUATION, ANALYSIS, ADVICE, ON, OUTCOME, DECIDED, MAIN, KEY, HOSTS, HELPERS, GIVEN, DUE, REPLIED,
    PAPER, RESULT, REPLY, CLOSED,
)  # fmt: skip
MUST = (YEAR, NUMBER, TITLE, WHO, ON)
WIDTHS = (8, 10, 8, 34, 18, 12, 12, 30, 30, 30, 13, 12, 13, 10, 13, 18, 18, 13, 13, 13, 14, 10, 40, 13)
COLLECTIVE_OF = {
    BodyKind.COMMITTEE: rules.COMMITTEE, BodyKind.SECTOR: rules.SECTOR, BodyKind.GROUP: rules.GROUP, BodyKind.PARTY: rules.PARTY,
}  # fmt: skip
Key = tuple[int, str, str]  # year, kind, number


class Problem(NamedTuple):
    """Why a row cannot be brought in: its number in the sheet (1 is the headings), the column, one sentence."""

    row: int
    column: str
    sentence: str

    @property
    def cell(self) -> str:
        """D12, as the spreadsheet names it; the row alone where the column is not in our template."""
        return f"{_letters(HEADINGS.index(self.column))}{self.row}" if self.column in HEADINGS else str(self.row)


def _letters(n: int) -> str:
    return chr(65 + n) if n < 26 else chr(64 + n // 26) + chr(65 + n % 26)


@dataclass
class Row:
    """One old proposal that can be made. fields: columns of it; people: who signed and is known; main: into which it was merged."""

    number: int
    fields: dict[str, Any]
    people: list[int] = field(default_factory=list)
    hosts: list[Body] = field(default_factory=list)
    helpers: list[Body] = field(default_factory=list)
    reply: dict[str, Any] = field(default_factory=dict)
    outcome: str = rules.FILED
    main: Key | None = None

    @property
    def key(self) -> Key:
        return self.fields["old_year"], self.fields["kind"], self.fields["old_number"]

    @property
    def days(self) -> list[date]:
        """Every day on which it would count."""
        known = (
            self.fields["submitted_on"],
            self.fields["decided_on"],
            self.fields["key_on"],
            self.fields["replied_on"],
        )
        return [one for one in known if one]


@dataclass
class Checked:
    """A sheet, read whole. Only without problems can it be brought in. unknown: names of units that we do not know, with how often."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unknown: dict[str, int] = field(default_factory=dict)

    @property
    def years(self) -> list[int]:
        return sorted({day.year for row in self.rows for day in row.days})

    @property
    def names_only(self) -> int:
        """How many rows name somebody who is not among the unit's people: kept as a name."""
        return sum(1 for row in self.rows if row.fields["body"] is None and not row.people)


def template() -> bytes:
    """The sheet to fill in: headings with notes, and one example that names no person."""
    categories = "、".join(cells.coded(rules.CATEGORIES))
    notes = {
        YEAR: _("必填。第几年的提案，写四位数，如 2023。"), NUMBER: _("必填。原来的提案号，照原样写，以后按它查得到。"), KIND: _("大会或平时。不填按大会。"),
        WHO: _("必填。姓名用顿号隔开，第一个是第一提案人；集体提案写单位名称。名单里没有的人只留姓名。同名的写成：王芳（经济界）。"),
        PROPOSER: _("可写：%(kinds)s。不填按提案者判断。") % {"kinds": "、".join(cells.coded(rules.PROPOSERS))}, CATEGORY: _("可写：%(kinds)s。") % {"kinds": categories},
        ON: _("必填。写成 2023-01-12。"), OUTCOME: _("可写：立案、并案、转社情民意信息、转有关部门参考、作为解释、撤案。不填按立案。"), MAIN: _("并案的，写主提案同一年的编号。"),
        HOSTS: _("几家分办的用顿号隔开。旧名称认不出时，核对后可以指给现在的单位，也可以只留名称。"), DUE: _("和交办日期都填了，才计入按期答复。"), RESULT: _("A、B 或 C。"),
    }  # fmt: skip
    example = {
        YEAR: 2023, NUMBER: "12", KIND: "大会", TITLE: "关于改善集镇停车秩序的提案（示例，导入前请改成您的提案）", WHO: "经济委员会", PROPOSER: "专门委员会", ON: date(2023, 1, 12), OUTCOME: "立案",
        DECIDED: date(2023, 1, 15), REPLIED: date(2023, 6, 20), RESULT: "B",
    }  # fmt: skip
    return write_xlsx(
        "旧年提案", HEADINGS, [[example.get(heading) for heading in HEADINGS]], widths=WIDTHS, notes=notes
    )


def marked(data: bytes, name: str, problems: Sequence[Problem]) -> bytes:
    """The same sheet with a column 原因 beside each row; corrected, it can be brought in as it is."""
    rows = read_rows(data, name)
    headings = [str(cell or "").strip() for cell in rows[0]]
    keep = [place for place, heading in enumerate(headings) if heading != REASON]
    whys: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        whys[problem.row].append(f"{problem.column}：{problem.sentence}")
    told = [([row[place] for place in keep], whys[number]) for number, row in enumerate(rows[1:], 2)]
    return write_refused("旧年提案", [headings[place] for place in keep], told)


def read(data: bytes, name: str, organization: Organization, besides: Bringing | None = None) -> Checked:
    """Check a filled sheet whole. A fixed number of queries. Raises DocumentError: the file itself cannot be read.

    besides  what this bringing has made itself is not there already
    """
    rows = read_rows(data, name)
    return _Reader(organization, [str(cell or "").strip() for cell in rows[0]], besides).read(rows[1:])


class _Reader:
    """One sheet being read: what it knows of the unit, what it has found so far."""

    def __init__(self, organization: Organization, headings: list[str], besides: Bringing | None) -> None:
        self.headings, self.today = headings, clock.today()
        self.found = Checked(ignored=[one for one in headings if one and one not in (*HEADINGS, REASON)])
        bodies = list(Body.objects.filter(organization=organization))
        self.proposers = {one.name: one for one in bodies if one.kind in COLLECTIVE_OF}
        short = organization.short_name
        self.units: dict[str, Body | None] = {}
        for one in bodies:
            if one.kind == BodyKind.HANDLING_UNIT:
                self.units |= dict.fromkeys(
                    (one.name, one.name.removeprefix(short), short + one.name, short + one.name.removeprefix("县")), one
                )
        self.units |= {
            one.name: one.body for one in UnitName.objects.filter(organization=organization).select_related("body")
        }
        self.people: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for pk, person in Person.objects.filter(organization=organization).values_list("pk", "name"):
            self.people[person][pk] = set()
        seats = Seat.objects.filter(term__organization=organization, sector__isnull=False)
        for pk, person, sector in seats.values_list("person", "person__name", "sector__name"):
            self.people[person][pk].add(sector)
        old = Proposal.objects.filter(organization=organization, old_year__isnull=False)
        self.own: set[Key] = set()
        self.there: dict[Key, str] = {}
        for year, kind, number, state, by in old.values_list("old_year", "kind", "old_number", "state", "brought"):
            self.there[year or 0, kind, number] = state
            if besides and by == besides.pk:
                self.own.add((year or 0, kind, number))
        self.rows_of: dict[Key, Row] = {}

    def read(self, rows: Sequence[Sequence[object]]) -> Checked:
        for heading in MUST:
            if heading not in self.headings:
                self.found.problems.append(
                    Problem(1, heading, _("第一行没有“%(heading)s”这一列。请用模板填写") % {"heading": heading})
                )
        if self.found.problems:
            return self.found
        for number, row in enumerate(rows, 2):
            values = {heading: cell for heading, cell in zip(self.headings, row, strict=False) if heading in HEADINGS}
            if any(cell not in (None, "") for cell in values.values()) and "（示例，导入前" not in str(
                values.get(TITLE)
            ):
                self._row(number, values)
        for one in self.found.rows:
            self._check_main(one)
        if not self.found.rows and not self.found.problems:
            self.found.problems.append(Problem(2, TITLE, _("表里还没有提案。请从第二行起，一行写一件")))
        return self.found

    def _row(self, number: int, values: dict[str, object]) -> None:
        before, read = len(self.found.problems), {}
        for heading, reader in cells.READERS.items():
            try:
                read[heading] = reader(values.get(heading))
            except ValueError as error:
                self.found.problems.append(Problem(number, heading, str(error)))
        if len(self.found.problems) > before:
            return
        row = Row(number, cells.columns(read), outcome=read[OUTCOME])
        self._days(row, read)
        self._who(row, str(read[WHO]), read[PROPOSER])
        row.hosts, row.helpers = self._units(row, HOSTS, read[HOSTS]), self._units(row, HELPERS, read[HELPERS])
        row.reply = {"paper": read[PAPER], "reply": read[REPLY], "assigned_on": read[GIVEN], "due_on": read[DUE]}
        if read[RESULT] and not read[REPLIED]:
            self.found.problems.append(Problem(number, REPLIED, _("有办理类别就要写答复日期")))
        if read[REPLIED] and not read[RESULT]:
            self.found.problems.append(Problem(number, RESULT, _("有答复日期就要写办理类别：A、B 或 C")))
        if row.outcome == rules.MERGED:
            row.main = (row.key[0], row.key[1], read[MAIN])
        if row.key in self.rows_of:
            self.found.problems.append(
                Problem(
                    number,
                    NUMBER,
                    _("和第 %(row)s 行同一年、同一类型、同一编号") % {"row": self.rows_of[row.key].number},
                )
            )
        elif row.key in self.there and row.key not in self.own:
            self.found.problems.append(Problem(number, NUMBER, _("这一年的这个编号已经导入过了")))
        self.rows_of.setdefault(row.key, row)
        if len(self.found.problems) == before:
            self.found.rows.append(row)

    def _days(self, row: Row, read: dict[str, Any]) -> None:
        """Days follow each other, and none lies ahead."""
        order = [heading for heading in (ON, DECIDED, GIVEN, REPLIED, CLOSED) if read[heading]]
        for earlier, later in pairwise(order):
            if read[later] < read[earlier]:
                self.found.problems.append(
                    Problem(row.number, later, _("早于“%(other)s”。请检查年份") % {"other": earlier})
                )
        for heading in (*order, *((KEY,) if read[KEY] else ())):
            if read[heading] >= self.today:
                self.found.problems.append(Problem(row.number, heading, _("还没有到这一天。旧年提案只收以前的")))
        if abs(read[ON].year - read[YEAR]) > 1:
            self.found.problems.append(Problem(row.number, YEAR, _("和提交日期 %(day)s 对不上") % {"day": read[ON]}))

    def _who(self, row: Row, names: str, proposer: str) -> None:
        """Persons and bodies that are known; everything else stays a name."""
        row.fields["old_names"] = names
        row.fields["body"] = body = self.proposers.get(names)
        if body is not None:
            row.fields["proposer"] = proposer or COLLECTIVE_OF[BodyKind(body.kind)]
            return
        listed = [name for name in cells.SEPARATORS.split(names) if name.strip()]
        row.fields["proposer"] = proposer or (rules.JOINT if len(listed) > 1 else rules.MEMBER)
        if row.fields["proposer"] in rules.COLLECTIVE:
            return
        for name in listed:
            bare, _bracket, of = "".join(name.split()).replace("(", "（").rstrip(")）").partition("（")
            known = [
                pk for pk, sectors in self.people.get(bare, {}).items() if not of or any(of in one for one in sectors)
            ]
            if len(known) > 1:
                self.found.problems.append(
                    Problem(
                        row.number,
                        WHO,
                        _("有 %(n)s 位“%(name)s”。请写成：%(name)s（界别）") % {"name": bare, "n": len(known)},
                    )
                )
            row.people += known
        first = "".join(listed[0].split()).partition("（")[0].partition("(")[0]
        row.fields["first_id"] = row.people[0] if row.people and row.people[0] in self.people.get(first, {}) else None
        row.people = list(dict.fromkeys(row.people))

    def _units(self, row: Row, heading: str, names: list[str]) -> list[Body]:
        known = []
        for name in names:
            if name not in self.units:
                self.found.unknown[name] = self.found.unknown.get(name, 0) + 1
                self.found.problems.append(
                    Problem(
                        row.number, heading, _("认不出“%(name)s”。请在下面指给现在的单位，或只留名称") % {"name": name}
                    )
                )
            elif body := self.units[name]:
                known.append(body)
            else:
                row.fields["old_units"] = "、".join(filter(None, (row.fields["old_units"], name)))[:200]
        return list(dict.fromkeys(known))

    def _check_main(self, row: Row) -> None:
        if row.main is None:
            return
        main = self.rows_of.get(row.main)
        filed = main.outcome == rules.FILED if main else self.there.get(row.main) == rules.ARCHIVED
        if not row.main[2] or not filed:
            self.found.problems.append(
                Problem(row.number, MAIN, _("没有找到这一年编号为“%(n)s”的立案提案") % {"n": row.main[2]})
            )
