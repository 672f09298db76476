"""What an activity says, and the indicators that count it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from xieshang.base.ledger.facts import Fact, Indicator, count, people, rate, total

from . import rules
from .models import Activity, Attendance


class Came(NamedTuple):
    """One attendance as plain values."""

    person: int
    presence: str
    sector: int | None


def facts(activity: Activity) -> list[Fact]:
    """The facts of one saved activity."""
    came = Attendance.objects.filter(activity=activity).order_by("id").values_list("person", "presence", "sector")
    return said(activity, [Came(*row) for row in came])


def said(a: Activity, came: Iterable[Came]) -> list[Fact]:
    """One happening is one fact of each kind; people are facts of their own. A void activity says nothing."""
    if a.state != "held":
        return []
    body, kind = a.organizer_id, a.kind
    found = [
        Fact("activities.held", a.on, body=body, category=kind),
        Fact("activities.half_days", a.on, Decimal(a.half_days), "半天", body=body, category=kind),
    ]
    if a.collective:
        found.append(Fact("activities.collective", a.on, body=body, category=kind))
    found += [Fact("activities.carried", a.on, body=body, category=kind, carrier=code) for code in a.carriers]
    groups = sorted({rules.CARRIER_GROUP.get(code, "") for code in a.carriers} - {""})
    found += [Fact("activities.carried_group", a.on, body=body, category=kind, carrier=group) for group in groups]
    if a.guests:
        found.append(Fact("activities.guests", a.on, Decimal(a.guests), "人次", body=body, category=kind))
    found += _given(a)
    for one in came:
        found.append(
            Fact(
                "activities.invited",
                a.on,
                person=one.person,
                body=body,
                sector=one.sector,
                category=kind,
                measure="人次",
            )
        )
        found.append(
            Fact(
                f"activities.{one.presence}",
                a.on,
                person=one.person,
                body=body,
                sector=one.sector,
                category=kind,
                measure="人次",
            )
        )
    return found


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
    """Every activity with its facts, read in batches of a thousand; two queries a batch."""
    last = 0
    while batch := _batch(organization, last):
        came = _came([a.pk for a in batch])
        for a in batch:
            yield a.pk, a.organization_id, said(a, came.get(a.pk, ()))
        last = batch[-1].pk


def _batch(organization: int | None, after: int) -> list[Activity]:
    found = Activity.objects.filter(pk__gt=after).order_by("pk")
    return list((found.filter(organization=organization) if organization else found)[:1000])


def _came(ids: list[int]) -> dict[int, list[Came]]:
    rows = (
        Attendance.objects.filter(activity__in=ids)
        .order_by("activity", "id")
        .values_list("activity", "person", "presence", "sector")
    )
    return {pk: [Came(*row[1:]) for row in group] for pk, group in groupby(rows, key=lambda row: row[0])}


def titles(ids: Iterable[int]) -> dict[int, str]:
    return dict(Activity.objects.filter(pk__in=ids).values_list("pk", "title"))


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
    _kind("research", N_("专题调研"), "research", "专题调研活动", "调研活动", "调研", unit="次"),
    _kind("inspection", N_("视察"), "inspection", "视察活动", "集中视察", "委员视察"),
    _kind("consultation", N_("协商议事"), "consultation", "协商活动", "协商座谈会", "专题协商", "协商会", "民主协商"),
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
    total("activities.guests", _("群众参加"), unit="人次", words=("群众参加", "参加群众"), note=_("各次活动登记的群众、专家等人数之和，同一人可重复")),
    count("activities.attended", _("委员参加活动"), unit="人次", words=("委员参加", "参加委员", "参加活动委员"), note=_("各次活动实到之和，同一人可重复")),
    count("activities.invited", _("应到"), unit="人次", words=("应到",), note=_("各次活动应到之和，同一人可重复")),
    count("activities.excused", _("请假"), unit="人次", words=("请假",), note=_("各次活动请假之和")),
    count("activities.absent", _("缺席"), unit="人次", words=("缺席", "无故缺席"), note=_("各次活动无故缺席之和")),
    people("activities.participants", _("参加过活动的委员"), of="activities.attended", measures=("名", "位"), words=("参加过活动的委员",), note=_("至少参加过一次，同一人只计一个")),
    rate("activities.attendance_rate", _("到会率"), part="activities.attended", whole="activities.invited", words=("到会率", "出席率", "参会率"), note=_("实到人次除以应到人次；没有应到时显示“—”")),
    count("gifts.made", _("捐赠"), unit="次", measures=("笔",), words=("捐赠", "捐款捐物次数"), note=_("活动中的捐赠和捐赠登记簿各计一次")),
    total("gifts.amount", _("捐款捐物"), unit="元", measures=("万元",), words=("捐款捐物", "捐赠款物", "捐赠"), note=_("捐款与捐物折款之和，以元计")),
    total("gifts.money", _("捐款"), unit="元", of="gifts.amount", where={"category": "money"}, measures=("万元",), words=("捐款", "捐资", "捐款金额"), never=("捐款捐物",), note=_("捐款之和，以元计，不含捐物")),
    total("gifts.goods", _("捐物折款"), unit="元", of="gifts.amount", where={"category": "goods"}, measures=("万元",), words=("捐物折款", "捐物"), never=("捐款捐物",), note=_("捐物折款之和，以元计")),
)  # fmt: skip
