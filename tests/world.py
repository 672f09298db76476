"""A world to walk through: the county of `xieshang.conftest`, its township and a foreign county, each with one of everything that has a page."""

import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from docx import Document
from PIL import Image

from xieshang.base.accounts import actions as accounts
from xieshang.base.accounts.models import User
from xieshang.base.accounts.roles import Role
from xieshang.base.files import storage
from xieshang.base.files.models import Attachment
from xieshang.base.notices import actions as notices
from xieshang.base.notices.models import Notice
from xieshang.base.orgs import actions as orgs
from xieshang.base.orgs.models import Body, BodyKind, Level, Organization, System
from xieshang.base.orgs.years import committee
from xieshang.base.paperwork import actions as paperwork
from xieshang.base.paperwork.models import Approval
from xieshang.base.people import actions as people
from xieshang.base.people.models import Membership, Person, Seat
from xieshang.base.settings.models import Setting
from xieshang.conftest import NOON, House, build
from xieshang.documents.sheets import write_xlsx
from xieshang.measure.plans import actions as plans
from xieshang.measure.plans.models import Paper, Plan, Revision, Target
from xieshang.measure.reports import actions as reports
from xieshang.measure.reports import keeping as report_templates
from xieshang.measure.reports.models import Blank, Remark, Report, Template, Version
from xieshang.measure.submissions import actions as submissions
from xieshang.measure.submissions.models import Submission
from xieshang.measure.submissions.rules import RHYTHM
from xieshang.work.activities import actions as activities
from xieshang.work.activities import sheets
from xieshang.work.activities.models import Activity
from xieshang.work.earlier import actions as earlier
from xieshang.work.earlier.actions import Given
from xieshang.work.earlier.models import YearFigure
from xieshang.work.proposals import actions as proposals
from xieshang.work.proposals import rules
from xieshang.work.proposals.actions import Opinion
from xieshang.work.proposals.catalogue import Asked
from xieshang.work.proposals.models import Assignment, Booklet, Bringing, DueRule, KeyList, Proposal, Selection, Sheet
from xieshang.work.proposals.old_sheets import HEADINGS
from xieshang.work.registers import actions as registers
from xieshang.work.registers import catalogue
from xieshang.work.registers.models import Entry, Register

from .joined import Clue, clues_of

PHONES = {"yunling": "13987650001", "qingshi": "13987650002", "donghe": "13987650003"}

# Two plans written for these tests: what is sure, what lacks its number, a hole in the numbering, a blank, tasks without a figure.
RUNNING = """{unit}委员小组2026年工作计划

一、围绕中心，深入调研

1、开展专题调研。围绕乡村振兴，组织2次专题调研活动。年内组织集体活动不少于4次。

二、贴近群众，办好实事

1、委员走进群众。每季度开展一次三进活动，年内至少进行一次为困难户捐款活动。

三、加强自身建设

1、健全工作制度。完善委员意见建议的办理和反馈制度。
"""
CHECKED = """{unit}联络室2026年工作安排

一、学习培训

1、组织委员集中学习不少于6次。举办政协讲堂4期。

3、编发工作简讯___期，开展协商议事活动若干次。

二、协商议政

1、围绕人居环境整治开展协商议事活动3次，走访委员不少于20人次。

2、推动协商成果转化，及时跟踪办理情况。
"""
TEMPLATE = (
    "{unit}2025年工作总结",
    "一、主要工作",
    "一年来，组织集体活动x次，委员参加x人次，开展专题调研x次，捐款x万元。",
    "编发工作简讯x期，受到xx区的好评，满意率x%。",
)


@dataclass
class Things:
    """One of everything, all in one unit; None where the unit has no such thing."""

    unit: Organization
    by: User
    activity: Activity
    planned: Activity
    double: Activity  # looks like `activity`; its clerk said that it is another one
    approval: Approval
    refusal: Approval
    undelivered: Notice
    photo: Attachment
    sheet: Attachment
    register: Register
    entry: Entry
    paper: Paper
    reading: Plan
    running: Plan
    open_target: Target
    next_target: Target
    accepted_target: Target
    dropped_target: Target
    target: Target
    withdrawn_target: Target
    revision: Revision
    share: Target
    report: Report
    template: Template
    retired: Template
    remark: Remark
    frozen: Version
    blank: Blank
    person: Person
    membership: Membership
    year_figure: YearFigure
    received: Submission | None = None  # what a unit right below has sent
    entering: User | None = None  # the account of `person`, a member
    joint: Activity | None = None  # of another unit, which names this one as joint
    followed: Entry | None = None
    home: Entry | None = None
    reported: Entry | None = None
    returned: Entry | None = None
    seat: Seat | None = None
    account: User | None = None
    booklet: Booklet | None = None
    due_rule: DueRule | None = None
    clues: dict[str, Clue] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)  # by state; where there is a committee
    sheet_of_meeting: Sheet | None = None
    bringing: Bringing | None = None
    key_list: KeyList | None = None
    selection: Selection | None = None
    assignments: dict[str, Assignment] = field(default_factory=dict)  # one at each step of its unit


@dataclass
class World:
    house: House
    county: Things
    township: Things
    foreign: Things
    users: dict[str, User] = field(default_factory=dict)
    fresh: Organization | None = None  # a unit where nothing was done yet

    def home(self, role: str) -> Things:
        """What lies in the unit where a role of our county works."""
        return self.township if role == Role.PARTTIMER else self.county


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def jpeg(colour: str = "#b4281e", size: tuple[int, int] = (320, 240)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def template(unit: str = "云岭县政协") -> bytes:
    """Last year's paper with its figures taken out."""
    return docx(*(line.format(unit=unit) for line in TEMPLATE))


def account(
    username: str, role: Role, unit: Organization, person: Person | None = None, *, now: datetime = NOON
) -> User:
    user = accounts.make(
        username,
        name=f"{unit.short_name}{role.label}",
        password="correct horse battery",
        organization=unit,
        person=person,
        by=None,
        now=now,
    )
    accounts.grant(user, role, unit, by=None, now=now)
    return User.objects.get(pk=user.pk)


def held(
    unit: Organization,
    by: User,
    now: datetime,
    *,
    on: date = date(2026, 3, 12),
    title: str = "视察中心小学",
    **more: Any,
) -> Activity:
    """An activity of a unit."""
    presence = more.pop("presence", {})
    beside = {name: more.pop(name) for name in ("files", "not_same", "parts") if name in more}
    fields = {
        "title": title,
        "kind": "inspection",
        "on": on,
        "collective": True,
        "carriers": ["member_day"],
        "place": "中心小学",
        "half_days": 1,
        **more,
    }
    return activities.record(unit, fields=fields, presence=presence, by=by, now=now, **beside)


def in_force(unit: Organization, text: str, by: User, now: datetime) -> Plan:
    """Read in, checked and put in force: what is sure and the tasks accepted, the rest dropped."""
    plan = plans.bring_in(unit, year=2026, data=text.encode(), name="工作计划.txt", accept_sure=True, by=by, now=now)
    plans.accept_tasks(plan, by=by, now=now)
    for target in plan.targets.filter(state="open"):
        plans.drop(target, by=by, now=now)
    return plans.put_in_force(Plan.objects.get(pk=plan.pk), by=by, now=now)


def _target(plan: Plan, words: str, **narrow: Any) -> Target:
    found = plan.targets.select_related("plan", "organization").filter(quote__contains=words, **narrow).first()
    assert found, (
        f"the plan of the tests has no target “{words}” {narrow}: {list(plan.targets.values_list('quote', 'state', 'value'))}"
    )
    return found


def _fill(unit: Organization, by: User, group: Body, members: list[Person], now: datetime, **more: Any) -> Things:
    name = unit.short_name
    presence = {
        person.pk: ("excused" if n == 0 else "absent" if n == 1 else "attended") for n, person in enumerate(members)
    }
    activity = held(
        unit, by, now, title=f"{name}委员视察中心小学", organizer=group, presence=presence, files=[("现场.jpg", jpeg())],
        money=Decimal("3000"), outcome="提出建议三条",
    )  # fmt: skip
    planned = activities.plan(
        unit, fields={"title": f"{name}拟视察河道", "kind": "inspection", "on": date(2026, 6, 30)}, presence=presence, by=by, now=now
    )  # fmt: skip
    double = held(unit, by, now, title=f"{name}看学校", not_same=[activity.pk])
    sheet = activities.keep_upload(unit, "活动.xlsx", sheets.template(), by=by, now=now, verb="import")
    register = registers.take(unit, "donations", by=by, now=now)
    example = dict(catalogue.READY["donations"].example)
    entry = registers.record(register, on=example.pop("on"), title=example.pop("title"), values=example, by=by, now=now)
    seen_to = registers.take(unit, "suggestions", by=by, now=now)
    followed = registers.record(seen_to, on="2026-03-05", title="路灯不亮", values={"source": "会议"}, by=by, now=now)
    homes = registers.take(unit, "member_homes", by=by, now=now)
    home = registers.record(
        homes, on="2026-03-01", title=f"{name}委员之家", values={"kind": "委员之家"}, by=by, now=now
    )
    member = account(f"reporter_{unit.code}", Role.MEMBER, unit, members[2], now=now)
    reported = registers.report(
        register, on="2026-05-02", title="资助学生", values={"purpose": "捐资助学"}, by=member, now=now
    )
    running = in_force(unit, RUNNING.format(unit=name), by, now)
    reading = plans.bring_in(
        unit, year=2026, data=CHECKED.format(unit=name).encode(), name=f"{name}工作安排.txt", by=by, now=now
    )
    first, second, third, *_rest = list(reading.targets.filter(state="open").order_by("order", "id"))
    accepted = plans.accept(_target(reading, "集中学习"), by=by, now=now)
    dropped = plans.drop(_target(reading, "成果转化"), by=by, now=now)
    withdrawn = plans.withdraw_target(
        _target(running, "专题调研活动", state="accepted"), by=by, now=now, reason="上级统一安排"
    )
    revised = (
        RUNNING.format(unit=name).replace("不少于4次", "不少于6次").replace("制度。", "制度。年内举办委员沙龙2期。")
    )
    revision = plans.start_revision(
        running, plans.keep(unit, revised.encode(), "修订稿.txt", by=by, now=now), by=by, now=now
    )
    whole = _target(running, "集体活动", state="accepted")
    plans.hand_down(whole, [plans.Share(unit, group, Decimal(2), Decimal(1))], by=by, now=now)
    report = reports.start(
        unit, data=template(name), name="去年总结.docx", start=date(2026, 1, 1), end=date(2026, 6, 30), by=by, now=now
    )
    remark = reports.remark(report, f"{name}的数再核一核", by=by, now=now)
    sent = reports.start(
        unit, data=template(name), name="送审稿.docx", start=date(2026, 1, 1), end=date(2026, 6, 30), by=by, now=now
    )
    reports.send_up(sent, by=by, now=now)
    own, retired = (
        report_templates.upload(unit, data=template(name), name=f"{title}.docx", by=by, now=now)
        for title in ("年终总结模板", "旧模板")
    )
    retired = report_templates.retire(retired, by=by, now=now)
    notices.tell([by], f"{name}的活动已登记", organization=unit, record=activity.ref, now=now)
    asked = [
        paperwork.ask(
            unit, "activities.record", title=f"{name}{title}", why="材料晚到", values={"title": [f"{name}{title}"], "on": ["2025-12-20"]},
            key="activities.new", by=by, now=now,
        )
        for title in ("年末走访", "年末座谈")
    ]  # fmt: skip
    refusal = paperwork.enter(
        asked[1], agreed=False, signed_by="张国华（领导）", signed_on=now.date(), scan=("审批单.jpg", jpeg()), opinion="已经算过", by=by, now=now
    )  # fmt: skip
    person = people.add(unit, name=f"{name}李敏", phone=PHONES[unit.code], order=90, by=None, now=now)
    membership = people.join(person, group, started_on=date(2024, 1, 1), by=None, now=now)
    notices.tell_people([person], f"{name}的活动改期", organization=unit, record=activity.ref, now=now)
    plans_open = [one for one in (first, second, third) if one.pk not in (accepted.pk, dropped.pk)]
    return Things(
        unit=unit, by=by, activity=activity, planned=planned, double=double, photo=Attachment.objects.get(record=activity.ref), sheet=sheet, register=register, entry=entry,
        followed=followed, home=home, reported=reported,
        paper=reading.paper, reading=reading, running=running, open_target=Target.objects.get(pk=plans_open[0].pk),
        next_target=Target.objects.get(pk=plans_open[1].pk), accepted_target=accepted, dropped_target=dropped,
        target=_target(running, "集体活动", state="accepted"), withdrawn_target=withdrawn, revision=revision,
        share=Target.objects.get(parent=whole), report=report, template=own, retired=retired,
        remark=remark, frozen=sent.versions.get(), approval=asked[0], refusal=refusal, undelivered=Notice.objects.get(person=person),
        blank=report.blanks.order_by("order").first(), person=person, membership=membership,
        year_figure=earlier.record(unit, Given(2022, "activities.inspection", Decimal(5), "《2022年工作总结》"), by=None, now=now),
        entering=account(f"{unit.code}_limin", Role.MEMBER, unit, person, now=now), **more,
    )  # fmt: skip


def _handled(waiting: list[Assignment], now: datetime) -> dict[str, Assignment]:
    """Assignments as their units left them, one at each step."""
    reply = {"reply": "已列入计划。", "result": "B", "contact": "科长", "telephone": "0000-1", "publicity": "open"}
    objected, *others = waiting
    found = {"objected": proposals.object_to(objected, by=None, now=now, seen=objected.version, reason="不归本单位")}
    for name, one in zip(("signed", "longer", "working", "drafted", "approved", "sent"), others, strict=True):
        one = found[name] = proposals.sign(one, by=None, now=now)
        if name != "signed":
            one = found[name] = proposals.contact(
                one, on=now.date(), way="visit", who="科长", words="看了。", by=None, now=now
            )
        if name == "longer":
            found[name] = proposals.ask_longer(
                one, to=date(2026, 11, 30), by=None, now=now, seen=one.version, reason="汛期"
            )
        if name in ("drafted", "approved", "sent"):
            one = found[name] = proposals.reply(one, reply, by=None, now=now, seen=one.version)
        if name in ("approved", "sent"):
            one = found[name] = proposals.approve(one, signer="局长", by=None, now=now, seen=one.version)
        if name == "sent":
            found[name] = proposals.send(one, by=None, now=now, seen=one.version)
    return found


def _with_co(proposal: Proposal, road: Body, by: User, now: datetime) -> Assignment:
    water = orgs.add_body(
        road.organization, BodyKind.HANDLING_UNIT, "水利局", system=System.GOVERNMENT, by=None, now=now
    )
    made = proposals.assign(proposal, [(road, rules.HOST), (water, rules.CO)], by=by, now=now)
    return proposals.sign(made.assignments.get(unit=water), by=None, now=now)


TEXT = {"situation": "桥面破损三处。", "analysis": "多年没有养护。", "advice": "列入今年养护计划。"}
CONTENT = {"visited": "yes", "way": "visit", "attitude": "satisfied", "aim": "to_point", "result": "disagree"}


def _proposals(things: Things, committee: Body, first: Person, second: User, now: datetime) -> None:
    """A proposal at each step, of a committee with its convener; each as the office would have brought it there."""
    unit, by = things.unit, things.by
    road = orgs.add_body(unit, BodyKind.HANDLING_UNIT, "交通运输局", system=System.GOVERNMENT, by=None, now=now)
    says = Opinion("file", "society", System.GOVERNMENT, units=(road.pk,))

    def draft(name: str) -> Proposal:
        fields = {**TEXT, "title": f"{unit.short_name}{name}", "proposer": rules.COMMITTEE, "body": committee}
        made = proposals.draft(unit, fields=fields, first=first, wanted=[road.pk], by=by, now=now)
        storage.attach([("盖章页.jpg", jpeg())], record=f"{made.ref}.seal", organization=unit, by=by, now=now)
        return made

    def again(made: Proposal) -> Proposal:
        return Proposal.objects.get(pk=made.pk)

    def reviewed(name: str) -> Proposal:
        made = proposals.submit(draft(name), by=None, now=now)
        made = proposals.review(made, says, by=by, now=now, seen=made.version)
        return proposals.review_again(made, says, by=second, now=now, seen=made.version)

    def assigned(name: str, kept: str = "") -> Proposal:
        sheet = proposals.prepare(unit, f"会议（{name}）", now.date(), [made := reviewed(name)], by=by, now=now)
        proposals.decide(sheet, by=by, now=now, seen=sheet.version)
        things.proposals[f"{kept}filed"] = made = again(made)
        return made if kept else proposals.assign(proposals.hand_over(made, by=by, now=now), [(road, rules.SOLE)], by=by, now=now)  # fmt: skip

    def answered(name: str, result: str) -> Proposal:
        given = assigned(name).assignments.get()
        given = proposals.sign(given, by=None, now=now)
        given = proposals.contact(given, on=now.date(), way="visit", who="科长", words="看了桥。", by=None, now=now)
        reply = {"reply": "已列入计划。", "result": result, "contact": "科长", "telephone": "0000-1"}
        given = proposals.reply(given, reply, by=None, now=now, seen=given.version)
        given = proposals.approve(given, signer="局长", by=None, now=now, seen=given.version)
        given = proposals.send(given, by=None, now=now, seen=given.version)
        proposals.accept(given, by=by, now=now, seen=given.version)
        return again(given.proposal)

    def closed(name: str) -> Proposal:
        made = answered(name, "B")
        made = proposals.rate_for(made, first, CONTENT, scan=("评价.jpg", jpeg()), by=by, now=now)
        return proposals.close(made, by=by, now=now, seen=made.version, reason="已向提案者解释")

    kept = things.proposals
    things.clues = clues_of(unit, road, by, now)
    kept["draft"] = draft("修桥")
    kept["submitted"] = proposals.submit(draft("修渠"), by=None, now=now)
    kept["prelim"] = proposals.review(made := proposals.submit(draft("校车"), by=None, now=now), says, by=by, now=now, seen=made.version)  # fmt: skip
    kept["reviewed"] = reviewed("路灯")
    kept["locked"] = proposals.lock(made := proposals.submit(draft("涉密件"), by=None, now=now), by=None, now=now, seen=made.version, reason="疑似涉密")  # fmt: skip
    things.sheet_of_meeting = proposals.prepare(
        unit, f"{unit.short_name}第三次会议", now.date(), [reviewed("停车")], by=by, now=now
    )
    assigned("养老", kept="new_")
    kept["assigning"] = proposals.hand_over(assigned("饮水", kept="was_"), by=by, now=now)
    kept["assigned"] = assigned("客运")
    kept["feedback"] = answered("食堂", "A")
    things.assignments = _handled([assigned(name).assignments.get() for name in "甲乙丙丁戊己庚"], now)
    things.assignments |= {"new": kept["assigned"].assignments.get(), "delivered": kept["feedback"].assignments.get()}
    things.assignments["co"] = _with_co(proposals.hand_over(assigned("辛", kept="co_"), by=by, now=now), road, by, now)
    waits = proposals.sign(assigned("癸").assignments.get(), by=None, now=now)
    things.assignments["suspended"] = proposals.suspend(
        waits, why="policy", citation="县府办函", from_on=now.date(), to_on=now.date() + timedelta(days=9), by=by, now=now, seen=waits.version
    )  # fmt: skip
    things.booklet = proposals.ask_booklet(unit, Asked(), by=by, now=now)
    things.due_rule = proposals.set_due_rule(
        unit, {"kind": "", "proposer": "party", "category": "", "month": 12, "day": 10, "since": now.date(), "citation": "办理规定"}, by=by, now=now
    )  # fmt: skip
    made = answered("医保", "C")
    kept["unhappy"] = proposals.rate_for(made, first, CONTENT, scan=("评价.jpg", jpeg()), by=by, now=now)
    kept["closed"] = closed("校舍")
    kept["published"] = proposals.publish(made := closed("绿道"), by=by, now=now, seen=made.version)
    kept["tracking"] = proposals.track(made := closed("广场"), by=by, now=now, seen=made.version)
    kept["key"] = proposals.make_key(made := assigned("公厕"), on=now.date(), by=by, now=now, seen=made.version)
    things.selection = proposals.start_selection(unit, 2025, by=by, now=now)
    things.key_list = proposals.prepare_key(unit, "主席会议", now.date(), [assigned("书屋")], by=by, now=now)
    things.bringing = proposals.ask_bringing(unit, _old_sheet(), "旧提案.xlsx", counted=False, by=by, now=now)


def _old_sheet() -> bytes:
    row = {
        "年度": 2023,
        "编号": "7",
        "案由": "关于老街消防的提案",
        "提案者": "经济委员会",
        "提交日期": date(2023, 1, 12),
    }
    return write_xlsx("旧年提案", HEADINGS, [[row.get(one) for one in HEADINGS]])


def _sent(sender: Organization, above: Organization, now: datetime) -> Submission:
    """What a unit was asked to send month by month, and sent for May."""
    Setting.objects.get_or_create(
        organization=committee(above), key=RHYTHM, defaults={"value": "month", "effective_from": date(2026, 1, 1), "set_at": now}
    )  # fmt: skip
    return submissions.send(sender, start=date(2026, 5, 1), end=date(2026, 5, 31), by=None, now=now)


def make(now: datetime = NOON) -> World:
    """The whole world, made through the actions of the pages."""
    house = build(now)
    clerk, part_timer = house.user(Role.CLERK), house.user(Role.PARTTIMER)
    office = orgs.add_body(house.county, BodyKind.GROUP, "城关委员小组", by=None, now=now)
    county = _fill(house.county, clerk, office, house.members, now)
    county.seat = people.seat(
        county.person, house.term, sector=house.sectors[0], started_on=date(2024, 1, 1), by=None, now=now
    )
    mine = registers.report(
        county.register,
        on="2026-05-03",
        title="慰问孤老",
        values={"purpose": "慰问孤老病残"},
        by=house.user(Role.MEMBER),
        now=now,
    )
    county.returned = registers.send_back(mine, by=clerk, now=now, seen=1, reason="写清是哪一天")
    county.account = account("helper", Role.LEADER, house.county, now=now)
    head = User.objects.get(pk=house.users[str(Role.HEAD)].pk)
    orgs.add_session(house.term, 5, date(2026, 1, 12), date(2026, 1, 15), by=None, now=now)
    board = orgs.add_body(house.county, BodyKind.COMMITTEE, "经济委员会", by=None, now=now)
    _proposals(county, board, house.members[0], head, now)
    township = _fill(house.township, part_timer, house.group, house.members, now)
    for mine, theirs in ((county, township), (township, county)):
        jointly = activities.Parts(units=[mine.unit.pk])
        mine.joint = held(theirs.unit, theirs.by, now, title=f"与{mine.unit.short_name}联办的调研", parts=jointly)

    other = orgs.add(
        name="东河县政协", short_name="东河县", code="donghe", level=Level.COUNTY, parent=None, by=None, now=now
    )
    term = orgs.add_term(other, 9, date(2022, 1, 1), date(2026, 12, 31), by=None, now=now)
    sector = orgs.add_body(other, BodyKind.SECTOR, "工商界", by=None, now=now)
    group = orgs.add_body(other, BodyKind.GROUP, "东河委员小组", by=None, now=now)
    theirs = []
    for n in range(3):
        person = people.add(other, name=f"东河委员{n + 1}", order=n, by=None, now=now)
        people.seat(person, term, sector=sector, started_on=date(2022, 1, 10), by=None, now=now)
        theirs.append(person)
    foreign_clerk = account("foreign_clerk", Role.CLERK, other, now=now)
    foreign_member = account("foreign_member", Role.MEMBER, other, theirs[0], now=now)
    foreign = _fill(other, foreign_clerk, group, theirs, now)
    second = account("foreign_second", Role.CLERK, other, now=now)
    orgs.add_session(term, 5, date(2026, 1, 10), date(2026, 1, 12), by=None, now=now)
    _proposals(
        foreign, orgs.add_body(other, BodyKind.COMMITTEE, "法制委员会", by=None, now=now), theirs[0], second, now
    )
    foreign.seat, foreign.account = Seat.objects.filter(person=theirs[1]).first(), foreign_clerk

    brook = orgs.add(
        name="溪口镇", short_name="溪口镇", code="xikou", level=Level.TOWNSHIP, parent=other, by=None, now=now
    )
    for things, sender in ((county, house.township), (township, house.community), (foreign, brook)):
        things.received = _sent(sender, things.unit, now)
    fresh = orgs.add(
        name="新设县政协", short_name="新设县", code="xinshe", level=Level.COUNTY, parent=None, by=None, now=now
    )
    users = {str(role): house.user(role) for role in Role}
    users |= {"foreign_clerk": foreign_clerk, "foreign_member": foreign_member}
    return World(house, county, township, foreign, users, fresh)


def town(world: World, code: str, name: str, now: datetime = NOON) -> tuple[Organization, list[Person]]:
    """A township of the county where twelve members have just been put into a group, and nothing was done yet."""
    unit = orgs.add(
        name=name, short_name=name, code=code, level=Level.TOWNSHIP, parent=world.house.county, by=None, now=now
    )
    group = orgs.add_body(unit, BodyKind.GROUP, f"{name}委员小组", by=None, now=now)
    members = []
    for n in range(12):
        person = people.add(unit, name=f"{name[:2]}委员{n + 1:02}", order=n, by=None, now=now)
        people.join(person, group, started_on=date(2022, 1, 10), by=None, now=now)
        members.append(person)
    return unit, members
