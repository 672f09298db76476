"""Activities as a spreadsheet: the template, checking a filled sheet whole, bringing it in all or nothing, and the sheet of what was refused."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from xieshang.base import clock
from xieshang.base.accounts import permissions
from xieshang.base.accounts.models import User
from xieshang.base.errors import Refused
from xieshang.base.ledger.models import PeriodLock
from xieshang.base.ledger.posting import LATE
from xieshang.base.orgs.models import Organization
from xieshang.base.orgs.queries import term_on
from xieshang.documents.sheets import REASON, read_rows, write_refused, write_xlsx

from . import actions, cells, queries, rules
from .models import Activity

TITLE, ON, KIND, CARRIERS, COLLECTIVE, HALF_DAYS, PLACE, ORGANIZER = (
    "标题",
    "日期",
    "种类",
    "载体",
    "集体活动",
    "半天数",
    "地点",
    "承办机构",
)
ATTENDED, EXCUSED, ABSENT, GUESTS, OUTCOME = "实到", "请假", "缺席", "群众人数", "结果"
MONEY, GOODS_VALUE, GOODS, AGAIN = "捐款", "捐物折款", "捐物说明", "另算一次"
STATE, UNTIL, ROLE, HELPED, LEADERS = "状态", "结束日期", "参与方式", "联办机构", "出席领导"
EXPERTS, OFFICIALS, OTHERS, TIMES, WHY_TIMES = "专家人数", "部门人员人数", "其他人数", "计几次", "计次理由"
MORE = (STATE, UNTIL, ROLE, HELPED, LEADERS, EXPERTS, OFFICIALS, OTHERS, TIMES, WHY_TIMES)
HEADINGS = (
    TITLE, ON, KIND, CARRIERS, COLLECTIVE, HALF_DAYS, PLACE, ORGANIZER, ATTENDED, EXCUSED, ABSENT, GUESTS, OUTCOME, MONEY, GOODS_VALUE,
    GOODS, *MORE, AGAIN,
)  # fmt: skip
PRESENCE = {ATTENDED: "attended", EXCUSED: "excused", ABSENT: "absent"}
WIDTHS = (30, 13, 12, 22, 10, 8, 18, 18, 30, 16, 16, 10, 30, 10, 10, 18, 10, 13, 10, 18, 24, 10, 10, 10, 8, 18, 10)
SEPARATORS = re.compile(r"[、,，;；/\n]+")


class Problem(NamedTuple):
    """Why a row cannot be brought in: its number in the sheet (1 is the headings), the column, one sentence."""

    row: int
    column: str
    sentence: str


class Row(NamedTuple):
    """A row that can be recorded."""

    number: int
    fields: dict[str, Any]
    presence: dict[int, str]
    parts: actions.Parts
    verb: str = "record"


@dataclass
class Checked:
    """A sheet, read whole. Only without problems can it be brought in.

    ignored  headings we do not know
    late     numbers of rows in a period that is locked for who brings it in; `through`: its last day
    """

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    through: date | None = None


def template() -> bytes:
    """The sheet to fill in: headings with notes, and one example that names no person."""
    notes = {
        TITLE: _("必填。写成一句话，会原样出现在报告里。"),
        ON: _("必填。写成 2026-03-12；没有办的先不写。"),
        KIND: _("可写：%(kinds)s。不填按“其他”。") % {"kinds": "、".join(cells.KINDS)},
        CARRIERS: _("同时算作哪些载体，用顿号隔开。可写：%(carriers)s。") % {"carriers": "、".join(cells.CARRIER)},
        COLLECTIVE: _("是或否。由本单位或机构组织、面向全体或全组的写“是”。不填按“是”。"),
        HALF_DAYS: _("半天写 1，一天写 2。不填按 1。"),
        ORGANIZER: _("本单位的机构，和“设置”里的名称一致；可不填。"),
        ATTENDED: _("姓名用顿号隔开。同名的写成：王芳（经济界）。"),
        GUESTS: _("群众、专家等，只写人数，不写姓名。"),
        MONEY: _("单位：元。"),
        GOODS_VALUE: _("单位：元。"),
        STATE: _("已开展或拟开展。不填按“已开展”；拟开展的不计数。"),
        UNTIL: _("开了不止一天才填。"),
        ROLE: _("主办、承办或参加。不填按“主办”；参加上级活动写“参加”。"),
        HELPED: _("与承办机构一起办的本单位机构，用顿号隔开。"),
        LEADERS: _("不是委员的领导，写姓名，空一格，再写职务；几位用分号隔开。"),
        TIMES: _("不填按 1。不是 1 的，在“计次理由”里写为什么。"),
        AGAIN: _("同名同日同地确是另一次活动时写“是”。"),
    }
    example = {
        TITLE: "集中视察重点项目（示例，导入前请改成您的活动）", ON: clock.today(), KIND: "视察", CARRIERS: "委员活动日", COLLECTIVE: "是", HALF_DAYS: 1,
        PLACE: "县城", STATE: "已开展", ROLE: "主办", GUESTS: 5, OUTCOME: "提出建议 3 条", AGAIN: "否",
    }  # fmt: skip
    return write_xlsx("活动", HEADINGS, [[example.get(heading) for heading in HEADINGS]], widths=WIDTHS, notes=notes)


def export(activities: Iterable[Activity]) -> bytes:
    """Activities as the same sheet, so that it can be corrected by hand or brought in elsewhere. Four queries."""
    activities = list(activities)
    prefetch_related_objects(activities, "co_organizers", "leaders")
    seats: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for activity, presence, name in queries.named(activities):
        seats[activity][presence].append(name)
    kinds, carriers = dict(rules.KINDS), {code: title for code, title, _group in rules.CARRIERS}
    rows = [
        [
            a.title, a.on, str(kinds.get(a.kind, a.kind)), "、".join(str(carriers.get(code, code)) for code in a.carriers), a.collective, a.half_days,
            a.place, a.organizer.name if a.organizer else None, *("、".join(seats[a.pk][how]) for how in PRESENCE.values()), a.guests or None,
            a.outcome, a.money or None, a.goods_value or None, a.goods, str(rules.STATES[a.state]), a.until, a.get_role_display(),
            "、".join(body.name for body in a.co_organizers.all()), "；".join(str(one) for one in a.leaders.all()), a.experts or None,
            a.officials or None, a.other_guests or None, a.counted_times if a.counted_times != 1 else None, a.times_reason,
        ]
        for a in activities
    ]  # fmt: skip
    return write_xlsx("活动", HEADINGS[:-1], rows, widths=WIDTHS[:-1])


# --- reading ---------------------------------------------------------------------------------------------------------------


def read(data: bytes, name: str, organization: Organization, today: date, by: User | None = None) -> Checked:
    """Check a filled sheet whole; nothing is written.

    by      who will bring it in, for locked periods; None is the system, whom no lock stops
    raises  DocumentError: the file itself cannot be read
    """
    rows = read_rows(data, name)
    return _Reader(organization, today, by, [str(cell or "").strip() for cell in rows[0]]).read(rows[1:])


class _Reader:
    """One sheet being read: what it knows of the unit, what it has found so far."""

    def __init__(self, organization: Organization, today: date, by: User | None, headings: list[str]) -> None:
        self.organization, self.today = organization, today
        self.headings = headings
        self.found = Checked(
            ignored=[heading for heading in headings if heading and heading not in (*HEADINGS, REASON)]
        )
        self.bodies = {body.name: body for body in queries.organizers(organization)}
        if by is not None and not permissions.may(by, LATE, organization):
            locks = PeriodLock.objects.filter(organization=organization, grace_until__lt=today)
            self.found.through = max((lock.through for lock in locks), default=None)
        self.rosters: dict[date, dict[str, list[tuple[int, str]]]] = {}
        self.terms: dict[date, bool] = {}
        self.same = queries.same_happenings(organization)
        self.rows_of: dict[tuple[str, date, str], int] = {}

    def read(self, rows: Sequence[Sequence[object]]) -> Checked:
        for heading in (TITLE, ON):
            if heading not in self.headings:
                self.found.problems.append(
                    Problem(1, heading, _("第一行没有“%(heading)s”这一列。请用模板填写") % {"heading": heading})
                )
        if self.found.problems:
            return self.found
        for number, row in enumerate(rows, 2):
            values = {heading: cell for heading, cell in zip(self.headings, row, strict=False) if heading in HEADINGS}
            if any(cell not in (None, "") for cell in values.values()):
                self._row(number, values)
        if not self.found.rows and not self.found.problems:
            self.found.problems.append(Problem(2, TITLE, _("表里还没有活动。请从第二行起，一行写一次活动")))
        return self.found

    def _row(self, number: int, values: dict[str, object]) -> None:
        before = len(self.found.problems)
        fields: dict[str, Any] = {}
        readers: tuple[tuple[str, str, Callable[[object], Any]], ...] = (
            (STATE, "state", cells.state), (TITLE, "title", cells.title), (ON, "on", lambda cell: self._on(cell, fields.get("state"))), (KIND, "kind", cells.kind), (CARRIERS, "carriers", cells.carriers),
            (COLLECTIVE, "collective", lambda cell: cells.yes(cell, default=True)), (HALF_DAYS, "half_days", lambda cell: cells.whole(cell, 1, 60, default=1)),
            (PLACE, "place", lambda cell: cells.words(cell, 120)), (ORGANIZER, "organizer", self._organizer),
            (GUESTS, "guests", _number), (OUTCOME, "outcome", lambda cell: cells.words(cell, 2000)),
            (MONEY, "money", cells.amount), (GOODS_VALUE, "goods_value", cells.amount), (GOODS, "goods", lambda cell: cells.words(cell, 200)),
            (UNTIL, "until", lambda cell: cells.day(cell) if cell not in (None, "") else None), (ROLE, "role", cells.role), (HELPED, "helped", self._helped),
            (LEADERS, "leaders", cells.leaders), (EXPERTS, "experts", _number), (OFFICIALS, "officials", _number), (OTHERS, "other_guests", _number),
            (TIMES, "counted_times", lambda cell: cells.whole(cell, 1, 60, default=1)), (WHY_TIMES, "times_reason", lambda cell: cells.words(cell, 200)),
            (AGAIN, "again", lambda cell: cells.yes(cell, default=False)),
        )  # fmt: skip
        for heading, column, reader in readers:
            try:
                fields[column] = reader(values.get(heading))
            except ValueError as error:
                self.found.problems.append(Problem(number, heading, str(error)))
        presence = self._presence(number, values, fields["on"]) if "on" in fields else {}
        again, state = fields.pop("again", False), fields.pop("state", rules.HELD)
        parts = actions.Parts(fields.pop("helped", ()), leaders=fields.pop("leaders", ()))
        if len(self.found.problems) == before:
            self._twin(number, fields, again)
        if len(self.found.problems) == before:
            if state == rules.HELD and self.found.through and fields["on"] <= self.found.through:
                self.found.late.append(number)
            self.found.rows.append(Row(number, fields, presence, parts, "plan" if state == rules.PLANNED else "record"))

    def _on(self, cell: object, state: str | None) -> date:
        on = cells.day(cell)
        if state == rules.PLANNED and on < self.today:
            raise ValueError(_("%(day)s 已经过去，不是拟开展。请检查日期或状态") % {"day": on})
        if state != rules.PLANNED and on > self.today:
            raise ValueError(_("%(day)s 还没有到，办过的活动才能登记。请检查年份，或在“状态”里写拟开展") % {"day": on})
        if on not in self.terms:
            self.terms[on] = term_on(self.organization, on) is not None
        if not self.terms[on]:
            raise ValueError(_("%(day)s 不在已登记的任何一届任期内。请检查年份") % {"day": on})
        return on

    def _organizer(self, cell: object) -> Any:
        name = cells.words(cell, 60)
        if name and name not in self.bodies:
            raise ValueError(_("本单位没有名叫“%(name)s”的机构。请与“设置”里的名称写得一致，或留空") % {"name": name})
        return self.bodies.get(name)

    def _helped(self, cell: object) -> list[int]:
        return [self._organizer(name).pk for name in SEPARATORS.split(cells.words(cell, 400)) if name.strip()]

    def _presence(self, number: int, values: dict[str, object], on: date) -> dict[int, str]:
        """Person → how he came; each name that fits nobody, or two, is a problem of its own."""
        found: dict[int, str] = {}
        for heading, how in PRESENCE.items():
            for name in self._names(str(values.get(heading) or ""), on):
                persons = self._persons(name, on)
                if len(persons) != 1:
                    why = (
                        _("名单里没有“%(name)s”。请检查姓名")
                        if not persons
                        else _("有 %(n)s 位“%(name)s”。请写成：%(name)s（界别或小组）")
                    )
                    self.found.problems.append(Problem(number, heading, why % {"name": name, "n": len(persons)}))
                elif persons[0] in found:
                    self.found.problems.append(
                        Problem(number, heading, _("“%(name)s”写了两次。请只留一处") % {"name": name})
                    )
                else:
                    found[persons[0]] = how
        return found

    def _names(self, cell: str, on: date) -> list[str]:
        """Names of a cell. Blanks may stand inside a name (王　芳) or between two."""
        found: list[str] = []
        for piece in SEPARATORS.split(cell):
            whole = "".join(piece.split())
            found += [whole] if not whole or self._persons(whole, on) else piece.split()
        return [name for name in found if name]

    def _persons(self, name: str, on: date) -> list[int]:
        if on not in self.rosters:
            roster = queries.roster(self.organization, on)
            bodies = defaultdict(list)
            for body, members in roster.bodies:
                for pk in members:
                    bodies[pk].append(body.name)
            named = defaultdict(list)
            for pk, person in roster.people.items():
                named[person.name].append((pk, "、".join(bodies[pk])))
            self.rosters[on] = named
        bare, _bracket, of = name.replace("(", "（").rstrip(")）").partition("（")
        return [pk for pk, bodies_of in self.rosters[on].get(bare, []) if of in bodies_of]

    def _twin(self, number: int, fields: dict[str, Any], again: bool) -> None:
        key = (fields["title"], fields["on"], fields["place"])
        earlier = self.rows_of.setdefault(key, number)
        if again:
            return
        if earlier != number:
            why = _("和第 %(row)s 行同名、同日、同地。确是另一次的，在“另算一次”写“是”") % {"row": earlier}
        elif key in self.same:
            why = _("可能已登记：同名、同日、同地的活动已经有了。确是另一次的，在“另算一次”写“是”")
        else:
            return
        self.found.problems.append(Problem(number, TITLE, why))


def _number(cell: object) -> int:
    return cells.whole(cell, 0, 1_000_000, default=0)


# --- writing ---------------------------------------------------------------------------------------------------------------


@transaction.atomic
def bring_in(checked: Checked, organization: Organization, by: User | None, now: datetime, reason: str = "") -> list[Activity]:  # fmt: skip
    """Record every row, all or nothing.

    reason  for rows in a locked period
    raises  NotAllowed · Refused, naming the row
    """
    if by is not None:
        permissions.require(by, "activities.import", organization)
    if checked.problems:
        raise Refused(
            "has_problems",
            why=_("表里还有 %(n)s 处要改，一行也没有登记") % {"n": len(checked.problems)},
            do=_("请改好后重新上传"),
        )
    made = []
    for row in checked.rows:
        try:
            made.append(actions.record(
                organization, fields=row.fields, presence=row.presence, parts=row.parts, verb=row.verb, by=by, now=now, reason=reason
            ))  # fmt: skip
        except Refused as refused:
            why = _("第 %(row)s 行“%(title)s”：%(why)s") % {
                "row": row.number,
                "title": row.fields["title"],
                "why": refused.why,
            }
            raise Refused(refused.code, why=why, do=refused.do, field=refused.field) from refused
    return made


def error_file(data: bytes, name: str, problems: Sequence[Problem]) -> bytes:
    """The same sheet with a column 原因 beside each refused row; corrected, it can be brought in as it is."""
    rows = read_rows(data, name)
    headings = [str(cell or "").strip() for cell in rows[0]]
    keep = [place for place, heading in enumerate(headings) if heading != REASON]
    whys: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        whys[problem.row].append(f"{problem.column}：{problem.sentence}")
    told = [([row[place] for place in keep], whys[number]) for number, row in enumerate(rows[1:], 2)]
    if 1 in whys:
        told.insert(0, ([None for _place in keep], whys[1]))
    return write_refused("活动", [headings[place] for place in keep], told)
