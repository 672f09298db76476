"""What an activity says, and the indicators that count it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from xieshang.base.ledger.facts import Fact, Indicator, count, joint, people, rate, total
from xieshang.base.orgs.models import Organization

from . import rules
from .models import Activity, Attendance, Share


class Came(NamedTuple):
    """One attendance as plain values."""

    person: int
    presence: str
    sector: int | None


class Unit(NamedTuple):
    """Another unit that claimed the activity: its body in charge, and those who came for it.

    held  what stands there until the unit agrees to a correction in a period that it has locked; None: it follows the record
    """

    organization: int
    body: int | None
    people: frozenset[int]
    held: tuple[Fact, ...] | None = None


class Beside(NamedTuple):
    """What stands beside an activity and is counted with it."""

    came: tuple[Came, ...] = ()
    bodies: tuple[int, ...] = ()  # co-organising
    units: tuple[Unit, ...] = ()  # that claimed it


def facts(activity: Activity) -> list[Fact]:
    """The facts of one saved activity."""
    return said(activity, _beside([activity.pk])[activity.pk])


def said(a: Activity, beside: Beside) -> list[Fact]:
    """Only what was held is counted; of a unit that has not agreed to a correction yet, what it said before."""
    follow = tuple(unit for unit in beside.units if unit.held is None)
    stays = [fact for unit in beside.units for fact in unit.held or ()]
    return [*(whole(a, beside._replace(units=follow)) if a.state == rules.HELD else []), *stays]


def follows(activity: Activity) -> list[Fact]:
    """What a saved activity would say, were there nothing to agree to."""
    beside = _beside([activity.pk])[activity.pk]
    units = tuple(unit._replace(held=None) for unit in beside.units)
    return said(activity, beside._replace(units=units))


def whole(a: Activity, beside: Beside) -> list[Fact]:
    """What an activity says once it is held: a fact of each kind, people as facts of their own; a body or unit that holds it jointly says the same."""
    own = [*_happening(a), *_given(a), *_people(a, beside.came)]
    shared = [joint(fact, body) for body in beside.bodies for fact in own]
    claimed = [
        replace(fact, organization=unit.organization, body=unit.body)
        for unit in beside.units
        for fact in own
        if fact.person is None or fact.person in unit.people
    ]
    return [*own, *shared, *claimed]


def _happening(a: Activity) -> list[Fact]:
    body, kind = a.organizer_id, a.kind
    joined = [Fact("activities.joined", a.on, body=body, category=kind)] if a.role == rules.JOINED else []
    if joined and not a.joined_counts:
        return joined * a.counted_times
    found = [*joined, Fact("activities.held", a.on, body=body, category=kind)]
    if a.collective:
        found.append(Fact("activities.collective", a.on, body=body, category=kind))
    found += [Fact("activities.carried", a.on, body=body, category=kind, carrier=code) for code in a.carriers]
    groups = sorted({rules.CARRIER_GROUP.get(code, "") for code in a.carriers} - {""})
    found += [Fact("activities.carried_group", a.on, body=body, category=kind, carrier=group) for group in groups]
    half_days = Fact("activities.half_days", a.on, Decimal(a.half_days), "半天", body=body, category=kind)
    return [*found * a.counted_times, half_days, *_guests(a)]


def _guests(a: Activity) -> list[Fact]:
    return [
        Fact(f"activities.{name}", a.on, Decimal(n), "人次", body=a.organizer_id, category=a.kind)
        for name in rules.GUESTS
        if (n := getattr(a, name))
    ]


def _people(a: Activity, came: Iterable[Came]) -> list[Fact]:
    return [
        Fact(kind, a.on, measure="人次", person=one.person, body=a.organizer_id, sector=one.sector, category=a.kind)
        for one in came
        for kind in ("activities.invited", f"activities.{one.presence}")
    ]


def _given(a: Activity) -> list[Fact]:
    """A gift in an activity is of the same kind as a row of the register of gifts: both count in 捐款捐物, once each."""
    given = [("money", a.money), ("goods", a.goods_value)]
    found = [
        Fact("gifts.amount", a.on, Decimal(value), "元", body=a.organizer_id, category=what)
        for what, value in given
        if value
    ]
    return [Fact("gifts.made", a.on, body=a.organizer_id), *found] if found or a.goods else []


def replay(organization: int | None) -> Iterator[tuple[int, int, list[Fact]]]:
    """Every activity with its facts, read in batches of a thousand; four queries a batch."""
    last = 0
    while batch := _batch(organization, last):
        beside = _beside([a.pk for a in batch])
        for a in batch:
            yield a.pk, a.organization_id, said(a, beside[a.pk])
        last = batch[-1].pk


def _batch(organization: int | None, after: int) -> list[Activity]:
    found = Activity.objects.filter(pk__gt=after).order_by("pk")
    return list((found.filter(organization=organization) if organization else found)[:1000])


def _beside(ids: Sequence[int]) -> dict[int, Beside]:
    """What stands beside each activity. Three queries."""
    came, bodies, units = (defaultdict[int, list[Any]](list) for _i in range(3))
    seats = Attendance.objects.filter(activity__in=ids).order_by("activity", "id")
    for pk, person, presence, sector in seats.values_list("activity", "person", "presence", "sector"):
        came[pk].append(Came(person, presence, sector))
    shared = Activity.co_organizers.through.objects.filter(activity__in=ids).order_by("id")
    for pk, body in shared.values_list("activity", "body"):
        bodies[pk].append(body)
    for one in Share.objects.filter(activity__in=ids, state=rules.CLAIMED).order_by("id"):
        units[one.activity_id].append(Unit(one.organization_id, one.body_id, frozenset(one.people), unpacked(one)))
    return {pk: Beside(tuple(came[pk]), tuple(bodies[pk]), tuple(units[pk])) for pk in ids}


PACKED = ("kind", "measure", "person", "body", "sector", "carrier", "category", "outlet")


def packed(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """Facts as a share holds them."""
    return [
        {"on": fact.on.isoformat(), "quantity": str(fact.quantity), **{name: getattr(fact, name) for name in PACKED}}
        for fact in facts
    ]


def unpacked(share: Share) -> tuple[Fact, ...] | None:
    """What a share holds back for its unit."""
    if share.held is None:
        return None
    return tuple(
        Fact(**{**one, "on": date.fromisoformat(one["on"]), "quantity": Decimal(one["quantity"]), "organization": share.organization_id})
        for one in share.held
    )  # fmt: skip


def outdated(units: Collection[int]) -> Iterable[tuple[str, int]]:
    """For sums over these units: what one of them still says of a record that another of them keeps and has corrected. One query."""
    found = Share.objects.filter(
        organization__in=units, activity__organization__in=units, state=rules.CLAIMED, held__isnull=False
    )
    return [(f"{Activity.RECORD}:{activity}", unit) for activity, unit in found.values_list("activity", "organization")]


def scheduled(organization: Organization, start: date, end: date) -> list[tuple[Fact, str, str]]:
    """What planned activities of a unit would say, each with its record and title: shown beside plans, counted nowhere."""
    to_come = Activity.objects.filter(state__in=rules.TO_COME, undecided=False, on__range=(start, end))
    mine = Q(organization=organization) | Q(shares__organization=organization, shares__state=rules.CLAIMED)
    coming = list(to_come.filter(mine).distinct())
    if not coming:
        return []
    beside = _beside([a.pk for a in coming])
    found = []
    for a in coming:
        came = [
            one._replace(presence="attended" if one.presence == "invited" else one.presence)
            for one in beside[a.pk].came
        ]
        found += [
            (fact, a.ref, a.title)
            for fact in whole(a, beside[a.pk]._replace(came=tuple(came)))
            if (fact.organization or a.organization_id) == organization.pk
        ]
    return found


def titles(ids: Iterable[int]) -> dict[int, str]:
    return dict(Activity.objects.filter(pk__in=ids).order_by().values_list("pk", "title"))


def versions() -> Iterable[tuple[int, int]]:
    return Activity.objects.values_list("pk", "version")


ONCE = _("本单位主办或承办，一次活动只计一次")
TIMES = ("场", "场次", "回")


def _kind(code: str, name: str, kind: str, *words: str, **more: Any) -> Indicator:
    return count(
        f"activities.{code}",
        gettext_lazy(name),
        of="activities.held",
        where={"category": kind},
        measures=TIMES,
        words=(name, *words),
        note=ONCE,
        **more,
    )


INDICATORS = (
    count("activities.held", _("活动"), measures=TIMES, words=("履职活动", "各类活动", "开展活动", "组织活动"), note=ONCE),
    count("activities.collective", _("集体活动"), measures=TIMES, words=("集体活动", "全组活动", "集中活动"),
        note=_("本单位或机构组织、面向全体或全组的活动，一次只计一次"),
    ),
    count("activities.joined", _("参加上级活动"), measures=TIMES, words=("参加上级活动", "参加上级组织的活动", "参加县政协活动", "参加市政协活动"),
        note=_("本单位参加、不是本单位主办或承办的活动，一次只计一次"),
    ),
    _kind("research", N_("专题调研"), "research", "专题调研活动", "调研活动", "调研", unit="次"),
    _kind("inspection", N_("视察"), "inspection", "视察活动", "集中视察", "委员视察"),
    _kind("consultation", N_("协商议事"), "consultation", "协商活动", "协商座谈会", "专题协商", "协商会", "民主协商", "对口协商", "界别协商", "远程协商", "网络议政", "院坝协商", "专题议政性常委会会议", "专题议政性常委会议", "议政性常委会会议", "协商"),
    _kind("review", N_("民主评议"), "review", "民主评议活动", never=("党员",)),
    _kind("supervision", N_("民主监督"), "supervision", "民主监督活动", "专项监督", "专项民主监督"),
    _kind("visit", N_("走访"), "visit", "走访活动", "调研走访", "走访委员", "走访慰问"),
    _kind("talk", N_("座谈交流"), "talk", "座谈会", "交流会", "座谈"),
    _kind("study", N_("学习培训"), "study", "集中学习", "学习活动", "培训班", "专题学习", "学习会", "培训"),
    _kind("charity", N_("公益活动"), "charity", "社会公益活动", "捐款活动", "公益慈善活动", "爱心活动", "志愿服务活动", "慈善捐款活动", "捐助活动"),
    _kind("joint_meeting", N_("联席会议"), "joint_meeting", "党建工作联席会议", "党建联席会议"),
    _kind("party_review", N_("民主评议党员"), "party_review", "党员民主评议", "对党员进行民主评议", inside=True),
    _kind("party_day", N_("主题党日"), "party_day", "主题党日活动", inside=True),
    count("activities.member_day", _("委员活动日"), of="activities.carried", where={"carrier": "member_day"}, measures=(*TIMES, "期"),
        words=("委员活动日", "政协委员活动日", "委员活动日活动"), note=_("以委员活动日为载体的活动，一次只计一次"),
    ),
    count("activities.beside_you", _("委员在身边"), of="activities.carried", where={"carrier": "beside_you"}, measures=TIMES,
        words=("委员在身边", "委员在身边活动"), note=_("以委员在身边为载体的活动，一次只计一次"),
    ),
    count("activities.three_into", _("三进"), of="activities.carried_group", where={"carrier": "three_into"}, measures=TIMES,
        words=("三进", "三进活动", "进社区、进农村、进企业", "进社区进农村进企业", "委员三进"), note=_("进社区、进农村、进企业的活动，一次活动只计一次"),
    ),
    count("activities.salon", _("委员沙龙"), of="activities.carried", where={"carrier": "salon"}, measures=(*TIMES, "期"), words=("委员沙龙",),
        note=_("以委员沙龙为载体的活动，一次只计一次"),
    ),
    total("activities.half_days", _("活动半天数"), unit="半天", words=("活动半天数",), note=_("各次活动半天数之和")),
    total("activities.guests", _("群众参加"), unit="人次", words=("群众参加", "参加群众"), note=_("各次活动登记的群众人数之和，同一人可重复")),
    total("activities.experts", _("专家参加"), unit="人次", words=("专家参加", "参加专家"), note=_("各次活动登记的专家人数之和，同一人可重复")),
    total("activities.officials", _("部门人员参加"), unit="人次", words=("部门人员参加", "部门参加"), note=_("各次活动登记的部门人员人数之和，同一人可重复")),
    total("activities.other_guests", _("其他人员参加"), unit="人次", words=("其他人员参加",), note=_("各次活动登记的其他人数之和，同一人可重复")),
    count("activities.attended", _("委员参加活动"), unit="人次", words=("委员参加", "参加委员", "参加活动委员"), note=_("各次活动实到之和，同一人可重复")),
    count("activities.invited", _("应到"), unit="人次", words=("应到",), note=_("各次活动应到之和，同一人可重复")),
    count("activities.excused", _("请假"), unit="人次", words=("请假",), note=_("各次活动请假之和")),
    count("activities.absent", _("缺席"), unit="人次", words=("缺席", "无故缺席"), note=_("各次活动无故缺席之和")),
    people("activities.participants", _("参加过活动的委员"), of="activities.attended", measures=("名", "位"), words=("参加过活动的委员",), note=_("至少参加过一次，同一人只计一个")),
    rate("activities.attendance_rate", _("到会率"), part="activities.attended", whole="activities.invited", words=("到会率", "出席率", "参会率", "委员参加率"), note=_("实到人次除以应到人次；没有应到时显示“—”")),
    count("gifts.made", _("捐赠"), unit="次", measures=("笔",), words=("捐赠", "捐款捐物次数"), note=_("活动中的捐赠和捐赠登记簿各计一次")),
    total("gifts.amount", _("捐款捐物"), unit="元", measures=("万元",), words=("捐款捐物", "捐赠款物", "捐赠"), note=_("捐款与捐物折款之和，以元计")),
    total("gifts.money", _("捐款"), unit="元", of="gifts.amount", where={"category": "money"}, measures=("万元",), words=("捐款", "捐资", "捐款金额"), never=("捐款捐物",), note=_("捐款之和，以元计，不含捐物")),
    total("gifts.goods", _("捐物折款"), unit="元", of="gifts.amount", where={"category": "goods"}, measures=("万元",), words=("捐物折款", "捐物"), never=("捐款捐物",), note=_("捐物折款之和，以元计")),
)  # fmt: skip
